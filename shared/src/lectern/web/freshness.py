"""Read your writes: the page after a command waits until what it shows has caught up with the command's position."""

from typing import Protocol

from starlette.requests import Request

from lectern.web.errors import Updating
from lectern.web.kit import kit_of

WAIT_SECONDS = 2.0
_LAST = 2**63 - 1


class Freshness(Protocol):
    """How far this process' views have come."""

    async def reached(self, position: int, deadline: float) -> bool:
        """Whether they reach a position within so many seconds."""


async def waits_for(request: Request) -> None:
    """A dependency of pages that show views: waits for `?after=position`. Raises Updating after two seconds."""
    position = asked_position(request)
    if position is not None and not await reached(request, position):
        raise Updating


async def reached(request: Request, position: int) -> bool:
    freshness: Freshness | None = kit_of(request).freshness
    return freshness is None or await freshness.reached(position, WAIT_SECONDS)


def asked_position(request: Request) -> int | None:
    """The position in `?after=`; anything else there is ignored."""
    after = request.query_params.get("after", "")
    return int(after) if after.isascii() and after.isdecimal() and len(after) < 20 and int(after) <= _LAST else None
