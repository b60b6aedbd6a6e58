"""What the effects process of the notices does with an intent: find whom it is for, write it, hand it over."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, assert_never

import httpx

from lectern.contracts.sealed import Contact, Sealed
from lectern.contracts.values import ContactDetails, StaffContact
from lectern.eventlog.effects import Effect, NoAnswer, NotDone
from lectern.eventlog.errors import Busy
from lectern.eventlog.keys import Keys, Unreadable
from lectern.eventlog.streams import StreamRef
from lectern.runtime.settings import SettingsError, host_and_port
from lectern.web.words import district as district_words
from notifications.contacts import DESE, District, Educator, Staff, Unheard, district, educator, staff
from notifications.mail import Addressee, Mail, compose, message_id
from notifications.mailbox import Mailbox
from notifications.notice import Intent, Letter, NoticeRepeated, NoticeRequested, To
from notifications.sending import Accepted, HandedOver, Outcome, Rejected, recording
from notifications.smtp import MailServer, Refused, Taken
from notifications.writing import Names, Written, write

if TYPE_CHECKING:
    from lectern.runtime.running import Running

S = TypeVar("S")
GIVE_UP = timedelta(days=5)
"""A mail that no server would take for so long has failed."""
PAGES = {To.EDUCATOR: ("applications", "/applications/"), To.DISTRICT: ("district-worklog", "/work-log/"),
         To.DESE: ("review", "/cases/")}  # fmt: skip
"""Where the reader of a notice goes on: whose service, and the beginning of the page's address."""


class Streams(Protocol):
    """The log, as far as notices read it."""

    async def state(self, ref: StreamRef[S]) -> S: ...


class Server(Protocol):
    async def deliver(self, mail: Mail) -> Taken | Refused: ...


@dataclass(frozen=True)
class Ready:
    """A notice with its addresses, and the copy that is kept."""

    mail: Mail
    letter: Sealed[Letter, Contact]


@dataclass(frozen=True)
class Post:
    """Sends notices. Everything it needs is given to it."""

    streams: Streams
    keys: Keys
    server: Server
    sender: str
    link: Callable[[Intent], str]
    now: Callable[[], datetime]
    demonstration: bool = False

    async def send(self, intent: Intent, _: str) -> Outcome:
        """Raises NotDone or HandedOver."""
        ready = await self._ready(intent)
        if isinstance(ready, Rejected):
            return ready
        try:
            answer = await self.server.deliver(ready.mail)
        except NotDone as away:
            if self.now() - intent.happened_at > GIVE_UP:
                return Rejected("given up")
            raise away from None
        except NoAnswer:
            raise HandedOver(ready.letter) from None
        match answer:
            case Taken():
                return Accepted(ready.letter, answer.unreached)
            case Refused():
                return Rejected(answer.code)
            case _:
                assert_never(answer)

    async def sent(self, intent: Intent) -> Outcome:
        """The outcome of a mail that is known to be delivered; its text is made once more, where it still can be."""
        ready = await self._ready(intent)
        return Accepted(None if isinstance(ready, Rejected) else ready.letter)

    async def _ready(self, intent: Intent) -> Ready | Rejected:
        try:
            addressees = await self._addressees(intent)
            if isinstance(addressees, Rejected):
                return addressees
            written = write(intent, await self._names(intent))
            mail = compose(
                intent.notice_id, intent.notice, written, addressees, sender=self.sender, at=intent.happened_at
            )
            return Ready(mail, await self._kept(intent, mail, written))
        except Busy as away:
            raise NotDone(str(away)) from away
        except Unreadable:
            return Rejected("unreadable")

    async def _addressees(self, intent: Intent) -> list[Addressee] | Rejected:
        match intent.to:
            case To.EDUCATOR:
                details = await self._educator(intent)
                found = [Addressee(str(details.name), details.email)] if details else None
            case To.DISTRICT:
                found = await self._colleagues((await self._district(intent)).contacts)
            case To.DESE:
                found = await self._colleagues(_there(await self.streams.state(staff(DESE)), Staff).contacts)
            case _:
                assert_never(intent.to)
        if found is None:
            return Rejected("erased")
        usable = [each for each in found if each.usable]
        return usable or Rejected("address" if found else "no contact")

    async def _colleagues(self, contacts: Sealed[tuple[StaffContact, ...], Contact] | None) -> list[Addressee] | None:
        if contacts is None:
            return []
        opened = await self.keys.open(contacts, tuple[StaffContact, ...])
        return None if opened is None else [Addressee(each.name, each.email) for each in opened]

    async def _educator(self, intent: Intent) -> ContactDetails | None:
        known = _there(await self.streams.state(educator(intent.educator_id)), Educator)
        return await self.keys.open(known.contact, ContactDetails)

    async def _district(self, intent: Intent) -> District:
        return _there(await self.streams.state(district(intent.district)), District)

    async def _names(self, intent: Intent) -> Names:
        details = await self._educator(intent)
        place = district_words((await self._district(intent)).name) if intent.district else "DESE"
        return Names(str(details.name) if details else "An educator", place, self.link(intent), self.demonstration)

    async def _kept(self, intent: Intent, mail: Mail, written: Written) -> Sealed[Letter, Contact]:
        letter = Letter(to=mail.recipients, subject=written.subject, text=written.text)
        return await self.keys.seal(letter, subject=intent.educator_id, audience="contact", origin="NoticeKept.letter")


def _there(state: Any, kind: type[S]) -> S:
    """Raises NotDone for what has not been heard of yet: it is looked for again later."""
    if isinstance(state, Unheard) or not isinstance(state, kind):
        raise NotDone(f"the {kind.__name__.lower()} has not been heard of yet")
    return state


def effects(running: "Running") -> Sequence[Effect[Any, Any]]:
    """Mail, asked for by a step or again by a person. Raises SettingsError where no mail server is named."""
    settings = running.settings
    if settings.smtp is None:
        raise SettingsError("LECTERN_SMTP is not set.")

    def link(intent: Intent) -> str:
        service, page = PAGES[intent.to]
        return f"{settings.url(service)}{page}{intent.application_id}"

    post = Post(
        streams=running.log,
        keys=running.keys,
        server=MailServer(*host_and_port(settings.smtp)),
        sender=settings.mail_from,
        link=link,
        now=running.now,
        demonstration=settings.demo,
    )
    mailbox = settings.urls.get("mailbox")
    asking = None if mailbox is None else _asking(post, Mailbox(mailbox.rstrip("/"), httpx.AsyncClient(timeout=10)))
    return [Effect(each, post.send, recording, asking) for each in (NoticeRequested, NoticeRepeated)]


def _asking(post: Post, mailbox: Mailbox) -> Any:
    """The local mailbox can be asked what it has; a mail server in general cannot."""

    async def outcome(intent: Intent, _: str) -> Outcome | None:
        if not await mailbox.delivered(message_id(intent.notice_id, post.sender)):
            return None
        try:
            return await post.sent(intent)
        except NotDone as away:  # the mail is delivered: that its copy cannot be made now must not send it again
            raise NoAnswer(str(away)) from away

    return outcome
