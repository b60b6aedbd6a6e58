"""A platform comes up, stays up, and leaves nothing behind; everything in here is real but the services."""

import signal
from collections.abc import Callable
from pathlib import Path

import asyncpg
import pytest
from aiokafka.admin import AIOKafkaAdminClient

from lectern_local.alive import Process
from lectern_local.memory import children
from lectern_local.supervisor import SAID
from lectern_local.trying import Started

pytestmark = pytest.mark.platform
Starts = Callable[..., Started]
EVERYTHING = ["kafka", "postgres", "review"]


def running(started: Started) -> list[str]:
    return [name for name in started.run.processes() if name != "supervisor"]


def stopped(process: Process) -> bool:
    return Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()[0] == "T"


async def value(started: Started, sql: str) -> object:
    connection = await asyncpg.connect(started.installation.superuser, timeout=5)
    try:
        return await connection.fetchval(sql)
    finally:
        await connection.close()


async def test_it_comes_up_with_a_topic_of_12_partitions_and_goes_without_a_trace(start: Starts) -> None:
    platform = start()
    processes = platform.run.processes()
    postgres = processes["postgres"]
    backends = children(postgres.pid)

    admin = AIOKafkaAdminClient(bootstrap_servers=platform.installation.kafka)
    await admin.start()
    [topic] = await admin.describe_topics(["lectern.facts"])
    await admin.close()
    code, said = platform.ended(signal.SIGTERM)

    assert sorted(set(processes) - {"supervisor"}) == EVERYTHING
    assert len(topic["partitions"]) == 12
    assert backends
    assert code == 0
    assert [line.partition(" ")[2] for line in said.splitlines()] == list(SAID.values())
    assert not any(process.alive() for process in processes.values())
    assert not any(Process.of(pid) for pid in backends)
    assert not list(platform.run.folder.glob("*.pid"))


async def test_whatever_is_killed_is_started_again_and_reported(start: Starts) -> None:
    platform = start()
    await value(platform, "CREATE TABLE kept AS SELECT 7 AS n")
    before = platform.run.processes()

    for name in EVERYTHING:
        before[name].send(signal.SIGKILL)
    platform.until(lambda: all(platform.run.processes().get(name, before[name]) != before[name] for name in EVERYTHING))
    platform.until(lambda: (state := platform.run.state()) and sorted(state.restarts) == EVERYTHING)

    for _ in range(100):
        try:
            assert await value(platform, "SELECT n FROM kept") == 7
            break
        except (OSError, asyncpg.PostgresError):
            platform.until(lambda: "postgres" in platform.run.processes())
    code, said = platform.ended(signal.SIGINT)
    assert code == 0
    assert all(f"{name} was ended by SIGKILL and is started again" in said for name in EVERYTHING)


async def test_nothing_outlives_a_killed_supervisor_and_the_next_one_recovers(start: Starts) -> None:
    platform = start()
    await value(platform, "CREATE TABLE kept AS SELECT 7 AS n")
    processes = platform.run.processes()

    platform.ended(signal.SIGKILL)
    platform.until(lambda: not any(process.alive() for process in processes.values()), 20)
    again = start(base=platform.base)

    assert await value(again, "SELECT n FROM kept") == 7


def test_the_next_one_ends_what_did_not_hear_that_its_supervisor_died(start: Starts) -> None:
    platform = start()
    deaf = platform.process("review")
    deaf.send(signal.SIGSTOP)
    platform.until(lambda: stopped(deaf))  # a signal that comes sooner is delivered first, though it was sent later

    platform.ended(signal.SIGKILL)
    assert deaf.alive()
    again = start(base=platform.base)

    assert not deaf.alive()
    assert again.process("review") != deaf
    assert "review was still running from before and was ended" in again.ended(signal.SIGTERM)[1]


async def test_two_run_side_by_side(start: Starts) -> None:
    one, other = start("one"), start("other")

    await value(one, "CREATE TABLE here AS SELECT 1")

    assert await value(other, "SELECT to_regclass('here')") is None
    one.ended(signal.SIGTERM)
    assert running(other) == EVERYTHING


def test_a_second_one_on_the_same_data_is_refused(start: Starts) -> None:
    platform = start()

    second = start(wait=False)
    _, said = second.supervisor.communicate(timeout=30)

    assert second.supervisor.returncode == 1
    assert said.count("\n") == 1
    assert "already running" in said
    assert str(platform.base) in said
    assert platform.ready()


def test_stopping_while_it_starts_leaves_nothing(start: Starts) -> None:
    platform = start(wait=False)
    platform.until(lambda: "kafka" in platform.run.processes(), 30)
    processes = platform.run.processes()

    code, _ = platform.ended(signal.SIGINT)

    assert code == 0
    assert not any(process.alive() for process in processes.values())


def test_a_service_that_cannot_live_ends_the_start_in_one_sentence(start: Starts) -> None:
    platform = start(how="crashing", wait=False)

    _, said = platform.supervisor.communicate(timeout=60)

    assert platform.supervisor.returncode == 3
    assert "review does not start: It has nothing to live for." in said.splitlines()[-1]
    assert running(platform) == []
