"""The district does not answer for this educator: the application goes back to be sent to the right district."""

from types import MappingProxyType

from district_worklog.case import Case
from district_worklog.claiming import OfficerCommand, waiting_for
from district_worklog.work_item import WorkItem
from lectern.contracts.district_worklog import DistrictDeclined
from lectern.contracts.sealed import Contact, District, Sealed
from lectern.contracts.values import DeclineReason, Signature, Text
from lectern.eventlog.errors import Refused

REASONS = MappingProxyType(
    {
        DeclineReason.NOT_EMPLOYED: "Not our employee",
        DeclineReason.NO_LONGER_EMPLOYED: "No longer works here",
        DeclineReason.NOT_A_TEACHER: "Works here, but not as a teacher",
        DeclineReason.OTHER: "Something else",
    }
)
"""What people at a district can choose. That a district has closed is said by nobody there."""
WORDS = MappingProxyType({**REASONS, DeclineReason.DISTRICT_CLOSED: "The district has closed"})


class DeclineApplication(OfficerCommand):
    """`note` is plain for the rule and sealed for the fact."""

    reason: DeclineReason | None
    note: Text
    sealed_note: Sealed[str, District] | None
    """None where nothing was written."""
    signature: Sealed[Signature, Contact]


def decline(item: WorkItem, case: Case, command: DeclineApplication) -> list[DistrictDeclined]:
    """A second click has the same key; whoever comes with another is told, for what they wrote would be lost."""
    waiting = waiting_for(item, case, command)
    if waiting.question is not None:
        raise Refused("Your district verified this application before, and DESE asked something about it. Answer that.")
    for field, words in wrong(command.reason, command.note).items():
        raise Refused(words, field=field)
    assert command.reason is not None  # noqa: S101 - wrong() says what is missing
    return [
        DistrictDeclined(
            application_id=command.application_id,
            educator_id=waiting.educator_id,
            submission=waiting.submission,
            district=waiting.district,
            reason=command.reason,
            note=command.sealed_note,
            declined_by=command.officer,
            signature=command.signature,
            declined_at=command.now,
        )
    ]


def wrong(reason: DeclineReason | None, note: str) -> dict[str | None, str]:
    """By field, what keeps it from being declined; said before the preview and by the rule."""
    if reason not in REASONS:
        return {"reason": "Choose why your district does not answer for this educator."}
    if reason is DeclineReason.OTHER and not note:
        return {"note": "You chose “Something else”. Say in the note what it is."}
    return {}
