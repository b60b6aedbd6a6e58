import json
from dataclasses import replace
from datetime import date
from hashlib import sha256
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from notifications_given import AT, intent

from lectern.contracts.values import CertificateKind, DeclineReason, Kind, ReturnReason
from notifications.certificate import Certificate
from notifications.notice import DECLINED, MOVED, NOTICES, SUBMITTED, Notice, NoticeRequested
from notifications.writing import _DECLINED, Names, Written, one_line, write

NAMES = Names("Jordan Avery", "Independence 30", "http://127.0.0.1:8401/applications/1")
TEMPLATES = resources.files("notifications") / "letters"
EVERY_REASON = tuple(reason.value for reason in ReturnReason)


def written(notice: str, names: Names = NAMES, **changes: object) -> Written:
    [found] = [each for each in NOTICES if each.template.rpartition("-")[0] == notice]
    return write(of(found, **changes), names)


def of(notice: Notice, **changes: object) -> NoticeRequested:
    return intent(notice=notice.name, to=notice.to, template=notice.template, reasons=EVERY_REASON, **changes)


@pytest.mark.parametrize("notice", NOTICES, ids=lambda each: each.template)
@pytest.mark.parametrize("kind", Kind)
def test_every_notice_says_what_it_is_about_who_has_it_and_where_to_go_on(notice: Notice, kind: Kind) -> None:
    said = write(of(notice, kind=kind), NAMES)

    assert "LEC-2026-000123-8" in said.subject
    assert "LEC-2026-000123-8" in said.text
    assert "December 8, 2026" in said.text
    assert "What happens next" in said.text
    assert "\nhttp://127.0.0.1:8401/applications/1\n" in said.text
    assert said.text.endswith("nobody reads its mailbox.\n")
    assert "\n\n\n" not in said.text
    assert "{" not in said.text


def test_the_first_mail_to_an_educator_reads_so() -> None:
    assert written("submitted") == Written(
        "Your application LEC-2026-000123-8 is with Independence 30",
        "Hello Jordan Avery,\n\n"
        "You submitted your application to upgrade a teaching certificate on December 8, 2026."
        " Its reference is LEC-2026-000123-8.\n\n"
        "Who has it now\n"
        "Independence 30, since December 8, 2026. It is in their work log, and we tell their contacts by email."
        " You don’t need to do anything.\n\n"
        "What happens next\n"
        "Independence 30 checks its records and sends your application to DESE. We will email you when somebody there"
        " opens it, and when it goes to DESE.\n\n"
        "Follow your application\n"
        "http://127.0.0.1:8401/applications/1\n\n"
        "--\n"
        "Educator Certification System\n"
        "Please don’t answer this email: nobody reads its mailbox.\n",
    )


def test_an_educator_reads_that_nobody_at_the_district_could_be_told_and_whom_to_tell() -> None:
    text = written("submitted", replace(NAMES, told=False)).text

    assert "we could not tell anybody there: no contact for certification" in text
    assert "What you need to do\nTell the person at Independence 30 who is responsible" in text
    assert "You don’t need to do anything" not in text


@pytest.mark.parametrize(
    ("names", "changes"),
    [(NAMES, {}), (replace(NAMES, told=False), {}), (NAMES, {"district": None})],
    ids=["told", "nobody to tell", "straight to DESE"],
)
def test_the_first_mail_says_that_a_new_background_check_is_needed(names: Names, changes: dict[str, None]) -> None:
    said = written("submitted", replace(names, check_needed=True), kind=Kind.REACTIVATION, **changes)
    other = written("submitted", names, kind=Kind.REACTIVATION, **changes)

    assert said.subject.endswith(": a new background check is needed")
    assert "Your application stands, and goes on." in said.text
    assert "DESE can’t approve it before a new clearance has reached it." in said.text
    assert "Have the check made now. Its result goes to DESE, not to you" in said.text
    assert "You don’t need to do anything" not in said.text
    assert "ackground" not in other.subject + other.text


