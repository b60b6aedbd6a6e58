"""An account claims its record in the register: the four values matched one person, and nobody else has it.

Whatever else is the case, the answer is one and the same, and after some tries it comes only after a wait.
"""

from typing import assert_never

from pydantic import AwareDatetime

from applications.account import Account, Claimed, ClaimNotMatched, NoAccount, RecordClaimed, Unclaimed
from applications.claim_tries import ClaimTried, Tries, claim_tries
from applications.educator import Educator, Unregistered, educator
from applications.person import Known, Person
from lectern.contracts.applications import EducatorLinked, EducatorRegistered
from lectern.contracts.sealed import Contact, Sealed
from lectern.contracts.values import AccountId, ContactDetails, PersonId
from lectern.eventlog.errors import NotFound, Refused
from lectern.eventlog.streams import Command, Entry

NOT_MATCHED = (
    "We can’t match these details to a record that is free to claim. Check the Educator ID and the last name as they "
    "stand on your certificate, then your birth date and the four digits."
)
WAIT = "There were several tries that matched no record. Wait 15 minutes, then try again."


class Claim(Command):
    account_id: AccountId
    number: str
    """The token of the Educator ID that was entered."""
    now: AwareDatetime


class ClaimRecord(Claim):
    person_id: PersonId
    """Whom the token was found for."""
    token: str
    contact: Sealed[ContactDetails, Contact]
    """Sealed under the person."""


class MissClaim(Claim):
    """The token was found for nobody."""


def claim_record(
    account: Account, tries: Tries, registered: Educator, person: Person, command: ClaimRecord
) -> list[Entry | ClaimNotMatched | RecordClaimed]:
    """Judged on what was heard about the person now; a record that somebody has looks like none at all."""
    match _may_try(account, tries, command.now):
        case Claimed(person_id=command.person_id):
            return []
        case Claimed():
            raise Refused("Your account is linked to your record already.")
        case Unclaimed():
            pass
    if not (isinstance(person, Known) and person.match_token == command.token and isinstance(registered, Unregistered)):
        return _missed(command)
    to = educator(command.person_id, subject=command.person_id)
    return [
        Entry(
            EducatorRegistered(educator_id=command.person_id, contact=command.contact, registered_at=command.now),
            to,
            claim=f"person:{command.person_id}",
        ),
        Entry(
            EducatorLinked(educator_id=command.person_id, account_id=command.account_id, linked_at=command.now),
            to,
        ),
        RecordClaimed(account_id=command.account_id, person_id=command.person_id, claimed_at=command.now),
    ]


def miss_claim(account: Account, tries: Tries, command: MissClaim) -> list[Entry | ClaimNotMatched | RecordClaimed]:
    match _may_try(account, tries, command.now):
        case Claimed():
            raise Refused("Your account is linked to your record already.")
        case Unclaimed():
            return _missed(command)


def _missed(command: Claim) -> list[Entry | ClaimNotMatched | RecordClaimed]:
    return [
        ClaimNotMatched(account_id=command.account_id, tried_at=command.now),
        Entry(
            ClaimTried(number=command.number, tried_at=command.now),
            claim_tries(command.number, subject=command.number),
        ),
    ]


def _may_try(account: Account, tries: Tries, now: AwareDatetime) -> Unclaimed | Claimed:
    match account:
        case NoAccount():
            raise NotFound("no such account")
        case Unclaimed():
            if account.must_wait(now) or tries.must_wait(now):
                raise Refused(WAIT)
            return account
        case Claimed():
            return account
        case _:
            assert_never(account)
