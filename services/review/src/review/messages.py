"""Words for what facts have names for, in one place, ready to be said in another language."""

from dataclasses import dataclass
from typing import Final

from lectern.contracts.values import (
    CertificateKind,
    CertificateStatus,
    DenialReason,
    EstablishedBy,
    InformationReason,
    Kind,
)
from lectern.papers.certificate import HEADINGS
from lectern.rules import UPGRADE
from lectern.web.words import in_words
from review.arrival import What as Arrival
from review.case_history import What
from review.certificate_lives import Cause
from review.in_force import Force
from review.review_queue import Stage

KINDS: Final = {
    Kind.UPGRADE: "Upgrade to a career certificate",
    Kind.EXTENSION: "Extension of an initial certificate",
    Kind.REACTIVATION: "Reactivation",
}


@dataclass(frozen=True)
class Said:
    """How pages speak of an application of a kind."""

    noun: str
    """As in a page's title."""
    an: str
    does: str
    """What an approval does, in a sentence."""
    button: str
    certificate: str
    """What becomes of the certificate at once, after "approved and"."""
    span: str
    """From when to when, of the new period's days `{0}` and `{1}`."""
    valid: str
    """The same in a sentence, after "has a certificate"."""
    effective: str
    """What the first day of the new period is."""
    lasts: str
    """How long the new period is, from there."""


SAID: Final = {
    Kind.UPGRADE: Said(
        "upgrade",
        "an upgrade",
        "The Initial Professional Certificate becomes a career certificate.",
        "Approve and upgrade the certificate",
        "the certificate upgraded",
        "{0} to {1}",
        "valid from {0} until {1}",
        "The day of approval",
        f"{UPGRADE.ccpc_years} years later",
    ),
    Kind.EXTENSION: Said(
        "extension",
        "an extension",
        "The Initial Professional Certificate is good for another period, which starts on its old expiry date.",
        "Approve and extend the certificate",
        "the certificate extended",
        "valid until {1}, with a new period from {0}",
        "valid until {1}",
        "The old expiry date, also where it has passed",
        f"{in_words(UPGRADE.extension_years).capitalize()} years later",
    ),
    Kind.REACTIVATION: Said(
        "reactivation",
        "a reactivation",
        "Each expired certificate is good for a new period, which begins today.",
        "Approve and reactivate",
        "each certificate reactivated",
        "{0} to {1}",
        "valid from {0} until {1}",
        "The day of approval",
        f"{in_words(UPGRADE.reactivation_years).capitalize()} years later",
    ),
}
CERTIFICATES: Final = {
    CertificateKind.IPC: "Initial Professional",
    CertificateKind.CCPC: "Career Continuous Professional",
}
STATUSES: Final = {
    CertificateStatus.ACTIVE: "active",
    CertificateStatus.EXPIRED: "expired",
    CertificateStatus.SUSPENDED: "suspended",
    CertificateStatus.REVOKED: "revoked",
    CertificateStatus.SURRENDERED: "surrendered",
}


@dataclass(frozen=True)
class StatusChange:
    """A change of a certificate's status, in words."""

    does: str
    """As a choice."""
    means: str
    proposes: str
    """After somebody's name."""
    confirm: str
    """The second person's answer."""


STATUS_CHANGES: Final = {
    CertificateStatus.SUSPENDED: StatusChange(
        "Suspend it", "Until DESE reinstates it", "proposes to suspend this certificate", "Yes, suspend it"
    ),
    CertificateStatus.REVOKED: StatusChange(
        "Revoke it", "For good, unless an order reverses it", "proposes to revoke this certificate", "Yes, revoke it"
    ),
    CertificateStatus.SURRENDERED: StatusChange(
        "Record its surrender",
        "The holder has given it back",
        "proposes to record that this certificate was surrendered",
        "Yes, record its surrender",
    ),
    CertificateStatus.ACTIVE: StatusChange(
        "Reinstate it",
        "It is again what its dates say: active, or expired",
        "proposes to reinstate this certificate",
        "Yes, reinstate it",
    ),
}
PUBLISHED: Final = HEADINGS
"""The kinds in full, as certificates name themselves."""


@dataclass(frozen=True)
class Stands:
    """A status in words, and the look of its tag."""

    words: str
    look: str


