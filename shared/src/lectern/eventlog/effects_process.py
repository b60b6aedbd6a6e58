"""The effects process: follows the log for intents, acts, records, and settles what a dead process left behind."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from secrets import token_hex
from typing import Any, assert_never
from uuid import UUID

import asyncpg
import structlog

from lectern.contracts.facts import Fact
from lectern.eventlog.codec import Codec
from lectern.eventlog.database import UNREACHABLE
from lectern.eventlog.effects import (
    Effect,
    EffectState,
    NoAnswer,
    NotDone,
    Open,
    ReleaseEffect,
    Settled,
    SettleEffect,
    Started,
    StartEffect,
    attempt,
    by_intent,
    effect,
    release,
    settling,
    start,
)
from lectern.eventlog.errors import Busy, Refused, Unanswered
from lectern.eventlog.followers import Follower, Kept, Rows
from lectern.eventlog.log import Log
from lectern.eventlog.signal import Signal
from lectern.eventlog.streams import Answer, Call, Decided, StreamRef

log = structlog.get_logger(__name__)

AT_ONCE = 8
SWEEP_S = 30.0
_OPEN = (
    "select f.* from open_effects o join fact f on f.position = o.position "
    "where o.since <= $1 or o.released order by o.position limit 200"
)


class Effects(Follower):
    """Acts on intents in the order of the log, a few at once; its mark moves when a batch is started and answered."""

    batch = 50

    def __init__(
        self,
        dsn: str,
        codec: Codec,
        effects: Sequence[Effect[Any, Any]],
        log_: Log,
        signal: Signal,
        *,
        now: Callable[[], datetime],
        worker: UUID,
    ) -> None:
        super().__init__(dsn, "effects", signal)
        self._codec = codec
        self._effects = by_intent(effects)
        self._log = log_
        self._now = now
        self._worker = worker
        self._places = asyncio.Semaphore(AT_ONCE)

    async def started(self, db: Any) -> None:
        await self.sweep(db, older_than=timedelta(0))

    async def follow(self, db: Any, rows: Rows, marks: Sequence[str]) -> Kept | None:
        del db, marks
        intents = [(row, intent) for row in rows if (intent := self._intent(row)) is not None]
        await self._each(self._perform, intents)
        return Kept() if intents else None

    async def sweep(self, db: Any, *, older_than: timedelta) -> None:
        """Settles what was started and never answered; starts again what was surely not done."""
        rows = await db.fetch(_OPEN, self._now() - older_than)
        await self._each(self._resume, [(row, intent) for row in rows if (intent := self._intent(row)) is not None])

    async def _each(self, do: Callable[[Any, Fact], Awaitable[None]], intents: Sequence[tuple[Any, Fact]]) -> None:
        """All of them, a few at once. Raises Busy where the log is out of reach; what was not done is done again."""
        try:
            async with asyncio.TaskGroup() as tasks:
                for row, intent in intents:
                    tasks.create_task(self._alone(do, row, intent))
        except ExceptionGroup as failed:  # no except*: some releases of Python put what is raised there in a group
            raise Busy(repr(failed.exceptions[0])) from failed

    async def sweep_for_ever(self, pool: "asyncpg.Pool[asyncpg.Record]") -> None:
        """Every half minute, in the process that has the turn."""
        while True:
            await asyncio.sleep(SWEEP_S)
            if self.running:
                await self.sweep_if_it_can(pool, older_than=timedelta(seconds=SWEEP_S))

    async def sweep_if_it_can(self, pool: "asyncpg.Pool[asyncpg.Record]", *, older_than: timedelta) -> None:
        """What is out of reach is left for the next time."""
        try:
            async with pool.acquire(timeout=5) as db:
                await self.sweep(db, older_than=older_than)
        except (Busy, *UNREACHABLE, asyncpg.PostgresError) as error:
            log.warning("effects could not be swept", error=repr(error))

    def _intent(self, row: Any) -> Fact | None:
        known = self._codec.knows(row["source"], row["type"])
        return self._codec.decode(row) if known in self._effects else None

    async def _alone(self, do: Callable[[Any, Fact], Awaitable[None]], row: Any, intent: Fact) -> None:
        """An intent that makes our own code raise stays open and stops no other; the next sweep takes it up again."""
        try:
            await do(row, intent)
        except (Busy, *UNREACHABLE):
            raise
        except Exception:
            log.exception("an effect failed", intent=str(row["id"]), type=intent.type)

    async def _perform(self, row: Any, intent: Fact, attempts: int = 0) -> None:
        doing = self._effects[type(intent)]
        async with self._places:
            command = StartEffect(intent=row["id"], position=row["position"], worker=self._worker, now=self._now())
            try:
                # A key of this very attempt: a batch read again after a lost connection is refused, not answered.
                await self._ask(row, f"start {attempts} {token_hex(8)}", (_ref(row),), start, command)
            except Refused:
                return
            await self._finish(row, intent, await attempt(lambda: doing.act(intent, str(row["id"]))))

    async def _resume(self, row: Any, intent: Fact) -> None:
        async with self._places:
            state: EffectState = await self._log.state(_ref(row))
        match state:
            case Open(attempts):
                await self._perform(row, intent, attempts)
            case Started():
                async with self._places:
                    await self._finish(row, intent, await self._became(row, intent))
            case Settled():
                return
            case _:
                assert_never(state)

    async def _became(self, row: Any, intent: Fact) -> Any:
        """What became of an act that nobody saw the end of. A port that never heard of the key is asked to act now."""
        doing, key = self._effects[type(intent)], str(row["id"])
        if (ask := doing.outcome) is None:
            return NoAnswer("the process ended before there was an answer")
        outcome = await attempt(lambda: ask(intent, key))
        return await attempt(lambda: doing.act(intent, key)) if outcome is None else outcome

    async def _finish(self, row: Any, intent: Fact, outcome: Any) -> None:
        """Records the outcome, unless there is none and the port can be asked for it by the next sweep."""
        doing, now = self._effects[type(intent)], self._now()
        match outcome:
            case NotDone():
                reason = ReleaseEffect(intent=row["id"], worker=self._worker, reason=str(outcome), now=now)
                await self._ask(row, f"release {now.isoformat()}", (_ref(row),), release, reason)
            case NoAnswer() if doing.outcome is not None:
                return
            case _:
                recording = doing.record(intent, outcome, now)
                settle = SettleEffect(intent=row["id"], answered=not isinstance(outcome, NoAnswer), now=now)
                try:
                    await self._ask(row, "settle", (_ref(row), *recording.refs), settling(recording), settle)
                except Unanswered as refusal:
                    log.error("an outcome could not be recorded", intent=str(row["id"]), error=repr(refusal))  # noqa: TRY400 - a trace may hold personal data

    async def _ask(
        self, row: Any, what: str, refs: tuple[StreamRef[Any], ...], decide: Callable[..., Decided], command: Any
    ) -> Answer:
        """As long as it takes, always under the same key: a lost answer is found, not repeated."""
        call = Call(
            actor=f"effects/{self._worker}",
            key=f"{what}:{row['id']}",
            body=b"",
            at=self._now(),
            correlation_id=row["correlation_id"],
            causation_id=row["id"],
            traceparent=row["traceparent"],
        )
        while True:
            try:
                return await self._log.handle(refs, decide, command, call, within=5.0)
            except Busy:
                await asyncio.sleep(0.2)


def _ref(row: Any) -> StreamRef[Any]:
    return effect(row["id"], subject=row["subject"])
