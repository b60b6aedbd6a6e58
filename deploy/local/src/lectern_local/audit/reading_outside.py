"""Reading what stands outside: every delivery in the mailbox, every payment at the sandbox."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from sqlite3 import Connection
from typing import Any

import httpx

from lectern_local.audit.scratch import put
from lectern_local.payments_signing import HEADER, signature


async def read_mailbox(db: Connection, client: httpx.AsyncClient, mailbox: str) -> None:
    after = 0
    while True:
        answer = await client.get(f"{mailbox}/api/mails", params={"after": after, "limit": 1000})
        mails = answer.raise_for_status().json()["mails"]
        if not mails:
            return
        put(db, "mail", [(each["number"], each["message_id"], each["notice"]) for each in mails])
        after = mails[-1]["number"]


async def read_sandbox(db: Connection, client: httpx.AsyncClient, payments: str, secret: bytes) -> None:
    async for page in payment_pages(client, payments, secret):
        put(db, "payment", [_payment(each) for each in page])


async def payment_pages(client: httpx.AsyncClient, payments: str, secret: bytes) -> AsyncIterator[list[dict[str, Any]]]:
    """The sandbox's own list, oldest first."""
    after: str | None = None
    while True:
        query = "limit=200" + (f"&after={after}" if after else "")
        header = signature(secret, b"GET /v1/payments", datetime.now(UTC))
        answer = await client.get(f"{payments}/v1/payments?{query}", headers={HEADER: header})
        listed = answer.raise_for_status().json()
        yield listed["payments"]
        after = listed["next"]
        if after is None:
            return


def _payment(each: dict[str, Any]) -> tuple[Any, ...]:
    delivered = sum(1 for webhook in each["webhooks"] if webhook["delivered"])
    return (each["id"], each["key"], each["status"], each["amount_cents"], delivered, each["refunded_at"])
