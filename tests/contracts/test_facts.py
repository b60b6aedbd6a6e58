"""What was published stays readable, looks as it is said to look, and is written down."""

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from pydantic import TypeAdapter

from lectern.contracts.catalogue import catalogue
from lectern.contracts.envelope import Envelope, decode, encode, fact_of
from lectern.contracts.facts import PublicFact
from lectern.contracts.hearing import HEARS, PUBLIC_FACTS
from lectern.contracts.schemas import FOLDER, text
from lectern.contracts.shapes import changed, sealed_contents, shape, shape_file
from lectern.contracts.upcasting import UPCASTERS, upcast

SAMPLES = FOLDER.parent / "samples"
DOCS = Path(__file__).parents[2] / "docs"
EACH_FACT = pytest.mark.parametrize("fact", PUBLIC_FACTS, ids=lambda fact: str(fact.type_name()))


@dataclass(frozen=True)
class Sample:
    """A stored example: the fact as it was published, and what its sealed fields held."""

    publisher: str
    type: str
    schema: int
    fact: dict[str, Any]
    sealed: dict[str, Any]


def read(file: Path) -> Sample:
    name = re.fullmatch(r"(\w+)\.v(\d+)\.json", file.name)
    assert name is not None
    stored = json.loads(file.read_text(encoding="utf-8"))
    return Sample(file.parent.name, name[1], int(name[2]), stored["fact"], stored["sealed"])


EACH_SAMPLE = pytest.mark.parametrize(
    "sample", [read(file) for file in sorted(SAMPLES.rglob("*.json"))], ids=lambda s: f"{s.type}.v{s.schema}"
)


def envelope(sample: Sample, kind: str) -> Envelope:
    id_ = UUID("01938f5e-7a10-7c3e-9b1a-3f0d5a7c1e01")
    return Envelope(
        id=id_, type=sample.type, source=sample.publisher, subject=str(id_), stream=f"{kind}/{id_}", version=1,
        schema=sample.schema, occurred_at=datetime(2026, 11, 24, tzinfo=UTC), correlation_id=id_,
        causation_id=None, traceparent=None, rules=None, position=1, body=json.dumps(sample.fact).encode(),
    )  # fmt: skip


@EACH_SAMPLE
def test_every_shape_ever_published_is_still_read(sample: Sample) -> None:
    known = next(fact for fact in PUBLIC_FACTS if fact.type_name() == sample.type)

    fact = fact_of(decode(*encode(envelope(sample, known.stream))))

    assert isinstance(fact, known)


@EACH_SAMPLE
def test_what_was_sealed_is_still_read(sample: Sample) -> None:
    known = next(fact for fact in PUBLIC_FACTS if fact.type_name() == sample.type)

    contents = sealed_contents(known)
    assert sample.sealed.keys() <= contents.keys()
    for name, held in sample.sealed.items():
        TypeAdapter(contents[name]).validate_json(json.dumps(held))


@EACH_FACT
def test_every_shape_has_a_sample(fact: type[PublicFact]) -> None:
    for number in range(1, fact.schema_number + 1):
        assert (SAMPLES / shape_file(fact).with_name(f"{fact.type_name()}.v{number}.json")).exists()


@EACH_FACT
def test_a_sample_says_all_the_fact_says(fact: type[PublicFact]) -> None:
    sample = read(SAMPLES / shape_file(fact))

    assert set(sample.fact) == set(fact.model_fields)
    assert set(sample.sealed) == set(fact.sealed_fields)


@EACH_FACT
def test_a_shape_changes_only_with_its_number(fact: type[PublicFact]) -> None:
    committed = json.loads((FOLDER / shape_file(fact)).read_text(encoding="utf-8"))

    assert not changed(committed, shape(fact)), f"{fact.type_name()} needs a new schema_number and an upcaster"
    assert text(shape(fact)) == text(committed), "run `make docs`"


@EACH_FACT
def test_older_shapes_are_lifted_one_by_one(fact: type[PublicFact]) -> None:
    assert all((fact.type_name(), number) in UPCASTERS for number in range(1, fact.schema_number))


def test_no_fact_is_described_that_is_not_published() -> None:
    described = {(file.parent.name, file.name.partition(".")[0]) for file in FOLDER.rglob("*.json")}

    assert described == {(fact.publisher, fact.type_name()) for fact in PUBLIC_FACTS}


def test_a_type_has_one_publisher_and_one_kind_of_stream() -> None:
    assert len({fact.type_name() for fact in PUBLIC_FACTS}) == len(PUBLIC_FACTS)
    assert all(fact.publisher in HEARS for fact in PUBLIC_FACTS)


def test_nobody_hears_itself_or_what_nobody_publishes() -> None:
    published = {(fact.publisher, fact.stream) for fact in PUBLIC_FACTS}

    for service, kinds in HEARS.items():
        assert kinds <= published
        assert service not in {publisher for publisher, _ in kinds}


def test_the_catalogue_is_current() -> None:
    assert (DOCS / "facts.md").read_text(encoding="utf-8") == catalogue().rstrip("\n") + "\n", "run `make docs`"


@pytest.mark.parametrize(
    "change",
    [
        lambda s: s["properties"]["name"].update(type="integer"),
        lambda s: s["properties"].pop("county"),
        lambda s: s["required"].remove("county"),
        lambda s: s["properties"].update(title={"type": "string"}),
        lambda s: s["x-sealed"].update(name={"type": "string"}),
    ],
)
def test_a_changed_shape_is_noticed(change: Any) -> None:
    listed = next(fact for fact in PUBLIC_FACTS if fact.type_name() == "DistrictListed")
    before, after = shape(listed), shape(listed)

    change(after)

    assert changed(before, after)


def test_other_words_are_no_other_shape() -> None:
    before, after = shape(PUBLIC_FACTS[0]), shape(PUBLIC_FACTS[0])

    after["description"] = after["title"] = "better said"

    assert not changed(before, after)


def test_upcasters_run_one_after_the_other_up_to_the_newest() -> None:
    upcasters = {
        ("Moved", 1): lambda raw: {**raw, "to": raw["where"]},
        ("Moved", 2): lambda raw: {**raw, "at": None},
        ("Other", 1): lambda _: {},
    }

    assert upcast("Moved", 1, {"where": "x"}, upcasters) == {"where": "x", "to": "x", "at": None}
    assert upcast("Moved", 2, {"to": "x"}, upcasters) == {"to": "x", "at": None}
    assert upcast("Moved", 3, {"to": "x"}, upcasters) == {"to": "x"}
