"""Signing in over HTTP, what pages and API ask of a session, and that none survives what ends it."""

from collections.abc import Callable
from types import ModuleType
from typing import Annotated
from uuid import UUID

import asyncpg
import httpx
import pytest
from fastapi import APIRouter, Depends, FastAPI
from starlette.requests import Request
from starlette.responses import Response

from lectern.eventlog.errors import Busy, KeyReused, NotFound, Refused
from lectern.eventlog.streams import Call
from lectern.web import (
    Accounts,
    ApiModel,
    FormModel,
    Principal,
    Problem,
    Role,
    WebSettings,
    api_call,
    blank,
    create_app,
    read_form,
    remember,
    render,
    sign_in,
    signed_in,
    waits_for,
)
from lectern.web.client import Browsing

from .conftest import ORIGIN, Asking, Clock

pytestmark = pytest.mark.postgres

PASSWORD = "seven quiet otters by the river"
TOKEN = {"Authorization": "Bearer a token of the importing operator"}

Verifier = Annotated[Principal, Depends(signed_in(Role.VERIFIER))]
Anybody = Annotated[Principal, Depends(signed_in(Role.VERIFIER, Role.EDUCATOR, Role.OPERATOR))]


class Note(ApiModel):
    words: str


class NoteForm(FormModel):
    words: str


