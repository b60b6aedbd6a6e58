"""Folds are total, whatever comes in whatever order; rules answer or refuse, and nothing else."""

from collections.abc import Callable
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from worklog_commands import claiming, keeping, recording, returning, verifying
from worklog_given import (
    ALL_FIVE,
    OURS,
    THEIRS,
    answered,
    approved,
    asked,
    case_after,
    claimed,
    corrected,
    denied,
    entered,
    evidence_after,
    heard,
    id_of,
    item_after,
    kept,
    overdue,
    recorded,
    reopened,
    requested,
    returned,
    submitted,
    supplied,
    verified,
)

from district_worklog.case_page import case_page
from district_worklog.claiming import claim
from district_worklog.evidence import EvaluationRecord
from district_worklog.recording import keep, record
from district_worklog.returning import return_to_educator
from district_worklog.verifying import verify
from district_worklog.work_item import Verified, last_submission
from district_worklog.work_log import WorkLogRow, work_log
from lectern.contracts.facts import Fact
from lectern.contracts.values import ReturnReason
from lectern.eventlog.errors import Unanswered
from lectern.eventlog.streams import Entry

submissions = st.integers(1, 3)
records = st.sampled_from([*ALL_FIVE, EvaluationRecord(took_part=False, checked="No summaries")])
facts: st.SearchStrategy[Fact] = st.one_of(
    st.just(submitted()),
    st.builds(corrected, submissions),
    st.builds(requested, submissions, st.sampled_from([OURS, THEIRS])),
    st.builds(lambda n: claimed(submission=n), submissions),
    st.builds(recorded, records, submissions),
    st.builds(kept, submissions),
    st.builds(verified, submissions),
    st.builds(returned, submissions),
    st.builds(reopened, submissions),
    st.builds(answered, submissions),
    st.builds(supplied, submissions),
    st.builds(lambda n: asked(submission=n), submissions),
    st.builds(overdue, submissions, st.sampled_from([OURS, THEIRS])),
    st.builds(approved, submissions),
    st.builds(denied, submissions),
)


def only(told: list[Fact], *prefixes: str) -> list[Fact]:
    """Those of one stream."""
    return [each for each in told if getattr(each, "stream", "evidence") in prefixes]


@given(st.lists(facts, max_size=30))
@settings(max_examples=150, deadline=None)
def test_every_fold_takes_every_order(told: list[Fact]) -> None:
    for view in (work_log, case_page):
        row: Any = None
        for fact in told:
            row = view.fold(row, fact) if isinstance(fact, view.facts) else row
        if isinstance(row, WorkLogRow):
            assert set(row.met) <= set(row.recorded)
    item = item_after(*only(told, "work-item"))
    evidence_after(*only(told, "evidence"))
    asked = [each.submission for each in only(told, "work-item") if each.type == "VerificationRequested"]  # type: ignore[attr-defined]
    assert last_submission(item) == max(asked, default=0)


@given(st.lists(facts, max_size=20), st.sampled_from([OURS, THEIRS]), submissions, st.booleans())
@settings(max_examples=150, deadline=None)
def test_every_rule_answers_or_refuses(told: list[Fact], district: str, submission: int, attested: bool) -> None:
    item = item_after(*only(told, "work-item"))
    case = case_after(*(each for each in told if each.type in {"ApplicationApproved", "ApplicationDenied"}))
    evidence = evidence_after(*only(told, "evidence"))
    application = heard(*(each for each in told if each.type in {"ApplicationSubmitted", "ApplicationCorrected"}))
    say = returning(ReturnReason.HOURS_MISSING, district=district).model_copy(update={"submission": submission})
    card = entered(ALL_FIVE[4], seen=id_of(ALL_FIVE[4]))
    asked: list[Callable[[], list[Any]]] = [
        lambda: claim(item, case, claiming(district, submission=submission)),
        lambda: record(evidence, item, case, application, recording(card, district=district, submission=submission)),
        lambda: keep(evidence, item, case, keeping(submission, district)),
        lambda: verify(item, evidence, case, application, verifying(ALL_FIVE, district, attested, submission)),
        lambda: return_to_educator(item, case, application, say),
    ]

    for each in asked:
        try:
            decided: list[Any] = [fact.fact if isinstance(fact, Entry) else fact for fact in each()]
        except Unanswered:
            continue
        assert all(fact.district == district and fact.submission == submission for fact in decided)
        if any(fact.type == "DistrictVerified" for fact in decided):
            assert attested
            assert not isinstance(item, Verified)
