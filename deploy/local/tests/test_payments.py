"""The sandbox's payments and webhooks, with a customer's real HTTP server at the other end."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from lectern_local.payments import TRIES, Choice, Decision, Status, Telling, Wanted, wait_after
from lectern_local.payments_signing import HEADER, signature, signed
from lectern_local.payments_store import KeyReused, Payments
from lectern_local.payments_webhooks import Webhooks

SECRET = b"s" * 32
NOW = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)


@dataclass
class Customer:
    """A server that answers each webhook with the next of `answers`, then always with 200. None: no answer at all."""

    answers: list[int | None] = field(default_factory=list)
    got: list[tuple[str, bytes]] = field(default_factory=list)
    url: str = ""

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower().split("\r\n")
        headers = dict(line.split(": ", 1) for line in head[1:] if ": " in line)
        body = await reader.readexactly(int(headers["content-length"]))
        self.got.append((headers[HEADER.lower()], body))
        status = self.answers.pop(0) if self.answers else 200
        if status is not None:
            writer.write(f"HTTP/1.1 {status} Said\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode())
        writer.close()


@dataclass
class Sandbox:
    payments: Payments
    webhooks: Webhooks
    customer: Customer
    clock: list[datetime]

    def wanted(self, key: str = "application:1", amount_cents: int = 2500) -> Wanted:
        return Wanted(
            key=key, amount_cents=amount_cents, currency="USD", method="card", description="Upgrade application",
            return_url="http://127.0.0.1:1/back", webhook_url=self.customer.url,
        )  # fmt: skip

    async def paid(self, decision: Decision, key: str = "application:1") -> str:
        payment, _ = await self.payments.create(self.wanted(key))
        await self.payments.decide(payment.id, decision, self.clock[0])
        return payment.id

    async def send(self, times: int = 1, seconds_apart: float = 0) -> None:
        for _ in range(times):
            await self.webhooks.send_due()
            self.clock[0] += timedelta(seconds=seconds_apart)

    async def webhooks_of_all(self) -> list[list[dict[str, object]]]:
        return [webhooks for _, webhooks in await self.payments.after(None, 10)]


@pytest.fixture
async def sandbox(tmp_path: Path) -> AsyncIterator[Sandbox]:
    customer = Customer()
    server = await asyncio.start_server(customer.answer, "127.0.0.1", 0)
    customer.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/payments/webhook"
    payments, clock = Payments(tmp_path), [NOW]
    async with httpx.AsyncClient(trust_env=False) as client:
        yield Sandbox(payments, Webhooks(payments, SECRET, client, lambda: clock[0]), customer, clock)
    server.close()
    payments.close()


async def test_a_key_makes_one_payment(sandbox: Sandbox) -> None:
    first, new = await sandbox.payments.create(sandbox.wanted())
    again, new_again = await sandbox.payments.create(sandbox.wanted())

    assert (new, new_again) == (True, False)
    assert again == first
    with pytest.raises(KeyReused):
        await sandbox.payments.create(sandbox.wanted(amount_cents=1))


async def test_fifty_at_once_under_one_key_make_one_payment(sandbox: Sandbox) -> None:
    made = await asyncio.gather(*(sandbox.payments.create(sandbox.wanted()) for _ in range(50)))

    assert sum(new for _, new in made) == 1
    assert len({payment.id for payment, _ in made}) == 1


@pytest.mark.parametrize(
    ("choice", "status"),
    [(Choice.APPROVE, Status.APPROVED), (Choice.DECLINE, Status.DECLINED), (Choice.CANCEL, Status.CANCELLED)],
)
async def test_the_outcome_is_told(sandbox: Sandbox, choice: Choice, status: Status) -> None:
    await sandbox.paid(Decision(outcome=choice))

    await sandbox.send()

    [(header, body)] = sandbox.customer.got
    assert signed(header, SECRET, body, NOW)
    assert json.loads(body) | {"event_id": "", "payment_id": ""} == {
        "event_id": "", "type": f"payment.{status}", "key": "application:1", "payment_id": "", "amount_cents": 2500,
        "currency": "USD", "method": "card", "occurred_at": NOW.isoformat(),
    }  # fmt: skip


async def test_the_first_answer_of_the_payer_counts(sandbox: Sandbox) -> None:
    id_ = await sandbox.paid(Decision(outcome=Choice.DECLINE))

    again = await sandbox.payments.decide(id_, Decision(outcome=Choice.APPROVE), NOW)

    assert again is not None
    assert again.status is Status.DECLINED


async def test_a_delayed_payment_is_in_process_until_then(sandbox: Sandbox) -> None:
    await sandbox.paid(Decision(outcome=Choice.APPROVE, delay=60))

    await sandbox.send(times=2, seconds_apart=59)
    before = await sandbox.payments.by_key("application:1")
    await sandbox.send()
    after = await sandbox.payments.by_key("application:1")

    assert before is not None
    assert after is not None
    assert (before.status, after.status) == (Status.PROCESSING, Status.APPROVED)
    assert after.decided_at == NOW + timedelta(seconds=118)
    assert len(sandbox.customer.got) == 1


async def test_a_lost_webhook_is_never_sent_and_the_query_tells(sandbox: Sandbox) -> None:
    await sandbox.paid(Decision(outcome=Choice.APPROVE, webhook=Telling.NEVER))

    await sandbox.send(times=5, seconds_apart=30)

    found = await sandbox.payments.by_key("application:1")
    assert found is not None
    assert found.status is Status.APPROVED
    assert sandbox.customer.got == []


async def test_a_duplicate_webhook_is_sent_twice_after_it_was_taken(sandbox: Sandbox) -> None:
    sandbox.customer.answers = [503]
    await sandbox.paid(Decision(outcome=Choice.APPROVE, webhook=Telling.TWICE))

    await sandbox.send(times=6, seconds_apart=5)

    assert len({body for _, body in sandbox.customer.got}) == 1
    assert len(sandbox.customer.got) == 3


async def test_a_webhook_is_sent_until_it_is_taken(sandbox: Sandbox) -> None:
    sandbox.customer.answers = [503, None, 409]
    await sandbox.paid(Decision(outcome=Choice.APPROVE))

    await sandbox.send(times=10, seconds_apart=1)

    [[webhook]] = await sandbox.webhooks_of_all()
    assert (webhook["attempts"], webhook["delivered"]) == (4, True)
    assert len({header for header, _ in sandbox.customer.got}) == 4
    assert len({body for _, body in sandbox.customer.got}) == 1


async def test_a_webhook_nobody_takes_ends_after_twenty_tries(sandbox: Sandbox) -> None:
    sandbox.customer.answers = [500] * 40
    await sandbox.paid(Decision(outcome=Choice.APPROVE))

    await sandbox.send(times=40, seconds_apart=30)

    [[webhook]] = await sandbox.webhooks_of_all()
    assert (webhook["attempts"], webhook["delivered"]) == (TRIES, False)


def test_waits_longer_after_each_try() -> None:
    waits = [wait_after(attempts) for attempts in range(1, TRIES + 1)]

    assert [wait.total_seconds() for wait in waits[:7] if wait] == [1, 2, 4, 8, 16, 30, 30]
    assert waits[-1] is None


async def test_what_was_decided_is_told_after_a_restart(sandbox: Sandbox, tmp_path: Path) -> None:
    await sandbox.paid(Decision(outcome=Choice.APPROVE, delay=30))
    reopened = Payments(tmp_path)
    later = NOW + timedelta(minutes=5)

    async with httpx.AsyncClient(trust_env=False) as client:
        await Webhooks(reopened, SECRET, client, lambda: later).send_due()

    assert len(sandbox.customer.got) == 1
    reopened.close()


async def test_lists_all_payments_in_order(sandbox: Sandbox) -> None:
    for n in range(5):
        await sandbox.payments.create(sandbox.wanted(f"application:{n}"))

    first = await sandbox.payments.after(None, 3)
    rest = await sandbox.payments.after(first[-1][0].id, 3)

    assert [payment.wanted.key for payment, _ in first + rest] == [f"application:{n}" for n in range(5)]


@pytest.mark.parametrize(
    "wrong",
    [
        {"key": "has space"}, {"key": "x" * 101}, {"amount_cents": 0}, {"amount_cents": "2500"}, {"amount_cents": 25.0},
        {"currency": "EUR"}, {"method": "cash"}, {"return_url": "javascript:alert(1)"}, {"webhook_url": "file:///etc"},
        {"webhook_url": "http://user:secret@host/"}, {"description": ""}, {"more": 1},
    ],
)  # fmt: skip
def test_refuses_what_is_no_payment(wrong: dict[str, object]) -> None:
    right = {
        "key": "a", "amount_cents": 1, "currency": "USD", "method": "card", "description": "d",
        "return_url": "https://a.example/b", "webhook_url": "https://a.example/c",
    }  # fmt: skip

    with pytest.raises(ValueError, match="Wanted"):
        Wanted.model_validate_json(json.dumps(right | wrong))


def test_a_signature_is_good_for_its_content_secret_and_five_minutes() -> None:
    header = signature(SECRET, b"{}", NOW)

    assert signed(header, SECRET, b"{}", NOW + timedelta(seconds=300))
    assert not signed(header, SECRET, b"{ }", NOW)
    assert not signed(header, b"t" * 32, b"{}", NOW)
    assert not signed(header, SECRET, b"{}", NOW + timedelta(seconds=302))
    assert not signed(header, SECRET, b"{}", NOW - timedelta(seconds=302))
    assert not any(signed(each, SECRET, b"{}", NOW) for each in (None, "", "t=,v1=", f"{header},v1=00", f" {header}"))
