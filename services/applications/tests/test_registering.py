"""An account is opened once."""

import pytest
from applications_given import ACCOUNT, NOW, sealed, told, unclaimed

from applications.account import NoAccount
from applications.registering import OpenAccount, open_account
from lectern.eventlog.errors import Refused


def opening() -> OpenAccount:
    return OpenAccount(account_id=ACCOUNT, contact=sealed("AccountOpened.contact", ACCOUNT), now=NOW)


def test_somebody_registers() -> None:
    assert told(open_account(NoAccount(), opening())) == ["AccountOpened"]


def test_an_open_account_is_not_opened_again() -> None:
    with pytest.raises(Refused):
        open_account(unclaimed(), opening())
