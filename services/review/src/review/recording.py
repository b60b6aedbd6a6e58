"""The state's records enter the register: one line is a person and one of their certificates. Lines may come again."""

from datetime import date
from typing import assert_never

from pydantic import AwareDatetime

from lectern.contracts.review import BackgroundCheckCleared, CertificateRecorded, PersonRecorded
from lectern.contracts.sealed import Contact, Sealed, State
from lectern.contracts.values import CertificateId, PersonId, PersonName
from lectern.eventlog.errors import Refused
from lectern.eventlog.streams import Command, Entry
from review.certificate import Certificate, Entered, Recorded, Unrecorded, Upgraded
from review.certificate import certificate as certificate_stream
from review.person import ClearanceEntered, Person, PersonEntered, Registered, RegisterEntry
from review.person import person as person_stream


class Clearance(Command):
    cleared: str
    """Keyed fingerprint of the date."""
    cleared_on: Sealed[date, State]


class RecordPerson(Command):
    """A line. `particulars` and `cleared` are keyed fingerprints: what is sealed can't be compared."""

    number_token: str
    person_id: PersonId
    """The person's own where the register knows them, else a new one."""
    particulars: str
    match_token: str
    name: Sealed[PersonName, Contact]
    educator_number: Sealed[str, Contact]
    birth_date: Sealed[date, State]
    clearance: Clearance | None
    certificate_id: CertificateId
    line: Entered
    now: AwareDatetime


def record_person(
    entry: RegisterEntry, _: Person, certificate: Certificate, command: RecordPerson
) -> list[PersonEntered | ClearanceEntered | Entry]:
    """Records what the register does not say yet; a line that says nothing new records nothing."""
    if isinstance(entry, Registered) and entry.person_id != command.person_id:
        raise Refused("This person was recorded by another import in the meantime. Send the line again.", conflict=True)
    return [*_person(entry, command), *_clearance(entry, command), *_certificate(certificate, command)]


def _person(entry: RegisterEntry, command: RecordPerson) -> list[PersonEntered | Entry]:
    if isinstance(entry, Registered) and entry.particulars == command.particulars:
        return []
    recorded = PersonRecorded(
        person_id=command.person_id,
        match_token=command.match_token,
        name=command.name,
        educator_number=command.educator_number,
        birth_date=command.birth_date,
        recorded_at=command.now,
    )
    known = PersonEntered(
        number_token=command.number_token,
        person_id=command.person_id,
        particulars=command.particulars,
        entered_at=command.now,
    )
    return [known, Entry(recorded, to=person_stream(command.person_id, subject=command.person_id))]


def _clearance(entry: RegisterEntry, command: RecordPerson) -> list[ClearanceEntered | Entry]:
    clearance = command.clearance
    known = entry.cleared if isinstance(entry, Registered) else None
    if clearance is None or clearance.cleared == known:
        return []
    cleared = BackgroundCheckCleared(
        person_id=command.person_id, cleared_on=clearance.cleared_on, recorded_at=command.now
    )
    noted = ClearanceEntered(
        number_token=command.number_token,
        person_id=command.person_id,
        cleared=clearance.cleared,
        entered_at=command.now,
    )
    return [noted, Entry(cleared, to=person_stream(command.person_id, subject=command.person_id))]


def _certificate(certificate: Certificate, command: RecordPerson) -> list[Entry]:
    match certificate:
        case Recorded(entered=command.line) | Upgraded(was=command.line):
            return []
        case Upgraded():
            raise Refused("This certificate was upgraded here since. The line is about what it was before.")
        case Unrecorded() | Recorded():
            line = command.line
            recorded = CertificateRecorded(
                certificate_id=command.certificate_id,
                person_id=command.person_id,
                kind=line.kind,
                areas=line.areas,
                issued_on=line.issued_on,
                expires_on=line.expires_on,
                status=line.status,
                recorded_at=command.now,
            )
            return [Entry(recorded, to=certificate_stream(command.certificate_id, subject=command.person_id))]
        case _:
            assert_never(certificate)
