"""Which process is which: a number alone may be somebody else's by now, so we keep when it started, too."""

import contextlib
import json
import os
import signal
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self


@dataclass(frozen=True)
class Process:
    pid: int
    started: int
    """In clock ticks since this boot of the machine."""
    boot: str

    @classmethod
    def of(cls, pid: int) -> Self | None:
        """The process with this number now."""
        try:
            stat = Path(f"/proc/{pid}/stat").read_text()
            boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
        except OSError:
            return None
        state, *fields = stat.rpartition(")")[2].split()
        return None if state == "Z" else cls(pid, int(fields[18]), boot)

    @classmethod
    def kept(cls, file: Path) -> Self | None:
        """The process a file speaks of, if it still runs."""
        try:
            process = cls(**json.loads(file.read_text()))
        except (OSError, ValueError, TypeError):
            return None
        return process if process.alive() else None

    def keep(self, file: Path) -> None:
        new = file.with_suffix(".new")
        new.write_text(json.dumps(asdict(self)))
        new.replace(file)

    def alive(self) -> bool:
        return Process.of(self.pid) == self

    def send(self, what: signal.Signals) -> None:
        if self.alive():
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, what)

    def end(self, first: signal.Signals, patience: float) -> None:
        """Asks, waits this many seconds, then kills."""
        self.send(first)
        if not self.ended_within(patience):
            self.send(signal.SIGKILL)
            self.ended_within(5)

    def ended_within(self, seconds: float) -> bool:
        until = time.monotonic() + seconds
        while self.alive():
            if time.monotonic() > until:
                return False
            time.sleep(0.05)
        return True
