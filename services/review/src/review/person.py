"""A person of the register, and the entry that finds the same person again when the state's records come anew.

The entry is a private stream, named by a keyed fingerprint of the Educator ID. What is sealed in the public facts
cannot be compared, so the entry keeps keyed fingerprints of it: an import that says nothing new records nothing.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, TypeAlias, assert_never

from pydantic import AwareDatetime

from lectern.contracts.facts import PrivateFact
from lectern.contracts.review import BackgroundCheckCleared, PersonRecorded, TranscriptReceived
from lectern.contracts.sealed import Sealed, State
from lectern.contracts.values import PersonId
from lectern.eventlog.streams import Noun


class PersonEntered(PrivateFact):
    """The register has this person under this Educator ID, with these particulars."""

    type: Literal["PersonEntered"] = "PersonEntered"
    number_token: str
    person_id: PersonId
    particulars: str
    """Keyed fingerprint of name, birth date and match token."""
    entered_at: AwareDatetime


class ClearanceEntered(PrivateFact):
    """The last background clearance of this person came with this date."""

    type: Literal["ClearanceEntered"] = "ClearanceEntered"
    number_token: str
    person_id: PersonId
    cleared: str
    """Keyed fingerprint of the date."""
    entered_at: AwareDatetime


@dataclass(frozen=True)
class NoEntry: ...


@dataclass(frozen=True)
class Registered:
    person_id: PersonId
    particulars: str
    cleared: str | None = None


RegisterEntry: TypeAlias = NoEntry | Registered
EntryFact: TypeAlias = PersonEntered | ClearanceEntered


def evolve_entry(state: RegisterEntry, fact: EntryFact) -> RegisterEntry:
    match fact:
        case PersonEntered():
            cleared = state.cleared if isinstance(state, Registered) else None
            return Registered(fact.person_id, fact.particulars, cleared)
        case ClearanceEntered():
            return replace(state, cleared=fact.cleared) if isinstance(state, Registered) else state
        case _:
            assert_never(fact)


register_entry = Noun[RegisterEntry]("register-entry", NoEntry(), evolve_entry, facts=(PersonEntered, ClearanceEntered))


@dataclass(frozen=True)
class Unknown: ...


@dataclass(frozen=True)
class Known:
    match_token: str
    transcripts: tuple[date, ...] = ()
    """The days on which official transcripts came in."""
    clearances: tuple[Sealed[date, State], ...] = ()
    """The days of background clearances, in the order they came in."""


Person: TypeAlias = Unknown | Known
PersonsFact: TypeAlias = PersonRecorded | BackgroundCheckCleared | TranscriptReceived


def evolve(state: Person, fact: PersonsFact) -> Person:
    match fact:
        case PersonRecorded():
            return replace(state, match_token=fact.match_token) if isinstance(state, Known) else Known(fact.match_token)
        case BackgroundCheckCleared():
            return (
                replace(state, clearances=(*state.clearances, fact.cleared_on)) if isinstance(state, Known) else state
            )
        case TranscriptReceived():
            return (
                replace(state, transcripts=(*state.transcripts, fact.received_on))
                if isinstance(state, Known)
                else state
            )
        case _:
            assert_never(fact)


person = Noun[Person]("person", Unknown(), evolve, facts=(PersonRecorded, BackgroundCheckCleared, TranscriptReceived))
