"""`python -m lectern.contracts.asyncapi` writes the AsyncAPI 3 document of the public facts beside this file.

For whoever builds beside us: the topic, each fact with its headers and shape, and who publishes and hears what.
"""

import json
from collections.abc import Iterator
from inspect import getdoc
from pathlib import Path
from typing import Any, Final, TypeAlias

from lectern.contracts.envelope import dataschema
from lectern.contracts.facts import PublicFact
from lectern.contracts.hearing import HEARS, PUBLIC_FACTS
from lectern.contracts.shapes import shape_file

Node: TypeAlias = dict[str, Any]
TOPIC: Final = "lectern.facts"
PARTITIONS: Final = 12
DOCUMENT: Final = Path(__file__).with_suffix(".json")

_TEXT: Final = {"type": "string"}
_UUID: Final = {"type": "string", "format": "uuid"}
_NUMBER: Final = {"type": "string", "pattern": "^[1-9][0-9]*$"}
HEADERS: Final[Node] = {
    "type": "object",
    "description": "CloudEvents 1.0 in binary mode: attributes are headers, in text.",
    "required": [
        "ce_specversion", "ce_id", "ce_type", "ce_source", "ce_subject", "ce_time", "ce_dataschema", "ce_sequence",
        "ce_stream", "ce_position", "ce_correlationid",
    ],
    "properties": {
        "ce_specversion": {"const": "1.0"},
        "ce_id": _UUID,
        "ce_type": _TEXT,
        "ce_source": _TEXT | {"description": "The service that owns the type."},
        "ce_subject": _TEXT | {"description": "Whom the fact is about; also the record's key."},
        "ce_time": {"type": "string", "format": "date-time"},
        "ce_dataschema": _TEXT | {"description": "The name of the shape, with its number."},
        "ce_sequence": _NUMBER | {"description": "1, 2, 3 … in its stream, without a gap."},
        "ce_stream": _TEXT | {"description": "The kind of stream and its id."},
        "ce_position": _NUMBER | {"description": "Where it stands in its publisher's log."},
        "ce_correlationid": _UUID,
        "ce_causationid": _UUID,
        "ce_traceparent": _TEXT,
        "ce_rules": _TEXT | {"description": "The rule set it was judged by."},
        "content-type": {"const": "application/json"},
    },
}  # fmt: skip


def document() -> Node:
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Lectern: public facts",
            "version": "1",
            "description": "What happened to teaching certificates in Missouri and the applications about them. "
            "Facts about one subject come in order. A published name or shape never changes.",
        },
        "defaultContentType": "application/json",
        "channels": {
            "facts": {
                "address": TOPIC,
                "description": "One topic, keyed by subject: the educator's id, or the code of a district.",
                "messages": {
                    each.type_name(): _ref("components", "messages", each.type_name()) for each in PUBLIC_FACTS
                },
                "bindings": {"kafka": {"partitions": PARTITIONS, "bindingVersion": "0.5.0"}},
            }
        },
        "operations": dict(_operations()),
        "components": {
            "messages": {each.type_name(): _message(each) for each in PUBLIC_FACTS},
            "schemas": {"headers": HEADERS},
        },
    }


def _operations() -> Iterator[tuple[str, Node]]:
    for service in sorted(HEARS):
        sends = [each for each in PUBLIC_FACTS if each.publisher == service]
        hears = [each for each in PUBLIC_FACTS if (each.publisher, each.stream) in HEARS[service]]
        yield f"{service}-publishes", _operation("send", sends)
        yield f"{service}-hears", _operation("receive", hears)


def _operation(action: str, facts: list[type[PublicFact]]) -> Node:
    messages = [_ref("channels", "facts", "messages", each.type_name()) for each in facts]
    return {"action": action, "channel": _ref("channels", "facts"), "messages": messages}


def _message(fact: type[PublicFact]) -> Node:
    summary, _, more = (getdoc(fact) or "").partition("\n\n")
    return {
        "name": fact.type_name(),
        "title": dataschema(fact.publisher, fact.type_name(), fact.schema_number),
        "summary": summary.replace("\n", " "),
        **({"description": more.replace("\n", " ")} if more else {}),
        "contentType": "application/json",
        "headers": _ref("components", "schemas", "headers"),
        "payload": {
            "schemaFormat": "application/schema+json;version=draft-2020-12",
            "schema": {"$ref": f"schemas/{shape_file(fact)}"},
        },
        "bindings": {"kafka": {"key": _TEXT, "bindingVersion": "0.5.0"}},
    }


def _ref(*path: str) -> Node:
    return {"$ref": f"#/{'/'.join(path)}"}


def text() -> str:
    return json.dumps(document(), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    DOCUMENT.write_text(text(), encoding="utf-8")
