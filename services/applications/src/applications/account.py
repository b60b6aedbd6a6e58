"""An account: what a person has here before, and after, the claim of a record in the register. Private for ever."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal, TypeAlias, assert_never

from pydantic import AwareDatetime

from lectern.contracts.facts import PrivateFact
from lectern.contracts.sealed import Contact, Sealed
from lectern.contracts.values import AccountId, ContactDetails, PersonId
from lectern.eventlog.streams import Noun

TRIES = 5
WINDOW = timedelta(minutes=15)
"""More claims that match nothing than TRIES within WINDOW have to wait."""


class AccountFact(PrivateFact):
    account_id: AccountId


class AccountOpened(AccountFact):
    """Somebody registered. Nothing is known yet about who it is in the register."""

    type: Literal["AccountOpened"] = "AccountOpened"
    contact: Sealed[ContactDetails, Contact]
    opened_at: AwareDatetime


class ClaimNotMatched(AccountFact):
    """A claim that matched no record that is free. What was entered is kept nowhere."""

    type: Literal["ClaimNotMatched"] = "ClaimNotMatched"
    tried_at: AwareDatetime


class RecordClaimed(AccountFact):
    """The account belongs to this person of the register from now on."""

    type: Literal["RecordClaimed"] = "RecordClaimed"
    person_id: PersonId
    claimed_at: AwareDatetime


AccountsFact: TypeAlias = AccountOpened | ClaimNotMatched | RecordClaimed


@dataclass(frozen=True)
class NoAccount: ...


@dataclass(frozen=True)
class Unclaimed:
    account_id: AccountId
    contact: Sealed[ContactDetails, Contact]
    misses: tuple[datetime, ...] = ()

    def must_wait(self, now: datetime) -> bool:
        return sum(each > now - WINDOW for each in self.misses) >= TRIES


@dataclass(frozen=True)
class Claimed:
    account_id: AccountId
    person_id: PersonId


Account: TypeAlias = NoAccount | Unclaimed | Claimed


def evolve(account: Account, fact: AccountsFact) -> Account:
    match fact:
        case AccountOpened():
            return Unclaimed(fact.account_id, fact.contact)
        case ClaimNotMatched():
            match account:
                case Unclaimed():
                    return replace(account, misses=(*account.misses, fact.tried_at)[-TRIES:])
                case NoAccount() | Claimed():
                    return account
                case _:
                    assert_never(account)
        case RecordClaimed():
            return Claimed(fact.account_id, fact.person_id)
        case _:
            assert_never(fact)


account = Noun[Account]("account", NoAccount(), evolve, facts=(AccountOpened, ClaimNotMatched, RecordClaimed))
