"""Application status: who has it, since when, what is next, and all that happened."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from applications import reading, wording
from applications.application_status import Decision, Holder, StatusRow
from applications.certificates import CertificateRow, Change
from applications.clearance import Arrivals, filed, judged_clearance
from applications.draft import AwaitingPayment, Open
from applications.drafts import DraftRow, Stage
from applications.edge import ClaimedEducator, Edge, Educator
from applications.measured import measured
from applications.pages_answers import receipt
from applications.pages_employer import may_name_another
from applications.pages_reconsidering import may_ask_until
from applications.pages_turning import may_turn
from applications.story import told
from applications.timeline import TimelineRow
from lectern.contracts.days import chicago_day
from lectern.contracts.values import ApplicationId, DenialReason, Inquiry, Kind, PersonId, Route, Signature
from lectern.rules import rule_set
from lectern.rules.calendar import expected_range, promise_due
from lectern.rules.rule_sets import KindRules
from lectern.rules.words import in_hours
from lectern.web import Step, StepState, render, see_other, waits_for
from lectern.web.words import day, plural, short_day


@dataclass(frozen=True)
class StatusPages:
    edge: Edge

    def routes(self) -> APIRouter:
        router = APIRouter(include_in_schema=False)
        fresh = [Depends(waits_for)]
        router.add_api_route("/applications", self.get_all, methods=["GET"], dependencies=fresh)
        router.add_api_route("/applications/{application_id}", self.get_one, methods=["GET"], dependencies=fresh)
        return router

    async def get_all(self, request: Request, educator: ClaimedEducator) -> Response:
        async with self.edge.running.read(educator=educator.person_id) as db:
            statuses = await reading.statuses(db, educator.person_id)
            districts = await reading.districts(db, *{each.district for each in statuses})
        return render(request, "applications.html", statuses=statuses, districts=districts, words=wording)

    async def get_one(self, request: Request, educator: ClaimedEducator, application_id: UUID) -> Response:
        person = educator.person_id
        async with self.edge.running.read(educator=person) as db:
            status = await reading.status(db, person, application_id)
            timeline = await reading.timeline(db, person, application_id)
            certificates = await reading.certificates(db, person)
            drafts = await reading.drafts(db, person)
            districts = await reading.districts(db, *_named(status, timeline)) if status and timeline else {}
            times = await measured(db, status.kind) if status and status.decision is None else None
        if status is None or timeline is None:
            return await self._not_there(educator, application_id)
        keys, today = self.edge.running.keys, self.edge.today()
        answers = await self.edge.drafts.answers(person, ApplicationId(application_id))
        signatures = await keys.open_all([each.by for each in timeline.entries], Signature)
        quotes = await keys.open_all([each.quote for each in timeline.entries], str)
        return render(
            request,
            "status.html",
            case=status,
            steps=steps(status, today),
            story=told(timeline.entries, signatures, quotes, districts),
            district=(district := districts.get(status.district or "")),
            contacts=await self.edge.contacts(district),
            note=await keys.open(status.note, str),
            inquiry=await keys.open(status.question, Inquiry),
            closed_for=await keys.open(status.closed_for, str),
            denial=await keys.open(status.denial, str),
            denied_for=await keys.open(status.denied_for, tuple[DenialReason, ...]) or (),
            expected=expected(status),
            measured=times,
            asks=asks(status),
            certificate=expires_meanwhile(status, certificates, today),
            taken=_taken(status, certificates),
            change=_change(status, certificates),
            arrivals=await self._arrivals(person, status),
            promise=promised(status),
            days=where_days_went(status, today),
            today=today,
            paid=receipt(timeline, status.reference, answers.method),
            sent="sent" in request.query_params,
            moved="moved" in request.query_params,
            may_name_another=may_name_another(status),
            may_turn=may_turn(status),
            ask_until=may_ask_until(status, today),
            begun=begun(status, drafts),
            said=wording.SAID[status.kind],
            words=wording,
        )

    async def _arrivals(self, person: PersonId, status: StatusRow) -> Arrivals | None:
        """What of it has reached DESE, for a reactivation that is not decided."""
        if status.route is None or status.decision is not None:
            return None
        async with self.edge.running.read(educator=person) as db:
            row = await reading.educator(db, person)
        on_file, rules = await filed(self.edge.running, row), rule_set(status.rules)
        return Arrivals(
            on_file.transcripts,
            status.route is Route.COURSE,
            judged_clearance(on_file, status.submitted_on, rules),
        )

    async def _not_there(self, educator: Educator, application_id: UUID) -> Response:
        """Not submitted yet, or nobody's. Raises NotFound, or Updating while the views are behind."""
        draft = await self.edge.drafts.draft(educator.person_id, ApplicationId(application_id))
        if isinstance(draft, Open | AwaitingPayment):
            return see_other(f"/drafts/{application_id}")
        raise self.edge.absent()


def _named(status: StatusRow, timeline: TimelineRow) -> set[str | None]:
    """Every district the page speaks of."""
    return {status.district, *(code for each in timeline.entries for code in (each.district, each.before))}


