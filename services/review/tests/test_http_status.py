"""A certificate's status on pages and by the API, and the race between a change of it and an approval."""

import asyncio
import secrets
from uuid import uuid4

import httpx
import pytest
from review_browsing import text_of
from review_office import Educator, ReviewOffice

from lectern.contracts.days import chicago_day
from lectern.web.client import Browsing
from review.review_queue import Stage

pytestmark = pytest.mark.postgres
WHY = "By order of the State Board of Education."


def address(of: Educator) -> str:
    return f"/register/{of.id}/certificates/{of.certificate_id}/status"


def today(office: ReviewOffice) -> str:
    day = chicago_day(office.running.now())
    return f"{day.month}/{day.day}/{day.year}"


async def proposes(
    office: ReviewOffice, browser: Browsing, of: Educator, status: str, **changed: str
) -> httpx.Response:
    said = {"status": status, "on": today(office), "reference": "BOE 2026-117", "why": WHY}
    await office.level()
    return await browser.post(address(of), said | changed, page=address(of))


async def answers(office: ReviewOffice, browser: Browsing, of: Educator, answer: str, **said: str) -> httpx.Response:
    await office.level()
    page = await browser.get(f"{address(of)}/second")
    change = page.text.split('name="change_id" value="')[1].partition('"')[0]
    return await browser.post(
        f"{address(of)}/second", {"change_id": change, "answer": answer, **said}, page=f"{address(of)}/second"
    )


async def ready(office: ReviewOffice, name: str) -> Educator:
    return await (await (await office.educator(name)).submits()).verified()


async def test_it_is_suspended_by_two_and_nothing_is_approved_until_it_is_reinstated(office: ReviewOffice) -> None:
    jordan = await ready(office, "Jordan Statuson")
    priya, theo, public = await office.priya(), await office.theo(), office.browser()

    form = await priya.get(address(jordan))
    silent = await proposes(office, priya, jordan, "suspended", why="", reference="")
    sent = await proposes(office, priya, jordan, "suspended")
    await office.level()
    unchanged = await public.get(f"/holders/{jordan.id}")
    own = await priya.get(f"{address(jordan)}/second")
    listed, read = await theo.get("/register"), await theo.get(f"{address(jordan)}/second")
    confirmed = await answers(office, theo, jordan, "confirm")
    await office.level()

    assert "One is open" in text_of(form)
    assert jordan.reference in text_of(form)
    assert [silent.status_code, sent.status_code, confirmed.status_code] == [422, 303, 303]
    assert silent.text.count("Say why") == 2
    assert silent.text.count("Enter the order’s reference") == 2
    assert "Suspended" not in unchanged.text
    assert "You proposed this yourself" in own.text
    assert "Jordan Statuson" in listed.text
    assert "BOE 2026-117" in read.text
    assert WHY in read.text
    person, case = text_of(await theo.get(f"/register/{jordan.id}")), await priya.get(jordan.address)
    assert "Status changed by DESE" in person
    assert WHY in person
    assert "Confirmed by you" in person
    seen = await public.get(f"/holders/{jordan.id}")
    assert "Suspended" in seen.text
    assert WHY not in seen.text
    assert "Certificate suspended" in text_of(case)
    assert "It can be approved once it is reinstated" in text_of(case)
    assert f'href="{jordan.address}/approval"' not in case.text
    assert (await priya.get(f"{jordan.address}/approval")).status_code == 303
    assert (await priya.get(f"/register/{jordan.id}/certificates/{jordan.certificate_id}/pdf")).status_code == 404
    assert await office.stage(jordan) is Stage.READY

    await proposes(office, priya, jordan, "active")
    await answers(office, theo, jordan, "confirm")
    await office.level()

    assert "Suspended" not in (await public.get(f"/holders/{jordan.id}")).text
    approval = await priya.get(f"{jordan.address}/approval")
    assert approval.status_code == 200


