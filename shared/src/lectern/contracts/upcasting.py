"""Lifting older shapes: a new shape gets a new schema number and an upcaster, which runs wherever a fact is read.

An upcaster is pure and takes a raw fact from one schema number to the next.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

Raw: TypeAlias = dict[str, Any]
Upcaster: TypeAlias = Callable[[Raw], Raw]


def _as_it_is(raw: Raw) -> Raw:
    """What was said before is said in the same words: the newer shape only can say more."""
    return raw


UPCASTERS: Mapping[tuple[str, int], Upcaster] = {
    ("ApplicationSubmitted", 1): _as_it_is,  # 2: a reactivation has a route, and the course it rests on
    ("ApplicationCorrected", 1): _as_it_is,  # 2: the tasks of a reactivation, and an answer in words
    ("DistrictVerified", 1): _as_it_is,  # 2: the evidence may hold a present teaching position
    ("DistrictReturned", 1): _as_it_is,  # 2: a reason for what is unclear about the present position
}
"""(type, schema it lifts from) -> upcaster."""


def upcast(type_: str, schema: int, raw: Raw, upcasters: Mapping[tuple[str, int], Upcaster] = UPCASTERS) -> Raw:
    """The raw fact in the newest shape that upcasters lead to."""
    while (lift := upcasters.get((type_, schema))) is not None:
        raw, schema = lift(raw), schema + 1
    return raw
