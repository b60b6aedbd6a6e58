"""Somebody else was here: what was written meanwhile, beside what was typed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from starlette.responses import Response

from district_worklog.case_form import CaseForm, fields_of, seen_words, words_of
from district_worklog.case_reading import Case, Visit
from district_worklog.desk import Card
from lectern.eventlog.errors import Refused
from lectern.rules.criteria import UPG_TEACHING
from lectern.web import Updating, blank, reached, render


@dataclass(frozen=True)
class Differs:
    """A criterion that both recorded: field by field, theirs and yours."""

    title: str
    who: str
    at: datetime | None
    rows: list[tuple[str, str, str]]


async def conflict_page(
    visit: Visit, refused: Refused, cards: Sequence[Card], yours: Sequence[tuple[str, Mapping[str, str]]] = ()
) -> Response:
    """What was written meanwhile beside what was typed; nothing typed is lost. Answers 409.

    `yours`: what was typed outside the cards, as titles with words by label.
    """
    if not await reached(visit.request, await visit.edge.running.log.head()):
        raise Updating
    case = await visit.case()
    ids = {name: on.record_id for name, on in case.on_page.items() if name in case.records}
    theirs = [card for card in cards if ids.get(card.record.criterion) != card.seen]
    return render(
        visit.request,
        "conflict.html",
        status=409,
        refused=refused,
        case=case,
        person=case.found.person,
        differs=[_differs(case, card) for card in theirs],
        yours=[
            *yours,
            *((case.terms.rules.criterion(card.record.criterion).name, words_of(card.record)) for card in cards),
        ],
        mine=blank(
            CaseForm,
            submission=case.found.line.row.submission,
            seen=seen_words(ids),
            **fields_of(card.record for card in cards),
        ),
        mine_here=all(card.record.criterion != UPG_TEACHING for card in cards),
        again=case.waits and bool(theirs) and refused.details.get("conflict") == "record",
        address=visit.address,
    )


def _name(case: Case, criterion: str) -> str:
    return case.terms.rules.criterion(criterion).name


def _differs(case: Case, card: Card) -> Differs:
    criterion = card.record.criterion
    there = case.records.get(criterion)
    yours = words_of(card.record)
    theirs = words_of(there) if there else {}
    on = case.on_page.get(criterion)
    return Differs(
        title=_name(case, criterion),
        who=case.signed.get(criterion, "A colleague"),
        at=on.at if on else None,
        rows=[(name, theirs.get(name, ""), yours.get(name, "")) for name in {**theirs, **yours}],
    )