FORCES: Final = {
    Force.ACTIVE: Stands("Active", "ok"),
    Force.EXPIRED: Stands("Expired", "wait"),
    Force.SUSPENDED: Stands("Suspended", "no"),
    Force.REVOKED: Stands("Revoked", "no"),
    Force.SURRENDERED: Stands("Surrendered", "no"),
    Force.UNKNOWN: Stands("Not known", "unknown"),
}
CHANGES: Final = {
    Cause.RECORDED: "Recorded from the state’s records",
    Cause.UPGRADED: "Upgraded by a decision",
    Cause.EXTENDED: "Extended by a decision",
    Cause.EXPIRED: "Its last day was over",
    Cause.REACTIVATED: "Reactivated by a decision",
    Cause.RULED: "Status changed by DESE",
}
ESTABLISHED: Final = {EstablishedBy.SYSTEM: "Register", EstablishedBy.DISTRICT: "District", EstablishedBy.DESE: "DESE"}
STAGES: Final = {
    Stage.WITH_DISTRICT: "With the district",
    Stage.RETURNED: "With the educator",
    Stage.DECLINED: "With the educator: declined by the district",
    Stage.READY: "Ready for decision",
    Stage.SECOND: "Second review",
    Stage.ASKED: "With the educator",
    Stage.DISTRICT_ASKED: "With the district",
    Stage.HELD: "On hold",
    Stage.APPROVED: "Approved",
    Stage.DENIED: "Denied",
    Stage.WITHDRAWN: "Withdrawn by the educator",
    Stage.CLOSED: "Closed as incomplete",
}
ARRIVALS: Final = {Arrival.TRANSCRIPT: "Official transcript", Arrival.CLEARANCE: "Background clearance"}
DENIAL_REASONS: Final = {
    DenialReason.CRITERIA_NOT_MET: "A criterion is not met",
    DenialReason.CERTIFICATE_NOT_ACTIVE: "The certificate was not active on the day of submission",
    DenialReason.CONDUCT: "Professional conduct",
    DenialReason.EVIDENCE_NOT_RELIABLE: "The evidence can’t be relied on",
    DenialReason.OTHER: "Another reason",
}
DENIAL_HINTS: Final = {
    DenialReason.CONDUCT: "Don’t describe it in the note.",
    DenialReason.OTHER: "Say which in the note.",
}
ASKED_ABOUT: Final = {
    InformationReason.YEARS_UNCLEAR: "The school years taught",
    InformationReason.HOURS_MISSING: "Contact hours of professional development",
    InformationReason.MENTORING_UNCLEAR: "The mentoring program",
    InformationReason.BTA_UNCLEAR: "The Beginning Teacher Assistance program",
    InformationReason.EVALUATION_UNCLEAR: "The evaluations",
    InformationReason.EMPLOYMENT_UNCLEAR: "The teaching position held now",
    InformationReason.PERSONAL_DETAILS: "Personal details",
    InformationReason.CONDUCT_UNCLEAR: "Professional conduct",
    InformationReason.OTHER: "Something else",
}
"""What somebody is asked about. What an educator is asked stays between the educator and DESE."""
ASKED_HINTS: Final = {
    InformationReason.CONDUCT_UNCLEAR: "The district never reads what you ask, nor the answer.",
    InformationReason.OTHER: "Say in the note what it is.",
}
HAPPENED: Final = {
    What.PAID: "Paid",
    What.SUBMITTED: "Submitted",
    What.CORRECTED: "Handed in again",
    What.AT_DISTRICT: "In the district’s work log",
    What.OPENED_BY_DISTRICT: "Opened by the district",
    What.RETURNED: "Returned to the educator",
    What.DECLINED: "Declined by the district",
    What.NAMED_ANOTHER: "Another district named",
    What.PASSED_ON: "Passed on to another district",
    What.VERIFIED: "Verified and sent to DESE",
    What.ASSIGNED: "Taken by a reviewer",
    What.CONDUCT_OPENED: "Conduct explanations opened",
    What.NOTE: "Note added",
    What.APPROVAL_PROPOSED: "Approval proposed",
    What.DENIAL_PROPOSED: "Denial proposed",
    What.SENT_BACK: "Proposal sent back",
    What.APPROVED: "Approved",
    What.DENIED: "Denied",
    What.UPGRADED: "Certificate upgraded",
    What.WITHDRAWAL_REQUESTED: "Withdrawal asked for",
    What.WITHDRAWN: "Withdrawn",
    What.TOO_LATE: "Withdrawal not possible: decided before",
    What.EXTENDED: "Certificate extended",
    What.ASKED: "Information asked of the educator",
    What.SUPPLIED: "Answered by the educator",
    What.DISTRICT_ASKED: "Information asked of the district",
    What.DISTRICT_ANSWERED: "Answered by the district",
    What.HELD: "Put on hold",
    What.RELEASED: "Hold released",
    What.MOVED: "Given to somebody else",
    What.REACTIVATED: "Certificate reactivated",
    What.COMPARED: "Course compared with the official transcript",
    What.CLOSED: "Closed as incomplete",
    What.RECONSIDERATION_REQUESTED: "Reconsideration asked for by the educator",
    What.OPENED_AGAIN: "Opened again, to be decided anew",
}
MOVED: Final = {
    What.SUBMITTED: ("Draft", "With the district"),
    What.CORRECTED: ("With the educator", "With the district"),
    What.RETURNED: ("With the district", "With the educator"),
    What.DECLINED: ("With the district", "With the educator"),
    What.VERIFIED: ("With the district", "With DESE"),
    What.APPROVAL_PROPOSED: ("Ready for decision", "Second review"),
    What.DENIAL_PROPOSED: ("Ready for decision", "Second review"),
    What.SENT_BACK: ("Second review", "Ready for decision"),
    What.APPROVED: ("With DESE", "Approved"),
    What.DENIED: ("With DESE", "Denied"),
    What.UPGRADED: ("Initial Professional", "Career Continuous Professional"),
    What.WITHDRAWN: ("Open", "Withdrawn"),
    What.CLOSED: ("With the educator", "Closed"),
    What.OPENED_AGAIN: ("Denied", "Ready for decision"),
    What.ASKED: ("With DESE", "With the educator"),
    What.SUPPLIED: ("With the educator", "With DESE"),
    What.DISTRICT_ASKED: ("With DESE", "With the district"),
    What.HELD: ("Ready for decision", "On hold"),
    What.RELEASED: ("On hold", "Ready for decision"),
}
"""Where it was before and after, for what moves an application."""
NAME_ERASED: Final = "Name erased"
NOBODY: Final = "Nobody yet"
FORMER: Final = "A former colleague"
"""Whose name the list of staff no longer has."""
