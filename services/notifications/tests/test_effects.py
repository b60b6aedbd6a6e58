"""From an intent to a mail: addresses opened with real keys, the mail taken by the real mailbox."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
from notifications_given import (
    AT,
    DANA,
    INDEPENDENCE,
    JORDAN,
    NOTICE,
    certificate,
    claimed,
    clearance_judged,
    district_contacts,
    extended,
    intent,
    listed,
    registered,
    staff_contacts,
    submitted,
    upgraded,
)

from lectern.contracts.facts import Fact
from lectern.contracts.sealed import Sealed
from lectern.contracts.values import ClearanceWord, ContactDetails, Kind, PersonName, Signature, StaffContact
from lectern.eventlog.deciding import fold
from lectern.eventlog.effects import NoAnswer, NotDone
from lectern.eventlog.keys import Keys
from lectern.eventlog.keys.postgres import postgres_keys
from lectern.eventlog.streams import StreamRef
from lectern.runtime.migrations import from_package, migrate
from lectern.runtime.settings import SERVICES
from lectern_local.mailbox import Mailbox
from lectern_local.mailbox_smtp import SmtpServer
from lectern_local.testkit import databases_of
from notifications.directory import PATIENCE
from notifications.effects import GIVE_UP, Post
from notifications.mail import Mail
from notifications.notice import (
    APPLICATION_READY,
    APPROVED,
    NEW_ITEM,
    OVERDUE,
    RECEIVED,
    REVIEW_OVERDUE,
    REVIEW_REMINDER,
    Intent,
    Letter,
    Notice,
    NoticeRequested,
)
from notifications.sending import Accepted, HandedOver, Rejected
from notifications.smtp import MailServer, Refused, Taken

pytestmark = pytest.mark.postgres
S = TypeVar("S")
KEK = b"k" * 32
JORDAN_AVERY = ContactDetails(name=PersonName(first="Jordan", last="Avery"), email="jordan@example.org")
DANA_WHITFIELD = StaffContact(officer_id=DANA, name="Dana Whitfield", email="dana@isd.example", role="verifier")
NOBODY = DANA_WHITFIELD.model_copy(update={"email": "not an address"})


@dataclass
class Heard:
    """Streams as a list of heard facts."""

    facts: list[Fact] = field(default_factory=list)

    async def state(self, ref: StreamRef[S]) -> S:
        return fold(ref.noun, (fact for fact in self.facts if isinstance(fact, ref.noun.facts)))


class Away:
    """A mail server that does always the same."""

    def __init__(self, what: Exception | Refused) -> None:
        self._what = what

    async def deliver(self, _: Mail) -> Taken | Refused:
        if isinstance(self._what, Exception):
            raise self._what
        return self._what


@dataclass
class Office:
    post: Post
    keys: Keys
    heard: Heard
    box: Mailbox

    async def hear(
        self, *, educator: ContactDetails = JORDAN_AVERY, district: Sequence[StaffContact] | None = (DANA_WHITFIELD,)
    ) -> None:
        contact = await self.sealed(educator, JORDAN, "EducatorRegistered.contact")
        self.heard.facts = [registered(contact), listed()]
        if district is not None:
            contacts = await self.sealed(tuple(district), INDEPENDENCE, "DistrictContactsChanged.contacts")
            self.heard.facts.append(district_contacts(contacts))
        desk = await self.sealed((DANA_WHITFIELD,), "dese", "StaffContactsChanged.contacts")
        self.heard.facts.append(staff_contacts(desk))

    async def sealed(self, value: object, subject: object, origin: str) -> Sealed[Any, Any]:
        return await self.keys.seal(value, subject=subject, audience="contact", origin=origin)

    async def send(self, intent_: NoticeRequested) -> object:
        return await self.post.send(intent_, "the key")

    async def delivered(self) -> list[tuple[tuple[str, ...], str]]:
        return [(each.recipients, each.subject) for each in await self.box.latest("", None, 10)]

    async def text(self) -> str:
        """The text of the mail that was delivered last."""
        [entry] = await self.box.latest("", None, 1)
        mail = await self.box.mail(entry.number)
        assert mail is not None
        return mail.text

    def with_server(self, what: Exception | Refused, *, later: timedelta = timedelta(0)) -> Post:
        post = self.post
        return Post(post.streams, post.keys, Away(what), post.sender, post.link, lambda: AT + later)


@pytest.fixture(scope="module")
async def keys(postgres: str) -> AsyncIterator[Keys]:
    databases = databases_of(postgres)
    await databases.make(*SERVICES)
    await migrate(databases.keys("owner"), from_package("lectern.eventlog.keys"))
    async with postgres_keys(databases.keys("notifications"), service="notifications", kek=KEK) as port:
        yield port
    await databases.drop(*SERVICES)


@pytest.fixture
async def office(keys: Keys, tmp_path: Path) -> AsyncIterator[Office]:
    smtp = SmtpServer(box := Mailbox(tmp_path))
    server = MailServer("127.0.0.1", await smtp.start("127.0.0.1", 0))
    heard = Heard()
    post = Post(heard, keys, server, "no-reply@lectern.example", _link, lambda: AT, demonstration=True)
    yield Office(post, keys, heard, box)
    await smtp.stop()
    box.close()


def _link(intent_: Intent) -> str:
    return f"http://127.0.0.1:8401/applications/{intent_.application_id}"


def of(notice: Notice, **changes: Any) -> NoticeRequested:
    return intent(notice=notice.name, to=notice.to, template=notice.template, **changes)


async def test_an_educator_gets_a_mail_and_its_copy_is_kept_sealed(office: Office) -> None:
    await office.hear()

    sent = await office.send(intent())

    assert isinstance(sent, Accepted)
    assert sent.letter is not None
    assert "Jordan" not in sent.letter.model_dump_json()
    letter = await office.keys.open(sent.letter, Letter)
    assert letter is not None
    assert letter.text.startswith("Hello Jordan Avery,\n")
    assert await office.delivered() == [(("jordan@example.org",), letter.subject)]
    assert letter.subject == "Your application LEC-2026-000123-8 is with Independence 30"


ADMINISTRATOR = StaffContact(officer_id=JORDAN, name="Ada Lin", email="ada@isd.example", role="district-administrator")
SUPERVISOR = ADMINISTRATOR.model_copy(update={"email": "sue@dese.example", "role": "supervisor"})


async def test_who_is_to_see_to_it_is_told_alone_and_else_everybody(office: Office) -> None:
    await office.hear(district=(DANA_WHITFIELD, ADMINISTRATOR))
    desk = await office.sealed((DANA_WHITFIELD, SUPERVISOR), "dese", "StaffContactsChanged.contacts")
    office.heard.facts.append(staff_contacts(desk))

    for each in (of(OVERDUE), of(REVIEW_REMINDER, officer_id=DANA), of(REVIEW_REMINDER), of(REVIEW_OVERDUE)):
        await office.send(each)
    await office.hear()
    await office.send(of(OVERDUE))

    dana, ada, sue = (each.email for each in (DANA_WHITFIELD, ADMINISTRATOR, SUPERVISOR))
    assert [to for to, _ in await office.delivered()][::-1] == [(ada,), (dana,), (dana, sue), (sue,), (dana,)]


async def test_contacts_of_a_district_and_of_dese_are_told(office: Office) -> None:
    await office.hear(district=(DANA_WHITFIELD, DANA_WHITFIELD.model_copy(update={"email": "lee@isd.example"}), NOBODY))

    await office.send(of(NEW_ITEM))
    await office.send(of(APPLICATION_READY))

    assert [recipients for recipients, _ in await office.delivered()] == [
        ("dana@isd.example",),
        ("dana@isd.example", "lee@isd.example"),
    ]


@pytest.mark.parametrize(("contacts", "reason"), [(None, "no contact"), ((), "no contact"), ((NOBODY,), "address")])
async def test_a_district_that_cannot_be_reached_is_visible(
    office: Office, contacts: Sequence[StaffContact] | None, reason: str
) -> None:
    await office.hear(district=contacts)

    assert await office.send(of(NEW_ITEM)) == Rejected(reason)


@pytest.mark.parametrize("word", ClearanceWord)
async def test_an_educator_alone_is_told_that_a_new_background_check_is_needed(
    office: Office, word: ClearanceWord
) -> None:
    await office.hear()
    office.heard.facts.append(clearance_judged(await office.sealed(word, JORDAN, "ClearanceJudged.word")))

    texts = []
    for each in (intent(), intent(submission=2), of(NEW_ITEM)):
        await office.send(each)
        texts.append("new background check" in await office.text())

    assert texts == [word is ClearanceWord.MISSING, False, False]


async def test_an_educator_is_told_that_nobody_at_the_district_could_be(office: Office) -> None:
    await office.hear(district=None)

    await office.send(intent())

    assert "we could not tell anybody there" in await office.text()


async def test_offices_are_told_when_the_certificate_expires(office: Office) -> None:
    await office.hear()
    office.heard.facts += [submitted(), certificate()]

    await office.send(of(NEW_ITEM))

    assert "Initial Professional Certificate. It expires on December 19, 2026" in await office.text()


async def test_an_educator_is_told_who_opened_it(office: Office) -> None:
    await office.hear()
    signed = await office.sealed(
        Signature(name="Dana Whitfield", title="certification officer"), JORDAN, "VerificationClaimed.signature"
    )
    office.heard.facts += [submitted(), claimed().model_copy(update={"signature": signed})]

    await office.send(of(RECEIVED))

    assert "Dana Whitfield at Independence 30 opened" in await office.text()


async def test_an_approval_waits_a_while_for_the_certificate_that_changes_with_it(office: Office) -> None:
    await office.hear()
    office.heard.facts += [submitted(), certificate()]

    with pytest.raises(NotDone):
        await office.send(of(APPROVED))
    late = replace(office.post, now=lambda: AT + PATIENCE)
    await late.send(of(APPROVED), "the key")
    without = await office.text()
    office.heard.facts.append(upgraded())
    await office.send(of(APPROVED))

    assert "with its new dates" in without
    assert "Career Continuous Professional Certificate, valid from December 8, 2026" in await office.text()


async def test_an_extension_waits_for_its_own_change_and_tells_the_new_last_day(office: Office) -> None:
    await office.hear()
    office.heard.facts += [submitted(), certificate(), extended(application_id=NOTICE)]

    with pytest.raises(NotDone):
        await office.send(of(APPROVED, kind=Kind.EXTENSION))
    office.heard.facts.append(extended())
    await office.send(of(APPROVED, kind=Kind.EXTENSION))

    text = await office.text()
    assert "Initial Professional Certificate, valid from December 20, 2022 until December 19, 2030." in text


async def test_an_educator_whose_data_is_erased_gets_none(office: Office) -> None:
    await office.hear()
    await office.keys.erase(JORDAN)

    assert await office.send(intent()) == Rejected("erased")


async def test_an_address_without_a_mailbox_has_failed(office: Office) -> None:
    await office.hear(educator=JORDAN_AVERY.model_copy(update={"email": "nobody@refused.invalid"}))

    assert await office.send(intent()) == Rejected("550")


async def test_who_was_not_heard_of_yet_is_looked_for_again(office: Office) -> None:
    with pytest.raises(NotDone):
        await office.send(intent())


async def test_no_answer_after_the_mail_keeps_what_was_handed_over(office: Office) -> None:
    await office.hear()

    with pytest.raises(HandedOver) as handed_over:
        await office.with_server(NoAnswer("cut")).send(intent(), "the key")

    assert await office.keys.open(handed_over.value.letter, Letter) is not None


async def test_a_server_that_is_away_for_days_is_given_up(office: Office) -> None:
    await office.hear()

    with pytest.raises(NotDone):
        await office.with_server(NotDone("away"), later=GIVE_UP).send(intent(), "the key")
    late = await office.with_server(NotDone("away"), later=GIVE_UP + timedelta(seconds=1)).send(intent(), "the key")

    assert late == Rejected("given up")


async def test_a_delivered_mail_counts_even_when_its_reader_is_gone(office: Office) -> None:
    await office.hear()
    await office.keys.erase(JORDAN)

    assert await office.post.sent(intent()) == Accepted(None)


async def test_the_same_intent_is_the_same_mail(office: Office) -> None:
    await office.hear()

    await office.send(intent())
    await office.send(intent())

    first, second = [await office.box.mail(number) for number in (1, 2)]
    assert first is not None
    assert second is not None
    assert first.source == second.source
    assert first.entry.message_id == f"{NOTICE}@lectern.example"
