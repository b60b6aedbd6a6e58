"""The public look-up: who holds which certificates, as a state publishes it. Pages and API share it.

Somebody is found by Educator ID or by name, never by going through everybody: a name needs a last name, a short one
counts as given whole, and a list ends after a hundred.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from lectern.contracts.matching import digits
from lectern.contracts.values import PersonId
from lectern.eventlog.holders import name_key
from lectern.web import opened_state, sealed_state
from review import look_up_queries as queries
from review.asked_day import LATER
from review.in_force import InForce, on_day
from review.look_up_queries import ROLE, HolderRow, Mark
from review.office import Office

PAGE = 20
MOST = 100
"""So many of one name are shown at most; who looks for somebody else types more of the name."""
SHORT = 3
"""A last name of fewer letters is looked up as it is, a longer one also as a beginning."""
PURPOSE = "look-up"


class Wrong(Exception):  # noqa: N818 - an answer to whoever asks
    """What is not right about a question, by field."""

    def __init__(self, errors: Mapping[str | None, str]) -> None:
        super().__init__("; ".join(errors.values()))
        self.errors = errors


@dataclass(frozen=True)
class Asked:
    """A question that can be looked up: by number, or by name; both as keys."""

    number: str = ""
    last: str = ""
    first: str = ""
    on: date | None = None
    """None: today."""
    after: Mark = field(default_factory=Mark)
    before: int = 0
    """How many stand on the pages before."""


@dataclass(frozen=True)
class Holder:
    """Somebody with their certificates as they stood on a day."""

    row: HolderRow
    certificates: Sequence[InForce]


@dataclass(frozen=True)
class Found:
    holders: Sequence[Holder]
    next: Asked | None
    ended: bool
    """There are more, and they are not shown."""


def asked(number: str | None, last: str | None, first: str | None, on: date | None, today: date) -> Asked:
    """Raises Wrong."""
    errors: dict[str | None, str] = {}
    number_key, last_key = digits(number or ""), name_key(last or "")
    if not number and not last:
        if first:
            errors["last_name"] = "Enter the last name, too"
        else:
            errors["number"] = "Enter an Educator ID or a last name"
    elif number and (last or first):
        errors["number"] = "Enter either an Educator ID or a name, not both"
    elif number and not 1 <= len(number_key) <= 12:
        errors["number"] = "An Educator ID is a number of up to 12 digits, such as 1048227"
    elif last and not last_key:
        errors["last_name"] = "Enter the letters of a last name"
    if on and on > today:
        errors["on"] = LATER
    if errors:
        raise Wrong(errors)
    return Asked(number_key, last_key, name_key(first or ""), on)


def day_asked(on: date | None, today: date) -> date:
    """Raises Wrong for a day to come."""
    if on and on > today:
        raise Wrong({"on": LATER})
    return on or today


async def found_by_number(office: Office, wanted: Asked) -> Holder | None:
    async with office.running.read(role=ROLE) as db:
        row = await queries.by_number(db, wanted.number)
        lives = await queries.lives_of(db, [row.person_id]) if row else []
    return Holder(row, on_day(lives, wanted.on or office.today())) if row else None


async def found_by_id(office: Office, person: PersonId, day: date) -> Holder:
    """Raises NotFound; Updating while the views lag."""
    async with office.running.read(role=ROLE) as db:
        row = await queries.by_id(db, person)
        lives = await queries.lives_of(db, [person]) if row else []
    if row is None:
        raise office.absent()
    return Holder(row, on_day(lives, day))


async def found_by_name(office: Office, wanted: Asked) -> Found:
    """A page of those with this name, in the order of names."""
    room = min(PAGE, MOST - wanted.before)
    whole = len(wanted.last) < SHORT
    async with office.running.read(role=ROLE) as db:
        rows = await queries.by_name(db, wanted.last, wanted.first, whole=whole, after=wanted.after, limit=room + 1)
        shown = rows[:room]
        lives = await queries.lives_of(db, list({each.person_id for each in shown}))
    day = wanted.on or office.today()
    holders = [
        Holder(row, on_day((each for each in lives if each.person_id == row.person_id), day)) for row in _once(shown)
    ]
    more, so_far = len(rows) > room, wanted.before + room
    onward = replace(wanted, after=shown[-1].mark, before=so_far) if more and so_far < MOST else None
    return Found(holders, onward, ended=more and so_far >= MOST)


def sealed(office: Office, wanted: Asked) -> str:
    """For an address: whom somebody looks for is nobody else's business."""
    state = asdict(wanted) | {"on": wanted.on.isoformat() if wanted.on else None}
    state["after"]["person_id"] = str(wanted.after.person_id)
    return sealed_state(office.running.settings.command_key, PURPOSE, state)


def opened(office: Office, letters: str) -> Asked | None:
    state = opened_state(office.running.settings.command_key, PURPOSE, letters)
    return _asked_before(state) if state else None


def _asked_before(state: dict[str, Any]) -> Asked:
    after = state["after"]
    mark = Mark(after["last_key"], after["first_key"], UUID(after["person_id"]))
    on = date.fromisoformat(state["on"]) if state["on"] else None
    return Asked(state["number"], state["last"], state["first"], on, mark, state["before"])


def _once(rows: Sequence[HolderRow]) -> list[HolderRow]:
    """Somebody whose last name has two words that begin alike is found under both."""
    return list({row.person_id: row for row in reversed(rows)}.values())[::-1]
