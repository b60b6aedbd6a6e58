"""DESE denies: a supervisor signs what a reviewer proposed, and the case ends. Never by one person alone."""

from typing import assert_never
from uuid import UUID

from pydantic import Field

from lectern.contracts.review import ApplicationDenied
from lectern.contracts.sealed import District, Sealed, State
from lectern.contracts.values import DenialReason, Signers
from lectern.eventlog.errors import Refused
from lectern.eventlog.streams import Entry
from lectern.rules.sight import visible
from review.case import Case, Undecided
from review.case import case as case_stream
from review.deliberation import ApprovalWaits, DecisionSigned, Deliberation, DenialWaits, Signed, Weighing
from review.deliberation import deliberation as deliberation_stream
from review.heard import Application, WorkItem
from review.proposing import must_have_read, second_person
from review.standing import OfficerCommand, OnRecord, Opened, docket, rulings


class Deny(OfficerCommand):
    supervisor: bool
    proposal_id: UUID
    """The proposal that was read. Its reasons and note, and who signs, are sealed again here for those they are for."""
    disclosures: int = Field(ge=0)
    reasons: Sealed[tuple[DenialReason, ...], State]
    note: Sealed[str, District]
    signed: Sealed[Signers, State]
    opened: Opened = Opened()


def deny(  # noqa: PLR0917 - one state for each stream a decision names
    case: Case,
    record: OnRecord,
    deliberation: Deliberation,
    application: Application,
    item: WorkItem,
    command: Deny,
) -> list[Entry]:
    signed = isinstance(deliberation, Signed) and not deliberation.approved and command.officer in deliberation.by
    if signed and not isinstance(case, Undecided):
        return []  # a second click changes nothing
    ready = docket(case, application, item, command)
    match deliberation:
        case DenialWaits() if (
            deliberation.proposal_id == command.proposal_id and deliberation.submission == command.submission
        ):
            second_person(deliberation, command, supervisor=command.supervisor)
            must_have_read(deliberation, command, command.disclosures)
        case Weighing() | ApprovalWaits() | DenialWaits() | Signed():
            raise Refused("This proposal is no longer open. Look at the case again.")
        case _:
            assert_never(deliberation)
    denied = ApplicationDenied(
        application_id=command.application_id,
        educator_id=ready.case.educator_id,
        submission=command.submission,
        cycle=ready.case.cycle,
        reasons=command.reasons,
        rulings=visible(rulings(ready, record, command.opened), "district"),
        note=command.note,
        rules=ready.application.rules,
        signed=command.signed,
        denied_at=command.now,
    )
    signing = DecisionSigned(
        application_id=command.application_id,
        by=command.officer,
        at=command.now,
        submission=command.submission,
        approved=False,
        first=deliberation.by,
        second=command.officer,
        reasons=deliberation.reasons,
    )
    claim = f"decision:{command.application_id}:{ready.case.cycle}"
    return [
        Entry(signing, to=deliberation_stream(command.application_id)),
        Entry(denied, to=case_stream(command.application_id), claim=claim),
    ]
