"""The educator asks to withdraw. Before a decision the case ends with it; after one the decision stands."""

from typing import assert_never

from pydantic import AwareDatetime

from lectern.contracts.applications import WithdrawalRequested
from lectern.contracts.review import ApplicationWithdrawn, WithdrawalTooLate
from lectern.contracts.values import ApplicationId, PersonId
from lectern.eventlog.errors import NotYet
from lectern.eventlog.streams import Command, Entry, Reacting
from review.case import Case, Closed, Decided, Undecided, Unopened, Withdrawn, case


class AnswerWithdrawal(Command):
    application_id: ApplicationId
    educator_id: PersonId
    submission: int
    now: AwareDatetime


def answer_withdrawal(state: Case, command: AnswerWithdrawal) -> list[Entry]:
    match state:
        case Unopened():
            raise NotYet(command.application_id)
        case Withdrawn():
            return []
        case Undecided():
            withdrawn = ApplicationWithdrawn(**_about(command, state.cycle), withdrawn_at=command.now)
            return [Entry(withdrawn, claim=f"decision:{command.application_id}:{state.cycle}")]
        case Decided() | Closed():
            late = WithdrawalTooLate(**_about(command, state.cycle), answered_at=command.now)
            return [Entry(late, claim=f"too-late:{command.application_id}:{state.cycle}")]
        case _:
            assert_never(state)


def _about(command: AnswerWithdrawal, cycle: int) -> dict[str, object]:
    return {
        "application_id": command.application_id,
        "educator_id": command.educator_id,
        "submission": command.submission,
        "cycle": cycle,
    }


def when_requested(fact: WithdrawalRequested) -> list[Reacting]:
    command = AnswerWithdrawal(
        application_id=fact.application_id,
        educator_id=fact.educator_id,
        submission=fact.submission,
        now=fact.requested_at,
    )
    return [Reacting((case(fact.application_id, subject=fact.educator_id),), answer_withdrawal, command)]
