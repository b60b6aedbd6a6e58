"""What the port promises, held to it on the real sandbox."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from applications_office import PAY, SECRET, sandbox_app

from applications.provider import NeverHeard, Refunded, Refusal, Standing, Status, Wanted
from applications.provider_http import HttpProvider, client_for
from lectern.contracts.values import PaymentMethod
from lectern.runtime.service import NoAnswer, NotDone
from lectern_local.payments_store import Payments


def now() -> datetime:
    return datetime.now(UTC)


def wanted(key: str = "", amount: int = 2500) -> Wanted:
    return Wanted(
        key=key or str(uuid4()),
        amount=amount,
        method=PaymentMethod.ECHECK,
        description="Upgrade application LEC-2026-000412-6",
        return_url="http://127.0.0.1:1/back",
        webhook_url="http://127.0.0.1:1/payments/webhook",
    )


@pytest.fixture
async def http(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    payments = Payments(tmp_path)
    transport = httpx.ASGITransport(sandbox_app(payments))
    async with httpx.AsyncClient(base_url=PAY, transport=transport) as client:
        yield client
    payments.close()


@pytest.fixture
def provider(http: httpx.AsyncClient) -> HttpProvider:
    return HttpProvider(http, SECRET, now)


async def test_a_payment_page_is_opened(provider: HttpProvider) -> None:
    found = await provider.create(wanted())

    assert isinstance(found, Standing)
    assert (found.status, found.amount) == (Status.PENDING, 2500)
    assert found.pay_url.startswith(f"{PAY}/pay/")


async def test_asking_again_opens_the_same_page(provider: HttpProvider) -> None:
    once = wanted()

    assert await provider.create(once) == await provider.create(once)


async def test_a_key_for_something_else_is_refused(provider: HttpProvider) -> None:
    once = wanted()
    await provider.create(once)

    assert isinstance(await provider.create(wanted(once.key, amount=1)), Refusal)


async def test_a_payment_nobody_opened_was_never_heard_of(provider: HttpProvider) -> None:
    assert await provider.outcome(str(uuid4())) == NeverHeard()


@pytest.mark.parametrize(
    ("outcome", "status"),
    [("approve", Status.APPROVED), ("decline", Status.DECLINED), ("cancel", Status.CANCELLED)],
)
async def test_it_says_how_a_payment_ended(
    provider: HttpProvider, http: httpx.AsyncClient, outcome: str, status: Status
) -> None:
    once = wanted()
    page = await provider.create(once)
    assert isinstance(page, Standing)
    await http.post(page.pay_url, data={"outcome": outcome, "delay": "0", "webhook": "never"})

    found = await provider.outcome(once.key)

    assert isinstance(found, Standing)
    assert found.status is status


async def test_a_delayed_outcome_is_not_one_yet(provider: HttpProvider, http: httpx.AsyncClient) -> None:
    once = wanted()
    page = await provider.create(once)
    assert isinstance(page, Standing)
    await http.post(page.pay_url, data={"outcome": "approve", "delay": "600", "webhook": "once"})

    found = await provider.outcome(once.key)

    assert isinstance(found, Standing)
    assert found.status is Status.PROCESSING


async def test_what_was_paid_is_given_back_once(provider: HttpProvider, http: httpx.AsyncClient) -> None:
    once = wanted()
    page = await provider.create(once)
    assert isinstance(page, Standing)
    await http.post(page.pay_url, data={"outcome": "approve", "delay": "0", "webhook": "never"})

    given_back = [await provider.refund(once.key) for _ in range(2)]

    assert given_back == [Refunded(), Refunded()]
    found = await provider.outcome(once.key)
    assert isinstance(found, Standing)
    assert found.status is Status.APPROVED  # how the payment ended stays what it was


async def test_what_was_not_paid_is_not_given_back(provider: HttpProvider) -> None:
    once = wanted()
    await provider.create(once)

    assert isinstance(await provider.refund(once.key), Refusal)
    assert isinstance(await provider.refund(str(uuid4())), Refusal)


async def test_where_nobody_listens_surely_nothing_happened() -> None:
    async with client_for("http://127.0.0.1:1") as nobody:
        with pytest.raises(NotDone):
            await HttpProvider(nobody, SECRET, now).create(wanted())


@pytest.mark.parametrize("status", [401, 500, 302])
async def test_any_other_answer_says_nothing(status: int) -> None:
    transport = httpx.MockTransport(lambda _: httpx.Response(status, text="?"))
    async with httpx.AsyncClient(base_url=PAY, transport=transport) as broken:
        with pytest.raises(NoAnswer):
            await HttpProvider(broken, SECRET, now).outcome("key")


async def test_no_answer_in_time_says_nothing() -> None:
    def slow(_: httpx.Request) -> httpx.Response:
        raise httpx.ReadTimeout("no answer")

    async with httpx.AsyncClient(base_url=PAY, transport=httpx.MockTransport(slow)) as silent:
        with pytest.raises(NoAnswer):
            await HttpProvider(silent, SECRET, now).create(wanted())
