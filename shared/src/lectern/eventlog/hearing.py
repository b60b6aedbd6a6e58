"""Judging what was heard against the log, in memory: record it, drop it as a repetition, or hold it, and why.

No partition ever stops for one record and no order is broken. A waiting fact holds the later ones of its own stream, a
parked one everything later of its subject, one that lies nothing. Whatever is recorded about a subject has its waiting
facts tried again at once.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any, TypeAlias
from uuid import UUID

from lectern.contracts.envelope import OWNERS, Envelope
from lectern.eventlog.deciding import Group, Staged
from lectern.eventlog.ear import Heard, Holding, State, raised
from lectern.eventlog.errors import NotYet, Unanswered
from lectern.eventlog.jobs import reacting_call
from lectern.eventlog.reacting import ReactionRefused, reaction, refuse
from lectern.eventlog.streams import Call, Reacting


class Settled(Enum):
    """What ends a record's way."""

    RECORDED = "recorded"
    REPEATED = "repeated"


Verdict: TypeAlias = Settled | Holding


@dataclass(frozen=True, slots=True)
class Content:
    """All that a publisher says in a fact: two records with one id or one version must agree in it."""

    id: UUID
    stream: str
    version: int
    subject: str
    type: str
    schema: int
    data: str
    correlation_id: UUID
    causation_id: UUID | None
    occurred_at: datetime
    rules: str | None

    @classmethod
    def of(cls, row: Any) -> "Content":
        """Of a row of the log, or a staged fact as a mapping."""
        return cls(*(row[name] for name in cls.__slots__))


@dataclass
class Known:
    """Which of the facts in question the log has already."""

    by_id: Mapping[tuple[str, UUID], Content] = field(default_factory=dict)
    by_version: Mapping[tuple[str, str, int], Content] = field(default_factory=dict)


@dataclass
class Case:
    """A record on trial: new, or held since it came (then it has an id)."""

    heard: Heard
    id: int | None = None
    verdict: Verdict | None = None
    before: Holding | None = None
    redriven: bool = False
    """An operator wants it judged again although it is parked."""
    judged: bool = False

    @property
    def state(self) -> State | None:
        return self.verdict.state if isinstance(self.verdict, Holding) else None


