"""A reviewer compares the course an educator reports with the official transcript that reached DESE."""

from uuid import UUID

from lectern.contracts.sealed import Sealed, State
from lectern.contracts.values import CourseSeen
from lectern.eventlog.errors import NotFound, Refused
from review.case import Case
from review.comparison import Compared, Comparison, TranscriptCompared
from review.heard import Application
from review.person import Known, Person
from review.standing import OfficerCommand, open_case, submitted


class CompareTranscript(OfficerCommand):
    comparison_id: UUID
    over: UUID | None
    """The comparison that was on the page."""
    seen: CourseSeen
    sealed: Sealed[CourseSeen, State]


def compare(
    state: Comparison, case: Case, application: Application, person: Person, command: CompareTranscript
) -> list[TranscriptCompared]:
    """Only what has arrived can be compared."""
    open_case(case, command)
    handed_in = submitted(application, command)
    if command.officer_is == handed_in.educator_id:
        raise Refused("This is your own application. Somebody else at DESE works on it.")
    if handed_in.course is None:
        raise NotFound("no course to compare")
    if not (isinstance(person, Known) and person.transcripts):
        raise Refused("No official transcript has arrived. Mark it as received first.", field="shown")
    if command.over != (state.comparison_id if isinstance(state, Compared) else None):
        raise Refused("Somebody compared it while you were writing. Look at what they found, then save yours.")
    if command.seen.shown and command.seen.completed_on is None:
        raise Refused("Enter the day of completion, as the transcript has it.", field="completed_on")
    if command.seen.shown and command.seen.semester_hundredths is None:
        raise Refused("Enter the semester hours, as the transcript has them.", field="hours")
    return [
        TranscriptCompared(
            application_id=command.application_id,
            submission=command.submission,
            comparison_id=command.comparison_id,
            seen=command.sealed,
            by=command.officer,
            at=command.now,
        )
    ]
