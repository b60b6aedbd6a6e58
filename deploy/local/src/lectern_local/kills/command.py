"""`lectern kills`."""

import asyncio
import json as json_
import secrets
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter
from rich.console import Console

from lectern.web.client import UnexpectedAnswer
from lectern_local.client import Refusal, Unreached
from lectern_local.commands.options import Json, last_line
from lectern_local.demo.plan import Sort, mixed, same
from lectern_local.demo.waiting import TooLong
from lectern_local.kills.running import Campaign, Report, campaign
from lectern_local.trouble import FOUND, Trouble

DATA = Path(".lectern-kills")
BASE_PORT = 18400
MOST_SHOWN = 50


def kills(
    *,
    seed: Annotated[int | None, Parameter(help="Draws which process is killed when.")] = None,
    kills: Annotated[int, Parameter(help="How many kills.")] = 20,
    count: Annotated[int, Parameter(help="How many applications.")] = 300,
    kind: Annotated[
        Sort | Literal["mixed"], Parameter(help="Which ones; mixed: every one, in every way it can go.")
    ] = "upgrade",
    concurrency: Annotated[int, Parameter(help="How many at once.")] = 8,
    plant: Annotated[Literal["ack-before-commit"] | None, Parameter(help="A bug the judge must find.")] = None,
    data: Annotated[Path, Parameter(help="Where its platform is kept; emptied first.")] = DATA,
    base_port: Annotated[int, Parameter(help="The first of its ports.")] = BASE_PORT,
    json: Json = False,
) -> int:
    """The demonstration on a platform of its own, under kill -9 of every service, effects process, Kafka and Postgres.

    Judged by the client's own history and by the audit. Exit code 1: something was lost, doubled or never ended, or
    too few kills met work in flight. The seed is printed; the data directory stays.
    """
    wanted = Campaign(
        seed=secrets.randbelow(1_000_000) if seed is None else seed,
        kills=kills,
        plan=mixed(count) if kind == "mixed" else same(kind, "approved", count),
        concurrency=concurrency,
        data=data.expanduser().absolute(),
        base_port=base_port,
        planted=plant is not None,
    )
    console = Console(stderr=True, soft_wrap=True, highlight=False)
    console.print(f"Seed {wanted.seed}.")
    try:
        report = asyncio.run(campaign(wanted, lambda said: console.print(said, markup=False)))
    except (Refusal, Unreached, TooLong, UnexpectedAnswer) as error:
        raise Trouble(f"The demonstration could not begin: {error}.") from None
    _show(report, json=json)
    return 0 if report.well else FOUND


def _show(report: Report, *, json: bool) -> None:
    console = Console(soft_wrap=True, highlight=False)
    for each in report.violations[:MOST_SHOWN]:
        if json:
            print(json_.dumps({"kind": each.kind, "sentence": each.sentence}))
        else:
            console.print(f"{each.kind}: {each.sentence}", markup=False)
    if json:
        last_line(**report.shown())
    else:
        console.print_json(json_.dumps(report.shown()))
