"""What somebody does with an account, on its way to the log: sealed here, matched here. Pages and API share it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from applications.account import Claimed, NoAccount, Unclaimed, account
from applications.claim_tries import claim_tries
from applications.claiming import ClaimRecord, MissClaim, claim_record, miss_claim
from applications.educator import Registered, educator
from applications.informing import ChangePersonalInformation, change_personal
from applications.person import person
from applications.registering import OpenAccount, open_account
from lectern.contracts.matching import match_token, number_token
from lectern.contracts.values import AccountId, ContactDetails, PersonId, PersonName
from lectern.eventlog.errors import NotFound, Refused
from lectern.eventlog.streams import Answer, Call
from lectern.runtime.ids import new_id
from lectern.runtime.running import Running
from lectern.web import LoginTaken, Role
from lectern.web.accounts.passwords import accept

_FOUND = "select person_id from match_tokens where token = $1 limit 2"


@dataclass(frozen=True)
class Shown:
    """The four values a claim is made of. They are kept nowhere."""

    educator_number: str
    last_name: str
    birth_date: date
    ssn_last4: str


@dataclass(frozen=True)
class AccountDesk:
    running: Running

    async def register(self, details: ContactDetails, password: str, call: Call) -> AccountId:
        """A user and the account behind it; asked again, the same one. Raises LoginTaken, WeakPassword, Busy."""
        accept(password, details.email, details.name.first, details.name.last)
        account_id = AccountId(new_id())
        origin = "AccountOpened.contact"
        contact = await self.running.keys.seal(details, subject=account_id, audience="contact", origin=origin)
        command = OpenAccount(account_id=account_id, contact=contact, now=self.running.now())
        ref = account(account_id, subject=account_id)
        answer = await self.running.log.handle(ref, open_account, command, call.about(account_id=account_id))
        opened = AccountId(UUID(answer.result["account_id"]))
        try:
            await self.running.accounts.create_user(
                login=details.email, password=password, role=Role.EDUCATOR, name=str(details.name), user_id=opened
            )
        except LoginTaken:
            if await self.running.accounts.find(details.email) != opened:
                raise
        return opened

    async def on_record(self, shown: Shown) -> bool:
        """Whether the register has told of such a person. For the operator only: everybody else makes a claim."""
        return await self._person_with(_token(self.running, shown)) is not None

    async def claim(self, account_id: AccountId, shown: Shown, call: Call) -> tuple[PersonId | None, Answer]:
        """Whose account it is now; None: no match, whatever the reason. Raises Refused while it has to wait."""
        token = _token(self.running, shown)
        number = number_token(self.running.settings.match_key, shown.educator_number)
        of_account = account(account_id, subject=account_id)
        before = await self.running.log.state(of_account)
        found = await self._person_with(token)
        if isinstance(before, Unclaimed) and found is not None:
            answer = await self._claim(before, found, token, number, call)
        else:
            missing = MissClaim(account_id=account_id, number=number, now=self.running.now())
            refs = (of_account, claim_tries(number, subject=number))
            answer = await self.running.log.handle(refs, miss_claim, missing, call)
        return await self.linked(account_id), answer

    async def linked(self, account_id: AccountId) -> PersonId | None:
        """Whose account this is, by its stream; the user is told, in case that was cut off."""
        state = await self.running.log.state(account(account_id))
        if not isinstance(state, Claimed):
            return None
        await self.running.accounts.link_person(account_id, state.person_id)
        return state.person_id

    async def name_on(self, account_id: AccountId) -> PersonName | None:
        """The name somebody registered with, while nothing is claimed."""
        match await self.running.log.state(account(account_id)):
            case Unclaimed(contact=contact):
                details = await self.running.keys.open(contact, ContactDetails)
                return details.name if details else None
            case NoAccount() | Claimed():
                return None

    async def change(self, educator_id: PersonId, details: ContactDetails, seen: int | None, call: Call) -> Answer:
        """Raises Stale where it was changed since."""
        contact = await self.running.keys.seal(
            details, subject=educator_id, audience="contact", origin="PersonalInformationChanged.contact"
        )
        command = ChangePersonalInformation(educator_id=educator_id, contact=contact, seen=seen, now=self.running.now())
        return await self.running.log.handle(educator(educator_id), change_personal, command, call)

    async def contact(self, educator_id: PersonId) -> tuple[ContactDetails | None, int]:
        """What is saved now, and its revision."""
        state = await self.running.log.state(educator(educator_id))
        if not isinstance(state, Registered):
            raise NotFound("no such educator")
        return await self.running.keys.open(state.contact, ContactDetails), state.revision

    async def _person_with(self, token: str) -> PersonId | None:
        """The one person with this token; two alike are for DESE to look at."""
        async with self.running.read(token=token) as db:
            rows = await db.fetch(_FOUND, token)
        return PersonId(rows[0]["person_id"]) if len(rows) == 1 else None

    async def _claim(self, before: Unclaimed, found: PersonId, token: str, number: str, call: Call) -> Answer:
        details = await self.running.keys.open(before.contact, ContactDetails)
        if details is None:
            raise Refused("This account can’t be used any more. Register again.")
        contact = await self.running.keys.seal(
            details, subject=found, audience="contact", origin="EducatorRegistered.contact"
        )
        command = ClaimRecord(
            account_id=before.account_id,
            person_id=found,
            token=token,
            number=number,
            contact=contact,
            now=self.running.now(),
        )
        refs = (
            account(before.account_id),
            claim_tries(number, subject=number),
            educator(found, subject=found),
            person(found),
        )
        return await self.running.log.handle(refs, claim_record, command, call)


def _token(running: Running, shown: Shown) -> str:
    return match_token(
        running.settings.match_key,
        educator_number=shown.educator_number,
        last_name=shown.last_name,
        birth_date=shown.birth_date,
        ssn_last4=shown.ssn_last4,
    )
