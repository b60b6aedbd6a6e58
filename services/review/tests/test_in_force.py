"""How a certificate stood on a day: the edges of each period, and what nobody can know."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from review_given import certificate_extended, recorded, status_changed, upgraded

from lectern.contracts.review import CertificateExpired, CertificateRecorded
from lectern.contracts.values import CertificateKind, CertificateStatus
from review.certificate_lives import Cause, LifeRow, certificate_lives, fold
from review.in_force import Force, as_of, on_day
from review.look_up_queries import ROLE

ISSUED, EXPIRES = date(2023, 1, 15), date(2027, 1, 15)
CAME_IN = datetime(2026, 3, 1, 18, tzinfo=UTC)
RECORDED_ON = date(2026, 3, 1)


def life(*facts: Any) -> LifeRow:
    row: LifeRow | None = None
    for fact in facts:
        row = fold(row, fact)
    assert row is not None
    return row


def line(status: CertificateStatus = CertificateStatus.ACTIVE, **changed: Any) -> CertificateRecorded:
    said = {"issued_on": ISSUED, "expires_on": EXPIRES, "recorded_at": CAME_IN, "status": status}
    return recorded(**(said | changed))


def force(of: LifeRow, *day: int) -> Force | None:
    found = as_of(of, date(*day))
    return found.force if found else None


def test_it_runs_from_its_issue_to_the_end_of_its_last_day() -> None:
    held = life(line())

    assert force(held, 2023, 1, 14) is None
    assert force(held, 2023, 1, 15) is Force.ACTIVE
    assert force(held, 2027, 1, 15) is Force.ACTIVE
    assert force(held, 2027, 1, 16) is Force.EXPIRED


def test_a_recorded_end_changes_no_day() -> None:
    without = life(line())
    ended = CertificateExpired(
        certificate_id=without.certificate_id,
        person_id=without.person_id,
        expires_on=EXPIRES,
        recorded_at=datetime(2027, 1, 25, 18, tzinfo=UTC),
    )
    recorded_late = life(line(), ended)

    for day in [(2023, 1, 14), (2023, 1, 15), (2027, 1, 15), (2027, 1, 16), (2027, 1, 25), (2027, 1, 26)]:
        assert force(recorded_late, *day) == force(without, *day)
    assert force(life(line(), ended, upgraded()), 2200, 1, 1) == force(life(line(), upgraded()), 2200, 1, 1)


@pytest.mark.parametrize(
    "status", [CertificateStatus.SUSPENDED, CertificateStatus.REVOKED, CertificateStatus.SURRENDERED]
)
def test_what_came_in_taken_away_is_not_known_before_its_record(status: CertificateStatus) -> None:
    held = life(line(status))

    assert force(held, 2026, 2, 28) is Force.UNKNOWN
    assert force(held, 2026, 3, 1) is Force(status.value)
    assert force(held, 2028, 1, 1) is Force(status.value), "also after its last day"


def test_one_that_came_in_expired_ran_until_its_last_day() -> None:
    held = life(line(CertificateStatus.EXPIRED, issued_on=date(2021, 7, 1), expires_on=date(2025, 6, 30)))

    assert force(held, 2025, 6, 30) is Force.ACTIVE
    assert force(held, 2025, 7, 1) is Force.EXPIRED


def test_one_that_came_in_expired_before_its_last_day_is_not_known_before_its_record() -> None:
    held = life(line(CertificateStatus.EXPIRED))

    assert force(held, 2026, 2, 28) is Force.UNKNOWN
    assert force(held, 2026, 3, 1) is Force.EXPIRED


def test_a_later_record_changes_nothing_of_the_days_before_it() -> None:
    held = life(line(), line(CertificateStatus.SUSPENDED, recorded_at=datetime(2026, 5, 1, 18, tzinfo=UTC)))

    assert force(held, 2026, 4, 30) is Force.ACTIVE
    assert force(held, 2026, 5, 1) is Force.SUSPENDED


def test_what_dese_changed_counts_from_its_day_and_the_days_before_stay_as_they_were() -> None:
    suspended = status_changed(CertificateStatus.SUSPENDED, date(2026, 5, 1), datetime(2026, 5, 11, 18, tzinfo=UTC))
    given_back = status_changed(CertificateStatus.ACTIVE, date(2026, 8, 1), datetime(2026, 8, 3, 18, tzinfo=UTC))
    too_late = status_changed(CertificateStatus.EXPIRED, date(2027, 1, 10), datetime(2027, 2, 1, 18, tzinfo=UTC))

    taken, back = life(line(), suspended), life(line(), suspended, given_back)

    assert [force(taken, 2026, 4, 30), force(taken, 2026, 5, 1)] == [Force.ACTIVE, Force.SUSPENDED]
    assert force(taken, 2028, 1, 1) is Force.SUSPENDED, "also after its last day"
    assert [force(back, 2026, 7, 31), force(back, 2026, 8, 1)] == [Force.SUSPENDED, Force.ACTIVE]
    assert force(back, 2027, 1, 16) is Force.EXPIRED
    late = life(line(), suspended, too_late)
    assert [force(late, 2027, 1, 15), force(late, 2027, 1, 16)] == [Force.ACTIVE, Force.EXPIRED]
    assert back.changes[-1].cause is Cause.RULED


def test_the_day_of_a_record_is_the_day_in_missouri() -> None:
    held = life(line(), line(CertificateStatus.REVOKED, recorded_at=datetime(2026, 5, 2, 4, 59, tzinfo=UTC)))

    assert force(held, 2026, 4, 30) is Force.ACTIVE
    assert force(held, 2026, 5, 1) is Force.REVOKED


def test_an_upgrade_is_a_career_certificate_from_its_day_on() -> None:
    fact = upgraded()
    held = life(line(), fact)
    before, after = as_of(held, date(2027, 1, 4)), as_of(held, fact.effective_on)

    assert before is not None
    assert after is not None
    assert (before.was.kind, before.was.expires_on) == (CertificateKind.IPC, EXPIRES)
    assert (after.was.kind, after.was.valid_from, after.was.expires_on, after.force) == (
        CertificateKind.CCPC, fact.effective_on, fact.expires_on, Force.ACTIVE,
    )  # fmt: skip
    assert [(each.cause, each.application_id) for each in held.changes] == [
        (Cause.RECORDED, None),
        (Cause.UPGRADED, fact.application_id),
    ]


def test_an_extension_is_known_from_its_decision_on_and_stays_an_initial_certificate() -> None:
    fact = certificate_extended()
    held = life(line(), fact)
    before, after = as_of(held, date(2027, 1, 4)), as_of(held, date(2027, 1, 5))

    assert before is not None
    assert after is not None
    assert (before.was.expires_on, after.was.expires_on) == (EXPIRES, date(2031, 1, 15))
    assert (after.was.kind, after.was.valid_from, after.was.issued_on) == (CertificateKind.IPC, ISSUED, ISSUED)
    assert force(held, 2031, 1, 15) is Force.ACTIVE
    assert force(held, 2031, 1, 16) is Force.EXPIRED
    assert held.changes[-1].cause is Cause.EXTENDED


def test_a_late_extension_leaves_no_day_between_the_periods() -> None:
    lapsed = line(CertificateStatus.EXPIRED, expires_on=date(2026, 2, 1))
    held = life(lapsed, certificate_extended(effective_on=date(2026, 2, 1), expires_on=date(2030, 2, 1)))

    assert force(held, 2026, 2, 1) is Force.ACTIVE
    assert force(held, 2026, 6, 30) is Force.ACTIVE
    assert force(held, 2030, 2, 1) is Force.ACTIVE
    assert force(held, 2030, 2, 2) is Force.EXPIRED


def test_what_lasts_longest_comes_first_and_what_was_not_issued_yet_is_left_out() -> None:
    older = life(line(CertificateStatus.EXPIRED, issued_on=date(2015, 7, 1), expires_on=date(2019, 6, 30)))
    newer = life(line())

    assert [each.was.issued_on for each in on_day((older, newer), date(2026, 4, 1))] == [ISSUED, date(2015, 7, 1)]
    assert [each.was.issued_on for each in on_day((older, newer), date(2020, 1, 1))] == [date(2015, 7, 1)]


def test_only_what_is_published_has_a_policy_for_the_public() -> None:
    assert f"'{ROLE}'" in certificate_lives.sql.read_text(encoding="utf-8")
