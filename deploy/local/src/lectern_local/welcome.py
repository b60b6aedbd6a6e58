"""What a person needs to begin: addresses, sign-ins, and Educator IDs nobody has claimed yet."""

import json
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

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
    last_four: str


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
    """Prints it."""
    console.print(_table("Addresses", (), installation.urls.items()))
    if welcome.sign_ins:
        rows = [(each.who, each.where, each.name, each.password) for each in welcome.sign_ins]
        console.print(_table("Sign-ins", ("who", "where", "name", "password"), rows))
    if welcome.unclaimed:
        rows = [(each.educator_id, each.last_name, each.born, each.last_four) for each in welcome.unclaimed]
        heads = ("Educator ID", "last name", "born", "last four digits of the social security number")
        console.print(_table("Records nobody has claimed yet", heads, rows))


def _table(title: str, heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Table:
    table = Table(title=title, title_justify="left", box=None, show_header=bool(heads), pad_edge=False, padding=(0, 2))
    for each in heads:
        table.add_column(each, overflow="fold")
    for row in rows:
        table.add_row(*row)
    return table
