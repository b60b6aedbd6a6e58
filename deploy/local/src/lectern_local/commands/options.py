"""What several commands take."""

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter

from lectern_local.installation import Installation

DATA = Path(".lectern")


@Parameter(name="*")
@dataclass(frozen=True)
class Where:
    """Which platform: `where: Where | None = None` in a command's parameters gives it --data."""

    data: Annotated[Path, Parameter(help="The platform's data directory.")] = DATA

    def running(self) -> Installation:
        """Raises Away when it is not running."""
        return Installation.running(self.data.expanduser().absolute())


Json = Annotated[bool, Parameter(name="--json", negative=(), help="The last line is one JSON object.")]


def last_line(**found: Any) -> None:
    """Writes the JSON object that ends a command's output."""
    print(json.dumps(found, default=str), file=sys.stdout, flush=True)
