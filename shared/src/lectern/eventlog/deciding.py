"""What one transaction of the writer decides, in memory: each command on the state the previous one left.

Pure but for the ids it makes: the writer loads, this decides, the writer inserts. A command that raises leaves no
trace.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias, TypeVar
from uuid import UUID

from lectern.contracts.envelope import MOST_BYTES
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
class Known:
    """A stream's state at a version. Facts never change, so it stays true; later facts are folded on top of it."""

    head: Head
    state: Any


Named: TypeAlias = tuple[Noun[Any], StreamKey]
"""A stream as one noun reads it."""


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
        """Of the log's head, before this group."""
        self.staged: list[Staged] = []
        self.answers: dict[tuple[str, str], tuple[bytes, Answer]] = {}
        self.claims: dict[str, UUID] = {}
        self.taken: frozenset[str] = frozenset()
        self._new_id = new_id
        self._heads: dict[StreamKey, Head] = {}
        self._states: dict[Named, Any] = {}
        self._nouns: dict[StreamKey, list[Noun[Any]]] = defaultdict(list)
        self._folded: dict[Named, int] = {}
        self._undo: list[tuple[dict[Any, Any], Any, Any]] = []

    # ── what is known

    def key(self, ref: StreamRef[Any]) -> StreamKey:
        return (ref.noun.source or self.source, ref.stream)

    def name(self, named: Named, known: Known | None) -> None:
        """A stream that work of this group reads, and what was known of it: facts up to a version, already folded."""
        noun, key = named
        self._nouns[key].append(noun)
        self._states[named] = known.state if known else noun.initial
        self._folded[named] = known.head.version if known else 0
        if known and key not in self._heads:
            self._heads[key] = known.head

    def loaded(self, key: StreamKey, version: int, subject: str, fact: Fact | None) -> None:
        """A fact of a stream as the log has it, in order. None: a type not known here, which folds pass over."""
        self._heads[key] = Head(version, subject)
        for noun in self._nouns.get(key, ()):
            named = (noun, key)
            if version > self._folded[named]:
                self._folded[named] = version
                if fact is not None and isinstance(fact, noun.facts):
                    self._states[named] = noun.evolve(self._states[named], fact)

    def known(self) -> Iterator[tuple[Named, Known]]:
        """What is known of the named streams after this group, once it is committed."""
        for named, state in self._states.items():
            if (head := self._heads.get(named[1])) is not None:
                yield named, Known(head, state)

    def head(self, key: StreamKey) -> Head | None:
        return self._heads.get(key)

    def state(self, ref: StreamRef[S]) -> S:
        """The state of a named stream, with what this group decided so far."""
        return self._states[ref.noun, self.key(ref)]  # type: ignore[no-any-return]

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
        data = fact.model_dump_json()
        if isinstance(fact, PublicFact) and len(data.encode()) > MOST_BYTES:
            raise Refused("This is too much to send on. Shorten the longest texts.")
        key = self.key(to)
        if (to.noun, key) not in self._states:
            raise TypeError(f"{to.stream} is not among the streams that the command names")
        id_ = self._new_id()
        if entry.claim is not None:
            if entry.claim in self.taken or entry.claim in self.claims:
                raise ClaimTaken(entry.claim)
            self._set(self.claims, entry.claim, id_)
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
                data=data,
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
        for noun in self._nouns.get(key, ()):
            if fact is not None and isinstance(fact, noun.facts):
                self._set(self._states, (noun, key), noun.evolve(self._states[noun, key], fact))
        self._set(self._heads, key, Head(staged.version, staged.subject))
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
