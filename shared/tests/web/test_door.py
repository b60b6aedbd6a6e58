"""What holds for every answer, whoever made it: headers, limits, same origin, correlation, errors."""

from collections.abc import AsyncIterator
from dataclasses import replace
from types import ModuleType

import httpx
import pytest
from fastapi import APIRouter, FastAPI
from starlette.responses import StreamingResponse

from lectern.web import WebSettings, create_app
from lectern.web.client import Browsing

from .conftest import ORIGIN, Asking

OURS = {"Origin": ORIGIN}
PATHS = [
    "/",
    "/form",
    "/nope",
    "/updating",
    "/broken",
    "/tasks",
    "/assets/nope.css",
    "/api/nope",
    "/api/openapi.json",
]


@pytest.fixture(scope="module")
def app(specimen: ModuleType, settings: WebSettings) -> FastAPI:
    app: FastAPI = specimen.specimen(settings)
    return app


@pytest.fixture
def client(app: FastAPI, asking: Asking) -> httpx.AsyncClient:
    found: httpx.AsyncClient = asking(app)
    return found


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH"])
@pytest.mark.parametrize("path", PATHS)
async def test_every_answer_is_protected(client: httpx.AsyncClient, method: str, path: str) -> None:
    response = await client.request(method, path)

    policy = response.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["referrer-policy"] == "same-origin"
    assert response.headers["cache-control"] == "no-store"
    assert "strict-transport-security" not in response.headers
    assert "access-control-allow-origin" not in response.headers
    assert response.headers["x-correlation-id"]


async def test_hsts_only_over_tls(app: FastAPI) -> None:
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="https://specimen.test") as client:
        response = await client.get("/")

    assert response.headers["strict-transport-security"] == "max-age=31536000; includeSubDomains"


async def test_forms_may_lead_on_to_the_payment_page_where_a_site_says_so(
    specimen: ModuleType, settings: WebSettings, asking: Asking
) -> None:
    app = create_app(replace(specimen.site(wide=False), form_targets=("payments",)), settings)

    policy = (await asking(app).get("/nope")).headers["content-security-policy"]

    assert policy.endswith("form-action 'self' http://pay.test:8405")


async def test_own_assets_are_kept_for_ever_under_their_hash(client: httpx.AsyncClient) -> None:
    page = (await client.get("/")).text
    address = page.partition('<link rel="stylesheet" href="')[2].partition('"')[0]

    response = await client.get(address)

    assert response.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert response.headers["content-type"] == "text/css; charset=utf-8"
    assert response.headers["content-encoding"] == "gzip"
    assert "--ink" in response.text


@pytest.mark.parametrize(
    "path", ["/assets/../kit.py", "/assets/%2e%2e/kit.py", "/assets//etc/passwd", "/assets/lectern.css"]
)
async def test_nothing_else_is_an_asset(client: httpx.AsyncClient, path: str) -> None:
    assert (await client.get(path)).status_code == 404


