"""What a running platform leaves in its data directory for others to find: a lock, its state, a file per process."""

import fcntl
import json
import os
import signal
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import TracebackType
from typing import TextIO

from lectern_local.alive import Process
from lectern_local.place import command
from lectern_local.trouble import Trouble

_PATIENCE = {"kafka": 10.0, "postgres": 15.0}
"""Seconds to end what was left behind; the services lose nothing by being killed."""


@dataclass
class State:
    """`phase` is for people; `failed` is the sentence of what ended the start, with its exit code."""

    base_port: int
    phase: str = "starting"
    ready: bool = False
    seconds: float = 0.0
    restarts: dict[str, int] = field(default_factory=dict)
    failed: str = ""
    code: int = 0


class Run:
    def __init__(self, data: Path) -> None:
        self.data = data
        self.folder = data / "run"
        self._lock: TextIO | None = None

    def alive(self) -> bool:
        """Is there a supervisor?"""
        return Process.kept(self.folder / "supervisor.pid") is not None

    def supervisor(self) -> Process | None:
        return Process.kept(self.folder / "supervisor.pid")

    def processes(self) -> dict[str, Process]:
        """Everything that runs, by name."""
        kept = {file.stem: Process.kept(file) for file in sorted(self.folder.glob("*.pid"))}
        return {name: process for name, process in kept.items() if process}

    def state(self) -> State | None:
        try:
            return State(**json.loads((self.folder / "state.json").read_text()))
        except (OSError, ValueError, TypeError):
            return None

    def tell(self, state: State) -> None:
        new = self.folder / "state.new"
        new.write_text(json.dumps(asdict(state)))
        new.replace(self.folder / "state.json")

    def keep(self, name: str, pid: int) -> None:
        if process := Process.of(pid):
            process.keep(self.folder / f"{name}.pid")

    def keep_self(self) -> None:
        """The supervisor's own file; its former state is nobody's."""
        (self.folder / "state.json").unlink(missing_ok=True)
        self.keep("supervisor", os.getpid())

    def forget(self, name: str) -> None:
        (self.folder / f"{name}.pid").unlink(missing_ok=True)

    def __enter__(self) -> "Run":
        """Only one supervisor on a data directory. Raises Trouble."""
        self.folder.mkdir(exist_ok=True)
        self._lock = (self.folder / "lock").open("w")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Trouble(self.running()) from None
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._lock:
            self._lock.close()

    def running(self) -> str:
        """The sentence for somebody who wants to start a second one."""
        state, process = self.state(), self.supervisor()
        where = f" at http://127.0.0.1:{state.base_port}" if state else ""
        who = f" (process {process.pid})" if process else ""
        return f"Lectern is already running on {self.data}{where}{who}: stop it with {command('down', self.data)}."

    def clean(self) -> list[str]:
        """Ends what a killed supervisor left behind; to be called under the lock."""
        left = {name: process for name, process in self.processes().items() if process.pid != os.getpid()}
        for process in left.values():
            process.send(signal.SIGTERM)
        if "postgres" in left:
            left["postgres"].send(signal.SIGINT)
        for name, process in left.items():
            process.end(signal.SIGTERM, _PATIENCE.get(name, 3))
        for file in self.folder.glob("*.pid"):
            if Process.kept(file) is None:
                file.unlink()
        return list(left)
