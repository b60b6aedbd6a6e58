"""A process that is kept running until it is asked to stop, and that ends when we do, however we end."""

import asyncio
import contextlib
import ctypes
import os
import signal
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from lectern_local.run import Run
from lectern_local.user import Account

_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None, use_errno=True)
_BACK_OFF = (0.1, 0.5, 1.0, 2.0, 5.0, 10.0)
_LOG_LIMIT = 16 * 1024 * 1024


@dataclass(frozen=True)
class Program:
    """What to run, and how to end it."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(repr=False)
    account: Account | None = None
    """Whom to run it as, where we are root and it may not be."""
    end: signal.Signals = signal.SIGTERM
    patience: float = 20.0
    """Seconds from the request to end until it is killed."""


@dataclass
class Child:
    program: Program
    run: Run
    logs: Path
    report: Callable[[str], None]
    restarts: int = 0
    running: asyncio.subprocess.Process | None = None
    _stopping: bool = False

    @property
    def log(self) -> Path:
        return self.logs / f"{self.program.name}.log"

    async def keep_running(self) -> None:
        """Starts it again, after a pause that grows, whenever it ends before we ask it to."""
        while not self._stopping:
            began = time.monotonic()
            try:
                ended = how(await self._once())
            except OSError as error:  # a full disk, no more processes
                ended = f"could not be started ({error.strerror})"
            if self._stopping:
                return
            steady = time.monotonic() - began > 30
            pause = _BACK_OFF[0 if steady else min(self.restarts, len(_BACK_OFF) - 1)]
            self.restarts += 1
            self.report(f"{self.program.name} {ended} and is started again; its log is {self.log}.")
            await asyncio.sleep(pause)

    async def _once(self) -> int:
        account = self.program.account
        with self._log() as log:
            self.running = await asyncio.create_subprocess_exec(
                *self.program.command,
                env=dict(self.program.environment),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                start_new_session=True,
                preexec_fn=_end_with(os.getpid(), self.program.end),
                user=account and account.uid,
                group=account and account.gid,
                extra_groups=[] if account else None,
            )
        with contextlib.suppress(OSError):
            self.run.keep(self.program.name, self.running.pid)
        try:
            return await self.running.wait()
        finally:
            if self.running.returncode is None:  # nobody waits for it any more
                self.running.kill()
                await self.running.wait()
            self.run.forget(self.program.name)

    def _log(self) -> contextlib.AbstractContextManager[int]:
        if self.log.exists() and self.log.stat().st_size > _LOG_LIMIT:
            self.log.replace(self.log.with_suffix(".old.log"))
        return _opened(self.log)

    async def stop(self) -> None:
        """Asks, waits as long as the program's patience, then kills."""
        self._stopping = True
        process = self.running
        if process is None or process.returncode is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(self.program.end)
        try:
            await asyncio.wait_for(process.wait(), self.program.patience)
        except TimeoutError:
            self.report(f"{self.program.name} did not end within {self.program.patience:.0f} s and is killed.")
            self.kill()
            await process.wait()
        self.run.forget(self.program.name)

    def kill(self) -> None:
        self._stopping = True
        if self.running and self.running.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self.running.kill()

    def last_words(self) -> str:
        """The end of its log, for a sentence about why it does not run."""
        with contextlib.suppress(OSError):
            lines = [line.strip() for line in self.log.read_text(errors="replace").splitlines() if line.strip()]
            return lines[-1][:300] if lines else ""
        return ""


@contextlib.contextmanager
def _opened(file: Path) -> Iterator[int]:
    log = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        yield log
    finally:
        os.close(log)


def _end_with(parent: int, how: signal.Signals) -> Callable[[], None]:
    """Run in the child before its program: it gets this signal when its parent ends, even by kill -9."""

    def ask() -> None:
        _LIBC.prctl(_PR_SET_PDEATHSIG, how)
        if os.getppid() != parent:
            os._exit(1)

    return ask


def how(code: int) -> str:
    return f"was ended by {signal.Signals(-code).name}" if code < 0 else f"ended with code {code}"
