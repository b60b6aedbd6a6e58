"""Check your answers; then Submit & Pay, Submit, or send again what a district had returned."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from applications import reading, wording
from applications.answer_rows import Row, report_rows
from applications.certificate import Held, certificate
from applications.certificates import CertificateRow
from applications.clearance import clearance
from applications.documents import of_task
from applications.draft import AwaitingPayment
from applications.draft_desk import OpenedAnswers
from applications.draft_page import Elsewhere, OpenDraft, open_draft
from applications.edge import ClaimedEducator, Edge, Educator
from applications.informing import Stale
from applications.pages_district import place
from applications.pages_documents import document_lines
from applications.shortfalls import Shortfall, shortfalls
from lectern.contracts.values import ApplicationId, ContactDetails, CourseTaken, Kind, Task
from lectern.eventlog.errors import Refused
from lectern.rules.effects import Effect, effect
from lectern.rules.wording import CONDUCT_QUESTIONS, DECLARATION, RELEASE
from lectern.rules.words import day_words, in_semester_hours
from lectern.web import Filled, FormModel, Says, Ticked, blank, read_form, render, see_other
from lectern.web.words import either

CHANGED: Final = (
    "Your answers were changed in another window after you opened this page. They stand above as they are now: read "
    "them, then tick the box and submit."
)


class SubmitForm(FormModel):
    seen: int | None = None
    """How often the draft was saved when the answers were shown: only what was read is declared."""
    answer: Annotated[str, Says(label="your answer")] = ""
    """After a return: to the district's question, in words."""
    declared: Annotated[Ticked, Says(missing="Tick the box to say that it is true and complete")]


@dataclass(frozen=True)
class CheckPages:
    edge: Edge

    def routes(self) -> APIRouter:
        router = APIRouter(include_in_schema=False)
        router.add_api_route("/drafts/{application_id}/check", self.get_check, methods=["GET"])
        router.add_api_route("/drafts/{application_id}/check", self.post_check, methods=["POST"])
        return router

    async def get_check(self, request: Request, educator: ClaimedEducator, application_id: UUID) -> Response:
        draft = await open_draft(self.edge, educator, application_id)
        if isinstance(draft, Elsewhere) or draft.asked:
            return see_other(draft.url if isinstance(draft, Elsewhere) else f"/drafts/{application_id}/answer")
        return await self._page(request, educator, draft, blank(SubmitForm))

    async def post_check(self, request: Request, educator: ClaimedEducator, application_id: UUID) -> Response:
        form = await read_form(request, SubmitForm)
        if form.ok:
            try:
                return await self._hand_in(educator, ApplicationId(application_id), form)
            except Stale:
                return await self._changed(request, educator, application_id, form)
            except Refused as refused:
                form = form.refuse(refused)
        draft = await open_draft(self.edge, educator, application_id)
        if isinstance(draft, Elsewhere):
            return see_other(draft.url)
        return await self._page(request, educator, draft, form)

    async def _changed(
        self, request: Request, educator: Educator, application_id: UUID, form: Filled[SubmitForm]
    ) -> Response:
        """What is saved is not what was read: it is shown, and declared anew."""
        draft = await open_draft(self.edge, educator, application_id)
        if isinstance(draft, Elsewhere):
            return see_other(draft.url)
        again = replace(form, typed={"answer": [form["answer"]]}).refuse(CHANGED, field="declared")
        return await self._page(request, educator, draft, again)

    async def _hand_in(self, educator: Educator, of: ApplicationId, form: Filled[SubmitForm]) -> Response:
        """A second click finds what the first one did."""
        draft = await open_draft(self.edge, educator, of)
        if isinstance(draft, OpenDraft) and draft.returned:
            answer = await self.edge.drafts.correct(
                educator.person_id, of, form.call(), seen=form.value.seen, words=form.value.answer
            )
            return see_other(f"/applications/{of}?sent=1", after=answer.position)
        answer = await self.edge.drafts.submit(educator.person_id, of, form.call(), seen=form.value.seen)
        if isinstance(await self.edge.drafts.draft(educator.person_id, of), AwaitingPayment):
            return see_other(f"/applications/{of}/payment?go=1")
        return see_other(f"/applications/{of}/submitted", after=answer.position)

    async def _page(self, request: Request, educator: Educator, draft: OpenDraft, form: Filled[SubmitForm]) -> Response:
        form = replace(form, typed={**form.typed, "seen": [str(draft.answers.saves)]})
        opened = await self.edge.drafts.opened(draft.answers)
        details, _ = await self.edge.accounts.contact(educator.person_id)
        district = await self.edge.district(draft.answers.district) if Task.DISTRICT in draft.asks.steps else None
        async with self.edge.running.read(educator=educator.person_id) as db:
            certificates = await reading.certificates(db, educator.person_id)
            status = (
                await reading.status(db, educator.person_id, draft.answers.application_id) if draft.returned else None
            )
        return render(
            request,
            "draft_check.html",
            draft=draft,
            form=form,
            details=personal_rows(draft, details),
            report=report_rows(opened.report, self.edge.today(), programs=draft.programs),
            conduct=conduct_rows(draft, opened),
            request_rows=request_rows(
                draft, place(district), certificates, await self.edge.drafts.course(draft.answers)
            ),
            by_district=Task.DISTRICT in draft.asks.steps,
            clearance=await clearance(self.edge.running, educator.person_id, self.edge.today())
            if draft.kind is Kind.REACTIVATION
            else None,
            copies=await document_lines(self.edge, of_task(draft.answers.documents, Task.EDUCATION)),
            conduct_copies=await document_lines(self.edge, of_task(draft.answers.documents, Task.CONDUCT)),
            district=district,
            contacts=await self.edge.contacts(district),
            can_change=frozenset(draft.tasks),
            short=await self._short(draft, opened),
            effect=await self._effect(draft),
            left=draft.left,
            note=await self.edge.running.keys.open(status.note, str) if status else None,
            declaration=DECLARATION,
            fee=self.edge.fee(draft.kind),
            words=wording,
            tasks=Task,
        )

    async def _effect(self, draft: OpenDraft) -> Effect | None:
        """What an approval today would make of the certificate."""
        state = await self.edge.running.log.state(certificate(draft.answers.certificate_id))
        if not isinstance(state, Held):
            return None
        expires_on = state.as_recorded.expires_on
        return effect(draft.rules, draft.kind, expires_on=expires_on, approved_on=self.edge.today())

    async def _short(self, draft: OpenDraft, opened: OpenedAnswers) -> Sequence[Shortfall]:
        """After a return the certificate was judged long ago, on the day of submission."""
        if not draft.answers.education_complete:
            return ()
        state = await self.edge.running.log.state(certificate(draft.answers.certificate_id))
        held = state.as_recorded if isinstance(state, Held) and not draft.returned else None
        return shortfalls(draft.kind, opened.report, self.edge.today(), held, draft.rules)


