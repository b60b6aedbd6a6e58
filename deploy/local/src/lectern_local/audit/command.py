"""`lectern audit`."""

import json as json_
import sys
from typing import Annotated

import asyncpg
import httpx
from aiokafka.errors import KafkaError
from cyclopts import Parameter
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from lectern.eventlog.database import UNREACHABLE
from lectern_local.audit.auditing import audit as audited
from lectern_local.audit.judging import Verdict
from lectern_local.audit.place import place_of
from lectern_local.commands.options import DATA, Data, Json
from lectern_local.installation import Installation
from lectern_local.trouble import FOUND, Away

MOST_SHOWN = 200


async def audit(
    *,
    within: Annotated[float, Parameter(help="Seconds to wait until nothing moves any more.")] = 60,
    data: Data = DATA,
    json: Json = False,
) -> int:
    """Judges everything that happened, from the logs, Kafka, the mailbox and the payment sandbox.

    Reads with the auditor's own role and changes nothing. Exit code 1: something is wrong. With --json violations are
    lines of JSON before the last one.
    """
    console = Console(stderr=True)
    try:
        verdict = await audited(place_of(Installation.running(data)), within=within, say=console.print)
    except (*UNREACHABLE, asyncpg.PostgresError, KafkaError, httpx.HTTPError) as error:
        raise Away(f"Something needed for the audit does not answer: {type(error).__name__}: {error}".strip()) from None
    show_json(verdict) if json else show(verdict)
    return FOUND if verdict.violations else 0


def show_json(verdict: Verdict) -> None:
    for each in verdict.violations:
        print(json_.dumps({"kind": each.kind, "sentence": each.sentence}))
    print(json_.dumps(verdict.shown()))
    sys.stdout.flush()


def show(verdict: Verdict) -> None:
    console = Console()
    counts = Table(box=None, show_header=False)
    rows = {"Facts": verdict.facts} | {each.capitalize(): n for each, n in verdict.ends.items()}
    rows |= {each.replace("_", " ").capitalize(): n for each, n in verdict.counts.items()}
    rows |= {f"Mails “{each or 'without notice'}”": n for each, n in verdict.mails.items()}
    for name, n in rows.items():
        counts.add_row(name, f"{n:,}")
    console.print(counts)
    if not verdict.violations:
        console.print("[bold green]Nothing is wrong.[/]")
        return
    found = Table("Kind", "What is wrong", box=None, header_style="bold")
    for each in verdict.violations[:MOST_SHOWN]:
        found.add_row(f"[red]{escape(each.kind)}[/]", escape(each.sentence))
    console.print(found)
    more = len(verdict.violations) - MOST_SHOWN
    console.print(
        f"[bold red]{len(verdict.violations):,} violations[/]" + (f", {more:,} not shown." if more > 0 else ".")
    )
