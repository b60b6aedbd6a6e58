"""Who a notice is for, and the names it says, read from what was heard at the moment it is written."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Protocol, TypeVar, assert_never

from lectern.contracts.sealed import Contact, Sealed
from lectern.contracts.values import ClearanceWord, ContactDetails, Signature, StaffContact
from lectern.eventlog.effects import NotDone
from lectern.eventlog.keys import Keys
from lectern.eventlog.streams import StreamRef
from lectern.web import Role
from lectern.web.words import district as district_words
from notifications.application import Submitted, application
from notifications.certificate import Certificate, certificate
from notifications.clearance import Judged, clearance
from notifications.contacts import DESE, District, Educator, Staff, Unheard, district, educator, staff
from notifications.mail import Addressee
from notifications.notice import RECEIVED, SUBMITTED, Intent, To
from notifications.sending import Rejected
from notifications.work_item import Opened, work_item
from notifications.writing import Names

S = TypeVar("S")
APPROVAL = "approved-"
"""What the versions of its template begin with."""
PATIENCE = timedelta(minutes=2)
"""How long an approval waits for the certificate that changes with it; then it is told without its dates."""


class Streams(Protocol):
    """The log, as far as notices read it."""

    async def state(self, ref: StreamRef[S]) -> S: ...


@dataclass(frozen=True)
class Directory:
    """Raises NotDone for what has not been heard of yet: it is looked for again later."""

    streams: Streams
    keys: Keys
    now: Callable[[], datetime]

    # ── whom a notice is for

    async def addressees(self, intent: Intent) -> list[Addressee] | Rejected:
        match intent.to:
            case To.EDUCATOR:
                details = await self._educator(intent)
                found = [Addressee(str(details.name), details.email)] if details else None
            case To.DISTRICT | To.ADMINISTRATORS:
                found = await self._colleagues((await self._district(intent)).contacts, intent)
            case To.DESE | To.REVIEWER | To.SUPERVISORS:
                found = await self._colleagues(_there(await self.streams.state(staff(DESE)), Staff).contacts, intent)
            case _:
                assert_never(intent.to)
        if found is None:
            return Rejected("erased")
        usable = [each for each in found if each.usable]
        return usable or Rejected("address" if found else "no contact")

    async def _colleagues(
        self, contacts: Sealed[tuple[StaffContact, ...], Contact] | None, intent: Intent
    ) -> list[Addressee] | None:
        if contacts is None:
            return []
        opened = await self.keys.open(contacts, tuple[StaffContact, ...])
        if opened is None:
            return None
        meant = [each for each in opened if _is_meant(each, intent)]
        return [Addressee(each.name, each.email) for each in meant or opened]

    async def _educator(self, intent: Intent) -> ContactDetails | None:
        if intent.educator_id is None:
            return None
        known = _there(await self.streams.state(educator(intent.educator_id)), Educator)
        return await self.keys.open(known.contact, ContactDetails)

    async def _district(self, intent: Intent) -> District:
        return _there(await self.streams.state(district(intent.district)), District)

    # ── what it says

    async def names(self, intent: Intent, link: str, *, demonstration: bool) -> Names:
        details = await self._educator(intent)
        place = await self._district(intent) if intent.district else None
        submitted = await self._submitted(intent)
        return Names(
            educator=str(details.name) if details else "An educator",
            district=district_words(place.name) if place else "DESE",
            link=link,
            demonstration=demonstration,
            told=intent.notice != SUBMITTED.name or place is None or await self._can_be_told(place),
            opener=await self._opener(intent),
            fee=submitted.fee if submitted else 0,
            check_needed=await self._check_needed(intent),
            certificate=await self._certificate(intent, submitted) if submitted else await self._ending(intent),
        )

    async def _submitted(self, intent: Intent) -> Submitted | None:
        if intent.application_id is None:
            return None
        state = await self.streams.state(application(intent.application_id))
        return state if isinstance(state, Submitted) else None

    async def _ending(self, intent: Intent) -> Certificate | None:
        """The one a notice without an application is about, with the last day that it is about."""
        if intent.certificate_id is None or intent.expires_on is None:
            return None
        state = await self.streams.state(certificate(intent.certificate_id))
        return replace(state, expires_on=intent.expires_on) if isinstance(state, Certificate) else None

    async def _can_be_told(self, place: District) -> bool:
        if place.contacts is None:
            return False
        opened = await self.keys.open(place.contacts, tuple[StaffContact, ...])
        return any(Addressee(each.name, each.email).usable for each in opened or ())

    async def _check_needed(self, intent: Intent) -> bool:
        """Told with the first handing-in, to the educator alone."""
        if intent.notice != SUBMITTED.name or intent.submission > 1:
            return False
        judged = await self.streams.state(clearance(intent.application_id))
        if not isinstance(judged, Judged):
            return False
        return await self.keys.open(judged.word, ClearanceWord) is ClearanceWord.MISSING

    async def _opener(self, intent: Intent) -> str:
        if intent.notice != RECEIVED.name:
            return ""
        opened = await self.streams.state(work_item(intent.application_id))
        if not isinstance(opened, Opened) or opened.submission != intent.submission:
            return ""
        signature = await self.keys.open(opened.by, Signature)
        return signature.name if signature else ""

    async def _certificate(self, intent: Intent, submitted: Submitted) -> Certificate | None:
        """The one that was applied for; of several that expire on one day, the first that is known."""
        states = [await self.streams.state(certificate(each)) for each in submitted.certificate_ids]
        found = [each for each in states if isinstance(each, Certificate)]
        if not intent.template.startswith(APPROVAL):
            return min(found, key=lambda each: each.expires_on, default=None)
        changed = [each for each in found if intent.application_id in each.changed_by]
        if not changed and self.now() - intent.happened_at < PATIENCE:
            raise NotDone("the certificate has not changed yet")
        return changed[0] if changed else None


def _is_meant(contact: StaffContact, intent: Intent) -> bool:
    """Whether somebody of an office is whom the notice is for."""
    match intent.to:
        case To.ADMINISTRATORS:
            return contact.role == Role.DISTRICT_ADMINISTRATOR
        case To.SUPERVISORS:
            return contact.role == Role.SUPERVISOR
        case To.REVIEWER:
            return contact.officer_id == intent.officer_id
        case To.EDUCATOR | To.DISTRICT | To.DESE:
            return True
        case _:
            assert_never(intent.to)


def _there(state: Any, kind: type[S]) -> S:
    if isinstance(state, Unheard) or not isinstance(state, kind):
        raise NotDone(f"the {kind.__name__.lower()} has not been heard of yet")
    return state
