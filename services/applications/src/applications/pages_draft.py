"""A draft's task list, and its deletion."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from applications import reading, wording
from applications.application_status import StatusRow
from applications.certificates import CertificateRow
from applications.districts import DistrictRow
from applications.draft_page import Elsewhere, OpenDraft, open_draft
from applications.draft_reminder import kept_until
from applications.edge import ClaimedEducator, Edge
from applications.pages_district import place
from applications.pages_supplying import question
from applications.shortfalls import shortfalls
from applications.tasks import Progress, progress
from lectern.contracts.days import chicago_day
from lectern.contracts.values import ApplicationId, Task
from lectern.eventlog.errors import Refused
from lectern.rules.effects import submit_by
from lectern.rules.wording import CONDUCT_QUESTIONS
from lectern.web import FormModel, TaskGroup, TaskState, blank, read_form, render, see_other, waits_for
from lectern.web import Task as Line
from lectern.web.words import money, plural

GROUPS = (
    ("About you", (Task.PERSONAL, Task.EDUCATION)),
    ("Your request", (Task.CONDUCT, Task.PURPOSE, Task.CERTIFICATES, Task.COURSE, Task.PAYMENT)),
    ("Your district", (Task.RELEASE, Task.DISTRICT)),
)


@dataclass(frozen=True)
class DraftPages:
    edge: Edge

    def routes(self) -> APIRouter:
        router = APIRouter(include_in_schema=False)
        fresh = [Depends(waits_for)]
        router.add_api_route("/drafts/{application_id}", self.get_draft, methods=["GET"], dependencies=fresh)
        router.add_api_route("/drafts/{application_id}/delete", self.get_delete, methods=["GET"])
        router.add_api_route("/drafts/{application_id}/delete", self.post_delete, methods=["POST"])
        return router

    async def get_draft(self, request: Request, educator: ClaimedEducator, application_id: UUID) -> Response:
        draft = await open_draft(self.edge, educator, application_id)
        if isinstance(draft, Elsewhere):
            return see_other(draft.url)
        if draft.asked and not draft.tasks:
            return see_other(f"/drafts/{application_id}/answer")
        async with self.edge.running.read(educator=educator.person_id) as db:
            certificates = await reading.certificates(db, educator.person_id)
            status = await reading.status(db, educator.person_id, application_id) if draft.returned else None
            district = (await reading.districts(db, draft.answers.district)).get(draft.answers.district or "")
        contacts = await self.edge.contacts(district)
        certificate = _certificate(draft, certificates)
        opened = await self.edge.drafts.opened(draft.answers)
        held = certificate.held if certificate and not draft.returned else None
        fee = self.edge.fee(draft.kind)
        return render(
            request,
            "draft.html",
            draft=draft,
            groups=groups(draft, _named(district, told=bool(contacts)), fee),
            done=len(draft.tasks) - len(draft.left),
            of=len(draft.tasks) + 1,
            following=next(iter(draft.left), None),
            certificate=certificate,
            district=district,
            contacts=contacts,
            note=await self._note(status),
            inquiry=await question(self.edge, educator, application_id) if draft.asked else None,
            short=shortfalls(draft.kind, opened.report, self.edge.today(), held, draft.rules)
            if draft.answers.education_complete
            else (),
            submit_by=submit_by(draft.rules, draft.kind, certificate.expires_on) if certificate else None,
            fee=fee,
            by_district=Task.DISTRICT in draft.asks.steps,
            now=self.edge.now(),
            kept_until=kept_until(chicago_day(draft.answers.saved_at)) if not draft.returned else None,
            today=self.edge.today(),
            words=wording,
        )

    async def get_delete(self, request: Request, educator: ClaimedEducator, application_id: UUID) -> Response:
        draft = await open_draft(self.edge, educator, application_id)
        if isinstance(draft, Elsewhere) or draft.returned:
            return see_other(draft.url if isinstance(draft, Elsewhere) else f"/drafts/{application_id}")
        return render(request, "draft_delete.html", draft=draft, form=blank(FormModel), now=self.edge.now())

    async def post_delete(self, request: Request, educator: ClaimedEducator, application_id: UUID) -> Response:
        form = await read_form(request, FormModel)
        if form.ok:
            try:
                of = ApplicationId(application_id)
                answer = await self.edge.drafts.discard(educator.person_id, of, form.call())
                return see_other("/new-applications", after=answer.position)
            except Refused as refused:
                form = form.refuse(refused)
        draft = await open_draft(self.edge, educator, application_id)
        if isinstance(draft, Elsewhere):
            return see_other(draft.url)
        return render(request, "draft_delete.html", draft=draft, form=form, now=self.edge.now())

    async def _note(self, status: StatusRow | None) -> str | None:
        return await self.edge.running.keys.open(status.note, str) if status else None


def _certificate(draft: OpenDraft, certificates: list[CertificateRow]) -> CertificateRow | None:
    return next((each for each in certificates if each.certificate_id == draft.answers.certificate_id), None)


def state_of(draft: OpenDraft, task: Task) -> TaskState:
    """After a return a task is done when it was saved again."""
    if draft.returned:
        return TaskState.DONE if task in draft.again else TaskState.TODO
    return {Progress.DONE: TaskState.DONE, Progress.DOING: TaskState.DOING, Progress.TODO: TaskState.TODO}[
        progress(draft.answers, task)
    ]


def groups(draft: OpenDraft, named: str, fee: int) -> list[TaskGroup]:
    found = []
    for heading, tasks in GROUPS:
        lines = [_line(draft, each, named, fee) for each in tasks if each in draft.tasks]
        if lines:
            named_here = heading if Task.DISTRICT in draft.tasks or Task.RELEASE not in tasks else "Your consent"
            found.append(TaskGroup(named_here, lines))
    return [*found, TaskGroup("Check and send", [_last(draft, fee)])]


def _line(draft: OpenDraft, task: Task, named: str, fee: int) -> Line:
    return Line(
        title=wording.TASK[task],
        state=state_of(draft, task),
        href=f"/drafts/{draft.answers.application_id}/{wording.PAGE[task]}",
        hint=_hint(draft, task, named, fee),
        word="Look again" if draft.returned and task not in draft.again else "",
    )


def _hint(draft: OpenDraft, task: Task, named: str, fee: int) -> str:
    answers = draft.answers
    hints: dict[Task, Any] = {
        Task.PERSONAL: "Name, email and phone",
        Task.EDUCATION: draft.said.education,
        Task.CONDUCT: f"{len(answers.conduct)} of {len(CONDUCT_QUESTIONS)} questions answered. Only DESE sees your "
        "answers, never your district.",
        Task.PURPOSE: _purpose(draft),
        Task.CERTIFICATES: plural(len(answers.certificates), "certificate") + " chosen"
        if answers.certificates
        else "Those that have expired, one or several",
        Task.COURSE: "What DESE compares with your official transcript",
        Task.PAYMENT: f"{_method(draft)}. You pay {money(fee)} at the last step, not now.",
        Task.RELEASE: "You allow your district, and schools you attended or worked for, to inform DESE",
        Task.DISTRICT: named or f"The district that employs you now and confirms {draft.said.confirms}",
    }
    return str(hints[task])


def _method(draft: OpenDraft) -> str:
    chosen = draft.answers.method
    return wording.METHOD[chosen] if chosen else "Card or electronic check"


def _purpose(draft: OpenDraft) -> str:
    """The one there is, or the one that was chosen."""
    purposes = draft.asks.purposes
    said = purposes[0].text if len(purposes) == 1 else draft.answers.purpose
    return f"“{said}”" if said else "What you ask for, and why"


def _named(district: DistrictRow | None, *, told: bool) -> str:
    """The district that was chosen, in the list; nothing while none is."""
    if district is None:
        return ""
    return place(district) + ("" if told else ". Nobody there is told by email: tell them yourself")


def _last(draft: OpenDraft, fee: int) -> Line:
    if draft.asked:
        title = "Answer in words, then send it to DESE"
    elif draft.returned:
        title = "Review, then send it again"
    else:
        title = "Review, then Submit & Pay" if fee else "Review, then Submit"
    if draft.left:
        which = "the task above is" if len(draft.tasks) == 1 else "the tasks above are"
        return Line(title, TaskState.LOCKED, hint=f"Opens when {which} completed")
    page = "answer" if draft.asked else "check"
    return Line(title, TaskState.TODO, f"/drafts/{draft.answers.application_id}/{page}", word="Ready")
