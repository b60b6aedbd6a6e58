from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st
from notifications_given import AT, NOTICE

from notifications.mail import Addressee, Mail, compose
from notifications.writing import Written, one_line

WRITTEN = Written("Your application LEC-2026-000123-8 is with Independence 30", "Hello,\n\nIt’s there.\n")
JORDAN = Addressee("Jordan Avery", "jordan@example.org")
HEADERS = [
    "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "Lectern-Notice", "Content-Type",
    "Content-Transfer-Encoding", "MIME-Version",
]  # fmt: skip


def composed(*to: Addressee, written: Written = WRITTEN) -> Mail:
    return compose(NOTICE, "submitted", written, to or (JORDAN,), sender="no-reply@lectern.example", at=AT)


def parsed(mail: Mail) -> EmailMessage:
    return message_from_bytes(mail.source, EmailMessage, policy=policy.default)


def test_has_what_a_mail_needs_and_nothing_else() -> None:
    message = parsed(composed())

    assert message.keys() == HEADERS
    assert message["To"] == "Jordan Avery <jordan@example.org>"
    assert message["Message-ID"] == f"<{NOTICE}@lectern.example>"
    assert message["Date"] == "Tue, 08 Dec 2026 15:32:00 +0000"
    assert message.get_content().replace("\r\n", "\n") == WRITTEN.text


def test_colleagues_are_told_together() -> None:
    mail = composed(JORDAN, Addressee('Lee, Sam; "SL" <x@y>', "sam@example.org"))

    assert [each.addr_spec for each in parsed(mail)["To"].addresses] == ["jordan@example.org", "sam@example.org"]
    assert mail.recipients == ("jordan@example.org", "sam@example.org")


def test_every_attempt_is_the_same_mail() -> None:
    assert composed() == composed()


@pytest.mark.parametrize(
    "email",
    [
        "", "jordan", "@example.org", "jordan@", "jordan@example.org\r\nBcc: eve@example.org", "a@b@c", "a b@c.org",
        "a@b..c", "a@-b.c", "<a@b.c>", "a@b.c>", "jörg@example.org", "a@exämple.org", '"a b"@c.org', "a,b@c.org",
        ".a@b.c", "a..b@c.d", "a@b.c\n", "a@[127.0.0.1]", "x" * 251 + "@b.c",
    ],
)  # fmt: skip
def test_an_address_that_is_none_is_not_used(email: str) -> None:
    assert not Addressee("Jordan", email).usable
    with pytest.raises(ValueError, match="address"):
        composed(Addressee("Jordan", email))


@pytest.mark.parametrize("email", ["a@b", "jordan.avery+lectern@mail.example.org", "o'brien@k12.mo.us", "x@1.2"])
def test_an_ordinary_address_is_used(email: str) -> None:
    assert composed(Addressee("Jordan", email)).recipients == (email,)


hostile = st.text() | st.sampled_from(
    [
        "\r\nBcc: eve@example.org",
        "a\nSubject: x",
        "x\r\n\r\nbody",
        "=?utf-8?q?=0D=0ABcc:_eve?=",
        "=\r?utf-8?b?DQpCY2M6IGV2ZQ==?=",
        "=??Q?=0D",
        "a\x0bb\x1cc\x85d\u2028e",
    ]
)


@given(name=hostile, subject=hostile, text=hostile)
def test_nothing_that_was_typed_adds_a_header_a_part_or_an_addressee(name: str, subject: str, text: str) -> None:
    mail = composed(Addressee(name, "jordan@example.org"), written=Written(one_line(subject), text))

    message = parsed(mail)
    assert message.keys() == HEADERS
    assert not message.is_multipart()
    assert [each.addr_spec for each in message["To"].addresses] == ["jordan@example.org"]
    assert mail.recipients == ("jordan@example.org",)
    assert mail.source.isascii()