# ── same origin


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "http://evil.test"},
        {"Origin": "null"},
        {"Origin": f"{ORIGIN}.evil.test"},
        {"Sec-Fetch-Site": "cross-site", "Origin": ORIGIN},
        {"Sec-Fetch-Site": "same-site", "Origin": ORIGIN},
        {"Sec-Fetch-Site": "none", "Origin": ORIGIN},
        {"Origin": ORIGIN, "Content-Type": "text/plain"},
        {"Origin": ORIGIN, "Content-Type": "multipart/form-data; boundary=x"},
        {"Sec-Fetch-Site": "same-origin", "Content-Type": "text/plain"},
    ],
)
async def test_a_change_that_does_not_come_from_our_page_is_refused(
    client: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    form = {"Content-Type": "application/x-www-form-urlencoded"}

    response = await client.post("/form", content="name=x", headers={**form, **headers})

    assert response.status_code == 403
    assert "This request did not come from one of our pages" in response.text


@pytest.mark.parametrize("headers", [OURS, {"Sec-Fetch-Site": "same-origin"}])
async def test_a_change_from_our_page_is_let_in(client: httpx.AsyncClient, headers: dict[str, str]) -> None:
    assert (await client.post("/form", data={"name": "x"}, headers=headers)).status_code == 422


async def test_the_public_address_counts_as_ours_behind_a_proxy(client: httpx.AsyncClient) -> None:
    response = await client.post("/form", data={"name": "x"}, headers={**OURS, "Host": "10.0.0.5:8000"})

    assert response.status_code == 422


# ── limits


async def test_ten_megabytes_in_a_field_are_answered_with_a_page(client: httpx.AsyncClient) -> None:
    response = await client.post("/form", data={"why": "x" * 10_000_000}, headers=OURS)

    assert response.status_code == 413
    assert "A page takes up to 1 MB" in response.text


async def test_a_body_without_a_length_is_limited_too(client: httpx.AsyncClient) -> None:
    async def much() -> AsyncIterator[bytes]:
        for _ in range(200):
            yield b"x" * 10_000

    headers = {**OURS, "Content-Type": "application/x-www-form-urlencoded"}

    assert (await client.post("/form", content=much(), headers=headers)).status_code == 413


async def test_deep_json_is_a_problem(client: httpx.AsyncClient) -> None:
    headers = {**OURS, "Content-Type": "application/json"}

    response = await client.post("/api/x", content="[" * 5000 + "]" * 5000, headers=headers)

    assert response.status_code == 400
    assert response.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("body", [b"\xff", b"name=%ff", b"&".join(b"a=1" for _ in range(600))])
async def test_a_form_that_cannot_be_read_is_a_400(client: httpx.AsyncClient, body: bytes) -> None:
    headers = {**OURS, "Content-Type": "application/x-www-form-urlencoded"}

    assert (await client.post("/form", content=body, headers=headers)).status_code == 400


@pytest.mark.parametrize("name", ["host", "origin", "content-type", "content-length", "sec-fetch-site"])
async def test_a_header_sent_twice_is_refused(client: httpx.AsyncClient, name: str) -> None:
    request = client.build_request("POST", "/form", data={"name": "x"}, headers=OURS)
    twice = httpx.Headers([*request.headers.raw, (name.encode(), b"1"), (name.encode(), b"2")])

    response = await client.send(httpx.Request("POST", request.url, headers=twice, content=request.content))

    assert response.status_code in {400, 403}


# ── errors


async def test_an_unexpected_error_says_nothing_of_the_inside(client: httpx.AsyncClient) -> None:
    response = await client.get("/broken")

    assert response.status_code == 500
    assert "Something went wrong on our side" in response.text
    assert "canary" not in response.text
    assert "If you call us, give this support code: " in response.text


async def test_an_error_says_whom_to_turn_to_where_the_installation_does(
    specimen: ModuleType, settings: WebSettings, asking: Asking
) -> None:
    app = create_app(specimen.site(wide=False), replace(settings, support="Certification, 573-555-0100"))

    response = await asking(app).get("/no/such/page")

    assert "section (Certification, <a" in response.text
    assert "), and give this support code: " in response.text


async def test_an_error_after_the_answer_began_does_not_answer_twice(
    specimen: ModuleType, settings: WebSettings, asking: Asking
) -> None:
    router = APIRouter()

    @router.get("/half")
    async def half() -> StreamingResponse:
        async def parts() -> AsyncIterator[bytes]:
            yield b"half"
            raise RuntimeError

        return StreamingResponse(parts())

    app = create_app(specimen.site(wide=False), settings, routers=[router])

    assert (await asking(app).get("/half")).status_code == 200


async def test_what_is_being_updated_refreshes_by_itself(client: httpx.AsyncClient) -> None:
    response = await client.get("/updating")

    assert response.status_code == 503
    assert int(response.headers["refresh"]) <= 2
    assert response.headers["retry-after"]
    assert "This page is being updated" in response.text


async def test_an_unknown_outcome_is_sent_again_under_the_same_key(app: FastAPI, asking: Asking) -> None:
    browsing = Browsing(asking(app), ORIGIN, "specimen")
    key = await browsing.key("/form")

    response = await browsing.post("/busy", {"why": 'a "line"\nand <another>'}, key=key)

    assert response.status_code == 503
    assert response.headers["retry-after"] == "2"
    assert "refresh" not in response.headers
    assert "We don’t know yet whether that was saved" in response.text
    assert key in response.text
    assert "a &#34;line&#34;\nand &lt;another&gt;" in response.text


async def test_a_support_code_is_the_end_of_the_correlation_id(client: httpx.AsyncClient) -> None:
    response = await client.get("/api/nope")

    problem = response.json()
    assert problem["status"] == 404
    assert problem["correlation_id"] == response.headers["x-correlation-id"]
    alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    value = 0
    for letter in problem["support_code"].replace("-", ""):
        value = value * 32 + alphabet.index(letter)
    assert f"{value:010x}" == problem["correlation_id"].replace("-", "")[-10:]


async def test_a_trace_goes_on(client: httpx.AsyncClient) -> None:
    trace = "4bf92f3577b34da6a3ce929d0e0e4736"

    known = await client.get("/", headers={"traceparent": f"00-{trace}-00f067aa0ba902b7-01"})
    strange = await client.get("/", headers={"traceparent": "00-zz-1-01"})

    assert known.headers["traceparent"].split("-")[1] == trace
    assert strange.headers["traceparent"].split("-")[1] != trace


async def test_the_api_document_describes_the_api_only(client: httpx.AsyncClient) -> None:
    assert (await client.get("/api/openapi.json")).json()["paths"] == {}
