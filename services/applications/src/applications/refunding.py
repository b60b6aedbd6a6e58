"""A withdrawn application gives back what was paid for it: all of it, the way it was paid [our rule, unverified]."""

from typing import assert_never

from pydantic import AwareDatetime

from applications.application import Application, HandedIn, NotSubmitted, application
from applications.refund import Ended, NoRefund, Refund, RefundMade, RefundRefused, RefundRequested, Wanted, refund
from lectern.contracts.applications import PaymentRefunded
from lectern.contracts.review import ApplicationWithdrawn
from lectern.contracts.values import ApplicationId
from lectern.eventlog.errors import NotFound, NotYet
from lectern.eventlog.streams import Command, Entry, Reacting


class RequestRefund(Command):
    application_id: ApplicationId
    now: AwareDatetime


def request_refund(asked: Refund, handed_in: Application, command: RequestRefund) -> list[RefundRequested]:
    match handed_in:
        case NotSubmitted():
            raise NotYet(command.application_id)
        case HandedIn(paid=None):
            return []
        case HandedIn(paid=paid):
            pass
        case _:
            assert_never(handed_in)
    if not isinstance(asked, NoRefund) or paid is None:
        return []
    return [
        RefundRequested(
            application_id=command.application_id,
            educator_id=handed_in.educator_id,
            payment_id=paid.payment_id,
            amount=paid.amount,
            requested_at=command.now,
        )
    ]


class SettleRefund(Command):
    application_id: ApplicationId
    refused: str | None
    """Why the provider will not; None where it did."""
    now: AwareDatetime


def settle_refund(
    asked: Refund, handed_in: Application, command: SettleRefund
) -> list[RefundMade | RefundRefused | Entry]:
    """Told again, it changes nothing."""
    match asked:
        case NoRefund():
            raise NotFound("no such refund")
        case Ended():
            return []
        case Wanted(intent=intent):
            pass
        case _:
            assert_never(asked)
    about = {
        "application_id": intent.application_id,
        "educator_id": intent.educator_id,
        "payment_id": intent.payment_id,
    }
    if command.refused is not None:
        return [RefundRefused(**about, why=command.refused, refused_at=command.now)]
    if not isinstance(handed_in, HandedIn):
        raise NotFound("no such application")
    refunded = PaymentRefunded(**about, submission=handed_in.submission, amount=intent.amount, refunded_at=command.now)
    return [
        RefundMade(**about, made_at=command.now),
        Entry(refunded, application(intent.application_id), claim=f"refunded:{intent.application_id}"),
    ]


def refund_for(fact: ApplicationWithdrawn) -> Reacting:
    refs = (refund(fact.application_id, subject=fact.educator_id), application(fact.application_id))
    return Reacting(refs, request_refund, RequestRefund(application_id=fact.application_id, now=fact.withdrawn_at))
