"""The JSON API of the queue and of decisions, for whoever works through it without pages."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from pydantic import Field

from lectern.contracts.values import (
    ApplicationId,
    CourseSeen,
    DenialReason,
    InformationReason,
    OfficerId,
    Party,
    Ruling,
    Text,
)
from lectern.eventlog.errors import Refused
from lectern.eventlog.streams import Call
from lectern.web import ApiModel, api_call, waits_for
from review import queries
from review.case_page import Outcome
from review.casefile import CaseFile, case_file
from review.deliberation import Signed, Weighing
from review.desk import On
from review.http_queue import TABS, start_of
from review.office import Office, SignedInOfficer, Supervisor
from review.officer import Officer
from review.queries import PAGE, Wanted
from review.review_queue import QueueRow, Stage

Fresh = Annotated[None, Depends(waits_for)]
OfficersCall = Annotated[Call, Depends(api_call)]
Status = Literal[
    "waiting-for-district",
    "waiting-for-educator",
    "ready",
    "on-hold",
    "proposed",
    "approved",
    "denied",
    "withdrawn",
    "closed-incomplete",
]
STATUSES: dict[Stage, Status] = {
    Stage.WITH_DISTRICT: "waiting-for-district",
    Stage.RETURNED: "waiting-for-educator",
    Stage.DECLINED: "waiting-for-educator",
    Stage.READY: "ready",
    Stage.SECOND: "proposed",
    Stage.ASKED: "waiting-for-educator",
    Stage.DISTRICT_ASKED: "waiting-for-district",
    Stage.HELD: "on-hold",
    Stage.APPROVED: "approved",
    Stage.DENIED: "denied",
    Stage.WITHDRAWN: "withdrawn",
    Stage.CLOSED: "closed-incomplete",
}


class CaseInQueue(ApiModel):
    application_id: UUID
    reference: str
    submission: int
    cycle: int
    status: Status
    ready: bool
    since: datetime


class Queue(ApiModel):
    cases: tuple[CaseInQueue, ...]
    next: str | None
    """What to give as `after` for the next ones."""


class Waiting(ApiModel):
    """What waits for a second person."""

    outcome: Outcome
    by: UUID
    reasons: tuple[DenialReason, ...]


class Case(CaseInQueue):
    educator_id: UUID
    submitted_on: date
    rulings: tuple[Ruling, ...]
    disclosures: int | None
    """New yes answers about professional conduct; null where they were erased."""
    proposal: Waiting | None


class OnCase(ApiModel):
    """The handing-in and the cycle that were looked at; without them the last ones."""

    submission: Annotated[int | None, Field(ge=1)] = None
    cycle: int | None = None


class Denial(OnCase):
    reasons: Annotated[tuple[DenialReason, ...], Field(min_length=1)]
    note: Annotated[str, Field(min_length=1)]


class Information(OnCase):
    """What the educator, or the district, is asked."""

    party: Party = Party.EDUCATOR
    reasons: Annotated[tuple[InformationReason, ...], Field(min_length=1)]
    note: Annotated[str, Field(min_length=1, max_length=4000)]


class Reason(OnCase):
    why: Annotated[Text, Field(min_length=1)]


class NewReviewer(Reason):
    reviewer: UUID | None
    """Null: back into the queue."""


class Second(OnCase):
    agree: bool
    why: str = ""
    """Needed where not agreed."""


class CourseSeenNow(OnCase):
    """What the official transcript says of the course; `over`: the comparison it replaces."""

    seen: CourseSeen
    over: UUID | None = None


class After(ApiModel):
    after: int


class Decided(ApiModel):
    status: Status
    after: int


class Moved(ApiModel):
    after: int


class ConductAnswer(ApiModel):
    question: str
    yes: bool
    explanation: str


class ConductOpenedNow(ApiModel):
    answers: tuple[ConductAnswer, ...]
    after: int


def routes(office: Office) -> APIRouter:
    router = APIRouter(prefix="/api", tags=["review"])
    _reading(router, office)
    _moving(router, office)
    _deciding(router, office)
    return router


def _reading(router: APIRouter, office: Office) -> None:
    @router.get("/queue")
    async def get_queue(
        officer: SignedInOfficer,
        _: Fresh,
        tab: Literal["ready", "mine", "second", "educator", "district", "held", "decided"] = "ready",
        limit: Annotated[int, Query(ge=1, le=200)] = PAGE,
        after: str | None = None,
    ) -> Queue:
        """The queue, the oldest first."""
        wanted = Wanted(TABS[tab][1], reviewer=officer.id if tab == "mine" else None)
        async with office.running.read(role=officer.role) as db:
            rank, id_, _before = start_of(after)
            found = await queries.lines(db, wanted, (rank, id_), limit)
        last = found[limit - 1] if len(found) > limit else None
        return Queue(
            cases=tuple(CaseInQueue(**_in_queue(each.row)) for each in found[:limit]),
            next=f"{last.rank}.{last.row.application_id}.0" if last else None,
        )

    @router.get("/cases/{application_id}")
    async def get_case(application_id: ApplicationId, officer: SignedInOfficer, _: Fresh) -> Case:
        """One case, with its rulings as they stand."""
        return _case(await case_file(office, officer, application_id))

    @router.post("/cases/{application_id}/conduct")
    async def open_conduct(
        application_id: ApplicationId, body: OnCase, officer: SignedInOfficer, call: OfficersCall
    ) -> ConductOpenedNow:
        """The professional conduct answers with their explanations; opening is written to the history."""
        answer = await office.desk.open_conduct(await _on(office, officer, application_id, body, call))
        file = await case_file(office, officer, application_id)
        answers = tuple(
            ConductAnswer(question=each.name, yes=each.yes, explanation=each.explanation) for each in file.conduct or ()
        )
        return ConductOpenedNow(answers=answers, after=answer.position)


def _moving(router: APIRouter, office: Office) -> None:
    @router.post("/cases/{application_id}/hold")
    async def hold(
        application_id: ApplicationId, body: Reason, officer: SignedInOfficer, call: OfficersCall
    ) -> Decided:
        """Puts it on hold: nobody decides it until it is released."""
        answer = await office.desk.hold(await _on(office, officer, application_id, body, call), body.why)
        return Decided(status="on-hold", after=answer.position)

    @router.post("/cases/{application_id}/release")
    async def release(
        application_id: ApplicationId, body: Reason, officer: SignedInOfficer, call: OfficersCall
    ) -> Decided:
        """Releases the hold."""
        answer = await office.desk.release(await _on(office, officer, application_id, body, call), body.why)
        return Decided(status="ready", after=answer.position)

    @router.post("/cases/{application_id}/closing")
    async def close(
        application_id: ApplicationId, body: Reason, officer: SignedInOfficer, call: OfficersCall
    ) -> Decided:
        """Closes it as incomplete, while its educator owes an answer."""
        answer = await office.desk.close(await _on(office, officer, application_id, body, call), body.why)
        return Decided(status="closed-incomplete", after=answer.position)

    @router.post("/cases/{application_id}/reviewer")
    async def reassign(
        application_id: ApplicationId, body: NewReviewer, officer: SignedInOfficer, call: OfficersCall
    ) -> Moved:
        """Gives the case to another reviewer, as a supervisor; or puts it back into the queue."""
        async with office.running.read(role=officer.role) as db:
            staff = await queries.staff_row(db)
        colleagues = await office.colleagues(officer, staff)
        if body.reviewer is not None and body.reviewer not in colleagues.names:
            raise Refused("Nobody at DESE has this id.", field="reviewer")
        to = None if body.reviewer is None else OfficerId(body.reviewer)
        on = await _on(office, officer, application_id, body, call)
        return Moved(after=(await office.desk.reassign(on, to, body.why)).position)


def _deciding(router: APIRouter, office: Office) -> None:
    @router.post("/cases/{application_id}/course")
    async def post_course(
        application_id: ApplicationId, body: CourseSeenNow, officer: SignedInOfficer, call: OfficersCall
    ) -> After:
        """Compares the course of a reactivation with the official transcript that arrived."""
        on = await _on(office, officer, application_id, body, call)
        return After(after=(await office.desk.compare(on, body.seen, body.over)).position)

    @router.post("/cases/{application_id}/approval")
    async def approve(
        application_id: ApplicationId, body: OnCase, officer: SignedInOfficer, call: OfficersCall
    ) -> Decided:
        """Approves; with a new disclosure in professional conduct it proposes, and a supervisor has to agree."""
        answer = await office.desk.approve(await _on(office, officer, application_id, body, call))
        return Decided(status=_status(answer.result), after=answer.position)

    @router.post("/cases/{application_id}/denial")
    async def propose_denial(
        application_id: ApplicationId, body: Denial, officer: SignedInOfficer, call: OfficersCall
    ) -> Decided:
        """Proposes a denial; a supervisor who is somebody else has to agree."""
        on = await _on(office, officer, application_id, body, call)
        answer = await office.desk.propose_denial(on, body.reasons, body.note)
        return Decided(status="proposed", after=answer.position)

    @router.post("/cases/{application_id}/information")
    async def request_information(
        application_id: ApplicationId, body: Information, officer: SignedInOfficer, call: OfficersCall
    ) -> Decided:
        """Asks the educator or the district something; the case can be decided when the answer is here."""
        on = await _on(office, officer, application_id, body, call)
        answer = await office.desk.request_information(on, body.party, body.reasons, body.note)
        status: Status = "waiting-for-educator" if body.party is Party.EDUCATOR else "waiting-for-district"
        return Decided(status=status, after=answer.position)

    @router.post("/cases/{application_id}/second")
    async def second(application_id: ApplicationId, body: Second, officer: Supervisor, call: OfficersCall) -> Decided:
        """A supervisor signs what was proposed, or sends it back."""
        on = await _on(office, officer, application_id, body, call)
        waiting = await office.desk.deliberation(application_id)
        if isinstance(waiting, Weighing | Signed):
            raise Refused("Nothing waits for a second person.")
        if not body.agree:
            if not body.why.strip():
                raise Refused("Say why you send it back.", field="why")
            answer = await office.desk.send_back(on, waiting.proposal_id, body.why.strip())
            return Decided(status="ready", after=answer.position)
        answer = await office.desk.sign(on, waiting.proposal_id)
        return Decided(status=_status(answer.result), after=answer.position)


async def _on(office: Office, officer: Officer, application_id: ApplicationId, body: OnCase, call: Call) -> On:
    handed_in = await office.desk.handed_in(application_id)
    return On(officer, application_id, body.submission or handed_in.submission, call, cycle_seen=body.cycle)


def _status(result: dict[str, str]) -> Status:
    match result["status"]:
        case "approved":
            return "approved"
        case "denied":
            return "denied"
        case _:
            return "proposed"


def _in_queue(row: QueueRow) -> dict[str, object]:
    return {
        "application_id": row.application_id,
        "reference": row.reference,
        "submission": row.submission,
        "cycle": row.cycle,
        "status": STATUSES[row.stage],
        "ready": row.stage is Stage.READY,
        "since": row.since,
    }


def _case(file: CaseFile) -> Case:
    proposal = file.proposal
    waiting = Waiting(outcome=proposal.outcome, by=proposal.by, reasons=proposal.reasons) if proposal else None
    return Case.model_validate(
        {
            **_in_queue(file.rows.queue),
            "educator_id": file.rows.queue.educator_id,
            "submitted_on": file.rows.queue.submitted_on,
            "rulings": tuple(each.ruling for each in file.judged),
            "disclosures": None if file.conduct is None else len(file.disclosures),
            "proposal": waiting,
        }
    )
