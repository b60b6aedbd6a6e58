"""A group deciding, without a database: each command on what the one before left, no trace of those that raise."""

from uuid import UUID, uuid4

import pytest
from counters import (
    CounterOpened,
    NoteTaken,
    OpenCounter,
    Opened,
    OpenOnce,
    RaiseCounter,
    call,
    counter,
    notes,
    open_counter,
    open_once,
    raise_counter,
)

from lectern.eventlog.deciding import ClaimTaken, Group, Head, Known
from lectern.eventlog.errors import NotFound
from lectern.eventlog.streams import Command, Decided, Entry

ONE = UUID(int=1)
KEY = ("svc", f"counter/{ONE}")


def group(*, version: int = 0, total: int | None = None) -> Group:
    given = Group("svc", 10, uuid4)
    known = None if total is None else Known(Head(version, "somebody"), Opened(total))
    given.name((counter, KEY), known)
    return given


def test_numbers_facts_after_those_the_stream_has() -> None:
    given = group(version=4, total=7)

    given.run((counter(ONE),), raise_counter, RaiseCounter(counter=ONE, by=1), call())

    assert [(fact.version, fact.subject) for fact in given.staged] == [(5, "somebody")]
    assert given.state(counter(ONE)) == Opened(8)


def test_folds_what_came_since_on_top_of_what_was_known() -> None:
    given = group(version=1, total=0)

    given.loaded(KEY, 1, "somebody", CounterOpened(counter=ONE))
    given.loaded(KEY, 2, "somebody", None)

    assert given.state(counter(ONE)) == Opened(0)
    assert given.head(KEY) == Head(2, "somebody")


def test_a_command_that_raises_leaves_no_trace() -> None:
    class Both(Command):
        pass

    def first_then_raise(state: object, _: Both) -> Decided:
        yield CounterOpened(counter=ONE)
        raise NotFound(state)

    given = group()

    with pytest.raises(NotFound):
        given.run((counter(ONE, subject="s"),), first_then_raise, Both(), call())

    assert given.staged == []
    assert given.head(KEY) is None


def test_going_back_undoes_states_heads_and_claims() -> None:
    given = group()
    mark = given.checkpoint()

    given.run((counter(ONE, subject="s"),), open_once, OpenOnce(counter=ONE, claim="c"), call())
    given.rollback(mark)
    given.run((counter(ONE, subject="s"),), open_once, OpenOnce(counter=ONE, claim="c"), call())

    assert [fact.version for fact in given.staged] == [1]


def test_a_claim_of_the_same_group_is_taken() -> None:
    given = group()
    given.run((counter(ONE, subject="s"),), open_once, OpenOnce(counter=ONE, claim="c"), call())

    with pytest.raises(ClaimTaken):
        given.run((counter(ONE),), open_once, OpenOnce(counter=ONE, claim="c"), call())


def test_a_new_stream_takes_its_subject_from_a_stream_beside_it() -> None:
    class Take(Command):
        pass

    given = group(version=1, total=0)
    given.name((notes, ("svc", "notes/1")), None)

    given.run((counter(ONE), notes("1")), lambda *_: [Entry(NoteTaken(text="t"), to=notes("1"))], Take(), call())

    assert [(fact.stream, fact.subject) for fact in given.staged] == [("notes/1", "somebody")]


def test_a_fact_for_a_stream_that_was_not_named_is_a_mistake() -> None:
    given = group()

    with pytest.raises(TypeError, match="not among the streams"):
        given.run((counter(ONE, subject="s"),), lambda *_: [Entry(NoteTaken(text="t"), to=notes("1"))], None, call())


def test_a_fact_of_another_kind_of_stream_is_a_mistake() -> None:
    given = group()

    with pytest.raises(TypeError, match="does not belong"):
        given.run((counter(ONE, subject="s"),), lambda *_: [NoteTaken(text="t")], None, call())


def test_a_first_fact_without_a_subject_is_a_mistake() -> None:
    given = group()

    with pytest.raises(ValueError, match="needs a subject"):
        given.run((counter(ONE),), open_counter, OpenCounter(counter=ONE), call())
