"""A notice: what somebody is told by mail of an application's step or a day to come, asked for once, settled once."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Literal, TypeAlias, assert_never

from pydantic import AwareDatetime

from lectern.contracts.facts import PrivateFact
from lectern.contracts.notifications import NoticeFailed, NoticeSent, NoticeUncertain
from lectern.contracts.sealed import Contact, Sealed
from lectern.contracts.values import (
    ApplicationId,
    CertificateId,
    DistrictCode,
    Kind,
    NoticeId,
    OfficerId,
    PersonId,
    Reference,
    Value,
)
from lectern.eventlog.streams import Noun


class To(StrEnum):
    EDUCATOR = "educator"
    DISTRICT = "district"
    """All contacts of the district the application named."""
    ADMINISTRATORS = "district-administrators"
    """Those of them who are its administrators; where none is named, all of them."""
    DESE = "dese"
    """All contacts of DESE."""
    REVIEWER = "reviewer"
    """Who has the case at DESE; where nobody has it, all contacts of DESE."""
    SUPERVISORS = "supervisors"
    """Those of DESE's contacts who are supervisors; where none is named, all of them."""


@dataclass(frozen=True)
class Notice:
    """One of the state's notices, with the version of the template it is made from now."""

    name: str
    to: To
    template: str


SUBMITTED = Notice("submitted", To.EDUCATOR, "submitted-4")
"""Also says that a new background check is needed, where that is so: nothing but the sealed letter does."""
RECEIVED = Notice("received", To.EDUCATOR, "received-2")
RETURNED = Notice("returned", To.EDUCATOR, "returned-3")
DECLINED = Notice("declined", To.EDUCATOR, "declined-2")
MOVED = Notice("moved", To.EDUCATOR, "moved-1")
"""Another district has it now."""
SENT_TO_DESE = Notice("sent-to-dese", To.EDUCATOR, "sent-to-dese-3")
APPROVED = Notice("decided", To.EDUCATOR, "approved-3")
DENIED = Notice("decided", To.EDUCATOR, "denied-3")
RECONSIDERATION = Notice("reconsideration", To.EDUCATOR, "reconsideration-1")
"""DESE has it again, and decides anew."""
RECONSIDERATION_READY = Notice("application-ready", To.DESE, "reconsideration-ready-1")
WITHDRAWN = Notice("withdrawn", To.EDUCATOR, "withdrawn-1")
INFORMATION_REQUESTED = Notice("information-requested", To.EDUCATOR, "information-requested-1")
DISTRICT_ASKED = Notice("information-requested", To.DISTRICT, "district-asked-1")
CLOSED = Notice("closed-incomplete", To.EDUCATOR, "closed-incomplete-1")
NEW_ITEM = Notice("new-item", To.DISTRICT, "new-item-3")
EXPIRING = Notice("expiring", To.EDUCATOR, "expiring-1")
CERTIFICATE_TAKEN = Notice("certificate-status", To.EDUCATOR, "certificate-taken-1")
CERTIFICATE_REINSTATED = Notice("certificate-status", To.EDUCATOR, "certificate-reinstated-1")
# these are about a certificate, and about no application
DIGEST = Notice("digest", To.DISTRICT, "digest-1")
"""The only one that is about several applications."""
HOURS_DUE = Notice("hours-due", To.EDUCATOR, "hours-due-1")
HOURS_DUE_AT_DISTRICT = Notice("hours-due", To.DISTRICT, "hours-due-district-1")
DRAFT_EXPIRING = Notice("draft-expiring", To.EDUCATOR, "draft-expiring-1")
"""About an application that was not handed in: it has no reference."""
APPLICATION_READY = Notice("application-ready", To.DESE, "application-ready-3")
OVERDUE = Notice("verification-overdue", To.ADMINISTRATORS, "verification-overdue-1")

# what steps of an application ask for
STEPS = (
    SUBMITTED,
    RECEIVED,
    RETURNED,
    DECLINED,
    MOVED,
    SENT_TO_DESE,
    INFORMATION_REQUESTED,
    DISTRICT_ASKED,
    APPROVED,
    DENIED,
    RECONSIDERATION,
    RECONSIDERATION_READY,
    WITHDRAWN,
    CLOSED,
    NEW_ITEM,
    APPLICATION_READY,
    OVERDUE,
)

DISTRICT_REMINDER = Notice("district-reminder", To.DISTRICT, "district-reminder-1")
DECLINED_REMINDER = Notice("declined-reminder", To.EDUCATOR, "declined-reminder-1")
RETURNED_REMINDER = Notice("returned-reminder", To.EDUCATOR, "returned-reminder-1")
INFORMATION_REMINDER = Notice("information-reminder", To.EDUCATOR, "information-reminder-1")
REVIEW_REMINDER = Notice("review-reminder", To.REVIEWER, "review-reminder-2")
REVIEW_OVERDUE = Notice("review-overdue", To.SUPERVISORS, "review-overdue-2")

