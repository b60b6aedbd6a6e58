from datetime import timedelta

import pytest
from notifications_given import AT, NOTICE, intent

from lectern.eventlog.errors import NotFound, Refused
from notifications.notice import Delivery, Failed, NoticeRepeated, Requested, Sent, Uncertain, Unrequested, Unsettled
from notifications.repeating import RepeatNotice, repeat_notice

LATER = AT + timedelta(days=1)
COMMAND = RepeatNotice(notice_id=NOTICE, repeats=0, repeated_by="user:1", now=LATER)
REPEATED = NoticeRepeated(**intent().model_dump(exclude={"type"}), repeated_by="user:1", repeated_at=LATER)


@pytest.mark.parametrize("delivery", [Uncertain(), Failed()])
def test_what_may_not_have_arrived_is_sent_again_when_a_person_says_so(delivery: Delivery) -> None:
    assert repeat_notice(Requested(intent()), delivery, COMMAND) == [REPEATED]


@pytest.mark.parametrize("delivery", [Unsettled(), Sent()])
def test_what_is_on_its_way_or_sent_is_not_sent_again(delivery: Delivery) -> None:
    with pytest.raises(Refused):
        repeat_notice(Requested(intent()), delivery, COMMAND)


def test_a_second_click_repeats_nothing() -> None:
    assert repeat_notice(Requested(intent(), repeats=1), Uncertain(), COMMAND) == []


def test_there_is_nothing_to_repeat_where_nothing_was_requested() -> None:
    with pytest.raises(NotFound):
        repeat_notice(Unrequested(), Unsettled(), COMMAND)
