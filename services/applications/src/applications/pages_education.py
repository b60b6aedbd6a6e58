"""Education and experience: degrees, school years that add themselves up, and the programs the criteria ask about."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Literal
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from applications.answer_rows import report_rows
from applications.documents import of_page
from applications.draft_page import Elsewhere, OpenDraft, after_saving, open_draft
from applications.edge import ClaimedEducator, Edge, Educator, PageForm, Tried, tried, wants_check
from applications.education_forms import (
    PARTS,
    Part,
    ReportForm,
    YearForm,
    another_year,
    with_days_judged,
    without,
    year_choices,
    year_lines,
)
from applications.pages_answering import by
from applications.tasks import lacking
from lectern.contracts.values import ApplicationId, EducatorReport, Task
from lectern.eventlog.errors import NotFound, Refused
from lectern.eventlog.streams import Answer, Call
from lectern.rules.criteria import UPG_TEACHING
from lectern.rules.words import in_hours
from lectern.rules.years import in_years, school_year_words
from lectern.web import Filled, blank, read_form, render, see_other

BASE = "/drafts/{application_id}/education"
Rows = Literal["years", "degrees"]
NOT_REMOVED = (
    "This page was changed in another window after you opened it, so nothing was removed. This is what is saved."
)


@dataclass(frozen=True)
class Found:
    draft: OpenDraft
    report: EducatorReport

    @property
    def seen(self) -> int:
        return self.draft.answers.revision(Task.EDUCATION.value)


@dataclass(frozen=True)
class EducationPages:
    edge: Edge

    def routes(self) -> APIRouter:
        router = APIRouter(include_in_schema=False)
        for path, get, post in (
            (BASE, self.get_education, self.post_education),
            (f"{BASE}/programs", self.get_programs, self.post_programs),
            (f"{BASE}/{{rows}}/new", self.get_new, self.post_new),
            (f"{BASE}/{{rows}}/{{at}}", self.get_row, self.post_row),
        ):
            router.add_api_route(path, get, methods=["GET"])
            router.add_api_route(path, post, methods=["POST"])
        router.add_api_route(f"{BASE}/{{rows}}/{{at}}/remove", self.post_remove, methods=["POST"])
        return router

    # ── all of it

    async def get_education(self, request: Request, educator: ClaimedEducator, application_id: UUID) -> Response:
        found = await self._found(educator, application_id)
        if isinstance(found, Elsewhere):
            return see_other(found.url)
        return self._overview(request, found, blank(ReportForm, seen=found.seen, back=wants_check(request)))

    async def post_education(self, request: Request, educator: ClaimedEducator, application_id: UUID) -> Response:
        """The report as it stands is what the educator means. It is saved once more: a return asks for that."""

        kind = (await self.edge.drafts.answers(educator.person_id, ApplicationId(application_id))).kind

        def whole(_: PageForm, report: EducatorReport) -> EducatorReport:
            if missing := lacking(report, kind):
                raise Refused(f"Enter {', and '.join(missing)}.")
            return report

        done = await self._save(educator, application_id, await read_form(request, ReportForm), whole)
        if done.answer:
            back = done.form.value.back
            following = await after_saving(self.edge, educator, application_id, Task.EDUCATION, back)
            return see_other(following, after=done.answer.position)
        found = await self._found(educator, application_id)
        return see_other(found.url) if isinstance(found, Elsewhere) else self._overview(request, found, done.form)

    async def post_remove(
        self, request: Request, educator: ClaimedEducator, application_id: UUID, rows: Rows, at: int
    ) -> Response:
        form = await read_form(request, ReportForm)
        gone = ""

        def less(_: PageForm, report: EducatorReport) -> EducatorReport:
            nonlocal gone
            if rows == "years" and at < len(report.years):
                gone = f"&year={report.years[at].school_year}"
            return without(rows, at, report)

        done = await self._save(educator, application_id, form, less)
        if done.answer:
            there = _all(application_id, done.form)
            return see_other(f"{there}{'&' if '?' in there else '?'}removed={rows}{gone}", after=done.answer.position)
        found = await self._found(educator, application_id)
        if isinstance(found, Elsewhere):
            return see_other(found.url)
        form = replace(done.form, errors={None: NOT_REMOVED}) if done.stale else done.form
        return self._overview(request, found, form)

    # ── its parts

    async def get_programs(self, request: Request, educator: ClaimedEducator, application_id: UUID) -> Response:
        return await self._get(request, educator, application_id, PARTS["programs"], None)

    async def post_programs(self, request: Request, educator: ClaimedEducator, application_id: UUID) -> Response:
        return await self._post(request, educator, application_id, PARTS["programs"], None)

    async def get_new(self, request: Request, educator: ClaimedEducator, application_id: UUID, rows: Rows) -> Response:
        return await self._get(request, educator, application_id, PARTS[rows], None)

    async def post_new(self, request: Request, educator: ClaimedEducator, application_id: UUID, rows: Rows) -> Response:
        return await self._post(request, educator, application_id, PARTS[rows], None)

    async def get_row(
        self, request: Request, educator: ClaimedEducator, application_id: UUID, rows: Rows, at: int
    ) -> Response:
        return await self._get(request, educator, application_id, PARTS[rows], at)

    async def post_row(
        self, request: Request, educator: ClaimedEducator, application_id: UUID, rows: Rows, at: int
    ) -> Response:
        return await self._post(request, educator, application_id, PARTS[rows], at)

    async def _get(
        self, request: Request, educator: Educator, application_id: UUID, part: Part, at: int | None
    ) -> Response:
        found = await self._found(educator, application_id)
        if isinstance(found, Elsewhere):
            return see_other(found.url)
        values = part.values(found.report, at, self.edge.today())
        if values is None:
            raise NotFound("no such row")
        form = blank(part.form, seen=found.seen, back=wants_check(request), **values)
        return self._form_page(request, found, part, form, at)

    async def _post(
        self, request: Request, educator: Educator, application_id: UUID, part: Part, at: int | None
    ) -> Response:
        def change(given: Any, report: EducatorReport) -> EducatorReport:
            return part.change(given, report, at)

        form = with_days_judged(await read_form(request, part.form), self.edge.today())
        done = await self._save(educator, application_id, form, change)
        if done.answer:
            return see_other(_all(application_id, done.form), after=done.answer.position)
        found = await self._found(educator, application_id)
        if isinstance(found, Elsewhere):
            return see_other(found.url)
        return self._form_page(request, found, part, done.form, at, stale=done.stale)

    # ── saving and showing

    async def _save(
        self,
        educator: Educator,
        application_id: UUID,
        form: Filled[Any],
        change: Callable[[Any, EducatorReport], EducatorReport],
    ) -> Tried[Any]:
        """Saves the whole report with what this form changes in it; the rules notice a form from an older one."""

        async def save(given: PageForm, call: Call) -> Answer:
            answers = await self.edge.drafts.answers(educator.person_id, ApplicationId(application_id))
            report = change(given, (await self.edge.drafts.opened(answers)).report)
            return await self.edge.drafts.report_education(by(educator, application_id, given), report, call)

        async def revision() -> int:
            answers = await self.edge.drafts.answers(educator.person_id, ApplicationId(application_id))
            return answers.revision(Task.EDUCATION.value)

        return await tried(form, save, revision)

    async def _found(self, educator: Educator, application_id: UUID) -> Found | Elsewhere:
        draft = await open_draft(self.edge, educator, application_id, Task.EDUCATION)
        if isinstance(draft, Elsewhere):
            return draft
        return Found(draft, (await self.edge.drafts.opened(draft.answers)).report)

    def _overview(self, request: Request, found: Found, form: Filled[ReportForm]) -> Response:
        today = self.edge.today()
        lines, total = year_lines(found.report.years, today)
        return render(
            request,
            "draft_education.html",
            draft=found.draft,
            form=form,
            seen=found.seen,
            report=found.report,
            lines=lines,
            total=total,
            same=blank(YearForm, seen=found.seen, back=form["back"], **another_year(found.report, today))
            if lines
            else None,
            same_words=school_year_words(lines[-1].row.school_year - 1) if lines else "",
            needed=_needed(found.draft),
            hours=in_hours(found.report.development_quarter_hours or 0),
            lacking=lacking(found.report, found.draft.kind, found.draft.rules),
            hours_needed=in_hours(found.draft.rules.parameters.development_quarter_hours),
            takes_files=self.edge.running.cabinet is not None,
            copies=len(list(of_page(found.draft.answers.documents, Task.EDUCATION))),
            removed=_removed(request),
        )

    def _form_page(
        self,
        request: Request,
        found: Found,
        part: Part,
        form: Filled[Any],
        at: int | None,
        *,
        stale: bool = False,
    ) -> Response:
        return render(
            request,
            f"draft_education_{part.page}.html",
            draft=found.draft,
            form=form,
            at=at,
            years=year_choices(self.edge.today()),
            saved=report_rows(found.report, self.edge.today()) if stale else (),
        )


def _removed(request: Request) -> str:
    """What was taken out on the way here, if anything."""
    match request.query_params.get("removed"):
        case "years":
            year = request.query_params.get("year", "")
            which = f" {school_year_words(int(year))}" if re.fullmatch("[0-9]{4}", year) else ""
            return f"The school year{which} is removed"
        case "degrees":
            return "The degree is removed"
        case _:
            return ""


def _needed(draft: OpenDraft) -> str:
    """How many years have to be taught, where that is asked."""
    asked = {each.id for each in draft.asks.criteria}
    return in_years(draft.rules.parameters.teaching_hundredths) if UPG_TEACHING in asked else ""


def _all(application_id: UUID, form: Filled[Any]) -> str:
    """Back to all of it, which leads on to where the educator came from."""
    return f"/drafts/{application_id}/education" + ("?back=check" if form.value.back == "check" else "")
