"""What all edges of this service stand on: who asks, where things are read, and what happens to a form."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Annotated, Generic, TypeVar
from uuid import UUID

from fastapi import Depends
from starlette.requests import Request

from applications import reading
from applications.account_desk import AccountDesk
from applications.application_status import StatusRow
from applications.districts import DistrictRow
from applications.document_desk import DocumentDesk
from applications.draft_desk import DraftDesk
from applications.informing import Stale
from applications.payment_desk import PaymentDesk
from applications.tasks import owed
from lectern.contracts.days import chicago_day
from lectern.contracts.values import AccountId, DistrictCode, Kind, PersonId, StaffContact
from lectern.eventlog.errors import NotFound, Refused
from lectern.eventlog.streams import Answer, Call
from lectern.runtime.running import Running
from lectern.web import Filled, FormModel, Principal, Role, Updating, signed_in

F = TypeVar("F", bound=FormModel)

SignedIn = Annotated[Principal, Depends(signed_in(Role.EDUCATOR))]
"""Somebody with an account here, claimed or not."""


@dataclass(frozen=True)
class Educator:
    """Somebody whose record is claimed."""

    account_id: AccountId
    person_id: PersonId
    name: str


async def _claimed(principal: SignedIn) -> Educator:
    """Without a claimed record there is no draft and no application: as if nothing were there."""
    if principal.person_id is None:
        raise NotFound("no record is claimed")
    return Educator(AccountId(principal.user_id), PersonId(principal.person_id), principal.name)


ClaimedEducator = Annotated[Educator, Depends(_claimed)]


class PageForm(FormModel):
    """A page of a draft. `seen`: the revision it was made from; `back`: it was opened to change an answer."""

    seen: int = 0
    back: str = ""


@dataclass(frozen=True)
class Tried(Generic[F]):
    """What became of a form: the log's answer, or the form to show again; `stale` where somebody else was faster."""

    form: Filled[F]
    answer: Answer | None = None
    stale: bool = False


@dataclass(frozen=True)
class Edge:
    running: Running
    accounts: AccountDesk = field(init=False)
    drafts: DraftDesk = field(init=False)
    payments: PaymentDesk = field(init=False)
    documents: DocumentDesk = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "accounts", AccountDesk(self.running))
        object.__setattr__(self, "drafts", DraftDesk(self.running))
        object.__setattr__(self, "payments", PaymentDesk(self.running))
        object.__setattr__(self, "documents", DocumentDesk(self.running))

    def fee(self, kind: Kind) -> int:
        """What an application of this kind costs, in cents."""
        return owed(kind, self.running.settings.fee_cents)

    def now(self) -> datetime:
        return self.running.now()

    def today(self) -> date:
        """The Chicago day it is now."""
        return chicago_day(self.running.now())

    def absent(self) -> Exception:
        """A row that is not there proves nothing while the views are behind; then everybody is asked to wait."""
        return Updating() if self.running.freshness.behind() else NotFound("no such thing")

    async def status(self, educator: Educator, application_id: UUID) -> StatusRow:
        """How an application that was handed in stands. Raises NotFound, or Updating while the views are behind."""
        async with self.running.read(educator=educator.person_id) as db:
            status = await reading.status(db, educator.person_id, application_id)
        if status is None:
            raise self.absent()
        return status

    async def district(self, code: DistrictCode | None) -> DistrictRow | None:
        async with self.running.read() as db:
            return (await reading.districts(db, code)).get(code or "")

    async def contacts(self, district: DistrictRow | None) -> tuple[StaffContact, ...]:
        """Who is told by email at a district; nobody where it named nobody."""
        if district is None:
            return ()
        return await self.running.keys.open(district.contacts, tuple[StaffContact, ...]) or ()


async def tried(
    form: Filled[F], save: Callable[[F, Call], Awaitable[Answer]], revision: Callable[[], Awaitable[int]]
) -> Tried[F]:
    """Saves a form that is right. What the rules say about one that is not saved stands at its field."""
    if not form.ok:
        return Tried(form)
    try:
        return Tried(form, await save(form.value, form.call()))
    except Stale as stale:
        renewed = replace(form, typed={**form.typed, "seen": [str(await revision())]})
        return Tried(renewed.refuse(stale), stale=True)
    except Refused as refused:
        return Tried(form.refuse(refused))


def wants_check(request: Request) -> str:
    """`check` where the page was opened by Change on the page that shows all answers."""
    return "check" if request.query_params.get("back") == "check" else ""
