"""Forms with a file: read as they come, with limits of their own, and on the paths that take one only."""

import asyncio
import re
import tracemalloc
from collections.abc import AsyncIterator, Callable
from typing import Annotated

import httpx
import pytest
from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Message

from lectern.files import MOST_BYTES
from lectern.web import FormModel, Role, Says, Site, WebSettings, create_app, read_upload
from lectern.web.limits import patient
from lectern.web.pages import render as rendered

ORIGIN = "http://specimen.test"
PAGE = "/papers"
PAGE_TEXT = '<main><form method="post"><input type="hidden" name="key" value="{{ form_key() }}"></form></main>'


class PaperForm(FormModel):
    shows: Annotated[str, Says(missing="Choose what it shows")]


async def get_page(request: Request) -> Response:
    return rendered(request, "papers.html")


async def post_page(request: Request) -> Response:
    async with read_upload(request, PaperForm) as upload:
        file = upload.file
        said = {str(field): words for field, words in upload.form.errors.items()}
        found = {"name": file.name, "size": file.size, "sha256": file.sha256} if file else None
        body = upload.form.call().body.decode() if upload.form.ok else ""
        return JSONResponse({"errors": said, "file": found, "typed": upload.form["shows"], "body": body})


@pytest.fixture
def app(settings: WebSettings, tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    folder = tmp_path_factory.mktemp("papers")
    (folder / "papers.html").write_text(PAGE_TEXT)
    site = Site("specimen", folder, lambda _: (), roles=(Role.EDUCATOR,), uploads=re.compile(PAGE))
    made = create_app(site, settings)
    made.add_api_route(PAGE, get_page, methods=["GET"])
    made.add_api_route(PAGE, post_page, methods=["POST"])
    made.add_api_route("/other", post_page, methods=["POST"])
    return made


@pytest.fixture
def client(app: FastAPI, asking: Callable[[FastAPI], httpx.AsyncClient]) -> httpx.AsyncClient:
    return asking(app)


async def _sent(client: httpx.AsyncClient, name: str, data: bytes, **fields: str) -> httpx.Response:
    page = await client.get(PAGE)
    found = re.search(r'name="key" value="([^"]+)"', page.text)
    assert found
    headers = {"Origin": ORIGIN, "Cookie": page.headers["set-cookie"].partition(";")[0]}
    form = {"key": found[1], "shows": "letter"} | fields
    return await client.post(PAGE, data=form, files={"file": (name, data)}, headers=headers)


async def test_a_form_comes_with_its_file(client: httpx.AsyncClient) -> None:
    answer = (await _sent(client, "José’s letter.pdf", b"\0\r\n--x" * 30_000)).json()

    assert answer["errors"] == {}
    assert answer["file"]["name"] == "José’s letter.pdf"
    assert answer["file"]["size"] == 180_000
    assert answer["file"]["sha256"] in answer["body"]


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [("", b"", "Choose a file"), ("a.pdf", b"x" * (MOST_BYTES + 1), "larger than 10 MB")],
)
async def test_says_at_its_field_what_is_wrong_with_a_file(
    client: httpx.AsyncClient, name: str, data: bytes, words: str
) -> None:
    answer = (await _sent(client, name, data)).json()

    assert words in answer["errors"]["file"]
    assert answer["typed"] == "letter"
    assert answer["file"] is None


async def test_everything_that_is_wrong_is_said_at_once(client: httpx.AsyncClient) -> None:
    answer = (await _sent(client, "", b"", shows="")).json()

    assert answer["errors"] == {"shows": "Choose what it shows", "file": "Choose a file"}


async def test_other_paths_take_no_file_and_these_take_nothing_else(client: httpx.AsyncClient) -> None:
    headers = {"Origin": ORIGIN}

    elsewhere = await client.post("/other", files={"file": ("a.pdf", b"x")}, headers=headers)
    without = await client.post(PAGE, data={"shows": "letter"}, headers=headers)
    foreign = await client.post(PAGE, files={"file": ("a.pdf", b"x")}, headers={"Origin": "http://elsewhere.test"})

    assert [elsewhere.status_code, without.status_code, foreign.status_code] == [403, 403, 403]


BOUNDARY = b"--x\r\n"
FILE = b'Content-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'
FIELD = b'Content-Disposition: form-data; name="shows"\r\n\r\n'


@pytest.mark.parametrize(
    ("boundary", "body"),
    [
        ("x", b""),
        ("x", b"hello"),
        ("x", BOUNDARY + FILE + b"never ends"),
        ("x", BOUNDARY + FILE + b"a\r\n" + BOUNDARY + FILE + b"b\r\n--x--\r\n"),
        ("x", BOUNDARY + FILE.replace(b'"file"', b'"other"') + b"a\r\n--x--\r\n"),
        ("x", BOUNDARY + b"Content-Disposition: attachment\r\n\r\na\r\n--x--\r\n"),
        ("x", BOUNDARY + FIELD + b"a" * 70_000 + b"\r\n--x--\r\n"),
        ("x", BOUNDARY + FIELD + b"\xff\r\n--x--\r\n"),
        ("x", (BOUNDARY + FIELD + b"a\r\n") * 60 + b"--x--\r\n"),
        ("x", BOUNDARY + b"X: " + b"a" * 70_000 + b"\r\n\r\na\r\n--x--\r\n"),
        ("", BOUNDARY + FILE + b"a\r\n--x--\r\n"),
        ("y" * 300, BOUNDARY + FILE + b"a\r\n--x--\r\n"),
    ],
)
async def test_what_no_browser_sends_is_refused(client: httpx.AsyncClient, boundary: str, body: bytes) -> None:
    headers = {"Origin": ORIGIN, "Content-Type": f"multipart/form-data; boundary={boundary}"}

    assert (await client.post(PAGE, content=body, headers=headers)).status_code == 400


async def test_what_would_never_end_is_refused_at_once(client: httpx.AsyncClient) -> None:
    headers = {"Origin": ORIGIN, "Content-Type": "multipart/form-data; boundary=x", "Content-Length": "900000000"}

    assert (await client.post(PAGE, content=BOUNDARY + FILE, headers=headers)).status_code == 413


async def test_what_stops_coming_is_given_up() -> None:
    async def still() -> Message:
        await asyncio.sleep(30)
        raise AssertionError("nobody waits so long")

    for receive in (patient(still, silent=0.05), patient(still, whole=0.05)):
        with pytest.raises(HTTPException) as refused:
            await receive()
        assert refused.value.status_code == 408


async def test_memory_stays_the_same_however_large_the_file_is(client: httpx.AsyncClient) -> None:
    async def large() -> AsyncIterator[bytes]:
        yield BOUNDARY + FILE
        for _ in range(MOST_BYTES // 50_000):
            yield bytes(50_000)
        yield b"\r\n--x--\r\n"

    headers = {"Origin": ORIGIN, "Content-Type": "multipart/form-data; boundary=x", "Content-Length": "10000200"}
    await _sent(client, "warm.pdf", b"x")
    tracemalloc.start()
    answer = await client.post(PAGE, content=large(), headers=headers)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert answer.json()["file"]["size"] == MOST_BYTES
    assert most < 2_000_000
