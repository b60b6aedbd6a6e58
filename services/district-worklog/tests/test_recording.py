from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid5

import pytest
from pydantic import ValidationError
from worklog_commands import keeping, recording
from worklog_given import (
    ALL_FIVE,
    APPLICATION,
    ASSISTED,
    EVALUATED,
    EXTENSION,
    FOUR_YEARS,
    TEACHES_NOW,
    TERMS,
    THEIRS,
    THIRTY_HOURS,
    TODAY,
    TWO_YEARS_MENTORED,
    approved,
    case_after,
    claimed,
    entered,
    evidence_after,
    heard,
    id_of,
    item_after,
    kept,
    recorded,
    requested,
    returned,
    submitted,
    verified,
    year,
)

from district_worklog.application import Application
from district_worklog.evidence import (
    AssistanceRecord,
    CriterionRecorded,
    DevelopmentRecord,
    EvaluationRecord,
    MentoringRecord,
    Record,
    TeachingRecord,
)
from district_worklog.recording import keep, problems, record
from district_worklog.rulings import verdict_of
from lectern.contracts.facts import Fact
from lectern.contracts.values import Kind, Verdict
from lectern.eventlog.errors import NotFound, Refused
from lectern.eventlog.streams import Entry
from lectern.rules import IN_FORCE


def facts_of(decided: list[CriterionRecorded | Entry]) -> list[Fact]:
    return [each.fact if isinstance(each, Entry) else each for each in decided]


@pytest.mark.parametrize("card", ALL_FIVE, ids=lambda each: each.criterion)
def test_keeps_what_is_recorded_for_a_criterion(card: Record) -> None:
    given = item_after(requested(), claimed())

    when = recording(card)

    assert record(evidence_after(), given, case_after(), heard(), when) == [recorded(card)]
    assert recorded(card).verdict is Verdict.MET


def test_who_records_first_has_opened_it() -> None:
    given = item_after(requested())

    when = recording(EVALUATED, ASSISTED)

    told = record(evidence_after(), given, case_after(), heard(), when)
    assert facts_of(told) == [claimed(), recorded(EVALUATED), recorded(ASSISTED)]


def test_saves_what_is_not_finished() -> None:
    given = item_after(requested(), claimed())

    when = recording(DevelopmentRecord(quarter_hours=104))

    (told,) = facts_of(record(evidence_after(), given, case_after(), heard(), when))
    assert isinstance(told, CriterionRecorded)
    assert told.verdict is Verdict.NOT_MET


@pytest.mark.parametrize(
    ("card", "field"),
    [
        (DevelopmentRecord(plan_approved=False), "development_checked"),
        (MentoringRecord(shown=False), "mentoring_checked"),
        (AssistanceRecord(completed=False), "assistance_checked"),
        (EvaluationRecord(took_part=False), "evaluation_checked"),
    ],
)
def test_a_no_needs_its_reason(card: Record, field: str) -> None:
    given = item_after(requested(), claimed())

    when = recording(card)

    with pytest.raises(Refused, match="Say why") as refused:
        record(evidence_after(), given, case_after(), heard(), when)
    assert refused.value.details["field"] == field


def test_a_no_with_its_reason_is_not_met() -> None:
    given = item_after(requested(), claimed())

    when = recording(EvaluationRecord(took_part=False, checked="Joined in August"))

    (told,) = facts_of(record(evidence_after(), given, case_after(), heard(), when))
    assert isinstance(told, CriterionRecorded)
    assert told.verdict is Verdict.NOT_MET


def test_a_program_is_not_completed_in_the_future() -> None:
    card = AssistanceRecord(completed=True, completed_on=TODAY + timedelta(days=1))

    assert [field for field, _ in problems(card, TODAY)] == ["assistance_on"]
    assert not [*problems(card.model_copy(update={"completed_on": TODAY}), TODAY)]


def test_a_school_year_that_has_not_begun_is_not_taught() -> None:
    card = TeachingRecord(years=(year(2026), year(2027)))

    assert [field for field, _ in problems(card, TODAY)] == ["school_year_1"]


def test_each_year_says_what_it_was_checked_against() -> None:
    card = TeachingRecord(years=(year(2024), year(2025, against="")))

    assert [field for field, _ in problems(card, TODAY)] == ["checked_against_1"]


@pytest.mark.parametrize("quarters", [-1, 40_001])
def test_hours_are_neither_negative_nor_endless(quarters: int) -> None:
    with pytest.raises(ValidationError):
        DevelopmentRecord(quarter_hours=quarters)


def test_years_that_do_not_reach_four_are_not_met() -> None:
    short = TeachingRecord(years=(*FOUR_YEARS.years[:3], year(2025, share=99)))

    assert recorded(short).verdict is Verdict.NOT_MET


def test_a_record_made_meanwhile_is_not_written_over() -> None:
    given = evidence_after(recorded(TWO_YEARS_MENTORED))

    when = recording(MentoringRecord(shown=True, school_years=3))

    with pytest.raises(Refused, match="while you were writing") as refused:
        record(given, item_after(requested(), claimed()), case_after(), heard(), when)
    assert refused.value.details["criterion"] == "UPG-MENTORING"


