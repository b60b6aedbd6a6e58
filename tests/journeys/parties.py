"""What DESE's people ask for, and what the register and the district told before, in the machine's world."""

from typing import Any
from uuid import UUID

from applications_given import APPLICATION, JORDAN, later, sealed

from applications.correcting import CorrectApplication
from applications.supplying import SupplyInformation
from lectern.contracts.days import chicago_day
from lectern.contracts.district_worklog import DistrictContactsChanged
from lectern.contracts.review import StaffContactsChanged
from lectern.contracts.values import DenialReason, InformationReason, Party
from review.approving import Approve
from review.case import case
from review.certificate import certificate
from review.deliberation import deliberation
from review.denying import Deny
from review.heard import application, work_item
from review.holding import PlaceHold, ReleaseHold
from review.proposing import ProposeDenial
from review.requesting import RequestInformation

PRIYA, THEO = UUID(int=11), UUID(int=12)
"""A reviewer and a supervisor."""
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


def decision_refs(certificate_id: object) -> tuple[Any, ...]:
    return (
        case(APPLICATION),
        certificate(certificate_id),
        deliberation(APPLICATION, subject=JORDAN),
        application(APPLICATION),
        work_item(APPLICATION),
    )


def proposal_refs(certificate_id: object) -> tuple[Any, ...]:
    of_case, of_certificate, of_deliberation, *heard = decision_refs(certificate_id)
    return (of_deliberation, of_case, of_certificate, *heard)


def _who(submission: int, officer: UUID) -> dict[str, Any]:
    return {
        "application_id": APPLICATION,
        "submission": submission,
        "officer": officer,
        "officer_is": None,
        "now": DECIDED,
    }


def approving(submission: int) -> Approve:
    return Approve(
        **_who(submission, PRIYA),
        supervisor=False,
        disclosures=0,
        signed=sealed("ApplicationApproved.signed", audience="state"),
        approved_on=chicago_day(DECIDED),
    )


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


def proposing(submission: int) -> ProposeDenial:
    return ProposeDenial(
        **_who(submission, PRIYA),
        proposal_id=PROPOSAL,
        disclosures=0,
        reasons=(DenialReason.OTHER,),
        note=sealed("DenialProposed.note", audience="state"),
    )


def denying(submission: int, officer: UUID) -> Deny:
    return Deny(
        **_who(submission, officer),
        supervisor=officer == THEO,
        proposal_id=PROPOSAL,
        disclosures=0,
        reasons=sealed("ApplicationDenied.reasons", audience="state"),
        note=sealed("ApplicationDenied.note", audience="district"),
        signed=sealed("ApplicationDenied.signed", audience="state"),
    )
