"""A Postgres and a Kafka for tests: `python -m lectern_local.servers DIRECTORY BASE_PORT`.

They run as long as one of the processes that registered in DIRECTORY/users does, and take the directory with them.
"""

import asyncio
import contextlib
import fcntl
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from lectern_local import kafka, postgres
from lectern_local.alive import Process
from lectern_local.child import Child
from lectern_local.environment import bare
from lectern_local.installation import Installation
from lectern_local.run import Run, State
from lectern_local.trouble import Away, Trouble
from lectern_local.trying import free_base, open_place

_QUICK = {
    "fsync": "off",
    "max_connections": "400",
}  # kills of processes lose nothing without it, and databases are many


@contextlib.contextmanager
def shared(name: str) -> Iterator[Installation]:
    """The servers of this name, started by whoever comes first. Raises Away."""
    folder = open_place() / f"lectern-servers-{os.geteuid()}-{name}"
    (folder / "users").mkdir(parents=True, exist_ok=True)
    folder.chmod(0o711)
    me = folder / "users" / f"{os.getpid()}.pid"
    if process := Process.of(os.getpid()):
        process.keep(me)
    try:
        with (folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            state = Run(folder).state() or _started(folder)
        if state.failed:
            raise Away(state.failed)
        yield Installation.make(folder, state.base_port)
    finally:
        me.unlink(missing_ok=True)


def _started(folder: Path) -> State:
    base = free_base(21000)
    with (folder / "servers.log").open("wb") as log:
        command = [sys.executable, "-m", "lectern_local.servers", str(folder), str(base)]
        holder = subprocess.Popen(command, env=bare(), stdout=log, stderr=log, start_new_session=True)
    while (state := Run(folder).state()) is None:
        if holder.poll() is not None:
            raise Away(f"The servers for tests did not start: {(folder / 'servers.log').read_text()[-2000:]}")
        time.sleep(0.1)
    return state


async def serve(folder: Path, base: int) -> None:
    run = Run(folder)
    run.folder.mkdir(exist_ok=True)
    (folder / "logs").mkdir(exist_ok=True)
    children: list[Child] = []
    keeping: list[asyncio.Task[None]] = []
    try:
        installation = Installation.make(folder, base)
        programs = (postgres.program(installation, _QUICK), kafka.program(installation))
        children = [Child(each, run, folder / "logs", print) for each in programs]
        keeping = [asyncio.create_task(each.keep_running()) for each in children]
        await postgres.answers(installation, 60, lambda: None)
        await kafka.answers(installation, 60, lambda: None)
        run.tell(State(base, "ready", ready=True))
        while any(Process.kept(each) for each in (folder / "users").glob("*.pid")):  # noqa: ASYNC110  (processes, not us)
            await asyncio.sleep(1)
    except Trouble as trouble:
        run.tell(State(base, failed=str(trouble)))
        await asyncio.sleep(5)
    finally:
        for each in children:
            await each.stop()
        shutil.rmtree(folder, ignore_errors=True)
    await asyncio.gather(*keeping, return_exceptions=True)


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1]), int(sys.argv[2])))
