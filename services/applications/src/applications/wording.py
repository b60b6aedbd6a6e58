"""The words of this service for values that travel as codes."""

from dataclasses import dataclass
from typing import Final

from lectern.contracts.values import (
    CertificateKind,
    CertificateStatus,
    DeclineReason,
    DenialReason,
    InformationReason,
    Kind,
    PaymentMethod,
    ReturnReason,
    Route,
    Task,
)
from lectern.rules import UPGRADE
from lectern.web.words import in_words


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


_LATE: Final = UPGRADE.late_months
_MORE: Final = in_words(UPGRADE.extension_years)


@dataclass(frozen=True)
class Said:
    """How pages speak of an application of a kind."""

    title: str
    path: str
    """As one of the ways to go on."""
    who: str
    """Whom it is for, where the name does not say so."""
    noun: str
    """As in "your upgrade draft"."""
    an: str
    verb: str
    hint: str
    """What it is, beside its link."""
    education: str
    """What the task Education and experience holds."""
    confirms: str
    """What the district confirms, after "Your district confirms"."""
    bring: tuple[str, ...]
    """What to have at hand."""
    changes: str
    """What an approval will do, in a sentence."""
    changed: str
    """What it has done: `{0}` to `{1}` is the new period."""
    after: str
    """What stays possible afterwards; empty where nothing has to be said."""
    better: str
    """Why to go on with it, in a sentence."""
    lasts: str
    """How the last day after an approval is found."""
    until: str
    """How the last day to submit is found; `{}` is the certificate's last day, in words."""
    judged: str
    """Which day counts."""
    which: str
    """The question which certificate it is about."""
    nothing: str
    """Where no certificate is held that it could be about, at the moment."""


