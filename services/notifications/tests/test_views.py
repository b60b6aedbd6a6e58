from dataclasses import replace
from datetime import timedelta
from typing import Any

from notifications_given import APPLICATION, AT, INDEPENDENCE, JORDAN, NOTICE, REFERENCE, intent, sealed

from lectern.contracts.notifications import NoticeFailed, NoticeSent, NoticeUncertain
from notifications.notice import NoticeKept, NoticeRepeated
from notifications.notices_sent import NoticeRow, NoticeViewFact, State, fold, notices_sent

LATER = AT + timedelta(seconds=2)
COMMON: dict[str, Any] = {
    "notice_id": NOTICE, "notice": "submitted", "template": "submitted-4", "to": "educator",
    "application_id": APPLICATION,
}  # fmt: skip
KEPT = NoticeKept(notice_id=NOTICE, letter=sealed("NoticeKept.letter"), unreached=("550",), kept_at=LATER)
REPEATED = NoticeRepeated(**intent().model_dump(exclude={"type"}), repeated_by="user:1", repeated_at=LATER)
REQUESTED = NoticeRow(
    notice_id=NOTICE, notice="submitted", recipient="educator", template="submitted-4", application_id=APPLICATION,
    educator_id=JORDAN, reference=REFERENCE, submission=1, district=INDEPENDENCE, state=State.REQUESTED, happened_at=AT,
)  # fmt: skip


def after(*facts: NoticeViewFact) -> NoticeRow | None:
    row: NoticeRow | None = None
    for fact in facts:
        assert notices_sent.key(fact) == NOTICE
        row = fold(row, fact)
    return row


def test_a_notice_is_on_its_way_until_it_is_sent() -> None:
    sent = NoticeSent(**COMMON, sent_at=LATER)

    assert after(intent()) == REQUESTED
    assert after(intent(), sent, KEPT) == replace(
        REQUESTED, state=State.SENT, settled_at=LATER, letter=KEPT.letter, unreached=("550",)
    )


def test_a_failed_one_says_why_until_it_is_repeated() -> None:
    failed = NoticeFailed(**COMMON, reason="550", failed_at=LATER)

    assert after(intent(), failed) == replace(REQUESTED, state=State.FAILED, settled_at=LATER, reason="550")
    assert after(intent(), failed, REPEATED) == replace(REQUESTED, repeats=1)


def test_an_uncertain_one_may_turn_out_to_be_sent() -> None:
    uncertain = NoticeUncertain(**COMMON, noticed_at=AT)

    assert after(intent(), uncertain) == replace(REQUESTED, state=State.UNCERTAIN, settled_at=AT)
    assert after(intent(), uncertain, NoticeSent(**COMMON, sent_at=LATER)) == replace(
        REQUESTED, state=State.SENT, settled_at=LATER
    )


def test_an_outcome_without_its_request_makes_no_row() -> None:
    assert after(KEPT, NoticeSent(**COMMON, sent_at=LATER)) is None
