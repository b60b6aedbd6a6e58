"""Notices in words: versioned text templates, filled with one-line values.

A template's file name is its version. One that was ever used stays as it is; new words are a new file.
"""

import re
from dataclasses import dataclass
from datetime import date

from jinja2 import Environment, PackageLoader, StrictUndefined

from lectern.contracts.days import chicago_day
from lectern.contracts.values import (
    CertificateKind,
    CertificateStatus,
    DeclineReason,
    EmployerChange,
    Kind,
    ReturnReason,
)
from lectern.rules import IN_FORCE
from lectern.rules.calendar import expected_range
from lectern.rules.working_days import working_days
from lectern.web.words import day, money, plural
from notifications.certificate import Certificate
from notifications.notice import CERTIFICATE_TAKEN, DECLINED, MOVED, Digest, DigestLine, Intent

_REASONS: dict[str, str] = {
    ReturnReason.YEARS_UNCLEAR: "your years of teaching",
    ReturnReason.HOURS_MISSING: "your hours of professional development",
    ReturnReason.MENTORING_UNCLEAR: "your mentoring program",
    ReturnReason.BTA_UNCLEAR: "your Beginning Teacher Assistance program",
    ReturnReason.EVALUATION_UNCLEAR: "your performance evaluations",
    ReturnReason.EMPLOYMENT_UNCLEAR: "the position you teach in now",
    ReturnReason.PERSONAL_DETAILS: "your personal information",
    ReturnReason.OTHER: "something else",
}
_DECLINED: dict[str, str] = {
    DeclineReason.NOT_EMPLOYED: "Not our employee",
    DeclineReason.NO_LONGER_EMPLOYED: "No longer works here",
    DeclineReason.NOT_A_TEACHER: "Works here, but not as a teacher",
    DeclineReason.DISTRICT_CLOSED: "The district has closed",
    DeclineReason.OTHER: "Something else; see the note on the page of your application",
}
_MOVED: dict[str, str] = {
    EmployerChange.NAMED_WRONG: "You named another district for it.",
    EmployerChange.DECLINED: "You named another district for it.",
    EmployerChange.PASSED_ON: "The district you had named passed it on, because it knows that you work there.",
}
_STATUS: dict[str, str] = {
    CertificateStatus.SUSPENDED: "is suspended",
    CertificateStatus.REVOKED: "is revoked",
    CertificateStatus.SURRENDERED: "counts as surrendered",
    CertificateStatus.ACTIVE: "is active",
    CertificateStatus.EXPIRED: "is expired",
}
_WORDS = {DECLINED.name: _DECLINED, MOVED.name: _MOVED, CERTIFICATE_TAKEN.name: _STATUS}
"""Where the codes of a notice are no reasons of a return."""
_WISHES = {
    Kind.UPGRADE: "upgrade a teaching certificate",
    Kind.EXTENSION: "extend a teaching certificate",
    Kind.REACTIVATION: "reactivate a teaching certificate",
}
_FIRST_WEEK, _LAST_WEEK = IN_FORCE.parameters.expected_weeks
_SHORT = {Kind.UPGRADE: "Upgrade", Kind.EXTENSION: "Extension", Kind.REACTIVATION: "Reactivation"}
_CHECKS = {
    Kind.UPGRADE: "Check your records for each criterion",
    Kind.EXTENSION: "Check in your records that {educator} teaches at {district} now",
    Kind.REACTIVATION: "Check in your records that {district} has hired {educator} as a teacher, and attest to the "
    "contact hours of professional development",
}
"""What a district does with a new application."""
_AFTERWARDS = {Kind.EXTENSION: "You can upgrade it at any time, as soon as you meet the criteria."}
"""What stays possible after an approval."""
_CERTIFICATES = {
    CertificateKind.IPC: "Initial Professional Certificate",
    CertificateKind.CCPC: "Career Continuous Professional Certificate",
}

# Plain text: there is no markup to escape, and a missing value is an error, not an empty place.
_templates = Environment(
    loader=PackageLoader("notifications", "letters"),
    autoescape=False,  # noqa: S701
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
    auto_reload=False,
)


