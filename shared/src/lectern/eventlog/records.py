"""A record as Kafka gives it, before anybody believes it."""

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256


@dataclass(frozen=True)
class Record:
    """Raw bytes and where they stood."""

    key: bytes | None
    headers: tuple[tuple[str, bytes | None], ...]
    value: bytes | None
    topic: str = ""
    partition: int = 0
    offset: int = 0

    @cached_property
    def digest(self) -> bytes:
        """The same for the same key, headers and value, wherever they stand."""
        parts: list[bytes | None] = [self.key, self.value]
        for name, value in self.headers:
            parts += [name.encode("utf-8", "surrogatepass"), value]
        whole = sha256()
        for part in parts:
            whole.update(b"-" if part is None else b"%d:" % len(part) + part)
        return whole.digest()
