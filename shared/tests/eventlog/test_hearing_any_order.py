"""Whatever Kafka does to the order, and however often it repeats itself, the log ends the same. Pure: all in memory."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from counters import Opened, counter
from heard import RAISES, WAITS, Publisher, count, ear
from hypothesis import given, settings
from hypothesis import strategies as st

from lectern.contracts.applications import PaymentReceived
from lectern.eventlog.deciding import Group, Staged
from lectern.eventlog.ear import Ear, Holding
from lectern.eventlog.hearing import Case, Content, Hearing, Known
from lectern.eventlog.records import Record
from lectern.eventlog.streams import Noun
from lectern.runtime.ids import new_id

JORDAN, MORGAN = (Publisher(UUID(int=n)) for n in (1, 2))


class Memory:
    """A log and what it holds, from batch to batch, as HearingJob keeps them in Postgres."""

    def __init__(self) -> None:
        self.log: list[tuple[Staged, Any]] = []
        self.held: list[Case] = []

    def hear(self, records: Sequence[Record], by: Ear, redrive: bool = False) -> None:
        new = [heard for each in records if (heard := by.hear(each)) is not None]
        old = [self._again(case, by, redrive) for case in self.held]
        group = self._group([*new, *(case.heard for case in old)])
        hearing = Hearing(group, self._known(), old, {case.heard.record.digest for case in old})
        for heard in new:
            hearing.hear(heard)
        if not new:
            for subject in {case.heard.subject for case in old if case.heard.subject}:
                hearing.retry(subject)
        self.log += [(each, None) for each in group.staged]
        self.held = [case for case in hearing.cases if isinstance(case.verdict, Holding)]

    def versions(self, source: str) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for staged, _ in self.log:
            if staged.source == source:
                found.setdefault(staged.stream, []).append(staged.version)
        return found

    def _again(self, case: Case, by: Ear, redrive: bool) -> Case:
        heard = by.hear(case.heard.record)
        assert heard is not None
        assert isinstance(case.verdict, Holding)
        number = case.id or self.held.index(case) + 1
        return Case(heard, number, before=case.verdict, redriven=redrive and case.verdict.state == "parked")

    def _known(self) -> Known:
        contents = [(s.source, Content(*(getattr(s, name) for name in Content.__slots__))) for s, _ in self.log]
        return Known(
            {(source, each.id): each for source, each in contents},
            {(source, each.stream, each.version): each for source, each in contents},
        )

    def _group(self, heard: Sequence[Any]) -> Group:
        group = Group("svc", len(self.log), new_id)
        named: set[tuple[Noun[Any], tuple[str, str]]] = {
            (ref.noun, group.key(ref)) for each in heard for follows in each.follows for ref in follows.refs
        }
        for each in named:
            group.name(each, None)
        for staged, _ in self.log:
            fact = _TYPES[staged.type].model_validate_json(staged.data) if staged.type in _TYPES else None
            group.loaded((staged.source, staged.stream), staged.version, staged.subject, fact)
        return group


_TYPES: dict[str, Any] = {
    "PaymentReceived": PaymentReceived,
    **{fact.type_name(): fact for fact in counter("").noun.facts},
}


def facts_of(person: Publisher, odd: int) -> list[Record]:
    """Three streams; the first payment of the second application is odd: it raises, or waits for a counter."""
    return [
        *(person.linked(n) for n in range(1, 4)),
        *(person.paid(n) for n in range(1, 4)),
        person.paid(1, amount=odd, application="b"),
        person.paid(2, application="b"),
    ]


def batches(records: Sequence[Record]) -> st.SearchStrategy[list[list[Record]]]:
    """All of them and some twice, in any order, cut anywhere."""
    repeated = st.lists(st.sampled_from(records), max_size=8)
    shuffled = repeated.flatmap(lambda more: st.permutations([*records, *more]))
    return shuffled.flatmap(
        lambda order: st.lists(st.integers(0, len(order)), max_size=5).map(
            lambda cuts: [order[a:b] for a, b in zip([0, *sorted(cuts)], [*sorted(cuts), len(order)], strict=True)]
        )
    )


@settings(max_examples=300, deadline=None)
@given(batches([*facts_of(JORDAN, WAITS), *facts_of(MORGAN, 1)]))
def test_every_order_ends_in_the_same_streams(order: list[list[Record]]) -> None:
    memory = Memory()

    for batch in order:
        memory.hear(batch, ear())
    memory.hear([], ear())

    assert memory.held == []
    heard = memory.versions("applications")
    assert sorted(map(len, heard.values())) == [2, 2, 3, 3, 3, 3]
    assert all(versions == list(range(1, len(versions) + 1)) for versions in heard.values())
    assert sorted(map(len, memory.versions("svc").values())) == [5, 5]


@settings(max_examples=300, deadline=None)
@given(batches([*facts_of(JORDAN, RAISES), *facts_of(MORGAN, 1)]))
def test_poison_delays_its_subject_and_loses_nothing(order: list[list[Record]]) -> None:
    memory = Memory()
    for batch in order:
        memory.hear(batch, ear())
    others = {s: v for s, v in memory.versions("applications").items() if _about(memory, s) == str(MORGAN.person)}
    parked = [case for case in memory.held if case.state == "parked"]

    memory.hear([], Ear(ear()._kinds, {PaymentReceived: lucky}), redrive=True)

    assert sorted(map(len, others.values())) == [2, 3, 3]
    assert len(parked) == 1
    assert memory.held == []
    assert all(v == list(range(1, len(v) + 1)) for v in memory.versions("applications").values())
    assert sum(map(len, memory.versions("applications").values())) == 16


def lucky(fact: PaymentReceived) -> Any:
    """The reaction, mended."""
    return count(fact.model_copy(update={"amount": 1}))


def _about(memory: Memory, stream: str) -> str:
    return next(staged.subject for staged, _ in memory.log if staged.stream == stream)


def test_the_counter_of_these_tests_is_open_after_one_payment() -> None:
    memory = Memory()

    memory.hear([replace(JORDAN.paid(), offset=1)], ear())

    group = memory._group([ear().hear(JORDAN.paid(2))])
    assert group.state(counter(JORDAN.person)) == Opened(0)
