"""The work log for programs: /api/work-log. What pages do, by the same rules, in a session of the district's staff."""

from collections.abc import Callable
from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from pydantic import Field

from district_worklog import work_log_queries as queries
from district_worklog.case_reading import read_case
from district_worklog.desk import Card
from district_worklog.edge import Edge, SignedInOfficer
from district_worklog.evidence import (
    AssistanceRecord,
    CheckedYear,
    DevelopmentRecord,
    EmployedRecord,
    EvaluationRecord,
    MentoringRecord,
    PromiseRecord,
    Record,
    TeachingNowRecord,
    TeachingRecord,
)
from district_worklog.http_work_log import read_start
from district_worklog.work_log import End, Stage, WorkLogRow
from district_worklog.work_log_queries import Wanted
from lectern.contracts.values import (
    ApplicationId,
    DeclineReason,
    Establishment,
    Kind,
    Reference,
    ReturnReason,
    Ruling,
    TeachingNow,
    Text,
    YearTaught,
)
from lectern.eventlog.streams import Call
from lectern.rules.criteria import (
    EXT_TEACHING,
    REA_EMPLOYED,
    REA_PD24,
    UPG_BTA,
    UPG_MENTORING,
    UPG_PBTE,
    UPG_PD,
    UPG_TEACHING,
)
from lectern.web import ApiModel, api_call, waits_for

Status = Literal["waiting", "returned", "verified", "closed"]
STAGES: dict[Status, Stage] = {
    "waiting": Stage.TO_VERIFY,
    "returned": Stage.RETURNED,
    "verified": Stage.SENT,
    "closed": Stage.CLOSED,
}
WORDS = {stage: status for status, stage in STAGES.items()}

Key = Annotated[Call, Depends(api_call)]
Fresh = Annotated[None, Depends(waits_for)]
Submission = Annotated[int, Field(ge=1, le=10_000)]


class Item(ApiModel):
    application_id: UUID
    reference: Reference
    kind: Kind
    submission: int
    status: Status
    submitted_on: date
    claimed: bool
    asked: bool
    """Whether DESE waits for an answer of the district."""
    met: tuple[str, ...]
    closed_as: End | None
    """How it ended for this district; none while it has not."""


class Items(ApiModel):
    items: list[Item]
    next: str | None


class ItemInFull(Item):
    rulings: tuple[Ruling, ...]
    records: dict[str, UUID]
    """The record there is for each criterion, of this handing-in."""


class After(ApiModel):
    after: int


class ClaimRequest(ApiModel):
    submission: Submission


class SentEvidence(ApiModel):
    """What the district's files show; `established` answers each criterion. Rows checked against the words there."""

    years: Annotated[tuple[YearTaught, ...], Field(max_length=60)] = ()
    development_quarter_hours: Annotated[int | None, Field(ge=0, le=40_000)] = None
    plan_approved: bool | None = None
    mentoring_school_years: Annotated[int | None, Field(ge=0, le=40)] = None
    bta_completed_on: date | None = None
    bta_provider: Annotated[str, Field(max_length=200)] = ""
    teaching_now: TeachingNow | None = None
    """For an extension: the position held now."""
    established: Annotated[tuple[Establishment, ...], Field(max_length=10)] = ()


class EvidenceRequest(ApiModel):
    submission: Submission
    evidence: SentEvidence


class VerificationRequest(ApiModel):
    submission: Submission
    attested: bool
    answer: Text = ""
    """To what DESE asked; needed while it asks something."""


class ReturnRequest(ApiModel):
    submission: Submission
    reasons: Annotated[tuple[ReturnReason, ...], Field(max_length=10)]
    note: Text = ""


class PassOnRequest(ApiModel):
    submission: Submission
    district: Annotated[str, Field(pattern=r"^\d{3}-\d{3}$")]


class DeclineRequest(ApiModel):
    submission: Submission
    reason: DeclineReason
    note: Text = ""


