"""Two hundred hostile and broken files of over twenty kinds, sent as a browser sends them, each made here.

None is taken that should not be, none is given to anybody before a scanner of its own process said clean, and while
that is dead nothing is given out and nothing is lost.
"""

import asyncio
import random
import re
import zlib
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from applications_office import Office, Person, Someone, opened, until
from clamd_played import Played, played
from files_given import EICAR, chunk, exif, jpeg, packed_objects, pdf, png, segment

from applications.document_desk import OWNER, DocumentDesk
from applications.draft import draft as draft_stream
from lectern.files import Place
from lectern.files.sweeping import Sweeper
from lectern.runtime.ids import new_id

pytestmark = pytest.mark.postgres

EACH = 8
SEED = 20261125


@dataclass(frozen=True)
class Sent:
    kind: str
    name: str
    data: bytes


Made = Callable[[random.Random], tuple[str, bytes]]


def _object(acts: bytes) -> bytes:
    return b"9 0 obj\n<< " + acts + b" >>\nendobj"


def _cut(data: bytes, by: random.Random) -> bytes:
    return data[: by.randrange(12, len(data) - 9)]


def _noise(by: random.Random) -> bytes:
    return by.randbytes(by.randrange(10, 4000))


REFUSED: dict[str, Made] = {
    "a program with the name of a PDF": lambda by: ("plan.pdf", b"MZ\x90\0" + _noise(by)),
    "a program that says so": lambda by: (by.choice(["a.exe", "a.js", "a.bat", "a.lnk", "a.com"]), _noise(by)),
    "two endings": lambda by: (f"letter.{by.choice(['exe', 'js', 'html', 'svg', 'php'])}.pdf", pdf()),
    "a NUL in the name": lambda by: (f"letter.pdf{chr(0)}.{by.choice(['exe', 'html'])}", pdf()),
    "a name read backwards": lambda by: (f"letter{by.choice([chr(0x202E), chr(0x2067)])}fdp.exe", pdf()),
    "SVG with a script": lambda by: (by.choice(["a.svg", "a.png"]), b"<svg onload='alert(1)'>" + _noise(by)),
    "a page as a PDF": lambda by: ("a.pdf", by.choice([b"<!DOCTYPE html>", b"<html>", b"\n<script>"]) + _noise(by)),
    "a page inside a PDF": lambda by: ("a.pdf", pdf(more=b"% <script>alert(" + str(by.random()).encode() + b")")),
    "a PDF that is an archive too": lambda by: ("a.pdf", pdf() + b"PK\x05\x06" + by.randbytes(18) + b"\n%%EOF\n"),
    "an archive": lambda by: ("a.pdf", b"PK\x03\x04" + _noise(by)),
    "EICAR alone": lambda by: (by.choice(["a.pdf", "a.jpg", "a.png", "a.com"]), EICAR),
    "nothing": lambda by: (by.choice(["a.pdf", "a.jpg", "a.png"]), b""),
    "too large": lambda by: ("a.pdf", pdf() + bytes(10_000_001 + by.randrange(100_000))),
    "a script in a PDF": lambda _: ("a.pdf", pdf(more=_object(b"/S /JavaScript /JS (app.alert\\(1\\))"))),
    "a script in disguise": lambda _: ("a.pdf", pdf(more=_object(b"/S /J#61vaScript /J#53 (x)"))),
    "a script in packed objects": lambda _: ("a.pdf", pdf(more=packed_objects(b"<< /S /JavaScript /JS (x) >>"))),
    "a program in a PDF": lambda _: ("a.pdf", pdf(more=_object(b"/S /Launch /F (cmd.exe)"))),
    "a file in a PDF": lambda _: ("a.pdf", pdf(more=_object(b"/Type /EmbeddedFile"))),
    "a PDF with a password": lambda _: ("a.pdf", pdf(more=b"trailer << /Encrypt 7 0 R >>")),
    "a PDF that swells": lambda by: (
        "a.pdf",
        pdf(more=packed_objects(bytes(17_000_000 + by.randrange(1000)))),
    ),
    "a picture that swells": lambda by: ("a.png", png(dots=bytes(9_000_000 + by.randrange(1000)))),
    "a picture of too many dots": lambda by: ("a.png", png(by.randrange(40_000, 90_000), 40_000, dots=b"")),
    "a photograph of too many dots": lambda by: ("a.jpg", jpeg(by.randrange(20_000, 65_000), 60_000)),
    "a cut PDF": lambda by: ("a.pdf", _cut(pdf(), by)),
    "a cut photograph": lambda by: ("a.jpg", _cut(jpeg(extra=exif(6)), by)),
    "a cut picture": lambda by: ("a.png", _cut(png(40, 30), by)),
    "one type with the name of another": lambda by: by.choice(
        [("a.pdf", png()), ("a.png", jpeg()), ("a.jpg", pdf()), ("a.jpeg", png())]
    ),
    "HEIC": lambda by: (by.choice(["a.heic", "a.jpg"]), b"\0\0\0\x18ftypheic" + _noise(by)),
    "an animated GIF": lambda by: (by.choice(["a.gif", "a.png"]), b"GIF89a" + _noise(by)),
    "a document of an office": lambda by: (by.choice(["a.docx", "a.doc", "a.xlsm"]), b"\xd0\xcf\x11\xe0" + _noise(by)),
    "a photograph of nothing": lambda by: ("a.jpg", b"\xff\xd8" + segment(0xE0, _noise(by)) + b"\xff\xd9"),
    "more than a hundred pages": lambda by: ("a.pdf", pdf(pages=by.randrange(101, 400))),
}
HARMLESS_ONCE_TAKEN: dict[str, Made] = {
    "a photograph with a page behind it": lambda by: ("a.jpg", jpeg() + b"<script>alert(1)</script>" + _noise(by)),
    "a picture with an archive behind it": lambda by: ("a.png", png() + b"PK\x05\x06" + _noise(by)),
    "a photograph that says where": lambda by: ("a.jpg", jpeg(extra=exif(by.randrange(1, 9)))),
    "a picture with words inside": lambda by: ("a.png", png(extra=chunk(b"tEXt", b"Comment\0<script>" + _noise(by)))),
}
"""Taken, as what they look like: what else they were is gone."""
FOUND: dict[str, Made] = {
    "EICAR inside a PDF": lambda by: ("a.pdf", pdf(more=b"% " + EICAR + b"\n% " + str(by.random()).encode())),
    "what only a scanner knows": lambda _: ("a.pdf", pdf(content=b"x") + b"% FIND-ME\n%%EOF\n"),
}
"""Taken, and given to nobody: the scanner finds them."""
GOOD: dict[str, Made] = {
    "a transcript": lambda by: ("My transcript.pdf", pdf(pages=by.randrange(1, 9))),
    "a scan": lambda by: ("scan.png", png(by.randrange(1, 60), by.randrange(1, 60))),
}


