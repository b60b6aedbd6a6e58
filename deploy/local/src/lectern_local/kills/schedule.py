"""Which process is killed when: drawn from a seed, so that a failure can be had again."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

VICTIMS: Final = (
    "applications",
    "district-worklog",
    "review",
    "notifications",
    "applications-effects",
    "notifications-effects",
    "kafka",
    "postgres",
)
CUT: Final = "relay cut"
"""Not a kill: every service's connection to Kafka is cut, its relay's among them."""
AT_LEAST: Final = 2
"""So often each of them, where there are enough kills."""


@dataclass(frozen=True)
class Strike:
    victim: str
    after: int
    """Once so many applications have ended."""


def schedule(seed: int, kills: int, applications: int) -> list[Strike]:
    """Spread over the run until four of five applications have ended, so that work is left for the last kill."""
    dice = Random(seed)
    victims = _victims(dice, kills)
    span = max(1, applications * 4 // 5) / max(1, kills)
    return [Strike(victim, int((number + dice.random() * 0.8) * span)) for number, victim in enumerate(victims)]


def _victims(dice: Random, kills: int) -> Sequence[str]:
    """Nobody twice before everybody once, as far as the kills go; then in any order."""
    everybody = [*VICTIMS, CUT]
    surely = [each for _ in range(AT_LEAST) for each in dice.sample(everybody, len(everybody))]
    more = [dice.choice(everybody) for _ in range(kills - len(surely))]
    victims = [*surely, *more][:kills]
    dice.shuffle(victims)
    return victims
