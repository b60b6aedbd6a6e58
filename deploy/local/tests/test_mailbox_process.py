"""The process with mailbox and sandbox as it is run: over HTTP and SMTP, stopped politely and killed."""

import asyncio
import base64
import json
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import aiosmtplib
import httpx
import pytest

from lectern_local.payments_signing import HEADER, signature

SECRET = b"k" * 32


@dataclass
class Outside:
    """One installation's outside; `running` starts it on the same ports and folders each time."""

    folder: Path
    payments: str
    mailbox: str
    smtp: int

    @asynccontextmanager
    async def running(self) -> AsyncIterator[asyncio.subprocess.Process]:
        settings = {
            "MAIL": str(self.folder / "mail"),
            "PAYMENT_DATA": str(self.folder / "payments"),
            "SMTP": f"127.0.0.1:{self.smtp}",
            "URLS": json.dumps({"payments": self.payments, "mailbox": self.mailbox}),
            "PAYMENT_SECRET": base64.b64encode(SECRET).decode(),
        }
        environment = os.environ | {f"LECTERN_{name}": value for name, value in settings.items()}
        process = await asyncio.create_subprocess_exec(sys.executable, "-m", "lectern_local.outside", env=environment)
        try:
            await self._until_ready()
            yield process
        finally:
            if process.returncode is None:
                process.kill()
            await process.wait()

    async def _until_ready(self) -> None:
        async with asyncio.timeout(20), httpx.AsyncClient(trust_env=False) as client:
            for base in (self.payments, self.mailbox):
                while not await _healthy(client, base):
                    await asyncio.sleep(0.05)

    async def send(self, message_id: str, text: str = "Hello.\n") -> None:
        mail = EmailMessage()
        mail["To"], mail["Subject"], mail["Message-ID"] = "jordan@example.org", "Submitted", f"<{message_id}>"
        mail.set_content(text)
        await aiosmtplib.send(mail, sender="a@example.org", hostname="127.0.0.1", port=self.smtp, timeout=5)

    async def mails(self) -> list[str]:
        """Every Message-ID that was delivered, repeats included."""
        found: list[str] = []
        after: int | None = 0
        async with httpx.AsyncClient(trust_env=False, base_url=self.mailbox) as client:
            while after is not None:
                page = (await client.get("/api/mails", params={"after": after, "limit": 7})).json()
                found += [mail["message_id"] for mail in page["mails"]]
                after = page["next"]
        return found


async def _healthy(client: httpx.AsyncClient, base: str) -> bool:
    try:
        return (await client.get(f"{base}/healthz")).is_success
    except httpx.TransportError:
        return False


def free_port() -> int:
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        return int(place.getsockname()[1])


@pytest.fixture
def outside(tmp_path: Path) -> Outside:
    ports = [free_port() for _ in range(3)]
    return Outside(tmp_path, f"http://127.0.0.1:{ports[0]}", f"http://127.0.0.1:{ports[1]}", ports[2])


async def test_killed_in_the_middle_it_keeps_every_mail_it_acknowledged(outside: Outside) -> None:
    acknowledged: set[str] = set()

    async def deliver(sender: int) -> None:
        for n in range(200):
            await outside.send(f"{sender}-{n}@lectern", "x\n" * 500)
            acknowledged.add(f"{sender}-{n}@lectern")

    for _ in range(3):
        async with outside.running() as process:
            seen, senders = len(acknowledged), [asyncio.create_task(deliver(n)) for n in range(8)]
            while len(acknowledged) < seen + 40:
                await asyncio.sleep(0.005)
            process.kill()
            results = await asyncio.gather(*senders, return_exceptions=True)
            assert all(isinstance(each, aiosmtplib.SMTPException | OSError) for each in results)
        async with outside.running():
            kept = set(await outside.mails())

        assert acknowledged <= kept


async def test_says_what_became_of_a_mail_whose_reply_was_lost(outside: Outside) -> None:
    async with outside.running(), httpx.AsyncClient(trust_env=False, base_url=outside.mailbox) as client:
        await client.put("/api/faults", json={"drop_next": 1})
        with pytest.raises(aiosmtplib.SMTPException):
            await outside.send("1@lectern")

        outcome = (await client.get("/api/outcome", params={"message_id": "<1@lectern>"})).json()
        never = (await client.get("/api/outcome", params={"message_id": "2@lectern"})).json()

        assert (outcome["copies"], never["copies"]) == (1, 0)
        assert (await client.get("/api/faults")).json() == {"drop_next": 0, "drop_every": 0, "dropped": 1}
        assert (await client.put("/api/faults", json={"drop_next": -1})).status_code == 422


