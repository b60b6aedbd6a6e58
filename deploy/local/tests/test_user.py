import os
from pathlib import Path

import pytest

from lectern_local import postgres
from lectern_local.trouble import Wrong
from lectern_local.user import Account, closed, refuse_unreachable

SOMEBODY = Account(uid=65534, gid=65534)


def test_we_reach_everything_as_ourselves(folder: Path) -> None:
    folder.chmod(0o700)

    assert closed(None, folder / "file") is None


def test_the_directory_that_is_closed_is_named(folder: Path) -> None:
    inner = folder / "closed" / "open"
    inner.mkdir(parents=True)
    inner.parent.chmod(0o700)

    assert closed(SOMEBODY, inner / "file") == folder / "closed"
    with pytest.raises(Wrong, match=f"because {folder}/closed is closed to others"):
        refuse_unreachable(SOMEBODY, inner / "file")


def test_an_open_one_is_not(folder: Path) -> None:
    assert closed(SOMEBODY, folder / "file") is None


@pytest.mark.skipif(os.geteuid() != 0, reason="giving a directory away needs root")
def test_its_owner_enters_its_own(folder: Path) -> None:
    folder.chmod(0o700)
    os.chown(folder, *SOMEBODY)

    assert closed(SOMEBODY, folder / "file") is None


def test_postgres_is_copied_to_where_its_user_reaches_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "COPIES", folder)
    monkeypatch.setattr(postgres, "closed", lambda _account, file: file.parent)

    programs = postgres.binaries(SOMEBODY)

    assert programs.is_relative_to(folder)
    assert os.access(programs / "initdb", os.X_OK)
    assert os.popen(f"{programs}/initdb --version").read().startswith("initdb (PostgreSQL) 18")  # noqa: S605
