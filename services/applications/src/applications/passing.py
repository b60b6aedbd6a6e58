"""The district that has an application knows the right one: the application goes there as it was handed in."""

from pydantic import AwareDatetime

from applications.application import Application, HandedIn
from applications.application import application as application_stream
from applications.applying import Applying, applying
from applications.changing_employer import moved
from applications.draft import Draft, Submitted, draft
from applications.draft_facts import DraftMoved
from lectern.contracts.district_worklog import VerificationReassigned
from lectern.contracts.values import ApplicationId, DistrictCode, EmployerChange
from lectern.eventlog.errors import NotYet
from lectern.eventlog.streams import Command, Entry, Reacting


class GoOn(Command):
    application_id: ApplicationId
    submission: int
    to: DistrictCode
    now: AwareDatetime


def go_on(of: Draft, handed_in: Application, live: Applying, command: GoOn) -> list[DraftMoved | Entry]:
    """About an older submission, or what ends, it changes nothing: its educator named another district, or withdrew.

    A district that closed meanwhile is named all the same, and declines at once.
    """
    if not isinstance(handed_in, HandedIn):
        raise NotYet(command.application_id)
    current = isinstance(of, Submitted) and handed_in.submission == of.submission == command.submission
    if not current or handed_in.withdrawing or not live.certificates_of(command.application_id):
        return []
    return moved(handed_in, command.to, EmployerChange.PASSED_ON, command.now)


def when_passed_on(fact: VerificationReassigned) -> list[Reacting]:
    command = GoOn(application_id=fact.application_id, submission=fact.submission, to=fact.to, now=fact.reassigned_at)
    refs = (
        draft(fact.application_id, subject=fact.educator_id),
        application_stream(fact.application_id, subject=fact.educator_id),
        applying(fact.educator_id, subject=fact.educator_id),
    )
    return [Reacting(refs, go_on, command)]
