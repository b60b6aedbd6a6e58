"""What becomes of a heard record, by what the log knows. Pure: the log is in memory."""

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from heard import RAISES, REFUSED, WAITS, Publisher, ear, publisher

from lectern.eventlog.deciding import Group
from lectern.eventlog.ear import Holding
from lectern.eventlog.hearing import Case, Hearing, Known, Settled
from lectern.eventlog.records import Record
from lectern.runtime.ids import new_id


def hearing(*records: Record, held: list[Case] | None = None) -> Hearing:
    group = Group("svc", 0, new_id)
    new = [heard for each in records if (heard := ear().hear(each)) is not None]
    follows = [each for heard in (*new, *(case.heard for case in held or ())) for each in heard.follows]
    for named in {(ref.noun, group.key(ref)) for each in follows for ref in each.refs}:
        group.name(named, None)
    hearing = Hearing(group, Known(), held or [])
    for heard in new:
        hearing.hear(heard)
    return hearing


def verdicts(*records: Record) -> list[str]:
    """recorded, repeated, waiting, behind, parked or lie: for each record that was not passed over or held twice."""
    return words(hearing(*records))


def words(heard: Hearing) -> list[str]:
    return [case.verdict.value if isinstance(case.verdict, Settled) else str(case.state) for case in heard.cases]


def staged(heard: Hearing) -> list[str]:
    return [f"{each.type} {each.version}" for each in heard._group.staged]


@pytest.fixture
def jordan() -> Publisher:
    return publisher()


def test_records_facts_in_order_with_what_follows_from_them(jordan: Publisher) -> None:
    heard = hearing(jordan.linked(), jordan.paid(), jordan.paid(2))

    assert staged(heard) == [
        "EducatorLinked 1",
        "PaymentReceived 1",
        "CounterOpened 1",
        "PaymentReceived 2",
        "CounterRaised 2",
    ]


def test_what_follows_names_its_cause(jordan: Publisher) -> None:
    cause, effect = hearing(jordan.paid())._group.staged

    assert (effect.causation_id, effect.correlation_id) == (cause.id, cause.correlation_id)
    assert (effect.source, effect.actor, effect.subject) == ("svc", "applications", cause.subject)


def test_passes_over_its_own_facts_and_streams_it_does_not_hear(jordan: Publisher) -> None:
    assert verdicts(jordan.linked(source="svc", type="CounterOpened", stream="counter/1")) == []
    assert verdicts(jordan.linked(source="notifications", type="NoticeSent", stream="notice/1")) == []


def test_keeps_a_type_it_does_not_know_yet(jordan: Publisher) -> None:
    unknown = jordan.paid(2, type="PaymentDisputed", schema=3, body=b'{"new": true}')

    assert verdicts(jordan.paid(), unknown, jordan.paid(3)) == ["recorded", "recorded", "recorded"]


# repetitions


def test_drops_a_repetition(jordan: Publisher) -> None:
    assert verdicts(jordan.linked(), jordan.paid(), jordan.linked(), replace(jordan.paid(), offset=9)) == [
        "recorded",
        "recorded",
        "repeated",
        "repeated",
    ]


def test_drops_a_fact_that_was_published_again(jordan: Publisher) -> None:
    again = jordan.linked(traceparent=f"00-{'a' * 32}-{'b' * 16}-01")

    assert verdicts(jordan.linked(), again) == ["recorded", "repeated"]


# waiting


def test_a_fact_waits_for_its_predecessor_and_follows_it(jordan: Publisher) -> None:
    heard = hearing(jordan.paid(3), jordan.paid(2), jordan.paid(1))

    assert words(heard) == ["recorded", "recorded", "recorded"]
    assert [each for each in staged(heard) if each.startswith("Pay")] == [f"PaymentReceived {n}" for n in (1, 2, 3)]


def test_a_waiting_fact_holds_its_own_stream_only(jordan: Publisher) -> None:
    assert verdicts(jordan.paid(2), jordan.linked(), jordan.paid(application="b")) == [
        "waiting",
        "recorded",
        "recorded",
    ]


def test_a_newer_schema_waits_and_holds_its_stream(jordan: Publisher) -> None:
    assert verdicts(jordan.paid(1, schema=2, body=b"{}"), jordan.paid(2), jordan.linked()) == [
        "waiting",
        "waiting",
        "recorded",
    ]


def test_what_is_not_yet_possible_waits_until_something_of_its_subject_is_recorded(jordan: Publisher) -> None:
    waiting = hearing(jordan.paid(amount=WAITS))
    both = hearing(jordan.paid(amount=WAITS), jordan.paid(application="b"))

    assert (words(waiting), staged(waiting)) == (["waiting"], [])
    assert staged(both) == ["PaymentReceived 1", "CounterOpened 1", "PaymentReceived 1", "CounterRaised 2"]


def test_another_subject_moves_nothing(jordan: Publisher) -> None:
    assert verdicts(jordan.paid(amount=WAITS), publisher().paid()) == ["waiting", "recorded"]


# parked


