"""Given facts, then the row."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from worklog_given import (
    ASSISTED,
    DANA,
    EVALUATED,
    NOW,
    OURS,
    THEIRS,
    approved,
    certificate,
    claimed,
    corrected,
    denied,
    kept,
    person,
    recorded,
    registered,
    renamed,
    requested,
    returned,
    status_changed,
    submitted,
    verified,
    withdrawn,
)

from district_worklog.case_page import CasePageRow, case_page
from district_worklog.certificates import certificates
from district_worklog.districts import districts
from district_worklog.educators import educators
from district_worklog.evidence import DevelopmentRecord
from district_worklog.work_log import End, Stage, WorkLogRow, work_log
from lectern.contracts.days import chicago_day
from lectern.contracts.district_worklog import DistrictClosed, DistrictListed
from lectern.contracts.facts import Fact
from lectern.contracts.sealed import Sealed
from lectern.contracts.values import CertificateStatus, Task
from lectern.eventlog.views import View
from lectern.rules.clocks import Run


def row_after(view: View[Any], *facts: Fact) -> Any:
    row = None
    for fact in facts:
        row = view.fold(row, fact)
    return row


def log_row(*facts: Fact) -> WorkLogRow:
    row = row_after(work_log, submitted(), *facts)
    assert isinstance(row, WorkLogRow)
    return row


def page_row(*facts: Fact) -> CasePageRow:
    row = row_after(case_page, submitted(), *facts)
    assert isinstance(row, CasePageRow)
    return row


def test_stands_in_the_work_log_once_the_district_is_asked() -> None:
    assert log_row().stage is Stage.ARRIVING

    row = log_row(requested())

    assert (row.stage, row.district, row.submission, row.claimed_by) == (Stage.TO_VERIFY, OURS, 1, None)


def on(fact: Any, field: str, days: int) -> Any:
    return fact.model_copy(update={field: NOW + timedelta(days=days)})


def test_the_districts_clock_stands_while_the_educator_has_it_and_goes_on_after() -> None:
    first = on(requested(), "requested_at", 0), on(returned(), "returned_at", 2)
    again = corrected(), on(requested(submission=2), "requested_at", 9)
    day = chicago_day(NOW)

    with_educator, back = log_row(*first), log_row(*first, *again)
    sent = log_row(*first, *again, on(verified(submission=2), "verified_at", 16))

    assert with_educator.clock == (Run(day, day + timedelta(days=2)),)
    assert back.clock == (*with_educator.clock, Run(day + timedelta(days=9)))
    assert sent.clock[-1].until == day + timedelta(days=16)


def test_what_one_district_took_is_nothing_to_the_next() -> None:
    moved = log_row(
        on(requested(), "requested_at", 0),
        on(returned(), "returned_at", 2),
        corrected(district=THEIRS),
        on(requested(submission=2, district=THEIRS), "requested_at", 9),
    )

    assert moved.clock == (Run(chicago_day(NOW) + timedelta(days=9)),)


def test_names_who_opened_it_first() -> None:
    row = log_row(requested(), claimed(DANA), claimed(DANA))

    assert (row.claimed_by, row.claimed_at) == (DANA, NOW)


def test_counts_what_is_recorded_and_what_is_met() -> None:
    row = log_row(requested(), recorded(EVALUATED), recorded(DevelopmentRecord(quarter_hours=80)))

    assert row.recorded == ("UPG-PBTE", "UPG-PD")
    assert row.met == ("UPG-PBTE",)


def test_a_criterion_no_longer_met_is_not_counted() -> None:
    row = log_row(requested(), recorded(EVALUATED), recorded(EVALUATED.model_copy(update={"took_part": None})))

    assert (row.recorded, row.met) == (("UPG-PBTE",), ())


@pytest.mark.parametrize(
    ("facts", "stage", "end"),
    [
        ((returned(),), Stage.RETURNED, None),
        ((verified(),), Stage.SENT, None),
        ((verified(), approved()), Stage.CLOSED, End.APPROVED),
        ((verified(), denied()), Stage.CLOSED, End.DENIED),
        ((denied(),), Stage.CLOSED, End.DENIED),
        ((claimed(), withdrawn()), Stage.CLOSED, End.WITHDRAWN),
        ((returned(), verified()), Stage.RETURNED, None),
        ((denied(), requested(submission=2)), Stage.CLOSED, End.DENIED),
    ],
)
def test_moves_from_tab_to_tab(facts: tuple[Fact, ...], stage: Stage, end: End | None) -> None:
    row = log_row(requested(), *facts)

    assert (row.stage, row.closed_as) == (stage, end)


def test_a_corrected_application_waits_again_with_what_was_recorded_kept_aside() -> None:
    before = log_row(requested(), claimed(), recorded(EVALUATED), returned())

    row = log_row(requested(), claimed(), recorded(EVALUATED), returned(), corrected(), requested(submission=2))

    assert (row.stage, row.submission, row.claimed_by, row.moved_at) == (Stage.TO_VERIFY, 2, None, None)
    assert (row.recorded, row.met) == ((), ())
    assert (row.recorded_before, row.met_before) == (before.recorded, before.met)


def test_what_was_kept_counts_again() -> None:
    row = log_row(
        requested(), recorded(EVALUATED), recorded(ASSISTED), returned(), requested(submission=2),
        recorded(EVALUATED, submission=2), kept(),
    )  # fmt: skip

    assert (row.recorded, row.met) == (("UPG-BTA", "UPG-PBTE"), ("UPG-BTA", "UPG-PBTE"))


def test_facts_about_an_older_handing_in_change_nothing() -> None:
    now = (requested(), returned(), requested(submission=2))

    for late in (claimed(), recorded(EVALUATED), verified(), returned(), requested()):
        assert log_row(*now, late) == log_row(*now)
        assert page_row(*now, late) == page_row(*now)


def test_an_application_never_heard_of_has_no_row() -> None:
    for fact in (requested(), verified(), approved(), corrected()):
        assert row_after(work_log, fact) is None
        assert row_after(case_page, fact) is None


def test_the_page_shows_the_newest_report_and_what_was_changed() -> None:
    row = page_row(requested(), returned(), corrected(), requested(submission=2))

    assert row.report == corrected().for_district
    assert (row.report_of, row.corrected, row.submission) == (2, (Task.EDUCATION,), 2)


def test_a_record_replaces_the_one_before() -> None:
    newer = EVALUATED.model_copy(update={"checked": "Three summaries"})

    row = page_row(requested(), recorded(EVALUATED), recorded(ASSISTED), recorded(newer))

    assert [each.record_id for each in row.records] == [recorded(ASSISTED).record_id, recorded(newer).record_id]


def test_records_of_the_handing_in_before_stay_on_the_page() -> None:
    row = page_row(requested(), recorded(EVALUATED), returned(), corrected(), requested(submission=2))

    assert [each.submission for each in row.records] == [1]
    kept_row = case_page.fold(row, kept())
    assert kept_row is not None
    assert [each.submission for each in kept_row.records] == [2]


def test_the_history_tells_it_in_order() -> None:
    row = page_row(requested(), claimed(), returned(), corrected(), requested(submission=2), verified(2), approved(2))

    assert [each.what for each in row.history] == [
        "submitted", "claimed", "returned", "corrected", "verified", "approved",
    ]  # fmt: skip


def test_another_district_starts_with_an_empty_page() -> None:
    row = page_row(requested(), recorded(EVALUATED), returned(), corrected(), requested(submission=2, district=THEIRS))

    assert (row.district, row.records, [each.what for each in row.history]) == (THEIRS, (), ["named"])


def test_an_educator_has_the_name_and_number_that_were_last_heard() -> None:
    row = row_after(educators, person(), registered(), renamed())

    assert row.contact == renamed().contact
    assert (row.name, row.educator_number) == (person().name, person().educator_number)
    assert row_after(educators, registered(), person()) == replace(row, contact=registered().contact)


def test_a_certificate_is_shown_as_the_register_has_it() -> None:
    row = row_after(certificates, certificate())

    assert row.expires_on == certificate().expires_on


def test_a_certificate_that_dese_took_shows_its_status_and_no_reason() -> None:
    taken = row_after(certificates, certificate(), status_changed(CertificateStatus.REVOKED))
    back = row_after(
        certificates,
        certificate(),
        status_changed(CertificateStatus.REVOKED),
        status_changed(CertificateStatus.ACTIVE),
    )

    assert taken == replace(back, status=CertificateStatus.REVOKED)
    assert back == row_after(certificates, certificate())
    assert not [each for each in vars(taken).values() if isinstance(each, Sealed)]


def test_a_district_is_shown_as_the_state_lists_it() -> None:
    listed = DistrictListed(district=OURS, name="INDEPENDENCE 30", county="Jackson", listed_at=NOW)
    closed = DistrictClosed(district=OURS, closed_on=NOW.date(), closed_at=NOW)

    row = row_after(districts, listed, closed)

    assert (row.name, row.closed_on, row.contacts) == ("INDEPENDENCE 30", NOW.date(), None)
    assert row_after(districts, closed) is None
