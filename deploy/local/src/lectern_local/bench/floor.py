"""The least that a submission can take from log to log: two commits under the lock and one acknowledged send."""

import asyncio
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from statistics import median
from typing import Any

from aiokafka import AIOKafkaProducer

from lectern.eventlog.database import connect
from lectern.eventlog.writer import LOG_LOCK
from lectern.runtime.ids import new_id
from lectern_local.bench.pair import first, second
from lectern_local.bench.place import Servers, place

TIMES = 200
WARM = 20
_LOCK = f"begin; select pg_advisory_xact_lock({LOG_LOCK})"
_INSERT = (
    "insert into fact values ($1, $2, 'applications', 'educator/' || $3, 1, $3, 'EducatorLinked', 1, $4, null, "
    "'bench', $2, null, null, $5, $5, null, $6)"
)
_BODY = '{"type":"EducatorLinked","padding":"' + "x" * 600 + '"}'


async def floor(servers: Servers) -> list[float]:
    """Milliseconds, one after the other with nothing else running."""
    async with place(servers, [first, second]) as there:
        logs = [await connect(there.database(each.name, "writer"), "bench floor") for each in (first, second)]
        producer: Any = AIOKafkaProducer(bootstrap_servers=servers.kafka, acks="all", enable_idempotence=True)
        await producer.start()
        try:
            taken = [await _once(logs, producer, there.topic, number) for number in range(1, WARM + TIMES + 1)]
        finally:
            await producer.stop()
            await asyncio.gather(*(each.close() for each in logs))
    return taken[WARM:]


async def _once(logs: Sequence[Any], producer: Any, topic: str, number: int) -> float:
    began = time.perf_counter()
    await _commit(logs[0], number)
    await producer.send_and_wait(topic, _BODY.encode(), key=str(number).encode())
    await _commit(logs[1], number)
    return (time.perf_counter() - began) * 1000


async def _commit(log: Any, number: int) -> None:
    await log.execute(_LOCK)
    id_ = new_id()
    await log.execute(_INSERT, number, id_, str(id_), _BODY, datetime.now(UTC), sha256(_BODY.encode()).digest())
    await log.execute("commit")


def p50(values: Sequence[float]) -> float:
    return round(median(values), 2)
