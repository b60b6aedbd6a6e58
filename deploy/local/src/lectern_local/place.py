"""The data directory: made if it is missing, refused in one sentence if it cannot serve."""

import shutil
import tempfile
from pathlib import Path

from lectern_local.trouble import Wrong

NEEDED = 256 * 1024 * 1024
KEPT_WHEN_FRESH = {"run"}


def prepared(data: Path, needed: int = NEEDED) -> Path:
    """Its absolute path, once it is there, writable and has room. Raises Wrong."""
    data = data.expanduser().absolute()
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
    """Starts over: everything but the lock is removed, under the lock."""
    for each in data.iterdir():
        if each.name in KEPT_WHEN_FRESH:
            continue
        if each.is_dir() and not each.is_symlink():
            shutil.rmtree(each)
        else:
            each.unlink()
    (data / "logs").mkdir(exist_ok=True)