@dataclass(frozen=True)
class Names:
    """What a notice says that its intent does not hold: names as people know them, and where to go on."""

    educator: str
    district: str
    link: str
    demonstration: bool = False
    told: bool = True
    """Whether anybody at the district can be told."""
    opener: str = ""
    """Who at the district opened it; empty where nobody is known."""
    check_needed: bool = False
    """Whether DESE can't approve before a new background clearance reaches it."""
    fee: int = 0
    """In cents; 0 where none was owed."""
    certificate: Certificate | None = None
    """The one that was applied for, as it is now."""


@dataclass(frozen=True)
class Written:
    subject: str
    text: str


def write(intent: Intent, names: Names) -> Written:
    """The notice of an intent. Raises jinja2.TemplateNotFound for a version that this code does not have."""
    happened_on = chicago_day(intent.happened_at)
    earliest, latest = expected_range(happened_on)
    module = _templates.get_template(f"{intent.template}.txt").make_module(
        {
            "educator": one_line(names.educator),
            "district": one_line(names.district),
            "reference": intent.reference or "",
            "wish": _WISHES[intent.kind] if intent.kind else "",
            "check": _check(intent.kind, names) if intent.kind else "",
            "afterwards": _AFTERWARDS.get(intent.kind, "") if intent.kind else "",
            "again": intent.submission > 1,
            "straight": intent.district is None,
            "day": day(happened_on),
            "expected": bool(intent.kind and intent.kind in IN_FORCE.kinds and IN_FORCE.of(intent.kind).expected),
            "weeks": f"{_FIRST_WEEK} to {_LAST_WEEK} weeks",
            "earliest": day(earliest),
            "latest": day(latest),
            "digest": _digest(intent.digest, happened_on) if intent.digest else None,
            "since": day(chicago_day(intent.since or intent.happened_at)),
            "expires_on": day(intent.expires_on) if intent.expires_on else "",
            "waited": plural(intent.working_days, "working day"),
            "shut": DeclineReason.DISTRICT_CLOSED in intent.reasons,
            "reasons": [_reason(intent.notice, each) for each in intent.reasons],
            "link": names.link,
            "demonstration": names.demonstration,
            "told": names.told,
            "check_needed": names.check_needed,
            "opener": one_line(names.opener),
            "paid": money(names.fee) if names.fee else "",
            "certificate": _of(names.certificate, happened_on),
        }
    )
    return Written(one_line(module.__dict__["subject"]), re.sub(r"\n{3,}", "\n\n", str(module)).strip() + "\n")


def _reason(notice: str, code: str) -> str:
    """A reason in words; one that this code does not know is something else."""
    return _WORDS.get(notice, _REASONS).get(code, _REASONS[ReturnReason.OTHER])


def _check(kind: Kind, names: Names) -> str:
    return _CHECKS[kind].format(educator=one_line(names.educator), district=one_line(names.district))


def _digest(digest: Digest, today: date) -> dict[str, object]:
    def lines(of: tuple[DigestLine, ...]) -> list[str]:
        return [
            f"{each.reference}, {_SHORT[each.kind]}, {day(each.on)}{f': {each.end}' if each.end else ''}" for each in of
        ]

    return {
        "new": lines(digest.new),
        "overdue": lines(digest.overdue),
        "returned": lines(digest.returned),
        "decided": lines(digest.decided),
        "waiting": digest.waiting,
        "oldest": plural(working_days(digest.oldest_on, today), "working day") if digest.oldest_on else "",
    }


def _of(certificate: Certificate | None, on: date) -> dict[str, object] | None:
    if certificate is None:
        return None
    left = (certificate.expires_on - on).days
    return {
        "name": _CERTIFICATES[certificate.kind],
        "starts_on": day(certificate.starts_on),
        "expires_on": day(certificate.expires_on),
        "expired": left < 0,
        "left": plural(left, "day") if left > 0 else "",
    }


def one_line(words: str) -> str:
    """Without line breaks, controls and marks that turn the direction of text, so that a value stays in its place.

    "=?" begins an encoded word of a mail header, which may hold all of these: it is taken apart.
    """
    plain = "".join(each if each.isprintable() else " " for each in words.replace("\u00a0", " "))
    return " ".join(plain.split()).replace("=?", "= ?")
