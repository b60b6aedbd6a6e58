"""What DESE's people read, note and propose before a case is decided. Private: it never leaves this service."""

from dataclasses import dataclass, replace
from typing import Literal, TypeAlias, assert_never
from uuid import UUID

from pydantic import AwareDatetime

from lectern.contracts.facts import PrivateFact
from lectern.contracts.sealed import Sealed, State
from lectern.contracts.values import ApplicationId, DenialReason, OfficerId, Ruling
from lectern.eventlog.streams import Noun


class Deliberated(PrivateFact):
    application_id: ApplicationId
    by: OfficerId
    at: AwareDatetime


class NoteAdded(Deliberated):
    """Somebody wrote something down for colleagues."""

    type: Literal["NoteAdded"] = "NoteAdded"
    note: Sealed[str, State]


class CaseMoved(Deliberated):
    """A supervisor gave the case to somebody, or it was put back into the queue."""

    type: Literal["CaseMoved"] = "CaseMoved"
    to: OfficerId | None
    why: Sealed[str, State]


class ConductOpened(Deliberated):
    """Somebody opened the explanations to the professional conduct answers of this submission."""

    type: Literal["ConductOpened"] = "ConductOpened"
    submission: int


class ApprovalProposed(Deliberated):
    """A reviewer would approve; a new disclosure in professional conduct asks for a second person."""

    type: Literal["ApprovalProposed"] = "ApprovalProposed"
    proposal_id: UUID
    submission: int
    rulings: tuple[Ruling, ...]


class DenialProposed(Deliberated):
    """A reviewer would deny; every denial asks for a second person."""

    type: Literal["DenialProposed"] = "DenialProposed"
    proposal_id: UUID
    submission: int
    reasons: tuple[DenialReason, ...]
    rulings: tuple[Ruling, ...]
    note: Sealed[str, State]
    """In plain words, for the educator."""


class ProposalSentBack(Deliberated):
    """The second person does not sign, and says why."""

    type: Literal["ProposalSentBack"] = "ProposalSentBack"
    proposal_id: UUID
    why: Sealed[str, State]


class DecisionSigned(Deliberated):
    """The case is decided. Who signed stands here, and sealed in the public fact: a second name tells of conduct."""

    type: Literal["DecisionSigned"] = "DecisionSigned"
    submission: int
    approved: bool
    first: OfficerId
    second: OfficerId | None
    reasons: tuple[DenialReason, ...] = ()


@dataclass(frozen=True)
class Readers:
    """Who opened the conduct explanations of the last submission anybody opened."""

    submission: int = 0
    officers: frozenset[OfficerId] = frozenset()

    def include(self, officer: OfficerId, submission: int) -> bool:
        return submission == self.submission and officer in self.officers


@dataclass(frozen=True)
class Weighing:
    """Nothing is proposed."""

    readers: Readers = Readers()
    before: frozenset[OfficerId] = frozenset()
    """Who signed the decision of the cycle before, where the case is in a later one."""


@dataclass(frozen=True)
class ApprovalWaits:
    """For a second person."""

    proposal_id: UUID
    by: OfficerId
    submission: int
    readers: Readers
    before: frozenset[OfficerId] = frozenset()


@dataclass(frozen=True)
class DenialWaits:
    """For a second person."""

    proposal_id: UUID
    by: OfficerId
    submission: int
    reasons: tuple[DenialReason, ...]
    note: Sealed[str, State]
    readers: Readers
    before: frozenset[OfficerId] = frozenset()


@dataclass(frozen=True)
class Signed:
    """Decided, by these."""

    approved: bool
    by: frozenset[OfficerId]
    readers: Readers


Deliberation: TypeAlias = Weighing | ApprovalWaits | DenialWaits | Signed
DeliberationFact: TypeAlias = (
    NoteAdded | CaseMoved | ConductOpened | ApprovalProposed | DenialProposed | ProposalSentBack | DecisionSigned
)


def evolve(state: Deliberation, fact: DeliberationFact) -> Deliberation:
    match fact:
        case NoteAdded() | CaseMoved():
            return state
        case ConductOpened():
            return replace(state, readers=_read(state.readers, fact))
        case ApprovalProposed():
            return ApprovalWaits(fact.proposal_id, fact.by, fact.submission, state.readers, decided_before(state))
        case DenialProposed():
            waits = fact.proposal_id, fact.by, fact.submission, fact.reasons, fact.note
            return DenialWaits(*waits, state.readers, decided_before(state))
        case ProposalSentBack():
            return Weighing(state.readers, decided_before(state))
        case DecisionSigned():
            signed = frozenset(each for each in (fact.first, fact.second) if each is not None)
            return Signed(fact.approved, signed, state.readers)
        case _:
            assert_never(fact)


def decided_before(state: Deliberation) -> frozenset[OfficerId]:
    """Who signed the last decision. While the case is open that is one of an earlier cycle."""
    return state.by if isinstance(state, Signed) else state.before


def _read(readers: Readers, fact: ConductOpened) -> Readers:
    known = readers.officers if readers.submission == fact.submission else frozenset[OfficerId]()
    return Readers(fact.submission, known | {fact.by})


deliberation = Noun[Deliberation](
    "deliberation",
    Weighing(),
    evolve,
    facts=(NoteAdded, CaseMoved, ConductOpened, ApprovalProposed, DenialProposed, ProposalSentBack, DecisionSigned),
)
