"""Sending rows to the service that owns them, a batch at a time; repeated without harm, good rows never lost."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from lectern_local.client import Refusal
from lectern_local.client.user import User
from lectern_local.importing.kinds import KindOfFile
from lectern_local.importing.reading import BadRow, Row

BATCH = 200


@dataclass
class Sent:
    """Rows by what became of them (`new`, `changed`, `same`), and what is wrong with the others."""

    changes: Counter[str] = field(default_factory=Counter)
    bad: list[BadRow] = field(default_factory=list)

    @property
    def rows(self) -> int:
        return self.changes.total() + len({each.line for each in self.bad})

    def shown(self) -> dict[str, int]:
        changes = {each: self.changes[each] for each in ("new", "changed", "same")}
        return {"rows": self.rows, **changes, "bad": len({each.line for each in self.bad})}


async def send_rows(
    kind: KindOfFile,
    rows: Sequence[Row],
    services: Mapping[str, User],
    *,
    dry_run: bool,
    moved: Callable[[int], None],
    more: Callable[[Row], Mapping[str, str]] = lambda _: {},
) -> Sent:
    """`services` are operators by service; `moved` hears how many rows went; `more` adds what the file does not say.

    Each run has keys of its own: the same file sent again is looked at again. Raises Refusal or Unreached.
    """
    sent = Sent()
    run = uuid4()
    by_service: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_service[kind.goes_to(row.values)].append(row)
    for service, theirs in by_service.items():
        for number, batch in enumerate(_batches(theirs)):
            body = {"dry_run": dry_run, "rows": [{"row": each.line, **each.values, **more(each)} for each in batch]}
            key = f"import-{run}-{number}"
            answer = await services[service].send(f"import {kind.name}", "POST", kind.path, body, key=key)
            _take(sent, answer["results"])
            moved(len(batch))
    return sent


def _batches(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    return (rows[start : start + BATCH] for start in range(0, len(rows), BATCH))


def _take(sent: Sent, results: Sequence[Mapping[str, Any]]) -> None:
    for each in results:
        if each["ok"]:
            sent.changes[each["change"]] += 1
        for error in each.get("errors", ()):
            sent.bad.append(BadRow(each["row"], error.get("field") or "", error["message"]))


__all__ = ["Refusal", "Sent", "send_rows"]
