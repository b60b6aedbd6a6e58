"""What several commands take."""

import json
import sys
from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter

from lectern_local.place import USUAL, VARIABLE

DATA = USUAL
Data = Annotated[Path, Parameter(env_var=VARIABLE, help="The platform's data directory.")]
"""Which platform; `data: Data = DATA` in a command's parameters gives it --data."""
Json = Annotated[bool, Parameter(name="--json", negative=(), help="The last line is one JSON object.")]


def last_line(**found: Any) -> None:
    """Writes the JSON object that ends a command's output."""
    print(json.dumps(found, default=str), file=sys.stdout, flush=True)
