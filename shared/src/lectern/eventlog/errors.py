"""What a command may answer besides a position. Edges translate each one once, in lectern.web."""

from collections.abc import Mapping


class Unanswered(Exception):  # noqa: N818 - these are answers, not errors; their names are said to people
    """The base of everything that keeps a command from being accepted; nothing was written."""


class Refused(Unanswered):
    """The rules say no. The message is for people and says what to do; details name what is missing."""

    def __init__(self, message: str, **details: object) -> None:
        super().__init__(message)
        self.message = message
        self.details: Mapping[str, object] = details


class NotFound(Unanswered):
    """There is no such thing, or it is somebody else's: the two must look alike."""


class NotYet(Unanswered):
    """What this stands on has not been heard yet. A heard fact waits; a person is asked to try again in a moment."""


class KeyReused(Unanswered):
    """The key of this command was used before with another content."""


class Busy(Unanswered):
    """The outcome is unknown: no answer in time. Ask again with the same key; it cannot happen twice."""