# what an application that waits asks for
REMINDERS = (
    DISTRICT_REMINDER,
    RETURNED_REMINDER,
    DECLINED_REMINDER,
    INFORMATION_REMINDER,
    REVIEW_REMINDER,
    REVIEW_OVERDUE,
)
NOTICES = (
    *STEPS,
    *REMINDERS,
    HOURS_DUE,
    HOURS_DUE_AT_DISTRICT,
)


# ── the request: an intent, private


class DigestLine(Value):
    """An application in a district's daily email: by its reference, without a name."""

    reference: Reference
    kind: Kind
    on: date
    end: str = ""
    """How it ended, where it did."""


class Digest(Value):
    """What is new for a district since the last one, and what waits there."""

    new: tuple[DigestLine, ...] = ()
    overdue: tuple[DigestLine, ...] = ()
    returned: tuple[DigestLine, ...] = ()
    decided: tuple[DigestLine, ...] = ()
    waiting: int = 0
    oldest_on: date | None = None
    """Since when the oldest of them has waited."""


class Intent(PrivateFact):
    """Somebody is to be told. Whoever it is for is looked up when it is sent, so a new address is not missed."""

    notice_id: NoticeId
    notice: str
    to: To
    template: str
    application_id: ApplicationId | None
    educator_id: PersonId | None
    """None: it is about several, for a district."""
    reference: Reference | None
    kind: Kind | None
    submission: int
    """0 where it is about no application."""
    district: DistrictCode | None
    certificate_id: CertificateId | None = None
    expires_on: date | None = None
    """The last day of the certificate, or of the draft, it is about."""
    reasons: tuple[str, ...] = ()
    """Codes of what a district asks about; never its note."""
    officer_id: OfficerId | None = None
    """The reviewer it is for, where somebody has the case."""
    since: AwareDatetime | None = None
    """Since when whoever has it has had it."""
    working_days: int = 0
    """How many the clock of whoever has it has run."""
    digest: Digest | None = None
    happened_at: AwareDatetime
    """When the step was that this tells of."""

    @property
    def subject(self) -> PersonId | DistrictCode | None:
        """Whose key its letter is sealed under, and what it is kept with."""
        return self.educator_id or self.district


class NoticeRequested(Intent):
    """A step asks for the notice."""

    type: Literal["NoticeRequested"] = "NoticeRequested"


class NoticeRepeated(Intent):
    """A person has it sent again, under the same Message-ID: nobody knows whether it arrived, or it did not."""

    type: Literal["NoticeRepeated"] = "NoticeRepeated"
    repeated_by: str
    repeated_at: AwareDatetime


class Letter(Value):
    """A mail as it was handed over."""

    to: tuple[str, ...]
    subject: str
    text: str


class NoticeKept(PrivateFact):
    """The mail as it was handed over, readable as long as the educator's personal data is."""

    type: Literal["NoticeKept"] = "NoticeKept"
    notice_id: NoticeId
    letter: Sealed[Letter, Contact]
    unreached: tuple[str, ...] = ()
    """Reply codes for those of several addresses that were refused."""
    kept_at: AwareDatetime


@dataclass(frozen=True)
class Unrequested: ...


@dataclass(frozen=True)
class Requested:
    intent: NoticeRequested
    repeats: int = 0
    """How often a person had it sent again."""


Request: TypeAlias = Unrequested | Requested
RequestFact: TypeAlias = NoticeRequested | NoticeRepeated | NoticeKept


def evolve_request(state: Request, fact: RequestFact) -> Request:
    match fact:
        case NoticeRequested():
            return Requested(fact)
        case NoticeRepeated():
            return state if isinstance(state, Unrequested) else replace(state, repeats=state.repeats + 1)
        case NoticeKept():
            return state
        case _:
            assert_never(fact)


notice_request: Noun[Request] = Noun(
    "notice-request", Unrequested(), evolve_request, facts=(NoticeRequested, NoticeRepeated, NoticeKept)
)


# ── what became of it, public


@dataclass(frozen=True)
class Unsettled: ...


@dataclass(frozen=True)
class Uncertain:
    """It may have gone. A person decides."""


@dataclass(frozen=True)
class Failed:
    """Refused for good. A person may mend the address and have it sent again."""


@dataclass(frozen=True)
class Sent: ...


Delivery: TypeAlias = Unsettled | Uncertain | Failed | Sent
DeliveryFact: TypeAlias = NoticeSent | NoticeFailed | NoticeUncertain


def evolve_delivery(_: Delivery, fact: DeliveryFact) -> Delivery:
    match fact:
        case NoticeSent():
            return Sent()
        case NoticeFailed():
            return Failed()
        case NoticeUncertain():
            return Uncertain()
        case _:
            assert_never(fact)


delivery: Noun[Delivery] = Noun(
    "notice", Unsettled(), evolve_delivery, facts=(NoticeSent, NoticeFailed, NoticeUncertain)
)