def routes(edge: Edge) -> APIRouter:
    router = APIRouter(prefix="/api/work-log", tags=["work log"])

    @router.get("")
    async def get_items(
        officer: SignedInOfficer,
        _: Fresh,
        status: Status = "waiting",
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
        after: Annotated[str | None, Query(description="`next` of the page before.", max_length=100)] = None,
    ) -> Items:
        """The district's applications, the oldest first; those no longer waiting, the latest first."""
        stage = STAGES[status]
        wanted = Wanted(officer.district, sort="age" if stage is Stage.TO_VERIFY else "latest")
        rank, id_, _before = read_start(f"{after}.0" if after else None)
        async with edge.running.read(district=officer.district) as db:
            lines = await queries.lines(db, wanted, stage, (rank, id_), limit)
        shown = lines[:limit]
        more = len(lines) > limit
        return Items(
            items=[_item(each.row) for each in shown],
            next=f"{shown[-1].rank}.{shown[-1].row.application_id}" if more else None,
        )

    @router.get("/{application_id}")
    async def get_item(application_id: ApplicationId, officer: SignedInOfficer, _: Fresh) -> ItemInFull:
        case = await read_case(edge, officer, application_id)
        item = _item(case.found.line.row)
        return ItemInFull(
            **item.model_dump(),
            rulings=case.cards.rulings,
            records={name: case.on_page[name].record_id for name in case.records},
        )

    @router.post("/{application_id}/claim")
    async def post_claim(
        application_id: ApplicationId, body: ClaimRequest, officer: SignedInOfficer, call: Key
    ) -> After:
        """Opens an application: whoever is first has it."""
        return After(after=(await edge.desk.claim(officer, application_id, body.submission, call)).position)

    @router.put("/{application_id}/evidence")
    async def put_evidence(
        application_id: ApplicationId, body: EvidenceRequest, officer: SignedInOfficer, call: Key
    ) -> After:
        """Records all cards at once, over whatever is recorded."""
        there = await edge.desk.records(officer, application_id, body.submission)
        ids = {name: each.record_id for name, each in there.items()}
        cards = [Card(record, ids.get(record.criterion)) for record in records_of(body.evidence)]
        saved = await edge.desk.record(officer, application_id, body.submission, cards, call)
        return After(after=saved.answer.position if saved.answer else await edge.running.log.head())

    @router.post("/{application_id}/verification")
    async def post_verification(
        application_id: ApplicationId, body: VerificationRequest, officer: SignedInOfficer, call: Key
    ) -> After:
        """Attests to what is recorded, and sends the application to DESE."""
        answer = await edge.desk.verify(
            officer, application_id, body.submission, call, attested=body.attested, answered=body.answer
        )
        return After(after=answer.position)

    @router.post("/{application_id}/return")
    async def post_return(
        application_id: ApplicationId, body: ReturnRequest, officer: SignedInOfficer, call: Key
    ) -> After:
        """Sends the application back to the educator."""
        answer = await edge.desk.send_back(
            officer, application_id, body.submission, call, reasons=body.reasons, note=body.note
        )
        return After(after=answer.position)

    @router.post("/{application_id}/pass-on")
    async def post_pass_on(
        application_id: ApplicationId, body: PassOnRequest, officer: SignedInOfficer, call: Key
    ) -> After:
        """Passes the application on to the district that employs the educator, who is told."""
        answer = await edge.desk.pass_on(officer, application_id, body.submission, body.district, call)
        return After(after=answer.position)

    @router.post("/{application_id}/decline")
    async def post_decline(
        application_id: ApplicationId, body: DeclineRequest, officer: SignedInOfficer, call: Key
    ) -> After:
        """Says that the district does not answer for this educator, who is asked to name another one."""
        answer = await edge.desk.decline(
            officer, application_id, body.submission, call, reason=body.reason, note=body.note
        )
        return After(after=answer.position)

    return router


def records_of(sent: SentEvidence) -> list[Record]:
    """The cards that the evidence fills."""
    said = {each.criterion: each for each in sent.established}

    def answer(criterion: str) -> tuple[bool | None, str]:
        found = said.get(criterion)
        return (found.met, found.checked) if found else (None, "")

    against = answer(UPG_TEACHING)[1][:200] or "The district's records"
    years = tuple(CheckedYear(**each.model_dump(), checked_against=against) for each in sent.years)
    mentored, mentor_log = answer(UPG_MENTORING)
    completed, certificate = answer(UPG_BTA)
    took_part, summaries = answer(UPG_PBTE)
    records: list[Record] = [
        TeachingRecord(years=years),
        DevelopmentRecord(
            quarter_hours=sent.development_quarter_hours, plan_approved=sent.plan_approved, checked=answer(UPG_PD)[1]
        ),
        MentoringRecord(shown=mentored, school_years=sent.mentoring_school_years, checked=mentor_log),
        AssistanceRecord(
            completed=completed, completed_on=sent.bta_completed_on, provider=sent.bta_provider, checked=certificate
        ),
        EvaluationRecord(took_part=took_part, checked=summaries),
        _teaching_now(sent.teaching_now or TeachingNow(), *answer(EXT_TEACHING)),
    ]
    if said.keys() & {REA_EMPLOYED, REA_PD24}:  # the position and the hours are of a reactivation
        records = _reactivating(sent, answer)
    empty = {type(each)() for each in records}
    return [each for each in records if each not in empty]


def _reactivating(sent: SentEvidence, answer: Callable[[str], tuple[bool | None, str]]) -> list[Record]:
    held, (hired, contract), (promised, plan) = (
        sent.teaching_now or TeachingNow(),
        answer(REA_EMPLOYED),
        answer(REA_PD24),
    )
    return [
        EmployedRecord(
            hired=hired,
            since=held.since,
            position=held.position,
            fte_hundredths=held.fte_hundredths,
            checked=contract,
        ),
        PromiseRecord(promised=promised, quarter_hours=sent.development_quarter_hours, checked=plan),
    ]


def _teaching_now(held: TeachingNow, now: bool | None, contract: str) -> TeachingNowRecord:
    return TeachingNowRecord(
        teaching_now=now,
        since=held.since,
        position=held.position,
        fte_hundredths=held.fte_hundredths,
        checked=contract,
    )


def _item(row: WorkLogRow) -> Item:
    return Item(
        application_id=row.application_id,
        reference=row.reference,
        kind=row.kind,
        submission=row.submission,
        status=WORDS[row.stage],
        submitted_on=row.submitted_on,
        claimed=row.claimed_by is not None,
        asked=row.asked_at is not None,
        met=row.met,
        closed_as=row.closed_as,
    )
