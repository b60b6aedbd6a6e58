"""The cards of the case page: what they say, and what they say is left."""

from worklog_given import ALL_FIVE, ASSISTED, EVALUATED, FOUR_YEARS, TERMS, THIRTY_HOURS, TODAY, year

from district_worklog.cards import Cards, cards, left, year_lines
from district_worklog.evidence import (
    AssistanceRecord,
    DevelopmentRecord,
    EvaluationRecord,
    MentoringRecord,
    Record,
    TeachingRecord,
)
from lectern.contracts.values import EducatorReport, Verdict
from lectern.rules import UPGRADE

REPORT = EducatorReport(years=FOUR_YEARS.years, development_quarter_hours=118, mentoring_school_years=2)


def made(*records: Record, change: tuple[str, ...] = ()) -> Cards:
    known: dict[str, Record] = {each.criterion: each for each in records}
    return cards(REPORT, known, {}, terms=TERMS, today=TODAY, change=change)


def left_of(*records: Record) -> dict[str, str]:
    return dict(left(made(*records).rulings, {each.criterion: each for each in records}, TERMS))


def test_what_is_only_reported_is_not_yet_known() -> None:
    given = made()

    assert {each.ruling.verdict for each in given.views} == {Verdict.UNKNOWN}
    assert given.confirmed == 0
    assert given.views[1].reported == ("29.5 of 30 contact hours",)


def test_a_met_card_folds_until_it_is_to_be_changed() -> None:
    folded, opened = made(EVALUATED).views[4], made(EVALUATED, change=("UPG-PBTE",)).views[4]

    assert (folded.open, opened.open) == (False, True)
    assert folded.recorded == ("Yes",)


def test_the_table_shows_what_is_recorded_before_what_is_reported() -> None:
    given = made(TeachingRecord(years=(year(2025, share=40),)))

    assert (given.total, [each.counts for each in given.years]) == ("0.40", ["0.40"])


def test_a_school_year_that_has_not_begun_counts_nothing() -> None:
    lines, total = year_lines([year(2025), year(2027), year(2024)], TODAY, UPGRADE)

    assert total == "2.00"
    assert [each.counts for each in lines] == ["1.00", "0.00", "1.00"]
    assert lines[1].why == "This school year has not begun"


def test_nothing_is_left_once_all_five_are_met() -> None:
    assert left_of(*ALL_FIVE) == {}


def test_says_what_is_left_at_the_field_where_it_is_done() -> None:
    assert [*left_of()] == ["teaching", "development_hours", "mentoring", "assistance", "evaluation"]


def test_says_how_much_is_missing() -> None:
    short = left_of(
        TeachingRecord(years=(year(2024), year(2025))),
        DevelopmentRecord(quarter_hours=104, plan_approved=True),
        MentoringRecord(shown=True, school_years=1),
        ASSISTED,
        EVALUATED,
    )

    assert short["teaching"].endswith("2.00 of 4.00 years are counted. Add a year, or return the application.")
    assert "26 of 30 contact hours are recorded. Record 4 more" in short["development_hours"]
    assert "1 of 2 school years" in short["mentoring_years"]


def test_a_no_leads_back_to_the_educator() -> None:
    said = left_of(
        *(each for each in ALL_FIVE if each.criterion == "UPG-TEACHING"),
        DevelopmentRecord(quarter_hours=120, plan_approved=False, checked="Not found"),
        MentoringRecord(shown=False, checked="Not found"),
        AssistanceRecord(completed=False, checked="Not found"),
        EvaluationRecord(took_part=False, checked="Not found"),
    )

    assert len(said) == 4
    assert all("you recorded No" in words for words in said.values())


def test_a_question_that_is_open_is_asked() -> None:
    said = left_of(FOUR_YEARS, THIRTY_HOURS.model_copy(update={"plan_approved": None}), MentoringRecord(checked="Log"))

    assert "choose Yes or No" in said["plan_approved"]
    assert "choose Yes or No" in said["mentoring"]
