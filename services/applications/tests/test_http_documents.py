"""Files on the educator's pages: added, replaced, removed, handed out; what is wrong is said at the field."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from applications_office import Office, Person, Someone, opened, until
from clamd_played import Played, played
from files_given import EICAR, exif, jpeg, pdf, png

from lectern.contracts.values import ReturnReason
from lectern.files.store import Standing
from lectern.rules.wording import CONDUCT_QUESTIONS

pytestmark = pytest.mark.postgres
QUESTION = CONDUCT_QUESTIONS[0].id


async def _drafted(office: Office) -> tuple[Someone, Person, str]:
    someone = await office.educator()
    person = await someone.browser()
    return someone, person, await person.starts(someone)


async def _stored(office: Office, application: str) -> list[Standing]:
    assert office.running.cabinet is not None
    found = office.running.cabinet.files.standing("applications")
    return [each async for each in found if each.place.about == UUID(application)]


async def _links(person: Person, page: str) -> list[str]:
    return re.findall(r'href="(/applications/[^"/]+/documents/[^"]+)"', (await person.get(page)).text)


async def _link(person: Person, page: str, count: int = 1) -> list[str]:
    async def there() -> Any:
        found = await _links(person, page)
        return found if len(found) == count else None

    found: list[str] = await until(there)
    return found


async def test_a_file_is_added_and_got_back_as_what_it_is(office: Office) -> None:
    _, person, application = await _drafted(office)
    page = f"/drafts/{application}/documents"

    added = await person.adds(page, "My photo.jpg", jpeg(extra=exif(6)))
    (link,) = await _link(person, page)
    shown, file = await person.get(page), await person.get(link)

    assert added.status_code == 303
    assert "My photo.jpg" in shown.text
    assert "unofficial copy" in shown.text
    assert "Not scanned" in shown.text
    assert b"GPS" not in file.content
    assert file.content.startswith(b"\xff\xd8")
    assert file.headers["content-type"] == "image/jpeg"
    assert file.headers["content-disposition"].startswith('attachment; filename="unofficial-copy-')
    assert file.headers["x-content-type-options"] == "nosniff"
    assert file.headers["content-security-policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"
    assert file.headers["cache-control"] == "no-store"
    assert int(file.headers["content-length"]) == len(file.content)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.pdf", b"MZ" + bytes(300), "This file is not a PDF, whatever its name says"),
        ("a.docx", pdf(), "Choose a PDF, JPEG or PNG file"),
        ("a.pdf", b"", "This file is empty"),
        ("a.pdf", pdf() + bytes(10_000_001), "larger than 10 MB"),
        ("", b"", "Choose a file"),
    ],
)
async def test_what_is_wrong_stands_at_the_field_and_the_rest_is_kept(
    office: Office, name: str, data: bytes, words: str
) -> None:
    _, person, application = await _drafted(office)

    answer = await person.adds(f"/drafts/{application}/documents", name, data, shows="mentoring")

    assert answer.status_code == 422
    assert words in answer.text
    assert 'aria-describedby="file-hint file-error"' in answer.text
    assert '<option value="mentoring" selected>' in answer.text


async def test_a_file_is_replaced_and_removed(office: Office) -> None:
    someone, person, application = await _drafted(office)
    page = f"/drafts/{application}/documents"
    await person.adds(page, "first.png", png())
    (first,) = await _link(person, page)

    asked = await person.get(f"{page}?replaces={first.rpartition('/')[2]}")
    await person.adds(page, "second.png", png(5, 5), replaces=first.rpartition("/")[2])
    (second,) = await _link(person, page)
    gone = await person.get(first)
    await person.post(f"/drafts/{application}/documents/{second.rpartition('/')[2]}/remove", {"back": ""}, page=page)
    after = await person.get(page)

    assert "Replace first.png" in asked.text
    assert first != second
    assert gone.status_code == 404
    assert "second.png" not in after.text
    assert (await office.types(someone.id, kind="draft/"))[-1] == "DocumentRemoved"
    assert await _stored(office, application) == []


async def test_the_same_form_sent_twice_adds_one_file(office: Office) -> None:
    someone, person, application = await _drafted(office)
    page = f"/drafts/{application}/documents"
    key = await person.key(page)

    first = await person.post_file(page, {"shows": "years"}, "a.pdf", pdf(), key=key)
    second = await person.post_file(page, {"shows": "years"}, "a.pdf", pdf(), key=key)
    other = await person.post_file(page, {"shows": "years"}, "a.pdf", pdf(pages=2), key=key)

    assert [first.status_code, second.status_code] == [303, 303]
    assert other.status_code == 422
    assert (await office.types(someone.id, kind="draft/")).count("DocumentAttached") == 1
    stored = await _stored(office, application)
    assert len(stored) == 1


async def test_nobody_else_gets_a_file_nor_adds_one(office: Office) -> None:
    _, person, application = await _drafted(office)
    page = f"/drafts/{application}/documents"
    await person.adds(page, "a.pdf", pdf())
    (link,) = await _link(person, page)
    _, other, theirs = await _drafted(office)

    file = await other.get(link)
    moved = await other.get(link.replace(application, theirs))
    added = await other.post_file(page, {"shows": "years"}, "a.pdf", pdf(), page=f"/drafts/{theirs}/documents")
    stranger = await office.anybody().get(link)

    assert [file.status_code, moved.status_code, added.status_code] == [404, 404, 404]
    assert stranger.headers["location"].startswith("/sign-in")


async def test_conduct_has_files_that_only_dese_gets(office: Office) -> None:
    someone, person, application = await _drafted(office)
    await person.answers_all(application)
    question = f"/drafts/{application}/conduct/{QUESTION}"

    saved = await person.saves(question, {"yes": "yes", "explanation": "It was settled.", "do": "documents"})
    added = await person.adds(f"{question}/documents", "letter.pdf", pdf(), shows="conduct")
    await _link(person, f"{question}/documents")
    await person.adds(f"/drafts/{application}/documents", "transcript.pdf", pdf())
    await _link(person, f"/drafts/{application}/documents")
    checked = await person.get(f"/drafts/{application}/check")
    await person.submits(application)
    await office.pays(person, application)
    await someone.is_requested(application)

    assert saved.headers["location"].startswith(f"{question}/documents")
    assert added.status_code == 303
    assert "letter.pdf" in checked.text
    assert "transcript.pdf" in checked.text
    assert await office.types(someone.id, kind="document/") == ["DocumentProvided"]
    assert await office.types(someone.id, kind="state-document/") == ["StateDocumentProvided"]
    answers = await person.get(f"/applications/{application}/answers")
    assert "letter.pdf" in answers.text
    assert (await person.get((await _links(person, f"/applications/{application}/answers"))[0])).status_code == 200


async def test_after_a_return_files_are_added_and_those_handed_in_stay(office: Office) -> None:
    someone, person, application = await _drafted(office)
    page = f"/drafts/{application}/documents"
    await person.answers_all(application)
    await person.adds(page, "first.pdf", pdf())
    await _link(person, page)
    await person.submits(application)
    await office.pays(person, application)
    await someone.is_requested(application)
    await someone.is_returned(application, "Send the rest.", ReturnReason.HOURS_MISSING)

    await person.adds(page, "second.pdf", pdf())
    (first, _) = await _link(person, page, 2)
    shown = await person.get(page)
    removed = await person.post(
        f"/drafts/{application}/documents/{first.rpartition('/')[2]}/remove", {"back": ""}, page=page
    )
    sent = await person.saves(f"/drafts/{application}/check", {"declared": "yes"})
    await someone.is_requested(application, 2)

    assert "Handed in" in shown.text
    assert removed.status_code == 422
    assert sent.status_code == 303
    assert await office.types(someone.id, kind="document/") == ["DocumentProvided", "DocumentProvided"]


# ── the scanner


@pytest.fixture(scope="module")
async def scanned(postgres: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[Office, Played]]:
    """A service with a scanner beside it, in a process of its own."""
    with played() as clamd:
        folder = tmp_path_factory.mktemp("scanned")
        async with opened(postgres, folder, scanner=f"clamd://127.0.0.1:{clamd.port}") as office:
            yield office, clamd


async def test_a_file_with_a_virus_is_given_to_nobody(scanned: tuple[Office, Played]) -> None:
    office, _ = scanned
    someone, person, application = await _drafted(office)
    page = f"/drafts/{application}/documents"
    await person.answers_all(application)
    await person.adds(page, "bad.pdf", pdf(more=b"% " + EICAR))

    async def found() -> bool:
        return "Virus found" in (await person.get(page)).text

    await until(found)
    document = (await office.types(someone.id, kind="draft/"))[-1]
    await person.submits(application)
    await office.pays(person, application)
    await someone.is_requested(application)

    assert document == "DocumentChecked"
    assert await _links(person, f"/applications/{application}/answers") == []
    assert await office.types(someone.id, kind="document/") == []


async def test_while_the_scanner_is_dead_a_file_waits_and_is_scanned_later(scanned: tuple[Office, Played]) -> None:
    office, clamd = scanned
    someone, person, application = await _drafted(office)
    page = f"/drafts/{application}/documents"
    await person.answers_all(application)
    clamd.kill()

    added = await person.adds(page, "waits.pdf", pdf())

    async def tried() -> bool:
        types = await office.types(someone.id, kind="effect/")
        return "EffectReleased" in types

    await until(tried)
    shown = await person.get(page)
    await person.submits(application)
    await office.pays(person, application)
    await someone.is_requested(application)
    waiting = await office.types(someone.id, kind="document/")
    clamd.start()
    await _swept(office, someone)

    assert added.status_code == 303
    assert "Being checked" in shown.text
    assert waiting == []
    assert await office.types(someone.id, kind="document/") == ["DocumentProvided"]
    (link,) = await _links(person, f"/applications/{application}/answers")
    assert (await person.get(link)).content == pdf()


async def _swept(office: Office, someone: Someone) -> None:
    """Until what was surely not done is done: the scanner is left alone for a while first."""

    async def done() -> bool:
        await office.effects.sweep_if_it_can(office.process.pool, older_than=timedelta(0))
        return "DocumentProvided" in await office.types(someone.id, kind="document/")

    await until(done, 20)


async def test_a_damaged_file_is_noticed_and_not_given_out(scanned: tuple[Office, Played]) -> None:
    office, clamd = scanned
    clamd.kill()
    _, person, application = await _drafted(office)
    page = f"/drafts/{application}/documents"
    await person.adds(page, "a.pdf", pdf())
    (stored,) = await _stored(office, application)
    assert office.running.cabinet is not None
    await office.running.cabinet.files.put(stored.place, b"something else")
    clamd.start()

    async def found() -> bool:
        await office.effects.sweep_if_it_can(office.process.pool, older_than=timedelta(0))
        return "Not readable" in (await person.get(page)).text

    await until(found, 20)
    assert await _links(person, page) == []


async def test_where_no_files_are_taken_their_pages_are_not_there(
    postgres: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    async with opened(postgres, tmp_path_factory.mktemp("without"), files=None, scanner=None) as office:
        _, person, application = await _drafted(office)

        education = await person.get(f"/drafts/{application}/education")
        page = await person.get(f"/drafts/{application}/documents")

        assert "Unofficial copies" not in education.text
        assert page.status_code == 404
