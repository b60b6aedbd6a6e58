"""What the tests here compare is described by programs beside them, which `make docs` runs as well."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
