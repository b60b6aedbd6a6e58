"""One correlation id for each request: in every log line of it, in the facts it leads to, and on error pages."""

import re
import secrets
from contextlib import AbstractContextManager
from dataclasses import dataclass
from uuid import UUID

import structlog
from starlette.types import Scope

from lectern.runtime.ids import new_id

_TRACEPARENT = re.compile(r"^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$")
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no I, L, O or U to misread


@dataclass(frozen=True)
class Correlation:
    id: UUID
    traceparent: str

    @property
    def support_code(self) -> str:
        """The last 40 bits of the id, to be read aloud: 7K2M-94QD."""
        value = self.id.int
        letters = "".join(_ALPHABET[(value >> shift) & 31] for shift in range(35, -1, -5))
        return f"{letters[:4]}-{letters[4:]}"

    def bound(self) -> AbstractContextManager[object]:
        """Puts it on every log line written inside."""
        return structlog.contextvars.bound_contextvars(
            correlation_id=str(self.id), support_code=self.support_code, trace_id=self.traceparent[3:35]
        )


def correlate(incoming: str | None) -> Correlation:
    """A new correlation; the trace goes on where a caller sent a valid traceparent, and starts here otherwise."""
    found = _TRACEPARENT.match(incoming or "")
    trace, flags = (found[1], found[3]) if found and set(found[1]) != {"0"} else (secrets.token_hex(16), "01")
    return Correlation(new_id(), f"00-{trace}-{secrets.token_hex(8)}-{flags}")


def correlation_of(scope: Scope) -> Correlation:
    """The correlation of the request that is being answered."""
    found = scope.setdefault("state", {}).get("correlation")
    if not isinstance(found, Correlation):
        found = scope["state"]["correlation"] = correlate(None)
    return found
