"""An educator wants an application back. Only review can end it, so this asks for it."""

from typing import assert_never

from pydantic import AwareDatetime

from applications.application import Application, HandedIn, NotSubmitted
from lectern.contracts.applications import WithdrawalRequested
from lectern.contracts.values import ApplicationId, PersonId
from lectern.eventlog.errors import NotFound, Refused
from lectern.eventlog.streams import Command


class WithdrawApplication(Command):
    application_id: ApplicationId
    educator_id: PersonId
    now: AwareDatetime


def withdraw(handed_in: Application, command: WithdrawApplication) -> list[WithdrawalRequested]:
    """Raises NotFound for what is not submitted, or another educator's. A second click is nothing.

    What is looked at again was decided, and its fee is spent: without another decision the denial stands.
    """
    match handed_in:
        case NotSubmitted():
            raise NotFound("no such application")
        case HandedIn() if handed_in.educator_id != command.educator_id:
            raise NotFound("no such application")
        case HandedIn(withdrawing=True):
            return []
        case HandedIn() if handed_in.reconsidered:
            raise Refused(
                "DESE has decided on this application, and looks at it again. It can’t be withdrawn any more."
            )
        case HandedIn():
            return [
                WithdrawalRequested(
                    application_id=command.application_id,
                    educator_id=command.educator_id,
                    submission=handed_in.submission,
                    requested_at=command.now,
                )
            ]
        case _:
            assert_never(handed_in)