def made(kinds: dict[str, Made], each: int = EACH) -> Iterator[Sent]:
    by = random.Random(SEED)
    for kind, make in kinds.items():
        for _ in range(each):
            yield Sent(kind, *make(by))


@pytest.fixture(scope="module")
async def scanned(postgres: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[Office, Played]]:
    with played() as clamd:
        folder = tmp_path_factory.mktemp("hostile")
        async with opened(postgres, folder, scanner=f"clamd://127.0.0.1:{clamd.port}") as office:
            yield office, clamd


@dataclass
class Draft:
    office: Office
    someone: Someone
    person: Person
    application: str

    @property
    def page(self) -> str:
        return f"/drafts/{self.application}/documents"

    async def send(self, sent: Sent, key: str) -> int:
        answer = await self.person.post_file(self.page, {"shows": "other"}, sent.name, sent.data, key=key)
        return answer.status_code

    async def links(self) -> list[str]:
        return re.findall(r'href="(/applications/[^"/]+/documents/[^"]+)"', (await self.person.get(self.page)).text)

    async def stored(self) -> int:
        assert self.office.running.cabinet is not None
        found = self.office.running.cabinet.files.standing("applications")
        return len([each async for each in found if each.place.about == UUID(self.application)])

    async def count(self, type_: str) -> int:
        return Counter(await self.office.types(self.someone.id, kind="draft/"))[type_]

    async def looked_at(self, count: int) -> None:
        async def done() -> bool:
            await self.office.effects.sweep_if_it_can(self.office.process.pool, older_than=timedelta(0))
            return await self.count("DocumentChecked") == count

        await until(done, 30)


