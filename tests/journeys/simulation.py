"""Four logs and a wire in memory: the services' own nouns, verbs, reactions, hearing and views, without a database.

What Postgres, Kafka and HTTP do is played by lists; what the product decides is the product's. The wire keeps every
record for ever and delivers whatever a test likes, in any order, any number of times.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID, uuid5

from lectern.contracts.envelope import Envelope, encode
from lectern.contracts.facts import Fact, PublicFact
from lectern.contracts.hearing import HEARS
from lectern.eventlog.deciding import Group
from lectern.eventlog.ear import Ear, Holding
from lectern.eventlog.folder import fold_into
from lectern.eventlog.hearing import Case, Content, Hearing, Known, Settled
from lectern.eventlog.records import Record
from lectern.eventlog.streams import Call, StreamRef
from lectern.runtime.running import codec_of, views_of
from lectern.runtime.service import Service

START = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)


class Node:
    """One service: its log as a list of rows, what it holds, and how far its relay has come."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self.name = service.name
        self.rows: list[Mapping[str, Any]] = []
        self.held: list[Case] = []
        self.relayed = 0
        self.answered: set[str] = set()
        self._codec = codec_of(service)
        self._ear = Ear(HEARS[service.name], service.reactions)
        self._made = 0

    # ── commands

    def ask(self, refs: Sequence[StreamRef[Any]], decide: Callable[..., Any], command: Any, *, key: str) -> None:
        """Raises what the rule raises. The same key twice is one command."""
        if key in self.answered:
            return
        group = self._group(refs)
        group.run(refs, decide, command, Call("somebody", key, b"", START, uuid5(UUID(int=1), key)))
        self._commit(group)
        self.answered.add(key)

    def state(self, ref: StreamRef[Any]) -> Any:
        return self._group([ref]).state(ref)

    # ── hearing

    def hear(self, records: Sequence[Record]) -> None:
        """A batch, as one transaction."""
        self._listen(records, ())

    def retry(self) -> None:
        """What the timer does for facts that wait."""
        self._listen((), {case.heard.subject for case in self.held if case.heard.subject is not None})

    def _listen(self, records: Sequence[Record], subjects: Iterable[str]) -> None:
        new = [heard for record in records if (heard := self._ear.hear(record)) is not None]
        held = [Case(case.heard, id=n, before=_holding(case)) for n, case in enumerate(self.held)]
        follows = [each for heard in (*new, *(case.heard for case in held)) for each in heard.follows]
        group = self._group([ref for each in follows for ref in each.refs])
        hearing = Hearing(group, self._known(), held)
        for heard in new:
            hearing.hear(heard)
        for subject in subjects:
            hearing.retry(subject)
        self.held = [case for case in hearing.cases if isinstance(case.verdict, Holding)]
        assert all(isinstance(case.verdict, Settled | Holding) for case in hearing.cases)
        self._commit(group)

    def _known(self) -> Known:
        contents = [(row["source"], Content.of(row)) for row in self.rows]
        return Known(
            {(source, each.id): each for source, each in contents},
            {(source, each.stream, each.version): each for source, each in contents},
        )

    # ── the wire

    def relay(self) -> list[Record]:
        """The public facts since the last time, in order."""
        kinds = {fact.stream for fact in self.service.facts if issubclass(fact, PublicFact)}
        rows = [row for row in self.rows[self.relayed :] if row["source"] == self.name]
        self.relayed = len(self.rows)
        return [_record(row) for row in rows if row["stream"].partition("/")[0] in kinds]

    # ── views

    def fold(self) -> dict[str, dict[Any, Any]]:
        """Every view of the service, folded from its log. Fails where a fold raises."""
        views: dict[str, dict[Any, Any]] = defaultdict(dict)
        for row in self.rows:
            known = self._codec.knows(row["source"], row["type"])
            fact = self._codec.decode(row) if known else None
            for view in views_of(self.service):
                if fact is not None and known in view.facts and (key := view.key(fact)) is not None:
                    breaks = fold_into(view, views[view.name], [(row["position"], key, fact)], set())
                    assert not breaks, breaks
        return views

    def facts(self, *types: type[Fact]) -> list[Any]:
        """Its own facts of these types, in order."""
        decoded = (self._codec.decode(row) for row in self.rows if row["source"] == self.name)
        return [fact for fact in decoded if isinstance(fact, types)]

    def _group(self, refs: Iterable[StreamRef[Any]]) -> Group:
        group = Group(self.name, len(self.rows), self._new_id)
        for named in {(ref.noun, group.key(ref)) for ref in refs}:
            group.name(named, None)
        for row in self.rows:
            key = (row["source"], row["stream"])
            group.loaded(key, row["version"], row["subject"], self._codec.decode(row))
        group.taken = frozenset(row["claim"] for row in self.rows if row["claim"])
        return group

    def _commit(self, group: Group) -> None:
        for staged in group.staged:
            self.rows.append(MappingProxyType({"position": len(self.rows) + 1, **asdict(staged)}))

    def _new_id(self) -> UUID:
        self._made += 1
        return uuid5(UUID(int=2), f"{self.name} {self._made}")


def _holding(case: Case) -> Holding:
    assert isinstance(case.verdict, Holding)
    return case.verdict


def _record(row: Mapping[str, Any]) -> Record:
    """As the relay sends it."""
    names = ("id", "type", "source", "subject", "stream", "version", "schema", "occurred_at", "correlation_id",
             "causation_id", "traceparent", "rules", "position")  # fmt: skip
    key, headers, body = encode(Envelope(**{name: row[name] for name in names}, body=row["data"].encode()))
    return Record(key, tuple(headers), body)


class World:
    """All four, and everything that was ever on the wire."""

    def __init__(self, services: Iterable[Service]) -> None:
        self.nodes = {service.name: Node(service) for service in services}
        self.wire: list[Record] = []

    def relay(self, node: Node) -> None:
        self.wire += node.relay()

    def settle(self) -> None:
        """Everything is sent, delivered in order and tried again, until nothing moves any more."""
        for _ in range(20):
            before = self._size()
            for node in self.nodes.values():
                self.relay(node)
            for node in self.nodes.values():
                node.hear(self.wire)
                node.retry()
            if self._size() == before:
                return
        raise AssertionError("it never settles")

    def _size(self) -> tuple[int, ...]:
        return (*(len(node.rows) for node in self.nodes.values()), len(self.wire))

    def published(self) -> dict[tuple[str, str], list[Mapping[str, Any]]]:
        """The public facts by (publisher, kind of stream)."""
        kinds: dict[tuple[str, str], list[Mapping[str, Any]]] = defaultdict(list)
        for node in self.nodes.values():
            for row in node.rows:
                if row["source"] == node.name:
                    kinds[node.name, row["stream"].partition("/")[0]].append(row)
        return kinds
