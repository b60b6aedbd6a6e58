from datetime import timedelta
from typing import Any

from notifications_given import AT, JORDAN, NOTICE, intent, sealed

from lectern.contracts.notifications import NoticeFailed, NoticeSent, NoticeUncertain
from lectern.eventlog.deciding import fold
from lectern.eventlog.effects import NoAnswer
from lectern.eventlog.streams import Entry
from notifications.notice import (
    SUBMITTED,
    Delivery,
    DeliveryFact,
    NoticeKept,
    Requested,
    delivery,
    notice_request,
)
from notifications.sending import Accepted, HandedOver, Rejected, recording

LATER = AT + timedelta(seconds=2)
LETTER = sealed("NoticeKept.letter")
COMMON: dict[str, Any] = {
    "notice_id": NOTICE,
    "notice": "submitted",
    "template": SUBMITTED.template,
    "to": "educator",
    "application_id": intent().application_id,
}
SENT = NoticeSent(**COMMON, sent_at=LATER)
FAILED = NoticeFailed(**COMMON, reason="550", failed_at=LATER)
UNCERTAIN = NoticeUncertain(**COMMON, noticed_at=LATER)
KEPT = Entry(NoticeKept(notice_id=NOTICE, letter=LETTER, kept_at=LATER), to=notice_request(NOTICE))


def after(*facts: DeliveryFact) -> Delivery:
    return fold(delivery, facts)


def recorded(outcome: Any, state: Delivery | None = None) -> list[Any]:
    reacting = recording(intent(), outcome, LATER)
    return list(reacting.decide(after() if state is None else state, Requested(intent()), reacting.command))


def test_an_accepted_mail_is_sent_and_kept() -> None:
    assert recorded(Accepted(LETTER)) == [Entry(SENT), KEPT]


def test_a_mail_that_was_delivered_is_sent_even_if_its_text_cannot_be_made_again() -> None:
    assert recorded(Accepted(None)) == [Entry(SENT)]


def test_addresses_that_were_refused_among_several_are_noted_by_their_code() -> None:
    [_, kept] = recorded(Accepted(LETTER, unreached=("550",)))

    assert kept.fact.unreached == ("550",)


def test_a_rejected_mail_has_failed() -> None:
    assert recorded(Rejected("550")) == [Entry(FAILED)]


def test_a_mail_without_an_answer_is_uncertain() -> None:
    assert recorded(HandedOver(LETTER)) == [Entry(UNCERTAIN), KEPT]
    assert recorded(NoAnswer("process ended")) == [Entry(UNCERTAIN)]


def test_an_uncertain_one_may_become_certain() -> None:
    assert recorded(Accepted(LETTER), after(UNCERTAIN)) == [Entry(SENT), KEPT]


def test_a_failed_one_may_be_sent_after_all() -> None:
    assert recorded(Accepted(LETTER), after(FAILED)) == [Entry(SENT), KEPT]
    assert recorded(NoAnswer(), after(FAILED)) == [Entry(UNCERTAIN)]


def test_what_is_sent_stays() -> None:
    assert recorded(Accepted(LETTER), after(SENT)) == []
    assert recorded(HandedOver(LETTER), after(SENT)) == []


def test_an_outcome_is_about_the_educator() -> None:
    assert {ref.subject for ref in recording(intent(), Rejected("550"), LATER).refs} == {str(JORDAN)}
