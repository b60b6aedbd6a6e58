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
from lectern_local.demo.performing import Performance, Wanted, Watching, perform
from lectern_local.demo.plan import Planned, Sort, mixed, possible, same
from lectern_local.demo.waiting import TooLong
from lectern_local.installation import Installation
from lectern_local.trouble import FOUND, Away, Trouble

MOST_SHOWN = 20


def demo(
    *,
    count: Annotated[int | None, Parameter(help="How many applications; 1, unless --leave is given.")] = None,
    leave: Annotated[int, Parameter(help="Leave so many more with the district, and as many with DESE.")] = 0,
    concurrency: Annotated[int, Parameter(help="How many at once.")] = 4,
    kind: Annotated[
        Sort | Literal["mixed"], Parameter(help="Which application; mixed: every one, in every way it can go.")
    ] = "upgrade",
    end: Annotated[
        Literal[
            "approved",
            "returned",
            "requested-of-educator",
            "requested-of-district",
            "declined-rerouted",
            "passed-on",
            "turned-into-extension",
            "denied",
            "reconsidered",
            "withdrawn",
            "closed-incomplete",
        ],
        Parameter(help="How each one goes."),
    ] = "approved",
    within: Annotated[float | None, Parameter(help="Seconds until all must have ended.")] = None,
    run: Annotated[str | None, Parameter(help="Name of the run: the same name goes on where it stopped.")] = None,
    history: Annotated[Path | None, Parameter(help="Write every operation's outcome to this file.")] = None,
    data: Data = DATA,
    json: Json = False,
) -> int:
    """Takes applications from the educator's sign-in to the decision, as the three roles, over HTTP.

    Educators are made up, imported and claimed first. With --end returned the district sends each application back
    once; corrected, it is approved. With declined-rerouted it declines, and another district verifies; with passed-on
    it passes it on itself. Exit code 1: some have not ended in time.
    """
    leave = max(0, leave)
    count = max(0, count if count is not None else 0 if leave else 1)
    plan = planned(kind, end, count, leave)
    installation = Installation.running(data)
    wanted = Wanted(
        run=run or secrets.token_hex(4),
        plan=plan,
        concurrency=max(1, concurrency),
        within=within or 120.0 + 3.0 * len(plan),
        patience=120.0,
    )
    with _watching(wanted) as watching:
        going = _performed(installation, wanted, watching)
    if history is not None:
        going.history.keep(history)
    _show(going, kind, end, installation, json=json)
    return 0 if going.all_ended else FOUND


def planned(kind: Sort | Literal["mixed"], end: str, count: int, leave: int) -> tuple[Planned, ...]:
    """Raises Trouble for what no application can do."""
    if kind == "mixed":
        if end != "approved" or leave:
            raise Trouble("--kind mixed takes applications every way there is: leave out --end and --leave.")
        return mixed(count)
    if not possible(kind, end):
        raise Trouble(f"An application of the kind {kind} can’t go that way: {end}.")
    return same(kind, end, count, leave)


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
    if len(wanted.plan) == 1:
        yield Watching(step=_timeline(console))
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        ready = bar.add_task("Educators registered and signed in", total=len(wanted.plan))
        ended = bar.add_task("Applications ended", total=len(wanted.plan), start=False)
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


def _show(going: Performance, kind: str, end: str, installation: Installation, *, json: bool) -> None:
    console = Console(stderr=True, soft_wrap=True, highlight=False)
    for each in going.stuck[:MOST_SHOWN]:
        console.print(each, markup=False)
    if json:
        ends = {"approved": going.ends["approved"]} | dict(going.ends)
        unknown = going.history.count(Outcome.UNKNOWN)
        went: dict[str, object] = {"ways": dict(going.ways)} if kind == "mixed" else {"end": end}
        last_line(kind=kind, started=going.started, **went, **ends, seconds=going.seconds, unknown=unknown,
                  unknown_resolved=going.history.unknown_resolved)  # fmt: skip
        return
    if going.ends["with_district"] + going.ends["with_dese"]:
        urls = installation.urls
        console.print(f"Work log: {urls['district-worklog']}   Queue: {urls['review']}", markup=False)
    Console(soft_wrap=True, highlight=False).print(told(going, end), markup=False)


def told(going: Performance, end: str) -> str:
    """How many ended how, in a sentence; `end` is what was wanted."""
    ends = [f"{number:,} {_how(each, end)}" for each, number in going.ends.items()]
    if going.stuck:
        ends.append(f"{going.started - going.ends.total():,} not at an end")
    pace = f", {going.ends.total() / going.seconds:.1f} a second" if going.seconds else ""
    return f"{going.started:,} started: {', '.join(ends) or 'none ended'}, in {going.seconds:.1f} s{pace}."


def _how(ended: str, end: str) -> str:
    if (ended, end) == ("approved", "returned"):
        return "returned by the district, corrected and approved"
    if (ended, end) == ("approved", "requested-of-educator"):
        return "asked by DESE, answered by the educator and approved"
    if (ended, end) == ("approved", "requested-of-district"):
        return "asked by DESE, answered by the district and approved"
    if (ended, end) == ("approved", "reconsidered"):
        return "denied, looked at again and approved"
    if (ended, end) == ("approved", "turned-into-extension"):
        return "declined, turned into an extension and approved"
    if (ended, end) == ("approved", "declined-rerouted"):
        return "declined, sent to another district and approved"
    return {"with_district": "left with the district", "with_dese": "left with DESE"}.get(ended, ended)
