"""What support and operators see, and nobody else."""

import re
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import pytest
from notifications_given import APPLICATION, INDEPENDENCE, REFERENCE, asked, claimed, listed, submitted
from notifications_office import BASE, JORDAN_AVERY, PASSWORD, Office, opened

from lectern.web.client import Browsing

pytestmark = pytest.mark.postgres


@pytest.fixture(scope="module")
async def office(postgres: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Office]:
    """One notice was sent; another was refused by the server."""
    async with opened(postgres, tmp_path_factory.mktemp("mail")) as running:
        await running.knows_everybody()
        await running.hears(submitted())
        await running.settled(1)
        await running.knows_educator(JORDAN_AVERY.model_copy(update={"email": "jordan@refused.invalid"}))
        await running.hears(claimed())
        await running.settled(2)
        for role in ("support", "operator"):
            user = {"login": f"{role}@dese.test", "name": "Sam Ortiz", "role": role, "password": PASSWORD}
            assert (await running.api("PUT", "/api/users", user)).json() == {"change": "new"}
            assert (await running.api("PUT", "/api/users", user)).json() == {"change": "same"}
        yield running


async def of(office: Office, role: str) -> Browsing:
    return await office.browser().sign_in(f"{role}@dese.test", PASSWORD)


async def ids(office: Office) -> dict[str, str]:
    answer = await office.api("GET", "/api/notices")
    return {each["notice"]: each["notice_id"] for each in answer.json()["notices"]}


async def failed(office: Office) -> str:
    """A page with a form."""
    return f"/notices/{(await ids(office))['received']}/repeat"


async def test_lists_what_was_sent_and_what_was_not(office: Office) -> None:
    browser = await of(office, "operator")

    everything, failed = await browser.get("/notices"), await browser.get("/notices?state=failed")
    found = await browser.get(f"/notices?q={REFERENCE.lower()}")

    assert "1 email needs a look." in everything.text
    assert "Application submitted" in everything.text
    assert "The mail server refused it for good, with reply 550." in everything.text
    assert "Application submitted" not in failed.text
    assert "Received by the district" in found.text
    assert "No notice about" in (await browser.get("/notices?q=LEC-2026-000001-1")).text


@pytest.mark.parametrize(
    "query", ["state=x", "start=x", "start=2026-12-08~x", "start=2026-12-08T00:00:00~", "q=" + "x" * 5000]
)
async def test_an_address_may_say_anything(office: Office, query: str) -> None:
    assert (await (await of(office, "operator")).get(f"/notices?{query}")).status_code == 200


async def test_support_reads_the_mail_and_an_operator_does_not(office: Office) -> None:
    page = f"/notices/{(await ids(office))['submitted']}"

    support, operator = await (await of(office, "support")).get(page), await (await of(office, "operator")).get(page)

    assert "Hello Jordan Avery," in support.text
    assert "jordan@example.test" in support.text
    assert "Jordan" not in operator.text
    assert "jordan@" not in operator.text
    assert "The mail server took it." in operator.text


async def test_what_was_sent_is_not_sent_again(office: Office) -> None:
    page = f"/notices/{(await ids(office))['submitted']}/repeat"

    browser = await of(office, "support")

    shown, answer = await browser.get(page), await browser.post(page, {"repeats": "0"}, page=await failed(office))

    assert "There is nothing to send again." in shown.text
    assert answer.status_code == 409
    assert "It is not sent again." in answer.text


async def test_nobody_else_sees_anything(office: Office) -> None:
    stranger, notice_id = office.browser(), (await ids(office))["submitted"]

    for page in ("/notices", f"/notices/{notice_id}", f"/notices/{notice_id}/repeat"):
        assert (await stranger.get(page)).headers["location"].startswith("/sign-in")
    for path in ("/api/notices", "/api/notices/counts"):
        assert (await office.http.get(BASE + path)).status_code == 401
    async with office.running.read() as db:
        assert await db.fetchval("select count(*) from notices_sent") == 0
    async with office.running.read(role="educator") as db:
        assert await db.fetchval("select count(*) from notices_sent") == 0


async def test_what_is_not_there_is_not_found(office: Office) -> None:
    browser = await of(office, "operator")

    pages = [f"/notices/{uuid4()}", f"/notices/{uuid4()}/repeat", "/notices/x"]
    assert {(await browser.get(page)).status_code for page in pages} == {404}


async def test_counts_notices_for_the_audit(office: Office) -> None:
    counts = (await office.api("GET", "/api/notices/counts?applications=1")).json()
    rest = (await office.api("GET", f"/api/notices/counts?after={counts['next']}")).json()

    common = {"application_id": str(APPLICATION), "to": "educator", "asked": 1, "uncertain": 0}
    assert counts["counts"] == [
        common | {"notice": "received", "sent": 0, "failed": 1},
        common | {"notice": "submitted", "sent": 1, "failed": 0},
    ]
    assert rest == {"counts": [], "next": None}


async def test_lists_notices_page_by_page(office: Office) -> None:
    first = (await office.api("GET", "/api/notices?limit=1")).json()
    second = (await office.api("GET", f"/api/notices?limit=1&after={first['next']}")).json()
    none = (await office.api("GET", f"/api/notices?application_id={uuid4()}")).json()

    assert {each["notices"][0]["notice"] for each in (first, second)} == {"submitted", "received"}
    assert none == {"notices": [], "next": None}


async def test_a_weak_password_is_refused(office: Office) -> None:
    user = {"login": "weak@dese.test", "name": "Weak", "role": "support", "password": "short"}

    answer = await office.api("PUT", "/api/users", user)

    assert answer.status_code == 422
    assert answer.headers["content-type"].startswith("application/problem+json")


async def test_what_nobody_was_told_stands_on_top_with_what_to_do(postgres: str, tmp_path: Path) -> None:
    async with opened(postgres, tmp_path) as office:
        await office.knows_educator()
        await office.hears(listed(), subject=INDEPENDENCE)
        await office.hears(submitted(), asked())
        await office.settled(2)
        user = {"login": "support@dese.test", "name": "Sam Ortiz", "role": "support", "password": PASSWORD}
        await office.api("PUT", "/api/users", user)
        browser = await of(office, "support")

        page, searched = await browser.get("/notices"), await browser.get(f"/notices?q={REFERENCE}")

    assert "Independence\N{NO-BREAK SPACE}30 (048-077)." in page.text
    assert "No contact for certification is named." in page.text
    assert page.text.index("Nobody was told") < page.text.index("<table")
    assert re.search(r'href="/notices/[^"]+/repeat">Send it again', page.text)
    assert "Nobody was told" not in searched.text
