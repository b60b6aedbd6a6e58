"""The work log: /work-log."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, Literal
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from district_worklog import work_log_queries as queries
from district_worklog.case_form import uuid_or_none
from district_worklog.districts import DistrictRow
from district_worklog.edge import Edge, Person, SignedInOfficer
from district_worklog.kinds import SAID
from district_worklog.officer import Officer
from district_worklog.work_log import End, Stage
from district_worklog.work_log_queries import FIRST, PAGE, Line, Numbers, Wanted
from lectern.contracts.days import chicago_day
from lectern.contracts.values import EstablishedBy, Kind, StaffContact
from lectern.rules import rule_set
from lectern.rules.clocks import elapsed
from lectern.rules.references import read_reference
from lectern.web import Column, FormModel, Page, Tab, read_query, remember_list, render, waits_for

TABS = {
    Stage.TO_VERIFY: "To verify",
    Stage.RETURNED: "Returned",
    Stage.SENT: "Sent to DESE",
    Stage.CLOSED: "Closed",
}
ENDS = {
    End.APPROVED: ("Approved by DESE", "ok"),
    End.DENIED: ("Denied by DESE", "no"),
    End.WITHDRAWN: ("Withdrawn", "plain"),
    End.INCOMPLETE: ("Closed, incomplete", "plain"),
    End.DECLINED: ("Declined by you", "plain"),
    End.LEFT: ("With another district", "plain"),
}
"""Words and look of the tag."""
KINDS = {kind: said.short for kind, said in SAID.items()}
SOON = 60
"""Days before a certificate's expiry from which its tag takes care; from half a month on it is red."""


class Filters(FormModel):
    """What stands in the address of a list."""

    tab: Literal["to-verify", "returned", "sent", "closed"] = "to-verify"
    q: str | None = None
    kind: Kind | None = None
    who: str | None = None
    """me, nobody, or the id of a colleague."""
    only: Literal["ready", "expiring"] | None = None
    ended: End | None = None
    """Of the closed ones: those that ended like this."""
    sort: Literal["expiry", "age"] = "expiry"
    start: str | None = None
    """`<rank>.<application>.<number>`: the last line of the page before, and how many lines stand before this page."""


@dataclass(frozen=True)
class Shown:
    """A line as the page shows it."""

    line: Line
    person: Person
    claimed_by: str
    age: int
    """In working days."""
    expiry_look: str
    criteria: int
    """How many the district has to confirm."""


@dataclass(frozen=True)
class Tile:
    """A number over the list that leads to what it counts."""

    words: str
    number: int
    href: str
    unit: str = ""
    current: bool = False


@dataclass(frozen=True)
class _Reader:
    """Who looks at the list, and when."""

    officer: Officer
    place: DistrictRow
    staff: Sequence[StaffContact]
    now: datetime

    @property
    def today(self) -> date:
        return chicago_day(self.now)


@dataclass(frozen=True)
class _List:
    lines: list[Line]
    counts: dict[Stage, int]
    numbers: Numbers
    oldest: str


def routes(edge: Edge) -> APIRouter:
    router = APIRouter(include_in_schema=False)

    @router.get("/")
    async def front() -> Response:
        return RedirectResponse("/work-log", 303)

    @router.get("/work-log")
    async def work_log(request: Request, officer: SignedInOfficer, _: Annotated[None, Depends(waits_for)]) -> Response:
        form = read_query(request, Filters)
        now = edge.running.now()
        place = await edge.place(officer)
        colleagues = await edge.running.keys.open(place.contacts, tuple[StaffContact, ...]) or ()
        found = await _find(edge, officer, form.value, chicago_day(now))
        shown = await _shown(edge, officer, found.lines[:PAGE], now)
        staff = [each for each in colleagues if each.role != "contact"]
        reader = _Reader(officer, place, staff, now)
        page = render(request, "work_log.html", form=form, reader=reader, **_context(form.value, reader, found, shown))
        return remember_list(request, page, _href(form.value))

    return router


async def _find(edge: Edge, officer: Officer, filters: Filters, today: date) -> _List:
    stage = Stage(filters.tab)
    rank, id_, _ = read_start(filters.start)
    async with edge.running.read(district=officer.district) as db:
        text = filters.q
        only = await queries.searched(db, officer.district, text, read_reference(text)) if text else None
        wanted = Wanted(
            officer.district,
            kind=filters.kind.value if filters.kind else None,
            claimed_by=officer.id if filters.who == "me" else uuid_or_none(filters.who),
            unclaimed=filters.who == "nobody",
            sort=filters.sort if stage is Stage.TO_VERIFY else "latest",
            only=only,
            expiring=today if filters.only == "expiring" else None,
            ready=filters.only == "ready",
            ended=filters.ended if stage is Stage.CLOSED else None,
        )
        lines = await queries.lines(db, wanted, stage, (rank, id_))
        counts = await queries.counts(db, wanted)
        numbers = await queries.numbers(db, officer.district, today)
        oldest = await queries.one(db, officer.district, numbers.oldest) if numbers.oldest else None  # type: ignore[arg-type]
    (who,) = await edge.people([oldest[0].educator]) if oldest else [None]
    return _List(lines, counts, numbers, who.name if who else "")


