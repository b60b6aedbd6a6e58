"""What DESE's people ask for, and what the register and the district told before, in the machine's world."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from applications_given import APPLICATION, JORDAN, later, sealed

from applications.correcting import CorrectApplication
from applications.reconsidering import AskReconsideration
from applications.supplying import SupplyInformation
from lectern.contracts.days import chicago_day
from lectern.contracts.district_worklog import DistrictContactsChanged
from lectern.contracts.review import StaffContactsChanged
from lectern.contracts.values import CertificateStatus, DenialReason, InformationReason, Party
from lectern.eventlog.streams import several
from review.approving import Approve
from review.case import case
from review.certificate import certificate
from review.closing import CloseIncomplete
from review.comparison import comparison
from review.deliberation import deliberation
from review.denying import Deny
from review.discipline import discipline
from review.disciplining import ConfirmStatus, ProposeStatus
from review.heard import application, work_item
from review.holding import PlaceHold, ReleaseHold
from review.person import person
from review.proposing import ProposeDenial
from review.requesting import RequestInformation
from review.standing import on_record

PRIYA, THEO = UUID(int=11), UUID(int=12)
"""A reviewer and a supervisor."""
INES, ADA = UUID(int=13), UUID(int=14)
"""Another reviewer and another supervisor."""
PROPOSAL = UUID(int=21)
DECIDED = later(days=20)


def contacts_of(district: str) -> DistrictContactsChanged:
    contacts = sealed("DistrictContactsChanged.contacts", district)
    return DistrictContactsChanged(district=district, contacts=contacts, changed_at=later())


def contacts_of_dese() -> StaffContactsChanged:
    return StaffContactsChanged(contacts=sealed("StaffContactsChanged.contacts", "dese"), changed_at=later())


def correction(seen: int) -> CorrectApplication:
    return CorrectApplication(
        application_id=APPLICATION,
        educator_id=JORDAN,
        seen=seen,
        for_district=sealed("ApplicationCorrected.for_district", audience="district"),
        for_state=sealed("ApplicationCorrected.for_state", audience="state"),
        now=later(days=5),
    )


def answer_to_dese(seen: int) -> SupplyInformation:
    return SupplyInformation(
        application_id=APPLICATION,
        educator_id=JORDAN,
        request_id=None,
        seen=seen,
        answer="At Oak Street Elementary.",
        sealed=sealed("InformationSupplied.answer", audience="state"),
        for_district=sealed("InformationSupplied.for_district", audience="district"),
        now=later(days=19),
    )


def asking_again(cycle: int) -> AskReconsideration:
    return AskReconsideration(
        application_id=APPLICATION,
        educator_id=JORDAN,
        cycle=cycle,
        why="The two records are of two schools.",
        sealed=sealed("ReconsiderationRequested.why", audience="state"),
        today=chicago_day(DECIDED),
        now=later(days=21),
    )


def case_refs() -> tuple[Any, ...]:
    """The case, what is weighed, and what is heard of it."""
    return (
        case(APPLICATION),
        deliberation(APPLICATION, subject=JORDAN),
        application(APPLICATION),
        work_item(APPLICATION),
    )


def decision_refs(certificate_id: object) -> tuple[Any, ...]:
    of_case, *others = case_refs()
    return (of_case, *_on_record(certificate_id), *others)


def proposal_refs(certificate_id: object) -> tuple[Any, ...]:
    of_case, of_deliberation, *heard = case_refs()
    return (of_deliberation, of_case, *_on_record(certificate_id), *heard)


def _on_record(certificate_id: object) -> tuple[Any, ...]:
    return certificate(certificate_id), person(JORDAN), comparison(APPLICATION)


def judging(decide: Callable[..., Any], at: int) -> Callable[..., Any]:
    """The rule, with all that stands on record as one of its states."""
    return several(decide, at=at, count=3, into=on_record)


def _who(submission: int, officer: UUID) -> dict[str, Any]:
    return {
        "application_id": APPLICATION,
        "submission": submission,
        "officer": officer,
        "officer_is": None,
        "now": DECIDED,
    }


def approving(submission: int, officer: UUID = PRIYA) -> Approve:
    return Approve(
        **_who(submission, officer),
        supervisor=False,
        disclosures=0,
        signed=sealed("ApplicationApproved.signed", audience="state"),
        approved_on=chicago_day(DECIDED),
    )


def status_refs(certificate_id: object) -> tuple[Any, ...]:
    return discipline(certificate_id, subject=JORDAN), certificate(certificate_id)


def status_proposal(certificate_id: UUID, change_id: UUID, status: CertificateStatus) -> ProposeStatus:
    return ProposeStatus(
        **_on_certificate(certificate_id, PRIYA),
        change_id=change_id,
        status=status,
        effective_on=chicago_day(DECIDED),
        order=sealed("StatusChangeProposed.order", audience="state"),
    )


def status_confirmation(certificate_id: UUID, change_id: UUID) -> ConfirmStatus:
    return ConfirmStatus(
        **_on_certificate(certificate_id, THEO),
        supervisor=True,
        change_id=change_id,
        order=sealed("CertificateStatusChanged.order", audience="state"),
        signed=sealed("CertificateStatusChanged.signed", audience="state"),
    )


def _on_certificate(certificate_id: UUID, officer: UUID) -> dict[str, Any]:
    return {
        "certificate_id": certificate_id,
        "officer": officer,
        "officer_is": None,
        "now": DECIDED,
        "today": chicago_day(DECIDED),
    }


def asking(submission: int, request_id: UUID, party: Party) -> RequestInformation:
    of_educator = party is Party.EDUCATOR
    return RequestInformation(
        **_who(submission, PRIYA),
        request_id=request_id,
        reasons=(InformationReason.YEARS_UNCLEAR,),
        note="Which school was it?",
        party=party,
        for_educator=sealed("InformationRequested.for_educator", audience="state") if of_educator else None,
        for_district=None if of_educator else sealed("InformationRequested.for_district", audience="district"),
    )


def holding(submission: int) -> PlaceHold:
    return PlaceHold(**_who(submission, PRIYA), why="Kansas", sealed=sealed("HoldPlaced.why", audience="state"))


def releasing(submission: int) -> ReleaseHold:
    return ReleaseHold(**_who(submission, THEO), why="Here", sealed=sealed("HoldReleased.why", audience="state"))


def closing(submission: int) -> CloseIncomplete:
    why = sealed("ApplicationClosedIncomplete.why", audience="state")
    return CloseIncomplete(**_who(submission, PRIYA), why="No answer.", sealed=why)


def proposing(submission: int, officer: UUID = PRIYA) -> ProposeDenial:
    return ProposeDenial(
        **_who(submission, officer),
        proposal_id=PROPOSAL,
        disclosures=0,
        reasons=(DenialReason.OTHER,),
        note=sealed("DenialProposed.note", audience="state"),
    )


def denying(submission: int, officer: UUID) -> Deny:
    return Deny(
        **_who(submission, officer),
        supervisor=officer in {THEO, ADA},
        proposal_id=PROPOSAL,
        disclosures=0,
        reasons=sealed("ApplicationDenied.reasons", audience="state"),
        note=sealed("ApplicationDenied.note", audience="district"),
        signed=sealed("ApplicationDenied.signed", audience="state"),
    )
