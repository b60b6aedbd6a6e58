"""The district needs something from the educator: the application goes back, under the same reference."""

from types import MappingProxyType

from district_worklog.application import Application
from district_worklog.case import Case
from district_worklog.claiming import OfficerCommand, waiting_for
from district_worklog.recording import handed_in
from district_worklog.work_item import WorkItem
from lectern.contracts.district_worklog import DistrictReturned
from lectern.contracts.sealed import Contact, District, Sealed
from lectern.contracts.values import ReturnReason, Signature, Text
from lectern.eventlog.errors import Refused

REASONS = MappingProxyType(
    {
        ReturnReason.YEARS_UNCLEAR: "The years of teaching are not clear",
        ReturnReason.HOURS_MISSING: "Contact hours of professional development are missing",
        ReturnReason.MENTORING_UNCLEAR: "The mentoring is not clear",
        ReturnReason.BTA_UNCLEAR: "The Beginning Teacher Assistance program is not clear",
        ReturnReason.EVALUATION_UNCLEAR: "The evaluation is not clear",
        ReturnReason.EMPLOYMENT_UNCLEAR: "The teaching position held now is not clear",
        ReturnReason.PERSONAL_DETAILS: "Personal details do not match our records",
        ReturnReason.OTHER: "Something else",
    }
)
"""What each reason says on the district's page and in the educator's email."""


class ReturnToEducator(OfficerCommand):
    """`note` is plain for the rule and sealed for the fact."""

    reasons: tuple[ReturnReason, ...]
    note: Text
    sealed_note: Sealed[str, District]
    signature: Sealed[Signature, Contact]


def return_to_educator(
    item: WorkItem, case: Case, heard: Application, command: ReturnToEducator
) -> list[DistrictReturned]:
    """A second click has the same key; whoever comes with another is told, for what they wrote would be lost."""
    waiting = waiting_for(item, case, command)
    if not command.reasons:
        raise Refused("Choose at least one reason.", field="reasons")
    terms = handed_in(heard).terms
    if not set(command.reasons) <= set(terms.rules.of(terms.kind).returns):
        raise Refused("Choose reasons that this application can be returned for.", field="reasons")
    if ReturnReason.OTHER in command.reasons and not command.note:
        raise Refused("You chose “Something else”. Say in the note what is needed.", field="note")
    return [
        DistrictReturned(
            application_id=command.application_id,
            educator_id=waiting.educator_id,
            submission=waiting.submission,
            district=waiting.district,
            reasons=tuple(each for each in ReturnReason if each in command.reasons),
            note=command.sealed_note,
            returned_by=command.officer,
            signature=command.signature,
            returned_at=command.now,
        )
    ]
