"""The data directory: made if it is missing, refused in one sentence if it cannot serve."""

import os
import shlex
import shutil
import tempfile
from pathlib import Path

from lectern_local.trouble import Wrong

NEEDED = 256 * 1024 * 1024
KEPT_WHEN_FRESH = {"run"}
USUAL = Path(".lectern")
VARIABLE = "LECTERN_DATA"
MARKS = {"secrets.json", "postgres"}
"""One of these is on every directory a platform was started on."""
ELSEWHERE = f"Is it elsewhere? Name its directory with --data or {VARIABLE}."


def command(words: str, data: Path) -> str:
    """What to type to do this there: `lectern down`, with --data unless a bare command means the same directory."""
    usual = os.environ.get(VARIABLE) or USUAL
    return f"`lectern {words}`" if at(Path(usual)) == data else f"`lectern {words} --data {shlex.quote(str(data))}`"


def at(data: Path) -> Path:
    """The absolute path of what somebody named. Raises Wrong for an empty variable: it would mean where we are."""
    if data == Path() and os.environ.get(VARIABLE) == "":
        raise Wrong(f"{VARIABLE} is empty: give it a directory, or unset it.")
    return data.expanduser().absolute()


def prepared(data: Path, needed: int = NEEDED) -> Path:
    """Its absolute path, once it is there, writable and has room. Raises Wrong."""
    data = at(data)
    try:
        if not data.exists():
            data.mkdir(parents=True)
            data.chmod(0o755)
        with tempfile.TemporaryFile(dir=data):
            pass
        for each in ("run", "logs"):
            (data / each).mkdir(exist_ok=True)
    except NotADirectoryError:
        raise Wrong(f"{data} is not a directory: choose another with --data.") from None
    except FileExistsError:
        raise Wrong(f"{data} is not a directory: choose another with --data.") from None
    except OSError as error:
        raise Wrong(f"{data} cannot be written ({error.strerror}): choose another with --data.") from None
    _refuse_full(data, needed)
    return data


def _refuse_full(data: Path, needed: int) -> None:
    free = shutil.disk_usage(data).free
    if free < needed:
        raise Wrong(
            f"{data} has room for {free >> 20} MiB and Lectern needs {needed >> 20} MiB: "
            "make room, or choose another directory with --data."
        )


def emptied(data: Path) -> None:
    """Starts over: everything but the lock is removed, under the lock. Raises Wrong for what no platform was on."""
    found = {each.name for each in data.iterdir()} - {"run", "logs"}
    if found and not found & MARKS:
        raise Wrong(f"{data} holds what is not Lectern's, and --fresh would remove it: choose another with --data.")
    for each in sorted(data.iterdir(), key=lambda each: each.name in MARKS):  # last, so that it can be taken up again
        if each.name in KEPT_WHEN_FRESH:
            continue
        if each.is_dir() and not each.is_symlink():
            shutil.rmtree(each)
        else:
            each.unlink()
    (data / "logs").mkdir(exist_ok=True)