async def _draft(office: Office) -> Draft:
    someone = await office.educator()
    person = await someone.browser()
    return Draft(office, someone, person, await person.starts(someone))


def test_there_are_two_hundred_of_over_twenty_kinds() -> None:
    hostile = [*made(REFUSED), *made(HARMLESS_ONCE_TAKEN, 4), *made(FOUND, 4)]

    assert len(hostile) >= 200
    assert len({each.kind for each in hostile}) >= 20


async def test_none_is_taken_that_should_not_be(scanned: tuple[Office, Played]) -> None:
    draft = await _draft(scanned[0])
    key = await draft.person.key(draft.page)  # a refused form binds none, so one key serves for all

    wrong = [f"{each.kind}: {status}" for each in made(REFUSED) if (status := await draft.send(each, key)) != 422]

    assert wrong == []
    assert await draft.count("DocumentAttached") == 0
    assert await draft.stored() == 0


async def test_what_is_taken_holds_nothing_but_the_picture(scanned: tuple[Office, Played]) -> None:
    for sent in made(HARMLESS_ONCE_TAKEN, 2):
        draft = await _draft(scanned[0])
        assert await draft.send(sent, await draft.person.key(draft.page)) == 303, sent.kind
        await draft.looked_at(1)

        (link,) = await draft.links()
        file = await draft.person.get(link)

        assert file.status_code == 200
        for trace in (b"<script", b"PK\x05\x06", b"GPS"):
            assert trace not in file.content, sent.kind
        assert file.headers["content-disposition"].startswith("attachment;")
        assert file.headers["x-content-type-options"] == "nosniff"


async def test_nothing_is_given_out_before_its_scan_nor_lost_while_the_scanner_is_dead(
    scanned: tuple[Office, Played],
) -> None:
    """Good and bad files wait together; when the scanner is back the good ones are given out, the bad ones never."""
    office, clamd = scanned
    draft = await _draft(office)
    clamd.kill()
    sent = [*made(GOOD, 3), *made(FOUND, 2)]
    for each in sent:
        assert await draft.send(each, await draft.person.key(draft.page)) == 303, each.kind

    tried = await asyncio.gather(*(_straight_to(draft, at) for at in range(3)))
    waiting = await draft.person.get(draft.page)
    clamd.start()
    await draft.looked_at(len(sent))
    links = await draft.links()

    assert set(tried) == {404}
    assert waiting.text.count("Being checked") == len(sent)
    assert "/applications/" not in "".join(re.findall(r'href="(/applications/[^"]+/documents/)', waiting.text))
    assert len(links) == 6
    for link in links:
        assert (await draft.person.get(link)).status_code == 200
    found = await draft.person.get(draft.page)
    assert found.text.count("Virus found") == 4


async def _straight_to(draft: Draft, at: int) -> int:
    """Whoever guesses the address of a file that waits."""
    state: Any = await draft.office.running.log.state(draft_stream(draft.application))
    document = list(state.answers.documents)[at]
    answer = await draft.person.get(f"/applications/{draft.application}/documents/{document}")
    return answer.status_code


async def test_a_kill_between_store_and_log_leaves_bytes_that_are_swept(scanned: tuple[Office, Played]) -> None:
    office, _ = scanned
    draft = await _draft(office)
    await draft.send(next(made(GOOD)), await draft.person.key(draft.page))
    cabinet = office.running.cabinet
    assert cabinet is not None
    await cabinet.files.put(Place(OWNER, UUID(draft.application), new_id()), zlib.compress(b"as if killed"))
    later = office.now() + timedelta(minutes=31)
    sweeper = Sweeper(cabinet.files, OWNER, DocumentDesk(office.running).wanted, lambda: later)
    before = await draft.stored()

    await sweeper.sweep()

    assert (before, await draft.stored()) == (2, 1)
