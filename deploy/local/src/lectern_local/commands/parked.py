"""`lectern parked list` and `lectern parked redrive`: what the services hold instead of recording it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

import httpx
from cyclopts import App, Parameter
from rich.console import Console
from rich.table import Table

from lectern.contracts.hearing import HEARS
from lectern_local.commands.options import DATA, Data, Json, last_line
from lectern_local.installation import Installation
from lectern_local.trouble import FOUND, Away, Wrong

parked = App(name="parked", help="What the services hold instead of recording it: waiting, parked, or untrue.")
SERVICES = tuple(sorted(HEARS))
STATES = ("waiting", "behind", "parked", "lie")
Service = Annotated[str | None, Parameter(help=f"Only this service: {', '.join(SERVICES)}.")]


@parked.command(name="list")
def list_(
    *,
    service: Service = None,
    subject: Annotated[str | None, Parameter(help="Only what is about this person or district.")] = None,
    data: Data = DATA,
    json: Json = False,
) -> int:
    """Counts by service, then each record and why it is held. Exit code 1 while something is."""
    installation = Installation.running(data)
    found = {each: _asked(installation, each, subject) for each in _services(service)}
    console = Console(soft_wrap=True, highlight=False)
    console.print(_counted(found))
    for each, report in found.items():
        for row in report["held"]:
            console.print(_described(each, row), markup=False)
    held = sum(sum(int(report["counts"][state]) for state in STATES) for report in found.values())
    if json:
        last_line(held=held, services=found)
    return FOUND if held else 0


@parked.command
def redrive(
    *,
    service: Service = None,
    id: Annotated[int | None, Parameter(help="One record by its number; needs --service.")] = None,  # noqa: A002 - what one types
    subject: Annotated[str | None, Parameter(help="All about this person or district.")] = None,
    all: Annotated[bool, Parameter(negative=(), help="Everything that is parked.")] = False,  # noqa: A002 - what one types
    data: Data = DATA,
    json: Json = False,
) -> int:
    """Judges parked records once more; what waited behind them follows. Exit code 1 while some stay parked."""
    if [id is not None, subject is not None, all].count(True) != 1:
        raise Wrong("Say which: --id NUMBER, --subject ID or --all.")
    if id is not None and service is None:
        raise Wrong("Numbers are each service's own: say --service, too.")
    installation = Installation.running(data)
    asked = {"id": id} if id is not None else {"subject": subject} if subject is not None else {"all": True}
    console = Console(soft_wrap=True, highlight=False)
    done: dict[str, Any] = {}
    for each in _services(service):
        counts = _asked(installation, each, subject)["counts"]
        console.print(f"{each}: {counts['parked']} parked, {counts['behind']} behind them, {counts['lie']} untrue.")
        done[each] = _call(installation, each, "POST", "/api/parked/redrive", json=asked)
        console.print("  {tried} tried, {recorded} recorded, {still_parked} still parked.".format_map(done[each]))
    still = sum(report["still_parked"] for report in done.values())
    if json:
        last_line(
            tried=sum(report["tried"] for report in done.values()),
            recorded=sum(report["recorded"] for report in done.values()),
            still_parked=still,
        )
    return FOUND if still else 0


def _services(wanted: str | None) -> tuple[str, ...]:
    if wanted is not None and wanted not in SERVICES:
        raise Wrong(f"There is no service {wanted}; there are {', '.join(SERVICES)}.")
    return SERVICES if wanted is None else (wanted,)


def _asked(installation: Installation, service: str, subject: str | None) -> dict[str, Any]:
    return _call(installation, service, "GET", "/api/parked", params={"subject": subject} if subject else {})


def _call(installation: Installation, service: str, method: str, path: str, **content: Any) -> dict[str, Any]:
    token = installation.secrets.api_tokens[service]
    try:
        answer = httpx.request(
            method,
            installation.urls[service] + path,
            headers={"Authorization": f"Bearer {token}"},
            timeout=60,
            **content,
        )
        answer.raise_for_status()
        found: dict[str, Any] = answer.json()
    except httpx.HTTPError as error:
        raise Away(f"{service} does not answer: {error}") from None
    return found


def _counted(found: Mapping[str, Mapping[str, Any]]) -> Table:
    table = Table("service", *STATES, box=None)
    for service, report in found.items():
        table.add_row(service, *(str(report["counts"][state]) for state in STATES))
    return table


def _described(service: str, row: Mapping[str, Any]) -> str:
    since = datetime.fromisoformat(row["held_at"]).astimezone().strftime("%Y-%m-%d %H:%M:%S")
    place = f"{row['topic']} {row['part']}:{row['place']}"
    what = (
        f"{row['type']}, {row['version']} of {row['stream']}" if row["type"] else f"about {row['subject'] or 'nobody'}"
    )
    why = f"{row['reason']}: {row['detail']}" if row["detail"] else row["reason"]
    return f"{service} {row['id']}  {row['state']} since {since}  {what} ({place})\n    {why}"