async def _shown(edge: Edge, officer: Officer, lines: Sequence[Line], now: datetime) -> list[Shown]:
    people = await edge.people([line.educator for line in lines])
    signatures = await edge.signatures([line.row.claimed for line in lines])
    today = chicago_day(now)
    return [
        Shown(
            line,
            person,
            "You" if line.row.claimed_by == officer.id else signature.name if signature else "",
            elapsed(line.row.clock, today),
            _expiry_look(line.expires_on, today),
            len(rule_set(line.row.rules).of(line.row.kind).established(EstablishedBy.DISTRICT)),
        )
        for line, person, signature in zip(lines, people, signatures, strict=True)
    ]


def _expiry_look(expires_on: date | None, today: date) -> str:
    if expires_on is None or (left := (expires_on - today).days) > SOON:
        return ""
    return "no" if left <= SOON // 4 else "wait"


def _context(filters: Filters, reader: _Reader, found: _List, shown: list[Shown]) -> dict[str, Any]:
    stage = Stage(filters.tab)
    several = len(reader.staff) > 1
    colleagues = [(str(each.officer_id), each.name) for each in reader.staff if each.officer_id != reader.officer.id]
    return {
        "stage": stage.value,
        "tabs": [
            Tab(words, _href(filters, tab=each.value, start=None), found.counts[each], each is stage)
            for each, words in TABS.items()
        ],
        "rows": shown,
        "columns": _columns(filters, stage, several=several),
        "several": several,
        "tiles": _tiles(filters, found, reader.today) if stage is Stage.TO_VERIFY and not filters.q else (),
        "waiting": found.numbers.waiting,
        "kinds": [(each.value, words) for each, words in KINDS.items()],
        "kind_words": KINDS,
        "who": [("me", "Me"), ("nobody", "Nobody yet"), *colleagues],
        "page": _pages(filters, found, len(shown)),
        "clear": _href(Filters(tab=filters.tab)),
        "filtered": bool(filters.q or filters.kind or filters.who or filters.only or filters.ended),
        "ends": ENDS,
        "ends_named": [(each.value, words) for each, (words, _) in ENDS.items()],
        "only": filters.only or "",
    }


def _pages(filters: Filters, found: _List, shown: int) -> Page:
    *_, before = read_start(filters.start)
    next_ = ""
    if len(found.lines) > PAGE:
        last = found.lines[PAGE - 1]
        next_ = _href(filters, start=f"{last.rank}.{last.row.application_id}.{before + PAGE}")
    return Page(
        first=before + 1,
        last=before + shown,
        total=found.counts[Stage(filters.tab)],
        previous=_href(filters, start=None) if filters.start else "",
        next=next_,
    )


def _tiles(filters: Filters, found: _List, today: date) -> list[Tile]:
    """Numbers that lead to what they count; of a list that shows one of them, back to all."""
    numbers = found.numbers
    if numbers.oldest is None:
        return []
    age = elapsed(numbers.clock, today)

    def address(only: str) -> str:
        return _href(Filters(only=None if filters.only == only else only))

    return [
        Tile(
            f"Certificates that expire within {SOON} days",
            numbers.expiring,
            address("expiring"),
            current=filters.only == "expiring",
        ),
        Tile(
            f"Oldest: {found.oldest}", age, f"/work-log/{numbers.oldest}", "working day" if age == 1 else "working days"
        ),
        Tile("Ready to sign", numbers.ready, address("ready"), current=filters.only == "ready"),
    ]


def _columns(filters: Filters, stage: Stage, *, several: bool) -> list[Column]:
    sortable = stage is Stage.TO_VERIFY
    expires = Column(
        "Certificate expires",
        sort_href=_href(filters, sort="expiry", start=None) if sortable else "",
        sorted="ascending" if sortable and filters.sort == "expiry" else "",
    )
    age = Column(
        "Working days here",
        num=True,
        sort_href=_href(filters, sort="age", start=None) if sortable else "",
        sorted="descending" if sortable and filters.sort == "age" else "",
    )
    common = [Column("Educator"), Column("Application"), expires, Column("Submitted")]
    match stage:
        case Stage.TO_VERIFY:
            return [*common, age, Column("Recorded"), *([Column("Opened by")] if several else [])]
        case Stage.RETURNED:
            return [*common, Column("Returned")]
        case Stage.SENT:
            return [*common, Column("Sent to DESE")]
        case _:
            return [*common, Column("Closed"), Column("How it ended")]


def _href(filters: Filters, **changed: str | None) -> str:
    """This list with something changed; what is as usual is left out."""
    said = filters.model_dump(mode="json", exclude_defaults=True) | changed
    query = urlencode({name: value for name, value in said.items() if value is not None})
    return f"/work-log?{query}" if query else "/work-log"


def read_start(text: str | None) -> tuple[int, UUID, int]:
    """Where a page starts; anything that does not read as one is the beginning."""
    rank, _, rest = (text or "").partition(".")
    id_, _, before = rest.partition(".")
    try:
        found = int(rank), UUID(id_), int(before)
    except ValueError:
        return (*FIRST, 0)
    return found if abs(found[0]) < 2**62 and 0 <= found[2] < 10**9 else (*FIRST, 0)
