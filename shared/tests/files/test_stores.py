"""The conformance suite of stores: a directory, and one in memory, each by way of the port."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from lectern.eventlog.errors import Busy
from lectern.files import Files, Missing, Place, files_at
from lectern.files.store import files_in_memory


@pytest.fixture(params=["directory", "memory"])
def files(request: pytest.FixtureRequest, tmp_path: Path) -> Files:
    return files_in_memory() if request.param == "memory" else files_at(f"file://{tmp_path}/with%20space")


def _place(owner: str = "applications") -> Place:
    return Place(owner, uuid4(), uuid4())


async def _read(files: Files, place: Place) -> bytes:
    return b"".join([chunk async for chunk in files.read(place)])


async def test_gives_back_what_was_put(files: Files) -> None:
    place, data = _place(), bytes(range(256)) * 40_000

    await files.put(place, data)

    assert await _read(files, place) == data


async def test_puts_again_over_what_is_there(files: Files) -> None:
    place = _place()
    await files.put(place, b"first")

    await files.put(place, b"second")

    assert await _read(files, place) == b"second"


async def test_says_that_nothing_is_there(files: Files) -> None:
    with pytest.raises(Missing):
        await _read(files, _place())


async def test_what_is_removed_is_gone_and_may_be_removed_again(files: Files) -> None:
    place = _place()
    await files.put(place, b"x")

    await files.remove(place)
    await files.remove(place)

    with pytest.raises(Missing):
        await _read(files, place)


async def test_lists_what_one_owner_has(files: Files) -> None:
    mine, other = _place(), _place("district-worklog")
    await files.put(mine, b"four")
    await files.put(other, b"x")

    found = [each async for each in files.standing("applications")]

    assert [(each.place, each.size) for each in found] == [(mine, 4)]
    assert datetime.now(UTC) - timedelta(minutes=1) < found[0].since <= datetime.now(UTC) + timedelta(seconds=1)


async def test_an_owner_without_files_has_none(files: Files) -> None:
    assert [each async for each in files.standing("review")] == []


async def test_passes_over_what_is_none_of_ours(tmp_path: Path) -> None:
    (tmp_path / "applications" / "notes").mkdir(parents=True)
    (tmp_path / "applications" / "notes" / "readme.txt").write_text("x")

    assert [each async for each in files_at(f"file://{tmp_path}").standing("applications")] == []


async def test_a_store_that_is_away_is_busy(tmp_path: Path) -> None:
    (tmp_path / "files").mkdir()
    files = files_at(f"file://{tmp_path}/files")
    (tmp_path / "files" / "applications").write_text("in the way")

    with pytest.raises(Busy):
        await files.put(_place(), b"x")


@pytest.mark.parametrize("address", ["", "files", "/files", "file://host/files", "s3://", "http://127.0.0.1/files"])
def test_knows_directories_and_buckets_only(address: str) -> None:
    with pytest.raises(ValueError, match="neither"):
        files_at(address)
