"""The queue: /queue."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Any, Literal
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from lectern.contracts.values import PersonId
from lectern.eventlog.errors import Refused
from lectern.rules.clocks import elapsed
from lectern.rules.references import read_reference
from lectern.web import Column, FormModel, Page, Tab, read_form, read_query, remember_list, render, see_other, waits_for
from lectern.web.words import district as district_words
from review import queries
from review.desk import On
from review.messages import NAME_ERASED
from review.office import Colleagues, Office, SignedInOfficer
from review.officer import Officer
from review.queries import FIRST, PAGE, Line, Numbers, Wanted
from review.review_queue import Stage

TABS = {
    "ready": ("Ready for decision", (Stage.READY,)),
    "mine": ("Mine", (Stage.READY, Stage.SECOND)),
    "second": ("Second review", (Stage.SECOND,)),
    "educator": ("Waiting on educator", (Stage.ASKED, Stage.RETURNED, Stage.DECLINED)),
    "district": ("Waiting on district", (Stage.WITH_DISTRICT, Stage.DISTRICT_ASKED)),
    "held": ("On hold", (Stage.HELD,)),
    "decided": ("Decided", (Stage.APPROVED, Stage.DENIED, Stage.WITHDRAWN, Stage.CLOSED)),
}
SOON = 60
"""Days before its expiry from which a certificate's tag takes care."""


class Filters(FormModel):
    """What stands in the address of a list."""

    tab: Literal["ready", "mine", "second", "educator", "district", "held", "decided"] = "ready"
    q: str | None = None
    district: str | None = None
    only: Literal["expiring", "untaken"] | None = None
    sort: Literal["age", "expiry"] = "age"
    start: str | None = None
    """`<rank>.<application>.<number>`: the last line of the page before, and how many lines stand before this page."""


@dataclass(frozen=True)
class Shown:
    """A line as the page shows it."""

    line: Line
    name: str
    place: str
    reviewer: str
    age: int
    """In working days."""
    expiry_look: str


@dataclass(frozen=True)
class Tile:
    """A number over the list that leads to what it counts."""

    words: str
    number: int
    href: str
    unit: str = ""
    current: bool = False


def routes(office: Office) -> APIRouter:
    router = APIRouter(include_in_schema=False)

    @router.get("/")
    async def front() -> Response:
        return RedirectResponse("/queue", 303)

    @router.get("/queue")
    async def queue(request: Request, officer: SignedInOfficer, _: Annotated[None, Depends(waits_for)]) -> Response:
        form = read_query(request, Filters)
        page = render(request, "queue.html", form=form, **await _list(office, officer, form.value))
        return remember_list(request, page, _href(form.value))

    @router.post("/queue/next")
    async def open_next(request: Request, officer: SignedInOfficer) -> Response:
        """Opens the next case and makes it the officer's own; one that a colleague just took is passed over."""
        form = await read_form(request, FormModel)
        if not form.ok:
            return see_other("/queue")
        async with office.running.read(role=officer.role) as db:
            candidates = await queries.next_cases(db, officer.id)
        for application_id, submission in candidates:
            on = On(officer, application_id, submission, form.call().about(application_id=application_id))
            try:
                answer = await office.desk.start(on)
            except Refused:
                continue
            return see_other(f"/cases/{answer.result['application_id']}", after=answer.position)
        return see_other("/queue?tab=ready")

    return router


async def _list(office: Office, officer: Officer, filters: Filters) -> dict[str, Any]:
    rank, id_, before = start_of(filters.start)
    today = office.today()
    named = await office.named(filters.q)
    async with office.running.read(role=officer.role) as db:
        wanted = _wanted(filters, officer, today, named)
        found = await queries.lines(db, wanted, (rank, id_))
        everybody, mine = await queries.counts(db, wanted, officer.id)
        numbers = await queries.numbers(db, replace(wanted, nobody=False, expiring=None), today)
        ready, second = await queries.waiting(db, officer.id)
        places = await queries.districts_of_queue(db)
        staff = await queries.staff_row(db)
    colleagues = await office.colleagues(officer, staff)
    shown = [_shown(each, colleagues, today) for each in found[:PAGE]]
    counts = {tab: sum((mine if tab == "mine" else everybody)[each] for each in TABS[tab][1]) for tab in TABS}
    return {
        "filters": filters,
        "lines": shown,
        "tabs": [
            Tab(words, _href(filters, tab=tab, start=None), counts[tab], tab == filters.tab)
            for tab, (words, _) in TABS.items()
        ],
        "columns": _columns(filters),
        "places": [(code, f"{district_words(name)} ({code})") for code, name in places],
        "tiles": _tiles(filters, numbers, today) if filters.tab == "ready" else [],
        "waiting": ready,
        "second": second if officer.supervisor else 0,
        "today": today,
        "filtered": bool(filters.q or filters.district or filters.only),
        "only": filters.only or "",
        "clear": _href(Filters(tab=filters.tab)),
        "page": _page(filters, found, before, counts[filters.tab]),
    }


