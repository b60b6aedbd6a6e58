"""What was played before the tests look at it."""

from dataclasses import dataclass

from lectern.contracts.values import Kind
from lectern_local.demo.performing import Performance
from lectern_local.installation import Installation


@dataclass(frozen=True)
class Played:
    """`ends`: how each way of the main job ended, for each kind of application; the installation still runs."""

    installation: Installation
    ends: dict[tuple[Kind, str], Performance]
