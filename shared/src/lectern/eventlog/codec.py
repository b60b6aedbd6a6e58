"""From the stored text of a fact to its type. Older shapes are lifted by the upcasters of lectern.contracts."""

import json
from collections.abc import Iterable
from typing import Any, TypeAlias

from lectern.contracts.facts import Fact, PublicFact
from lectern.contracts.upcasting import upcast

Row: TypeAlias = Any
"""A row of the log: anything that gives its columns by name."""


class Codec:
    """Knows the types that a service records itself and those it hears."""

    def __init__(self, source: str, own: Iterable[type[Fact]], heard: Iterable[type[PublicFact]] = ()) -> None:
        self._types: dict[tuple[str, str], type[Fact]] = {(source, t.type_name()): t for t in own}
        self._types |= {(t.publisher, t.type_name()): t for t in heard}

    def knows(self, source: str, type_: str) -> type[Fact] | None:
        return self._types.get((source, type_))

    def decode(self, row: Row) -> Fact | None:
        """The fact of a log row (source, type, schema, data). None for a type or a newer schema not known here yet."""
        return self.decode_parts(row["source"], row["type"], row["schema"], row["data"])

    def decode_parts(self, source: str, type_: str, schema: int, data: str) -> Fact | None:
        known = self._types.get((source, type_))
        if known is None or schema > known.schema_number:
            return None
        if schema == known.schema_number:
            return known.model_validate_json(data)
        return known.model_validate(upcast(type_, schema, json.loads(data)))
