"""What the writer remembers of streams it read before, so that a long stream costs only what came since."""

from collections import OrderedDict
from collections.abc import Iterable

from lectern.eventlog.deciding import Known, Named

MOST = 4_096
"""Streams remembered; those not named for the longest time go first."""


class KnownStreams:
    """States by stream. Only what was committed may be told."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._known: OrderedDict[Named, Known] = OrderedDict()

    def get(self, named: Named) -> Known | None:
        return self._known.get(named)

    def tell(self, known: Iterable[tuple[Named, Known]]) -> None:
        for named, each in known:
            self._known[named] = each
            self._known.move_to_end(named)
        while len(self._known) > self._most:
            self._known.popitem(last=False)
