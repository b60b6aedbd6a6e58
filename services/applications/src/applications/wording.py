"""The words of this service for values that travel as codes."""

from dataclasses import dataclass
from typing import Final

from lectern.contracts.values import (
    CertificateKind,
    CertificateStatus,
    DenialReason,
    Kind,
    PaymentMethod,
    ReturnReason,
    Task,
)


def dese(support: str) -> str:
    """Whom to turn to at the state; `support` is what the installation says about it."""
    return "DESE’s certification section" + (f" ({support})" if support else "")


KIND: Final = {
    Kind.UPGRADE: "Upgrade to a career certificate",
    Kind.EXTENSION: "Extension of a certificate",
    Kind.REACTIVATION: "Reactivation of a certificate",
}
LINK: Final = {
    Kind.UPGRADE: "Upgrade Professional",
    Kind.EXTENSION: "Extension Cert",
    Kind.REACTIVATION: "Reactivation Cert",
}
"""The names of the menu, word for word."""


@dataclass(frozen=True)
class Said:
    """How pages speak of an application of a kind."""

    title: str
    noun: str
    """As in "your upgrade draft"."""
    hint: str
    """What it is, beside its link."""
    confirms: str
    """What the district confirms, after "Your district confirms"."""
    changes: str
    """What an approval will do, and below what it has done, in a sentence."""
    changed: str


SAID: Final = {
    Kind.UPGRADE: Said(
        "Upgrade to a Career Continuous Professional Certificate",
        "upgrade",
        "Your Initial Professional Certificate becomes a Career Continuous Professional Certificate",
        "five criteria",
        "Your certificate becomes a Career Continuous Professional Certificate.",
        "Your certificate is a Career Continuous Professional Certificate now.",
    ),
    Kind.EXTENSION: Said(
        "Extend your Initial Professional Certificate",
        "extension",
        "Four more years on an Initial Professional Certificate, for educators who teach now",
        "that you teach there now",
        "Your Initial Professional Certificate gets another period.",
        "Your Initial Professional Certificate has another period.",
    ),
}
STARTS_FROM: Final = {
    Kind.UPGRADE: "An upgrade starts from an active Initial Professional Certificate.",
    Kind.EXTENSION: "An extension starts from an Initial Professional Certificate that is current, or expired no more "
    "than 11 months ago.",
}
NOT_TODAY: Final = {
    Kind.UPGRADE: "Your certificate is not active today, so an upgrade can’t be submitted.",
    Kind.EXTENSION: "Your certificate can’t be extended today.",
}
"""Why an application can't be submitted on this day, before what the register says."""
CERTIFICATE: Final = {
    CertificateKind.IPC: "Initial Professional Certificate",
    CertificateKind.CCPC: "Career Continuous Professional Certificate",
}
STATUS: Final = {
    CertificateStatus.ACTIVE: "Active",
    CertificateStatus.EXPIRED: "Expired",
    CertificateStatus.SUSPENDED: "Suspended",
    CertificateStatus.REVOKED: "Revoked",
    CertificateStatus.SURRENDERED: "Surrendered",
}
METHOD: Final = {PaymentMethod.CARD: "Card", PaymentMethod.ECHECK: "Electronic check"}
TASK: Final = {
    Task.PERSONAL: "Personal information",
    Task.EDUCATION: "Education and experience",
    Task.CONDUCT: "Professional conduct",
    Task.PURPOSE: "Purpose",
    Task.PAYMENT: "Payment method",
    Task.RELEASE: "Release of educational information",
    Task.DISTRICT: "Employing school district",
}
PAGE: Final = {
    Task.PERSONAL: "personal",
    Task.EDUCATION: "education",
    Task.CONDUCT: "conduct",
    Task.PURPOSE: "purpose",
    Task.PAYMENT: "payment-method",
    Task.RELEASE: "release",
    Task.DISTRICT: "district",
}
"""Where a task stands below /drafts/<id>."""
RETURNED_FOR: Final = {
    ReturnReason.YEARS_UNCLEAR: "The school years you taught",
    ReturnReason.HOURS_MISSING: "Your contact hours of professional development",
    ReturnReason.MENTORING_UNCLEAR: "Your mentoring program",
    ReturnReason.BTA_UNCLEAR: "Your Beginning Teacher Assistance program",
    ReturnReason.EVALUATION_UNCLEAR: "Your evaluations",
    ReturnReason.EMPLOYMENT_UNCLEAR: "The position you teach in now",
    ReturnReason.PERSONAL_DETAILS: "Your personal information",
    ReturnReason.OTHER: "Something else; see the note",
}
DENIED_FOR: Final = {
    DenialReason.CRITERIA_NOT_MET: "Not every criterion is met",
    DenialReason.CERTIFICATE_NOT_ACTIVE: "The certificate was not active on the day you submitted",
    DenialReason.CONDUCT: "Professional conduct",
    DenialReason.EVIDENCE_NOT_RELIABLE: "What was shown could not be relied on",
    DenialReason.OTHER: "Another reason; see the note",
}
