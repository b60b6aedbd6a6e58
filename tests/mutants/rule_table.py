"""Every criterion of the rule set in force: where it is judged, what tests both sides of its edge, where it is shown;
and every number: which tests notice that it is another one. `python tests/mutants/rule_table.py docs/rules.md` writes
it down for readers; test_mutants.py holds it against the rules.
"""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from lectern.contracts.values import EstablishedBy, Kind
from lectern.rules import IN_FORCE
from lectern.rules.rule_sets import Criterion

ROOT: Final = Path(__file__).parents[2]
_RULES: Final = "shared/tests/rules"


@dataclass(frozen=True)
class Judged:
    where: str
    """The function, below lectern.rules."""
    tests: tuple[str, ...]
    """Of both sides of its edge: `file::test`, below shared/tests/rules."""


CRITERIA: Final[dict[str, Judged]] = {
    "UPG-ACTIVE": Judged(
        "upgrade.rule_active", ("test_upgrade.py::test_the_certificate_is_active_on_the_day_of_submission",)
    ),
    "UPG-TEACHING": Judged(
        "upgrade._teaching",
        (
            "test_upgrade.py::test_four_years",
            "test_upgrade.py::test_a_school_year_that_has_not_begun_does_not_count",
            "test_upgrade.py::test_the_school_year_that_runs_counts_with_its_share",
            "test_years.py::test_counts_what_was_taught_at_least_half_time",
            "test_years.py::test_399_is_not_400",
        ),
    ),
    "UPG-PD": Judged(
        "upgrade._development",
        ("test_upgrade.py::test_thirty_contact_hours", "test_upgrade.py::test_the_plan_is_approved_by_the_district"),
    ),
    "UPG-MENTORING": Judged("upgrade._mentoring", ("test_upgrade.py::test_two_school_years_of_mentoring",)),
    "UPG-BTA": Judged("upgrade._beginning", ("test_upgrade.py::test_a_program_is_completed_by_today",)),
    "UPG-PBTE": Judged(
        "upgrade._evaluation",
        (
            "test_upgrade.py::test_everything_established_is_met",
            "test_upgrade.py::test_a_no_of_the_district_is_a_no",
        ),
    ),
    "EXT-IPC": Judged(
        "extension.rule_extendable",
        ("test_extension.py::test_a_certificate_can_be_extended_until_eleven_months_after_its_expiry",),
    ),
    "EXT-TEACHING": Judged(
        "extension.rule_teaching_now",
        (
            "test_extension.py::test_teaching_now_is_met_by_a_position_that_has_begun",
            "test_extension.py::test_a_position_that_begins_tomorrow_is_not_held_now",
            "test_extension.py::test_any_share_of_full_time_is_enough",
        ),
    ),
    "REA-EXPIRED": Judged(
        "reactivation.rule_expired",
        ("test_reactivation.py::test_a_certificate_is_expired_from_the_day_after_its_last_one",),
    ),
    "REA-COURSE": Judged(
        "reactivation.rule_course",
        (
            "test_reactivation.py::test_a_course_has_two_to_three_semester_hours",
            "test_reactivation.py::test_what_a_course_lacks_is_said",
        ),
    ),
    "REA-COURSE-AGE": Judged(
        "reactivation.rule_course_age", ("test_reactivation.py::test_a_course_counts_for_six_months_to_the_day",)
    ),
    "REA-TRANSCRIPT": Judged(
        "reactivation.rule_transcript", ("test_reactivation.py::test_a_transcript_has_arrived_and_shows_the_course",)
    ),
    "REA-EMPLOYED": Judged(
        "reactivation.rule_employed",
        (
            "test_reactivation.py::test_hired_means_at_least_half_time",
            "test_reactivation.py::test_less_than_half_time_says_so",
        ),
    ),
    "REA-PD24": Judged("reactivation.rule_promised", ("test_reactivation.py::test_the_districts_word_is_the_promise",)),
    "REA-BACKGROUND": Judged(
        "reactivation.rule_background",
        ("test_reactivation.py::test_a_clearance_counts_for_a_year_to_the_day",),
    ),
}

