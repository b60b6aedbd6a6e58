"""The years table of one application: /work-log/{application_id}/years. It sums itself, without scripts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from district_worklog.cards import YearLine, year_lines
from district_worklog.case_form import uuid_or_none
from district_worklog.case_reading import Case, Visit
from district_worklog.desk import Card
from district_worklog.edge import Edge, SignedInOfficer
from district_worklog.evidence import TeachingRecord
from district_worklog.http_conflict import conflict_page
from district_worklog.recording import problems
from district_worklog.years_form import (
    FIELDS,
    MOST,
    REMOVE,
    countable,
    read_rows,
    renumbered,
    rows_sent,
    without,
    years_form,
    years_model,
)
from lectern.contracts.days import chicago_day
from lectern.contracts.values import ApplicationId, YearTaught
from lectern.eventlog.errors import Refused
from lectern.rules.criteria import UPG_TEACHING
from lectern.rules.years import in_years, school_year_of, school_year_words
from lectern.web import Filled, read_form, render, see_other, waits_for
from lectern.web.reading import posted


@dataclass(frozen=True)
class Row:
    """A row as the page shows it: its number in the form, and what it counts where it can be read."""

    at: int
    line: YearLine | None


def routes(edge: Edge) -> APIRouter:
    router = APIRouter(prefix="/work-log/{application_id}", include_in_schema=False)

    @router.get("/years")
    async def get_years(
        request: Request,
        application_id: ApplicationId,
        officer: SignedInOfficer,
        _: Annotated[None, Depends(waits_for)],
    ) -> Response:
        visit = Visit(edge, request, officer, application_id)
        case = await visit.case()
        if not case.waits:
            return see_other(visit.address)
        return await _page(visit, case, *_blank(case))

    @router.post("/years")
    async def post_years(request: Request, application_id: ApplicationId, officer: SignedInOfficer) -> Response:
        count = max(rows_sent(await posted(request)), 1)
        form = await read_form(request, years_model(count))
        return await _changed(Visit(edge, request, officer, application_id), form, count)

    return router


async def _changed(visit: Visit, form: Filled[Any], count: int) -> Response:
    do = "save" if form.error("do") else form["do"] or "save"
    if form.sent is not None and do == "add" and count < MOST:
        return await _page(visit, await visit.case(), replace(form, model=years_model(count + 1), errors={}), count + 1)
    if form.sent is not None and do.startswith(REMOVE):
        return await _page(visit, await visit.case(), without(form, int(do.removeprefix(REMOVE)), count), count - 1)
    rows, wrong = read_rows(form, count)
    record = TeachingRecord(years=tuple(row for _, row in rows))
    if do == "save" and not wrong and form.ok:
        wrong = _once(renumbered(dict(problems(record, _today(visit))), [at for at, _ in rows]))
        if not rows:
            wrong = {"school_year_0": "Enter at least one school year"}
    if wrong or not form.ok or do != "save":
        return await _page(visit, await visit.case(), form.refuse_all(wrong), count)
    card = Card(record, uuid_or_none(form["seen"]))
    try:
        saved = await visit.edge.desk.record(
            visit.officer, visit.application_id, form.value.submission, [card], form.call()
        )
    except Refused as refused:
        return await conflict_page(visit, refused, [card])
    return see_other(f"{visit.address}#teaching", after=saved.answer.position if saved.answer else None)


def _once(wrong: dict[str | None, str]) -> dict[str | None, str]:
    """Where several rows don't say what they were checked against, one answer over the table is enough."""
    silent = [field for field in wrong if field and field.startswith("checked_against_")]
    if len(silent) < 2:
        return wrong
    others = {field: words for field, words in wrong.items() if field not in silent}
    return {"against_all": "Say what you checked these years against: once here, or in each row.", **others}


def _blank(case: Case) -> tuple[Filled[Any], int]:
    """The rows as recorded, else as they were before the correction, else as the educator reported them."""
    taught = case.records.get(UPG_TEACHING) or case.before.get(UPG_TEACHING)
    rows: Sequence[YearTaught] = taught.years if isinstance(taught, TeachingRecord) else case.report.years
    on_page = case.on_page.get(UPG_TEACHING) if UPG_TEACHING in case.records else None
    return years_form(rows, case.found.line.row.submission, on_page.record_id if on_page else None)


# ── the page


async def _page(visit: Visit, case: Case, form: Filled[Any], count: int) -> Response:
    today = _today(visit)
    rows = countable(form, count)
    numbers = case.terms.rules.parameters
    lines, total = year_lines([row for _, row in rows], today, numbers)
    counted = dict(zip((at for at, _ in rows), lines, strict=True))
    return render(
        visit.request,
        "years.html",
        form=form,
        case=case,
        person=case.found.person,
        address=visit.address,
        rows=[Row(at, counted.get(at)) for at in range(count)],
        total=total,
        needed=in_years(numbers.teaching_hundredths),
        missing=in_years(max(numbers.teaching_hundredths - _hundredths(total), 0)),
        enough=_hundredths(total) >= numbers.teaching_hundredths,
        unread=any(at not in counted and _typed(form, at) for at in range(count)),
        years=_choices(form, count, today),
        full=count >= MOST,
    )


def _typed(form: Filled[Any], at: int) -> bool:
    """Whether something stands in a row."""
    return any(form[f"{name}_{at}"] for name in FIELDS if name != "counts")


def _choices(form: Filled[Any], count: int, today: date) -> list[tuple[str, str]]:
    """School years to choose from: those since long ago, and any that a row names already."""
    begun = school_year_of(today)
    named = {form[f"school_year_{at}"] for at in range(count)}
    others = sorted({int(each) for each in named if each.isdecimal() and 1960 <= int(each) <= 2100}, reverse=True)
    usual = range(begun, begun - 30, -1)
    return [(str(year), school_year_words(year)) for year in sorted({*usual, *others}, reverse=True)]


def _hundredths(total: str) -> int:
    return int(Decimal(total) * 100)


def _today(visit: Visit) -> date:
    return chicago_day(visit.edge.running.now())
