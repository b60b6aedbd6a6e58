"""The mailbox: every mail that was handed over, repeats included, on the disk before anybody is told so."""

import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from pathlib import Path

from lectern_local.outside_store import Store

_SCHEMA = """
CREATE TABLE IF NOT EXISTS mails (
    number integer PRIMARY KEY AUTOINCREMENT,
    message_id text NOT NULL,
    received_at text NOT NULL,
    sender text NOT NULL,
    recipients text NOT NULL,
    subject text NOT NULL,
    notice text NOT NULL,
    source blob NOT NULL
);
CREATE INDEX IF NOT EXISTS mails_by_message_id ON mails (message_id, number);
"""
_ENTRY = """
SELECT number, message_id, received_at, sender, recipients, subject, notice,
       (SELECT count(*) FROM mails AS same WHERE same.message_id = mails.message_id) AS copies
FROM mails
"""


@dataclass(frozen=True)
class Entry:
    """One delivery. `copies` counts the deliveries under its Message-ID, this one included."""

    number: int
    message_id: str
    received_at: datetime
    sender: str
    recipients: tuple[str, ...]
    subject: str
    notice: str
    copies: int


@dataclass(frozen=True)
class Mail:
    entry: Entry
    headers: tuple[tuple[str, str], ...]
    text: str
    source: bytes


class Mailbox:
    """Mails in the order in which they came, numbered from 1."""

    def __init__(self, folder: Path) -> None:
        self._store = Store(folder / "mailbox.sqlite", _SCHEMA)

    async def keep(self, source: bytes, sender: str, recipients: Sequence[str], at: datetime) -> int:
        """Returns the mail's number once it is on the disk."""
        message = _parsed(source)
        row = (
            key_of(_header(message, "Message-ID")),
            at.isoformat(),
            sender,
            "\n".join(recipients),
            _header(message, "Subject"),
            _header(message, "Lectern-Notice"),
            source,
        )
        return await self._store.do(lambda database: _insert(database, row))

    async def copies(self, message_id: str) -> list[Entry]:
        """Every delivery under this Message-ID, oldest first."""
        return await self._entries(_ENTRY + "WHERE message_id = ? ORDER BY number", key_of(message_id))

    async def after(self, number: int, limit: int) -> list[Entry]:
        """Oldest first."""
        return await self._entries(_ENTRY + "WHERE number > ? ORDER BY number LIMIT ?", number, limit)

    async def latest(self, words: str, before: int | None, limit: int) -> list[Entry]:
        """Newest first; `words` are looked for in recipients, subject and notice."""
        like = "%" + words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        return await self._entries(
            _ENTRY + "WHERE (recipients || char(10) || subject || char(10) || notice) LIKE ? ESCAPE '\\'"
            " AND number < ? ORDER BY number DESC LIMIT ?",
            like,
            before or 2**62,
            limit,
        )

    async def count(self) -> tuple[int, int]:
        """(deliveries, Message-IDs delivered more than once)."""
        return await self._store.do(_count)

    async def mail(self, number: int) -> Mail | None:
        rows = await self._entries(_ENTRY + "WHERE number = ?", number)
        if not rows:
            return None
        source = await self._store.do(lambda database: _source(database, number))
        message = _parsed(source)
        return Mail(rows[0], tuple((name, _words(value)) for name, value in message.items()), _text(message), source)

    async def _entries(self, sql: str, *values: object) -> list[Entry]:
        return await self._store.do(lambda database: [_entry(row) for row in database.execute(sql, values)])

    def close(self) -> None:
        self._store.close()


def key_of(message_id: str) -> str:
    """What stands between the angle brackets, if there are any."""
    return message_id.strip().removeprefix("<").removesuffix(">")


def _parsed(source: bytes) -> Message:
    """Headers stay as they came: the newer policies raise on some malformed ones."""
    return message_from_bytes(source, policy=policy.compat32)


def _header(message: Message, name: str) -> str:
    """A header as one line of text."""
    return _words(message.get(name, ""))


def _words(value: object) -> str:
    text = str(value)
    with suppress(ValueError, LookupError, HeaderParseError):  # such a one is shown as it came
        text = str(make_header(decode_header(text)))
    return " ".join(text.split())


def _text(message: Message) -> str:
    part = next((each for each in message.walk() if each.get_content_maintype() == "text"), None)
    content = part.get_payload(decode=True) if part is not None else None
    if part is None or not isinstance(content, bytes):
        return ""
    try:
        text = content.decode(part.get_content_charset("utf-8"), "replace")
    except LookupError:
        text = content.decode("utf-8", "replace")
    return text.replace("\r\n", "\n")


def _insert(database: sqlite3.Connection, row: tuple[object, ...]) -> int:
    cursor = database.execute(
        "INSERT INTO mails (message_id, received_at, sender, recipients, subject, notice, source)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        row,
    )
    return int(cursor.lastrowid or 0)


def _source(database: sqlite3.Connection, number: int) -> bytes:
    return bytes(database.execute("SELECT source FROM mails WHERE number = ?", (number,)).fetchone()[0])


def _count(database: sqlite3.Connection) -> tuple[int, int]:
    all_of_them = database.execute("SELECT count(*) FROM mails").fetchone()[0]
    twice = database.execute(
        "SELECT count(*) FROM (SELECT 1 FROM mails WHERE message_id <> '' GROUP BY message_id HAVING count(*) > 1)"
    ).fetchone()[0]
    return int(all_of_them), int(twice)


def _entry(row: sqlite3.Row) -> Entry:
    return Entry(
        number=row["number"],
        message_id=row["message_id"],
        received_at=datetime.fromisoformat(row["received_at"]),
        sender=row["sender"],
        recipients=tuple(row["recipients"].split("\n")),
        subject=row["subject"],
        notice=row["notice"],
        copies=row["copies"],
    )
