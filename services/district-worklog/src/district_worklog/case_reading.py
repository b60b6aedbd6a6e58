"""One application in the clear: read as the district's reader role, opened here, and nowhere kept."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import parse_qs, urlsplit

from starlette.requests import Request

from district_worklog import cards as criterion_cards
from district_worklog.cards import Cards
from district_worklog.case_form import as_reported
from district_worklog.case_page import Happened, RecordOnPage
from district_worklog.edge import Edge, Found
from district_worklog.evidence import AnyRecord, Record
from district_worklog.officer import Officer
from district_worklog.rulings import Terms
from district_worklog.work_log import Stage
from lectern.contracts.days import chicago_day
from lectern.contracts.values import ApplicationId, EducatorReport, Inquiry
from lectern.web import list_address


@dataclass(frozen=True)
class Case:
    """Everything the page shows, in the clear."""

    found: Found
    report: EducatorReport
    records: Mapping[str, Record]
    """Of this handing-in, by criterion."""
    before: Mapping[str, Record]
    on_page: Mapping[str, RecordOnPage]
    signed: Mapping[str, str]
    """Who recorded which criterion."""
    history: list[tuple[Happened, str, str]]
    """Latest first: what happened, who at the district, and the note of a return, a question or an answer."""
    said: str
    """What the educator said when handing it in again; empty where nothing was."""
    asked: Inquiry | None
    """What DESE asks now, and in which words; None where it asks nothing, or it was erased."""
    cards: Cards
    terms: Terms

    @property
    def waits(self) -> bool:
        return self.found.line.row.stage is Stage.TO_VERIFY


async def read_case(edge: Edge, officer: Officer, application_id: ApplicationId, change: Collection[str] = ()) -> Case:
    """Raises NotFound or Updating."""
    found = await edge.found(officer, application_id)
    keys, page, row = edge.running.keys, found.page, found.line.row
    report = await keys.open(page.report, EducatorReport) or EducatorReport()
    opened: list[Any] = await keys.open_all([each.record for each in page.records], cast("type[Any]", AnyRecord))
    pairs = [(on_page, record) for on_page, record in zip(page.records, opened, strict=True) if record is not None]
    records = {on.criterion: record for on, record in pairs if on.submission == row.submission}
    before = {on.criterion: record for on, record in pairs if on.submission < row.submission}
    signatures = await edge.signatures([each.signature for each in page.records])
    terms = await edge.desk.terms(application_id)
    cards = criterion_cards.cards(
        report,
        records,
        before,
        terms=terms,
        today=chicago_day(edge.running.now()),
        change=change if row.stage is Stage.TO_VERIFY else (),
    )
    return Case(
        found=found,
        report=report,
        records=records,
        before=before,
        on_page={each.criterion: each for each in page.records},
        signed={
            each.criterion: "You" if each.by == officer.id else signature.name if signature else "A colleague"
            for each, signature in zip(page.records, signatures, strict=True)
        },
        history=await _history(edge, found),
        said=await keys.open(page.words, str) or "" if page.report_of == row.submission else "",
        asked=await _asked(edge, found),
        cards=cards,
        terms=terms,
    )


async def _history(edge: Edge, found: Found) -> list[tuple[Happened, str, str]]:
    history = found.page.history[::-1]
    signatures = await edge.signatures([each.signature for each in history])
    keys = edge.running.keys
    notes = await keys.open_all([each.returned.note if each.returned else each.answer for each in history], str)
    inquiries = await keys.open_all([each.asked for each in history], Inquiry)
    return [
        (each, f"{signature.name}, {signature.title}" if signature else "", inquiry.note if inquiry else note or "")
        for each, signature, note, inquiry in zip(history, signatures, notes, inquiries, strict=True)
    ]


async def _asked(edge: Edge, found: Found) -> Inquiry | None:
    if found.line.row.asked_at is None:
        return None
    last = next((each.asked for each in found.page.history[::-1] if each.asked), None)
    return await edge.running.keys.open(last, Inquiry)


@dataclass(frozen=True)
class Visit:
    """A request of an officer about one application."""

    edge: Edge
    request: Request
    officer: Officer
    application_id: ApplicationId

    @property
    def address(self) -> str:
        return f"/work-log/{self.application_id}"

    @property
    def sort(self) -> str:
        """The order of the work log that was looked at last."""
        query = parse_qs(urlsplit(list_address(self.request, "/work-log")).query)
        return "age" if query.get("sort") == ["age"] else "expiry"

    def reported(self, case: Case) -> list[Record]:
        """What stands in the form as the educator reported it, until it is recorded."""
        return as_reported(case.report, case.terms, chicago_day(self.edge.running.now()))

    async def case(self, change: Collection[str] = ()) -> Case:
        """With these cards open, also where they are met. Raises NotFound or Updating."""
        return await read_case(self.edge, self.officer, self.application_id, change)
