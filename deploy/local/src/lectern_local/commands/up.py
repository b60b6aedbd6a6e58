"""`lectern up`: the whole platform, in the foreground or detached."""

import asyncio
import contextlib
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from rich.console import Console

from lectern_local import place
from lectern_local.alive import Process
from lectern_local.commands.options import DATA, Data, Json, last_line
from lectern_local.demo.loading import load
from lectern_local.environment import inherited
from lectern_local.installation import Installation
from lectern_local.plan import Planned, planned
from lectern_local.ports import refuse_taken
from lectern_local.run import Run, State
from lectern_local.supervisor import SAID, Supervisor, supervise
from lectern_local.trouble import Trouble
from lectern_local.welcome import Greets, Welcome, greet, keep, kept

GREETS: tuple[Greets, ...] = (load,)
"""What runs at the end of every start, in this order."""
BASE_PORT = 8400


def up(
    *,
    data: Data = DATA,
    base_port: Annotated[int, Parameter(help="The first of the ports; the others are counted from it.")] = BASE_PORT,
    detach: Annotated[bool, Parameter(negative=(), help="Return when it is ready, and leave it running.")] = False,
    fresh: Annotated[bool, Parameter(negative=(), help="Start over: everything kept is removed first.")] = False,
    json: Json = False,
) -> int:
    """Starts Kafka, Postgres and every service, keeps them running, and stops them on Ctrl-C or SIGTERM."""
    data = place.prepared(data)
    if detach:
        return _detached(data, base_port, fresh=fresh, json=json)
    foreground(data, base_port, fresh=fresh, json=json)
    return 0


def foreground(
    data: Path,
    base_port: int,
    *,
    fresh: bool = False,
    json: bool = False,
    plan: Callable[[Installation], Sequence[Planned]] = planned,
    databases: Sequence[str] | None = None,
    greets: Sequence[Greets] = GREETS,
) -> None:
    """From start to stop. Raises Trouble."""
    with Run(data) as run:
        run.keep_self()
        for name in run.clean():
            _say(f"{name} was still running from before and was ended.")
        if fresh:
            place.emptied(data)
        refuse_taken(base_port)
        installation = Installation.make(data, base_port)
        supervisor = Supervisor(installation, run, plan(installation), _say, databases)
        try:
            greeted = partial(_greeted, greets)
            asyncio.run(supervise(supervisor, greeted, lambda state: _told(installation, state, json=json)))
        finally:
            run.forget("supervisor")


async def _greeted(greets: Sequence[Greets], installation: Installation) -> None:
    found = [await each(installation) for each in greets]
    keep(
        installation.data,
        Welcome(
            tuple(sign_in for each in found for sign_in in each.sign_ins),
            tuple(person for each in found for person in each.unclaimed),
        ),
    )


def _say(sentence: str) -> None:
    with contextlib.suppress(OSError):  # whoever read it has gone; the platform goes on
        sys.stderr.write(f"{time.strftime('%H:%M:%S')} {sentence}\n")


def _told(installation: Installation, state: State, *, json: bool, detached: bool = False) -> None:
    welcome = kept(installation.data)
    stops = ("" if detached else "Ctrl-C or ") + place.command("down", installation.data)
    console = Console(soft_wrap=True, highlight=False)
    greet(console, installation, welcome)
    console.print(f"Ready after {state.seconds:.1f} s. {stops} stops it.", markup=False)
    if json:
        last_line(ready=True, seconds=state.seconds, urls=installation.urls, **asdict(welcome))


def _detached(data: Path, base_port: int, *, fresh: bool, json: bool) -> int:
    run = Run(data)
    if run.alive():
        raise Trouble(run.running())
    log = data / "logs" / "supervisor.log"
    command = [sys.executable, "-m", "lectern_local.command", "up", "--data", str(data), "--base-port", str(base_port)]
    with log.open("ab") as written:
        began = written.tell()
        supervisor = subprocess.Popen(
            [*command, *(["--fresh"] if fresh else [])],
            env=inherited(),
            stdin=subprocess.DEVNULL,
            stdout=written,
            stderr=written,
            start_new_session=True,
        )
    phase = ""
    while supervisor.poll() is None:
        state = _state_of(run, supervisor.pid)
        if state and state.ready:
            _told(Installation.make(data, base_port), state, json=json, detached=True)
            return 0
        if state and state.phase != phase:
            phase = state.phase
            _say(SAID.get(phase, phase))
        time.sleep(0.1)
    said = log.read_bytes()[began:].decode(errors="replace").strip().splitlines()
    failed = Trouble(said[-1] if said else f"Lectern did not start; see {log}.")
    failed.code = supervisor.returncode or 1
    raise failed


def _state_of(run: Run, pid: int) -> State | None:
    """What this supervisor tells, not what a former one did."""
    process = run.supervisor()
    return run.state() if process and process == Process.of(pid) else None
