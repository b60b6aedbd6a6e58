"""`lectern bench latency | throughput`."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import httpx
from cyclopts import App, Parameter
from rich.console import Console
from rich.table import Table

from lectern.contracts.days import chicago_day
from lectern_local.bench.latency import latency as measured_latency
from lectern_local.bench.place import Servers
from lectern_local.bench.throughput import throughput as measured_throughput
from lectern_local.client import Refusal, Unreached
from lectern_local.commands.options import DATA, Data, Json, last_line
from lectern_local.demo.waiting import TooLong
from lectern_local.installation import Installation
from lectern_local.trouble import Away, Trouble

bench = App(name="bench", help="Measure, each figure beside its limit in the same run.")


@bench.command
def latency(
    *,
    rate: Annotated[int, Parameter(help="Submissions a second, at fixed times.")] = 20,
    n: Annotated[int, Parameter(help="How many submissions.")] = 1000,
    data: Data = DATA,
    json: Json = False,
) -> int:
    """From a submission's 2xx to its row in the district's work log; floor: two commits and one acknowledged send."""
    installation, say = _start(data)
    today = chicago_day(datetime.now(UTC))
    try:
        found = asyncio.run(measured_latency(installation, rate=rate, n=n, today=today, say=say))
    except Unreached as error:
        raise Away(f"The platform does not answer: {error}.") from None
    except (Refusal, TooLong, RuntimeError, httpx.HTTPError) as error:
        raise Trouble(f"The measurement failed: {error}.") from None
    _show(found.shown(), json=json)
    return 0


@bench.command
def throughput(
    *,
    callers: Annotated[int, Parameter(help="So many ask at once, each again as soon as it is answered.")] = 8,
    seconds: Annotated[float, Parameter(help="How long, after warming up.")] = 60,
    data: Data = DATA,
    json: Json = False,
) -> int:
    """Facts a second through log, Kafka, the next log and its view; limit: the writer alone into one log.

    Works in databases and a topic of its own on the platform's servers.
    """
    installation, say = _start(data)
    servers = Servers(installation.superuser, installation.kafka)
    try:
        found = asyncio.run(measured_throughput(servers, callers=callers, seconds=seconds, say=say))
    except RuntimeError as error:
        raise Trouble(f"The measurement failed: {error}.") from None
    _show(found.shown(), json=json)
    return 0


def _start(data: Path) -> tuple[Installation, Callable[[str], None]]:
    console = Console(stderr=True, highlight=False)
    return Installation.running(data), lambda said: console.print(said, markup=False)


def _show(found: dict[str, float], *, json: bool) -> None:
    if json:
        last_line(**found)
        return
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2))
    table.add_column(justify="left")
    table.add_column(justify="right")
    for name, value in found.items():
        table.add_row(name.replace("_", " "), f"{value:,}")
    Console().print(table)
