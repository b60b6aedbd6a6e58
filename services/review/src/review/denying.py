"""DESE denies: a supervisor signs what a reviewer proposed, and the case ends. Never by one person alone."""

from typing import assert_never
from uuid import UUID

from pydantic import Field

from lectern.contracts.review import ApplicationDenied
from lectern.contracts.sealed import District, Sealed
from lectern.eventlog.errors import Refused
from lectern.eventlog.streams import Entry
from review.case import Case, Decided
from review.case import case as case_stream
from review.certificate import Certificate
from review.deliberation import ApprovalWaits, Deliberation, DenialWaits, Weighing
from review.heard import Application, WorkItem
from review.proposing import must_have_read, second_person
from review.standing import OfficerCommand, docket, rulings


class Deny(OfficerCommand):
    supervisor: bool
    proposal_id: UUID
    """The proposal that was read, and whose note is sealed again here for the parties."""
    disclosures: int = Field(ge=0)
    note: Sealed[str, District]


def deny(  # noqa: PLR0917 - one state for each stream a decision names
    case: Case,
    certificate: Certificate,
    deliberation: Deliberation,
    application: Application,
    item: WorkItem,
    command: Deny,
) -> list[Entry]:
    if isinstance(case, Decided) and not case.approved and command.officer in case.by:
        return []  # a second click changes nothing
    ready = docket(case, application, item, command)
    match deliberation:
        case DenialWaits() if (
            deliberation.proposal_id == command.proposal_id and deliberation.submission == command.submission
        ):
            second_person(deliberation, command, supervisor=command.supervisor)
            must_have_read(deliberation, command, command.disclosures)
        case Weighing() | ApprovalWaits() | DenialWaits():
            raise Refused("This proposal is no longer open. Look at the case again.")
        case _:
            assert_never(deliberation)
    denied = ApplicationDenied(
        application_id=command.application_id,
        educator_id=ready.case.educator_id,
        submission=command.submission,
        cycle=ready.case.cycle,
        reasons=deliberation.reasons,
        rulings=rulings(ready, certificate),
        note=command.note,
        rules=ready.application.rules,
        denied_by=deliberation.by,
        second=command.officer,
        denied_at=command.now,
    )
    claim = f"decision:{command.application_id}:{ready.case.cycle}"
    return [Entry(denied, to=case_stream(command.application_id), claim=claim)]