def test_a_record_one_has_seen_may_be_replaced() -> None:
    given = evidence_after(recorded(TWO_YEARS_MENTORED))
    card = MentoringRecord(shown=True, school_years=3)

    when = recording(entered(card, seen=id_of(TWO_YEARS_MENTORED)))

    assert record(given, item_after(requested(), claimed()), case_after(), heard(), when) == [recorded(card)]


def test_another_districts_item_looks_like_none_at_all() -> None:
    with pytest.raises(NotFound):
        record(evidence_after(), item_after(requested()), case_after(), heard(), recording(EVALUATED, district=THEIRS))


@pytest.mark.parametrize(
    ("item", "case"),
    [
        (item_after(requested(), returned()), case_after()),
        (item_after(requested(), verified()), case_after()),
        (item_after(requested()), case_after(approved())),
        (item_after(requested(), returned(), requested(submission=2)), case_after()),
    ],
    ids=["returned", "sent", "ended", "handed in again"],
)
def test_nothing_is_recorded_for_what_no_longer_waits(item: object, case: object) -> None:
    with pytest.raises(Refused):
        record(evidence_after(), item, case, heard(), recording(EVALUATED))  # type: ignore[arg-type]


# ── after a correction


AGAIN = item_after(requested(), claimed(), returned(), requested(submission=2))


def test_keeps_what_was_recorded_before_the_correction() -> None:
    given = evidence_after(recorded(EVALUATED), recorded(ASSISTED))

    when = keeping()

    assert keep(given, AGAIN, case_after(), when) == [kept()]


def test_what_is_recorded_anew_wins_over_what_is_kept() -> None:
    newer = EvaluationRecord(took_part=True, checked="Three summaries")

    given = evidence_after(recorded(EVALUATED), recorded(ASSISTED), recorded(newer, submission=2), kept())

    assert given.records["UPG-PBTE"].record_id == id_of(newer)  # type: ignore[union-attr]
    assert given.records["UPG-BTA"].record_id == id_of(ASSISTED)  # type: ignore[union-attr]


def test_nothing_is_kept_twice() -> None:
    given = evidence_after(recorded(EVALUATED), kept())

    when = keeping()

    assert keep(given, AGAIN, case_after(), when) == []


def test_a_record_for_an_older_handing_in_changes_nothing() -> None:
    given = evidence_after(recorded(EVALUATED, submission=2))

    late = recorded(EvaluationRecord(took_part=False, checked="?"), submission=1, record_id=uuid5(APPLICATION, "late"))

    assert evidence_after(recorded(EVALUATED, submission=2), late) == given


def test_hours_recorded_are_those_of_this_handing_in_only() -> None:
    given = evidence_after(recorded(THIRTY_HOURS), recorded(EVALUATED, submission=2))

    assert {*given.records} == {"UPG-PBTE"}  # type: ignore[union-attr]
    assert {*given.before} == {"UPG-PD"}  # type: ignore[union-attr]


EXTENDING = heard(submitted(kind=Kind.EXTENSION))


def test_keeps_the_position_somebody_teaches_in_now() -> None:
    given = item_after(requested(), claimed())

    when = recording(TEACHES_NOW)

    told = record(evidence_after(), given, case_after(), EXTENDING, when)
    assert told == [recorded(TEACHES_NOW, terms=EXTENSION)]
    assert recorded(TEACHES_NOW, terms=EXTENSION).verdict is Verdict.MET


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"since": TODAY + timedelta(days=1)}, "teaching_since"),
        ({"teaching_now": False}, "teaching_checked"),
    ],
)
def test_a_position_to_come_is_not_recorded_and_a_no_needs_its_reason(changed: dict[str, Any], field: str) -> None:
    given = item_after(requested(), claimed())

    when = recording(TEACHES_NOW.model_copy(update=changed))

    with pytest.raises(Refused) as refused:
        record(evidence_after(), given, case_after(), EXTENDING, when)
    assert refused.value.details["field"] == field


def test_a_position_that_begins_today_is_recorded() -> None:
    given = item_after(requested(), claimed())

    when = recording(TEACHES_NOW.model_copy(update={"since": TODAY}))

    (told,) = facts_of(record(evidence_after(), given, case_after(), EXTENDING, when))
    assert isinstance(told, CriterionRecorded)
    assert told.verdict is Verdict.MET


@pytest.mark.parametrize(
    ("card", "application"), [(TEACHES_NOW, heard()), (EVALUATED, EXTENDING)], ids=["extension's", "upgrade's"]
)
def test_what_the_kind_does_not_ask_for_is_not_recorded(card: Record, application: Application) -> None:
    given = item_after(requested(), claimed())

    with pytest.raises(Refused, match="does not ask"):
        record(evidence_after(), given, case_after(), application, recording(card))


def test_records_are_judged_by_the_rule_set_of_the_application() -> None:
    three_years = FOUR_YEARS.model_copy(update={"years": FOUR_YEARS.years[:3]})
    lenient = IN_FORCE.parameters.model_copy(update={"teaching_hundredths": 300})
    terms = replace(TERMS, rules=IN_FORCE.model_copy(update={"parameters": lenient}))

    assert verdict_of(three_years, TERMS, TODAY) is Verdict.NOT_MET
    assert verdict_of(three_years, terms, TODAY) is Verdict.MET
