"""What tests are given: Jordan Avery, an account, a certificate that ends in January, a district, an upgrade draft."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID, uuid5

from applications.account import Account, AccountOpened, RecordClaimed, account
from applications.application import Application, application
from applications.applying import Applying, ApplyingBegan, applying
from applications.certificate import Certificate, certificate
from applications.district import District, district
from applications.draft import Answers, Draft, Open, draft
from applications.draft_facts import (
    ConductAnswered,
    DistrictChosen,
    DraftAsked,
    DraftReturned,
    DraftStarted,
    DraftSubmitted,
    EducationReported,
    PaymentMethodChosen,
    PersonalReviewed,
    PurposeStated,
    ReleaseAccepted,
)
from applications.educator import Educator, educator
from applications.payment import NoPayment
from applications.person import Person, person
from applications.submitting import SubmitApplication, submit
from lectern.contracts.applications import ApplicationSubmitted, EducatorLinked, EducatorRegistered
from lectern.contracts.district_worklog import DistrictClosed, DistrictListed
from lectern.contracts.facts import Fact
from lectern.contracts.review import CertificateRecorded, CertificateStatusChanged, PersonRecorded
from lectern.contracts.sealed import Sealed
from lectern.contracts.values import (
    AccountId,
    ApplicationId,
    CertificateId,
    CertificateKind,
    CertificateStatus,
    Kind,
    PaymentId,
    PaymentMethod,
    PersonId,
    ReturnReason,
    Task,
)
from lectern.eventlog.deciding import fold
from lectern.eventlog.streams import Entry, Noun
from lectern.rules import RULES
from lectern.rules.wording import CONDUCT_QUESTIONS, CONDUCT_WORDING, PURPOSE, RELEASE

NOW = datetime(2026, 11, 24, 15, 30, tzinfo=UTC)
TODAY = date(2026, 11, 24)
JORDAN = PersonId(UUID("019e0000-0000-7000-8000-000000000001"))
MORGAN = PersonId(UUID("019e0000-0000-7000-8000-000000000002"))
ACCOUNT = AccountId(UUID("019e0000-0000-7000-8000-000000000003"))
OTHER_ACCOUNT = AccountId(UUID("019e0000-0000-7000-8000-000000000004"))
APPLICATION = ApplicationId(UUID("019e0000-0000-7000-8000-000000000005"))
OTHER_APPLICATION = ApplicationId(UUID("019e0000-0000-7000-8000-000000000006"))
CERTIFICATE = CertificateId(UUID("019e0000-0000-7000-8000-000000000007"))
PAYMENT = PaymentId(UUID("019e0000-0000-7000-8000-000000000008"))
QUESTION = UUID("019e0000-0000-7000-8000-000000000009")
DISTRICT = "048-077"
REFERENCE = "LEC-2026-000412-6"
TOKEN = "f00d" * 16
EXPIRES = date(2027, 1, 15)
FEE = 2500

S = TypeVar("S")


def later(seconds: float = 0, *, days: int = 0) -> datetime:
    return NOW + timedelta(days=days, seconds=seconds)


def sealed(origin: str, subject: object = JORDAN, audience: str = "contact") -> Sealed[Any, Any]:
    """What a sealed value looks like; nobody opens it here."""
    key = uuid5(UUID(int=0), f"{subject}|{audience}")
    return Sealed[Any, Any](subject=str(subject), audience=audience, key=key, origin=origin, sealed="AAAA")


def after(noun: Noun[S], *facts: Fact) -> S:
    """The state of a stream that holds these facts."""
    return fold(noun, facts)


def told(decided: Iterable[Fact | Entry]) -> list[str]:
    """The types of decided facts, in order."""
    return [(each.fact if isinstance(each, Entry) else each).type for each in decided]


def only(decided: Iterable[Fact | Entry], kind: type[S]) -> S:
    """The one fact of that type."""
    facts = [each.fact if isinstance(each, Entry) else each for each in decided]
    [found] = [each for each in facts if isinstance(each, kind)]
    return found


# ── accounts and persons


def opened() -> AccountOpened:
    return AccountOpened(account_id=ACCOUNT, contact=sealed("AccountOpened.contact", ACCOUNT), opened_at=NOW)


def unclaimed() -> Account:
    return after(account, opened())


def claimed(by: PersonId = JORDAN) -> Account:
    return after(account, opened(), RecordClaimed(account_id=ACCOUNT, person_id=by, claimed_at=NOW))


def recorded_person(token: str = TOKEN, person_id: PersonId = JORDAN) -> PersonRecorded:
    return PersonRecorded(
        person_id=person_id,
        match_token=token,
        name=sealed("PersonRecorded.name", person_id),
        educator_number=sealed("PersonRecorded.educator_number", person_id),
        birth_date=sealed("PersonRecorded.birth_date", person_id, "state"),
        recorded_at=NOW,
    )


def known(token: str = TOKEN) -> Person:
    return after(person, recorded_person(token))


def registered_facts() -> tuple[EducatorRegistered, EducatorLinked]:
    return (
        EducatorRegistered(educator_id=JORDAN, contact=sealed("EducatorRegistered.contact"), registered_at=NOW),
        EducatorLinked(educator_id=JORDAN, account_id=ACCOUNT, linked_at=NOW),
    )


def registered() -> Educator:
    return after(educator, *registered_facts())


# ── certificates and districts


def recorded_certificate(
    *,
    kind: CertificateKind = CertificateKind.IPC,
    expires_on: date = EXPIRES,
    status: CertificateStatus = CertificateStatus.ACTIVE,
    holder: PersonId = JORDAN,
) -> CertificateRecorded:
    return CertificateRecorded(
        certificate_id=CERTIFICATE,
        person_id=holder,
        kind=kind,
        areas=("Elementary Education, grades 1 to 6",),
        issued_on=date(2023, 1, 15),
        expires_on=expires_on,
        status=status,
        recorded_at=datetime(2026, 1, 5, 12, tzinfo=UTC),
    )


def status_changed(status: CertificateStatus) -> CertificateStatusChanged:
    return CertificateStatusChanged(
        certificate_id=CERTIFICATE,
        person_id=JORDAN,
        change_id=APPLICATION,
        status=status,
        effective_on=date(2026, 11, 20),
        expires_on=EXPIRES,
        order=sealed("CertificateStatusChanged.order", JORDAN, "state"),
        signed=sealed("CertificateStatusChanged.signed", JORDAN, "state"),
        changed_at=NOW,
    )


def held(**changes: Any) -> Certificate:
    return after(certificate, recorded_certificate(**changes))


def listed_fact() -> DistrictListed:
    return DistrictListed(district=DISTRICT, name="INDEPENDENCE 30", county="JACKSON", listed_at=NOW)


def listed() -> District:
    return after(district, listed_fact())


def closed(on: date = TODAY) -> District:
    return after(district, listed_fact(), DistrictClosed(district=DISTRICT, closed_on=on, closed_at=NOW))


# ── drafts


def started() -> DraftStarted:
    return DraftStarted(
        application_id=APPLICATION,
        educator_id=JORDAN,
        kind=Kind.UPGRADE,
        certificate_id=CERTIFICATE,
        saved_at=NOW,
    )


def began() -> ApplyingBegan:
    return ApplyingBegan(
        educator_id=JORDAN,
        application_id=APPLICATION,
        kind=Kind.UPGRADE,
        certificate_id=CERTIFICATE,
        began_at=NOW,
    )


def reported(*, complete: bool = True) -> EducationReported:
    report = sealed("EducationReported.report", audience="district")
    return EducationReported(application_id=APPLICATION, report=report, complete=complete, saved_at=NOW)


def conduct(question: str) -> ConductAnswered:
    return ConductAnswered(
        application_id=APPLICATION,
        wording=CONDUCT_WORDING,
        question=question,
        answer=sealed("ConductAnswered.answer", audience="state"),
        saved_at=NOW,
    )


def all_answered() -> tuple[Fact, ...]:
    """Every page of the draft, saved once."""
    about: dict[str, Any] = {"application_id": APPLICATION, "saved_at": NOW}
    return (
        started(),
        PersonalReviewed(**about),
        reported(),
        *(conduct(each.id) for each in CONDUCT_QUESTIONS),
        PurposeStated(**about, purpose=PURPOSE),
        PaymentMethodChosen(**about, method=PaymentMethod.CARD),
        ReleaseAccepted(**about, release=RELEASE.version),
        DistrictChosen(**about, district=DISTRICT),
    )


def fresh() -> Draft:
    return after(draft, started())


def complete(*without: type[Fact]) -> Draft:
    return after(draft, *(each for each in all_answered() if not isinstance(each, without)))


def answers_of(state: Draft) -> Answers:
    assert isinstance(state, Open)
    return state.answers


SAVES = len(all_answered()) - 1


def submission(**changes: Any) -> SubmitApplication:
    command = SubmitApplication(
        application_id=APPLICATION,
        educator_id=JORDAN,
        seen=SAVES,
        reference=REFERENCE,
        payment_id=PAYMENT,
        fee=FEE,
        for_district=sealed("ApplicationSubmitted.for_district", audience="district"),
        for_state=sealed("ApplicationSubmitted.for_state", audience="state"),
        rules=RULES,
        today=TODAY,
        now=NOW,
    )
    return command.model_copy(update=changes)


def nothing_submitted() -> Application:
    return application.initial


def nothing_live() -> Applying:
    return applying.initial


def submit_complete(**changes: Any) -> list[Any]:
    return list(submit(complete(), nothing_submitted(), [held()], listed(), NoPayment(), submission(**changes)))


def awaiting_facts() -> tuple[Fact, ...]:
    """A draft whose payment is on its way."""
    decided = submit_complete()
    return (*all_answered(), next(each for each in decided if not isinstance(each, Entry)))


def awaiting() -> Draft:
    return after(draft, *awaiting_facts())


def handed_in_fact(**changes: Any) -> ApplicationSubmitted:
    fact = only(submit_complete(fee=0), ApplicationSubmitted)
    return fact.model_copy(update=changes)


def handed_in() -> Application:
    return after(application, handed_in_fact())


def submitted_facts() -> tuple[Fact, ...]:
    done = DraftSubmitted(application_id=APPLICATION, reference=REFERENCE, submission=1, saved_at=NOW)
    return (*all_answered(), done)


def submitted() -> Draft:
    return after(draft, *submitted_facts())


def asked_facts(*tasks: Task) -> tuple[Fact, ...]:
    """DESE asks something: these tasks are open again."""
    asked = DraftAsked(
        application_id=APPLICATION, submission=1, request_id=QUESTION, tasks=tasks, saved_at=later(days=20)
    )
    return (*submitted_facts(), asked)


def asked(*tasks: Task) -> Draft:
    return after(draft, *asked_facts(*tasks))


def returned_facts(*reasons: ReturnReason) -> tuple[Fact, ...]:
    asked = reasons or (ReturnReason.HOURS_MISSING,)
    return (
        *submitted_facts(),
        DraftReturned(application_id=APPLICATION, submission=1, reasons=asked, saved_at=later(days=3)),
    )


def returned(*reasons: ReturnReason) -> Draft:
    return after(draft, *returned_facts(*reasons))
