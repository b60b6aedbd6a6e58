"""The notices' pages for support and operators: what was sent to whom, and what could not be."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from lectern.contracts.values import NoticeId
from lectern.eventlog.errors import NotFound, Refused
from lectern.rules.references import read_reference
from lectern.runtime.running import Running
from lectern.web import (
    FormModel,
    Page,
    Principal,
    Role,
    Tab,
    Updating,
    read_form,
    read_query,
    render,
    see_other,
    signed_in,
    waits_for,
)
from lectern.web.words import district as district_words
from notifications import notices_queries as queries
from notifications import words
from notifications.contacts import District, district
from notifications.notice import Letter, To, delivery, notice_request
from notifications.notices_queries import PAGE
from notifications.notices_sent import NoticeRow, State
from notifications.repeating import RepeatNotice, repeat_notice

STAFF = (Role.SUPPORT, Role.OPERATOR)
Reader = Annotated[Principal, Depends(signed_in(*STAFF))]
Fresh = Annotated[None, Depends(waits_for)]
TABS: dict[State | None, str] = {
    None: "All",
    State.REQUESTED: "On their way",
    State.SENT: "Sent",
    State.FAILED: "Not sent",
    State.UNCERTAIN: "Not known",
}

SHOWN_UNTOLD = 10
"""So many of the offices that nobody could be told at; the rest comes up as these are settled."""


class Filters(FormModel):
    """What stands in the address of the list."""

    state: Literal["requested", "sent", "failed", "uncertain"] | None = None
    q: str | None = None
    start: str | None = None
    """`<instant>~<notice>`: the last line of the page before."""


class RepeatForm(FormModel):
    repeats: int


@dataclass(frozen=True)
class Shown:
    """A notice as pages name it."""

    row: NoticeRow
    notice: str
    recipient: str
    state: tuple[str, str]
    explanation: str


@dataclass(frozen=True)
class Untold:
    """A notice for an office where nobody could be told."""

    row: NoticeRow
    office: str
    why: str


def routes(running: Running) -> APIRouter:
    pages = Pages(running)
    router = APIRouter(include_in_schema=False)
    router.add_api_route("/", pages.front, response_model=None)
    router.add_api_route("/notices", pages.get_notices, response_model=None)
    router.add_api_route("/notices/{notice_id}", pages.get_notice, response_model=None)
    router.add_api_route("/notices/{notice_id}/repeat", pages.get_repeat, response_model=None)
    router.add_api_route("/notices/{notice_id}/repeat", pages.post_repeat, methods=["POST"], response_model=None)
    return router


@dataclass(frozen=True)
class Pages:
    running: Running

    async def front(self) -> Response:
        return RedirectResponse("/notices", 303)

    async def get_notices(self, request: Request, reader: Reader, _: Fresh) -> Response:
        filters = read_query(request, Filters).value
        state, reference = State(filters.state) if filters.state else None, read_reference(filters.q or "")
        if filters.q and reference is None:
            rows, counts = [], dict.fromkeys(State, 0)
        else:
            async with self.running.read(role=reader.role) as db:
                rows = await queries.latest(db, state, reference, _start(filters.start))
                counts = await queries.states(db, reference)
        untold = [] if filters.q or filters.start else await self._untold(reader)
        return render(
            request,
            "notices.html",
            rows=[_shown(row) for row in rows[:PAGE]],
            tabs=[_tab(each, filters, counts, state) for each in TABS],
            page=_page(filters, rows),
            q=filters.q or "",
            state=filters.state or "",
            untold=untold,
            troubled=counts[State.FAILED] + counts[State.UNCERTAIN],
        )

    async def _untold(self, reader: Principal) -> list[Untold]:
        async with self.running.read(role=reader.role) as db:
            rows = await queries.untold(db, [*words.NOBODY], SHOWN_UNTOLD)
        return [Untold(row, await self._office(row), words.NOBODY[row.reason or ""]) for row in rows]

    async def _office(self, row: NoticeRow) -> str:
        if row.recipient != To.DISTRICT:
            return "DESE"
        place = await self.running.log.state(district(row.district))
        return f"{district_words(place.name)} ({row.district})" if isinstance(place, District) else f"{row.district}"

    async def get_notice(self, request: Request, notice_id: UUID, reader: Reader, _: Fresh) -> Response:
        row = await self._row(reader, notice_id)
        letter = await self.running.keys.open(row.letter, Letter) if reader.role is Role.SUPPORT else None
        return render(request, "notice.html", shown=_shown(row), letter=letter, may_read=reader.role is Role.SUPPORT)

    async def get_repeat(self, request: Request, notice_id: UUID, reader: Reader, _: Fresh) -> Response:
        return render(request, "repeat.html", shown=_shown(await self._row(reader, notice_id)), refused="")

    async def post_repeat(self, request: Request, notice_id: UUID, reader: Reader) -> Response:
        row, form = await self._row(reader, notice_id), await read_form(request, RepeatForm)
        if not form.ok:
            return await self.get_repeat(request, notice_id, reader, None)
        command = RepeatNotice(
            notice_id=NoticeId(notice_id),
            repeats=form.value.repeats,
            repeated_by=reader.actor,
            now=self.running.now(),
        )
        refs = (notice_request(notice_id), delivery(notice_id, subject=row.educator_id or row.district))
        try:
            answer = await self.running.log.handle(refs, repeat_notice, command, form.call())
        except Refused as refused:
            return render(request, "repeat.html", status=409, shown=_shown(row), refused=refused.message)
        return see_other(f"/notices/{notice_id}", after=answer.position)

    async def _row(self, reader: Principal, notice_id: UUID) -> NoticeRow:
        """Raises NotFound; Updating while the view is behind."""
        async with self.running.read(role=reader.role) as db:
            row = await queries.one(db, notice_id)
        if row is None:
            raise Updating() if self.running.freshness.behind() else NotFound(notice_id)
        return row


def _shown(row: NoticeRow) -> Shown:
    return Shown(
        row=row,
        notice=words.NOTICES.get(row.notice, row.notice),
        recipient=words.RECIPIENTS[To(row.recipient)],
        state=words.STATES[row.state],
        explanation=words.explanation(row),
    )


def _tab(state: State | None, filters: Filters, counts: dict[State, int], current: State | None) -> Tab:
    count = sum(counts.values()) if state is None else counts[state]
    return Tab(TABS[state], _address(state=state, q=filters.q), count, current=state is current)


def _page(filters: Filters, rows: list[NoticeRow]) -> Page:
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return Page(
        previous=_address(state=filters.state, q=filters.q) if filters.start else "",
        next=_address(state=filters.state, q=filters.q, start=_mark(last)) if last else "",
    )


def _address(**values: str | None) -> str:
    said = {name: value for name, value in values.items() if value}
    return f"/notices?{urlencode(said)}" if said else "/notices"


def _mark(row: NoticeRow) -> str:
    return f"{row.happened_at.isoformat()}~{row.notice_id}"


def _start(mark: str | None) -> tuple[datetime, UUID] | None:
    """What stands in an address may be anything."""
    try:
        at, _, id_ = (mark or "").partition("~")
        instant = datetime.fromisoformat(at)
        return (instant, UUID(id_)) if instant.tzinfo else None
    except ValueError:
        return None
