"""The writer: everything that waits goes into one transaction, which takes the log's lock first.

So position order is commit order is stream order: every reader may use `position > last`, nothing is lost and nothing
is tried again. See docs/adr for why the lock is a statement of its own.
"""

import asyncio
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

import asyncpg
import structlog

from lectern.eventlog.chain import COLUMNS, ROOT, link
from lectern.eventlog.codec import Codec
from lectern.eventlog.database import BY_KEY, UNREACHABLE, connect
from lectern.eventlog.deciding import ClaimTaken, Group
from lectern.eventlog.errors import Busy
from lectern.eventlog.jobs import CommandJob, Job, accepted_columns, tell_answers
from lectern.eventlog.known import KnownStreams
from lectern.eventlog.signal import Tail
from lectern.eventlog.streams import Answer, Asked, StreamKey

log = structlog.get_logger(__name__)
J = TypeVar("J")

LOG_LOCK = 0x1EC7E24
"""The advisory lock of the log: one writer at a time in each database."""
MOST_FACTS = 200
MOST_SECONDS = 0.020
MOST_WAITING = 2_000

_EVER = 2**31 - 1
_HEAD = (
    "select clock_timestamp() as now, f.* from (values (1)) as one "
    "left join lateral (select position, hash, recorded_at from fact order by position desc limit 1) as f on true"
)
_LOAD = (
    "select head.now, head.position as head_position, head.hash, head.recorded_at, "
    "case when row_number() over (order by f.position) = 1 then ("
    "select json_agg(json_build_array(actor, key, encode(body, 'hex'), result))::text from commands "
    "where (actor, key) in (select * from unnest($1::text[], $2::text[]))) end as answers, f.* "
    "from ({head}) as head left join ("
    "select fact.position, fact.source, fact.stream, version, subject, type, schema, data from "
    "unnest($3::text[], $4::text[], $5::int[]) as wanted (source, stream, since) join fact "
    "on fact.source = wanted.source and fact.stream = wanted.stream and version > since) as f on true "
    "order by f.position"
)
_TAKEN = "select claim from fact where claim = any(${at}::text[])"
# All, or where a claim is held already nothing: then it tells which. A claim costs no statement of its own.
_FACTS = (
    # sql: our own text, with the number of its parameter
    f"with taken as materialized ({_TAKEN.format(at=10)}), facts as (insert into fact select * from unnest("
    "$1::bigint[], $2::uuid[], $3::text[], $4::text[], $5::int[], $6::text[], $7::text[], $8::int[], $9::json[], "
    "$10::text[], $11::text[], $12::uuid[], $13::uuid[], $14::text[], $15::timestamptz[], $16::timestamptz[], "
    "$17::text[], $18::bytea[]) where not exists (select from taken))"
)
_COMMANDS = "insert into commands select a, k, b, r, {at} from unnest({columns}) as new (a, k, b, r)"
_COMMANDS_ALONE = _COMMANDS.format(columns="$1::text[], $2::text[], $3::bytea[], $4::json[]", at="$5")
_FACTS_ALONE = f"{_FACTS} select claim from taken"
_COMMANDS_TOO = _COMMANDS.format(columns="$19::text[], $20::text[], $21::bytea[], $22::json[]", at="$23")
_FACTS_AND_COMMANDS = (
    f"{_FACTS}, accepted as ({_COMMANDS_TOO} where not exists (select from taken)) select claim from taken"
)


@dataclass(frozen=True)
class _Done:
    """What a transaction did: what each job is told, the jobs it had no time for, and the rows it appended."""

    results: list[tuple[Job, Any]]
    left: list[Job]
    group: Group
    rows: list[tuple[Any, ...]]


