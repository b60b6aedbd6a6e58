"""The course of a reactivation, compared with the official transcript: /cases/<application>/course."""

from decimal import Decimal
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import Field
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from lectern.contracts.values import ApplicationId, CourseSeen
from lectern.eventlog.errors import Refused
from lectern.rules.words import in_semester_hours
from lectern.web import Filled, FormDate, Says, YesNo, blank, read_form, render, see_other, waits_for
from review.case_words import page_words
from review.casefile import CaseFile, case_file
from review.desk import On
from review.http_case import OnCase
from review.office import Office, SignedInOfficer

Fresh = Annotated[None, Depends(waits_for)]
Choice = Annotated[YesNo, Says(missing="Choose Yes or No")]
Open = Annotated[YesNo | None, Says(missing="Choose Yes or No")]


class CourseForm(OnCase):
    over: UUID | None = None
    """The comparison that was on the page."""
    shown: Choice
    completed_on: Annotated[FormDate | None, Says(label="the day of completion")] = None
    hours: Annotated[
        Decimal | None,
        Field(ge=0, le=100, decimal_places=2),
        Says(wrong="Enter the semester hours as a number, such as 3 or 2.5"),
    ] = None
    posted: Open = None
    relevant: Open = None
    repeat: Open = None

    def seen(self) -> CourseSeen:
        if not self.shown:
            return CourseSeen(shown=False)
        return CourseSeen(
            shown=True,
            completed_on=self.completed_on,
            semester_hundredths=None if self.hours is None else int(self.hours * 100),
            posted=self.posted,
            relevant=self.relevant,
            repeat=self.repeat,
        )


def routes(office: Office) -> APIRouter:
    router = APIRouter(prefix="/cases/{application_id}/course", include_in_schema=False)

    @router.get("")
    async def get_course(
        request: Request, application_id: ApplicationId, officer: SignedInOfficer, _: Fresh
    ) -> Response:
        file = await case_file(office, officer, application_id)
        if not file.by_course or file.decision:
            return RedirectResponse(f"/cases/{application_id}", 303)
        return await page(request, file, _blank(file))

    @router.post("")
    async def post_course(request: Request, application_id: ApplicationId, officer: SignedInOfficer) -> Response:
        form = await read_form(request, CourseForm)
        if form.ok:
            on = On(officer, application_id, form.value.submission, form.call(), cycle_seen=form.value.cycle)
            try:
                answer = await office.desk.compare(on, form.value.seen(), form.value.over)
            except Refused as refused:
                form = form.refuse(refused)
            else:
                return see_other(f"/cases/{application_id}#criteria", after=answer.position)
        return await page(request, await case_file(office, officer, application_id), form)

    async def page(request: Request, file: CaseFile, form: Filled[CourseForm]) -> Response:
        return render(request, "course.html", form=form, **await page_words(office, file))

    return router


def _blank(file: CaseFile) -> Filled[CourseForm]:
    """As it was compared, else as the educator reports it, unanswered."""
    seen, told, comparison = file.seen, file.course, file.rows.page.comparison
    row = file.rows.queue
    known = {"submission": row.submission, "cycle": row.cycle, "over": comparison.comparison_id if comparison else None}
    if seen is None:
        hours = None if told is None else in_semester_hours(told.semester_hundredths)
        return blank(CourseForm, **known, completed_on=told.completed_on if told else None, hours=hours)
    return blank(
        CourseForm,
        **known,
        shown=seen.shown,
        completed_on=seen.completed_on,
        hours=None if seen.semester_hundredths is None else in_semester_hours(seen.semester_hundredths),
        posted=seen.posted,
        relevant=seen.relevant,
        repeat=seen.repeat,
    )
