"""What operators see of held records and how they try them again, over HTTP."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

import asyncpg
import httpx
import pytest
from counters import OWN
from heard import KINDS, ear, publisher

from lectern.contracts.applications import EducatorLinked, PaymentReceived
from lectern.eventlog.codec import Codec
from lectern.eventlog.database import create_pool
from lectern.eventlog.ear import Ear
from lectern.eventlog.hearing_job import HearingJob
from lectern.eventlog.reacting import ReactionRefused
from lectern.eventlog.signal import Tail
from lectern.eventlog.streams import Reacting
from lectern.eventlog.writer import Writer
from lectern.runtime.ids import new_id
from lectern.runtime.parked import parked_routes
from lectern.web import Accounts, Site, WebSettings, bare_app, furnish
from lectern_local.testkit import Databases

pytestmark = pytest.mark.postgres
TOKEN = "a token of the operator who looks"
OPERATOR = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture
async def writer(logged: Databases) -> AsyncIterator[Writer]:
    codec = Codec("svc", (*OWN, ReactionRefused), (EducatorLinked, PaymentReceived))
    writer = Writer(logged.dsn("svc", "writer"), "svc", codec, command_key=b"k" * 32, new_id=new_id, signal=Tail())
    task = asyncio.create_task(writer.run())
    yield writer
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


@pytest.fixture
async def asking(logged: Databases, writer: Writer) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody who asks a service whose reactions were mended."""
    app, settings = bare_app(), WebSettings(secret=b"s" * 32, api_token=TOKEN, service="svc")
    async with await create_pool(logged.dsn("svc", "writer"), "test", size=2) as pool:
        site = Site(service="svc", package="lectern.web", subtitle=lambda _: ("Test",), roles=())
        furnish(app, site, settings, accounts=Accounts(pool, settings.secret), freshness=None)
        app.include_router(parked_routes(ear(), writer, pool))
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://svc.test") as client:
            yield client


def raising(_: PaymentReceived) -> list[Reacting]:
    raise ZeroDivisionError


async def park(writer: Writer, people: int = 3) -> list[str]:
    """So many people whose payments raised, each with a fact behind it."""
    broken = Ear(KINDS, {PaymentReceived: raising})
    found = [publisher() for _ in range(people)]
    records = [record for person in found for record in (person.paid(), person.linked())]
    await writer.submit(HearingJob(broken, records))
    return [str(person.person) for person in found]


async def test_shows_counts_and_why(writer: Writer, asking: httpx.AsyncClient) -> None:
    first, *_ = await park(writer)

    everything = (await asking.get("/api/parked", headers=OPERATOR)).json()
    of_one = (await asking.get("/api/parked", params={"subject": first}, headers=OPERATOR)).json()

    assert {state: everything["counts"][state] for state in ("waiting", "behind", "parked", "lie")} == {
        "waiting": 0, "behind": 3, "parked": 3, "lie": 0,
    }  # fmt: skip
    assert [(row["state"], row["reason"]) for row in of_one["held"]] == [
        ("parked", "its reaction raised"),
        ("behind", "something of its subject is parked before it"),
    ]


@pytest.mark.parametrize("which", ["id", "subject", "all"])
async def test_tries_again_what_it_is_asked_to(writer: Writer, asking: httpx.AsyncClient, which: str) -> None:
    first, *_ = await park(writer)
    held = (await asking.get("/api/parked", headers=OPERATOR)).json()["held"]
    asked = {"id": {"id": held[0]["id"]}, "subject": {"subject": first}, "all": {"all": True}}[which]

    done = (await asking.post("/api/parked/redrive", json=asked, headers=OPERATOR)).json()
    again = (await asking.post("/api/parked/redrive", json=asked, headers=OPERATOR)).json()

    people = 3 if which == "all" else 1
    assert (done["tried"], done["recorded"], done["still_parked"]) == (people, 2 * people, 0)
    assert done["counts"]["parked"] == 3 - people
    assert again["tried"] == 0


@pytest.mark.parametrize("asked", [{}, {"all": False}, {"all": True, "id": 1}, {"everything": True}])
async def test_wants_to_know_which(asking: httpx.AsyncClient, asked: dict[str, object]) -> None:
    assert (await asking.post("/api/parked/redrive", json=asked, headers=OPERATOR)).status_code == 422


async def test_is_for_operators_only(asking: httpx.AsyncClient) -> None:
    stranger = await asking.get("/api/parked")
    guesser = await asking.post("/api/parked/redrive", json={"all": True}, headers={"Authorization": "Bearer guess"})

    assert (stranger.status_code, guesser.status_code) == (401, 401)


async def test_the_auditor_sees_what_is_held_and_changes_nothing(writer: Writer, logged: Databases) -> None:
    await park(writer)

    auditor = await asyncpg.connect(logged.dsn("svc", "auditor"))
    try:
        assert await auditor.fetchval("select count(*) from held") == 6
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await auditor.execute("delete from held")
    finally:
        await auditor.close()
