"""Heard records as work for the writer's transaction: what is known is read under the lock, the rest is judged in
memory, verdicts are kept with the facts."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from lectern.eventlog.deciding import Group
from lectern.eventlog.ear import Ear, Heard, Holding
from lectern.eventlog.hearing import Case, Content, Hearing, Known, Settled
from lectern.eventlog.held import digests_of, load_ids, load_subjects, store
from lectern.eventlog.records import Record
from lectern.eventlog.streams import StreamKey, StreamRef

_COLUMNS = "fact.source, " + ", ".join(f"fact.{name}" for name in Content.__slots__)
_KNOWN = f"""
select exists (select from held) as held, known.* from (values (1)) as one left join (
    select {_COLUMNS} from fact join unnest($1::text[], $2::uuid[]) as asked (source, id) using (source, id)
    union all
    select {_COLUMNS} from fact join unnest($1::text[], $3::text[], $4::int[]) as asked (source, stream, version)
    using (source, stream, version)
    union all
    select {_COLUMNS} from (select distinct * from unnest($1::text[], $3::text[])) as asked (source, stream),
    lateral (select * from fact where fact.source = asked.source and fact.stream = asked.stream
             order by version desc limit 1) as fact
) as known on true
"""
"""The facts with the ids and the places in question, and the last one of each stream; and whether anything is held."""
_WAITING = "select subject from held where state = 'waiting' group by subject order by min(tried_at) limit $1"


@dataclass(frozen=True)
class Outcome:
    """What became of a batch. `held` counts what is held since; `waiting` whether some of it is tried again."""

    recorded: int = 0
    repeated: int = 0
    held: int = 0
    waiting: bool = False


class HearingJob:
    """At most 200 records that just came. Decoding and reactions run when it is made, outside the lock."""

    def __init__(self, ear: Ear, records: Sequence[Record]) -> None:
        self.done: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self._ear = ear
        self._new = [heard for record in records if (heard := ear.hear(record)) is not None]
        self.weight = max(1, len(self._new))
        self._held: list[Case] = []
        self._known = Known()
        self._digests: set[bytes] = set()
        self._hearing: Hearing | None = None

    @property
    def nothing_new(self) -> bool:
        """Whether none of it is for this service."""
        return not self._new

    def refs(self) -> Iterable[StreamRef[Any]]:
        heard = [*self._new, *(case.heard for case in self._held)]
        return [ref for each in heard for follows in each.follows for ref in follows.refs]

    async def load(self, db: Any, group: Group) -> None:
        self._hearing, self._digests = None, set()
        self._held = await self._load_held(db)
        if await self._load_known(db, group) and self._new:
            self._digests = await digests_of(db, [heard.record for heard in self._new])
            subjects = {heard.subject for heard in self._new if heard.subject is not None}
            if held := await load_subjects(db, self._ear, subjects):
                self._held = held
                await self._load_known(db, group)

    async def _load_held(self, db: Any) -> list[Case]:  # noqa: ARG002 - for those that judge what is held
        return []

    async def _load_known(self, db: Any, group: Group) -> bool:
        """What the log knows of all this. Whether anything at all is held."""
        envelopes = [
            each.envelope for each in (*self._new, *(case.heard for case in self._held)) if each.envelope is not None
        ]
        streams = {(e.source, e.stream) for e in envelopes}
        rows = await db.fetch(
            _KNOWN,
            [e.source for e in envelopes],
            [e.id for e in envelopes],
            [e.stream for e in envelopes],
            [e.version for e in envelopes],
        )
        by_id: dict[tuple[str, UUID], Content] = {}
        by_version: dict[tuple[str, str, int], Content] = {}
        heads: dict[StreamKey, Content] = {}
        for row in rows:
            if (source := row["source"]) is None:
                continue  # nothing is known
            content = Content.of(row)
            by_id[source, content.id] = by_version[source, content.stream, content.version] = content
            key = (source, content.stream)
            if key in streams and (key not in heads or content.version > heads[key].version):
                heads[key] = content
        self._known = Known(by_id, by_version)
        for key, head in heads.items():
            if group.head(key) is None:
                group.loaded(key, head.version, head.subject, None)
        return bool(rows[0]["held"])

    def decide(self, group: Group) -> Outcome:
        self._hearing = hearing = Hearing(group, self._known, self._held, self._digests)
        self._listen(hearing)
        verdicts = [case.verdict for case in hearing.cases]
        return Outcome(
            recorded=verdicts.count(Settled.RECORDED),
            repeated=verdicts.count(Settled.REPEATED) + hearing.repeated,
            held=sum(case.id is None and isinstance(case.verdict, Holding) for case in hearing.cases),
            waiting=any(case.state == "waiting" for case in hearing.cases),
        )

    def _listen(self, hearing: Hearing) -> None:
        for heard in self._new:
            hearing.hear(heard)

    async def store(self, db: Any) -> None:
        if self._hearing is not None:
            await store(db, self._hearing.cases)


class RetryJob(HearingJob):
    """Waiting facts, those least lately tried first, at most of so many subjects."""

    def __init__(self, ear: Ear, subjects: int = 100) -> None:
        super().__init__(ear, [])
        self._most = subjects
        self._subjects: list[str] = []

    async def _load_held(self, db: Any) -> list[Case]:
        self._subjects = [row["subject"] for row in await db.fetch(_WAITING, self._most)]
        return await load_subjects(db, self._ear, self._subjects)

    def _listen(self, hearing: Hearing) -> None:
        for subject in self._subjects:
            hearing.retry(subject)


class RedriveJob(HearingJob):
    """Parked and lying records, judged again because an operator says so; what waited behind them follows."""

    def __init__(self, ear: Ear, ids: Sequence[int]) -> None:
        super().__init__(ear, [])
        self._ids = list(ids)

    async def _load_held(self, db: Any) -> list[Case]:
        asked = await load_ids(db, self._ear, self._ids)
        subjects = {case.heard.subject for case in asked if case.heard.subject is not None}
        cases = {case.id: case for case in (*asked, *await load_subjects(db, self._ear, subjects))}
        for id_ in self._ids:
            if id_ in cases:
                cases[id_].redriven = True
        return [case for _, case in sorted(cases.items())]

    def _listen(self, hearing: Hearing) -> None:
        for case in list(hearing.cases):
            if case.redriven and (case.heard.subject is None or case.state == "lie"):
                hearing.redrive(case)
            elif case.redriven:
                hearing.retry(str(case.heard.subject))


class ParkJob(HearingJob):
    """A record that the database itself refuses: parked as it is, so that the others go on."""

    def __init__(self, ear: Ear, record: Record, why: str) -> None:
        super().__init__(ear, [])
        heard = ear.hear(record) or Heard(record, None)
        self._new = [Heard(record, heard.subject, trouble=Holding("parked", "the database refuses it", why))]
