"""Which directory a command works on, and what becomes of one that starts over."""

from pathlib import Path

import pytest

from lectern_local import command, place
from lectern_local.trouble import Wrong


def test_one_variable_names_the_directory_for_every_command(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LECTERN_DATA", str(folder / "named"))
    (folder / "file.csv").touch()
    asked = ("status", "audit", "demo", "history LEC-2026-000001-5", "parked list", "bench latency", "down",
             f"import people {folder / 'file.csv'}")  # fmt: skip

    for words in asked:
        code = command.run(words.split())
        said = capsys.readouterr()

        assert (words, code) == (words, 0 if words == "down" else 3)
        assert str(folder / "named") in said.out + said.err
        assert "Name its directory with --data or LECTERN_DATA." in said.out + said.err


def test_an_option_wins_over_the_variable(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LECTERN_DATA", str(folder / "named"))

    command.run(["status", "--data", str(folder / "other")])

    assert str(folder / "other") in capsys.readouterr().err


def test_an_empty_variable_is_not_the_folder_we_are_in(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder)
    monkeypatch.setenv("LECTERN_DATA", "")

    assert command.run(["up", "--fresh"]) == 2
    assert capsys.readouterr().err == "LECTERN_DATA is empty: give it a directory, or unset it.\n"


def test_what_to_type_names_the_directory_unless_it_is_the_usual_one(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    monkeypatch.delenv("LECTERN_DATA", raising=False)

    assert place.command("down", folder / ".lectern") == "`lectern down`"
    assert place.command("down", folder / "a b") == f"`lectern down --data '{folder / 'a b'}'`"

    monkeypatch.setenv("LECTERN_DATA", str(folder / "a b"))
    assert place.command("down", folder / "a b") == "`lectern down`"


def test_starting_over_spares_a_directory_that_was_never_a_platforms(folder: Path) -> None:
    (folder / "letters.txt").touch()
    (folder / "run").mkdir()

    with pytest.raises(Wrong, match=r"holds what is not Lectern's"):
        place.emptied(folder)

    assert (folder / "letters.txt").exists()


def test_starting_over_removes_everything_but_the_lock(folder: Path) -> None:
    for each in ("run", "logs", "postgres"):
        (folder / each).mkdir()
    (folder / "secrets.json").touch()

    place.emptied(folder)

    assert {each.name for each in folder.iterdir()} == {"run", "logs"}
