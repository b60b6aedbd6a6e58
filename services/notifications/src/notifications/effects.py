"""What the effects process of the notices does with an intent: find whom it is for, write it, hand it over."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Protocol, assert_never

import asyncpg
import httpx

from lectern.contracts.sealed import Contact, Sealed
from lectern.eventlog.database import UNREACHABLE
from lectern.eventlog.effects import Effect, NoAnswer, NotDone
from lectern.eventlog.errors import Busy
from lectern.eventlog.keys import Keys, Unreadable
from lectern.runtime.settings import SettingsError, host_and_port
from notifications.directory import Directory, Streams
from notifications.mail import Mail, compose, message_id
from notifications.mailbox import Mailbox
from notifications.notice import Intent, Letter, NoticeRepeated, NoticeRequested, To
from notifications.sending import Accepted, HandedOver, Outcome, Rejected, recording
from notifications.smtp import MailServer, Refused, Taken
from notifications.writing import Written, write

if TYPE_CHECKING:
    from lectern.runtime.running import Running

GIVE_UP = timedelta(days=5)
"""A mail that no server would take for so long has failed."""
PAGES = {
    To.EDUCATOR: ("applications", "/applications/"),
    To.DISTRICT: ("district-worklog", "/work-log/"),
    To.ADMINISTRATORS: ("district-worklog", "/work-log/"),
    To.DESE: ("review", "/cases/"),
    To.REVIEWER: ("review", "/cases/"),
    To.SUPERVISORS: ("review", "/cases/"),
}
"""Where the reader of a notice goes on: whose service, and the beginning of the page's address."""


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
            directory = Directory(self.streams, self.keys, self.now)
            addressees = await directory.addressees(intent)
            if isinstance(addressees, Rejected):
                return addressees
            names = await directory.names(intent, self.link(intent), demonstration=self.demonstration)
            written = write(intent, names)
            mail = compose(
                intent.notice_id, intent.notice, written, addressees, sender=self.sender, at=intent.happened_at
            )
            return Ready(mail, await self._kept(intent, mail, written))
        except (Busy, *UNREACHABLE, asyncpg.PostgresError) as away:  # nothing was sent yet
            raise NotDone(repr(away)) from away
        except Unreadable:
            return Rejected("unreadable")

    async def _kept(self, intent: Intent, mail: Mail, written: Written) -> Sealed[Letter, Contact]:
        letter = Letter(to=mail.recipients, subject=written.subject, text=written.text)
        return await self.keys.seal(letter, subject=intent.subject, audience="contact", origin="NoticeKept.letter")


def effects(running: "Running") -> Sequence[Effect[Any, Any]]:
    """Mail, asked for by a step or again by a person. Raises SettingsError where no mail server is named."""
    settings = running.settings
    if settings.smtp is None:
        raise SettingsError("LECTERN_SMTP is not set.")

    def link(intent: Intent) -> str:
        if intent.to is To.DISTRICT and intent.application_id is None:
            return f"{settings.url('district-worklog')}/work-log"
        if intent.application_id is None:
            return f"{settings.url('applications')}/"
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
