"""The one thing recommended on the home page, with its reason. Pure: what is held, and today, say it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from applications.application_status import Decision, Holder, StatusRow
from applications.certificates import CertificateRow
from applications.drafts import DraftRow, Stage
from applications.payment import Outcome
from applications.starting_point import hindrance
from applications.wording import LINK, NOT_TODAY, SAID, STARTS_FROM
from lectern.contracts.days import chicago_day
from lectern.contracts.values import Cents, CertificateKind, DeclineReason, Kind, Task
from lectern.rules import IN_FORCE, UPGRADE
from lectern.rules.calendar import outside_window
from lectern.rules.effects import submit_by
from lectern.rules.words import day_words
from lectern.web.words import in_words, money, plural, since


@dataclass(frozen=True)
class NextStep:
    heading: str
    why: str
    more: str = ""
    href: str = ""
    button: str = ""
    done: int | None = None
    """How many of `tasks` are completed, for a draft; the last one is to submit."""
    tasks: int = 0
    saved: DraftRow | None = None
    idle: bool = False
    """There is nothing to do."""
    ask: bool = False
    """Only DESE can say how to go on."""


def starting_points(kind: Kind, certificates: Sequence[CertificateRow], today: date) -> list[CertificateRow]:
    """Those an application of this kind can start from today."""
    return [each for each in certificates if hindrance(kind, each.held, today) is None]


def main_certificate(
    certificates: Sequence[CertificateRow], today: date, kind: Kind = Kind.UPGRADE
) -> CertificateRow | None:
    """The one an application of this kind would start from, else the one that lasts longest."""
    able = starting_points(kind, certificates, today)
    return min(able, key=lambda each: each.expires_on, default=None) or next(iter(certificates), None)


def next_step(  # noqa: C901 - what is recommended, in its order
    certificates: Sequence[CertificateRow],
    drafts: Sequence[DraftRow],
    statuses: Sequence[StatusRow],
    today: date,
    fee: Cents,
    *,
    fell_through: Outcome | None = None,
    untold: bool = False,
) -> NextStep:
    """`fell_through`: how the last payment of the open draft ended, where it was not approved. `untold`: the district
    that has the application named nobody who is told."""
    replaced = {each.instead_of for each in drafts if each.stage is Stage.OPEN}
    under_way = [each for each in statuses if each.decision is None and each.application_id not in replaced]
    for status in under_way:
        if status.holder is Holder.EDUCATOR:
            return _declined(status) if status.declined else _returned(status)
    for draft in drafts:
        if draft.stage is Stage.PAYING:
            return _paying(draft, fee)
    for draft in drafts:
        if draft.stage is Stage.OPEN:
            step = _draft(draft, certificates, today, fee)
            return (
                replace(step, heading="Try your payment again", why=_fell_through(fell_through))
                if fell_through
                else step
            )
    if under_way:
        taken = next((each for each in certificates if each.status_since and each.status.taken), None)
        return _untold(under_way[0]) if untold and not under_way[0].opened_at else _waiting(under_way[0], taken)
    if statuses and statuses[0].decision is Decision.DENIED and statuses[0].decided_at:
        return _denied(statuses[0], statuses[0].decided_at, certificates, today)
    if not starting_points(Kind.UPGRADE, certificates, today) and starting_points(Kind.EXTENSION, certificates, today):
        return _extension(main_certificate(certificates, today, Kind.EXTENSION), today)
    lapsed = all(each.expires_on < today for each in certificates)
    if lapsed and starting_points(Kind.REACTIVATION, certificates, today):
        return _reactivation(main_certificate(certificates, today, Kind.REACTIVATION), today)
    return _certificate(main_certificate(certificates, today), today)


def _returned(status: StatusRow) -> NextStep:
    if status.question:
        return NextStep(
            "Answer DESE’s question",
            f"DESE asked you something about application {status.reference} on {day_words(status.stays[-1].since)}. "
            "Nobody works on it until you answer.",
            href=f"/applications/{status.application_id}",
            button="See what DESE asks",
        )
    return NextStep(
        "Answer your district’s question",
        f"Your district returned application {status.reference} on {day_words(status.stays[-1].since)}, and waits for "
        "you. Nobody works on it until you send it again.",
        href=f"/applications/{status.application_id}",
        button="See what your district asks",
    )


def _declined(status: StatusRow) -> NextStep:
    day = day_words(status.stays[-1].since)
    happened = f"Your district declined application {status.reference} on {day}."
    if status.declined is DeclineReason.DISTRICT_CLOSED:
        happened = f"Your district has closed, so application {status.reference} came back to you on {day}."
    return NextStep(
        "Name another district",
        f"{happened} Nobody works on it until you name the district that employs you now. Nothing you entered is lost.",
        href=f"/applications/{status.application_id}",
        button="See why, and go on",
    )


def _paying(draft: DraftRow, fee: Cents) -> NextStep:
    return NextStep(
        "Finish your payment",
        f"Your application is complete. It goes to your district as soon as the payment of {money(fee)} is approved.",
        href=f"/applications/{draft.application_id}/payment",
        button="Go to your payment",
    )


def _fell_through(outcome: Outcome) -> str:
    how = {Outcome.DECLINED: "declined", Outcome.CANCELLED: "cancelled"}.get(outcome, "not possible")
    return (
        f"Your last payment was {how}. No money was taken, and nothing is submitted yet. Your answers are kept: check "
        "them, then Submit & Pay again."
    )


def _draft(draft: DraftRow, certificates: Sequence[CertificateRow], today: date, fee: Cents) -> NextStep:
    certificate = next((each for each in certificates if each.certificate_id == draft.certificate_id), None)
    said = SAID[draft.kind]
    if certificate is None or hindrance(draft.kind, certificate.held, today) is not None:
        heading, why = "Look at your draft", NOT_TODAY[draft.kind]
    else:
        ends = certificate.expires_on
        until = submit_by(IN_FORCE, draft.kind, ends)
        heading = f"Finish your {said.noun} application" + (f" and submit it by {day_words(until)}" if until else "")
        why = f"Your certificate {_ends(ends, today)}. {said.judged} {said.better}"
    return NextStep(
        heading,
        why,
        f"Your district confirms {said.confirms} after you submit." if _by_district(draft, fee) else "",
        href=f"/drafts/{draft.application_id}",
        button="Continue your application",
        done=draft.done(fee),
        tasks=len(draft.tasks(fee)) + 1,
        saved=draft,
    )


def _by_district(draft: DraftRow, fee: Cents) -> bool:
    return Task.DISTRICT in draft.tasks(fee)


def _waiting(status: StatusRow, taken: CertificateRow | None) -> NextStep:
    who = {Holder.DISTRICT: "your district", Holder.DESE: "DESE"}.get(status.holder, "nobody")
    return NextStep(
        "You don’t need to do anything",
        f"Your {SAID[status.kind].noun} application {status.reference} is with {who} since "
        f"{day_words(status.stays[-1].since)}. We tell you by email when something changes.",
        f"Your certificate is {taken.status.value}: nothing is approved on it until DESE reinstates it."
        if taken
        else "",
        href=f"/applications/{status.application_id}",
        button="Follow your application",
        idle=True,
    )


def _untold(status: StatusRow) -> NextStep:
    return NextStep(
        "Tell your district about your application",
        f"Application {status.reference} is in your district’s work log since {day_words(status.stays[-1].since)}. The "
        "district has named nobody to us, so nobody there was told by email.",
        href=f"/applications/{status.application_id}",
        button="See what to tell them",
    )


def _denied(status: StatusRow, at: datetime, certificates: Sequence[CertificateRow], today: date) -> NextStep:
    certificate = main_certificate(certificates, today)
    active = certificate is not None and hindrance(Kind.UPGRADE, certificate.held, today) is None
    return NextStep(
        "Read why your application was denied",
        f"DESE decided on application {status.reference} on {day_words(chicago_day(at))}, and says why.",
        "You can apply again when the reasons no longer hold."
        + (f" Your certificate ends {since(certificate.expires_on, today)}." if certificate and active else ""),
        href=f"/applications/{status.application_id}",
        button="See the decision",
    )


def _certificate(certificate: CertificateRow | None, today: date) -> NextStep:
    if certificate is None:
        return NextStep(
            "We hold no certificate for you",
            "The register has no certificate under your record.",
            "If you hold one, only DESE can put it there.",
            ask=True,
        )
    if certificate.status_since is not None and certificate.status.taken:
        return _taken(certificate, certificate.status_since)
    if certificate.kind is CertificateKind.CCPC:
        return NextStep(
            "You hold a Career Continuous Professional Certificate",
            f"It is effective since {day_words(certificate.issued_on)} and valid until "
            f"{day_words(certificate.expires_on)}. You don’t need to do anything.",
            "To show it to an employer, download your certificate.",
            idle=True,
        )
    ruling = hindrance(Kind.UPGRADE, certificate.held, today)
    if ruling is not None:
        return NextStep(
            "Your certificate is not active",
            f"{ruling.shortfall}. {STARTS_FROM[Kind.UPGRADE]} {STARTS_FROM[Kind.EXTENSION]} "
            f"{STARTS_FROM[Kind.REACTIVATION]}",
            "DESE tells you how to get an active certificate again.",
            ask=True,
        )
    return _upgrade(certificate, today)


def _taken(certificate: CertificateRow, since_day: date) -> NextStep:
    """By DESE, which alone can give it back."""
    return NextStep(
        f"Your certificate is {certificate.status.value}",
        f"DESE changed its status on {day_words(since_day)}. While that is so, no application about it can be handed "
        "in or approved.",
        "The order that DESE sent you says why, and what you can do about it.",
        ask=True,
    )


def _extension(certificate: CertificateRow | None, today: date) -> NextStep:
    """Too late for an upgrade, in time for an extension."""
    if certificate is None:
        return _certificate(None, today)
    until = submit_by(IN_FORCE, Kind.EXTENSION, certificate.expires_on)
    return NextStep(
        "Apply for an extension" + (f" by {day_words(until)}" if until else ""),
        f"Your certificate {_ends(certificate.expires_on, today)}. If you teach now, an extension gives it "
        f"{in_words(UPGRADE.extension_years)} more years from that day.",
        f"Your district confirms {SAID[Kind.EXTENSION].confirms} after you submit.",
        href=f"/new-applications/{Kind.EXTENSION.value}",
        button="Start your extension",
    )


def _reactivation(certificate: CertificateRow | None, today: date) -> NextStep:
    """Expired, and too late for an extension."""
    if certificate is None:
        return _certificate(None, today)
    return NextStep(
        "Reactivate your certificate when you want to teach again",
        f"Your certificate {_ends(certificate.expires_on, today)}. A recent college course, or a position as a teacher "
        "at a Missouri school district, makes it good again.",
        "There is no last day for it, and it costs nothing.",
        href=f"/new-applications/{Kind.REACTIVATION.value}",
        button="Start your reactivation",
    )


def _ends(expires_on: date, today: date) -> str:
    return f"{'ends' if expires_on >= today else 'ended'} {since(expires_on, today)}"


def _upgrade(certificate: CertificateRow, today: date) -> NextStep:
    left = (certificate.expires_on - today).days
    href = f"/new-applications/{Kind.UPGRADE.value}"
    if outside_window(certificate.expires_on, today):
        return NextStep(
            "Nothing is due now",
            f"Your certificate is active for another {plural(left, 'day')}. The instructions are for certificates "
            "that are about to expire. If you meet the criteria already, you can apply now.",
            href=href,
            button="Look at Upgrade Professional",
        )
    return NextStep(
        f"Apply for an upgrade by {day_words(certificate.expires_on)}",
        f"Your certificate ends {since(certificate.expires_on, today)}. If you meet the criteria below, an "
        f"upgrade makes it a career certificate, valid for {UPGRADE.ccpc_years} years.",
        f"Your district confirms {SAID[Kind.UPGRADE].confirms} after you submit. If you teach now and don’t meet them "
        f"yet, {LINK[Kind.EXTENSION]} gives you {in_words(UPGRADE.extension_years)} more years.",
        href=href,
        button="Start your upgrade",
    )
