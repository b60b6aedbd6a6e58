"""Putting facts of several logs into one order: causes first, each log as it stands, by time where neither decides."""

import heapq
from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from lectern_local.history.happened import Happened


def causal_order(facts: Iterable[Happened]) -> list[Happened]:
    """Clocks of different machines may disagree: a cause stands before what it caused all the same."""
    known = {fact.id: fact for fact in facts}
    waits_for = {fact.id: _causes(fact, known) for fact in known.values()}
    by_log: dict[str, list[Happened]] = defaultdict(list)
    for fact in sorted(known.values(), key=lambda each: each.position):
        if by_log[fact.service]:
            waits_for[fact.id].add(by_log[fact.service][-1].id)
        by_log[fact.service].append(fact)
    return _sorted(known, waits_for)


def _causes(fact: Happened, known: dict[UUID, Happened]) -> set[UUID]:
    return {fact.causation_id} if fact.causation_id in known and fact.causation_id is not None else set()


def _sorted(known: dict[UUID, Happened], waits_for: dict[UUID, set[UUID]]) -> list[Happened]:
    causes: dict[UUID, list[UUID]] = defaultdict(list)
    for id_, waiting in waits_for.items():
        for cause in waiting:
            causes[cause].append(id_)
    left = {id_: len(waiting) for id_, waiting in waits_for.items()}
    ready = [_rank(known[id_]) for id_, n in left.items() if n == 0]
    heapq.heapify(ready)
    ordered: list[Happened] = []
    while ready:
        *_, id_ = heapq.heappop(ready)
        ordered.append(known[id_])
        for caused in causes[id_]:
            left[caused] -= 1
            if left[caused] == 0:
                heapq.heappush(ready, _rank(known[caused]))
    return ordered


def _rank(fact: Happened) -> tuple[object, str, int, UUID]:
    return (fact.recorded_at, fact.service, fact.position, fact.id)
