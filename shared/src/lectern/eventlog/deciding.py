"""What one transaction of the writer decides, in memory: each command on the state the previous one left.

Pure but for the ids it makes: the writer loads, this decides, the writer inserts. A command that raises leaves no
trace.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from lectern.contracts.facts import Fact, PublicFact
from lectern.eventlog.errors import Refused
from lectern.eventlog.streams import Answer, Call, Entry, Noun, StreamKey, StreamRef

S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class Head:
    """Where a stream stands: its last version and its subject, which is one for its whole life."""

    version: int
    subject: str


@dataclass(frozen=True, slots=True)
class Staged:
    """A fact on its way into the log. Position, instant and hash are given when the group is inserted."""

    id: UUID
    source: str
    stream: str
    version: int
    subject: str
    type: str
    schema: int
    data: str
    claim: str | None
    actor: str
    correlation_id: UUID
    causation_id: UUID | None
    traceparent: str | None
    occurred_at: datetime
    rules: str | None


@dataclass(frozen=True)
class Mark:
    """A moment in a group's deciding, to go back to."""

    staged: int
    undo: int


class ClaimTaken(Refused):
    """What may happen once happened already."""

    def __init__(self, claim: str) -> None:
        super().__init__("This was done already.", claim=claim)


class Group:
    """The log as the transaction knows it: what was loaded under the lock, and what was decided on top of it."""

    def __init__(self, source: str, position: int, new_id: Any) -> None:
        self.source = source
        self.position = position
        self.staged: list[Staged] = []
        self.answers: dict[tuple[str, str], tuple[bytes, Answer]] = {}
        self.claims: dict[str, UUID] = {}
        self.taken: frozenset[str] = frozenset()
        self._new_id = new_id
        self._heads: dict[StreamKey, Head] = {}
        self._facts: dict[StreamKey, list[Fact]] = defaultdict(list)
        self._states: dict[tuple[Noun[Any], StreamKey], Any] = {}
        self._by_stream: dict[StreamKey, list[Noun[Any]]] = defaultdict(list)
        self._undo: list[tuple[dict[Any, Any], Any, Any]] = []

    # ── what is known

    def key(self, ref: StreamRef[Any]) -> StreamKey:
        return (ref.noun.source or self.source, ref.stream)

    def loaded(self, key: StreamKey, version: int, subject: str, fact: Fact | None) -> None:
        """A fact of a named stream as the log has it, in order. None: a type not known here, which folds ignore."""
        self._heads[key] = Head(version, subject)
        if fact is not None:
            self._facts[key].append(fact)

    def head(self, key: StreamKey) -> Head | None:
        return self._heads.get(key)

    def state(self, ref: StreamRef[S]) -> S:
        """The state of a stream, with what this group decided so far."""
        key = self.key(ref)
        at = (ref.noun, key)
        if at not in self._states:
            self._states[at] = fold(ref.noun, self._facts[key])
            self._by_stream[key].append(ref.noun)
        return self._states[at]  # type: ignore[no-any-return]

    # ── deciding

    def run(self, refs: Sequence[StreamRef[Any]], decide: Any, command: Any, call: Call) -> int:
        """Decides a command and stages its facts; gives how many. Raises what the rule raises, with nothing staged."""
        mark = self.checkpoint()
        try:
            decided = list(decide(*(self.state(ref) for ref in refs), command))
            for item in decided:
                entry = item if isinstance(item, Entry) else Entry(item)
                self._stage(entry, entry.to or refs[0], refs, call)
        except BaseException:
            self.rollback(mark)
            raise
        return len(decided)

    def stage_heard(self, heard: Staged, fact: Fact | None) -> None:
        """A fact another service published, exactly as it came."""
        self._append(heard, fact)

    def checkpoint(self) -> Mark:
        return Mark(len(self.staged), len(self._undo))

    def rollback(self, mark: Mark) -> None:
        """Everything since the mark never happened."""
        del self.staged[mark.staged :]
        while len(self._undo) > mark.undo:
            where, key, before = self._undo.pop()
            if before is _ABSENT:
                where.pop(key, None)
            else:
                where[key] = before

    def _stage(self, entry: Entry, to: StreamRef[Any], refs: Sequence[StreamRef[Any]], call: Call) -> None:
        fact = entry.fact
        if to.noun.source is not None or type(fact) not in to.noun.facts:
            raise TypeError(f"{fact.type} does not belong into a stream of kind {to.noun.kind}")
        id_ = self._new_id()
        if entry.claim is not None:
            if entry.claim in self.taken or entry.claim in self.claims:
                raise ClaimTaken(entry.claim)
            self._set(self.claims, entry.claim, id_)
        key = self.key(to)
        head = self._heads.get(key)
        self._append(
            Staged(
                id=id_,
                source=self.source,
                stream=to.stream,
                version=head.version + 1 if head else 1,
                subject=head.subject if head else self._subject(to, refs),
                type=fact.type,
                schema=fact.schema_number,
                data=fact.model_dump_json(),
                claim=entry.claim,
                actor=call.actor,
                correlation_id=call.correlation_id,
                causation_id=call.causation_id,
                traceparent=call.traceparent,
                occurred_at=call.at,
                rules=call.rules,
            ),
            fact,
        )

    def _subject(self, to: StreamRef[Any], refs: Sequence[StreamRef[Any]]) -> str:
        """A new stream's subject: the one it was named with, else that of a stream beside it."""
        if to.subject is not None:
            return to.subject
        for ref in refs:
            if (head := self._heads.get(self.key(ref))) is not None:
                return head.subject
            if ref.subject is not None:
                return ref.subject
        raise ValueError(f"the first fact of {to.stream} needs a subject")

    def _append(self, staged: Staged, fact: Fact | None) -> None:
        key = (staged.source, staged.stream)
        for noun in self._by_stream.get(key, ()):
            if fact is not None and isinstance(fact, noun.facts):
                at = (noun, key)
                self._set(self._states, at, noun.evolve(self._states[at], fact))
        self._set(self._heads, key, Head(staged.version, staged.subject))
        if fact is not None:
            self._set(self._facts, key, [*self._facts.get(key, ()), fact])
        self.staged.append(staged)

    def _set(self, where: dict[Any, Any], key: Any, value: Any) -> None:
        self._undo.append((where, key, where.get(key, _ABSENT)))
        where[key] = value


_ABSENT = object()


def fold(noun: Noun[S], facts: Iterable[Fact]) -> S:
    """The state after these facts; those the noun does not name are passed over."""
    state = noun.initial
    for fact in facts:
        if isinstance(fact, noun.facts):
            state = noun.evolve(state, fact)
    return state


def public_kinds(facts: Iterable[type[Fact]]) -> Mapping[str, tuple[type[PublicFact], ...]]:
    """The kinds of streams that leave the service, with the facts that stand in them."""
    kinds: dict[str, tuple[type[PublicFact], ...]] = {}
    for fact in facts:
        if issubclass(fact, PublicFact):
            kinds[fact.stream] = (*kinds.get(fact.stream, ()), fact)
    return kinds
