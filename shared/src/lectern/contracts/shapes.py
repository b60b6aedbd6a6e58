"""The shapes of public facts as JSON Schema, for other systems to read and for us to notice when one changes.

A published shape never changes: what is different gets a new schema number, and the old file stays.
"""

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import Any, TypeAlias

from pydantic import TypeAdapter

from lectern.contracts.envelope import dataschema
from lectern.contracts.facts import PublicFact
from lectern.contracts.sealed import Sealed

Schema: TypeAlias = dict[str, Any]
_WORDS = frozenset({"title", "description"})


def shape_file(fact: type[PublicFact]) -> PurePosixPath:
    """`review/PersonRecorded.v1.json`: where the shape, and its sample, stand."""
    return PurePosixPath(fact.publisher) / f"{fact.type_name()}.v{fact.schema_number}.json"


def shape(fact: type[PublicFact]) -> Schema:
    """Its JSON Schema (2020-12). `x-sealed` shows what is inside of sealed fields, which the fact itself never does."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": dataschema(fact.publisher, fact.type_name(), fact.schema_number),
        **fact.model_json_schema(),
        "x-stream": fact.stream,
        "x-sealed": {name: TypeAdapter(inside).json_schema() for name, inside in sealed_contents(fact).items()},
    }


def sealed_contents(fact: type[PublicFact]) -> dict[str, Any]:
    """The type of what each sealed field holds."""
    contents: dict[str, Any] = {}
    for name in fact.sealed_fields:
        annotation = fact.model_fields[name].annotation
        candidates = (annotation, *getattr(annotation, "__args__", ()))
        (sealed,) = (each for each in candidates if isinstance(each, type) and issubclass(each, Sealed))
        contents[name] = sealed.__pydantic_generic_metadata__["args"][0]
    return contents


def changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Whether two schemas differ in more than words."""
    return bool(_without_words(before) != _without_words(after))


def fields_of(fact: type[PublicFact]) -> Iterable[str]:
    """What it says, without its type."""
    return (name for name in fact.model_fields if name != "type")


def _without_words(node: Any, *, names: bool = False) -> Any:
    if isinstance(node, Mapping):
        kept = {name: each for name, each in node.items() if names or name not in _WORDS or not isinstance(each, str)}
        return {name: _without_words(each, names=name in {"properties", "$defs"}) for name, each in kept.items()}
    if isinstance(node, list):
        return [_without_words(each) for each in node]
    return node
