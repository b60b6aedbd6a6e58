"""What was played before the tests look at it."""

from dataclasses import dataclass

from lectern_local.demo.performing import Performance
from lectern_local.installation import Installation


@dataclass(frozen=True)
class Played:
    """`ends`: how each way of the main job ended; the installation still runs."""

    installation: Installation
    ends: dict[str, Performance]
