"""`lectern history REFERENCE`."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated

import asyncpg
from cyclopts import Parameter
from rich.console import Console

from lectern.contracts.days import CHICAGO
from lectern.eventlog.database import UNREACHABLE
from lectern_local.audit.place import place_of
from lectern_local.commands.options import DATA, Data, Json, last_line
from lectern_local.history.finding import application_of, facts_about
from lectern_local.history.happened import Happened
from lectern_local.history.ordering import causal_order
from lectern_local.history.stating import state_after
from lectern_local.history.telling import as_json, tell
from lectern_local.installation import Installation
from lectern_local.trouble import Away, Trouble, Wrong


def history(
    reference: Annotated[str, Parameter(help="LEC-2026-000123-7, or an application's id.")],
    /,
    *,
    at: Annotated[str | None, Parameter(help="As of this instant or day (Chicago time when none is said).")] = None,
    data: Data = DATA,
    json: Json = False,
) -> int:
    """Tells one application's story: the facts of all four services in causal order, each with what caused it.

    Reads the logs with the auditor's role. Personal data stays sealed. With --at, each log as it stood then.
    """
    then = instant(at) if at else None
    databases = place_of(Installation.running(data)).databases
    try:
        application, facts = asyncio.run(_facts(databases, reference, then))
    except (*UNREACHABLE, asyncpg.PostgresError) as error:
        raise Away(f"The logs do not answer: {type(error).__name__}.") from None
    ordered, as_of = causal_order(facts), f" as of {at}" if at else ""
    if not ordered:
        raise Trouble(f"Nothing had happened to {reference}{as_of}.")
    state = state_after(ordered)
    if json:
        last_line(reference=reference, application_id=application, as_of=then, state=state, facts=as_json(ordered))
    else:
        tell(Console(highlight=False), ordered, f"{reference.upper()}{as_of}: {len(ordered)} facts", state)
    return 0


async def _facts(databases: Mapping[str, str], reference: str, then: datetime | None) -> tuple[str, list[Happened]]:
    application = await application_of(databases, reference)
    if application is None:
        raise Trouble(f"No application has the reference {reference}. It looks like LEC-2026-000123-7.")
    return str(application), await facts_about(databases, application, then)


def instant(said: str) -> datetime:
    """An instant as people write it; a day means its end, in Chicago. Raises Wrong."""
    try:
        if len(said) == len("2027-01-15"):
            return datetime.combine(date.fromisoformat(said) + timedelta(days=1), time(), CHICAGO).astimezone(UTC)
        found = datetime.fromisoformat(said)
    except ValueError:
        raise Wrong(f"“{said}” is no instant: write 2027-01-15, 2027-01-15T09:30 or 2027-01-15T15:30:00Z.") from None
    return (found if found.tzinfo else found.replace(tzinfo=CHICAGO)).astimezone(UTC)
