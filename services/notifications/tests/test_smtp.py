"""The mail server port, against real sockets: one that takes mail, and one that says what a test tells it to."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from notifications_given import AT, NOTICE

from lectern.eventlog.effects import NoAnswer, NotDone
from lectern_local.mailbox import Mailbox
from lectern_local.mailbox_smtp import SmtpServer
from notifications.mail import Addressee, Mail, compose
from notifications.smtp import MailServer, Refused, Taken
from notifications.writing import Written

GREETING, EHLO, MAIL, RCPT, DATA, CONTENT = "220 hello", "250 hello", "250 ok", "250 ok", "354 go on", "250 taken"


def mail(*emails: str) -> Mail:
    to = [Addressee("Jordan Avery", each) for each in emails or ("jordan@example.org",)]
    return compose(NOTICE, "submitted", Written("Subject", "Text.\n"), to, sender="no-reply@lectern.example", at=AT)


@asynccontextmanager
async def saying(*replies: str | None, seconds: float = 5) -> AsyncIterator[MailServer]:
    """A server with these replies, one for each step; None cuts the connection, "" says nothing more."""

    async def converse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        ended = b"\r\n"
        for reply in replies:
            if reply is None:
                writer.transport.abort()
                return
            if not reply:
                await reader.read()
                return
            writer.write(f"{reply}\r\n".encode())
            await reader.readuntil(ended)
            ended = b"\r\n.\r\n" if reply.startswith("354") else b"\r\n"
        writer.close()

    server = await asyncio.start_server(converse, "127.0.0.1", 0)
    yield MailServer("127.0.0.1", server.sockets[0].getsockname()[1], seconds=seconds)
    server.close()


async def test_a_real_server_takes_it(tmp_path: Path) -> None:
    box, mails = SmtpServer(mailbox := Mailbox(tmp_path)), mail("jordan@example.org", "nobody@refused.invalid")
    port = await box.start("127.0.0.1", 0)

    answer = await MailServer("127.0.0.1", port).deliver(mails)

    [kept] = await mailbox.latest("", None, 10)
    assert answer == Taken(unreached=("550",))
    assert (kept.message_id, kept.recipients) == (f"{NOTICE}@lectern.example", ("jordan@example.org",))
    assert await box.quiet(2)
    await box.stop()
    mailbox.close()


async def test_a_real_server_refuses_it(tmp_path: Path) -> None:
    box = SmtpServer(mailbox := Mailbox(tmp_path))
    server = MailServer("127.0.0.1", await box.start("127.0.0.1", 0))

    assert await server.deliver(mail("nobody@refused.invalid", "noone@refused.invalid")) == Refused("550")
    with pytest.raises(NotDone):
        await server.deliver(mail("nobody@refused.invalid", "later@deferred.invalid"))
    assert await mailbox.count() == (0, 0)
    await box.stop()
    mailbox.close()


@pytest.mark.parametrize(
    "replies",
    [
        (None,),
        ("421 busy",),
        ("gibberish",),
        (GREETING, None),
        (GREETING, EHLO, None),
        (GREETING, EHLO, "451 not now"),
        (GREETING, EHLO, MAIL, "450 not now"),
        (GREETING, EHLO, MAIL, None),
        (GREETING, EHLO, MAIL, RCPT, "452 full"),
        (GREETING, EHLO, MAIL, RCPT, DATA, "451 not kept"),
    ],
)
async def test_what_surely_did_not_go_is_tried_again(replies: tuple[str | None, ...]) -> None:
    async with saying(*replies) as server:
        with pytest.raises(NotDone):
            await server.deliver(mail())


async def test_nobody_at_home_is_tried_again() -> None:
    async with saying() as server:
        pass

    with pytest.raises(NotDone):
        await server.deliver(mail())


@pytest.mark.parametrize(
    "replies",
    [
        (GREETING, EHLO, MAIL, RCPT, DATA, None),
        (GREETING, EHLO, MAIL, RCPT, DATA, "gibberish"),
        (GREETING, EHLO, MAIL, RCPT, DATA, "999 what"),
    ],
)
async def test_no_reply_after_the_mail_is_no_answer(replies: tuple[str | None, ...]) -> None:
    async with saying(*replies) as server:
        with pytest.raises(NoAnswer):
            await server.deliver(mail())


@pytest.mark.parametrize(
    "replies",
    [
        ("554 go away",),
        (GREETING, EHLO, "550 not you"),
        (GREETING, EHLO, MAIL, "550 nobody"),
        (GREETING, EHLO, MAIL, RCPT, "554 no"),
        (GREETING, EHLO, MAIL, RCPT, DATA, "552 too large"),
    ],
)
async def test_a_no_for_good_is_a_refusal(replies: tuple[str | None, ...]) -> None:
    async with saying(*replies) as server:
        answer = await server.deliver(mail())

    assert isinstance(answer, Refused)
    assert answer.code in {"550", "552", "554"}


async def test_a_server_that_says_nothing_more_has_a_deadline() -> None:
    async with saying(GREETING, EHLO, MAIL, RCPT, DATA, "", seconds=0.2) as server:
        with pytest.raises(NoAnswer):
            await server.deliver(mail())
    async with saying(GREETING, "", seconds=0.2) as server:
        with pytest.raises(NotDone):
            await server.deliver(mail())


async def test_a_server_that_does_not_say_goodbye_took_it_all_the_same() -> None:
    async with saying(GREETING, EHLO, MAIL, RCPT, DATA, CONTENT, None) as server:
        assert await server.deliver(mail()) == Taken()
