"""An application was decided or withdrawn, or its draft deleted: its certificates are free for another application."""

from typing import TypeAlias, assert_never

from pydantic import AwareDatetime

from applications.applying import Applying, ApplyingEnded, applying
from applications.draft import Asked, AwaitingPayment, Discarded, Draft, NoDraft, Open, Returned, Submitted, draft
from applications.draft_facts import DraftDiscarded, DraftShut
from applications.refunding import refund_for
from lectern.contracts.review import (
    ApplicationApproved,
    ApplicationClosedIncomplete,
    ApplicationDenied,
    ApplicationWithdrawn,
)
from lectern.contracts.values import ApplicationId, PersonId
from lectern.eventlog.errors import NotFound, Refused
from lectern.eventlog.streams import Command, Entry, Reacting


class EndApplying(Command):
    application_id: ApplicationId
    educator_id: PersonId
    now: AwareDatetime


def end_applying(live: Applying, command: EndApplying) -> list[ApplyingEnded]:
    if not live.certificates_of(command.application_id):
        return []
    return [_ended(command)]


def discard(draft: Draft, _: Applying, command: EndApplying) -> list[DraftDiscarded | Entry]:
    """A draft that was never submitted can be deleted; while a payment is on its way it cannot."""
    match draft:
        case NoDraft():
            raise NotFound("no such draft")
        case Discarded():
            if draft.educator_id != command.educator_id:
                raise NotFound("no such draft")
            return []
        case Open() | AwaitingPayment() | Submitted() | Returned() | Asked() if (
            draft.answers.educator_id != command.educator_id
        ):
            raise NotFound("no such draft")
        case AwaitingPayment():
            raise Refused("A payment for this application is on its way. Cancel it on the payment page first.")
        case Submitted() | Returned() | Asked():
            raise Refused("This application is submitted. It can’t be deleted.")
        case Open():
            return [
                DraftDiscarded(application_id=command.application_id, saved_at=command.now),
                Entry(_ended(command), applying(command.educator_id)),
            ]


Ending: TypeAlias = ApplicationApproved | ApplicationDenied | ApplicationWithdrawn | ApplicationClosedIncomplete


def _ended(command: EndApplying) -> ApplyingEnded:
    return ApplyingEnded(educator_id=command.educator_id, application_id=command.application_id, ended_at=command.now)


def when_approved(fact: ApplicationApproved) -> list[Reacting]:
    return [_ending(fact, fact.approved_at)]


def when_denied(fact: ApplicationDenied) -> list[Reacting]:
    return [_ending(fact, fact.denied_at)]


def when_withdrawn(fact: ApplicationWithdrawn) -> list[Reacting]:
    return [_ending(fact, fact.withdrawn_at), refund_for(fact)]


def when_closed(fact: ApplicationClosedIncomplete) -> list[Reacting]:
    """What was asked need not be answered any more: the draft is open no longer."""
    command = EndApplying(application_id=fact.application_id, educator_id=fact.educator_id, now=fact.closed_at)
    shut = Reacting((draft(fact.application_id, subject=fact.educator_id),), shut_draft, command)
    return [_ending(fact, fact.closed_at), shut]


def shut_draft(state: Draft, command: EndApplying) -> list[DraftShut]:
    match state:
        case Returned() | Asked():
            return [DraftShut(application_id=command.application_id, saved_at=command.now)]
        case NoDraft() | Discarded() | Open() | AwaitingPayment() | Submitted():
            return []
        case _:
            assert_never(state)


def _ending(
    fact: Ending,
    at: AwareDatetime,
) -> Reacting:
    command = EndApplying(application_id=fact.application_id, educator_id=fact.educator_id, now=at)
    return Reacting((applying(fact.educator_id, subject=fact.educator_id),), end_applying, command)