_WAITS: Final = "services/notifications/tests/test_waiting.py::test_each_number_of_days_is_a_day_of_the_calendar"
_RANGE: Final = "test_calendar.py::test_expects_a_decision_in_eight_to_twelve_weeks"
NUMBERS: Final[dict[str, tuple[str, ...]]] = {
    "teaching_hundredths": ("test_upgrade.py::test_four_years",),
    "half_time_hundredths": (
        "test_years.py::test_counts_what_was_taught_at_least_half_time",
        "test_reactivation.py::test_hired_means_at_least_half_time",
    ),
    "school_year_hundredths": ("test_years.py::test_counts_what_was_taught_at_least_half_time",),
    "development_quarter_hours": ("test_upgrade.py::test_thirty_contact_hours",),
    "mentoring_school_years": ("test_upgrade.py::test_two_school_years_of_mentoring",),
    "window_days": (
        "test_calendar.py::test_the_window_is_sixty_days",
        "test_calendar.py::test_warns_from_the_sixty_first_day_before",
    ),
    "fee_cents": ("test_calendar.py::test_the_fee_is_unverified_and_the_hours_are_given",),
    "expected_weeks": (_RANGE,),
    "ipc_years": ("test_calendar.py::test_a_career_certificate_is_effective_on_approval_for_99_years",),
    "ccpc_years": ("test_calendar.py::test_a_career_certificate_is_effective_on_approval_for_99_years",),
    "payment_query_seconds": (
        "services/applications/tests/test_views.py"
        "::test_a_payment_is_asked_about_after_thirty_seconds_and_then_less_and_less",
    ),
    "late_months": ("test_extension.py::test_a_certificate_can_be_extended_until_eleven_months_after_its_expiry",),
    "extension_years": ("test_extension.py::test_the_new_period_starts_on_the_old_expiry_date_also_when_late",),
    "course_semester_hundredths": ("test_reactivation.py::test_a_course_has_two_to_three_semester_hours",),
    "course_months": ("test_reactivation.py::test_a_course_counts_for_six_months_to_the_day",),
    "promised_quarter_hours": ("test_reactivation.py::test_the_districts_word_is_the_promise",),
    "promised_months": ("test_reactivation.py::test_the_promise_is_due_six_months_after_the_reactivation",),
    "background_months": ("test_reactivation.py::test_a_clearance_counts_for_a_year_to_the_day",),
    **dict.fromkeys(("district_days", "state_days", "state_overdue_days", "returned_days", "morning_hour"), (_WAITS,)),
    "evening_hour": ("test_clocks.py::test_people_are_reminded_in_the_daytime_of_a_working_day",),
    "district_overdue_days": (
        "services/district-worklog/tests/test_being_late.py::test_it_is_said_on_the_morning_of_the_day_and_not_before",
    ),
    **dict.fromkeys(
        ("draft_days", "draft_warning_days"),
        ("services/applications/tests/test_lying.py::test_its_educator_is_told_in_time",),
    ),
    "closing_days": ("services/review/tests/test_closing.py::test_the_time_for_an_answer_is_over_after_ninety_days",),
    "reconsideration_days": (
        "services/applications/tests/test_reconsidering.py::test_a_denial_can_be_asked_about_for_ninety_days",
    ),
    **dict.fromkeys(
        ("measured_cases", "measured_least"),
        ("test_clocks.py::test_what_is_measured_rests_on_the_last_two_hundred_cases_and_thirty_at_least",),
    ),
    "reactivation_years": ("test_reactivation.py::test_a_new_period_begins_on_the_day_of_approval",),
}
"""By parameter, the tests that notice one unit more or less. What has no unit is not here: `extension_starts`."""


def whole(test: str) -> str:
    """A test's file and name, below the root."""
    return test if "/" in test else f"{_RULES}/{test}"


def pages(kind: Kind, criterion: Criterion) -> tuple[str, ...]:
    """Where its ruling is shown, and to whom. The background clearance is for the educator and DESE only."""
    shown = [f"educator: /new-applications/{kind.value}"]
    if criterion.established_by is EstablishedBy.DISTRICT:
        shown.append("district: /applications/{application_id}")
    return (*shown, "DESE: /cases/{application_id}")


def described() -> str:
    lines = [
        "# The rules, and what holds them",
        "",
        f"Rule set {IN_FORCE.version}, made by `make docs` from the set and from tests/mutants/rule_table.py. Each "
        "number and each comparison is moved by one on purpose (tests/mutants), and the tests named have to notice.",
    ]
    for kind, rules in IN_FORCE.kinds.items():
        lines += [
            "",
            f"## {kind.value.capitalize()}",
            "",
            "| criterion | asks | established by | judged in | tests of both sides | shown |",
        ]
        lines.append("| --- | --- | --- | --- | --- | --- |")
        lines += [_row(kind, each) for each in rules.criteria]
    lines += [
        "",
        "## Numbers",
        "",
        "| number | value | status | tests that notice another one |",
        "| --- | --- | --- | --- |",
    ]
    for name, tests in NUMBERS.items():
        value = getattr(IN_FORCE.parameters, name)
        lines.append(f"| {name} | {value} | {IN_FORCE.statuses[name]} | {_tests(tests)} |")
    return "\n".join(lines) + "\n"


def _row(kind: Kind, criterion: Criterion) -> str:
    judged = CRITERIA[criterion.id]
    cells = (
        criterion.id,
        f"{criterion.sentence} ({criterion.status})",
        criterion.established_by.value,
        f"`{judged.where}`",
        _tests(judged.tests),
        "<br>".join(pages(kind, criterion)),
    )
    return f"| {' | '.join(cells)} |"


def _tests(tests: tuple[str, ...]) -> str:
    return "<br>".join(each.rpartition("::")[2].removeprefix("test_").replace("_", " ") for each in tests)


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(described(), encoding="utf-8")