def _wanted(filters: Filters, officer: Officer, today: date, named: Sequence[PersonId]) -> Wanted:
    text = filters.q
    reference = read_reference(text) if text else None
    return Wanted(
        stages=TABS[filters.tab][1],
        reviewer=officer.id if filters.tab == "mine" else None,
        nobody=filters.only == "untaken",
        district=filters.district,
        text=None if reference else text,
        reference=reference,
        named=named,
        sort="latest" if filters.tab == "decided" else filters.sort,
        expiring=today if filters.only == "expiring" else None,
    )


def _shown(line: Line, colleagues: Colleagues, today: date) -> Shown:
    row = line.row
    left = (line.expires_on - today).days if line.expires_on else SOON + 1
    return Shown(
        line=line,
        name=_name(line.first, line.last),
        place=district_words(line.district) if line.district else row.district or "",
        reviewer=colleagues.name(row.proposed_by if row.stage is Stage.SECOND else row.reviewer),
        age=row.days(today),
        expiry_look="no" if left < 0 else "wait" if left <= SOON else "plain",
    )


def _name(first: str | None, last: str | None) -> str:
    return " ".join(each for each in (first, last) if each) or NAME_ERASED


def _tiles(filters: Filters, numbers: Numbers, today: date) -> list[Tile]:
    """Numbers that lead to what they count; of a list that shows one of them, back to all."""
    if numbers.oldest is None:
        return []
    age = elapsed(numbers.clock, today)

    def tile(words: str, number: int, only: str) -> Tile:
        current = filters.only == only
        return Tile(words, number, _href(filters, only=None if current else only, start=None), current=current)

    return [
        tile(f"Certificates that expire within {SOON} days", numbers.expiring, "expiring"),
        Tile(
            f"Oldest: {_name(numbers.first, numbers.last)}",
            age,
            f"/cases/{numbers.oldest}",
            "working day" if age == 1 else "working days",
        ),
        tile("Nobody has taken", numbers.untaken, "untaken"),
    ]


def _columns(filters: Filters) -> list[Column]:
    common = [Column("Educator"), Column("District"), Column("Certificate expires")]
    match filters.tab:
        case "decided":
            return [*common, Column("Decided"), Column("Decision"), Column("Reviewer")]
        case "educator" | "district":
            return [*common, Column("Submitted"), Column("Where it is"), Column("Working days there", num=True)]
        case "second":
            return [*common, Column("With DESE since"), Column("Working days", num=True), Column("Proposed by")]
        case "held":
            return [*common, Column("On hold since"), Column("Working days", num=True), Column("Reviewer")]
        case "ready" | "mine":
            return [*common, Column("With DESE since"), Column("Working days", num=True), Column("Reviewer")]


def _page(filters: Filters, found: list[Line], before: int, total: int) -> Page:
    shown = found[:PAGE]
    onward = ""
    if len(found) > PAGE:
        last = shown[-1]
        onward = _href(filters, start=f"{last.rank}.{last.row.application_id}.{before + PAGE}")
    back = _href(filters, start=None) if before else ""
    return Page(before + 1 if shown else 0, before + len(shown), total, previous=back, next=onward)


def _href(filters: Filters, **changed: str | None) -> str:
    """This list with something changed; what is as usual is left out."""
    said = filters.model_dump(mode="json", exclude_defaults=True) | changed
    query = urlencode({name: value for name, value in said.items() if value is not None})
    return f"/queue?{query}" if query else "/queue"


def start_of(text: str | None) -> tuple[int, UUID, int]:
    """Where a page starts; anything that does not read as one is the beginning."""
    rank, _, rest = (text or "").partition(".")
    id_, _, before = rest.partition(".")
    try:
        found = int(rank), UUID(id_), int(before)
    except ValueError:
        return (*FIRST, 0)
    return found if abs(found[0]) < 2**62 and 0 <= found[2] < 10**9 else (*FIRST, 0)
