"""Reminders before a certificate ends: both sides of each step, the nearest only, each once, none for an old day."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from notifications_given import AT, CERTIFICATE, JORDAN, certificate, extended, registered, upgraded

from lectern.contracts.days import chicago_day, end_of
from lectern.contracts.review import CertificateExpired
from lectern.contracts.values import CertificateStatus
from lectern.eventlog.streams import Entry
from notifications.certificate import certificate as certificate_noun
from notifications.certificates_expiring import ExpiringRow, certificates_expiring, fold
from notifications.contacts import educator
from notifications.expiry import STEPS, ExpiryReminded, expiry, next_step, step_on
from notifications.notice import EXPIRING, NoticeRequested, Unrequested
from notifications.reminding import expiring_soon
from notifications.writing import Names, write

LAST_DAY = date(2028, 2, 29)
ACTIVE = certificate(LAST_DAY)
LINK = "http://127.0.0.1:8401/"


def row_after(*facts: Any) -> ExpiringRow:
    row: ExpiringRow | None = None
    for fact in facts:
        row = fold(row, fact) if type(fact) in certificates_expiring.facts else row
    assert row is not None
    return row


def state_after(noun: Any, *facts: Any) -> Any:
    state = noun.initial
    for fact in facts:
        if isinstance(fact, noun.facts):
            state = noun.evolve(state, fact)
    return state


def told(*facts: Any, on: date) -> list[Any]:
    """What the deadline records at noon of a day, where the row is due by then."""
    row, now = row_after(*facts), datetime(on.year, on.month, on.day, 18, tzinfo=UTC)
    if row.due_at is None or row.due_at > now:
        return []
    asking = expiring_soon.command(row, now)
    count = len(asking.command.reminders)
    certificates = [state_after(certificate_noun, *facts)] * count
    entries = asking.decide(
        state_after(expiry, *facts), state_after(educator, *facts), *certificates, *[Unrequested()] * count,
        asking.command,
    )  # fmt: skip
    return [each.fact if isinstance(each, Entry) else each for each in entries]


def days_of(facts: list[Any]) -> list[int]:
    return [each.days for each in facts if isinstance(each, ExpiryReminded)]


def before(days: int) -> date:
    return LAST_DAY - timedelta(days=days)


@pytest.mark.parametrize("step", STEPS)
def test_a_step_comes_on_its_day_and_not_the_day_before(step: int) -> None:
    larger = [each for each in STEPS if each > step]
    given = [reminded(each) for each in larger[-1:]]

    assert told(ACTIVE, registered(), *given, on=before(step + 1)) == []
    assert days_of(told(ACTIVE, registered(), *given, on=before(step))) == [step]


def reminded(days: int, expires_on: date = LAST_DAY) -> ExpiryReminded:
    return ExpiryReminded(
        person_id=JORDAN, certificate_id=CERTIFICATE, expires_on=expires_on, days=days, notice_id=None, reminded_at=AT
    )


def test_a_step_begins_at_midnight_in_missouri() -> None:
    due = next_step(LAST_DAY, 60)

    assert due == datetime(2028, 1, 30, 6, tzinfo=UTC)
    assert chicago_day(due - timedelta(microseconds=1)) == before(31)
    assert next_step(LAST_DAY, 30) is None
    assert step_on(LAST_DAY, before(31)) == 60
    assert step_on(LAST_DAY, before(30)) == 30
    assert step_on(LAST_DAY, LAST_DAY) == 30
    assert step_on(LAST_DAY, before(-1)) == 0
    assert step_on(LAST_DAY, before(181)) is None


def test_who_comes_late_is_told_the_nearest_step_only() -> None:
    first = told(ACTIVE, registered(), on=before(50))

    assert days_of(first) == [60]
    assert len([each for each in first if isinstance(each, NoticeRequested)]) == 1
    assert told(ACTIVE, registered(), *first, on=before(31)) == []
    assert days_of(told(ACTIVE, registered(), *first, on=before(30))) == [30]


def test_each_step_is_told_once() -> None:
    first = told(ACTIVE, registered(), on=before(30))

    assert days_of(first) == [30]
    assert told(ACTIVE, registered(), *first, on=before(29)) == []
    assert told(ACTIVE, registered(), *first, on=LAST_DAY) == []


def test_nobody_without_an_account_is_told() -> None:
    assert row_after(ACTIVE).due_at is None
    assert told(ACTIVE, on=before(30)) == []


def test_another_last_day_cancels_what_was_ahead_and_has_steps_of_its_own() -> None:
    later = certificate(date(2032, 2, 29))

    assert told(ACTIVE, registered(), upgraded(), on=before(30)) == []
    assert told(ACTIVE, registered(), extended(expires_on=date(2032, 2, 29)), on=before(30)) == []
    assert told(ACTIVE, registered(), reminded(90), later, on=before(30)) == []
    assert days_of(told(ACTIVE, registered(), reminded(30), later, on=date(2031, 12, 31))) == [60]


def test_a_certificate_gone_back_to_a_day_is_not_told_of_it_twice() -> None:
    later = certificate(date(2032, 2, 29))

    assert told(ACTIVE, registered(), reminded(30), later, ACTIVE, on=before(20)) == []


def test_a_day_that_is_over_is_not_told() -> None:
    after_it = told(ACTIVE, registered(), on=before(-1))
    expired = CertificateExpired(
        certificate_id=CERTIFICATE, person_id=JORDAN, expires_on=LAST_DAY, recorded_at=end_of(LAST_DAY)
    )

    assert days_of(after_it) == [0]
    assert len(after_it) == 1
    assert row_after(ACTIVE, registered(), *after_it).due_at is None
    assert row_after(ACTIVE, registered(), expired).due_at is None


@pytest.mark.parametrize("status", [each for each in CertificateStatus if each is not CertificateStatus.ACTIVE])
def test_only_an_active_certificate_is_told_of(status: CertificateStatus) -> None:
    assert row_after(ACTIVE.model_copy(update={"status": status}), registered()).due_at is None


def test_the_email_says_what_ends_when_and_the_one_thing_to_do() -> None:
    [request] = [each for each in told(ACTIVE, registered(), on=before(30)) if isinstance(each, NoticeRequested)]
    held = state_after(certificate_noun, ACTIVE)

    said = write(request, Names("Jordan Avery", "DESE", LINK, certificate=held))

    assert request.notice == EXPIRING.name
    assert said.subject == "Your teaching certificate expires on February 29, 2028"
    assert (
        "Initial Professional Certificate expires on February 29, 2028. That is 30 days after January 30" in said.text
    )
    assert "Sign in and choose “New Applications”" in said.text
    assert f"\n{LINK}\n" in said.text
    assert "'" not in said.text
