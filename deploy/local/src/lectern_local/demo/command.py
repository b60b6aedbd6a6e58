"""`lectern demo`."""

import asyncio
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from lectern.contracts.days import chicago_day
from lectern.web.client import UnexpectedAnswer
from lectern_local.client import Outcome, Refusal, Unreached
from lectern_local.commands.options import DATA, Data, Json, last_line
from lectern_local.demo.job import WAYS
from lectern_local.demo.performing import Performance, Wanted, Watching, perform
from lectern_local.demo.waiting import TooLong
from lectern_local.installation import Installation
from lectern_local.trouble import FOUND, Away, Trouble

MOST_SHOWN = 20


def demo(
    *,
    count: Annotated[int, Parameter(help="How many applications.")] = 1,
    concurrency: Annotated[int, Parameter(help="How many at once.")] = 4,
    kind: Annotated[Literal["upgrade"], Parameter(help="Which application.")] = "upgrade",
    end: Annotated[Literal["approved", "returned", "denied"], Parameter(help="How each one goes.")] = "approved",
    within: Annotated[float | None, Parameter(help="Seconds until all must have ended.")] = None,
    run: Annotated[str | None, Parameter(help="Name of the run: the same name goes on where it stopped.")] = None,
    history: Annotated[Path | None, Parameter(help="Write every operation's outcome to this file.")] = None,
    data: Data = DATA,
    json: Json = False,
) -> int:
    """Takes applications from the educator's sign-in to the certificate, as the three roles, over HTTP.

    Educators are made up, imported and claimed first. Exit code 1: some have not ended in time.
    """
    del kind  # there is one so far
    installation = Installation.running(data)
    wanted = Wanted(
        run=run or secrets.token_hex(4),
        count=max(0, count),
        concurrency=max(1, concurrency),
        way=WAYS[end],
        within=within or 120.0 + 3.0 * count,
        patience=120.0,
    )
    with _watching(wanted) as watching:
        going = _performed(installation, wanted, watching)
    if history is not None:
        going.history.keep(history)
    _show(going, json=json)
    return 0 if going.all_ended else FOUND


def _performed(installation: Installation, wanted: Wanted, watching: Watching) -> Performance:
    going = Performance()
    try:
        asyncio.run(perform(installation, wanted, watching, chicago_day(datetime.now(UTC)), going))
    except Unreached as error:
        raise Away(f"The demonstration could not begin: {error}.") from None
    except (Refusal, TooLong, UnexpectedAnswer) as error:
        raise Trouble(f"The demonstration could not begin: {error}.") from None
    return going


@contextmanager
def _watching(wanted: Wanted) -> Iterator[Watching]:
    """A timeline for one application, a bar for many; on stderr, so that the last line stays what it is."""
    console = Console(stderr=True, highlight=False)
    if wanted.count == 1:
        yield Watching(step=_timeline(console))
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        ready = bar.add_task("Educators registered and signed in", total=wanted.count)
        ended = bar.add_task("Applications ended", total=wanted.count, start=False)
        yield Watching(
            made_ready=lambda: bar.advance(ready),
            ended=lambda _how: bar.advance(ended),
            begun=lambda: bar.start_task(ended),
        )


def _timeline(console: Console) -> Callable[[int, str], None]:
    began = time.monotonic()

    def step(_number: int, what: str) -> None:
        console.print(f"{time.monotonic() - began:7.2f} s  {what}", markup=False)

    return step


def _show(going: Performance, *, json: bool) -> None:
    console = Console(stderr=True, highlight=False)
    for each in going.stuck[:MOST_SHOWN]:
        console.print(each, markup=False)
    ends = {"approved": going.ends["approved"]} | dict(going.ends)
    unknown = going.history.count(Outcome.UNKNOWN)
    if json:
        last_line(started=going.started, **ends, seconds=going.seconds, unknown=unknown,
                  unknown_resolved=going.history.unknown_resolved)  # fmt: skip
        return
    words = ", ".join(f"{n} {end}" for end, n in ends.items())
    pace = f", {going.ends.total() / going.seconds:.1f} a second" if going.seconds else ""
    Console(highlight=False).print(f"{going.started} started, {words}, in {going.seconds:.1f} s{pace}.")
