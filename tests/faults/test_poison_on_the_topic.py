"""Records that nobody should have sent, on the topic of a whole platform: contained, listed, and everybody goes on."""

import asyncio
import json
import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

from lectern.runtime.settings import SERVICES
from lectern_local.installation import TOPIC, Installation
from lectern_local.trying import whole_platform

pytestmark = pytest.mark.platform
NOBODY = b"999-999"
Headers = list[tuple[str, bytes]]


async def lectern(platform: Installation, *words: str) -> tuple[int, dict[str, Any]]:
    """Exit code and last line."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "lectern_local.command", *words, "--json", "--data", str(platform.data),
        stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    said, _ = await process.communicate()
    assert process.returncode is not None
    return process.returncode, json.loads(said.decode().splitlines()[-1])


async def a_true_record(platform: Installation) -> Any:
    """A district as it was listed: applications, review and notifications hear it."""
    consumer = AIOKafkaConsumer(TOPIC, bootstrap_servers=platform.kafka, auto_offset_reset="earliest")
    await consumer.start()
    try:
        async for record in consumer:
            if dict(record.headers).get("ce_type") == b"DistrictListed":
                return record
    finally:
        await consumer.stop()


def changed(headers: Headers, **values: bytes) -> Headers:
    return [(name, values.get(name, value)) for name, value in headers]


@pytest.fixture(scope="module")
def platform() -> Iterator[Installation]:
    """One of its own: what is on the topic stays there, and other tests audit theirs."""
    with whole_platform() as installation:
        yield installation


async def counted(platform: Installation, parked: int, lies: int, seconds: float = 60.0) -> dict[str, Any]:
    """What is held, once each hearer of districts has it."""
    until = time.monotonic() + seconds
    while True:
        _, report = await lectern(platform, "parked", "list")
        counts = {each: report["services"][each]["counts"] for each in SERVICES if each != "district-worklog"}
        if all((each["parked"], each["lie"]) == (parked, lies) for each in counts.values()):
            return report
        assert time.monotonic() < until, counts
        await asyncio.sleep(1)


async def test_nothing_held_is_said_so(platform: Installation) -> None:
    code, report = await lectern(platform, "parked", "list")

    assert (code, report["held"]) == (0, 0)


async def test_it_is_held_and_everybody_goes_on(platform: Installation) -> None:
    true = await a_true_record(platform)
    like_it: Headers = list(true.headers)
    about_nobody = changed(like_it, ce_subject=NOBODY, ce_stream=b"district/" + NOBODY, ce_id=b"0" * 36)
    fresh = changed(about_nobody, ce_id=b"01938f5e-7a10-7c3e-9b1a-3f0d5a7c1e99")
    parked: list[tuple[bytes | None, Headers, bytes | None]] = [
        (NOBODY, about_nobody, true.value),  # an id that is none
        (NOBODY, [*fresh, ("x", b"\xa0\xff")], true.value),
        (NOBODY, fresh, b"{"),
        (NOBODY, fresh, b"[" * 200_000),
        (NOBODY, fresh, b'{"a": "' + b"x" * 300_000 + b'"}'),
        (NOBODY, fresh, b'{"type": "DistrictListed"}'),
        (NOBODY, fresh, None),
        (None, [], b"anything"),
    ]
    lies: list[tuple[bytes | None, Headers, bytes | None]] = [
        (true.key, like_it, true.value.replace(b'"name":"', b'"name":"Not ')),
        (true.key, changed(like_it, ce_id=b"01938f5e-7a10-7c3e-9b1a-3f0d5a7c1e98"), true.value),
        (NOBODY, like_it, true.value),
        (NOBODY, changed(fresh, ce_type=b"ApplicationApproved"), true.value),
    ]
    producer = AIOKafkaProducer(bootstrap_servers=platform.kafka)
    await producer.start()
    for key, headers, value in (*parked, *lies):
        await producer.send_and_wait(TOPIC, value, key=key, headers=headers)
    await producer.stop()

    report = await counted(platform, len(parked), len(lies))
    went_on, demo = await lectern(platform, "demo", "--count", "1")
    redriven, done = await lectern(platform, "parked", "redrive", "--all")

    held = report["services"]["review"]["held"]
    assert all(row["reason"] and "value" not in row for row in held)
    assert (went_on, demo["approved"]) == (0, 1)
    assert (redriven, done["recorded"]) == (1, 0)
    assert done["still_parked"] == done["tried"]
