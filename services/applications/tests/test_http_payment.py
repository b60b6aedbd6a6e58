"""What the provider says counts, when it says it late, twice, or not at all; never what the browser says."""

import asyncio
import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest
from applications_office import BASE, PAY, SECRET, Office, Person, Someone, until

from applications.payment_effects import pending_too_long
from applications.provider_signature import HEADER, signature

pytestmark = pytest.mark.postgres


async def paying(office: Office) -> tuple[Someone, Person, str, str]:
    """Somebody at the payment page; with the payment's id."""
    someone = await office.educator()
    person = await someone.browser()
    application = await person.starts(someone)
    await person.answers_all(application)
    submission = await person.submits(application)
    return someone, person, application, str(submission["payment_id"])


async def stage(person: Person, application: str) -> str:
    return str((await person.standing(application))["stage"])


def event(payment: str, **more: Any) -> dict[str, Any]:
    return {
        "event_id": f"evt_{uuid4().hex}",
        "type": "payment.approved",
        "key": payment,
        "payment_id": "pay_1",
        "amount_cents": 2500,
        "currency": "USD",
        "method": "card",
        "occurred_at": "2026-11-24T15:00:00Z",
        **more,
    }


async def told(office: Office, content: Any, *, secret: bytes = SECRET, ago: int = 0) -> httpx.Response:
    """As the provider."""
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    signed = signature(secret, body, office.now() - timedelta(seconds=ago))
    for _ in range(20):
        answer = await office.http.post(
            f"{BASE}/payments/webhook", content=body, headers={HEADER: signed, "Content-Type": "application/json"}
        )
        if answer.status_code != httpx.codes.SERVICE_UNAVAILABLE:
            break
        await asyncio.sleep(0.3)
    return answer


async def test_the_signed_webhook_hands_the_application_in_once(office: Office) -> None:
    someone, person, application, payment = await paying(office)
    said = event(payment)

    answers = [await told(office, said) for _ in range(3)]

    assert [each.status_code for each in answers] == [200, 200, 200]
    assert await stage(person, application) == "submitted"
    assert (await office.types(someone.id)).count("ApplicationSubmitted") == 1


async def test_the_same_outcome_under_another_event_changes_nothing(office: Office) -> None:
    someone, _, _, payment = await paying(office)

    answers = await asyncio.gather(*(told(office, event(payment)) for _ in range(5)))

    assert {each.status_code for each in answers} == {200}
    assert (await office.types(someone.id)).count("PaymentReceived") == 1


@pytest.mark.parametrize(
    ("secret", "ago"), [(b"somebody else's secret of 32 bytes", 0), (SECRET, 301)], ids=["forged", "overheard"]
)
async def test_what_is_not_signed_now_by_the_provider_is_refused(office: Office, secret: bytes, ago: int) -> None:
    _, person, application, payment = await paying(office)

    answer = await told(office, event(payment), secret=secret, ago=ago)

    assert answer.status_code == 401
    assert await stage(person, application) == "paying"


async def test_an_unsigned_webhook_is_refused(office: Office) -> None:
    answer = await office.http.post(f"{BASE}/payments/webhook", json=event(str(uuid4())))

    assert answer.status_code == 401


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"\xff\xfe not json", 422),
        ({"event_id": "evt_1"}, 422),
        (event("not an id"), 422),
        (event(str(uuid4()), currency="EUR"), 422),
        (event(str(uuid4())), 404),
    ],
)
async def test_a_webhook_that_means_nothing_is_answered_and_changes_nothing(
    office: Office, content: Any, status: int
) -> None:
    assert (await told(office, content)).status_code == status


async def test_another_amount_is_a_contradiction(office: Office) -> None:
    _, person, application, payment = await paying(office)

    answer = await told(office, event(payment, amount_cents=1))

    assert answer.status_code == 409
    assert await stage(person, application) == "paying"


