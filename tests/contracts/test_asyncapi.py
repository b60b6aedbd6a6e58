"""The AsyncAPI document is current, is one, and says of records what is true of them."""

import inspect
import json
from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import pytest
from faststream.specification.asyncapi.v3_0_0.schema import ApplicationSchema
from test_facts import EACH_SAMPLE, SAMPLES, Sample, envelope, read

from lectern.contracts.asyncapi import DOCUMENT, HEADERS, PARTITIONS, TOPIC, document, text
from lectern.contracts.envelope import KINDS, encode
from lectern.contracts.facts import PublicFact
from lectern.contracts.hearing import HEARS, PUBLIC_FACTS
from lectern.contracts.shapes import shape_file
from lectern.runtime.settings import Settings
from lectern_local import kafka


def test_the_document_is_current() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == text(), "run `make docs`"


def test_it_is_an_asyncapi_3_document() -> None:
    read = ApplicationSchema.model_validate_json(text())

    assert read.asyncapi == "3.0.0"
    assert set(read.operations) == {f"{each}-{does}" for each in HEARS for does in ("publishes", "hears")}


def test_every_reference_leads_somewhere() -> None:
    found = list(_references(document()))

    assert len(found) > len(PUBLIC_FACTS)
    assert [each for each in found if not _there(each)] == []


def test_topic_and_partitions_are_those_of_the_services() -> None:
    assert Settings.model_fields["topic"].default == TOPIC
    assert inspect.signature(kafka.with_topic).parameters["partitions"].default == PARTITIONS


@EACH_SAMPLE
def test_records_have_the_headers_it_names(sample: Sample) -> None:
    said = headers_of(sample)

    jsonschema_rs.validator_for(HEADERS).validate(said)
    assert set(said) <= set(HEADERS["properties"])


@pytest.mark.parametrize("name", HEADERS["required"])
def test_a_record_without_a_header_it_requires_is_not_one(name: str) -> None:
    said = headers_of(read(SAMPLES / shape_file(PUBLIC_FACTS[0])))
    del said[name]

    assert not jsonschema_rs.validator_for(HEADERS).is_valid(said)


@pytest.mark.parametrize("fact", PUBLIC_FACTS, ids=lambda fact: str(fact.type_name()))
def test_bodies_have_the_shape_it_leads_to(fact: type[PublicFact]) -> None:
    payload = document()["components"]["messages"][fact.type_name()]["payload"]
    shape = json.loads((DOCUMENT.parent / payload["schema"]["$ref"]).read_text(encoding="utf-8"))
    sample = read(SAMPLES / shape_file(fact))

    jsonschema_rs.validator_for(shape).validate(sample.fact)


def headers_of(sample: Sample) -> dict[str, str]:
    _, headers, _ = encode(envelope(sample, KINDS[sample.type]))
    return {name: value.decode() for name, value in headers}


def _references(node: Any) -> Iterator[str]:
    match node:
        case {"$ref": str(there)}:
            yield there
        case dict():
            for each in node.values():
                yield from _references(each)
        case list():
            for each in node:
                yield from _references(each)
        case _:
            pass


def _there(reference: str) -> bool:
    if not reference.startswith("#/"):
        return (DOCUMENT.parent / reference).is_file()
    node: Any = document()
    for step in reference.removeprefix("#/").split("/"):
        node = node.get(step, {})
    return bool(node)
