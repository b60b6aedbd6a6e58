"""The port to the keys of personal data: seal at an edge before a command, open at an edge for a page.

One data key for each subject and audience. A service gets only the audiences that lectern.contracts.sealed.GRANTS
gives it. Erasing a subject's keys makes everything sealed under them unreadable, in every log and backup.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from lectern.contracts.sealed import Audience, Sealed

T = TypeVar("T")
A = TypeVar("A", bound=Audience)


class NotGranted(PermissionError):  # noqa: N818 - says what it is
    """This service may not have the keys of that audience."""


class Unreadable(ValueError):  # noqa: N818 - says what it is
    """The sealed value was changed, moved to another place, or sealed under another key than it names."""


@dataclass(frozen=True)
class Plain(Generic[T]):
    """A value to seal, for whom, and the place it is for: `EducatorRegistered.contact`."""

    value: T
    subject: str
    audience: Audience
    origin: str


class Keys(Protocol):
    """What every implementation does; `tests/eventlog/test_keys.py` holds each of them to it.

    All of them raise NotGranted for an audience that is not this service's, and Busy while the keys are out of reach.
    """

    async def seal(self, value: T, *, subject: object, audience: A, origin: str) -> Sealed[T, A]:
        """The value, readable for the audience only. Makes the subject's key where there is none yet."""
        ...

    async def seal_all(self, plain: Sequence[Plain[Any]]) -> list[Sealed[Any, Any]]:
        """Many at once, in order, with at most three questions to the keys."""
        ...

    async def open(self, sealed: "Sealed[T, Any] | None", type_: type[T]) -> T | None:
        """The value; None where it was erased (or there was none). Raises Unreadable."""
        ...

    async def open_all(self, sealed: "Iterable[Sealed[T, Any] | None]", type_: type[T]) -> list[T | None]:
        """Many at once, in order: one question to the keys at most."""
        ...

    async def erase(self, subject: object) -> int:
        """Deletes this subject's keys of every audience granted to this service, for good; how many there were.

        Other processes may still have them in memory for at most a minute.
        """
        ...
