"""What arrives at DESE: /arrivals marks it by Educator ID, one by one or from a file, and lists what waits."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from lectern.contracts.values import PersonId
from lectern.eventlog.errors import Refused
from lectern.web import (
    Fact,
    Filled,
    FormDate,
    FormModel,
    Says,
    blank,
    read_form,
    read_upload,
    render,
    see_other,
    waits_for,
)
from lectern.web.words import day
from review import queries
from review.arrival import ArrivalId, Said, What
from review.arrivals_desk import ArrivalsDesk, Became
from review.arrivals_file import Line, lines_of
from review.arrivals_waiting import WaitingRow
from review.messages import ARRIVALS
from review.office import Office, SignedInOfficer
from review.officer import Officer

Fresh = Annotated[None, Depends(waits_for)]
NUMBER = r"^[\d\s-]{1,20}$"
Number = Annotated[
    str,
    Field(pattern=NUMBER),
    Says(missing="Enter the Educator ID on it", wrong="Enter the Educator ID as a number, such as 1048227"),
]


class ArrivalForm(FormModel):
    number: Number
    what: Annotated[What, Says(missing="Choose what arrived", wrong="Choose what arrived")]
    on: Annotated[FormDate, Says(missing="Enter the day")]
    college: Annotated[str | None, Field(max_length=200)] = None


class MatchForm(FormModel):
    number: Number


class AsideForm(FormModel):
    why: Annotated[str, Says(missing="Say why nobody is looked for any more")]


class FileForm(FormModel):
    """A file only."""


@dataclass(frozen=True)
class Waits:
    """An arrival without a person, in the clear."""

    row: WaitingRow
    said: Said | None
    by: str


def routes(office: Office, desk: ArrivalsDesk) -> APIRouter:
    router = APIRouter(prefix="/arrivals", include_in_schema=False)
    _marking(router, office, desk)
    _settling(router, office, desk)
    return router


def _marking(router: APIRouter, office: Office, desk: ArrivalsDesk) -> None:  # noqa: C901 - its pages
    @router.get("")
    async def get_arrivals(
        request: Request, officer: SignedInOfficer, _: Fresh, of: PersonId | None = None
    ) -> Response:
        """`of`: the person something arrived about, where somebody comes from a case or the register."""
        async with office.running.read(role=officer.role) as db:
            row = await queries.person_row(db, of) if of else None
        number = (await office.particulars(row)).number if row else None
        return await page(request, officer, blank(ArrivalForm, on=office.today(), number=number))

    @router.post("")
    async def post_arrival(request: Request, officer: SignedInOfficer) -> Response:
        form = _complete(await read_form(request, ArrivalForm))
        if form.ok:
            given = form.value
            said = Said(number=given.number, on=given.on, college=given.college or "")
            try:
                done = await desk.written_down(given.what, said, officer, form.call())
            except Refused as refused:
                form = form.refuse(refused)
            else:
                after = done.answer.position if done.answer else None
                if done.person_id is None:
                    return see_other(f"/arrivals?became={done.became}", after=after)
                return see_other(f"/register/{done.person_id}?became={done.became}", after=after)
        return await page(request, officer, form)

    @router.post("/file")
    async def post_file(request: Request, officer: SignedInOfficer) -> Response:
        """Takes each line that is right, whatever the others are; the same file again changes nothing."""
        async with read_upload(request, FileForm) as upload:
            form = upload.form
            lines: Sequence[Line] = ()
            if upload.file is not None:
                try:
                    lines = lines_of(upload.file.whole(), office.today())
                except ValueError as wrong:
                    form = form.refuse(str(wrong), field="file")
            if not form.ok:
                return await page(request, officer, blank(ArrivalForm, on=office.today()), file=form)
            results = [await _taken(desk, each, officer, form) for each in lines]
        count = {became: sum(each[1] == became for each in results) for became in (*Became, "wrong")}
        shown = [each for each in results if each[1] == "wrong" or each[1] == Became.WAITING]
        return render(request, "arrivals_file.html", results=shown, count=count, of=len(results), words=ARRIVALS)

    async def page(
        request: Request, officer: Officer, form: Filled[ArrivalForm], file: Filled[FileForm] | None = None
    ) -> Response:
        async with office.running.read(role=officer.role) as db:
            rows = await queries.arrivals(db)
            staff = await queries.staff_row(db)
        colleagues = await office.colleagues(officer, staff)
        said = await office.running.keys.open_all([each.said for each in rows], Said)
        waiting = [Waits(row, opened, colleagues.called(row.by)) for row, opened in zip(rows, said, strict=True)]
        return render(
            request,
            "arrivals.html",
            mark=form,
            file=file or blank(FileForm),
            waiting=waiting,
            words=ARRIVALS,
            became=request.query_params.get("became", ""),
        )


def _complete(form: Filled[ArrivalForm]) -> Filled[ArrivalForm]:
    if form["what"] == What.TRANSCRIPT and not form["college"]:
        return form.refuse("Enter the college that sent the transcript", field="college")
    return form


async def _taken(desk: ArrivalsDesk, line: Line, officer: Officer, form: Filled[FileForm]) -> tuple[int, str, str]:
    """Its number, what became of it, and what is wrong with it."""
    if line.said is None or line.what is None:
        return line.row, "wrong", line.wrong
    call = form.call()
    own = replace(call, key=f"{call.key}:{line.row}", body=b"%b\n%d" % (call.body, line.row))
    try:
        done = await desk.written_down(line.what, line.said, officer, own)
    except Refused as refused:
        return line.row, "wrong", refused.message
    return line.row, done.became, "" if done.person_id else line.said.number


def _settling(router: APIRouter, office: Office, desk: ArrivalsDesk) -> None:  # noqa: C901 - its pages
    @router.get("/{arrival_id}")
    async def get_arrival(request: Request, arrival_id: ArrivalId, officer: SignedInOfficer, _: Fresh) -> Response:
        return await page(request, officer, arrival_id, blank(MatchForm), blank(AsideForm))

    @router.post("/{arrival_id}/match")
    async def post_match(request: Request, arrival_id: ArrivalId, officer: SignedInOfficer) -> Response:
        form = await read_form(request, MatchForm)
        row, said = await waits(officer, arrival_id)
        if form.ok and said is not None:
            try:
                whose, answer = await desk.match(row, said, form.value.number, officer, form.call())
            except Refused as refused:
                form = form.refuse(refused)
            else:
                return see_other(f"/register/{whose}?became={Became.RECEIVED}", after=answer.position)
        return await page(request, officer, arrival_id, form, blank(AsideForm))

    @router.post("/{arrival_id}/aside")
    async def post_aside(request: Request, arrival_id: ArrivalId, officer: SignedInOfficer) -> Response:
        form = await read_form(request, AsideForm)
        if form.ok:
            try:
                answer = await desk.set_aside(arrival_id, form.value.why, officer, form.call())
            except Refused as refused:
                form = form.refuse(refused)
            else:
                return see_other("/arrivals", after=answer.position)
        return await page(request, officer, arrival_id, blank(MatchForm), form)

    async def waits(officer: Officer, arrival_id: ArrivalId) -> tuple[WaitingRow, Said | None]:
        async with office.running.read(role=officer.role) as db:
            row = await queries.arrival(db, arrival_id)
        if row is None:
            raise office.absent()
        return row, await office.running.keys.open(row.said, Said)

    async def page(
        request: Request, officer: Officer, arrival_id: ArrivalId, match: Filled[Any], aside: Filled[Any]
    ) -> Response:
        row, said = await waits(officer, arrival_id)
        facts = [Fact("What arrived", ARRIVALS[row.what]), Fact("Written down", day(row.at))]
        if said is not None:
            facts.insert(0, Fact("Educator ID on it", said.number))
            facts.append(Fact("Day", day(said.on)))
            if said.college:
                facts.append(Fact("College", said.college))
        return render(request, "arrival.html", match=match, aside=aside, row=row, facts=facts)
