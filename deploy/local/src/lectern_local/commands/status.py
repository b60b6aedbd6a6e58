"""`lectern status`: services, lag, log heads, views, parked, waiting, effects, and memory."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

import httpx
from rich.console import Console
from rich.table import Table

from lectern_local.commands.options import DATA, Data, Json, last_line
from lectern_local.installation import Installation
from lectern_local.memory import pss_kib
from lectern_local.plan import planned
from lectern_local.run import Run, State
from lectern_local.trouble import FOUND


@dataclass(frozen=True)
class Well:
    """What a process says of itself; `report` is empty where it says nothing more than that it is well."""

    ok: bool
    why: str
    report: dict[str, Any] = field(default_factory=dict)


def status(*, data: Data = DATA, json: Json = False) -> int:
    """Exit code 1 while something is not well, 3 while nothing runs."""
    installation = Installation.running(data)
    run = Run(installation.data)
    state = run.state() or State(installation.base_port)
    memory = pss_kib(run.processes())
    asked = asyncio.run(_asked(installation))
    ready = state.ready and all(each.ok for each in asked.values())
    _shown(state, memory, asked)
    if json:
        last_line(
            ready=ready,
            phase=state.phase,
            pss_mib=round(sum(memory.values()) / 1024, 1),
            pss_mib_each={name: round(kib / 1024, 1) for name, kib in memory.items()},
            restarts=state.restarts,
            services={name: each.report or {"ok": each.ok, "why": [each.why]} for name, each in asked.items()},
        )
    return 0 if ready else FOUND


async def _asked(installation: Installation) -> dict[str, Well]:
    async with httpx.AsyncClient(timeout=5, trust_env=False) as client:
        plan = planned(installation)
        answers = await asyncio.gather(*(_answer(client, each.health) for each in plan))
    return {each.program.name: answer for each, answer in zip(plan, answers, strict=True)}


async def _answer(client: httpx.AsyncClient, url: str) -> Well:
    try:
        response = await client.get(url)
    except httpx.HTTPError as error:
        return Well(ok=False, why=f"It does not answer ({type(error).__name__}).")
    try:
        report = response.json()
    except ValueError:
        report = {}
    report = report if isinstance(report, dict) else {}
    ok = response.status_code == httpx.codes.OK
    return Well(ok, " ".join(report.get("why", ())) or ("" if ok else f"It answers {response.status_code}."), report)


LEGEND = (
    "head: facts in the log. lag: records in Kafka not taken in yet. behind: facts not in the slowest view. "
    "waiting, parked: records held back (lectern parked list). effects: not done yet."
)


def _shown(state: State, memory: dict[str, int], asked: dict[str, Well]) -> None:
    console = Console(highlight=False)
    console.width = max(console.width, 110)
    table = Table(box=None, pad_edge=False, padding=(0, 1))
    for head in ("process", "state", "head", "lag", "behind", "waiting", "parked", "effects", "restarts", "MiB"):
        table.add_column(head, justify="left" if head in {"process", "state"} else "right")
    for name in sorted(memory | asked, key=lambda each: (each not in asked, each)):
        well = asked.get(name, Well(ok=name in memory, why=""))
        table.add_row(
            name,
            "ok" if well.ok else "NOT WELL",
            *_figures(well.report),
            str(state.restarts.get(name, 0)),
            f"{memory.get(name, 0) / 1024:.0f}",
        )
    console.print(table)
    for name, well in asked.items():
        if well.why:
            console.print(f"{name}: {well.why}", markup=False)
        for view, found in well.report.get("views", {}).items():
            if found["broken"]:
                console.print(f"{name}: view {view} has {found['broken']} broken rows.", markup=False)
    console.print(LEGEND, style="dim", markup=False)
    console.print(f"{state.phase}; memory {sum(memory.values()) / 1024:,.0f} MiB.", markup=False)


def _figures(report: dict[str, Any]) -> tuple[str, ...]:
    """Head, lag, behind (the slowest follower), waiting, parked, effects pending."""
    behind = max((each["behind"] for each in report.get("followers", {}).values()), default="")
    pending = report.get("effects", {}).get("pending", "")
    found = [report.get(name, "") for name in ("head", "kafka_lag")]
    return tuple(str(each) for each in (*found, behind, report.get("waiting", ""), report.get("parked", ""), pending))
