"""The educator chose the wrong district, and the district that was asked knows the right one: it passes it on."""

from datetime import date

from district_worklog.case import Case
from district_worklog.claiming import OfficerCommand, waiting_for
from district_worklog.district import Closed, District, Unlisted
from district_worklog.work_item import WorkItem
from lectern.contracts.district_worklog import VerificationReassigned
from lectern.contracts.sealed import Contact, Sealed
from lectern.contracts.values import DistrictCode, Signature
from lectern.eventlog.errors import Refused


class PassOn(OfficerCommand):
    to: DistrictCode
    signature: Sealed[Signature, Contact]
    today: date


def pass_on(item: WorkItem, case: Case, place: District, command: PassOn) -> list[VerificationReassigned]:
    """`place`: the district it is to go to."""
    waiting = waiting_for(item, case, command)
    if waiting.question is not None:
        raise Refused("Your district verified this application before, and DESE asked something about it. Answer that.")
    if command.to == waiting.district:
        raise Refused("This application is with your district already. Choose another one.", field="district")
    if isinstance(place, Unlisted) or (isinstance(place, Closed) and place.closed_on <= command.today):
        raise Refused(
            "That district isn’t on the state’s list, or is closed. Search for the one that employs the educator.",
            field="district",
        )
    return [
        VerificationReassigned(
            application_id=command.application_id,
            educator_id=waiting.educator_id,
            submission=waiting.submission,
            district=waiting.district,
            to=command.to,
            reassigned_by=command.officer,
            signature=command.signature,
            reassigned_at=command.now,
        )
    ]
