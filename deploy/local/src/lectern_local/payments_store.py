"""The sandbox's payments, events and attempts, on the disk before anything is answered or sent."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from secrets import token_hex

from lectern_local.outside_store import Store
from lectern_local.payments import OUTCOMES, Decision, Payment, Status, Telling, Wanted, wait_after

_SCHEMA = """
CREATE TABLE IF NOT EXISTS payments (
    number integer PRIMARY KEY AUTOINCREMENT,
    id text NOT NULL UNIQUE,
    key text NOT NULL UNIQUE,
    wanted text NOT NULL,
    status text NOT NULL,
    decided_at text,
    outcome text,
    telling text NOT NULL DEFAULT 'once',
    due_at text
);
CREATE TABLE IF NOT EXISTS refunds (
    payment_id text PRIMARY KEY REFERENCES payments (id),
    refunded_at text NOT NULL
);
CREATE INDEX IF NOT EXISTS payments_in_process ON payments (due_at) WHERE due_at IS NOT NULL;
CREATE TABLE IF NOT EXISTS events (
    event_id text PRIMARY KEY,
    payment_id text NOT NULL REFERENCES payments (id),
    body blob NOT NULL,
    tellings integer NOT NULL,
    attempts integer NOT NULL DEFAULT 0,
    failures integer NOT NULL DEFAULT 0,
    delivered integer NOT NULL DEFAULT 0,
    next_at text
);
CREATE INDEX IF NOT EXISTS events_to_send ON events (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX IF NOT EXISTS events_of_payment ON events (payment_id);
"""


_PAYMENTS = "SELECT payments.*, refunded_at FROM payments LEFT JOIN refunds ON refunds.payment_id = payments.id"


class KeyReused(Exception):  # noqa: N818 - an answer
    """The key was used for another payment."""


@dataclass(frozen=True)
class Event:
    """A webhook that is due."""

    event_id: str
    url: str
    body: bytes


class Payments:
    """Instants are UTC; texts of them sort by time."""

    def __init__(self, folder: Path, new_id: Callable[[], str] = lambda: token_hex(12)) -> None:
        self._store = Store(folder / "payments.sqlite", _SCHEMA)
        self._new_id = new_id

    def close(self) -> None:
        self._store.close()

    async def create(self, wanted: Wanted) -> tuple[Payment, bool]:
        """The payment, and whether it is new. Raises KeyReused."""
        return await self._store.do(lambda database: self._create(database, wanted))

    def _create(self, database: sqlite3.Connection, wanted: Wanted) -> tuple[Payment, bool]:
        row = database.execute(f"{_PAYMENTS} WHERE key = ?", (wanted.key,)).fetchone()
        if row is not None:
            known = _payment(row)
            if known.wanted != wanted:
                raise KeyReused(wanted.key)
            return known, False
        payment = Payment(f"pay_{self._new_id()}", wanted, Status.PENDING, None)
        database.execute(
            "INSERT INTO payments (id, key, wanted, status) VALUES (?, ?, ?, ?)",
            (payment.id, wanted.key, wanted.model_dump_json(), payment.status.value),
        )
        return payment, True

    async def by_key(self, key: str) -> Payment | None:
        return await self._store.do(lambda database: _one(database, f"{_PAYMENTS} WHERE key = ?", key))

    async def by_id(self, id_: str) -> Payment | None:
        return await self._store.do(lambda database: _one(database, f"{_PAYMENTS} WHERE id = ?", id_))

    async def decide(self, id_: str, decision: Decision, now: datetime) -> Payment | None:
        """The payer's answer; the first one counts. None: there is no such payment."""
        return await self._store.do(lambda database: self._decide(database, id_, decision, now))

    def _decide(self, database: sqlite3.Connection, id_: str, decision: Decision, now: datetime) -> Payment | None:
        payment = _one(database, f"{_PAYMENTS} WHERE id = ?", id_)
        if payment is None or payment.status is not Status.PENDING:
            return payment
        due = now + timedelta(seconds=decision.delay)
        database.execute(
            "UPDATE payments SET status = ?, outcome = ?, telling = ?, due_at = ? WHERE id = ?",
            (Status.PROCESSING, OUTCOMES[decision.outcome], decision.webhook, _text(due), id_),
        )
        if decision.delay == 0:
            self._finish(database, id_, now)
        return _one(database, f"{_PAYMENTS} WHERE id = ?", id_)

    async def refund(self, key: str, now: datetime) -> Payment | None:
        """Gives back all of an approved payment, once; others stay as they are. None: there is no such payment."""
        return await self._store.do(lambda database: _refunded(database, key, now))

    async def finish_due(self, now: datetime) -> None:
        """Payments whose result is worked out by now become final, each with its event."""
        await self._store.do(lambda database: self._finish_due(database, now))

    def _finish_due(self, database: sqlite3.Connection, now: datetime) -> None:
        due = database.execute("SELECT id FROM payments WHERE due_at <= ? LIMIT 200", (_text(now),)).fetchall()
        for row in due:
            self._finish(database, row["id"], now)

    def _finish(self, database: sqlite3.Connection, id_: str, now: datetime) -> None:
        database.execute(
            "UPDATE payments SET status = outcome, decided_at = ?, due_at = NULL WHERE id = ?", (_text(now), id_)
        )
        row = database.execute(f"{_PAYMENTS} WHERE id = ?", (id_,)).fetchone()
        tellings = {Telling.NEVER: 0, Telling.ONCE: 1, Telling.TWICE: 2}[Telling(row["telling"])]
        event_id = f"evt_{self._new_id()}"
        database.execute(
            "INSERT INTO events (event_id, payment_id, body, tellings, next_at) VALUES (?, ?, ?, ?, ?)",
            (event_id, id_, _payment(row).event(event_id), tellings, _text(now) if tellings else None),
        )

    async def due_events(self, now: datetime, limit: int) -> list[Event]:
        sql = (
            "SELECT event_id, body, wanted FROM events JOIN payments ON payments.id = payment_id"
            " WHERE next_at <= ? ORDER BY next_at LIMIT ?"
        )
        return await self._store.do(
            lambda database: [
                Event(row["event_id"], Wanted.model_validate_json(row["wanted"]).webhook_url, row["body"])
                for row in database.execute(sql, (_text(now), limit))
            ]
        )

    async def record_attempt(self, event_id: str, *, taken: bool, now: datetime) -> None:
        """Moves the event on: told again, tried again later, or done with."""
        await self._store.do(lambda database: _attempted(database, event_id, taken, now))

    async def next_due(self) -> datetime | None:
        """When there is something to do next."""
        sql = (
            "SELECT min(at) FROM (SELECT min(due_at) AS at FROM payments WHERE due_at IS NOT NULL"
            " UNION ALL SELECT min(next_at) FROM events WHERE next_at IS NOT NULL)"
        )
        found = await self._store.do(lambda database: database.execute(sql).fetchone()[0])
        return found and datetime.fromisoformat(found)

    async def after(self, id_: str | None, limit: int) -> list[tuple[Payment, list[dict[str, object]]]]:
        """Oldest first, each with its webhooks."""
        return await self._store.do(lambda database: _listed(database, id_, limit))


def _refunded(database: sqlite3.Connection, key: str, now: datetime) -> Payment | None:
    payment = _one(database, f"{_PAYMENTS} WHERE key = ?", key)
    if payment is not None and payment.status is Status.APPROVED:
        database.execute("INSERT OR IGNORE INTO refunds VALUES (?, ?)", (payment.id, _text(now)))
    return _one(database, f"{_PAYMENTS} WHERE key = ?", key)


def _attempted(database: sqlite3.Connection, event_id: str, taken: bool, now: datetime) -> None:
    row = database.execute("SELECT * FROM events WHERE event_id = ?", (event_id,)).fetchone()
    delivered, failures = row["delivered"] + taken, row["failures"] + (not taken)
    told_again = timedelta(0) if delivered < row["tellings"] else None
    wait = told_again if taken else wait_after(failures)
    next_at = None if wait is None else _text(now + wait)
    database.execute(
        "UPDATE events SET attempts = attempts + 1, delivered = ?, failures = ?, next_at = ? WHERE event_id = ?",
        (delivered, 0 if taken else failures, next_at, event_id),
    )


def _listed(database: sqlite3.Connection, id_: str | None, limit: int) -> list[tuple[Payment, list[dict[str, object]]]]:
    sql = f"{_PAYMENTS} WHERE number > coalesce((SELECT number FROM payments WHERE id = ?), 0) ORDER BY number"
    rows = database.execute(sql + " LIMIT ?", (id_, limit)).fetchall()
    return [(_payment(row), _webhooks(database, row)) for row in rows]


def _webhooks(database: sqlite3.Connection, payment: sqlite3.Row) -> list[dict[str, object]]:
    events = database.execute("SELECT * FROM events WHERE payment_id = ?", (payment["id"],))
    return [
        {
            "event_id": row["event_id"],
            "attempts": row["attempts"],
            "delivered": row["delivered"] > 0,
            "wanted": payment["telling"],
        }
        for row in events
    ]


def _one(database: sqlite3.Connection, sql: str, value: str) -> Payment | None:
    row = database.execute(sql, (value,)).fetchone()
    return None if row is None else _payment(row)


def _payment(row: sqlite3.Row) -> Payment:
    decided = row["decided_at"] and datetime.fromisoformat(row["decided_at"])
    refunded = row["refunded_at"] and datetime.fromisoformat(row["refunded_at"])
    return Payment(row["id"], Wanted.model_validate_json(row["wanted"]), Status(row["status"]), decided, refunded)


def _text(instant: datetime) -> str:
    return instant.isoformat(timespec="microseconds")