def _href(draft: OpenDraft, task: Task, page: str = "") -> str:
    """Where it can be changed; nowhere, while the district did not ask about it."""
    if task not in draft.tasks:
        return ""
    return f"/drafts/{draft.answers.application_id}/{wording.PAGE[task]}{page}?back=check"


def personal_rows(draft: OpenDraft, details: ContactDetails | None) -> Sequence[Row]:
    href = _href(draft, Task.PERSONAL)
    if details is None:
        return (Row("Personal information", "Erased", "", href),)
    return (
        Row("Name", str(details.name), "", href),
        Row("Email", details.email, "", href),
        Row("Phone", details.phone or "None", "", href),
    )


def conduct_rows(draft: OpenDraft, opened: OpenedAnswers) -> Sequence[Row]:
    rows = []
    for question in CONDUCT_QUESTIONS:
        answer = opened.conduct.get(question.id)
        words = either(answer.yes) if answer else "Not answered"
        rows.append(
            Row(
                question.name,
                words,
                answer.explanation if answer else "",
                _href(draft, Task.CONDUCT, f"/{question.id}"),
            )
        )
    return rows


def request_rows(
    draft: OpenDraft, district: str, certificates: Sequence[CertificateRow] = (), course: CourseTaken | None = None
) -> Sequence[Row]:
    answers, steps = draft.answers, draft.asks.steps
    rows = [Row("Purpose", answers.purpose or "Not stated", "", _href(draft, Task.PURPOSE))]
    if Task.CERTIFICATES in steps:
        rows.append(Row("Certificates to reactivate", *_chosen(draft, certificates), _href(draft, Task.CERTIFICATES)))
    if Task.COURSE in steps:
        rows.append(Row("College course", *_course(course), _href(draft, Task.COURSE)))
    if Task.PAYMENT in draft.tasks:
        method = wording.METHOD[answers.method] if answers.method else "Not chosen"
        rows.append(Row("Payment method", method, "", _href(draft, Task.PAYMENT)))
    accepted, text = ("Accepted", RELEASE.text) if answers.release else ("Not accepted", "")
    rows.append(Row("Release of educational information", accepted, text, _href(draft, Task.RELEASE)))
    if Task.DISTRICT not in steps:
        return rows
    return [*rows, Row("Employing school district", district, "", _href(draft, Task.DISTRICT))]


def _chosen(draft: OpenDraft, certificates: Sequence[CertificateRow]) -> tuple[str, str]:
    chosen = [each for each in certificates if each.certificate_id in draft.answers.certificates]
    areas = dict.fromkeys(area for each in chosen for area in each.areas)
    names = dict.fromkeys(wording.CERTIFICATE[each.kind] for each in chosen)
    return ", ".join(names) or "None chosen", ", ".join(areas)


def _course(course: CourseTaken | None) -> tuple[str, str]:
    if course is None:
        return "Not entered", ""
    level = "graduate" if course.graduate else "undergraduate"
    hours = in_semester_hours(course.semester_hundredths)
    told = f"{course.college}. {hours} semester hours, {level}, completed {day_words(course.completed_on)}."
    return course.title, f"{told} {course.relevance}"
