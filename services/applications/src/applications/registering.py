"""Somebody opens an account. The user name and the password are kept by the page kit, not here."""

from pydantic import AwareDatetime

from applications.account import Account, AccountOpened, NoAccount
from lectern.contracts.sealed import Contact, Sealed
from lectern.contracts.values import AccountId, ContactDetails
from lectern.eventlog.errors import Refused
from lectern.eventlog.streams import Command


class OpenAccount(Command):
    account_id: AccountId
    contact: Sealed[ContactDetails, Contact]
    now: AwareDatetime


def open_account(account: Account, command: OpenAccount) -> list[AccountOpened]:
    if not isinstance(account, NoAccount):
        raise Refused("This account is open already. Sign in.")
    return [AccountOpened(account_id=command.account_id, contact=command.contact, opened_at=command.now)]