class Hearing:
    """One batch under the log's lock. Afterwards each case has a verdict.

    `held` is what is held about the batch's subjects, `digests` which of the batch's records are held already.
    """

    def __init__(self, group: Group, known: Known, held: Iterable[Case] = (), digests: Iterable[bytes] = ()) -> None:
        self._group = group
        self._known = known
        self.cases: list[Case] = list(held)
        self.repeated = 0
        self._held = set(digests)
        self._refusing: set[UUID] = set()
        self._by_subject: dict[str, list[Case]] = defaultdict(list)
        for case in self.cases:
            case.verdict = case.before
            self._file(case)

    def hear(self, heard: Heard) -> None:
        """A record that just came."""
        case = Case(heard)
        case.verdict = self._judge(case, blocked=self._parked(heard.subject))
        if isinstance(case.verdict, Holding) and self._is_held(heard):
            self.repeated += 1
            return
        self.cases.append(case)
        if case.verdict is Settled.RECORDED and heard.subject is not None:
            self.retry(heard.subject)
        self._file(case)

    def retry(self, subject: str) -> None:
        """Tries what is held about a subject, in the order it came, as long as anything moves."""
        moved = True
        while moved:
            moved, blocked = False, False
            for case in self._by_subject[subject]:
                if isinstance(case.verdict, Settled):
                    continue
                if case.state == "parked" and not case.redriven:
                    blocked = True
                    continue
                case.redriven = False
                case.verdict = self._judge(case, blocked)
                moved |= case.verdict is Settled.RECORDED
                blocked |= case.state == "parked"

    def redrive(self, case: Case) -> None:
        """Judges a held record that nothing waits for, once more."""
        case.verdict = self._judge(case, blocked=self._parked(case.heard.subject))
        if case.verdict is Settled.RECORDED and case.heard.subject is not None:
            self.retry(case.heard.subject)

    def _is_held(self, heard: Heard) -> bool:
        """Whether this very record is held already; from now on it is."""
        held = heard.record.digest in self._held
        self._held.add(heard.record.digest)
        return held

    def _file(self, case: Case) -> None:
        if case.heard.subject is not None and case.state not in {None, "lie"}:
            self._by_subject[case.heard.subject].append(case)

    def _parked(self, subject: str | None) -> bool:
        return subject is not None and any(case.state == "parked" for case in self._by_subject.get(subject, ()))

    def _judge(self, case: Case, blocked: bool) -> Verdict:
        case.judged = True
        heard, envelope = case.heard, case.heard.envelope
        if envelope is None:
            return heard.trouble or Holding("parked", "nothing is known about it")
        if (verdict := self._known_already(envelope)) is not None:
            return verdict
        if heard.trouble is not None and heard.fact is None:
            return heard.trouble  # nothing that comes or is redriven before it can mend it
        if blocked:
            return Holding("behind", "something of its subject is parked before it")
        if heard.trouble is not None:
            return heard.trouble
        head = self._group.head((envelope.source, envelope.stream))
        if envelope.version != (expected := head.version + 1 if head else 1):
            return Holding("waiting", "its predecessor is not here", f"version {expected} is next")
        if heard.fact is None and envelope.type in OWNERS:
            return Holding("waiting", "its schema is newer than this code", f"{envelope.type} {envelope.schema}")
        return self._record(heard, envelope)

    def _known_already(self, envelope: Envelope) -> Verdict | None:
        content, source = content_of(envelope), envelope.source
        if (same := self._known.by_id.get((source, envelope.id))) is not None:
            return Settled.REPEATED if same == content else Holding("lie", "its id is known with other content")
        head = self._group.head((source, envelope.stream))
        if head is None:
            return None
        if envelope.version <= head.version:
            known = self._known.by_version.get((source, envelope.stream, envelope.version)) or self._staged(envelope)
            return Settled.REPEATED if known == content else Holding("lie", "its version is known with other content")
        if head.subject != envelope.subject:
            return Holding("lie", "its stream is about another subject")
        return None

    def _staged(self, envelope: Envelope) -> Content | None:
        """The fact of that version, where this very transaction records it."""
        place = (envelope.source, envelope.stream, envelope.version)
        for staged in self._group.staged:
            if (staged.source, staged.stream, staged.version) == place:
                return Content(*(getattr(staged, name) for name in Content.__slots__))
        return None

    def _record(self, heard: Heard, envelope: Envelope) -> Verdict:
        mark = self._group.checkpoint()
        try:
            self._group.stage_heard(staged_of(envelope), heard.fact)
            call = reacting_call(
                envelope.id, envelope.correlation_id, envelope.traceparent, envelope.occurred_at, envelope.source
            )
            for follows in heard.follows:
                self._react(follows, envelope, call)
        except NotYet as not_yet:
            self._group.rollback(mark)
            return Holding("waiting", "what it stands on is not here", str(not_yet)[:200])
        except Exception as error:
            self._group.rollback(mark)
            return raised(error)
        return Settled.RECORDED

    def _react(self, follows: Reacting, envelope: Envelope, call: Call) -> None:
        try:
            self._group.run(follows.refs, follows.decide, follows.command, call)
        except NotYet:
            raise
        except Unanswered as refused:
            fact = ReactionRefused(
                fact_id=envelope.id,
                fact_type=envelope.type,
                command=type(follows.command).__name__,
                message=str(refused),
                refused_at=envelope.occurred_at,
            )
            stream = reaction(envelope.id, subject=envelope.subject)
            if envelope.id not in self._refusing:
                self._refusing.add(envelope.id)
                self._group.name((reaction, self._group.key(stream)), None)  # a heard fact's first and only hearing
            self._group.run((stream,), refuse, fact, call)


def content_of(envelope: Envelope) -> Content:
    return Content(
        id=envelope.id,
        stream=envelope.stream,
        version=envelope.version,
        subject=envelope.subject,
        type=envelope.type,
        schema=envelope.schema,
        data=envelope.body.decode(),
        correlation_id=envelope.correlation_id,
        causation_id=envelope.causation_id,
        occurred_at=envelope.occurred_at,
        rules=envelope.rules,
    )


def staged_of(envelope: Envelope) -> Staged:
    """The row of a heard fact: exactly what its publisher said; who did it there stays there."""
    content = content_of(envelope)
    values = {name: getattr(content, name) for name in Content.__slots__}
    return Staged(source=envelope.source, actor=envelope.source, claim=None, traceparent=envelope.traceparent, **values)
