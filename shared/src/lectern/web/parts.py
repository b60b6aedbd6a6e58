"""The rows that templates are fed with. They hold words, never markup; macros of the same names draw them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from lectern.web.site import Link


class TaskState(StrEnum):
    DONE = "done"
    DOING = "doing"
    TODO = "todo"
    LOCKED = "locked"


class StepState(StrEnum):
    DONE = "done"
    NOW = "now"
    COMING = "coming"


@dataclass(frozen=True)
class Task:
    """A line of a task list; a locked one says in its hint what opens it."""

    title: str
    state: TaskState
    href: str = ""
    hint: str = ""
    word: str = ""
    """Instead of Completed, In progress, Not started, Can't start yet."""


@dataclass(frozen=True)
class TaskGroup:
    heading: str
    tasks: Sequence[Task]


@dataclass(frozen=True)
class Step:
    """A stage of an application; the note says how long it was or is there."""

    label: str
    state: StepState
    note: str = ""


@dataclass(frozen=True)
class Entry:
    """What happened, when, who. A quote is given in full."""

    what: str
    at: datetime
    who: str
    text: str = ""
    quote: str = ""
    links: Sequence[Link] = ()


@dataclass(frozen=True)
class Fact:
    """A term with what is known of it."""

    term: str
    words: str | Sequence[str]
    small: str = ""


@dataclass(frozen=True)
class Column:
    """A column of a table. `hidden` keeps its heading for screen readers only."""

    label: str
    num: bool = False
    hidden: bool = False
    sort_href: str = ""
    sorted: str = ""
    """ascending or descending, on the one the table is sorted by."""


@dataclass(frozen=True)
class Tab:
    text: str
    href: str
    count: int | None = None
    current: bool = False


@dataclass(frozen=True)
class Page:
    """Where one is in a long list. Without totals only the links are shown."""

    first: int = 0
    last: int = 0
    total: int | None = None
    previous: str = ""
    next: str = ""
    note: str = ""


@dataclass(frozen=True)
class Check:
    """Something that has to be done before a decision; an open one links to its place."""

    text: str
    done: bool
    href: str = ""
    note: str = ""


@dataclass(frozen=True)
class Figure:
    """A number that leads to action."""

    words: str
    number: int | str
    unit: str = ""


@dataclass(frozen=True)
class Todo:
    """Something operators should look at, with its effect on people."""

    strong: str
    text: str = ""
    links: Sequence[Link] = ()
