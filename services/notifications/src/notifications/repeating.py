"""A person has a notice sent again: one of which nobody knows whether it arrived, or one that failed."""

from typing import assert_never

from pydantic import AwareDatetime

from lectern.contracts.values import NoticeId
from lectern.eventlog.errors import NotFound, Refused
from lectern.eventlog.streams import Command
from notifications.notice import (
    Delivery,
    Failed,
    NoticeRepeated,
    Request,
    Requested,
    Sent,
    Uncertain,
    Unrequested,
    Unsettled,
)


class RepeatNotice(Command):
    notice_id: NoticeId
    repeats: int
    """How often it was repeated when the person looked: a second click repeats nothing."""
    repeated_by: str
    now: AwareDatetime


def repeat_notice(request: Request, delivery: Delivery, command: RepeatNotice) -> list[NoticeRepeated]:
    match request:
        case Unrequested():
            raise NotFound(command.notice_id)
        case Requested() if request.repeats != command.repeats:
            return []
        case Requested():
            pass
        case _:
            assert_never(request)
    match delivery:
        case Unsettled():
            raise Refused("This email is still on its way. Wait until it is known what became of it.")
        case Sent():
            raise Refused("The mail server took this email. It is not sent again.")
        case Uncertain() | Failed():
            known = request.intent.model_dump(exclude={"type"})
            return [NoticeRepeated(**known, repeated_by=command.repeated_by, repeated_at=command.now)]
        case _:
            assert_never(delivery)
