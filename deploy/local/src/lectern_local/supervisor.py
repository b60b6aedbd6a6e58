"""Starts the platform in order, keeps it running, and stops it in reverse."""

import asyncio
import contextlib
import signal
import sys
import time
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass, field

import httpx

from lectern_local import kafka, postgres
from lectern_local.child import Child, Program, how
from lectern_local.environment import bare
from lectern_local.installation import Installation
from lectern_local.plan import Planned
from lectern_local.run import Run, State
from lectern_local.trouble import Away, Trouble

SERVERS_DEADLINE = 90.0
SERVICES_DEADLINE = 90.0
SAID = {
    "Postgres and Kafka": "Starting Postgres and Kafka ...",
    "databases": "Getting the databases ready ...",
    "services": "Starting the services ...",
    "demo data": "Seeing that the demonstration's people are there ...",
    "stopping": "Stopping ...",
}
"""What people are told when a phase begins; each may take seconds."""
_HOPELESS = 3
"""A child that ended so often before it was ever well does not get well by itself."""


@dataclass
class Supervisor:
    installation: Installation
    run: Run
    plan: Sequence[Planned]
    report: Callable[[str], None]
    """Takes a sentence about what happened, for people."""
    databases: Sequence[str] | None = None
    """The command that makes and migrates the databases; None for the usual one."""
    state: State = field(init=False)
    _children: dict[str, Child] = field(default_factory=dict)
    _keeping: list[asyncio.Task[None]] = field(default_factory=list)
    _began: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        self.state = State(self.installation.base_port)

    async def start(self) -> None:
        """Returns when everything says that it is well. Raises Trouble."""
        self.enter("Postgres and Kafka")
        await _all(self._postgres(), self._kafka())
        self.enter("databases")
        await self._databases()
        self.enter("services")
        for each in self.plan:
            self._keep(each.program)
        async with httpx.AsyncClient(timeout=5, trust_env=False) as client:
            await _all(*(self._well(client, each) for each in self.plan))

    def ready(self) -> None:
        """Tells everybody who waits for it."""
        self.state.ready = True
        self.enter("ready")

    async def stop(self) -> None:
        """Services first, then Kafka, then Postgres; each within its patience."""
        self.state.ready = False
        self.enter("stopping")
        servers = ("kafka", "postgres")
        await asyncio.gather(*(child.stop() for name, child in self._children.items() if name not in servers))
        for name in servers:
            if name in self._children:
                await self._children[name].stop()
        for each in self._keeping:
            each.cancel()
        await asyncio.gather(*self._keeping, return_exceptions=True)
        self.enter("stopped")

    def kill(self) -> None:
        """For somebody who asks twice."""
        for each in self._children.values():
            each.kill()

    async def _postgres(self) -> None:
        child = self._keep(await asyncio.to_thread(postgres.program, self.installation))
        await postgres.answers(self.installation, SERVERS_DEADLINE, lambda: _hopeless(child))

    async def _kafka(self) -> None:
        child = self._keep(await asyncio.to_thread(kafka.program, self.installation))
        await kafka.answers(self.installation, SERVERS_DEADLINE, lambda: _hopeless(child))

    async def _databases(self) -> None:
        usual = (sys.executable, "-m", "lectern_local.databases")
        place = (str(self.installation.data), str(self.installation.base_port))
        made = await asyncio.create_subprocess_exec(
            *(self.databases or usual),
            *place,
            env=bare(),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        try:
            said, _ = await made.communicate()
        finally:
            if made.returncode is None:
                made.kill()
        (self.installation.data / "logs" / "databases.log").write_bytes(said)
        if made.returncode:
            words = said.decode(errors="replace").strip().splitlines()
            raise Trouble(f"The databases could not be made: {words[-1] if words else how(made.returncode or 0)}")

    async def _well(self, client: httpx.AsyncClient, each: Planned) -> None:
        child = self._children[each.program.name]
        until = time.monotonic() + SERVICES_DEADLINE
        answer = "it does not answer"
        while True:
            with contextlib.suppress(httpx.HTTPError, ValueError):
                response = await client.get(each.health)
                if response.status_code == httpx.codes.OK:
                    return
                answer = _why(response)
            if why := _hopeless(child):
                raise Away(f"{each.program.name} does not start: {why} (its log is {child.log})")
            if time.monotonic() > until:
                raise Away(
                    f"{each.program.name} was not well within {SERVICES_DEADLINE:.0f} s: {answer} "
                    f"(its log is {child.log})."
                )
            await asyncio.sleep(0.1)

    def _keep(self, program: Program) -> Child:
        child = Child(program, self.run, self.installation.data / "logs", self._happened)
        self._children[program.name] = child
        self._keeping.append(asyncio.create_task(child.keep_running(), name=program.name))
        return child

    def _happened(self, sentence: str) -> None:
        self.report(sentence)
        self.state.restarts = {name: child.restarts for name, child in self._children.items() if child.restarts}
        self._tell()

    def enter(self, phase: str) -> None:
        """What is going on now, for whoever asks."""
        self.state.phase = phase
        self.state.seconds = round(time.monotonic() - self._began, 2)
        self._tell()
        if phase in SAID:
            self.report(SAID[phase])

    def _tell(self) -> None:
        with contextlib.suppress(OSError):  # a full disk ends nothing that still runs
            self.run.tell(self.state)


async def _all(*jobs: Coroutine[None, None, None]) -> None:
    """All at once; the first that fails ends the others. Raises what it raised."""
    try:
        async with asyncio.TaskGroup() as group:
            for each in jobs:
                group.create_task(each)
    except BaseExceptionGroup as failed:  # no except*: some releases of Python put what is raised there in a group
        troubles = failed.subgroup(Trouble)
        if troubles is None:
            raise
        first: BaseException = troubles
        while isinstance(first, BaseExceptionGroup):
            first = first.exceptions[0]
        raise first from None


def _hopeless(child: Child) -> str | None:
    return child.last_words() or "it ends at once" if child.restarts >= _HOPELESS else None


def _why(response: httpx.Response) -> str:
    report = response.json()
    reasons = report.get("why") if isinstance(report, dict) else None
    return " ".join(reasons).rstrip(".") if reasons else f"it answers {response.status_code}"


async def supervise(
    supervisor: Supervisor, when_up: Callable[[Installation], Awaitable[None]], when_ready: Callable[[State], None]
) -> None:
    """From start to stop: until SIGINT or SIGTERM, twice to kill. Raises Trouble when it does not come up."""
    asked = asyncio.Event()

    def stop() -> None:
        if asked.is_set():
            supervisor.kill()
        asked.set()

    for each in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(each, stop)
    waiting = asyncio.create_task(asked.wait())
    starting = asyncio.create_task(_started(supervisor, when_up))
    try:
        await asyncio.wait({waiting, starting}, return_when=asyncio.FIRST_COMPLETED)
        if starting.done():
            starting.result()
            supervisor.ready()
            when_ready(supervisor.state)
            await waiting
    finally:
        starting.cancel()
        await asyncio.gather(starting, return_exceptions=True)
        await supervisor.stop()
        waiting.cancel()


async def _started(supervisor: Supervisor, when_up: Callable[[Installation], Awaitable[None]]) -> None:
    await supervisor.start()
    supervisor.enter("demo data")
    await when_up(supervisor.installation)
