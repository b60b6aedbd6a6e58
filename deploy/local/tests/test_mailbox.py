"""The mailbox, spoken to over real SMTP by the client the services use."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

import aiosmtplib
import pytest

from lectern_local.mailbox import Mailbox
from lectern_local.mailbox_smtp import MAIL_BYTES, SESSIONS, SmtpServer


@dataclass
class Running:
    box: Mailbox
    smtp: SmtpServer
    port: int

    async def send(self, mail: EmailMessage, to: str = "jordan@example.org") -> None:
        await aiosmtplib.send(
            mail, sender="no-reply@example.org", recipients=[to], hostname="127.0.0.1", port=self.port, timeout=5
        )


@pytest.fixture
async def mailbox(tmp_path: Path) -> AsyncIterator[Running]:
    box = Mailbox(tmp_path)
    smtp = SmtpServer(box)
    yield Running(box, smtp, await smtp.start("127.0.0.1", 0))
    await smtp.stop()
    box.close()


def a_mail(message_id: str = "<1@lectern>", text: str = "Your application is with Independence 30.\n") -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = "no-reply@example.org"
    mail["To"] = "Jordan Avery <jordan@example.org>"
    mail["Subject"] = "Your application is submitted"
    mail["Message-ID"] = message_id
    mail["Lectern-Notice"] = "submitted"
    mail.set_content(text)
    return mail


async def test_keeps_a_mail_as_it_came(mailbox: Running) -> None:
    await mailbox.send(a_mail(text="Résumé → ready.\n.\n.. dots\n"))

    [entry] = await mailbox.box.latest("", None, 10)
    kept = await mailbox.box.mail(entry.number)

    assert (entry.message_id, entry.recipients, entry.notice) == ("1@lectern", ("jordan@example.org",), "submitted")
    assert kept is not None
    assert kept.text == "Résumé → ready.\n.\n.. dots\n"


async def test_keeps_repeats(mailbox: Running) -> None:
    await mailbox.send(a_mail())
    await mailbox.send(a_mail())
    await mailbox.send(a_mail("<2@lectern>"))

    assert [entry.copies for entry in await mailbox.box.latest("", None, 10)] == [1, 2, 2]
    assert await mailbox.box.count() == (3, 1)
    assert len(await mailbox.box.copies("<1@lectern>")) == 2


async def test_a_mail_whose_reply_is_lost_is_kept(mailbox: Running) -> None:
    mailbox.smtp.faults.drop_next = 1

    with pytest.raises(aiosmtplib.SMTPServerDisconnected):
        await mailbox.send(a_mail())

    assert await mailbox.smtp.quiet(2)
    assert len(await mailbox.box.copies("1@lectern")) == 1
    assert mailbox.smtp.faults.dropped == 1


async def test_loses_every_fifth_reply_when_told_to(mailbox: Running) -> None:
    mailbox.smtp.faults.drop_every = 5

    answers = await asyncio.gather(*(mailbox.send(a_mail(f"<{n}@lectern>")) for n in range(10)), return_exceptions=True)

    assert sum(isinstance(answer, aiosmtplib.SMTPException) for answer in answers) == 2
    assert await mailbox.box.count() == (10, 0)


async def test_refuses_an_address_for_good_or_for_now(mailbox: Running) -> None:
    with pytest.raises(aiosmtplib.SMTPRecipientsRefused) as for_good:
        await mailbox.send(a_mail(), to="nobody@refused.invalid")
    with pytest.raises(aiosmtplib.SMTPRecipientsRefused) as for_now:
        await mailbox.send(a_mail(), to="somebody@deferred.invalid")

    assert (for_good.value.recipients[0].code, for_now.value.recipients[0].code) == (550, 451)
    assert await mailbox.box.count() == (0, 0)


async def test_a_mail_that_is_too_large_is_refused(mailbox: Running) -> None:
    with pytest.raises(aiosmtplib.SMTPResponseException) as refused:
        await mailbox.send(a_mail(text="x" * 70 + "\n" + ("y" * 70 + "\n") * (MAIL_BYTES // 70)))

    assert refused.value.code in {552, 501}


async def test_a_line_that_never_ends_is_cut_off(mailbox: Running) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", mailbox.port)
    for line in (b"EHLO x\r\n", b"MAIL FROM:<a@b.org>\r\n", b"RCPT TO:<c@d.org>\r\n", b"DATA\r\n"):
        writer.write(line)
        await reader.read(4096)

    with pytest.raises(ConnectionError):
        await write_for_ever(writer)

    assert await mailbox.smtp.quiet(2)
    writer.close()


async def test_one_caller_too_many_is_turned_away_and_the_others_stay(mailbox: Running) -> None:
    callers = [await asyncio.open_connection("127.0.0.1", mailbox.port) for _ in range(SESSIONS)]
    greetings = [await reader.readline() for reader, _ in callers]
    reader, _ = await asyncio.open_connection("127.0.0.1", mailbox.port)
    turned_away = await reader.read()

    assert all(greeting.startswith(b"220") for greeting in greetings)
    assert turned_away.startswith(b"421")
    for _, writer in callers:
        writer.close()


async def test_is_not_quiet_while_somebody_could_still_hand_over_a_mail(mailbox: Running) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", mailbox.port)
    await reader.readline()

    assert not await mailbox.smtp.quiet(0.05)
    writer.close()
    assert await mailbox.smtp.quiet(2)


@pytest.mark.parametrize(
    "source",
    [
        b"",
        b"\r\n\r\n",
        b"\x00" * 100,
        b"Subject: =?x?b?/w==?=\r\nTo: \xff\xfe\r\n\r\n\xff",
        b"Content-Type: text/plain; charset=no\r\n\r\nx",
        b"Message-ID: <\r\nDate: never\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n",
    ],
)
async def test_a_malformed_mail_is_kept_and_shown(mailbox: Running, source: bytes) -> None:
    number = await mailbox.box.keep(source, "", ["a@b.org"], mailbox.smtp._now())

    kept = await mailbox.box.mail(number)

    assert kept is not None
    assert kept.source == source


async def write_for_ever(writer: asyncio.StreamWriter) -> None:
    while True:
        writer.write(b"x" * MAIL_BYTES)
        await writer.drain()
