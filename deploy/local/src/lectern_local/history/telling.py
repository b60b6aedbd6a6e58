"""The story as a table for people and as JSON for programs."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.table import Table
from rich.text import Text

from lectern.contracts.days import CHICAGO
from lectern_local.history.happened import Happened

_SAID = (
    "submission", "cycle", "district", "criterion", "verdict", "reasons", "outcome", "told_by", "amount", "notice",
    "to", "reason", "method", "question", "effective_on", "expires_on",
)  # fmt: skip
_COLOURS = {"applications": "cyan", "district-worklog": "green", "review": "magenta", "notifications": "yellow"}
_PEOPLE = {"applications": "educator", "district-worklog": "district staff", "review": "DESE staff"}


def tell(console: Console, facts: Sequence[Happened], heading: str, state: str) -> None:
    """One line a fact, numbered; what caused it is named by its number."""
    numbers = {fact.id: number for number, fact in enumerate(facts, 1)}
    console.print(Text(heading, style="bold"))
    table = Table(box=None, pad_edge=False, padding=(0, 1), header_style="dim")
    for head in ("", "Chicago time", "service", "what happened", "who", "because of"):
        table.add_column(head, justify="right" if head == "" else "left", no_wrap=head in {"", "Chicago time"})
    day = ""
    for fact in facts:
        local = fact.recorded_at.astimezone(CHICAGO)
        if (today := f"{local:%B} {local.day}, {local.year}") != day:
            day = today
            table.add_row("", Text(day, style="bold"))
        table.add_row(
            str(numbers[fact.id]),
            f"{local:%H:%M:%S}.{local.microsecond // 1000:03d}",
            Text(fact.service, style=_COLOURS.get(fact.service, "")),
            _what(fact),
            Text(who(fact), style="dim"),
            _because(fact, facts, numbers),
        )
    console.print(table)
    console.print(Text.assemble(("State: ", "bold"), state))


def _what(fact: Happened) -> Text:
    said = ", ".join(f"{name} {_value(fact.data[name])}" for name in _SAID if fact.data.get(name) not in (None, [], ""))
    return Text.assemble((fact.type, "bold" if fact.public else "dim"), (f"  {said}" if said else "", "dim"))


def _value(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _because(fact: Happened, facts: Sequence[Happened], numbers: Mapping[UUID, int]) -> Text:
    if fact.causation_id is None:
        return Text("")
    number = numbers.get(fact.causation_id)
    if number is None:
        return Text(f"a fact not of this story ({fact.causation_id})", style="dim")
    return Text.assemble((f"{number} ", ""), (facts[number - 1].type, "dim"))


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