@pytest.mark.parametrize("notice", [each for each in NOTICES if each != SUBMITTED], ids=lambda each: each.template)
def test_no_other_mail_says_anything_of_a_background_check(notice: Notice) -> None:
    said = write(of(notice, kind=Kind.REACTIVATION), replace(NAMES, check_needed=True))

    assert "ackground" not in said.subject + said.text


@pytest.mark.parametrize("notice", ["sent-to-dese", "review-reminder", "review-overdue"])
def test_how_long_it_is_expected_to_take_is_the_rule_sets_word(notice: str) -> None:
    assert "8 to 12 weeks" in written(notice).text


def test_a_payment_is_confirmed_once() -> None:
    assert "We received your payment of $25.00." in written("submitted", replace(NAMES, fee=2500)).text
    assert "payment" not in written("submitted", replace(NAMES, fee=2500), submission=2).text
    assert "payment" not in written("submitted").text


@pytest.mark.parametrize(
    ("expires_on", "words"),
    [
        (date(2026, 12, 19), "It expires on December 19, 2026, 11 days after December 8, 2026."),
        (date(2026, 12, 8), "It expires on December 8, 2026."),
        (date(2026, 12, 1), "It expired on December 1, 2026."),
    ],
)
@pytest.mark.parametrize("notice", ["new-item", "application-ready"])
def test_offices_read_when_the_certificate_expires(notice: str, expires_on: date, words: str) -> None:
    held = Certificate(CertificateKind.IPC, date(2022, 12, 20), expires_on)

    assert f"Initial Professional Certificate. {words}" in written(notice, replace(NAMES, certificate=held)).text
    assert "certificate\n" not in written(notice).text


def test_an_approval_names_the_certificate_and_its_dates() -> None:
    career = Certificate(CertificateKind.CCPC, date(2026, 12, 8), date(2125, 12, 8))

    named, unnamed = written("approved", replace(NAMES, certificate=career)).text, written("approved").text

    assert "Career Continuous Professional Certificate, valid from December 8, 2026 until December 8, 2125." in named
    assert "stands on the first page after you sign in" in named
    assert "with its new dates" in unnamed


def test_an_extension_is_told_in_its_own_words() -> None:
    extended = Certificate(CertificateKind.IPC, date(2023, 1, 15), date(2031, 1, 15))

    new = written("new-item", kind=Kind.EXTENSION).text
    sent = written("sent-to-dese", kind=Kind.EXTENSION).text
    approved = written("approved", replace(NAMES, certificate=extended), kind=Kind.EXTENSION).text

    assert "applies to extend a teaching certificate" in new
    assert "Check in your records that Jordan Avery teaches at Independence 30 now, then verify" in new
    assert "expected" not in sent
    assert "Initial Professional Certificate, valid from January 15, 2023 until January 15, 2031." in approved
    assert "You can upgrade it at any time" in approved
    assert "You can upgrade it" not in written("approved", replace(NAMES, certificate=extended)).text


def test_who_paid_reads_that_a_return_costs_nothing_more() -> None:
    assert "and you don’t pay again" in written("returned", replace(NAMES, fee=2500)).text
    assert "pay" not in written("returned", kind=Kind.EXTENSION).text
    assert "- the position you teach in now\n" in written("returned", kind=Kind.EXTENSION).text


def test_an_educator_reads_who_opened_it() -> None:
    assert (
        "Dana Whitfield at Independence 30 opened" in written("received", replace(NAMES, opener="Dana Whitfield")).text
    )
    assert "Somebody at Independence 30 opened" in written("received").text


@pytest.mark.parametrize("notice", NOTICES, ids=lambda each: each.template)
def test_apostrophes_are_those_of_the_pages(notice: Notice) -> None:
    said = write(of(notice), replace(NAMES, told=False, demonstration=True))

    assert "'" not in said.text


def test_an_application_that_comes_back_keeps_its_reference() -> None:
    assert "stays the same: LEC-2026-000123-8" in written("submitted", submission=2).text
    assert written("new-item", submission=2).subject == "Application LEC-2026-000123-8 is back in your work log"


