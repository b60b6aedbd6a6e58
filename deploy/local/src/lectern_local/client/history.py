"""What the client saw: the judge compares it with what the logs say."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path


class Outcome(StrEnum):
    OK = "ok"
    """It answered 2xx or 3xx: recorded, for ever."""
    FAIL = "fail"
    """It said no: nothing was recorded."""
    UNKNOWN = "unknown"
    """No answer, or "I can't say": recorded or not."""


@dataclass(frozen=True)
class Operation:
    """One thing that was asked for under one key. `unanswered` counts the tries whose outcome was unknown."""

    what: str
    key: str
    outcome: Outcome
    status: int | None
    tries: int
    unanswered: int
    began: float
    seconds: float

    @property
    def resolved(self) -> bool:
        """It was unknown for a while, and the same key found out."""
        return self.unanswered > 0 and self.outcome is not Outcome.UNKNOWN


@dataclass
class History:
    operations: list[Operation] = field(default_factory=list)
    under_way: int = 0
    """Operations that were begun and have not ended."""
    internal_errors: int = 0
    """Answers 500, which no service should ever give."""

    def add(self, operation: Operation) -> None:
        self.operations.append(operation)

    def count(self, outcome: Outcome) -> int:
        return sum(1 for each in self.operations if each.outcome is outcome)

    @property
    def unknown_resolved(self) -> int:
        return sum(1 for each in self.operations if each.resolved)

    def lines(self) -> Iterator[str]:
        """One JSON object an operation."""
        return (json.dumps(asdict(each)) for each in self.operations)

    def keep(self, file: Path) -> None:
        file.write_text("\n".join(self.lines()) + "\n", encoding="utf-8")
