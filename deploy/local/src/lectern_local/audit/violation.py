"""What the audit may find, by kind. Each kind has a check that finds it and a test that plants it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from sqlite3 import Connection
from typing import TypeAlias


class Kind(StrEnum):
    # one log
    CHAIN = "chain"
    POSITION = "position"
    VERSION = "version"
    TIME = "time"
    SUBJECT = "subject"
    # between the logs
    NOT_IN_KAFKA = "not in kafka"
    PHANTOM = "phantom"
    LEAKED = "leaked"
    ALTERED = "altered"
    NOT_HEARD = "not heard"
    HEARD_TWICE = "heard twice"
    HEARD_UNASKED = "heard unasked"
    ORDER = "order"
    TRUNCATED = "kafka truncated"
    # what is made of the logs
    VIEW = "view"
    VIEW_BEHIND = "view behind"
    BROKEN = "broken"
    PARKED = "parked"
    WAITING = "waiting"
    UNSETTLED = "unsettled"
    # what the state is owed
    WORK_ITEM = "work item"
    DECISION = "decision"
    CERTIFICATE = "certificate"
    PAYMENT = "payment"
    SANDBOX = "sandbox"
    DEADLINE = "deadline"
    FILE = "file"
    UNSCANNED = "unscanned"
    MAIL_MISSING = "mail missing"
    MAIL_TWICE = "mail twice"
    MAIL_UNASKED = "mail unasked"


@dataclass(frozen=True)
class Violation:
    """`sentence` says what is where, with the numbers to look it up by; never personal data."""

    kind: Kind
    sentence: str


Check: TypeAlias = Callable[[Connection], Iterator[Violation]]
"""Pure: the same scratch file, the same violations."""
