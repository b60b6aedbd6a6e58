"""`python -m lectern.contracts.catalogue docs/facts.md` writes the catalogue of public facts and who hears what."""

import sys
from collections.abc import Iterator
from inspect import getdoc
from pathlib import Path

from lectern.contracts.facts import PublicFact
from lectern.contracts.hearing import HEARS, PUBLIC_FACTS
from lectern.contracts.shapes import fields_of, sealed_contents, shape_file

CONTRACTS = "/shared/src/lectern/contracts"


def catalogue() -> str:
    """The whole text, in Markdown."""
    return "\n".join([*_head(), *_who_hears_what(), *_facts()]) + "\n"


def _head() -> Iterator[str]:
    yield "# Public facts"
    yield ""
    yield "Generated from `lectern.contracts` by `make docs`; a test compares. What stands here crosses Kafka (topic"
    yield "`lectern.facts`, keyed by subject, CloudEvents 1.0 in binary mode) and is kept in the logs of those who"
    yield "hear it. A published name or shape never changes."
    yield ""


def _who_hears_what() -> Iterator[str]:
    services = sorted(HEARS)
    yield "## Who hears what"
    yield ""
    yield f"| kind of stream | published by | {' | '.join(services)} |"
    yield f"| --- | --- |{' --- |' * len(services)}"
    for publisher, kind in dict.fromkeys((fact.publisher, fact.stream) for fact in PUBLIC_FACTS):
        heard = ("hears" if (publisher, kind) in HEARS[service] else "" for service in services)
        yield f"| `{kind}` | {publisher} | {' | '.join(heard)} |"
    yield ""


def _facts() -> Iterator[str]:
    for publisher in dict.fromkeys(fact.publisher for fact in PUBLIC_FACTS):
        yield f"## {publisher}"
        yield ""
        for fact in PUBLIC_FACTS:
            if fact.publisher == publisher:
                yield from _fact(fact)


def _fact(fact: type[PublicFact]) -> Iterator[str]:
    sealed = sealed_contents(fact)
    fields = (f"`{name}` (sealed)" if name in sealed else f"`{name}`" for name in fields_of(fact))
    file = shape_file(fact)
    yield f"### {fact.type_name()}"
    yield ""
    yield (getdoc(fact) or "").replace("\n\n", "\n").replace("\n", " ")
    yield ""
    yield f"Stream `{fact.stream}`, schema {fact.schema_number} ([shape]({CONTRACTS}/schemas/{file}),"
    yield f"[sample]({CONTRACTS}/samples/{file})). {', '.join(fields)}."
    yield ""


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(catalogue().rstrip("\n") + "\n", encoding="utf-8")
