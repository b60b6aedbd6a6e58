"""The last day of a certificate is over: recorded once, right after midnight in Missouri, and of nothing else."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from review_given import CERTIFICATE, EDUCATOR, after, certificate_extended, recorded, upgraded

from lectern.contracts.days import end_of
from lectern.contracts.review import CertificateExpired
from lectern.contracts.values import CertificateStatus
from lectern.rules.upgrade import rule_active
from review.certificate import Recorded, certificate
from review.certificates_running import RunningCertificate, certificates_running, fold
from review.expiring import ExpireCertificate, expire

LAST_DAY = date(2027, 1, 15)
MIDNIGHT = datetime(2027, 1, 16, 6, tzinfo=UTC)
MOMENT = timedelta(microseconds=1)
OTHERS = [
    CertificateStatus.EXPIRED,
    CertificateStatus.SUSPENDED,
    CertificateStatus.REVOKED,
    CertificateStatus.SURRENDERED,
]


def expired(last_day: date = LAST_DAY) -> CertificateExpired:
    return CertificateExpired(
        certificate_id=CERTIFICATE, person_id=EDUCATOR, expires_on=last_day, recorded_at=end_of(last_day)
    )


def asked(now: datetime, *facts: Any, last_day: date = LAST_DAY) -> list[CertificateExpired]:
    command = ExpireCertificate(certificate_id=CERTIFICATE, person_id=EDUCATOR, expires_on=last_day, now=now)
    return expire(after(certificate, *facts), command)


def running(*facts: Any) -> RunningCertificate | None:
    row: RunningCertificate | None = None
    for fact in facts:
        row = fold(row, fact)
    return row


def test_the_last_day_counts_until_midnight_in_missouri() -> None:
    assert asked(MIDNIGHT - MOMENT, recorded()) == []
    assert asked(MIDNIGHT, recorded()) == [expired()]


@pytest.mark.parametrize(
    ("last_day", "over"),
    [
        (date(2027, 1, 15), datetime(2027, 1, 16, 6, tzinfo=UTC)),
        (date(2027, 6, 30), datetime(2027, 7, 1, 5, tzinfo=UTC)),
        (date(2028, 2, 28), datetime(2028, 2, 29, 6, tzinfo=UTC)),
        (date(2028, 2, 29), datetime(2028, 3, 1, 6, tzinfo=UTC)),
        (date(2027, 3, 14), datetime(2027, 3, 15, 5, tzinfo=UTC)),  # clocks go forward on this day
        (date(2027, 11, 7), datetime(2027, 11, 8, 6, tzinfo=UTC)),  # and back on this one
    ],
)
def test_a_day_ends_in_missouri_in_winter_in_summer_and_in_leap_years(last_day: date, over: datetime) -> None:
    row = running(recorded(expires_on=last_day))

    assert row is not None
    assert row.due_at == over
    assert asked(over - MOMENT, recorded(expires_on=last_day), last_day=last_day) == []
    assert asked(over, recorded(expires_on=last_day), last_day=last_day) == [expired(last_day)]


def test_the_end_of_the_calendar_is_no_trouble() -> None:
    assert running(recorded(expires_on=date.max)) is not None


def test_it_is_recorded_once() -> None:
    assert asked(MIDNIGHT + timedelta(days=7), recorded(), expired()) == []
    assert running(recorded(), expired()) is None


def test_a_certificate_with_another_last_day_does_not_expire_on_the_old_one() -> None:
    assert asked(MIDNIGHT, recorded(), upgraded()) == []
    assert asked(MIDNIGHT, recorded(), recorded(expires_on=date(2031, 1, 15))) == []


def test_one_that_was_extended_expires_on_its_new_last_day() -> None:
    extended = certificate_extended()
    row = running(recorded(), extended)

    assert row is not None
    assert row.expires_on == extended.expires_on
    assert asked(row.due_at, recorded(), extended) == []
    assert asked(row.due_at, recorded(), extended, last_day=row.expires_on) == [expired(row.expires_on)]
    assert running(recorded(), expired(), extended) == row, "also when that came late"


def test_a_career_certificate_has_its_own_last_day() -> None:
    row = running(recorded(), upgraded())

    assert row is not None
    assert row.expires_on == upgraded().expires_on
    assert asked(row.due_at, recorded(), upgraded(), last_day=row.expires_on) == [expired(row.expires_on)]


def test_one_that_expired_and_was_upgraded_runs_again() -> None:
    row = running(recorded(), expired(), upgraded())

    assert row is not None
    assert asked(row.due_at, recorded(), expired(), upgraded(), last_day=row.expires_on) == [expired(row.expires_on)]


@pytest.mark.parametrize("status", OTHERS)
def test_only_an_active_one_expires(status: CertificateStatus) -> None:
    assert running(recorded(status=status)) is None
    assert asked(MIDNIGHT, recorded(status=status)) == []


def test_one_that_came_in_after_its_last_day_has_none() -> None:
    on_the_day, after_it = recorded(recorded_at=MIDNIGHT - MOMENT), recorded(recorded_at=MIDNIGHT)

    assert running(on_the_day) is not None
    assert asked(MIDNIGHT, on_the_day) == [expired()]
    assert running(after_it) is None
    assert asked(MIDNIGHT, after_it) == []


def test_what_is_judged_by_its_date_is_judged_as_before() -> None:
    before, ended = after(certificate, recorded()), after(certificate, recorded(), expired())
    assert isinstance(before, Recorded)
    assert isinstance(ended, Recorded)

    for day in (LAST_DAY - timedelta(days=1), LAST_DAY, LAST_DAY + timedelta(days=1)):
        assert rule_active(before.held, day) == rule_active(ended.held, day)
    assert before.entered == ended.entered, "the state's line says nothing new when it comes again"


def test_the_deadline_has_a_row_exactly_while_the_rule_would_record_the_end() -> None:
    """Else a row would fall due for ever, or never."""
    lives = (
        (recorded(),), (recorded(), expired()), (recorded(), upgraded()), (recorded(), expired(), upgraded()),
        (recorded(), certificate_extended()), (recorded(), certificate_extended(), expired()),
        (recorded(recorded_at=MIDNIGHT),), (recorded(), recorded(status=CertificateStatus.REVOKED)),
        (recorded(), expired(), recorded(expires_on=date(2028, 1, 15))),
    )  # fmt: skip
    for facts in lives:
        row, state = running(*facts), after(certificate, *facts)
        assert (row.expires_on if row else None) == state.runs_out_on
        assert {certificates_running.key(each) for each in facts} == {CERTIFICATE}
