"""The pages of a reactivation: the certificates to reactivate, and the college course."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field, StringConstraints
from starlette.requests import Request
from starlette.responses import Response

from applications import reading, wording
from applications.draft_page import Elsewhere, OpenDraft, after_saving, open_draft
from applications.edge import ClaimedEducator, Edge, Educator, PageForm, tried, wants_check
from applications.next_step import starting_points
from applications.pages_answering import by
from lectern.contracts.values import ApplicationId, CertificateId, CourseTaken, Kind, Task
from lectern.eventlog.streams import Answer, Call
from lectern.rules.words import day_words, in_semester_hours
from lectern.web import Fact, Filled, FormDate, Says, YesNo, blank, read_form, render, see_other

Line = Annotated[str, StringConstraints(max_length=200)]


class CertificatesForm(PageForm):
    certificates: Annotated[
        tuple[UUID, ...], Field(min_length=1), Says(missing="Choose at least one certificate to reactivate")
    ]


class CourseForm(PageForm):
    college: Annotated[Line, Says(missing="Enter the college or university")]
    title: Annotated[Line, Says(missing="Enter the title of the course")]
    semester_hours: Annotated[
        Decimal,
        Field(gt=0, le=100, decimal_places=2),
        Says(
            missing="Enter the semester hours of the course",
            wrong="Enter the semester hours as a number, such as 3 or 2.5",
        ),
    ]
    completed_on: Annotated[FormDate, Says(missing="Enter the day you completed it, as the transcript has it")]
    level: Annotated[str, Field(pattern="^(graduate|undergraduate)$"), Says(missing="Choose the level of the course")]
    relevance: Annotated[str, Says(missing="Say how the course helps you grow as an educator")]
    first_time: Annotated[YesNo, Says(missing="Choose Yes or No")]

    def course(self) -> CourseTaken:
        return CourseTaken(
            college=self.college,
            title=self.title,
            semester_hundredths=int(self.semester_hours * 100),
            completed_on=self.completed_on,
            graduate=self.level == "graduate",
            relevance=self.relevance,
        )


@dataclass(frozen=True)
class ReactivatingPages:
    edge: Edge

    def routes(self) -> APIRouter:
        router = APIRouter(include_in_schema=False)
        for name, get, post in (
            ("certificates", self.get_certificates, self.post_certificates),
            ("course", self.get_course, self.post_course),
        ):
            router.add_api_route(f"/drafts/{{application_id}}/{name}", get, methods=["GET"])
            router.add_api_route(f"/drafts/{{application_id}}/{name}", post, methods=["POST"])
        return router

    # ── the certificates

    async def get_certificates(self, request: Request, educator: ClaimedEducator, application_id: UUID) -> Response:
        draft = await open_draft(self.edge, educator, application_id, Task.CERTIFICATES)
        if isinstance(draft, Elsewhere):
            return see_other(draft.url)
        form = blank(
            CertificatesForm,
            seen=draft.answers.revision(Task.CERTIFICATES.value),
            back=wants_check(request),
            certificates=[str(each) for each in draft.answers.certificates],
        )
        return await self._certificates(request, educator, draft, form)

    async def post_certificates(self, request: Request, educator: ClaimedEducator, application_id: UUID) -> Response:
        async def save(given: CertificatesForm, call: Call) -> Answer:
            chosen = [CertificateId(each) for each in given.certificates]
            return await self.edge.drafts.choose_certificates(by(educator, application_id, given), chosen, call)

        form = await read_form(request, CertificatesForm)
        return await self._saved(request, educator, application_id, Task.CERTIFICATES, form, save)

    async def _certificates(
        self, request: Request, educator: Educator, draft: OpenDraft, form: Filled[Any], saved: Sequence[Fact] = ()
    ) -> Response:
        async with self.edge.running.read(educator=educator.person_id) as db:
            held = await reading.certificates(db, educator.person_id)
        able = starting_points(Kind.REACTIVATION, held, self.edge.today())
        choices = [
            (
                str(each.certificate_id),
                f"{wording.CERTIFICATE[each.kind]}, expired {day_words(each.expires_on)}",
                ", ".join(each.areas),
            )
            for each in able
        ]
        return render(
            request, "draft_certificates.html", draft=draft, form=form, choices=choices, words=wording, saved=saved
        )

    # ── the course

    async def get_course(self, request: Request, educator: ClaimedEducator, application_id: UUID) -> Response:
        draft = await open_draft(self.edge, educator, application_id, Task.COURSE)
        if isinstance(draft, Elsewhere):
            return see_other(draft.url)
        course = await self.edge.drafts.course(draft.answers)
        form = blank(
            CourseForm,
            seen=draft.answers.revision(Task.COURSE.value),
            back=wants_check(request),
            **(_typed(course) if course else {}),
        )
        return self._course(request, draft, form)

    async def post_course(self, request: Request, educator: ClaimedEducator, application_id: UUID) -> Response:
        async def save(given: CourseForm, call: Call) -> Answer:
            return await self.edge.drafts.report_course(by(educator, application_id, given), given.course(), call)

        form = await read_form(request, CourseForm)
        if form["first_time"] == "no":
            form = form.refuse("A course you took before does not reactivate a certificate", field="first_time")
        return await self._saved(request, educator, application_id, Task.COURSE, form, save)

    def _course(self, request: Request, draft: OpenDraft, form: Filled[Any], saved: Sequence[Fact] = ()) -> Response:
        least, most = draft.rules.parameters.course_semester_hundredths
        return render(
            request,
            "draft_course.html",
            draft=draft,
            form=form,
            hours=f"{in_semester_hours(least)} to {in_semester_hours(most)}",
            months=draft.rules.parameters.course_months,
            takes_files=self.edge.running.cabinet is not None,
            words=wording,
            saved=saved,
        )

    async def _saved(  # noqa: PLR0917 - a form, and what is done with it
        self, request: Request, educator: Educator, application_id: UUID, task: Task, form: Filled[Any], save: Any
    ) -> Response:
        async def revision() -> int:
            answers = await self.edge.drafts.answers(educator.person_id, ApplicationId(application_id))
            return answers.revision(task.value)

        done = await tried(form, save, revision)
        if done.answer:
            following = await after_saving(self.edge, educator, application_id, task, done.form.value.back)
            return see_other(following, after=done.answer.position)
        draft = await open_draft(self.edge, educator, application_id, task)
        if isinstance(draft, Elsewhere):
            return see_other(draft.url)
        if task is Task.CERTIFICATES:
            count = len(draft.answers.certificates)
            saved = (Fact("Certificates", f"{count} chosen"),) if done.stale else ()
            return await self._certificates(request, educator, draft, done.form, saved=saved)
        course = await self.edge.drafts.course(draft.answers) if done.stale else None
        return self._course(request, draft, done.form, saved=(Fact("Course", course.title),) if course else ())


def _typed(course: CourseTaken) -> dict[str, Any]:
    return {
        "college": course.college,
        "title": course.title,
        "semester_hours": in_semester_hours(course.semester_hundredths),
        "completed_on": course.completed_on,
        "level": "graduate" if course.graduate else "undergraduate",
        "relevance": course.relevance,
        "first_time": True,
    }
