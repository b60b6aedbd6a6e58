"""Somebody at DESE marks what arrived about a person; what is about nobody in the register waits."""

from datetime import date
from typing import assert_never

from pydantic import AwareDatetime

from lectern.contracts.review import BackgroundCheckCleared, TranscriptReceived
from lectern.contracts.sealed import Sealed, State
from lectern.contracts.values import OfficerId, PersonId
from lectern.eventlog.errors import NotFound, Refused
from lectern.eventlog.streams import Command, Entry
from review.arrival import (
    ArrivalId,
    ArrivalKept,
    ArrivalMatched,
    ArrivalSetAside,
    ArrivalState,
    Kept,
    NotKept,
    Said,
    Settled,
    What,
)
from review.person import Known, Person
from review.person import person as person_stream

TO_COME = "That day is still to come. Check the date."


class Arrived(Command):
    """`college` or `cleared_on` is there, as `what` says; `mark` is a keyed fingerprint of all of it."""

    person_id: PersonId
    what: What
    on: date
    college: Sealed[str, State] | None = None
    cleared_on: Sealed[date, State] | None = None
    mark: str
    today: date
    now: AwareDatetime


def arrive(person: Person, command: Arrived) -> list[Entry]:
    """Once, however often the same is written down."""
    if not isinstance(person, Known):
        raise NotFound("no such person")
    if command.on > command.today:
        raise Refused(TO_COME, field="on")
    to = person_stream(command.person_id, subject=command.person_id)
    return [Entry(_fact(command), to=to, claim=f"arrived:{command.person_id}:{command.mark}")]


def _fact(command: Arrived) -> TranscriptReceived | BackgroundCheckCleared:
    if command.what is What.TRANSCRIPT and command.college is not None:
        return TranscriptReceived(
            person_id=command.person_id, college=command.college, received_on=command.on, recorded_at=command.now
        )
    if command.what is What.CLEARANCE and command.cleared_on is not None:
        return BackgroundCheckCleared(
            person_id=command.person_id, cleared_on=command.cleared_on, recorded_at=command.now
        )
    raise Refused("Enter the college that sent the transcript.", field="college")


class KeepArrival(Command):
    arrival_id: ArrivalId
    what: What
    on: date
    said: Sealed[Said, State]
    mark: str
    officer: OfficerId
    today: date
    now: AwareDatetime


def keep(_: ArrivalState, command: KeepArrival) -> list[Entry]:
    """It waits until a person is found."""
    if command.on > command.today:
        raise Refused(TO_COME, field="on")
    kept = ArrivalKept(
        arrival_id=command.arrival_id, what=command.what, said=command.said, by=command.officer, at=command.now
    )
    return [Entry(kept, claim=f"arrival:{command.mark}")]


class MatchArrival(Command):
    arrival_id: ArrivalId
    arrived: Arrived
    officer: OfficerId


def match_arrival(state: ArrivalState, person: Person, command: MatchArrival) -> list[ArrivalMatched | Entry]:
    _waits(state)
    matched = ArrivalMatched(
        arrival_id=command.arrival_id,
        person_id=command.arrived.person_id,
        by=command.officer,
        at=command.arrived.now,
    )
    return [matched, *arrive(person, command.arrived)]


class SetAside(Command):
    arrival_id: ArrivalId
    why: Sealed[str, State]
    officer: OfficerId
    now: AwareDatetime


def set_aside(state: ArrivalState, command: SetAside) -> list[ArrivalSetAside]:
    _waits(state)
    return [ArrivalSetAside(arrival_id=command.arrival_id, why=command.why, by=command.officer, at=command.now)]


def _waits(state: ArrivalState) -> None:
    match state:
        case Kept():
            return
        case Settled():
            raise Refused("Somebody has settled this arrival already.")
        case NotKept():
            raise NotFound("no such arrival")
        case _:
            assert_never(state)
