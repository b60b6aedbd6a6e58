"""The facts that tests start from are a module beside them."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
