"""Another district is named for an application that no district has verified yet. It goes there as it was handed in."""

from datetime import date
from typing import assert_never

from pydantic import AwareDatetime

from applications.application import Application, HandedIn
from applications.application import application as application_stream
from applications.applying import Applying
from applications.at_district import AtDistrict, Word
from applications.district import District, may_verify
from applications.draft import Asked, AwaitingPayment, Discarded, Draft, NoDraft, Open, Returned, Submitted
from applications.draft_facts import DraftMoved
from lectern.contracts.applications import EmployerChanged
from lectern.contracts.values import ApplicationId, DistrictCode, EmployerChange, PersonId
from lectern.eventlog.errors import NotFound, Refused
from lectern.eventlog.streams import Command, Entry


class ChangeEmployer(Command):
    """`seen`: the handing-in that was on the page (None: whatever it is)."""

    application_id: ApplicationId
    educator_id: PersonId
    district: DistrictCode
    seen: int | None
    today: date
    now: AwareDatetime


def change_employer(  # noqa: PLR0917 - one state for each stream it names
    draft: Draft, handed_in: Application, live: Applying, item: AtDistrict, place: District, command: ChangeEmployer
) -> list[DraftMoved | Entry]:
    """Named once more, where it is already: nothing, where the page is the one that named it."""
    found = open_to_change(draft, handed_in, live, item, command)
    if not may_verify(place, command.today):
        raise Refused(
            "That district isn’t on the state’s list, or is closed. Search for the district that employs you now.",
            field="district",
        )
    word = item.about(found.submission)
    if command.district == found.district and word is not Word.DECLINED:
        raise Refused("Your application is with this district already. Choose another one.", field="district")
    why = EmployerChange.DECLINED if word is Word.DECLINED else EmployerChange.NAMED_WRONG
    return moved(found, command.district, why, command.now)


def moved(found: HandedIn, to: DistrictCode, why: EmployerChange, now: AwareDatetime) -> list[DraftMoved | Entry]:
    """The draft's part, and what everybody is told."""
    submission, before = found.submission + 1, found.district
    if before is None:
        raise Refused("This application goes to no district.")
    return [
        DraftMoved(application_id=found.application_id, submission=submission, district=to, saved_at=now),
        Entry(
            EmployerChanged(
                application_id=found.application_id,
                educator_id=found.educator_id,
                submission=submission,
                before=before,
                district=to,
                why=why,
                changed_at=now,
            ),
            application_stream(found.application_id),
            claim=f"corrected:{found.application_id}:{submission}",
        ),
    ]


def open_to_change(
    draft: Draft, handed_in: Application, live: Applying, item: AtDistrict, command: ChangeEmployer
) -> HandedIn:
    """The application, if its educator may name another district now. Raises NotFound, or Refused with what to do."""
    _own_and_at_rest(draft, command)
    if not isinstance(handed_in, HandedIn):
        raise NotFound("no such application")
    if handed_in.withdrawing or not live.certificates_of(command.application_id):
        raise Refused("This application has ended, so its district can’t be changed any more.")
    if item.sent and item.district == handed_in.district:
        raise Refused("Your district has confirmed it and sent it to DESE, so its district can’t be changed any more.")
    if command.seen not in (None, handed_in.submission):
        raise Refused("Your application was sent to a district again since you opened this page. Look where it is now.")
    return handed_in


def _own_and_at_rest(draft: Draft, command: ChangeEmployer) -> None:
    """Nothing of it is being changed."""
    if isinstance(draft, NoDraft | Discarded) or draft.answers.educator_id != command.educator_id:
        raise NotFound("no such application")
    match draft:
        case Asked():
            raise Refused("DESE asks you something about it, so its district can’t be changed any more.")
        case Open() | AwaitingPayment():
            raise Refused("This application is not submitted yet. Choose the district in its task list.")
        case Returned(again=again) if again:
            raise Refused(
                "You have begun to answer your district. Send the application again first; after that you can name "
                "another district."
            )
        case Submitted() | Returned():
            return
        case _:
            assert_never(draft)
