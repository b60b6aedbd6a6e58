"""Somebody at the district opens an application and has it. Colleagues may go on with it; the first one is named."""

from typing import assert_never

from pydantic import AwareDatetime

from district_worklog.case import Case, Closed, Ended, Undecided, Withdrawn
from district_worklog.work_item import (
    Declined,
    PassedOn,
    Returned,
    Verified,
    Waiting,
    WorkItem,
    WorkItemFact,
    about,
    of_district,
)
from lectern.contracts.district_worklog import VerificationClaimed
from lectern.contracts.sealed import Contact, Sealed
from lectern.contracts.values import ApplicationId, DeclineReason, DistrictCode, OfficerId, Signature
from lectern.eventlog.errors import Refused
from lectern.eventlog.streams import Command


class OfficerCommand(Command):
    """What an officer of a district does to one handing-in of an application."""

    application_id: ApplicationId
    district: DistrictCode
    submission: int
    officer: OfficerId
    now: AwareDatetime


class ClaimItem(OfficerCommand):
    signature: Sealed[Signature, Contact]


def claim(item: WorkItem, case: Case, command: ClaimItem) -> list[WorkItemFact]:
    waiting = waiting_for(item, case, command)
    return [] if waiting.claimed_by else [claimed(waiting, command, command.signature)]


def claimed(waiting: Waiting, command: OfficerCommand, signature: Sealed[Signature, Contact]) -> VerificationClaimed:
    """`signature` is sealed for this very fact."""
    return VerificationClaimed(
        application_id=command.application_id,
        educator_id=waiting.educator_id,
        submission=waiting.submission,
        district=waiting.district,
        claimed_by=command.officer,
        signature=signature,
        claimed_at=command.now,
    )


def waiting_for(item: WorkItem, case: Case, command: OfficerCommand) -> Waiting:
    """The item, if this district is to answer to this handing-in now. Raises NotFound, or Refused with what to do."""
    asked = of_district(item, command.district, command.application_id)
    undecided(case)
    about(asked, command.submission)
    match asked:
        case Waiting():
            return asked
        case Returned():
            raise Refused(
                "Your district returned this application to the educator. It is back here when it is handed in again.",
                conflict="returned",
            )
        case Verified():
            raise Refused("This application was already sent to DESE. Nothing more is needed.", conflict="sent")
        case Declined(reason=DeclineReason.DISTRICT_CLOSED):
            raise Refused(
                "Your district has closed, so this application went back to the educator, who names another district.",
                conflict="declined",
            )
        case Declined():
            raise Refused(
                "Your district declined this application. The educator was asked to name another district.",
                conflict="declined",
            )
        case PassedOn():
            raise Refused(
                "Your district passed this application on to another one. Nothing more is needed.", conflict="passed-on"
            )
        case _:
            assert_never(asked)


def undecided(case: Case) -> None:
    match case:
        case Undecided():
            return
        case Ended():
            raise Refused("DESE has decided on this application. Nothing more is needed.", conflict="ended")
        case Withdrawn():
            raise Refused("The educator withdrew this application. Nothing more is needed.", conflict="ended")
        case Closed():
            raise Refused("DESE closed this application as incomplete. Nothing more is needed.", conflict="ended")
        case _:
            assert_never(case)
