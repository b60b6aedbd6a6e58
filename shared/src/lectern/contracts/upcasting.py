"""Lifting older shapes: a new shape gets a new schema number and an upcaster, which runs wherever a fact is read.

An upcaster is pure and takes a raw fact from one schema number to the next.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

Raw: TypeAlias = dict[str, Any]
Upcaster: TypeAlias = Callable[[Raw], Raw]

UPCASTERS: Mapping[tuple[str, int], Upcaster] = {}
"""(type, schema it lifts from) -> upcaster."""


def upcast(type_: str, schema: int, raw: Raw, upcasters: Mapping[tuple[str, int], Upcaster] = UPCASTERS) -> Raw:
    """The raw fact in the newest shape that upcasters lead to."""
    while (lift := upcasters.get((type_, schema))) is not None:
        raw, schema = lift(raw), schema + 1
    return raw
