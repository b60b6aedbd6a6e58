"""The district attests that the educator meets the criteria, and submits the application to DESE."""

from uuid import UUID

from district_worklog.application import Application
from district_worklog.case import Case
from district_worklog.claiming import OfficerCommand, waiting_for
from district_worklog.evidence import Evidence, at_submission
from district_worklog.recording import OUTDATED, handed_in
from district_worklog.rulings import rulings_of
from district_worklog.work_item import Verified, Waiting, WorkItem, of_district
from lectern.contracts.days import chicago_day
from lectern.contracts.district_worklog import DistrictAnswered, DistrictVerified
from lectern.contracts.sealed import Contact, District, Sealed
from lectern.contracts.values import DistrictEvidence, EstablishedBy, Signature, Text
from lectern.eventlog.errors import Refused
from lectern.rules.judging import unmet_by


class VerifyApplication(OfficerCommand):
    """`evidence` was put together from exactly the records in `seen`, opened and sealed again at the edge."""

    seen: frozenset[UUID]
    evidence: DistrictEvidence
    sealed: Sealed[DistrictEvidence, District]
    attested: bool
    attestation: str
    """The version of the text that was on the page."""
    signature: Sealed[Signature, Contact]
    answer: Text = ""
    """To what DESE asked: plain for the rule, `sealed_answer` for the fact."""
    sealed_answer: Sealed[str, District] | None = None
    signed_answer: Sealed[Signature, Contact] | None = None


def verify(
    item: WorkItem, evidence: Evidence, case: Case, heard: Application, command: VerifyApplication
) -> list[DistrictVerified | DistrictAnswered]:
    """While DESE waits for an answer, it goes with what is attested now."""
    asked = of_district(item, command.district, command.application_id)
    if isinstance(asked, Verified) and asked.submission == command.submission:
        return []  # a second click changes nothing
    waiting = waiting_for(item, case, command)
    gathered = at_submission(evidence, command.submission, command.district)
    if gathered is None or {each.record_id for each in gathered.records.values()} != command.seen:
        raise Refused(OUTDATED, conflict="record")
    terms = handed_in(heard).terms
    rulings = rulings_of(command.evidence, terms, chicago_day(command.now))
    if missing := unmet_by(terms.rules, terms.kind, rulings, EstablishedBy.DISTRICT, terms.route):
        raise Refused("Not every criterion is met yet.", criteria=missing)
    if not command.attested:
        raise Refused("Tick the box to sign.", field="attest")
    return [
        *_answered(waiting, command),
        DistrictVerified(
            application_id=command.application_id,
            educator_id=waiting.educator_id,
            submission=waiting.submission,
            district=waiting.district,
            rulings=rulings,
            evidence=command.sealed,
            attestation=command.attestation,
            verified_by=command.officer,
            signature=command.signature,
            verified_at=command.now,
        ),
    ]


def _answered(waiting: Waiting, command: VerifyApplication) -> list[DistrictAnswered]:
    if waiting.question is None:
        return []
    if not command.answer or command.sealed_answer is None or command.signed_answer is None:
        raise Refused("DESE asked your district something. Write the answer.", field="answer")
    return [
        DistrictAnswered(
            application_id=command.application_id,
            educator_id=waiting.educator_id,
            submission=waiting.submission,
            district=waiting.district,
            request_id=waiting.question,
            answer=command.sealed_answer,
            answered_by=command.officer,
            signature=command.signed_answer,
            answered_at=command.now,
        )
    ]
