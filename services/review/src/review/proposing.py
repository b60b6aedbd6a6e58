"""A reviewer proposes what a second person must sign: every denial, and an approval with a new disclosure."""

from typing import assert_never
from uuid import UUID

from pydantic import Field

from lectern.contracts.sealed import Sealed, State
from lectern.contracts.values import DenialReason
from lectern.eventlog.errors import NotFound, Refused
from lectern.eventlog.streams import Entry
from lectern.rules.judging import unmet
from lectern.rules.sight import visible
from review.assigning import assigned
from review.case import Case, case
from review.deliberation import (
    ApprovalProposed,
    ApprovalWaits,
    Deliberation,
    DenialProposed,
    DenialWaits,
    ProposalSentBack,
    Signed,
    Weighing,
)
from review.heard import Application, WorkItem
from review.reconsidering import somebody_else
from review.standing import (
    Docket,
    OfficerCommand,
    OnRecord,
    Opened,
    changeable,
    docket,
    named,
    open_case,
    own_rules,
    rulings,
)


class ProposeApproval(OfficerCommand):
    proposal_id: UUID
    disclosures: int = Field(ge=0)
    """New yes answers about professional conduct, counted at the edge from the answers of `submission`."""
    opened: Opened = Opened()


class ProposeDenial(OfficerCommand):
    proposal_id: UUID
    disclosures: int = Field(ge=0)
    reasons: tuple[DenialReason, ...]
    note: Sealed[str, State]
    opened: Opened = Opened()


class SendBack(OfficerCommand):
    proposal_id: UUID
    supervisor: bool
    why: Sealed[str, State]


Proposed = list[ApprovalProposed | DenialProposed | Entry]


def propose_approval(  # noqa: PLR0917 - one state for each stream a decision names
    state: Deliberation,
    of: Case,
    record: OnRecord,
    application: Application,
    item: WorkItem,
    command: ProposeApproval,
) -> Proposed:
    ready = docket(of, application, item, command)
    somebody_else(state, command)
    if command.disclosures == 0:
        raise Refused("There is no new disclosure: you can approve this application yourself.")
    changeable(record, ready)
    judged = rulings(ready, record, command.opened)
    rules = own_rules(ready)
    if missing := unmet(rules, ready.application.kind, judged, ready.application.route):
        raise Refused(f"Not every criterion is met: {named(missing, rules)}.", criteria=missing)
    match state:
        case ApprovalWaits() if state.submission == command.submission:
            return _waits(state, command)
        case DenialWaits() if state.submission == command.submission:
            raise Refused("A denial of this application waits for a second person already.")
        case Weighing() | ApprovalWaits() | DenialWaits() | Signed():
            must_have_read(state, command, command.disclosures)
        case _:
            assert_never(state)
    proposed = ApprovalProposed(
        application_id=command.application_id,
        by=command.officer,
        at=command.now,
        proposal_id=command.proposal_id,
        submission=command.submission,
        rulings=visible(judged, "district"),
    )
    return [*taken_on(ready, command), proposed]


def propose_denial(  # noqa: PLR0917 - one state for each stream a decision names
    state: Deliberation,
    of: Case,
    record: OnRecord,
    application: Application,
    item: WorkItem,
    command: ProposeDenial,
) -> Proposed:
    ready = docket(of, application, item, command)
    somebody_else(state, command)
    if not command.reasons:
        raise Refused("Choose at least one reason", field="reasons")
    match state:
        case DenialWaits() if state.submission == command.submission:
            return _waits(state, command)
        case ApprovalWaits() if state.submission == command.submission:
            raise Refused("An approval of this application waits for a second person already.")
        case Weighing() | ApprovalWaits() | DenialWaits() | Signed():
            must_have_read(state, command, command.disclosures)
        case _:
            assert_never(state)
    proposed = DenialProposed(
        application_id=command.application_id,
        by=command.officer,
        at=command.now,
        proposal_id=command.proposal_id,
        submission=command.submission,
        reasons=tuple(dict.fromkeys(command.reasons)),
        rulings=visible(rulings(ready, record, command.opened), "district"),
        note=command.note,
    )
    return [*taken_on(ready, command), proposed]


def send_back(state: Deliberation, of: Case, command: SendBack) -> list[ProposalSentBack]:
    """The second person does not sign; the case is open again for the reviewer."""
    open_case(of, command)
    match state:
        case ApprovalWaits() | DenialWaits() if state.proposal_id == command.proposal_id:
            second_person(state, command, supervisor=command.supervisor)
            return [
                ProposalSentBack(
                    application_id=command.application_id,
                    by=command.officer,
                    at=command.now,
                    proposal_id=command.proposal_id,
                    why=command.why,
                )
            ]
        case Weighing() | ApprovalWaits() | DenialWaits() | Signed():
            raise Refused("This proposal is no longer open. Look at the case again.")
        case _:
            assert_never(state)


def second_person(waiting: ApprovalWaits | DenialWaits, command: OfficerCommand, *, supervisor: bool) -> None:
    """Only a supervisor signs as second: never what they proposed themselves, nor what they decided before."""
    if not supervisor:
        raise NotFound("only supervisors have this")
    somebody_else(waiting, command)
    if waiting.by == command.officer:
        raise Refused("You proposed this yourself. Another supervisor signs it.")


def must_have_read(state: Deliberation, command: OfficerCommand, disclosures: int) -> None:
    """Nobody signs past a new disclosure they have not opened."""
    if disclosures and not state.readers.include(command.officer, command.submission):
        raise Refused("Open what the educator explained about professional conduct first.", read="conduct")


def taken_on(ready: Docket, command: OfficerCommand) -> list[Entry]:
    """Who proposes has the case, also without having started on it before."""
    if ready.case.reviewer is not None:
        return []
    return [Entry(fact, to=case(command.application_id)) for fact in assigned(ready, command)]


def _waits(state: ApprovalWaits | DenialWaits, command: OfficerCommand) -> Proposed:
    """A second click changes nothing; a second proposer is told."""
    if state.by == command.officer:
        return []
    raise Refused("A colleague proposed this already. It waits for a second person.")
