import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from lectern_local.trying import Started, free_base, open_place

SMALL = Path(__file__).with_name("small_platform.py")


@pytest.fixture
def folder() -> Iterator[Path]:
    """A directory everybody may enter: the database's user must."""
    with tempfile.TemporaryDirectory(prefix="lectern-test-", dir=open_place()) as place:
        Path(place).chmod(0o755)
        yield Path(place)


@pytest.fixture
def start(folder: Path) -> Iterator[Callable[..., Started]]:
    """start(name, how, base, wait): a small platform on folder/name, ready unless it is not to be waited for."""
    started: list[Started] = []

    def one(name: str = "data", how: str = "well", base: int | None = None, wait: bool = True) -> Started:
        base = base or free_base()
        data = folder / name
        command = [sys.executable, str(SMALL), str(data), str(base), how]
        supervisor = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        started.append(Started(supervisor, data, base))
        if wait:
            started[-1].until(started[-1].ready, 60)
        return started[-1]

    yield one
    for each in started:
        if each.supervisor.poll() is None:
            each.supervisor.terminate()
            each.supervisor.communicate(timeout=60)
        each.run.clean()