async def test_an_event_id_with_another_content_is_a_contradiction(office: Office) -> None:
    _, person, application, payment = await paying(office)
    said = event(payment, type="payment.declined")
    await told(office, said)

    answer = await told(office, {**said, "type": "payment.approved"})

    assert answer.status_code == 409
    assert await stage(person, application) == "open"


async def test_after_a_decline_another_method_can_be_tried(office: Office) -> None:
    someone, person, application, _ = await paying(office)
    await office.pays(person, application, outcome="decline")

    page = await person.get(f"/applications/{application}/payment?returned=1")
    await office.level()
    home = await person.get("/")
    await person.saves(f"/drafts/{application}/payment-method?back=check", {"method": "echeck"})
    reference = (await person.standing(application))["reference"]
    again = await person.submits(application)
    await office.pays(person, application)

    assert "Your payment was declined" in page.text
    assert "Your last payment was declined. No money was taken" in home.text
    assert "No money was taken" in page.text
    assert again["reference"] == reference
    assert await stage(person, application) == "submitted"
    assert (await office.types(someone.id)).count("PaymentRequested") == 2


async def test_cancelled_at_the_provider_the_draft_is_open_again(office: Office) -> None:
    _, person, application, _ = await paying(office)

    await office.pays(person, application, outcome="cancel")

    assert await stage(person, application) == "open"


async def test_while_a_payment_is_pending_answers_stay_as_they_are(office: Office) -> None:
    _, person, application, _ = await paying(office)

    answer = await person.put(f"/api/applications/{application}/payment-method", {"method": "echeck"})
    page = await person.get(f"/drafts/{application}")

    assert answer.status_code == 409
    assert page.headers["location"] == f"/applications/{application}/payment"


async def test_the_browser_that_returns_is_not_believed(office: Office) -> None:
    _, person, application, _ = await paying(office)

    page = await person.get(f"/applications/{application}/payment?returned=1&status=approved")

    assert "We’re checking with the payment service" in page.text
    assert page.headers["refresh"].startswith("2;")
    assert await stage(person, application) == "paying"


async def test_a_lost_webhook_is_found_by_asking_after_thirty_seconds(office: Office) -> None:
    someone, person, application, payment = await paying(office)
    await office.pays(person, application, webhook="never")
    assert await stage(person, application) == "paying"
    await office.level()

    async with office.running.read(educator=someone.id) as db:
        due = await db.fetchval("select due_at from payments_pending where payment_id = $1", payment)
    office.ticker._now = lambda: due
    await office.ticker.tick(pending_too_long)

    async def submitted() -> bool:
        return await stage(person, application) == "submitted"

    await until(submitted, 20)
    assert (await office.types(someone.id)).count("PaymentOutcomeAsked") == 1


async def test_check_now_asks_the_provider(office: Office) -> None:
    someone, person, application, _ = await paying(office)
    await office.pays(person, application, webhook="never")

    page = f"/applications/{application}/payment"
    answer = await person.post(f"{page}/check", {}, page=page)

    async def submitted() -> bool:
        return await stage(person, application) == "submitted"

    assert answer.status_code == 303
    await until(submitted, 20)
    assert "PaymentOutcomeAsked" in await office.types(someone.id)


async def test_a_duplicate_webhook_of_the_sandbox_submits_once(office: Office) -> None:
    someone, person, application, _ = await paying(office)

    await office.pays(person, application, webhook="twice")
    await office.webhooks.send_due()

    assert await stage(person, application) == "submitted"
    assert (await office.types(someone.id)).count("PaymentReceived") == 1


async def test_the_payment_page_of_the_provider_is_opened_once(office: Office) -> None:
    _, person, application, _ = await paying(office)

    first = await person.get(f"/applications/{application}/payment?go=1")
    second = await person.get(f"/applications/{application}/payment?go=1")

    assert first.status_code == 303
    assert first.headers["location"].startswith(f"{PAY}/pay/")
    assert first.headers["location"] == second.headers["location"]
