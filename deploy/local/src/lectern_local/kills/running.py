"""One run: a platform of its own, the demonstration on it, the killer beside it, and the judge at the end."""

import asyncio
import contextlib
import signal
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from lectern.contracts.days import chicago_day
from lectern_local.audit.auditing import audit
from lectern_local.audit.place import place_of
from lectern_local.audit.violation import Kind, Violation
from lectern_local.bench.place import free_port
from lectern_local.demo.performing import Performance, Wanted, Watching, perform
from lectern_local.demo.plan import Planned, expected
from lectern_local.environment import inherited
from lectern_local.installation import HOST, Installation
from lectern_local.kills.door import door
from lectern_local.kills.judging import Mismatch, kept_keys, mismatches
from lectern_local.kills.killing import Killer
from lectern_local.kills.schedule import schedule
from lectern_local.run import Run
from lectern_local.trouble import Away

READY_WITHIN_S = 180.0
REST_WITHIN_S = 180.0
PATIENCE_S = 120.0
PLANTED_S = 20.0
"""What is lost never comes: waiting for it is for nothing."""
ENOUGH_IN_FLIGHT = 0.9
Say = Callable[[str], None]


@dataclass(frozen=True)
class Campaign:
    """`planted`: with the bug that the judge has to find."""

    seed: int
    kills: int
    plan: tuple[Planned, ...]
    concurrency: int
    data: Path
    base_port: int
    planted: bool


@dataclass
class Report:
    campaign: Campaign
    going: Performance
    kills: dict[str, int]
    in_flight: int
    violations: list[Violation | Mismatch] = field(default_factory=list)

    def shown(self) -> dict[str, Any]:
        return {
            "seed": self.campaign.seed,
            "kills": self.kills,
            "in_flight": self.in_flight,
            "started": self.going.started,
            **{end: self.going.ends[end] for end in expected(self.campaign.plan)},
            "unknown_resolved": self.going.history.unknown_resolved,
            "mail_twice": sum(1 for each in self.violations if each.kind == Kind.MAIL_TWICE),
            "internal_errors": self.going.history.internal_errors,
            "violations": len(self.violations),
            "seconds": self.going.seconds,
        }

    @property
    def well(self) -> bool:
        total = sum(self.kills.values())
        enough = total == self.campaign.kills and self.in_flight >= ENOUGH_IN_FLIGHT * total
        return enough and not self.violations and self.going.ends == expected(self.campaign.plan)


async def campaign(wanted: Campaign, say: Say) -> Report:
    """Raises Away where the platform does not start, and what signing in raises."""
    own_port = free_port()
    async with _platform(wanted, own_port, say) as installation, door(installation.port("kafka"), own_port) as standing:
        await _ready(wanted.data)
        going = Performance()
        killer = Killer(wanted.data, standing, going, say)
        await _perform(wanted, installation, going, killer)
        say(f"{going.ends.total()} of {going.started} ended in {going.seconds:.0f} s. Judging …")
        for each in going.stuck:
            say(each)
        report = Report(wanted, going, dict(killer.kills), killer.in_flight)
        there = place_of(installation)
        verdict = await audit(there, within=PLANTED_S if wanted.planted else REST_WITHIN_S, say=say)
        kept = await kept_keys(there.databases, _run(wanted))
        report.violations = [*verdict.violations, *mismatches(going.history.operations, kept)]
        going.history.keep(wanted.data / "history.jsonl")
        return report


async def _perform(wanted: Campaign, installation: Installation, going: Performance, killer: Killer) -> None:
    strikes = schedule(wanted.seed, wanted.kills, len(wanted.plan))
    begun, over = asyncio.Event(), asyncio.Event()

    async def kill() -> None:
        await begun.wait()
        await killer.strike_all(strikes, over)

    job = Wanted(
        run=_run(wanted),
        plan=wanted.plan,
        concurrency=wanted.concurrency,
        within=600 + 4.0 * len(wanted.plan),
        patience=PLANTED_S if wanted.planted else PATIENCE_S,
    )
    killing = asyncio.create_task(kill())
    try:
        today = chicago_day(datetime.now(UTC))
        await perform(installation, job, Watching(begun=begun.set), today, going)
    finally:
        over.set()
        begun.set()
        await killing


def _run(wanted: Campaign) -> str:
    return f"kills-{wanted.seed}"


@asynccontextmanager
async def _platform(wanted: Campaign, door_port: int, say: Say) -> AsyncIterator[Installation]:
    """Fresh, and stopped at the end."""
    words = [str(wanted.data), str(wanted.base_port), f"{HOST}:{door_port}", *(["planted"] if wanted.planted else [])]
    say("Starting a platform …")
    log = _log(wanted.data)
    with log.open("wb") as written:
        supervisor = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "lectern_local.kills.platform", *words,
            env=inherited(), stdin=asyncio.subprocess.DEVNULL, stdout=written, stderr=written, start_new_session=True,
        )  # fmt: skip
    try:
        yield await _installation(wanted, supervisor, log)
    finally:
        with contextlib.suppress(ProcessLookupError):
            supervisor.send_signal(signal.SIGTERM)
        await supervisor.wait()


async def _installation(wanted: Campaign, supervisor: asyncio.subprocess.Process, log: Path) -> Installation:
    """As soon as the supervisor is there; the services need the door before they are well."""
    until = time.monotonic() + READY_WITHIN_S
    while time.monotonic() < until and supervisor.returncode is None:
        state = Run(wanted.data).state()
        if state and state.base_port == wanted.base_port and Run(wanted.data).alive():
            return Installation.running(wanted.data)
        await asyncio.sleep(0.1)
    raise Away(f"The platform did not start: see {log}.")


async def _ready(data: Path) -> None:
    until = time.monotonic() + READY_WITHIN_S
    while time.monotonic() < until and Run(data).alive():
        state = Run(data).state()
        if state and state.ready:
            return
        await asyncio.sleep(0.1)
    words = _log(data).read_text(errors="replace").strip().splitlines()
    raise Away(f"The platform did not get ready: {words[-1] if words else 'it says nothing'}")


def _log(data: Path) -> Path:
    return data.with_name(f"{data.name}.log")
