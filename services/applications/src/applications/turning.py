"""A declined application is turned into an extension: another draft, with what was entered, that takes its place.

The old one stays as it is until the new one is handed in; then its educator asks for it back, which review answers.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from pydantic import AwareDatetime

from applications.application import Application, HandedIn
from applications.application import application as application_stream
from applications.applying import Applying, ApplyingBegan, applying
from applications.at_district import AtDistrict, Word
from applications.certificate import Certificate, Held
from applications.draft import Answers, Draft, NoDraft, Submitted
from applications.draft import draft as draft_stream
from applications.draft_facts import (
    ConductAnswered,
    DraftStarted,
    EducationReported,
    PersonalReviewed,
    ReleaseAccepted,
    StepFact,
)
from applications.starting_point import hindered, hindrance
from applications.withdrawing import WithdrawApplication, withdraw
from applications.wording import STARTS_FROM
from lectern.contracts.values import ApplicationId, Kind, PersonId
from lectern.eventlog.errors import NotFound, Refused
from lectern.eventlog.streams import Command, Entry
from lectern.rules import IN_FORCE
from lectern.rules.wording import CONDUCT_WORDING, RELEASE

INTO = Kind.EXTENSION


class TurnIntoExtension(Command):
    application_id: ApplicationId
    """The new one."""
    instead_of: ApplicationId
    educator_id: PersonId
    today: date
    now: AwareDatetime


def turn_into_extension(  # noqa: PLR0917 - one state for each stream it names
    new: Draft,
    old: Draft,
    handed_in: Application,
    live: Applying,
    item: AtDistrict,
    certificate: Certificate,
    command: TurnIntoExtension,
) -> list[DraftStarted | Entry]:
    """Raises NotFound, or Refused: with `application_id` where it was turned already."""
    if not isinstance(old, Submitted) or old.answers.educator_id != command.educator_id:
        raise NotFound("no such application")
    answers = old.answers
    about = answers.certificate_id
    if answers.kind is not Kind.UPGRADE or not _declined(handed_in, item):
        raise Refused("Only an upgrade that a district has declined can be turned into an extension.")
    if live.live.get(about) != command.instead_of or not isinstance(new, NoDraft):
        raise Refused("This application has ended. You can start an extension under New Applications.")
    if (there := live.instead.get(about)) is not None:
        raise Refused("You have begun an extension for it already.", application_id=there)
    if not isinstance(certificate, Held):
        raise NotFound("no such certificate")
    if hindering := hindrance(INTO, certificate.as_recorded, command.today):
        raise Refused(f"{STARTS_FROM[INTO]} {hindered(hindering, certificate.as_recorded)}")
    to, tries = draft_stream(command.application_id, subject=command.educator_id), live.tries.get(about, 0)
    began = ApplyingBegan(
        educator_id=command.educator_id,
        application_id=command.application_id,
        kind=INTO,
        certificate_id=about,
        instead_of=command.instead_of,
        began_at=command.now,
    )
    return [
        DraftStarted(
            application_id=command.application_id,
            educator_id=command.educator_id,
            kind=INTO,
            certificate_id=about,
            instead_of=command.instead_of,
            saved_at=command.now,
        ),
        Entry(
            began,
            applying(command.educator_id, subject=command.educator_id),
            claim=f"live:{about}:{live.turn(about)}:instead:{tries + 1}",
        ),
        *(Entry(each, to) for each in _kept(answers, command)),
    ]


def _declined(handed_in: Application, item: AtDistrict) -> bool:
    if not isinstance(handed_in, HandedIn) or handed_in.withdrawing:
        return False
    return item.about(handed_in.submission) is Word.DECLINED


def _kept(answers: Answers, command: TurnIntoExtension) -> Iterator[StepFact]:
    """What was entered and is asked for the same way. Purpose and district are not: they are what was wrong."""
    about = {"application_id": command.application_id, "saved_at": command.now}
    if answers.personal:
        yield PersonalReviewed(**about)
    if answers.education is not None:
        asked = set(IN_FORCE.of(INTO).report) <= set(IN_FORCE.of(answers.kind).report)
        yield EducationReported(**about, report=answers.education, complete=answers.education_complete and asked)
    if answers.wording == CONDUCT_WORDING:
        for question, answer in answers.conduct.items():
            yield ConductAnswered(**about, wording=CONDUCT_WORDING, question=question, answer=answer)
    if answers.release == RELEASE.version:
        yield ReleaseAccepted(**about, release=RELEASE.version)


def taking_the_place(decide: Callable[..., Iterable[Any]], of: ApplicationId) -> Callable[..., list[Any]]:
    """Hands in by `decide`, and asks `of` back in the same moment: the state before the command is that application's.

    Once: whoever asked before is not asked again, and a second click is nothing.
    """

    def both(*given: Any) -> list[Any]:
        *states, old, command = given
        facts = list(decide(*states, command))
        if not facts or not isinstance(old, HandedIn):
            return facts
        back = WithdrawApplication(application_id=of, educator_id=command.educator_id, now=command.now)
        return [*facts, *(Entry(each, application_stream(of)) for each in withdraw(old, back))]

    return both