async def test_a_change_that_is_sent_back_changes_nothing(office: ReviewOffice) -> None:
    jordan, priya, theo = await office.educator("Jordan Backson"), await office.priya(), await office.theo()
    await proposes(office, priya, jordan, "revoked")

    silent = await answers(office, theo, jordan, "send-back")
    sent = await answers(office, theo, jordan, "send-back", why="The order is about somebody else.")
    await office.level()
    person = text_of(await priya.get(f"/register/{jordan.id}"))

    assert [silent.status_code, sent.status_code] == [422, 303]
    assert "Say why you send it back" in silent.text
    assert "The order is about somebody else." in person
    assert "Change its status" in person
    assert (await priya.get(f"{address(jordan)}/second")).status_code == 303
    assert "Revoked" not in (await office.browser().get(f"/holders/{jordan.id}")).text


async def test_a_reviewer_does_not_confirm_and_the_wrong_certificate_is_not_there(office: ReviewOffice) -> None:
    jordan, other = await office.educator("Jordan Roleson"), await office.educator("Other Roleson")
    priya, ines = await office.priya(), await office.ines()
    await proposes(office, priya, jordan, "surrendered")
    await office.level()
    read = await ines.get(f"{address(jordan)}/second")
    denied = await ines.post(
        f"{address(jordan)}/second", {"change_id": str(uuid4()), "answer": "confirm"}, key=secrets.token_hex(8)
    )
    mixed = f"/register/{other.id}/certificates/{jordan.certificate_id}/status"

    assert "A supervisor confirms it, or sends it back" in read.text
    assert denied.status_code == 404
    assert (await ines.get(mixed)).status_code == 404


async def test_the_api_proposes_confirms_and_sends_back(office: ReviewOffice) -> None:
    jordan, theo, ada = await office.educator("Apia Statuson"), await office.theo(), await office.ada()
    path = f"/api/certificates/{jordan.certificate_id}/status"
    day = chicago_day(office.running.now()).isoformat()
    said = {"status": "surrendered", "effective_on": day, "reference": "Agreement 12", "why": WHY}

    async def ask(browser: Browsing, where: str, body: object) -> httpx.Response:
        return await browser.post_json(where, body, key=secrets.token_hex(8))

    first = await ask(theo, path, said)
    silent = await ask(ada, f"{path}/second", {"change_id": first.json()["change_id"], "agree": False})
    back = await ask(ada, f"{path}/second", {"change_id": first.json()["change_id"], "agree": False, "why": "No."})
    gone = await ask(ada, f"{path}/second", {"change_id": first.json()["change_id"], "agree": True})
    again = await ask(theo, path, said)
    own = await ask(theo, f"{path}/second", {"change_id": again.json()["change_id"], "agree": True})
    done = await ask(ada, f"{path}/second", {"change_id": again.json()["change_id"], "agree": True})
    same = await ask(theo, path, said)

    assert [first.status_code, back.status_code, again.status_code, done.status_code] == [200, 200, 200, 200]
    assert [silent.status_code, gone.status_code, own.status_code, same.status_code] == [409, 409, 409, 409]


async def test_of_an_approval_and_a_suspension_at_once_one_comes_second(office: ReviewOffice) -> None:
    """Whichever it is: never is a certificate upgraded while it is suspended."""
    theo = await office.theo()
    for at in range(4):
        jordan = await ready(office, f"Racer{chr(97 + at)} Statuson")
        priya = await office.priya()
        proposed = await theo.post_json(
            f"/api/certificates/{jordan.certificate_id}/status",
            {
                "status": "suspended",
                "effective_on": chicago_day(office.running.now()).isoformat(),
                "reference": "BOE 1",
                "why": WHY,
            },
            key=secrets.token_hex(8),
        )
        ada = await office.ada()
        agreed = {"change_id": proposed.json()["change_id"], "agree": True}
        approved, confirmed = await asyncio.gather(
            priya.post_json(f"/api{jordan.address}/approval", {}, key=secrets.token_hex(8)),
            ada.post_json(f"/api/certificates/{jordan.certificate_id}/status/second", agreed, key=secrets.token_hex(8)),
        )

        assert confirmed.status_code == 200
        made = await office.types(jordan)
        if approved.status_code == 200:
            assert made.index("CertificateUpgraded") < made.index("CertificateStatusChanged")
        else:
            assert approved.status_code == 409
            assert "suspended since" in approved.text
            assert made[-1] == "CertificateStatusChanged"
            assert "CertificateUpgraded" not in made