async def test_shows_every_mail_and_escapes_what_it_says(outside: Outside) -> None:
    async with outside.running(), httpx.AsyncClient(trust_env=False, base_url=outside.mailbox) as client:
        for _ in range(2):
            await outside.send("1@lectern", "<script>alert(1)</script>\n\nSee https://a.example/b?c=1&d=2.\n")

        listed = await client.get("/")
        found, lost = await client.get("/", params={"q": "jordan"}), await client.get("/", params={"q": "x_y%"})
        shown, source = await client.get("/mails/2"), await client.get("/mails/2/source")

        assert "2 emails were delivered here" in listed.text
        assert "1 email was delivered more than once" in listed.text
        assert "Delivered 2 times" in found.text
        assert "No email matches" in lost.text
        assert "<script>alert" not in shown.text
        assert '<a href="https://a.example/b?c=1&amp;d=2">' in shown.text
        assert "<script>alert(1)</script>" in source.text
        assert source.headers["content-type"] == "text/plain; charset=utf-8"
        assert {(await client.get(f"/mails/{n}")).status_code for n in ("3", "0", "-1", str(2**70), "x")} == {404}


async def test_pays_on_the_page_and_tells_the_customer(outside: Outside) -> None:
    wanted = {
        "key": "application:1", "amount_cents": 2500, "currency": "USD", "method": "card",
        "description": "Upgrade application LEC-2026-000123-7", "return_url": "http://127.0.0.1:9/back",
        "webhook_url": "http://127.0.0.1:9/payments/webhook",
    }  # fmt: skip
    async with outside.running() as process, httpx.AsyncClient(trust_env=False, base_url=outside.payments) as client:
        made = [await post(client, wanted) for _ in range(2)]
        reused = await post(client, wanted | {"amount_cents": 1})
        unsigned = await client.post("/v1/payments", json=wanted, headers={"Idempotency-Key": "application:1"})
        payment = made[0].json()
        page = await client.get(payment["pay_url"])
        paid = await client.post(payment["pay_url"], data={"outcome": "approve", "key": "of the form"})
        again = await client.post(payment["pay_url"], data={"outcome": "decline"})

        assert [answer.status_code for answer in (*made, reused, unsigned)] == [201, 200, 409, 401]
        assert reused.json() == {"error": "key-reused"}
        assert "No money moves" in page.text
        assert "Pay $25.00" in page.text
        assert {(paid.status_code, paid.headers["location"]), (again.status_code, again.headers["location"])} == {
            (303, "http://127.0.0.1:9/back")
        }
        assert "This payment is approved" in (await client.get(payment["pay_url"])).text
        assert (await client.get("/pay/pay_nothing")).status_code == 404
        process.kill()
        await process.wait()
    async with outside.running(), httpx.AsyncClient(trust_env=False, base_url=outside.payments) as client:
        found = (await get(client, "/v1/payments/application:1")).json()
        listed = (await get(client, "/v1/payments", after="", limit=5)).json()

        assert found["status"] == "approved"
        assert listed["payments"][0]["webhooks"][0]["delivered"] is False
        assert listed["next"] is None
        assert (await get(client, "/v1/payments/application:2")).status_code == 404
        assert (await client.get("/v1/payments/application:1")).status_code == 401
        assert (await get(client, "/v1/payments", limit=0)).status_code == 422


async def test_stops_when_it_is_asked_to(outside: Outside) -> None:
    async with outside.running() as process:
        process.send_signal(signal.SIGTERM)

        assert await asyncio.wait_for(process.wait(), 10) == 0


async def test_says_in_a_sentence_what_it_misses(outside: Outside) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "lectern_local.outside", env={"PATH": os.environ["PATH"]}, stderr=asyncio.subprocess.PIPE
    )
    _, said = await process.communicate()

    assert process.returncode == 1
    assert b"LECTERN_MAIL is not set." in said
    assert b"Traceback" not in said


async def post(client: httpx.AsyncClient, wanted: dict[str, object]) -> httpx.Response:
    body = json.dumps(wanted).encode()
    headers = {HEADER: signature(SECRET, body, datetime.now(UTC)), "Idempotency-Key": str(wanted["key"])}
    return await client.post("/v1/payments", content=body, headers=headers)


async def get(client: httpx.AsyncClient, path: str, **query: object) -> httpx.Response:
    headers = {HEADER: signature(SECRET, f"GET {path}".encode(), datetime.now(UTC))}
    return await client.get(path, headers=headers, params={name: str(value) for name, value in query.items()})
