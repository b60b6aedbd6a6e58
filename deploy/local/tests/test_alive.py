import json
import os
import signal
import subprocess
import sys
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from lectern_local.alive import Process
from lectern_local.run import Run, State
from lectern_local.trouble import Trouble


def me() -> Process:
    found = Process.of(os.getpid())
    assert found
    return found


def test_a_process_is_known_by_when_it_started(folder: Path) -> None:
    me().keep(folder / "me.pid")
    (folder / "other.pid").write_text(json.dumps(asdict(replace(me(), started=1))))
    (folder / "before.pid").write_text(json.dumps(asdict(replace(me(), boot="another boot"))))

    assert Process.kept(folder / "me.pid") == me()
    assert Process.kept(folder / "other.pid") is None
    assert Process.kept(folder / "before.pid") is None


@pytest.mark.parametrize("content", ["", "17", "{}", '{"pid": 1}', "not json"])
def test_a_damaged_file_speaks_of_nobody(folder: Path, content: str) -> None:
    (folder / "x.pid").write_text(content)

    assert Process.kept(folder / "x.pid") is None


def test_somebody_elses_process_is_left_alone(folder: Path) -> None:
    """Its number was ours once; by now another program has it."""
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other:
        started = Process.of(other.pid)
        assert started
        run = Run(folder)
        with run:
            replace(started, started=1).keep(run.folder / "review.pid")
            assert run.clean() == []
        assert other.poll() is None
        other.kill()


def test_what_is_left_is_ended_even_if_it_does_not_listen(folder: Path) -> None:
    deaf = "import signal; signal.signal(15, signal.SIG_IGN); print(flush=True); signal.pause()"
    with subprocess.Popen([sys.executable, "-c", deaf], stdout=subprocess.PIPE) as left:
        assert left.stdout
        left.stdout.readline()
        run = Run(folder)
        with run:
            run.keep("review", left.pid)
            assert run.clean() == ["review"]
        assert left.wait(5) == -signal.SIGKILL
    assert not (run.folder / "review.pid").exists()


def test_only_one_holds_a_directory(folder: Path) -> None:
    with Run(folder) as run:
        run.tell(State(8400, ready=True))
        with pytest.raises(Trouble, match=r"already running on .* at http://127\.0\.0\.1:8400"), Run(folder):
            pass
    with Run(folder):
        pass
