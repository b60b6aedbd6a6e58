"""`lectern import districts | people | staff FILE`."""

import asyncio
import json as json_
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import httpx
from cyclopts import App, Parameter
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress
from rich.table import Table

from lectern_local.client import History, Refusal, Sender, Unreached
from lectern_local.client.user import operator
from lectern_local.commands.options import DATA, Data, Json, last_line
from lectern_local.importing.kinds import DISTRICTS, PEOPLE, STAFF, KindOfFile
from lectern_local.importing.reading import BadFile, BadRow, Row, read
from lectern_local.importing.sending import Sent, send_rows
from lectern_local.installation import Installation
from lectern_local.trouble import FOUND, Away, Trouble, Wrong

MOST_SHOWN = 100
PATIENCE_S = 30.0

File = Annotated[Path, Parameter(help="A CSV file: UTF-8, a header line, dates as 2027-01-15.")]
DryRun = Annotated[bool, Parameter(negative=(), help="Check every row and record nothing.")]

importing = App(name="import", help="Take over the state's records from CSV files; again changes nothing.")


@importing.command
def districts(file: File, /, *, dry_run: DryRun = False, data: Data = DATA, json: Json = False) -> int:
    """School districts and charters: code,name,county[,contact_name,contact_email,closed_on]."""
    return run(DISTRICTS, file, data, dry_run=dry_run, json=json)


@importing.command
def people(file: File, /, *, dry_run: DryRun = False, data: Data = DATA, json: Json = False) -> int:
    """Persons and certificates of the register, one line a certificate."""
    return run(PEOPLE, file, data, dry_run=dry_run, json=json)


@importing.command
def staff(file: File, /, *, dry_run: DryRun = False, data: Data = DATA, json: Json = False) -> int:
    """Who works where: email,first_name,last_name,role,district_code (no district = DESE)."""
    return run(STAFF, file, data, dry_run=dry_run, json=json)


def run(kind: KindOfFile, file: Path, data: Path, *, dry_run: bool, json: bool) -> int:
    """Reads, sends, says what became of it. Exit code 1 where rows are wrong; the good ones are recorded."""
    installation = Installation.running(data)
    try:
        rows, bad = read(file.read_bytes(), kind)
    except OSError as error:
        raise Wrong(f"{file} cannot be read: {error.strerror}.") from None
    except BadFile as error:
        raise Wrong(f"{file}: {error}") from None
    try:
        sent = asyncio.run(_sent(installation, kind, rows, dry_run=dry_run))
    except Unreached as error:
        raise Away(f"The import stopped: {error}. Run it again; what is recorded stays as it is.") from None
    except Refusal as error:
        raise Trouble(f"The import stopped: {error}. Run it again; what is recorded stays as it is.") from None
    sent.bad = sorted([*bad, *sent.bad], key=lambda each: each.line)
    _show(kind, sent, dry_run=dry_run, json=json)
    return FOUND if sent.bad else 0


async def _sent(installation: Installation, kind: KindOfFile, rows: list[Row], *, dry_run: bool) -> Sent:
    async with httpx.AsyncClient(trust_env=False) as http:
        sender = Sender(http, History(), patience=PATIENCE_S)
        services = {
            each: operator(sender, installation.urls[each], installation.secrets.api_tokens[each])
            for each in ("district-worklog", "review")
        }
        with progress(f"Importing {kind.name}", len(rows)) as moved:
            return await send_rows(kind, rows, services, dry_run=dry_run, moved=moved)


@contextmanager
def progress(what: str, total: int) -> Iterator[Callable[[int], None]]:
    """A bar on a terminal; nothing elsewhere."""
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(what, total=total)
        yield lambda n: bar.advance(task, n)


def _show(kind: KindOfFile, sent: Sent, *, dry_run: bool, json: bool) -> None:
    if json:
        for each in sent.bad:
            print(json_.dumps({"line": each.line, "field": each.field, "message": each.message}))
        last_line(kind=kind.name, dry_run=dry_run, **sent.shown())
        return
    console = Console(highlight=False)
    if sent.bad:
        console.print(_table(sent.bad))
    shown = sent.shown()
    would = "would be " if dry_run else ""
    console.print(
        f"{shown['rows']:,} rows: {shown['new']:,} {would}new, {shown['changed']:,} {would}changed, "
        f"{shown['same']:,} the same, {shown['bad']:,} with errors." + (" Nothing was recorded." if dry_run else "")
    )


def _table(bad: list[BadRow]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2))
    for head in ("line", "column", "what to do"):
        table.add_column(head, justify="right" if head == "line" else "left")
    for each in bad[:MOST_SHOWN]:
        table.add_row(str(each.line), escape(each.field), escape(each.message))
    if len(bad) > MOST_SHOWN:
        table.add_row("…", "", f"and {len(bad) - MOST_SHOWN:,} more")
    return table