class Writer:
    """The one task of a process that appends to the log. Start `run()` once; `ask` and `submit` from anywhere."""

    begin = f"begin; select pg_advisory_xact_lock({LOG_LOCK})"
    head = _HEAD

    def __init__(
        self, dsn: str, source: str, codec: Codec, *, command_key: bytes, new_id: Callable[[], UUID], signal: Tail
    ) -> None:
        self.source = source
        self.codec = codec
        self.appended = signal
        self._dsn = dsn
        self._command_key = command_key
        self._new_id = new_id
        self._commands: deque[CommandJob] = deque()
        self._heard: deque[Job] = deque()
        self._known = KnownStreams()
        self._work = asyncio.Event()
        self._db: Any = None
        self.load = _LOAD.format(head=self.head)

    async def ask(self, asked: Asked, *, within: float = 1.0) -> Answer:
        """Has a command decided and recorded. Raises what the rule raises; Busy after `within` s: outcome unknown."""
        if len(self._commands) >= MOST_WAITING:
            raise Busy("Too much is waiting.")
        job = CommandJob(asked, self._command_key)
        self._commands.append(job)
        self._work.set()
        try:
            async with asyncio.timeout(within):
                return await asyncio.shield(job.done)
        except TimeoutError:
            job.done.cancel()
            raise Busy("No answer in time.") from None

    async def submit(self, job: Job) -> Any:
        """Has other work (a heard batch) done in the writer's transaction, as long as it takes; commands go first."""
        self._heard.append(job)
        self._work.set()
        return await job.done

    async def run(self) -> None:
        """Until cancelled. While the database is away the work waits and is tried again under the same keys."""
        pause = 0.05
        try:
            while True:
                await self._work.wait()
                jobs = self._take()
                if not jobs:
                    self._work.clear()
                    continue
                try:
                    await self._transact(jobs)
                    pause = 0.05
                except UNREACHABLE as error:
                    log.warning("the log is out of reach", error=repr(error))
                    await self._close()
                    self._again(jobs)
                    await asyncio.sleep(pause)
                    pause = min(pause * 2, 1.0)
                except asyncpg.PostgresError as error:
                    await self._one_by_one(jobs, error)
        finally:
            await self._close()

    # ── one group

    def _take(self) -> list[Job]:
        """Commands first, then heard batches, at most 200 facts; those nobody waits for any more are dropped."""
        jobs: list[Job] = []
        weight = 0
        queues: tuple[deque[Any], ...] = (self._commands, self._heard)
        for waiting in queues:
            while waiting and weight < MOST_FACTS:
                job = waiting.popleft()
                if not job.done.done():
                    jobs.append(job)
                    weight += job.weight
        return jobs

    def _again(self, jobs: Sequence[Job]) -> None:
        if not jobs:
            return
        for job in reversed(jobs):
            if isinstance(job, CommandJob):
                self._commands.appendleft(job)
            else:
                self._heard.appendleft(job)
        self._work.set()

    async def _transact(self, jobs: list[Job]) -> None:
        db = self._db
        if db is None or db.is_closed():
            db = self._db = await connect(self._dsn, f"{self.source} writer", **BY_KEY)
            self._known = KnownStreams()  # of the log as it was; this one may have been restored from a backup
            self.appended.forget()
        try:
            await db.execute(self.begin)
            done = await self._decide(db, jobs)
            await db.execute("commit")
        except BaseException:
            if not db.is_closed():
                await self._roll_back(db)
            raise
        self._known.tell(done.group.known())
        self.appended.append([dict(zip(COLUMNS, row[:-1], strict=True)) for row in done.rows])
        for job, result in done.results:
            _answer(job, result)
        self._again(done.left)

    async def _roll_back(self, db: Any) -> None:
        try:
            await db.execute("rollback")
        except (asyncpg.PostgresError, *UNREACHABLE):
            await self._close()

    async def _decide(self, db: Any, jobs: list[Job]) -> _Done:
        taken: frozenset[str] = frozenset()
        while True:
            group, head = await self._load(db, jobs)
            group.taken = taken
            results, left = _decide_all(group, jobs)
            decided = [job for job, result in results if not isinstance(result, BaseException)]
            rows, clashing = await self._insert(db, group, head, decided)
            if not clashing:
                break
            taken |= clashing
        for job in decided:
            if not isinstance(job, CommandJob):
                await job.store(db)
        return _Done(results, left, group, rows)

    async def _insert(
        self, db: Any, group: Group, head: Any, decided: Sequence[Job]
    ) -> tuple[list[tuple[Any, ...]], frozenset[str]]:
        """Facts, and the keys of the commands they follow from, in one statement. Gives the rows; and those of their
        claims that the log holds already: then nothing was inserted."""
        now = _instant(head)
        accepted = accepted_columns(decided)
        rows = _rows(group, head["hash"] or ROOT, now)
        taken: Sequence[Any] = ()
        if rows:
            columns = [list(column) for column in zip(*rows, strict=True)]
            if accepted:
                taken = await db.fetch(_FACTS_AND_COMMANDS, *columns, *accepted, now)
            else:
                taken = await db.fetch(_FACTS_ALONE, *columns)
        elif accepted:
            await db.execute(_COMMANDS_ALONE, *accepted, now)
        return rows, frozenset(row["claim"] for row in taken)

    async def _load(self, db: Any, jobs: Sequence[Job]) -> tuple[Group, Any]:
        """The log's head, the answers to keys seen before, and what streams say beyond what is known of them."""
        group = Group(self.source, 0, self._new_id)
        for job in jobs:
            if not isinstance(job, CommandJob):
                await job.load(db, group)
        since: dict[StreamKey, int] = {}
        for named in {(ref.noun, group.key(ref)) for job in jobs for ref in job.refs()}:
            known = self._known.get(named)
            group.name(named, known)
            since[named[1]] = min(since.get(named[1], _EVER), known.head.version if known else 0)
        names = [job.name for job in jobs if isinstance(job, CommandJob)]
        rows = await db.fetch(
            self.load,
            [actor for actor, _ in names],
            [key for _, key in names],
            [source for source, _ in since],
            [stream for _, stream in since],
            list(since.values()),
        )
        head = rows[0]
        group.position = head["head_position"] or 0
        tell_answers(group, head["answers"])
        for row in rows:
            if row["stream"] is not None:
                group.loaded((row["source"], row["stream"]), row["version"], row["subject"], self.codec.decode(row))
        return group, head

    async def _one_by_one(self, jobs: list[Job], error: asyncpg.PostgresError) -> None:
        """A statement failed for the whole group: each alone, so that only the guilty one fails."""
        if len(jobs) == 1:
            log.error("the log refused a job", error=repr(error))
            _answer(jobs[0], error)
            return
        for at, job in enumerate(jobs):
            try:
                await self._transact([job])
            except UNREACHABLE:
                await self._close()
                self._again(jobs[at:])
                return
            except asyncpg.PostgresError as own:
                await self._one_by_one([job], own)

    async def _close(self) -> None:
        db, self._db = self._db, None
        if db is not None:
            db.terminate()


