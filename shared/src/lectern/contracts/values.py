"""The values facts are made of. Legal days are Chicago dates; instants are aware and in UTC; money is integer cents."""

from datetime import date
from enum import StrEnum
from typing import Annotated, NewType
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

PersonId = NewType("PersonId", UUID)
"""A person in the register, for ever. Not the state's Educator ID, which is personal data."""
AccountId = NewType("AccountId", UUID)
ApplicationId = NewType("ApplicationId", UUID)
CertificateId = NewType("CertificateId", UUID)
PaymentId = NewType("PaymentId", UUID)
NoticeId = NewType("NoticeId", UUID)
OfficerId = NewType("OfficerId", UUID)
"""A member of staff of a district or of DESE."""

DistrictCode = Annotated[str, StringConstraints(pattern=r"^\d{3}-\d{3}$")]
"""Six-digit county-district code such as 048-078."""
Reference = Annotated[str, StringConstraints(pattern=r"^LEC-\d{4}-\d{6}-\d$")]
"""What people read aloud: LEC-2026-000123-7, the last digit checks the others."""
Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=4000)]
Cents = Annotated[int, Field(ge=0, le=10_000_000)]
"""US dollars in integer cents."""


class Value(BaseModel):
    """A part of a fact. Frozen; readers ignore what they do not know yet."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Kind(StrEnum):
    """The three applications of the state's instructions."""

    UPGRADE = "upgrade"
    EXTENSION = "extension"
    REACTIVATION = "reactivation"


class Route(StrEnum):
    """The two ways to reactivate a certificate; one is enough."""

    COURSE = "course"
    EMPLOYMENT = "employment"


class CertificateKind(StrEnum):
    IPC = "IPC"
    CCPC = "CCPC"


class CertificateStatus(StrEnum):
    """As recorded by the state. Whether an active certificate has run out is a matter of the day one asks for."""

    ACTIVE = "active"
    EXPIRED = "expired"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    SURRENDERED = "surrendered"

    @property
    def taken(self) -> bool:
        """Whether it stops every issue, extension and reactivation."""
        return self not in {CertificateStatus.ACTIVE, CertificateStatus.EXPIRED}


class Verdict(StrEnum):
    MET = "met"
    NOT_MET = "not met"
    UNKNOWN = "not yet known"


class EstablishedBy(StrEnum):
    SYSTEM = "system"
    DISTRICT = "district"
    DESE = "dese"


class Ruling(Value):
    """A criterion's result: the verdict, the facts it rests on, and what is missing ("26 of 30 contact hours")."""

    criterion: str
    verdict: Verdict
    rests_on: tuple[str, ...] = ()
    shortfall: str | None = None


class PaymentMethod(StrEnum):
    CARD = "card"
    ECHECK = "echeck"


class Task(StrEnum):
    """The tasks of an application, in the order of the state's instructions. A rule set says which a kind has."""

    PERSONAL = "personal"
    EDUCATION = "education"
    CONDUCT = "conduct"
    PURPOSE = "purpose"
    CERTIFICATES = "certificates"
    COURSE = "course"
    PAYMENT = "payment"
    RELEASE = "release"
    DISTRICT = "district"


class ClearanceWord(StrEnum):
    """Whether a background clearance that counts was on file. Equally long, so that a sealed one does not tell."""

    ON_FILE = "on-file"
    MISSING = "missing"


class ReturnReason(StrEnum):
    """Why a district returns an application; each names the task that answers it."""

    YEARS_UNCLEAR = "years-unclear"
    HOURS_MISSING = "hours-missing"
    MENTORING_UNCLEAR = "mentoring-unclear"
    BTA_UNCLEAR = "bta-unclear"
    EVALUATION_UNCLEAR = "evaluation-unclear"
    EMPLOYMENT_UNCLEAR = "employment-unclear"
    PERSONAL_DETAILS = "personal-details"
    OTHER = "other"


class Party(StrEnum):
    """Whom DESE asks for information before it decides."""

    EDUCATOR = "educator"
    DISTRICT = "district"


class InformationReason(StrEnum):
    """What DESE asks about. Of an educator each opens the task it belongs to; some are answered in words alone."""

    YEARS_UNCLEAR = "years-unclear"
    HOURS_MISSING = "hours-missing"
    MENTORING_UNCLEAR = "mentoring-unclear"
    BTA_UNCLEAR = "bta-unclear"
    EVALUATION_UNCLEAR = "evaluation-unclear"
    EMPLOYMENT_UNCLEAR = "employment-unclear"
    PERSONAL_DETAILS = "personal-details"
    CONDUCT_UNCLEAR = "conduct-unclear"
    """Only an educator is asked about it."""
    OTHER = "other"


class DeclineReason(StrEnum):
    """Why a district does not answer for an educator. What the educator reported may be right all the same."""

    NOT_EMPLOYED = "not-employed"
    NO_LONGER_EMPLOYED = "no-longer-employed"
    NOT_A_TEACHER = "not-a-teacher"
    DISTRICT_CLOSED = "district-closed"
    """Said by nobody: the district no longer verifies."""
    OTHER = "other"


