"""A notice as an Internet message. Nothing a person typed can add a header, an addressee or a part to it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from lectern.contracts.values import NoticeId
from notifications.writing import Written, one_line

SENDER_NAME = "Educator Certification System"
_LOCAL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"{_LOCAL}@{_LABEL}(?:\.{_LABEL})*")
_POLICY = SMTP.clone(cte_type="7bit")


@dataclass(frozen=True)
class Addressee:
    name: str
    email: str

    @property
    def usable(self) -> bool:
        """Whether a mail server would understand the address; quoted and non-ASCII ones are not supported."""
        return len(self.email) <= 254 and _ADDRESS.fullmatch(self.email) is not None


@dataclass(frozen=True)
class Mail:
    """Ready to be handed over."""

    sender: str
    recipients: tuple[str, ...]
    source: bytes


def compose(
    notice_id: NoticeId, notice: str, written: Written, to: Sequence[Addressee], *, sender: str, at: datetime
) -> Mail:
    """Raises ValueError for an addressee that is not usable. The Message-ID is the notice's, on every attempt."""
    if not all(each.usable for each in to):
        raise ValueError("an address is not usable")
    message = EmailMessage(_POLICY)
    message["From"] = Address(SENDER_NAME, addr_spec=sender)
    message["To"] = [Address(one_line(each.name), addr_spec=each.email) for each in to]
    message["Subject"] = written.subject
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<{message_id(notice_id, sender)}>"
    message["Auto-Submitted"] = "auto-generated"
    message["Lectern-Notice"] = notice
    message.set_content(written.text, cte="7bit" if written.text.isascii() else "quoted-printable")
    return Mail(sender, tuple(each.email for each in to), message.as_bytes())


def message_id(notice_id: NoticeId, sender: str) -> str:
    return f"{notice_id}@{sender.rpartition('@')[2]}"
