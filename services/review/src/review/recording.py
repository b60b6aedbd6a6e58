"""The state's records enter the register: one line is a person and one of their certificates. Lines may come again."""

from datetime import date
from enum import StrEnum
from typing import assert_never

from pydantic import AwareDatetime

from lectern.contracts.review import BackgroundCheckCleared, CertificateRecorded, PersonRecorded
from lectern.contracts.sealed import Contact, Sealed, State
from lectern.contracts.values import CertificateId, PersonId, PersonName
from lectern.eventlog.errors import Refused
from lectern.eventlog.streams import Command, Entry
from review.certificate import Certificate, Entered, Extended, Recorded, Unrecorded, Upgraded
from review.certificate import certificate as certificate_stream
from review.person import ClearanceEntered, Person, PersonEntered, Registered, RegisterEntry
from review.person import person as person_stream


class Change(StrEnum):
    """What a line means for the register."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


class Line(Command):
    """What a line says, as far as it can be compared: `particulars` and `cleared` are keyed fingerprints."""

    number_token: str
    particulars: str
    """Of name and match token, which has the birth date in it."""
    cleared: str | None
    """Of the date of the last background clearance."""
    certificate: Entered


class RecordPerson(Command):
    """A line with its sealed values, for the person the register has under this Educator ID, or a new one."""

    line: Line
    person_id: PersonId
    certificate_id: CertificateId
    match_token: str
    name: Sealed[PersonName, Contact]
    educator_number: Sealed[str, Contact]
    birth_date: Sealed[date, State]
    cleared_on: Sealed[date, State] | None
    now: AwareDatetime


def change_of(entry: RegisterEntry, certificate: Certificate, line: Line) -> Change:
    """Raises Refused for a line that says something else about a certificate that a decision changed here."""
    match certificate:
        case Unrecorded():
            return Change.NEW
        case Upgraded() if certificate.was != line.certificate:
            raise Refused("This certificate was upgraded here since. The line is about what it was before.")
        case Extended() if line.certificate not in {certificate.was, certificate.entered}:
            raise Refused("This certificate was extended here since. The line is about what it was before.")
        case Recorded() if certificate.entered != line.certificate and certificate.ruled is not None:
            raise Refused(
                "The status of this certificate was changed here since. The line is about what it was before."
            )
        case Recorded() if certificate.entered != line.certificate:
            return Change.CHANGED
        case Recorded() | Extended() | Upgraded():
            known = _knows_person(entry, line) and _knows_clearance(entry, line)
            return Change.SAME if known else Change.CHANGED
        case _:
            assert_never(certificate)


def record_person(
    entry: RegisterEntry, _: Person, certificate: Certificate, command: RecordPerson
) -> list[PersonEntered | ClearanceEntered | Entry]:
    """Records what the register does not say yet; a line that says nothing new records nothing."""
    if isinstance(entry, Registered) and entry.person_id != command.person_id:
        raise Refused("This person was recorded by another import in the meantime. Send the line again.", conflict=True)
    change_of(entry, certificate, command.line)
    return [*_person(entry, command), *_clearance(entry, command), *_certificate(certificate, command)]


def _knows_person(entry: RegisterEntry, line: Line) -> bool:
    return isinstance(entry, Registered) and entry.particulars == line.particulars


def _knows_clearance(entry: RegisterEntry, line: Line) -> bool:
    """A line without a clearance says nothing about one."""
    return line.cleared is None or (isinstance(entry, Registered) and entry.cleared == line.cleared)


def _person(entry: RegisterEntry, command: RecordPerson) -> list[PersonEntered | Entry]:
    if _knows_person(entry, command.line):
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
        number_token=command.line.number_token,
        person_id=command.person_id,
        particulars=command.line.particulars,
        entered_at=command.now,
    )
    return [known, Entry(recorded, to=person_stream(command.person_id, subject=command.person_id))]


def _clearance(entry: RegisterEntry, command: RecordPerson) -> list[ClearanceEntered | Entry]:
    if command.line.cleared is None or command.cleared_on is None or _knows_clearance(entry, command.line):
        return []
    cleared = BackgroundCheckCleared(
        person_id=command.person_id, cleared_on=command.cleared_on, recorded_at=command.now
    )
    noted = ClearanceEntered(
        number_token=command.line.number_token,
        person_id=command.person_id,
        cleared=command.line.cleared,
        entered_at=command.now,
    )
    return [noted, Entry(cleared, to=person_stream(command.person_id, subject=command.person_id))]


def _certificate(certificate: Certificate, command: RecordPerson) -> list[Entry]:
    said = command.line.certificate
    match certificate:
        case Extended() | Upgraded():
            return []
        case Recorded() if certificate.entered == said:
            return []
        case Unrecorded() | Recorded():
            recorded = CertificateRecorded(
                certificate_id=command.certificate_id,
                person_id=command.person_id,
                kind=said.kind,
                areas=said.areas,
                issued_on=said.issued_on,
                expires_on=said.expires_on,
                status=said.status,
                recorded_at=command.now,
            )
            return [Entry(recorded, to=certificate_stream(command.certificate_id, subject=command.person_id))]
        case _:
            assert_never(certificate)
