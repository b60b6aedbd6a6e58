"""What DESE's people do, on its way to the log: sealed values are opened and sealed here, before the rules see them.

Pages and API share it. Everything judged on is read again by the rules, in the streams the command names.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from lectern.contracts.days import chicago_day
from lectern.contracts.sealed import Audience, Sealed, State
from lectern.contracts.values import (
    ApplicationId,
    ConductAnswers,
    CourseSeen,
    CourseTaken,
    DenialReason,
    InformationReason,
    Inquiry,
    OfficerId,
    Party,
    Signers,
)
from lectern.eventlog.errors import NotFound, Refused
from lectern.eventlog.keys import Keys, Plain
from lectern.eventlog.log import Log
from lectern.eventlog.streams import Answer, Call, StreamRef, several
from review.approving import Approve, approve
from review.assigning import StartReview, start_review
from review.case import case
from review.certificate import certificate
from review.closing import CloseIncomplete, close_incomplete
from review.comparing import CompareTranscript, compare
from review.comparison import Compared, comparison
from review.deliberation import ApprovalWaits, Deliberation, DenialWaits, Signed, Weighing, deliberation
from review.denying import Deny, deny
from review.heard import NotSubmitted, Submitted, application, work_item
from review.holding import PlaceHold, ReleaseHold, place_hold, release_hold
from review.noting import AddNote, OpenConduct, add_note, open_conduct
from review.officer import Officer
from review.person import Known, person
from review.proposing import ProposeApproval, ProposeDenial, SendBack, propose_approval, propose_denial, send_back
from review.reassigning import Reassign, reassign
from review.requesting import RequestInformation, request_information
from review.standing import Opened, on_record

ERASED = "The professional conduct answers of this application were erased, so it can’t be decided."


_READERS: Final[dict[Party, tuple[str, Audience]]] = {
    Party.EDUCATOR: ("for_educator", "state"),
    Party.DISTRICT: ("for_district", "district"),
}
"""Where what is asked of somebody stands in the fact, and for whom it is sealed."""


@dataclass(frozen=True)
class On:
    """Somebody acts on a case as it was on the page they sent."""

    officer: Officer
    application_id: ApplicationId
    submission: int
    call: Call
    question_seen: str | None = None
    cycle_seen: int | None = None

    def who(self) -> dict[str, Any]:
        """The part of the command that is the same in all of them."""
        return {
            "application_id": self.application_id,
            "submission": self.submission,
            "officer": self.officer.id,
            "officer_is": self.officer.person,
            "now": self.call.at,
            "question_seen": self.question_seen,
            "cycle_seen": self.cycle_seen,
        }


@dataclass(frozen=True)
class Desk:
    log: Log
    keys: Keys
    new_id: Callable[[], UUID]

    async def handed_in(self, application_id: ApplicationId) -> Submitted:
        """The application as last handed in. Raises NotFound."""
        state = await self.log.state(application(application_id))
        if isinstance(state, NotSubmitted):
            raise NotFound("no such application")
        return state

    async def disclosures(self, handed_in: Submitted) -> int:
        """How many of its professional conduct answers are a new yes. Raises Refused where they were erased."""
        answers = await self.keys.open(handed_in.conduct, ConductAnswers)
        if answers is None:
            raise Refused(ERASED)
        return new_disclosures(answers)

    async def opened(self, handed_in: Submitted) -> Opened:
        """What a reactivation is judged by besides, in the clear; nothing for other kinds."""
        if handed_in.route is None:
            return Opened()
        known = await self.log.state(person(handed_in.educator_id))
        compared = await self.log.state(comparison(handed_in.application_id))
        clearances = known.clearances if isinstance(known, Known) else ()
        days = [each for each in await self.keys.open_all(list(clearances), date) if each is not None]
        return Opened(
            clearances=clearances,
            cleared_on=max(days, default=None),
            comparison_id=compared.comparison_id if isinstance(compared, Compared) else None,
            seen=await self.keys.open(compared.seen, CourseSeen) if isinstance(compared, Compared) else None,
            course=await self.keys.open(handed_in.course, CourseTaken),
        )

    async def compare(self, on: On, seen: CourseSeen, over: UUID | None) -> Answer:
        """Saves what the transcript says of the course; `over`: the comparison that was on the page."""
        handed_in = await self.handed_in(on.application_id)
        sealed = await self.keys.seal(
            seen, subject=handed_in.educator_id, audience="state", origin="TranscriptCompared.seen"
        )
        command = CompareTranscript(**on.who(), comparison_id=self.new_id(), over=over, seen=seen, sealed=sealed)
        id_ = on.application_id
        refs = (
            comparison(id_, subject=handed_in.educator_id),
            case(id_),
            application(id_),
            person(handed_in.educator_id),
        )
        return await self.log.handle(refs, compare, command, on.call)

    async def deliberation(self, application_id: ApplicationId) -> Deliberation:
        return await self.log.state(deliberation(application_id))

    async def start(self, on: On, *, take_over: bool = False) -> Answer:
        command = StartReview(**on.who(), instead_of_colleague=take_over)
        id_ = on.application_id
        return await self.log.handle((case(id_), application(id_), work_item(id_)), start_review, command, on.call)

    async def note(self, on: On, text: str) -> Answer:
        handed_in = await self.handed_in(on.application_id)
        command = AddNote(**on.who(), note=await self._for_dese(handed_in, text, "NoteAdded.note"))
        return await self.log.handle((_weighed(handed_in), case(on.application_id)), add_note, command, on.call)

    async def open_conduct(self, on: On) -> Answer:
        handed_in = await self.handed_in(on.application_id)
        refs = (_weighed(handed_in), case(on.application_id), application(on.application_id))
        return await self.log.handle(refs, open_conduct, OpenConduct(**on.who()), on.call)

    async def approve(self, on: On) -> Answer:
        """Approves, or proposes it where a new disclosure asks for a second person."""
        handed_in = await self.handed_in(on.application_id)
        if disclosures := await self.disclosures(handed_in):
            command = ProposeApproval(
                **on.who(),
                proposal_id=self.new_id(),
                disclosures=disclosures,
                opened=await self.opened(handed_in),
            )
            call = on.call.about(status="proposed")
            return await self.log.handle(_proposing(handed_in), _judging(propose_approval, handed_in, 2), command, call)
        return await self._approve(on, handed_in, None, Signers(by=on.officer.id))

    async def request_information(
        self, on: On, party: Party, reasons: Sequence[InformationReason], note: str
    ) -> Answer:
        """Asks the educator or the district. Raises Refused with the field that is wrong."""
        handed_in = await self.handed_in(on.application_id)
        inquiry = Inquiry(reasons=tuple(each for each in InformationReason if each in reasons), note=note)
        said: dict[str, Any] = {**on.who(), "party": party, "reasons": tuple(reasons), "note": note}
        field, audience = _READERS[party]
        said[field] = await self.keys.seal(
            inquiry, subject=handed_in.educator_id, audience=audience, origin=f"InformationRequested.{field}"
        )
        command = RequestInformation(**said, request_id=self.new_id())
        id_ = on.application_id
        refs = (_weighed(handed_in), case(id_), application(id_), work_item(id_))
        return await self.log.handle(refs, request_information, command, on.call)

    async def hold(self, on: On, why: str) -> Answer:
        handed_in = await self.handed_in(on.application_id)
        sealed = await self._for_dese(handed_in, why, "HoldPlaced.why")
        command = PlaceHold(**on.who(), why=why, sealed=sealed)
        id_ = on.application_id
        refs = (case(id_), _weighed(handed_in), application(id_), work_item(id_))
        return await self.log.handle(refs, place_hold, command, on.call)

    async def release(self, on: On, why: str) -> Answer:
        handed_in = await self.handed_in(on.application_id)
        sealed = await self._for_dese(handed_in, why, "HoldReleased.why")
        command = ReleaseHold(**on.who(), why=why, sealed=sealed)
        refs = (case(on.application_id), application(on.application_id))
        return await self.log.handle(refs, release_hold, command, on.call)

    async def close(self, on: On, why: str) -> Answer:
        handed_in = await self.handed_in(on.application_id)
        sealed = await self._for_dese(handed_in, why, "ApplicationClosedIncomplete.why")
        command = CloseIncomplete(**on.who(), why=why, sealed=sealed)
        id_ = on.application_id
        return await self.log.handle((case(id_), application(id_), work_item(id_)), close_incomplete, command, on.call)

    async def reassign(self, on: On, to: OfficerId | None, why: str) -> Answer:
        """`to` None: back into the queue. Whether `to` is somebody at DESE, the edge knows."""
        handed_in = await self.handed_in(on.application_id)
        sealed = await self._for_dese(handed_in, why, "CaseMoved.why")
        command = Reassign(**on.who(), supervisor=on.officer.supervisor, to=to, why=why, sealed=sealed)
        refs = (_weighed(handed_in), case(on.application_id), application(on.application_id))
        return await self.log.handle(refs, reassign, command, on.call)

    async def propose_denial(self, on: On, reasons: Sequence[DenialReason], note: str) -> Answer:
        handed_in = await self.handed_in(on.application_id)
        command = ProposeDenial(
            **on.who(),
            proposal_id=self.new_id(),
            disclosures=await self.disclosures(handed_in),
            reasons=tuple(reasons),
            note=await self._for_dese(handed_in, note, "DenialProposed.note"),
            opened=await self.opened(handed_in),
        )
        return await self.log.handle(_proposing(handed_in), _judging(propose_denial, handed_in, 2), command, on.call)

    async def sign(self, on: On, proposal_id: UUID) -> Answer:
        """The second person signs what was proposed, whichever it is."""
        handed_in = await self.handed_in(on.application_id)
        waiting = await self.log.state(_weighed(handed_in))
        match waiting:
            case DenialWaits():
                return await self._deny(on, handed_in, waiting, proposal_id)
            case ApprovalWaits():
                return await self._approve(on, handed_in, proposal_id, Signers(by=waiting.by, second=on.officer.id))
            case Weighing() | Signed():
                return await self._approve(on, handed_in, proposal_id, Signers(by=on.officer.id))

    async def send_back(self, on: On, proposal_id: UUID, why: str) -> Answer:
        handed_in = await self.handed_in(on.application_id)
        command = SendBack(
            **on.who(),
            proposal_id=proposal_id,
            supervisor=on.officer.supervisor,
            why=await self._for_dese(handed_in, why, "ProposalSentBack.why"),
        )
        return await self.log.handle((_weighed(handed_in), case(on.application_id)), send_back, command, on.call)

    async def _approve(self, on: On, handed_in: Submitted, proposal_id: UUID | None, signers: Signers) -> Answer:
        command = Approve(
            **on.who(),
            supervisor=on.officer.supervisor,
            disclosures=await self.disclosures(handed_in),
            proposal_id=proposal_id,
            signed=await self.keys.seal(
                signers, subject=handed_in.educator_id, audience="state", origin="ApplicationApproved.signed"
            ),
            approved_on=chicago_day(on.call.at),
            opened=await self.opened(handed_in),
        )
        return await self.log.handle(
            _deciding(handed_in), _judging(approve, handed_in, 1), command, on.call.about(status="approved")
        )

    async def _deny(self, on: On, handed_in: Submitted, waiting: DenialWaits, proposal_id: UUID) -> Answer:
        """What was proposed is sealed again, for those it is for."""
        note = await self.keys.open(waiting.note, str)
        if note is None:
            raise Refused("The note of this proposal was erased. Send the proposal back.")
        subject = str(handed_in.educator_id)
        signers = Signers(by=waiting.by, second=on.officer.id)
        reasons, told, signed = await self.keys.seal_all(
            [
                Plain(waiting.reasons, subject, "state", "ApplicationDenied.reasons"),
                Plain(note, subject, "district", "ApplicationDenied.note"),
                Plain(signers, subject, "state", "ApplicationDenied.signed"),
            ]
        )
        command = Deny(
            **on.who(),
            supervisor=on.officer.supervisor,
            proposal_id=proposal_id,
            disclosures=await self.disclosures(handed_in),
            reasons=reasons,
            note=told,
            signed=signed,
            opened=await self.opened(handed_in),
        )
        return await self.log.handle(
            _deciding(handed_in), _judging(deny, handed_in, 1), command, on.call.about(status="denied")
        )

    async def _for_dese(self, handed_in: Submitted, text: str, origin: str) -> Sealed[str, State]:
        return await self.keys.seal(text, subject=handed_in.educator_id, audience="state", origin=origin)


def new_disclosures(answers: ConductAnswers) -> int:
    """Yes answers that nobody cleared before. Nothing is carried forward yet: each application is read anew."""
    return sum(1 for each in answers.answers if each.yes)


def _weighed(handed_in: Submitted) -> StreamRef[Deliberation]:
    return deliberation(handed_in.application_id, subject=handed_in.educator_id)


def _proposing(handed_in: Submitted) -> tuple[StreamRef[Any], ...]:
    id_ = handed_in.application_id
    return (_weighed(handed_in), case(id_), *_on_record(handed_in), application(id_), work_item(id_))


def _deciding(handed_in: Submitted) -> tuple[StreamRef[Any], ...]:
    id_ = handed_in.application_id
    return (case(id_), *_on_record(handed_in), _weighed(handed_in), application(id_), work_item(id_))


def _on_record(handed_in: Submitted) -> tuple[StreamRef[Any], ...]:
    certificates = (certificate(each) for each in handed_in.certificate_ids)
    return (*certificates, person(handed_in.educator_id), comparison(handed_in.application_id))


def _judging(decide: Callable[..., Any], handed_in: Submitted, at: int) -> Callable[..., Any]:
    """The rule, with all that stands on record as one of its states."""
    return several(decide, at=at, count=len(_on_record(handed_in)), into=on_record)
