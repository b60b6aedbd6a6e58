"""What became of a notice is recorded: sent, refused for good, or nobody knows."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias, assert_never

from pydantic import AwareDatetime

from lectern.contracts.notifications import NoticeFailed, NoticeSent, NoticeUncertain
from lectern.contracts.sealed import Contact, Sealed
from lectern.eventlog.effects import NoAnswer
from lectern.eventlog.streams import Command, Entry, Reacting
from notifications.notice import (
    Delivery,
    DeliveryFact,
    Failed,
    Letter,
    NoticeKept,
    NoticeRepeated,
    NoticeRequested,
    Request,
    Sent,
    Uncertain,
    Unsettled,
    delivery,
    notice_request,
)


@dataclass(frozen=True)
class Accepted:
    """The mail server took it. `unreached` are the reply codes for those of several addresses that it refused."""

    letter: Sealed[Letter, Contact] | None
    unreached: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rejected:
    """It will never go. The reason is a reply code or a word of ours, without addresses."""

    reason: str


Outcome: TypeAlias = Accepted | Rejected


class HandedOver(NoAnswer):
    """The mail was handed over and then there was no answer."""

    def __init__(self, letter: Sealed[Letter, Contact]) -> None:
        super().__init__("no answer after the mail was handed over")
        self.letter = letter


class RecordDelivery(Command):
    intent: NoticeRequested | NoticeRepeated
    outcome: Accepted | Rejected | None
    """None: there was no answer."""
    letter: Sealed[Letter, Contact] | None
    now: AwareDatetime


def record_delivery(state: Delivery, _: Request, command: RecordDelivery) -> list[Entry]:
    """What is not known, or failed, may still be sent when a person says so; what is sent stays."""
    match state:
        case Sent():
            return []
        case Unsettled() | Uncertain() | Failed():
            return [Entry(_settled(command)), *_kept(command)]
        case _:
            assert_never(state)


def _settled(command: RecordDelivery) -> DeliveryFact:
    match command.outcome:
        case Accepted():
            return NoticeSent(
                notice_id=command.intent.notice_id,
                notice=command.intent.notice,
                template=command.intent.template,
                to=command.intent.to,
                application_id=command.intent.application_id,
                sent_at=command.now,
            )
        case Rejected():
            return NoticeFailed(
                notice_id=command.intent.notice_id,
                notice=command.intent.notice,
                template=command.intent.template,
                to=command.intent.to,
                application_id=command.intent.application_id,
                reason=command.outcome.reason,
                failed_at=command.now,
            )
        case None:
            return NoticeUncertain(
                notice_id=command.intent.notice_id,
                notice=command.intent.notice,
                template=command.intent.template,
                to=command.intent.to,
                application_id=command.intent.application_id,
                noticed_at=command.now,
            )
        case _:
            assert_never(command.outcome)


def _kept(command: RecordDelivery) -> list[Entry]:
    if command.letter is None:
        return []
    unreached = command.outcome.unreached if isinstance(command.outcome, Accepted) else ()
    kept = NoticeKept(
        notice_id=command.intent.notice_id, letter=command.letter, unreached=unreached, kept_at=command.now
    )
    return [Entry(kept, to=notice_request(command.intent.notice_id))]


def recording(intent: NoticeRequested | NoticeRepeated, outcome: Outcome | NoAnswer, now: datetime) -> Reacting:
    """The command that records what became of an intent."""
    match outcome:
        case Accepted() | HandedOver():
            letter: Sealed[Letter, Contact] | None = outcome.letter
        case Rejected() | NoAnswer():
            letter = None
        case _:
            assert_never(outcome)
    return Reacting(
        (
            delivery(intent.notice_id, subject=intent.subject),
            notice_request(intent.notice_id, subject=intent.subject),
        ),
        record_delivery,
        RecordDelivery(
            intent=intent, outcome=None if isinstance(outcome, NoAnswer) else outcome, letter=letter, now=now
        ),
    )
