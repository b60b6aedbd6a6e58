"""Each bad circumstance of `lectern up`: one clear sentence on stderr, and an exit code."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from lectern_local import place, user
from lectern_local.assets import DIST
from lectern_local.trouble import Wrong
from lectern_local.trying import free_base

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="mounts, and a user of its own for Postgres, need root")
built = pytest.mark.skipif(not DIST.exists(), reason="assets are not built")


def lectern(*words: object, **environment: str) -> tuple[int, str]:
    """Its exit code and what it said on stderr."""
    command = [sys.executable, "-m", "lectern_local.command", *map(str, words)]
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=120, check=False, env={**os.environ, **environment}
    )
    return done.returncode, done.stderr


def up(data: Path, base: int | None = None, **environment: str) -> tuple[int, str]:
    return lectern("up", "--data", data, "--base-port", base or free_base(), **environment)


@pytest.fixture
def mount(folder: Path) -> Iterator[Path]:
    """A file system of 64 MiB."""
    place = folder / "mounted"
    place.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m,mode=755", "tmpfs", place], check=True)
    yield place
    subprocess.run(["umount", "--lazy", place], check=True)


def test_a_busy_port(folder: Path) -> None:
    base = free_base()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", base + 2))
        taken.listen()

        code, said = up(folder / "data", base)

    assert code == 2
    assert said == (
        f"Port {base + 2}, for district-worklog, is taken: stop what listens there, "
        "or choose another with --base-port.\n"
    )


@pytest.mark.parametrize("base", [80, 65530])
def test_a_base_port_out_of_range(folder: Path, base: int) -> None:
    code, said = up(folder / "data", base)

    assert (code, said) == (2, "The base port must be between 1024 and 65511: choose another with --base-port.\n")


@as_root
def test_a_full_directory(mount: Path) -> None:
    code, said = up(mount / "data")

    assert code == 2
    assert said.startswith(f"{mount / 'data'} has room for 6")
    assert said.endswith("MiB and Lectern needs 256 MiB: make room, or choose another directory with --data.\n")


@as_root
def test_a_directory_without_room_for_one_more_file(mount: Path) -> None:
    subprocess.run(["dd", "if=/dev/zero", f"of={mount / 'ballast'}", "bs=64k"], check=False, capture_output=True)

    code, said = up(mount / "data")

    assert code == 2
    assert str(mount / "data") in said
    assert said.count("\n") == 1


@as_root
def test_a_directory_that_gets_full_while_it_starts(mount: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (mount / "ballast").write_bytes(bytes(40 << 20))
    code = "import sys; from lectern_local import place; place.NEEDED = 0; "
    code += "place.prepared.__defaults__ = (0,); from lectern_local.command import run; sys.exit(run())"
    words = ["up", "--data", str(mount / "data"), "--base-port", str(free_base())]

    done = subprocess.run(
        [sys.executable, "-c", code, *words], capture_output=True, text=True, check=False, timeout=120
    )

    assert done.returncode in {1, 3}
    assert "No space left on device" in done.stderr.splitlines()[-1]
    assert str(mount) in done.stderr.splitlines()[-1]


@as_root
def test_a_read_only_directory(mount: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", mount], check=True)

    code, said = up(mount / "data")

    assert (code, said) == (
        2,
        f"{mount / 'data'} cannot be written (Read-only file system): choose another with --data.\n",
    )


def test_a_file_in_the_way(folder: Path) -> None:
    (folder / "data").touch()

    assert up(folder / "data") == (2, f"{folder / 'data'} is not a directory: choose another with --data.\n")
    assert up(folder / "data" / "below")[0] == 2


@as_root
@built
def test_a_directory_the_databases_user_cannot_reach(folder: Path) -> None:
    closed = folder / "closed"
    closed.mkdir(mode=0o700)

    code, said = up(closed / "data")

    assert code == 2
    assert said.splitlines()[-1] == (
        f"Postgres runs as user {user.NAME} here, who cannot reach {closed}/data/postgres because {closed} is closed "
        "to others: move to a directory everybody may enter."
    )
    assert closed.stat().st_mode & 0o777 == 0o700


@built
def test_a_download_that_cannot_be_had(folder: Path) -> None:
    nowhere = dict.fromkeys(("HTTPS_PROXY", "HTTP_PROXY", "https_proxy", "http_proxy"), "http://127.0.0.1:9")

    code, said = up(folder / "data", None, HOME=str(folder), XDG_CACHE_HOME=str(folder / "cache"), **nowhere)

    assert code == 3
    assert "could not be downloaded" in said.splitlines()[-1]


def test_no_room_is_told_before_anything_is_made(folder: Path) -> None:
    with pytest.raises(Wrong, match="Lectern needs 1073741824 MiB"):
        place.prepared(folder / "data", needed=1 << 50)


def test_status_and_down_where_nothing_runs(folder: Path) -> None:
    code, said = lectern("status", "--data", folder / "data")

    assert code == 3
    assert said == (
        f"Lectern is not running on {folder / 'data'}: start it with `lectern up`. "
        "Is it elsewhere? Name its directory with --data or LECTERN_DATA.\n"
    )
    assert lectern("down", "--data", folder / "data") == (0, "")


def test_an_unknown_option() -> None:
    code, said = lectern("up", "--colour", "blue")

    assert code == 2
    assert "--colour" in said
