"""A fact as history tells it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True)
class Happened:
    """A fact in its publisher's log; private ones too. Personal data in `data` is sealed and stays so."""

    service: str
    position: int
    id: UUID
    stream: str
    version: int
    type: str
    data: Mapping[str, Any]
    actor: str
    causation_id: UUID | None
    recorded_at: datetime
    public: bool

    @property
    def kind(self) -> str:
        return self.stream.partition("/")[0]
