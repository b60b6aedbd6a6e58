import importlib
import io
import sys
from pathlib import Path

import pytest
from cyclopts import App
from rich.console import Console

from lectern_local import command
from lectern_local.installation import Installation
from lectern_local.trouble import Away, Trouble, Wrong
from lectern_local.welcome import SignIn, Unclaimed, Welcome, greet, keep, kept

WELCOME = Welcome(
    (SignIn("DESE reviewer", "http://127.0.0.1:8403", "priya.raman@dese.example", "beacon-reed"),),
    (Unclaimed("1048227", "Avery", "1994-05-06", "4417"),),
)


@pytest.mark.parametrize("name", command.COMMANDS)
def test_every_command_is_there(name: str) -> None:
    module, _, function = command.COMMANDS[name][0].partition(":")

    found = getattr(importlib.import_module(module), function)

    assert callable(found) or isinstance(found, App)


@pytest.mark.parametrize(("trouble", "code"), [(Trouble("Found."), 1), (Wrong("Wrong."), 2), (Away("Away."), 3)])
def test_trouble_is_a_sentence_and_a_code(
    trouble: Trouble, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails() -> None:
        raise trouble

    monkeypatch.setattr(sys.modules[__name__], "fails", fails, raising=False)
    monkeypatch.setitem(command.COMMANDS, "fails", (f"{__name__}:fails", "Fails."))

    assert command.run(["fails"]) == code
    assert capsys.readouterr().err == f"{trouble}\n"


def test_a_command_that_is_not_there_is_a_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.run(["dance"]) == 2
    assert "dance" in capsys.readouterr().err


def test_no_command_shows_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.run([]) == 0
    shown = capsys.readouterr().out
    assert all(name in shown for name in command.COMMANDS)


def test_the_welcome_is_kept_for_its_owner(folder: Path) -> None:
    keep(folder, WELCOME)

    assert kept(folder) == WELCOME
    assert (folder / "welcome.json").stat().st_mode & 0o777 == 0o600
    assert kept(folder / "elsewhere") == Welcome()


def test_what_is_printed_can_be_copied(folder: Path) -> None:
    console = Console(file=io.StringIO(), width=20)

    greet(console, Installation.make(folder, 8400), WELCOME)

    assert isinstance(console.file, io.StringIO)
    lines = console.file.getvalue().splitlines()
    assert "  priya.raman@dese.example  beacon-reed  DESE reviewer" in lines
    assert "  review            http://127.0.0.1:8403" in lines
