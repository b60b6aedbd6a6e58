"""What a person needs to begin: addresses, sign-ins, and Educator IDs nobody has claimed yet."""

import json
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from rich.console import Console

from lectern_local.installation import Installation


@dataclass(frozen=True)
class SignIn:
    who: str
    where: str
    """The address of the page to sign in at."""
    name: str
    password: str


@dataclass(frozen=True)
class Unclaimed:
    """An educator on record; with these four answers the record can be claimed."""

    educator_id: str
    last_name: str
    born: str
    """As 1994-05-06."""
    last_four: str

    @property
    def birthday(self) -> str:
        """As forms ask for it: 5/6/1994."""
        day = date.fromisoformat(self.born)
        return f"{day.month}/{day.day}/{day.year}"


@dataclass(frozen=True)
class Welcome:
    sign_ins: tuple[SignIn, ...] = ()
    unclaimed: tuple[Unclaimed, ...] = ()


Greets = Callable[[Installation], Awaitable[Welcome]]
"""Runs when every service is well, on each `up`; puts in what the platform starts with and says what there is."""


def keep(data: Path, welcome: Welcome) -> None:
    """For the start page and for `up --detach`."""
    file = data / "welcome.json"
    file.touch(mode=0o600)
    file.write_text(json.dumps(asdict(welcome)))


def kept(data: Path) -> Welcome:
    try:
        found = json.loads((data / "welcome.json").read_text())
    except (OSError, ValueError):
        return Welcome()
    return Welcome(
        tuple(SignIn(**each) for each in found["sign_ins"]), tuple(Unclaimed(**each) for each in found["unclaimed"])
    )


def greet(console: Console, installation: Installation, welcome: Welcome) -> None:
    """Prints it; nothing is folded or cut, so that it can be copied."""
    _print(console, "Addresses", installation.urls.items())
    for where in dict.fromkeys(each.where for each in welcome.sign_ins):
        rows = [(each.name, each.password, each.who) for each in welcome.sign_ins if each.where == where]
        _print(console, f"Sign in at {where}", [("email", "password", ""), *rows])
    if welcome.unclaimed:
        heads = ("Educator ID", "last name", "birth date", "last four digits of the social security number")
        found = [(each.educator_id, each.last_name, each.birthday, each.last_four) for each in welcome.unclaimed]
        _print(console, "Records nobody has claimed yet", [heads, *found])


def _print(console: Console, title: str, rows: Iterable[tuple[str, ...]]) -> None:
    lines = list(rows)
    widths = [max(len(row[column]) for row in lines) for column in range(len(lines[0]))]
    console.print(title, style="bold", markup=False)
    for row in lines:
        words = "  ".join(word.ljust(width) for word, width in zip(row, widths, strict=True))
        console.print(f"  {words.rstrip()}", markup=False, soft_wrap=True)