@pytest.mark.parametrize(
    "bad",
    [
        lambda p: replace(p.linked(), headers=(*p.linked().headers, ("x", b"\xa0\xff"))),
        lambda p: replace(p.linked(), value=b"{"),
        lambda p: replace(p.linked(), value=None),
        lambda p: replace(p.linked(), headers=()),
        lambda p: p.linked(body=b'{"type": "EducatorLinked"}'),
        lambda p: p.paid(amount=RAISES, application="c"),
    ],
)
def test_poison_is_parked_and_holds_everything_later_of_its_subject(jordan: Publisher, bad: Any) -> None:
    before, after, other = jordan.paid(), jordan.paid(2), publisher().linked()

    assert verdicts(before, bad(jordan), after, jordan.assigned(), other) == [
        "recorded",
        "parked",
        "behind",
        "behind",
        "recorded",
    ]


def test_a_record_that_names_nobody_holds_nobody(jordan: Publisher) -> None:
    nobody = replace(jordan.linked(), key=b"\xff", headers=(("x", b"\xff"),))

    assert verdicts(nobody, jordan.linked()) == ["parked", "recorded"]


def test_a_repetition_is_dropped_also_behind_a_parked_record(jordan: Publisher) -> None:
    again = jordan.linked(traceparent=f"00-{'a' * 32}-{'b' * 16}-01")

    assert verdicts(jordan.linked(), jordan.paid(amount=RAISES), again) == ["recorded", "parked", "repeated"]


def test_what_raised_left_no_trace_and_says_where(jordan: Publisher) -> None:
    heard = hearing(jordan.paid(amount=RAISES))

    assert staged(heard) == []
    verdict = heard.cases[0].verdict
    assert isinstance(verdict, Holding)
    assert (verdict.state, verdict.reason) == ("parked", "its reaction raised")
    assert verdict.detail.startswith("ValueError at heard.py:")


# lies


@pytest.mark.parametrize(
    "lie",
    [
        lambda p: p.linked(body=p.linked().value.replace(b"12:00", b"13:00")),
        lambda p: p.linked(rules="2"),
        lambda p: p.linked(id=uuid4()),
        lambda p: p.linked(2, subject="048-078"),
        lambda p: p.linked(2, source="review"),
        lambda p: p.linked(2, type="ReviewAssigned"),
        lambda p: p.linked(2, stream="application/7"),
        lambda p: replace(p.linked(2), key=b"048-078"),
        lambda p: p.linked(2, source="notifications"),
    ],
)
def test_a_record_that_lies_is_kept_alone_and_holds_nothing(jordan: Publisher, lie: Any) -> None:
    assert verdicts(jordan.linked(), lie(jordan), jordan.linked(2), jordan.paid()) == [
        "recorded",
        "lie",
        "recorded",
        "recorded",
    ]


# refused reactions


def test_a_refused_reaction_is_a_fact_and_the_heard_fact_stands(jordan: Publisher) -> None:
    heard = hearing(jordan.paid(amount=REFUSED))

    cause, refused = heard._group.staged
    assert (cause.type, refused.type) == ("PaymentReceived", "ReactionRefused")
    assert (refused.stream, refused.subject) == (f"reaction/{cause.id}", cause.subject)
    assert "Too much at once." in refused.data


# what was held before


def held(record: Record, state: Any = "waiting", id_: int = 1, redriven: bool = False) -> Case:
    understood = ear().hear(record)
    assert understood is not None
    return Case(understood, id_, before=Holding(state, "before"), redriven=redriven)


def test_what_waited_is_recorded_with_what_it_waited_for(jordan: Publisher) -> None:
    heard = hearing(jordan.paid(1), held=[held(jordan.paid(2), id_=1), held(jordan.paid(3), id_=2)])

    assert words(heard) == ["recorded"] * 3


def test_what_is_held_is_not_held_again(jordan: Publisher) -> None:
    heard = Hearing(Group("svc", 0, new_id), Known(), [held(jordan.paid(2))], [jordan.paid(2).digest])

    for each in (jordan.paid(2), jordan.paid(3), jordan.paid(3)):
        understood = ear().hear(each)
        assert understood is not None
        heard.hear(understood)

    assert words(heard) == ["waiting", "waiting"]
    assert heard.repeated == 2


def test_redriven_it_parks_again_while_it_is_broken(jordan: Publisher) -> None:
    broken = held(jordan.paid(amount=RAISES), "parked", 1, redriven=True)
    behind = held(jordan.linked(), "behind", 2)
    heard = hearing(held=[broken, behind])

    heard.retry(str(jordan.person))

    assert words(heard) == ["parked", "behind"]


def test_redriven_and_mended_it_frees_what_is_behind_it_in_order(jordan: Publisher) -> None:
    mended = held(jordan.paid(), "parked", 1, redriven=True)
    heard = hearing(held=[mended, held(jordan.paid(2), "behind", 2), held(jordan.linked(), "behind", 3)])

    heard.retry(str(jordan.person))

    assert words(heard) == ["recorded"] * 3
    assert [each.split()[0] for each in staged(heard)] == [
        "PaymentReceived",
        "CounterOpened",
        "PaymentReceived",
        "CounterRaised",
        "EducatorLinked",
    ]


def test_what_came_before_a_parked_record_does_not_wait_for_it(jordan: Publisher) -> None:
    earlier = held(jordan.paid(application="b"), "waiting", 1)
    parked = held(jordan.paid(amount=RAISES, application="c"), "parked", 2)
    heard = hearing(held=[earlier, parked])

    heard.retry(str(jordan.person))

    assert words(heard) == ["recorded", "parked"]