class EmployerChange(StrEnum):
    """Why an application goes to another district."""

    NAMED_WRONG = "named-wrong"
    """Its educator noticed."""
    DECLINED = "declined"
    """The district that was named had declined."""
    PASSED_ON = "passed-on"
    """The district that was named knew which one it is."""


class DenialReason(StrEnum):
    CRITERIA_NOT_MET = "criteria-not-met"
    CERTIFICATE_NOT_ACTIVE = "certificate-not-active"
    CONDUCT = "conduct"
    EVIDENCE_NOT_RELIABLE = "evidence-not-reliable"
    OTHER = "other"


class Inquiry(Value):
    """What DESE asks, and in which words. Sealed for whom it asks."""

    reasons: tuple[InformationReason, ...]
    note: Text


# ── sealed for `contact`: all four services


class PersonName(Value):
    first: str = Field(min_length=1, max_length=100)
    last: str = Field(min_length=1, max_length=100)

    def __str__(self) -> str:
        return f"{self.first} {self.last}"


class ContactDetails(Value):
    name: PersonName
    email: str = Field(max_length=254)
    phone: str | None = Field(default=None, max_length=40)


class Signature(Value):
    """Who signed, as shown to the parties."""

    name: str = Field(max_length=200)
    title: str = Field(max_length=200)


class StaffContact(Value):
    officer_id: OfficerId
    name: str
    email: str
    role: str


# ── sealed for `district`: applications, district-worklog, review


class Degree(Value):
    institution: str = Field(max_length=200)
    degree: str = Field(max_length=100)
    year: int = Field(ge=1940, le=2100)


class YearTaught(Value):
    """One row of the years table. A school year runs from 1 July to 30 June and is named by the year it starts in."""

    school_year: int = Field(ge=1960, le=2100)
    employer: str = Field(min_length=1, max_length=200)
    position: str = Field(min_length=1, max_length=200)
    fte_hundredths: int = Field(ge=1, le=200)
    """Full-time equivalent in hundredths: 50 = half time."""
    share_hundredths: int = Field(ge=0, le=100)
    """Share of the school year taught, in hundredths."""
    teaching: bool = True
    """False for substitute and aide time, which does not count."""


class EducatorReport(Value):
    """What the educator reports; nothing of it is established until the district or DESE says so."""

    degrees: tuple[Degree, ...] = ()
    years: tuple[YearTaught, ...] = ()
    development_quarter_hours: int | None = Field(default=None, ge=0, le=40_000)
    """Contact hours of professional development in quarter hours: 120 = 30 hours."""
    development_note: Text = ""
    mentoring_school_years: int | None = Field(default=None, ge=0, le=40)
    mentoring_note: Text = ""
    bta_completed_on: date | None = None
    bta_provider: str = Field(default="", max_length=200)
    evaluation_note: Text = ""


class Establishment(Value):
    """A district's yes or no to one criterion, with what it checked; on no, the reason."""

    criterion: str
    met: bool
    checked: Text = ""


class TeachingNow(Value):
    """The teaching position somebody has at the district."""

    since: date | None = None
    """Its first day."""
    position: str = Field(default="", max_length=200)
    fte_hundredths: int | None = Field(default=None, ge=1, le=200)


class DistrictEvidence(Value):
    """What the district recorded for its criteria."""

    years: tuple[YearTaught, ...] = ()
    development_quarter_hours: int | None = Field(default=None, ge=0, le=40_000)
    plan_approved: bool | None = None
    mentoring_school_years: int | None = Field(default=None, ge=0, le=40)
    bta_completed_on: date | None = None
    bta_provider: str = Field(default="", max_length=200)
    teaching_now: TeachingNow | None = None
    established: tuple[Establishment, ...] = ()


# ── sealed for `state`: applications and review


class ConductAnswer(Value):
    question: str
    yes: bool
    explanation: Text = ""


class StatusOrder(Value):
    """By what a certificate's status changes, and why."""

    reference: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
    why: Text


class Signers(Value):
    """Who at DESE signed a decision. `second` is there for every denial and where a conduct disclosure asks for it."""

    by: OfficerId
    second: OfficerId | None = None


class ConductAnswers(Value):
    """All professional conduct answers, with the version of the wording they answer."""

    wording: str
    answers: tuple[ConductAnswer, ...]


class CourseTaken(Value):
    """The college course somebody reports for a reactivation; DESE compares it with the official transcript."""

    college: str = Field(min_length=1, max_length=200)
    title: str = Field(min_length=1, max_length=200)
    semester_hundredths: int = Field(ge=1, le=10_000)
    """Semester hours in hundredths: 300 = 3 hours."""
    completed_on: date
    graduate: bool
    relevance: Text
    """How it helps the educator grow, in the educator's words."""


class CourseSeen(Value):
    """What DESE read in the official transcript. `shown`: the course stands there; else the rest is None."""

    shown: bool
    completed_on: date | None = None
    semester_hundredths: int | None = Field(default=None, ge=0, le=10_000)
    posted: bool | None = None
    """With a grade, before the day of submission."""
    relevant: bool | None = None
    repeat: bool | None = None