def _instant(head: Any) -> datetime:
    """Read after the lock, and never before the last fact's, whatever the machine's clock did."""
    now: datetime = head["now"]
    return max(now, head["recorded_at"] or now)


def _decide_all(group: Group, jobs: Sequence[Job]) -> tuple[list[tuple[Job, Any]], list[Job]]:
    """Each job on what the previous one left; those beyond the time allowed wait for the next group."""
    results: list[tuple[Job, Any]] = []
    until = time.monotonic() + MOST_SECONDS
    for index, job in enumerate(jobs):
        if index and time.monotonic() > until:
            return results, list(jobs[index:])
        mark = group.checkpoint()
        try:
            results.append((job, job.decide(group)))
        except Exception as error:
            group.rollback(mark)
            results.append((job, error))
    return results, []


def _rows(group: Group, previous: bytes, now: datetime) -> list[tuple[Any, ...]]:
    """The staged facts as rows of the log, each with its hash."""
    rows: list[tuple[Any, ...]] = []
    for position, fact in enumerate(group.staged, group.position + 1):
        values = (
            position, fact.id, fact.source, fact.stream, fact.version, fact.subject, fact.type, fact.schema, fact.data,
            fact.claim, fact.actor, fact.correlation_id, fact.causation_id, fact.traceparent, fact.occurred_at, now,
            fact.rules,
        )  # fmt: skip
        previous = link(previous, values)
        rows.append((*values, previous))
    return rows


def _answer(job: Job, result: Any) -> None:
    if job.done.done():
        return
    if isinstance(result, BaseException):
        job.done.set_exception(result)
    else:
        job.done.set_result(result)


__all__ = ["ClaimTaken", "Writer"]