class Caught:
    """What reached the edge."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.reached: list[int] = []


class Views:
    def __init__(self, caught: Caught) -> None:
        self._caught = caught

    async def reached(self, position: int, deadline: float) -> bool:
        assert deadline == 2.0
        self._caught.reached.append(position)
        return position < 100


def routes(caught: Caught, accounts: Accounts) -> APIRouter:
    router = APIRouter()

    @router.get("/desk/{item}")
    async def desk(
        request: Request, item: UUID, verifier: Verifier, _: Annotated[None, Depends(waits_for)]
    ) -> Response:
        return render(request, "form.html", form=blank(NoteForm))

    @router.post("/desk")
    async def post_desk(request: Request, verifier: Verifier) -> Response:
        form = await read_form(request, NoteForm)
        if form.ok:
            caught.calls.append(form.call())
        return Response(status_code=204 if form.ok else 422)

    @router.get("/registered")
    async def registered(request: Request) -> Response:
        user_id = await accounts.create_user(login="new", password=PASSWORD, role=Role.EDUCATOR, name="New")
        return remember(request, Response(), await sign_in(request, user_id))

    @router.post("/api/notes")
    async def post_note(note: Note, who: Anybody, call: Annotated[Call, Depends(api_call)]) -> dict[str, str]:
        caught.calls.append(call)
        answers: dict[str, Exception] = {
            "refused": Refused("26 of 30 hours.", criteria=["UPG-PD"]),
            "absent": NotFound(),
            "reused": KeyReused(),
            "busy": Busy(),
            "database": asyncpg.ConnectionDoesNotExistError("canary"),
            "problem": Problem(422, "Rows are wrong", "See rows.", rows=[1]),
            "bug": ZeroDivisionError("canary"),
        }
        if note.words in answers:
            raise answers[note.words]
        return {"actor": who.actor}

    @router.get("/api/items/{item}")
    async def item(item: UUID, who: Anybody) -> dict[str, str]:
        return {"name": who.name}

    return router


@pytest.fixture
def caught() -> Caught:
    return Caught()


@pytest.fixture
async def app(specimen: ModuleType, settings: WebSettings, accounts: Accounts, caught: Caught) -> FastAPI:
    for login, role, name in (
        ("dana@k12.example", Role.VERIFIER, "Dana Whitfield"),
        ("jordan@k12.example", Role.EDUCATOR, "Jordan Avery"),
    ):
        await accounts.create_user(login=login, password=PASSWORD, role=role, name=name)
    await accounts.create_user(login="priya@k12.example", password=PASSWORD, role=Role.REVIEWER, name="Priya Raman")
    routers = [routes(caught, accounts), specimen.routes()]
    return create_app(specimen.site(wide=True), settings, routers=routers, accounts=accounts, freshness=Views(caught))


@pytest.fixture
def browser(app: FastAPI, browsing: Callable[[FastAPI], Browsing]) -> Browsing:
    return browsing(app)


ITEM = "/desk/0195f0e0-0000-7000-8000-000000000001"


# ── pages


async def test_a_page_leads_to_sign_in_and_back(browser: Browsing) -> None:
    asked = await browser.get(f"{ITEM}?tab=2")
    assert (asked.status_code, asked.headers["location"]) == (303, f"/sign-in?next={ITEM}%3Ftab%3D2")

    page = await browser.get(asked.headers["location"])
    assert f'name="next" value="{ITEM}?tab=2"' in page.text

    answer = await browser.post(
        "/sign-in", {"login": "dana@k12.example", "password": PASSWORD, "next": f"{ITEM}?tab=2"}
    )
    assert (answer.status_code, answer.headers["location"]) == (303, f"{ITEM}?tab=2")

    shown = await browser.get(f"{ITEM}?tab=2")
    assert shown.status_code == 200
    assert "<strong>Dana Whitfield</strong>, certification officer" in shown.text
    assert "You stay signed in until 9:30 a.m." in shown.text


async def test_cookies_are_for_this_site_only(browser: Browsing) -> None:
    anonymous = (await browser.get("/sign-in")).headers["set-cookie"]
    signed = (await browser.post("/sign-in", {"login": "dana@k12.example", "password": PASSWORD})).headers["set-cookie"]

    for cookie in (anonymous, signed):
        assert cookie.startswith("__Host-specimen=")
        assert cookie.endswith("; Path=/; Secure; HttpOnly; SameSite=Lax")
        assert "Domain" not in cookie


async def test_sign_in_makes_a_new_id(browser: Browsing) -> None:
    await browser.get("/sign-in")
    before = browser.cookie
    await browser.sign_in("dana@k12.example", PASSWORD)
    first = browser.cookie
    await browser.post("/sign-out", {}, page="/case")
    await browser.sign_in("dana@k12.example", PASSWORD)

    assert len({before, first, browser.cookie}) == 3


async def test_a_session_cannot_be_planted(browser: Browsing) -> None:
    browser.cookie = "s.planted-by-somebody-else"

    await browser.sign_in("dana@k12.example", PASSWORD)

    assert browser.cookie != "s.planted-by-somebody-else"
    assert "planted" not in (browser.cookie or "")


async def test_signed_out_is_out_also_with_the_old_cookie(browser: Browsing) -> None:
    await browser.sign_in("dana@k12.example", PASSWORD)
    old = browser.cookie
    answer = await browser.post("/sign-out", {}, page="/case")
    assert answer.headers["set-cookie"].startswith("__Host-specimen=; Max-Age=0")

    browser.cookie = old

    assert (await browser.get(ITEM)).status_code == 303
    assert "Your session has ended" in (await browser.get("/sign-in")).text


async def test_signing_out_changes_something_so_it_is_no_link(browser: Browsing) -> None:
    await browser.sign_in("dana@k12.example", PASSWORD)

    opened = await browser.get("/sign-out")
    assert (opened.status_code, opened.headers["location"]) == (303, "/")
    assert (await browser.post("/sign-out", {}, key="foreign")).status_code == 422
    assert (await browser.get(ITEM)).status_code == 200


@pytest.mark.parametrize(
    ("login", "password"),
    [
        ("dana@k12.example", "wrong otters by the river"),
        ("nobody@k12.example", PASSWORD),
        ("priya@k12.example", PASSWORD),
    ],
)
async def test_one_answer_to_whatever_is_wrong(browser: Browsing, login: str, password: str) -> None:
    answer = await browser.post("/sign-in", {"login": login, "password": password})

    assert answer.status_code == 422
    assert "This email and password don’t belong together" in answer.text
    assert password not in answer.text
    assert f'value="{login}"' in answer.text


async def test_a_name_that_is_no_email_is_asked_for_as_one(browser: Browsing) -> None:
    answer = await browser.post("/sign-in", {"login": "dana", "password": PASSWORD})

    assert answer.status_code == 422
    assert "Enter your email, such as name@example.org" in answer.text


async def test_whoever_forgot_the_password_reads_what_to_do(browser: Browsing) -> None:
    page = await browser.get("/sign-in")

    assert "Forgot your password?" in page.text
    assert "Turn to DESE’s certification section" in page.text


async def test_too_many_tries_are_told_to_wait(browser: Browsing) -> None:
    answers = [await browser.post("/sign-in", {"login": "dana@k12.example", "password": "wrong"}) for _ in range(6)]

    assert [each.status_code for each in answers] == [422] * 5 + [429]
    assert '<a href="/sign-in">Back to sign in</a>' in answers[-1].text
    assert answers[-1].headers["retry-after"]
    assert "Wait a minute" in answers[-1].text


async def test_the_role_of_another_service_has_no_place_here(
    app: FastAPI, browser: Browsing, accounts: Accounts
) -> None:
    user_id = await accounts.find("priya@k12.example")
    assert user_id
    browser.cookie = f"s.{(await accounts.begin_as(user_id)).id}"

    assert (await browser.get(ITEM)).status_code == 303


async def test_another_role_finds_nothing(browser: Browsing) -> None:
    await browser.sign_in("jordan@k12.example", PASSWORD)

    foreign, absent = await browser.get(ITEM), await browser.get("/desk/none")

    assert foreign.status_code == absent.status_code == 404
    assert "We can’t find that page" in foreign.text


async def test_an_idle_session_asks_again(browser: Browsing, clock: Clock) -> None:
    await browser.sign_in("dana@k12.example", PASSWORD)
    clock.pass_(minutes=31)

    assert (await browser.get(ITEM)).status_code == 303
    assert "Your session has ended" in (await browser.get("/sign-in")).text


async def test_a_session_that_is_about_to_end_can_be_extended(browser: Browsing, clock: Clock) -> None:
    await browser.sign_in("dana@k12.example", PASSWORD)
    clock.pass_(minutes=26)

    page = await browser.get("/signed-in")

    assert "Your session lasts until <strong>9:56 a.m.</strong>" in page.text


async def test_a_new_password_signs_out_elsewhere_and_stays_here(
    browser: Browsing, app: FastAPI, browsing: Callable[[FastAPI], Browsing]
) -> None:
    elsewhere = await browsing(app).sign_in("dana@k12.example", PASSWORD)
    await browser.sign_in("dana@k12.example", PASSWORD)

    weak = await browser.post("/account/password", {"current": PASSWORD, "new": "short"})
    wrong = await browser.post("/account/password", {"current": "x", "new": "eight quiet otters by the river"})
    same = await browser.post("/account/password", {"current": PASSWORD, "new": PASSWORD})
    good = await browser.post("/account/password", {"current": PASSWORD, "new": "eight quiet otters by the river"})

    assert "Use at least 15 characters" in weak.text
    assert "This is not the password you have now" in wrong.text
    assert "This is the password you have now. Choose another." in same.text
    assert good.status_code == 303
    assert (await browser.get(ITEM)).status_code == 200
    assert (await elsewhere.get(ITEM)).status_code == 303


async def test_who_wants_another_password_is_told_to_sign_in_first(browser: Browsing) -> None:
    sent = await browser.get("/account/password")
    page = await browser.get(sent.headers["location"])

    assert "Sign in first" in page.text
    assert "Sign in first" not in (await browser.get("/sign-in")).text


async def test_a_new_account_is_signed_in_at_once(browser: Browsing) -> None:
    await browser.get("/registered")

    assert "Signed in as <strong>New</strong>" in (await browser.get("/")).text


async def test_a_form_is_a_call_of_this_user_under_its_key(browser: Browsing, caught: Caught) -> None:
    await browser.sign_in("dana@k12.example", PASSWORD)
    key = await browser.key("/form")

    for _ in range(2):
        assert (await browser.post("/desk", {"words": "x"}, key=key)).status_code == 204

    first, second = caught.calls
    assert (first.actor, first.key, first.body) == (second.actor, second.key, second.body)
    assert first.actor.startswith("user:")
    assert first.key == f"form:{key.partition('.')[0]}"
    assert first.correlation_id != second.correlation_id


async def test_a_key_of_before_sign_in_is_no_good_after_it(browser: Browsing) -> None:
    key = await browser.key("/sign-in")
    await browser.sign_in("dana@k12.example", PASSWORD)

    assert (await browser.post("/desk", {"words": "x"}, key=key)).status_code == 422


# ── read your writes


async def test_a_page_waits_for_what_was_just_done(browser: Browsing, caught: Caught) -> None:
    await browser.sign_in("dana@k12.example", PASSWORD)

    assert (await browser.get(f"{ITEM}?after=7")).status_code == 200
    late = await browser.get(f"{ITEM}?after=100")
    assert (late.status_code, late.headers["refresh"]) == (503, "1")
    assert (await browser.get(f"{ITEM}?after=-1")).status_code == 200
    assert (await browser.get(f"{ITEM}?after={2**63}")).status_code == 200
    assert caught.reached == [7, 100]


# ── the API


async def test_a_token_needs_neither_cookie_nor_origin(app: FastAPI, asking: Asking, caught: Caught) -> None:
    answer = await asking(app).post("/api/notes", json={"words": "x"}, headers={**TOKEN, "Idempotency-Key": "one"})

    assert answer.status_code == 200
    assert answer.json()["actor"].startswith("user:")
    assert (caught.calls[0].actor, caught.calls[0].key) == (answer.json()["actor"], "api:one")


@pytest.mark.parametrize("header", ["Bearer wrong", "Bearer ", "Basic YTpi", "a token of the importing operator"])
async def test_another_token_is_none(app: FastAPI, asking: Asking, header: str) -> None:
    headers = {"Authorization": header, "Idempotency-Key": "one", "Origin": ORIGIN}

    answer = await asking(app).post("/api/notes", json={"words": "x"}, headers=headers)

    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert answer.headers["content-type"] == "application/problem+json"


async def test_a_token_opens_no_page(app: FastAPI, asking: Asking) -> None:
    assert (await asking(app).get(ITEM, headers=TOKEN)).status_code == 303


async def test_a_session_may_use_the_api_from_our_pages_only(browser: Browsing, app: FastAPI, asking: Asking) -> None:
    await browser.sign_in("dana@k12.example", PASSWORD)
    cookie = {"Cookie": f"__Host-specimen={browser.cookie}", "Idempotency-Key": "one"}

    ours = await browser.post_json("/api/notes", {"words": "x"}, key="one")
    foreign = await asking(app).post("/api/notes", json={"words": "x"}, headers=cookie)

    assert (ours.status_code, foreign.status_code) == (200, 403)


async def test_a_key_is_needed_and_another_actors_is_another(
    browser: Browsing, app: FastAPI, asking: Asking, caught: Caught
) -> None:
    await browser.sign_in("dana@k12.example", PASSWORD)
    without = await asking(app).post("/api/notes", json={"words": "x"}, headers=TOKEN)
    await asking(app).post("/api/notes", json={"words": "x"}, headers={**TOKEN, "Idempotency-Key": '"one"'})
    await browser.post_json("/api/notes", {"words": "x"}, key="one")

    assert (without.status_code, without.json()["title"]) == (400, "Idempotency-Key is missing")
    assert len({(call.actor, call.key) for call in caught.calls}) == 2


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("refused", 409),
        ("absent", 404),
        ("reused", 422),
        ("busy", 503),
        ("database", 503),
        ("problem", 422),
        ("bug", 500),
    ],
)
async def test_errors_are_problems(app: FastAPI, asking: Asking, words: str, status: int) -> None:
    headers = {**TOKEN, "Idempotency-Key": "one"}

    answer = await asking(app).post("/api/notes", json={"words": words}, headers=headers)

    problem = answer.json()
    assert answer.status_code == problem["status"] == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert {"type", "title", "detail", "support_code", "correlation_id"} <= problem.keys()
    assert "canary" not in answer.text
    assert ("retry-after" in answer.headers) == (status == 503)


@pytest.mark.parametrize("body", ['{"words": 1}', '{"words": "x", "role": "operator"}', "{", "[]", '"x"', ""])
async def test_a_body_that_is_not_right_is_a_problem(app: FastAPI, asking: Asking, body: str) -> None:
    headers = {**TOKEN, "Idempotency-Key": "one", "Content-Type": "application/json"}

    answer = await asking(app).post("/api/notes", content=body, headers=headers)

    assert answer.status_code == 422
    assert answer.json()["errors"]


async def test_the_api_is_described_and_nothing_else(app: FastAPI, asking: Asking) -> None:
    document = (await asking(app).get("/api/openapi.json")).json()

    assert sorted(document["paths"]) == ["/api/items/{item}", "/api/notes"]
    assert "Idempotency-Key" in str(document["paths"]["/api/notes"])
    assert document["components"]["securitySchemes"]["HTTPBearer"]["scheme"] == "bearer"


async def test_an_id_that_is_none_is_an_absent_thing(app: FastAPI, asking: Asking) -> None:
    client: httpx.AsyncClient = asking(app)

    assert (await client.get("/api/items/7", headers=TOKEN)).status_code == 404


async def test_the_database_away_is_a_fast_503(app: FastAPI, browser: Browsing, pool: asyncpg.Pool) -> None:
    await browser.sign_in("dana@k12.example", PASSWORD)
    await pool.close()

    answer = await browser.get(ITEM)

    assert answer.status_code == 503
    assert answer.headers["retry-after"]
    assert "Wait a moment" in answer.text
