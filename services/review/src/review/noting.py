"""Somebody at DESE writes a note for colleagues, or opens what an educator explained about professional conduct."""

from lectern.contracts.sealed import Sealed, State
from lectern.eventlog.errors import Refused
from review.case import Case, Unopened
from review.deliberation import ConductOpened, Deliberation, NoteAdded
from review.heard import Application
from review.standing import OfficerCommand, open_case, submitted


class AddNote(OfficerCommand):
    note: Sealed[str, State]


def add_note(_: Deliberation, case: Case, command: AddNote) -> list[NoteAdded]:
    """Also to a decided case."""
    if isinstance(case, Unopened):
        open_case(case, command)
    return [NoteAdded(application_id=command.application_id, by=command.officer, at=command.now, note=command.note)]


class OpenConduct(OfficerCommand):
    pass


def open_conduct(
    state: Deliberation, case: Case, application: Application, command: OpenConduct
) -> list[ConductOpened]:
    """Every opening is written to the history; looking at the page again while the case is open is the same opening."""
    if isinstance(case, Unopened):
        open_case(case, command)
    handed_in = submitted(application, command)
    if command.officer_is == handed_in.educator_id:
        raise Refused("This is your own application. Somebody else at DESE works on it.")
    if state.readers.include(command.officer, command.submission):
        return []
    return [
        ConductOpened(
            application_id=command.application_id, by=command.officer, at=command.now, submission=command.submission
        )
    ]
