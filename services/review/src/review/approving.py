"""DESE approves: the case ends and its certificates change as the application's own rule set says, in one command.

A new disclosure in professional conduct needs two: the reviewer who proposed it and a supervisor who is not the same.
"""

from datetime import date
from typing import Any, assert_never
from uuid import UUID

from pydantic import Field

from lectern.contracts.review import (
    ApplicationApproved,
    CertificateExtended,
    CertificateReactivated,
    CertificateUpgraded,
)
from lectern.contracts.sealed import Sealed, State
from lectern.contracts.values import Kind, OfficerId, Ruling, Signers
from lectern.eventlog.errors import Refused
from lectern.eventlog.streams import Entry
from lectern.rules.effects import effect
from lectern.rules.judging import unmet
from lectern.rules.sight import visible
from review.case import Case
from review.case import case as case_stream
from review.certificate import Extended, Recorded
from review.certificate import certificate as certificate_stream
from review.deliberation import ApprovalWaits, DecisionSigned, Deliberation, DenialWaits, Signed, Weighing
from review.deliberation import deliberation as deliberation_stream
from review.heard import Application, WorkItem
from review.proposing import must_have_read, second_person, taken_on
from review.reconsidering import somebody_else
from review.standing import Docket, OfficerCommand, OnRecord, Opened, changeable, docket, named, own_rules, rulings


class Approve(OfficerCommand):
    supervisor: bool
    disclosures: int = Field(ge=0)
    """New yes answers about professional conduct, counted at the edge from the answers of `submission`."""
    proposal_id: UUID | None = None
    """The proposal a second person read and signs."""
    signed: Sealed[Signers, State]
    """Whoever proposed `proposal_id` and the officer; without a proposal the officer alone."""
    approved_on: date
    """The Chicago day of `now`."""
    opened: Opened = Opened()


def approve(  # noqa: PLR0917 - one state for each stream a decision names
    case: Case,
    record: OnRecord,
    deliberation: Deliberation,
    application: Application,
    item: WorkItem,
    command: Approve,
) -> list[Entry]:
    if isinstance(deliberation, Signed) and deliberation.approved and command.officer in deliberation.by:
        return []  # a second click changes nothing
    ready = docket(case, application, item, command)
    somebody_else(deliberation, command)
    changing = changeable(record, ready)
    judged = rulings(ready, record, command.opened)
    rules = own_rules(ready)
    if missing := unmet(rules, ready.application.kind, judged, ready.application.route):
        raise Refused(f"Not every criterion is met: {named(missing, rules)}.", criteria=missing)
    by, second = _signed(deliberation, command)
    return [
        *taken_on(ready, command),
        Entry(_signing(by, second, command), to=deliberation_stream(command.application_id)),
        Entry(
            _approved(ready, judged, command),
            to=case_stream(command.application_id),
            claim=f"decision:{command.application_id}:{ready.case.cycle}",
        ),
        *(Entry(_changed(ready, each, command), to=certificate_stream(each.certificate_id)) for each in changing),
    ]


def _signed(deliberation: Deliberation, command: Approve) -> tuple[OfficerId, OfficerId | None]:
    """Who approves, and who signs as second."""
    match deliberation:
        case DenialWaits() if deliberation.submission == command.submission:
            raise Refused("A denial of this application waits for a second person. Send it back first.")
        case ApprovalWaits() if deliberation.submission == command.submission and command.disclosures:
            second_person(deliberation, command, supervisor=command.supervisor)
            if deliberation.proposal_id != command.proposal_id:
                raise Refused("This proposal is no longer open. Look at the case again.")
            must_have_read(deliberation, command, command.disclosures)
            return deliberation.by, command.officer
        case Weighing() | ApprovalWaits() | DenialWaits() | Signed():
            if command.proposal_id is not None:
                raise Refused("This proposal is no longer open. Look at the case again.")
            if command.disclosures:
                raise Refused("A new disclosure in professional conduct needs a second person. Propose the approval.")
            return command.officer, None
        case _:
            assert_never(deliberation)


def _signing(first: OfficerId, second: OfficerId | None, command: Approve) -> DecisionSigned:
    return DecisionSigned(
        application_id=command.application_id,
        by=command.officer,
        at=command.now,
        submission=command.submission,
        approved=True,
        first=first,
        second=second,
    )


def _approved(ready: Docket, judged: tuple[Ruling, ...], command: Approve) -> ApplicationApproved:
    return ApplicationApproved(
        application_id=command.application_id,
        educator_id=ready.case.educator_id,
        submission=command.submission,
        cycle=ready.case.cycle,
        rulings=visible(judged, "district"),
        rules=ready.application.rules,
        signed=command.signed,
        approved_at=command.now,
    )


def _changed(
    ready: Docket, changing: Recorded | Extended, command: Approve
) -> CertificateUpgraded | CertificateExtended | CertificateReactivated:
    kind = ready.application.kind
    expires_on = changing.held.expires_on
    period = effect(own_rules(ready), kind, expires_on=expires_on, approved_on=command.approved_on).period
    said: dict[str, Any] = {
        "certificate_id": changing.certificate_id,
        "person_id": changing.person_id,
        "application_id": command.application_id,
        "cycle": ready.case.cycle,
        "effective_on": period.effective_on,
        "expires_on": period.expires_on,
        "rules": ready.application.rules,
    }
    match kind:
        case Kind.UPGRADE:
            return CertificateUpgraded(**said, upgraded_at=command.now)
        case Kind.EXTENSION:
            return CertificateExtended(**said, extended_at=command.now)
        case Kind.REACTIVATION:
            return CertificateReactivated(**said, reactivated_at=command.now)
        case _:
            assert_never(kind)
