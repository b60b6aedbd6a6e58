"""A holder is told that a certificate's status changed, once for each change; while it is taken no reminder goes."""

from datetime import date

import pytest
from notifications_given import certificate, registered, status_changed
from test_reminding import LAST_DAY, before, days_of, reminded, row_after, state_after, told

from lectern.contracts.values import CertificateStatus
from notifications.certificate import certificate as certificate_noun
from notifications.contacts import Educator, Unheard
from notifications.disciplined import on_status_changed
from notifications.notice import CERTIFICATE_REINSTATED, CERTIFICATE_TAKEN, NoticeRequested, Requested, Unrequested
from notifications.writing import Names, Written, write

JORDAN = Educator(registered().contact)
ACTIVE = certificate(LAST_DAY)


def requested(status: CertificateStatus) -> NoticeRequested:
    (reacting,) = on_status_changed(status_changed(status, LAST_DAY))
    (found,) = reacting.decide(Unrequested(), JORDAN, reacting.command)
    assert isinstance(found, NoticeRequested)
    return found


def letter(status: CertificateStatus) -> Written:
    held = state_after(certificate_noun, ACTIVE)
    return write(requested(status), Names("Jordan Avery", "DESE", "http://127.0.0.1:8401/", certificate=held))


def test_it_is_asked_for_once_and_of_nobody_without_an_account() -> None:
    (reacting,) = on_status_changed(status_changed(CertificateStatus.SUSPENDED, LAST_DAY))

    asked = requested(CertificateStatus.SUSPENDED)

    assert list(reacting.decide(Requested(asked), JORDAN, reacting.command)) == []
    assert list(reacting.decide(Unrequested(), Unheard(), reacting.command)) == []
    assert (asked.notice, asked.template) == (CERTIFICATE_TAKEN.name, CERTIFICATE_TAKEN.template)


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (CertificateStatus.SUSPENDED, "is suspended"),
        (CertificateStatus.REVOKED, "is revoked"),
        (CertificateStatus.SURRENDERED, "counts as surrendered"),
    ],
)
def test_the_email_says_the_status_the_day_and_whom_to_ask(status: CertificateStatus, words: str) -> None:
    said = letter(status)

    assert said.subject == f"Your teaching certificate {words}"
    assert f"Your Initial Professional Certificate {words} since November 20, 2026." in said.text
    assert "contact DESE’s certification section and give your Educator ID" in said.text
    assert "An application you have handed in is kept as it is" in said.text


def test_the_email_of_a_reinstatement_says_until_when_it_is_good() -> None:
    active, expired = letter(CertificateStatus.ACTIVE), letter(CertificateStatus.EXPIRED)

    assert requested(CertificateStatus.ACTIVE).template == CERTIFICATE_REINSTATED.template
    assert active.subject == "Your teaching certificate is reinstated"
    assert "It is active, and its last day is February 29, 2028." in active.text
    assert "It is expired" in expired.text


@pytest.mark.parametrize("status", [each for each in CertificateStatus if each.taken])
def test_no_reminder_goes_while_it_is_taken_and_they_go_on_after_it(status: CertificateStatus) -> None:
    taken, back = status_changed(status, LAST_DAY), status_changed(CertificateStatus.ACTIVE, LAST_DAY)
    over = status_changed(CertificateStatus.EXPIRED, LAST_DAY)

    assert row_after(ACTIVE, registered(), taken).due_at is None
    assert told(ACTIVE, registered(), taken, on=before(30)) == []
    assert days_of(told(ACTIVE, registered(), reminded(90), taken, back, on=before(30))) == [30]
    assert row_after(ACTIVE, registered(), taken, over).due_at is None
    assert before(30) < date(2028, 2, 29)