def test_a_range_of_dates_says_what_it_is() -> None:
    text = written("sent-to-dese").text

    assert "between February 2, 2027 and March 2, 2027. It is an expectation, not a deadline." in text
    assert "expectation" not in written("sent-to-dese", kind=Kind.EXTENSION).text


def test_a_day_is_a_day_in_missouri() -> None:
    late = AT.replace(hour=5)

    assert "on December 7, 2026" in written("submitted", happened_at=late).text


def test_only_a_return_says_what_is_asked_about() -> None:
    assert "- your hours of professional development" in written("returned").text
    assert "your hours" not in written("denied").text


@pytest.mark.parametrize("notice", NOTICES, ids=lambda each: each.template)
def test_no_notice_speaks_of_conduct_background_or_birth(notice: Notice) -> None:
    said = write(of(notice), NAMES)

    assert not [word for word in ("conduct", "background", "birth", "fact", "stream") if word in said.text.lower()]


def test_a_demonstration_says_so() -> None:
    assert "Demonstration: every person" in written("denied", Names("A B", "C", "http://x/", demonstration=True)).text


@given(st.text(), st.text())
def test_a_name_stays_on_its_line(educator: str, district: str) -> None:
    plain = written("received").text.count("\n")

    said = written("received", Names(educator, district, NAMES.link))

    assert said.text.count("\n") == plain
    assert len(said.subject.splitlines()) == 1


def test_a_district_that_has_closed_said_nothing() -> None:
    said = write(
        intent(notice="declined", to=DECLINED.to, template=DECLINED.template, reasons=("district-closed",)), NAMES
    )

    assert said.subject.startswith("Independence 30 has closed: name another district for your application")
    assert "Independence 30 has closed, so it can’t confirm your application" in said.text
    assert "It said so" not in said.text
    assert "The reason it gives" not in said.text


@pytest.mark.parametrize("reason", set(DeclineReason) - {DeclineReason.DISTRICT_CLOSED})
def test_a_decline_says_why_in_words(reason: DeclineReason) -> None:
    said = write(intent(notice="declined", to=DECLINED.to, template=DECLINED.template, reasons=(reason.value,)), NAMES)

    assert "Independence 30 does not confirm your application" in said.text
    assert f"- {_DECLINED[reason]}" in said.text


def test_a_district_that_passed_it_on_says_so_and_who_was_told() -> None:
    passed = intent(notice="moved", to=MOVED.to, template=MOVED.template, reasons=("passed-on",))
    said, untold = write(passed, NAMES), write(passed, replace(NAMES, told=False))

    assert "passed it on" in said.text
    assert "named nobody to us" not in said.text
    assert "named nobody to us" in untold.text


def test_what_a_name_says_is_no_template() -> None:
    assert "Hello {{ 7 * 7 }}," in written("received", Names("{{ 7 * 7 }}", "D", NAMES.link)).text


def test_one_line_drops_what_would_break_it_or_turn_it_around() -> None:
    assert one_line(" a\r\nBcc: b\u2028c\u202ed\x00\u00a0e ") == "a Bcc: b c d e"


def test_a_template_that_was_used_is_never_changed() -> None:
    """A changed text needs a new file and number; a new one is added to letters.json."""
    digests = {file.name: sha256(file.read_bytes()).hexdigest() for file in TEMPLATES.iterdir()}
    known = json.loads((Path(__file__).parent / "letters.json").read_text())

    assert {name: digests.get(name) for name in known} == known
    assert {f"{each.template}.txt" for each in NOTICES} <= known.keys() == digests.keys()


@pytest.mark.parametrize("notice", NOTICES, ids=lambda each: each.template)
def test_a_template_says_its_version(notice: Notice) -> None:
    text = (TEMPLATES / f"{notice.template}.txt").read_text()

    assert text.startswith(f'{{% set version = "{notice.template}" %}}')
