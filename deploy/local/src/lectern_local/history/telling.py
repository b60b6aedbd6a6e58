"""The story as a table for people and as JSON for programs."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.table import Column, Table
from rich.text import Text

from lectern.contracts.days import CHICAGO
from lectern_local.history.happened import Happened

_SAID = (
    "kind", "submission", "cycle", "district", "criterion", "verdict", "reasons", "outcome", "told_by", "amount",
    "notice", "to", "reason", "method", "question", "effective_on", "expires_on",
)  # fmt: skip
_COLOURS = {"applications": "cyan", "district-worklog": "green", "review": "magenta", "notifications": "yellow"}
_PEOPLE = {"applications": "educator", "district-worklog": "district staff", "review": "DESE staff"}
_FIXED = len("100") + len("00:00:00.000") + len("district-worklog") + 2 * 5
"""What the first three columns need, and the space between all six."""


def tell(console: Console, facts: Sequence[Happened], heading: str, state: str) -> None:
    """Each fact numbered; what caused it is named by its number. Names of facts are never cut.

    Where the terminal is too narrow for all columns, who did it is told with what happened, and a cause is a number.
    """
    numbers = {fact.id: number for number, fact in enumerate(facts, 1)}
    rows = _wide if console.width >= _needed(facts) else _narrow
    console.print(Text(heading, style="bold"))
    console.print(_by_day(facts, rows(facts, numbers)))
    console.print(Text.assemble(("State: ", "bold"), state))


Rows = tuple[tuple[Column, ...], list[tuple[Text, ...]]]


def _needed(facts: Sequence[Happened]) -> int:
    """How wide the wide table is where nothing is said beside a fact's name."""
    name, person = _longest(facts), max((len(who(fact)) for fact in facts), default=0)
    return _FIXED + name + person + len("100 ") + name


def _wide(facts: Sequence[Happened], numbers: Mapping[UUID, int]) -> Rows:
    name = _longest(facts)
    columns = (
        Column("what happened", min_width=name, overflow="fold"),
        Column("who", no_wrap=True),
        Column("because of", min_width=len("100 ") + name, overflow="fold"),
    )
    return columns, [(_what(fact), Text(who(fact), style="dim"), _because(fact, facts, numbers)) for fact in facts]


def _narrow(facts: Sequence[Happened], numbers: Mapping[UUID, int]) -> Rows:
    columns = (
        Column("what happened, by whom", min_width=_longest(facts), overflow="fold"),
        Column("cause", justify="right", no_wrap=True),
    )
    return columns, [(_what(fact, who(fact)), _cause(fact, numbers)) for fact in facts]


def _by_day(facts: Sequence[Happened], rows: Rows) -> Table:
    """The columns every table has, then `rows`; each day has a line of its own before its facts."""
    columns, cells = rows
    always = (Column("", justify="right", no_wrap=True), Column("time", no_wrap=True), Column("service", no_wrap=True))
    table = Table(*always, *columns, box=None, pad_edge=False, padding=(0, 1), header_style="dim")
    day = ""
    for number, (fact, rest) in enumerate(zip(facts, cells, strict=True), 1):
        local = fact.recorded_at.astimezone(CHICAGO)
        if (today := f"{local:%B} {local.day}, {local.year}") != day:
            day = today
            table.add_row("", "", "", Text(f"{day}, Chicago time", style="bold"))
        at = f"{local:%H:%M:%S}.{local.microsecond // 1000:03d}"
        table.add_row(str(number), at, Text(fact.service, style=_COLOURS.get(fact.service, "")), *rest)
    return table


def _longest(facts: Sequence[Happened]) -> int:
    return max((len(fact.type) for fact in facts), default=0)


def _what(fact: Happened, by: str = "") -> Text:
    said = [f"by {by}"] if by else []
    said += [f"{name} {_value(fact.data[name])}" for name in _SAID if fact.data.get(name) not in (None, [], "")]
    words = f"  {', '.join(said)}" if said else ""
    return Text.assemble((fact.type, "bold" if fact.public else "dim"), (words, "dim"))


def _value(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _because(fact: Happened, facts: Sequence[Happened], numbers: Mapping[UUID, int]) -> Text:
    number = _cause(fact, numbers)
    if not number.plain.isdigit():
        return number
    return Text.assemble(number, (f" {facts[int(number.plain) - 1].type}", "dim"))


def _cause(fact: Happened, numbers: Mapping[UUID, int]) -> Text:
    """The number of what caused it; `other`: a fact not of this story."""
    if fact.causation_id is None:
        return Text("")
    number = numbers.get(fact.causation_id)
    return Text(str(number)) if number else Text("other", style="dim")


def who(fact: Happened) -> str:
    """Whose deed it was, without names: those are sealed."""
    kind, _, name = fact.actor.partition(":")
    if kind == "user":
        return f"{_PEOPLE.get(fact.service, 'user')} {name[-4:]}"
    if fact.actor.startswith("effects"):
        return "effects"
    return {"session": "visitor"}.get(kind, fact.actor)


def as_json(facts: Sequence[Happened]) -> list[dict[str, Any]]:
    """Everything but what is sealed, which says for whom it is."""
    return [
        {
            "number": number,
            "service": fact.service,
            "position": fact.position,
            "id": str(fact.id),
            "stream": fact.stream,
            "version": fact.version,
            "type": fact.type,
            "public": fact.public,
            "actor": fact.actor,
            "causation_id": fact.causation_id and str(fact.causation_id),
            "recorded_at": _utc(fact.recorded_at),
            "data": _open(fact.data),
        }
        for number, fact in enumerate(facts, 1)
    ]


def _open(value: Any) -> Any:
    if isinstance(value, Mapping):
        if "sealed" in value and "audience" in value:
            return f"sealed for {value['audience']}"
        return {name: _open(each) for name, each in value.items()}
    return [_open(each) for each in value] if isinstance(value, list) else value


def _utc(instant: datetime) -> str:
    return instant.astimezone(ZoneInfo("UTC")).isoformat(timespec="microseconds").replace("+00:00", "Z")