SAID: Final = {
    Kind.UPGRADE: Said(
        title="Upgrade to a Career Continuous Professional Certificate",
        path="Upgrade to a career certificate",
        who="",
        noun="upgrade",
        an="an upgrade",
        verb="upgrade",
        hint="Your Initial Professional Certificate becomes a Career Continuous Professional Certificate",
        education="Degrees, years taught, development plan, mentoring and beginning teacher program",
        confirms="five criteria",
        bring=(
            "School years, employers and positions you taught in",
            "Contact hours of your professional development plan",
            "Years with a mentor, and the day you completed Beginning Teacher Assistance",
        ),
        changes="Your certificate becomes a Career Continuous Professional Certificate.",
        changed="Your certificate is a Career Continuous Professional Certificate now. It is effective since {0} and "
        "valid until {1}.",
        after="",
        better=f"An upgraded certificate is valid for {UPGRADE.ccpc_years} years, so you would not need to extend it "
        "again.",
        lasts=f"{UPGRADE.ccpc_years} years from the day DESE approves; as if that were today",
        until="The day your certificate expires, {}.",
        judged="Whether it is active is judged on the day you submit.",
        which="Which certificate do you want to upgrade?",
        nothing="Your certificate is not active",
    ),
    Kind.EXTENSION: Said(
        title="Extend your Initial Professional Certificate",
        path=f"Extend your certificate for {_MORE} years",
        who="For educators who teach now and don’t meet the criteria of an upgrade yet. You may upgrade at any time "
        "once you meet them.",
        noun="extension",
        an="an extension",
        verb="extend",
        hint=f"{_MORE.capitalize()} more years on an Initial Professional Certificate, for educators who teach now",
        education="Degrees and the school years you taught, with the position you hold now",
        confirms="that you teach there now",
        bring=("The position you hold now, its FTE and your employer", "School years and positions before"),
        changes="Your Initial Professional Certificate stays what it is, for another period.",
        changed="Your Initial Professional Certificate is valid until {1}. Its new period starts on its old expiry "
        "date, {0}.",
        after="You may upgrade at any time, as soon as you meet the criteria: you don’t have to wait for its end.",
        better=f"An extension gives your certificate {_MORE} more years.",
        lasts=f"{_MORE.capitalize()} years from the day it expires now, whenever DESE decides",
        until=f"{_LATE} months after your certificate’s last day, {{}}.",
        judged="The day you submit counts, whenever DESE decides.",
        which="Which certificate do you want to extend?",
        nothing="Your certificate can’t be extended",
    ),
    Kind.REACTIVATION: Said(
        title="Reactivate an expired certificate",
        path="Reactivate an expired certificate",
        who="For educators whose certificate has expired and who can neither upgrade nor extend it. One of two ways is "
        "enough: a recent college course, or a position as a teacher at a Missouri school district.",
        noun="reactivation",
        an="a reactivation",
        verb="reactivate",
        hint="For a certificate that has expired: by a recent college course, or when a Missouri district hires you",
        education="Degrees and the school years you taught, as far as you want DESE to know them",
        confirms="that it has hired you, and your contact hours of professional development,",
        bring=(
            "By a course: the college, the title, the semester hours and the day you completed it",
            "By a position: the school district that hired you",
        ),
        changes="Each certificate you choose is good again, for a new period.",
        changed="It is good again, from {0} until {1}.",
        after="",
        better=f"A reactivated certificate is good for {in_words(UPGRADE.reactivation_years)} years.",
        lasts=f"{in_words(UPGRADE.reactivation_years).capitalize()} years from the day DESE approves; as if that were "
        "today",
        until="",
        judged="The day you submit counts, whenever DESE decides.",
        which="Which certificates do you want to reactivate?",
        nothing="Your certificate has not expired",
    ),
}
WAY: Final = {Route.COURSE: "By a college course", Route.EMPLOYMENT: "When a district hires you"}
"""The routes of a reactivation, before what only one of them asks for."""
_NOW: Final[dict[str, tuple[str, ...]]] = {
    "started": ("In progress", "info", "edit"),
    "under way": ("Submitted", "info"),
    "open": ("Open", "ok"),
    "inactive": ("Not open to you now", "plain"),
    "nothing": ("Not needed now", "plain"),
    "other": ("One application at a time", "plain"),
}
NOW: Final[dict[Kind, dict[str, tuple[str, ...]]]] = {
    Kind.UPGRADE: {**_NOW, "inactive": ("Needs an active certificate", "wait")},
    Kind.EXTENSION: _NOW,
    Kind.REACTIVATION: {**_NOW, "inactive": ("Needs an expired certificate", "plain")},
}
"""The tag beside a link of the menu: words, look, icon."""
STARTS_FROM: Final = {
    Kind.UPGRADE: "An upgrade starts from an active Initial Professional Certificate.",
    Kind.EXTENSION: "An extension starts from an Initial Professional Certificate that is current, or expired no more "
    f"than {_LATE} months ago.",
    Kind.REACTIVATION: "A reactivation starts from a certificate that has expired.",
}
NOT_TODAY: Final = {
    Kind.UPGRADE: "Your certificate is not active today, so an upgrade can’t be submitted.",
    Kind.EXTENSION: "Your certificate can’t be extended today.",
    Kind.REACTIVATION: "A certificate of this application can’t be reactivated today.",
}
"""Why an application can't be submitted on this day, before what the register says."""
ASK_DESE: Final = "Ask DESE’s certification section what you can do, and give your Educator ID."
"""Where DESE took the certificate away, nobody else can help."""
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
    Task.CERTIFICATES: "Certificates to reactivate",
    Task.COURSE: "College course",
    Task.PAYMENT: "Payment method",
    Task.RELEASE: "Release of educational information",
    Task.DISTRICT: "Employing school district",
}
PAGE: Final = {
    Task.PERSONAL: "personal",
    Task.EDUCATION: "education",
    Task.CONDUCT: "conduct",
    Task.PURPOSE: "purpose",
    Task.CERTIFICATES: "certificates",
    Task.COURSE: "course",
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
ASKED_ABOUT: Final = {
    InformationReason.YEARS_UNCLEAR: "The school years you taught",
    InformationReason.HOURS_MISSING: "Your contact hours of professional development",
    InformationReason.MENTORING_UNCLEAR: "Your mentoring program",
    InformationReason.BTA_UNCLEAR: "Your Beginning Teacher Assistance program",
    InformationReason.EVALUATION_UNCLEAR: "Your evaluations",
    InformationReason.EMPLOYMENT_UNCLEAR: "The position you teach in now",
    InformationReason.PERSONAL_DETAILS: "Your personal information",
    InformationReason.CONDUCT_UNCLEAR: "Professional conduct. Your district never reads this, nor your answer",
    InformationReason.OTHER: "Something else; see the note",
}
DECLINED_FOR: Final = {
    DeclineReason.NOT_EMPLOYED: "It says that you don’t work there",
    DeclineReason.NO_LONGER_EMPLOYED: "It says that you no longer work there",
    DeclineReason.NOT_A_TEACHER: "It says that you work there, but not as a teacher",
    DeclineReason.DISTRICT_CLOSED: "A district that has closed confirms nothing any more",
    DeclineReason.OTHER: "Another reason; see the note",
}
DENIED_FOR: Final = {
    DenialReason.CRITERIA_NOT_MET: "Not every criterion is met",
    DenialReason.CERTIFICATE_NOT_ACTIVE: "The certificate was not active on the day you submitted",
    DenialReason.CONDUCT: "Professional conduct",
    DenialReason.EVIDENCE_NOT_RELIABLE: "What was shown could not be relied on",
    DenialReason.OTHER: "Another reason; see the note",
}
