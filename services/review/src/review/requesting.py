"""DESE asks the educator or the district something before it decides. The case waits for the answer."""

from types import MappingProxyType
from uuid import UUID

from lectern.contracts.review import InformationRequested
from lectern.contracts.sealed import District, Sealed, State
from lectern.contracts.values import InformationReason, Inquiry, Kind, Party, Task, Text
from lectern.eventlog.errors import Refused
from lectern.eventlog.streams import Entry
from lectern.rules import RuleSet
from review.case import Case
from review.case import case as case_stream
from review.deliberation import ApprovalWaits, Deliberation, DenialWaits
from review.heard import Application, WorkItem
from review.proposing import taken_on
from review.standing import OfficerCommand, docket, own_rules

OPENS = MappingProxyType(
    {
        InformationReason.YEARS_UNCLEAR: Task.EDUCATION,
        InformationReason.HOURS_MISSING: Task.EDUCATION,
        InformationReason.MENTORING_UNCLEAR: Task.EDUCATION,
        InformationReason.BTA_UNCLEAR: Task.EDUCATION,
        InformationReason.EVALUATION_UNCLEAR: Task.EDUCATION,
        InformationReason.EMPLOYMENT_UNCLEAR: Task.EDUCATION,
        InformationReason.PERSONAL_DETAILS: Task.PERSONAL,
    }
)
"""The task behind what an educator is asked. Conduct was declared once: more about it is said in words."""


class RequestInformation(OfficerCommand):
    request_id: UUID
    reasons: tuple[InformationReason, ...]
    note: Text
    """Plain for the rule; sealed for whom it is asked in the fact."""
    party: Party
    for_educator: Sealed[Inquiry, State] | None = None
    for_district: Sealed[Inquiry, District] | None = None


def possible(rules: RuleSet, kind: Kind, party: Party) -> tuple[InformationReason, ...]:
    """What somebody can be asked about an application of this kind. A district is never asked about conduct."""
    about = {each.value for each in rules.of(kind).returns}
    if party is Party.EDUCATOR:
        about |= {InformationReason.CONDUCT_UNCLEAR.value}
    return tuple(each for each in InformationReason if each.value in about)


def request_information(
    state: Deliberation, of: Case, application: Application, item: WorkItem, command: RequestInformation
) -> list[Entry]:
    """A second click has the same key; whoever comes with another is told that something is asked already."""
    ready = docket(of, application, item, command)
    nothing_proposed(state, command)
    if command.party is Party.DISTRICT and ready.application.district is None:
        raise Refused("No district has a part in this application. Ask the educator.", field="party")
    if not command.reasons:
        raise Refused("Choose at least one thing to ask about", field="reasons")
    if not set(command.reasons) <= set(possible(own_rules(ready), ready.application.kind, command.party)):
        raise Refused("Choose things to ask about from the list", field="reasons")
    if not command.note:
        raise Refused("Write what you need to know", field="note")
    tasks = {OPENS[each] for each in command.reasons if each in OPENS and command.party is Party.EDUCATOR}
    asked = InformationRequested(
        application_id=command.application_id,
        educator_id=ready.case.educator_id,
        submission=command.submission,
        cycle=ready.case.cycle,
        request_id=command.request_id,
        party=command.party,
        tasks=tuple(each for each in Task if each in tasks),
        for_educator=command.for_educator,
        for_district=command.for_district,
        requested_by=command.officer,
        requested_at=command.now,
    )
    return [*taken_on(ready, command), Entry(asked, to=case_stream(command.application_id))]


def nothing_proposed(state: Deliberation, command: OfficerCommand) -> None:
    """Raises Refused while a second person is about to sign: what is asked would come too late."""
    if isinstance(state, ApprovalWaits | DenialWaits) and state.submission == command.submission:
        raise Refused("A decision of this application waits for a second person. Send it back first.")
