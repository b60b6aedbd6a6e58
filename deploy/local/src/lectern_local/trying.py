"""For tests: a platform in a process of its own, to be killed and looked at."""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from lectern_local.alive import Process
from lectern_local.installation import Installation
from lectern_local.ports import OFFSETS, refuse_taken
from lectern_local.run import Run
from lectern_local.trouble import Away, Wrong
from lectern_local.user import closed, unprivileged

BORROWED = 32_768
"""From here on the system lends ports to whoever connects: one that is free now may be taken a moment later."""


def free_base(first: int = 11_000) -> int:
    """A base port whose ports are all free, now, and not lent to anybody. Raises Away."""
    step = max(OFFSETS.values()) + 1
    for base in range(first + os.getpid() % 200 * step, BORROWED - step, step):
        with contextlib.suppress(Wrong):
            refuse_taken(base)
            return base
    raise Away("No ports are free for another platform.")


def open_place() -> Path:
    """Where temporary directories can be made that everybody may enter."""
    account = unprivileged()
    places = (Path(tempfile.gettempdir()), Path("/tmp"), Path("/var/tmp"))  # noqa: S108 - only looked at; what is made in it has a name of its own
    return next((each for each in places if each.exists() and not closed(account, each / "one")), places[0])


@dataclass
class Started:
    supervisor: "subprocess.Popen[str]"
    """Its stderr is a pipe."""
    data: Path
    base: int

    @property
    def run(self) -> Run:
        return Run(self.data)

    @property
    def installation(self) -> Installation:
        return Installation.make(self.data, self.base)

    def process(self, name: str) -> Process:
        return self.run.processes()[name]

    def until(self, holds: Callable[[], object], seconds: float = 30) -> None:
        """Waits for it. Raises TimeoutError."""
        until = time.monotonic() + seconds
        while not holds():
            if time.monotonic() > until:
                raise TimeoutError(f"It did not become so within {seconds} s.")
            time.sleep(0.05)

    def ready(self) -> bool:
        """Raises Away when it has ended."""
        if self.supervisor.poll() is not None:
            raise Away(self.supervisor.stderr.read() if self.supervisor.stderr else "It has ended.")
        process, state = self.run.supervisor(), self.run.state()
        return bool(process and process.pid == self.supervisor.pid and state and state.ready)

    def ended(self, how: signal.Signals) -> tuple[int, str]:
        """Sends the signal and waits. Returns its exit code and what it said on stderr."""
        self.supervisor.send_signal(how)
        _, said = self.supervisor.communicate(timeout=60)
        return self.supervisor.returncode, said


@contextlib.contextmanager
def whole_platform(seconds: float = 300) -> Iterator[Installation]:
    """`lectern up` on free ports and new data, with the demonstration's people; gone afterwards. Raises Away."""
    with tempfile.TemporaryDirectory(prefix="lectern-platform-", dir=open_place()) as place:
        Path(place).chmod(0o755)
        data, base = Path(place) / "data", free_base()
        command = [sys.executable, "-m", "lectern_local.command", "up", "--data", str(data), "--base-port", str(base)]
        supervisor = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        started = Started(supervisor, data, base)
        try:
            started.until(started.ready, seconds)
            yield started.installation
        finally:
            if supervisor.poll() is None:
                started.ended(signal.SIGTERM)
            started.run.clean()