def begun(status: StatusRow, drafts: Sequence[DraftRow]) -> ApplicationId | None:
    """The open draft that is to take its place."""
    instead = (each for each in drafts if each.instead_of == status.application_id and each.stage is Stage.OPEN)
    return next((each.application_id for each in instead), None)


@dataclass(frozen=True)
class Promise:
    """The contact hours that a district attested to, and their last day."""

    hours: str
    due_on: date


def promised(status: StatusRow) -> Promise | None:
    """Of a reactivation by employment, once it is approved."""
    if status.route is not Route.EMPLOYMENT or status.decision is not Decision.APPROVED or status.decided_at is None:
        return None
    numbers = rule_set(status.rules).parameters
    due_on = promise_due(chicago_day(status.decided_at), numbers)
    return Promise(in_hours(numbers.promised_quarter_hours), due_on)


def asks(status: StatusRow) -> KindRules:
    """What its kind is made of, by its own rule set."""
    return rule_set(status.rules).of(status.kind, status.route)


def expected(status: StatusRow) -> tuple[date, date] | None:
    """When a decision is expected, where that is said of the kind and the district has sent it."""
    if status.sent_on is None or not asks(status).expected:
        return None
    return expected_range(status.sent_on, rule_set(status.rules).parameters)


def _change(status: StatusRow, certificates: Sequence[CertificateRow]) -> Change | None:
    """What the approval of this application made of its certificate; None until it is heard."""
    found = (each.change_by(status.application_id) for each in certificates)
    return next((each for each in found if each is not None), None)


def steps(status: StatusRow, today: date) -> Sequence[Step]:
    """Submitted, District, DESE, Decision; under each the days there. What was withdrawn ends where it was."""
    sent = status.sent_on is not None or status.district is None
    at_district = status.holder is Holder.DISTRICT or (status.holder is Holder.EDUCATOR and not status.question)
    with_district = status.days_with(Holder.DISTRICT, today)
    with_dese = status.days_with(Holder.DESE, today)
    range_ = expected(status)
    decided = status.decided_at is not None
    yours = status.holder is Holder.EDUCATOR and not decided
    district_note = _spent(with_district, lasts=at_district and not decided)
    withdrawn = status.decision in {Decision.WITHDRAWN, Decision.CLOSED}
    found = (
        Step("Submitted", StepState.DONE, day(status.submitted_on).rpartition(",")[0]),
        Step(
            "District",
            StepState.NOW if at_district and not decided else StepState.DONE,
            WITH_YOU if yours and at_district else district_note,
        ),
        Step(
            "DESE",
            StepState.DONE if decided else StepState.NOW if sent and not at_district else StepState.COMING,
            WITH_YOU if yours and not at_district else _spent(with_dese, lasts=not decided) if sent else "",
        ),
        Step(
            _END.get(status.decision, "Decision"),
            StepState.DONE if decided else StepState.COMING,
            day(status.decided_at).rpartition(",")[0]
            if status.decided_at
            else f"Expected {_short(range_[0])} to {_short(range_[1])}"
            if range_
            else "",
        ),
    )
    passed = [each for each in found if status.district is not None or each.label != "District"]
    return tuple(each for each in passed if sent or not withdrawn or each.label != "DESE")


WITH_YOU = "You have it now"
_END: dict[Decision | None, str] = {Decision.WITHDRAWN: "Withdrawn", Decision.CLOSED: "Closed"}
"""What stands in the place of a decision."""


def where_days_went(status: StatusRow, today: date) -> str:
    """In working days: District 11 · you 2 · DESE 28."""
    parts = [
        (name, status.days_with(holder, today))
        for name, holder in (("District", Holder.DISTRICT), ("you", Holder.EDUCATOR), ("DESE", Holder.DESE))
    ]
    return " · ".join(f"{name} {days}" for name, days in parts if days) or "No working day yet"


def _taken(status: StatusRow, certificates: Sequence[CertificateRow]) -> CertificateRow | None:
    """A certificate it is about that is suspended, revoked or surrendered, while nothing is decided."""
    mine = (each for each in certificates if each.certificate_id == status.certificate_id)
    return next((each for each in mine if each.status.taken and status.decision is None), None)


def expires_meanwhile(status: StatusRow, certificates: Sequence[CertificateRow], today: date) -> CertificateRow | None:
    """The certificate, where it ends before a decision is expected, or has ended. Its educator is told what counts."""
    if status.decision is not None:
        return None
    if status.kind is Kind.REACTIVATION:
        return None
    certificate = next((each for each in certificates if each.certificate_id == status.certificate_id), None)
    latest = expected_range(status.sent_on or max(today, chicago_day(status.submitted_at)))[1]
    return certificate if certificate and certificate.expires_on < latest else None


def _spent(days: int, *, lasts: bool) -> str:
    if not days:
        return "No working day yet" if lasts else "Less than a working day"
    return f"{plural(days, 'working day')} {'so far' if lasts else 'there'}"


def _short(when: date) -> str:
    return short_day(when).rpartition(",")[0]
