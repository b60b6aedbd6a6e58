"""The educators' API for files and the proof letter: what the pages do, by machines."""

import secrets
from typing import Any

import pytest
from applications_office import BASE, Office, Person, until
from files_given import pdf, png

from lectern.rules.wording import CONDUCT_QUESTIONS

pytestmark = pytest.mark.postgres
QUESTION = CONDUCT_QUESTIONS[0].id


async def _drafted(office: Office) -> tuple[Person, str]:
    someone = await office.educator()
    person = await someone.browser()
    return person, f"/api/applications/{await person.starts(someone)}/documents"


async def _scanned(person: Person, address: str) -> list[dict[str, Any]]:
    async def done() -> Any:
        found = (await person.get(address)).json()
        return found if all(each["scan"] for each in found) else None

    found: list[dict[str, Any]] = await until(done)
    return found


async def test_a_file_is_attached_listed_got_back_and_taken_away(office: Office) -> None:
    person, address = await _drafted(office)

    sent = await person.sends_file(address, {"shows": "transcript"}, "My transcript.pdf", pdf())
    one = f"{address}/{sent.json()['document_id']}"
    (listed,) = await _scanned(person, address)
    file = await person.get(one)
    removed = await person.deletes(one)
    gone = await person.get(one)

    assert sent.status_code == 201
    assert (listed["name"], listed["shows"], listed["question"]) == ("My transcript.pdf", "transcript", None)
    assert (listed["scan"], listed["submission"]) == ("not-scanned", None)
    assert file.content == pdf()
    assert removed.status_code == 200
    assert gone.status_code == 404
    assert (await person.get(address)).json() == []


async def test_one_key_attaches_one_file(office: Office) -> None:
    person, address = await _drafted(office)
    key = secrets.token_hex(8)

    first = await person.sends_file(address, {"shows": "transcript"}, "a.png", png(), key=key)
    again = await person.sends_file(address, {"shows": "transcript"}, "a.png", png(), key=key)
    other = await person.sends_file(address, {"shows": "transcript"}, "b.png", png(), key=key)

    assert again.json() == first.json()
    assert other.status_code == 422
    assert len((await person.get(address)).json()) == 1


async def test_an_answer_on_conduct_is_explained_by_a_file_of_its_own(office: Office) -> None:
    person, address = await _drafted(office)

    await person.sends_file(address, {"question": QUESTION}, "letter.pdf", pdf())
    (listed,) = (await person.get(address)).json()
    nowhere = await person.sends_file(address, {"question": "no-such"}, "letter.pdf", pdf())

    assert (listed["question"], listed["shows"]) == (QUESTION, None)
    assert nowhere.status_code == 404


@pytest.mark.parametrize(
    ("fields", "file", "status", "words"),
    [
        ({"shows": "transcript"}, ("a.pdf", b"MZ" + bytes(300)), 422, "not a PDF, whatever its name says"),
        ({"shows": "transcript"}, ("a.pdf", pdf() + bytes(10_000_001)), 413, "larger than 10 MB"),
        ({"shows": "transcript"}, ("", b""), 422, "Send it as the part file"),
        ({"shows": "a poem"}, ("a.pdf", pdf()), 409, "Send shows, one of transcript"),
        ({}, ("a.pdf", pdf()), 409, "Send shows, one of transcript"),
        ({"shows": "transcript", "kind": "x"}, ("a.pdf", pdf()), 422, "body/kind"),
        ({"shows": "transcript", "replaces": "x"}, ("a.pdf", pdf()), 422, "body/replaces"),
    ],
)
async def test_what_is_not_taken_is_a_problem_that_says_why(
    office: Office, fields: dict[str, str], file: tuple[str, bytes], status: int, words: str
) -> None:
    person, address = await _drafted(office)

    answer = await person.sends_file(address, fields, *file)

    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert words in answer.text
    assert (await person.get(address)).json() == []


async def test_what_was_handed_in_takes_no_files(office: Office) -> None:
    _, person, application = await office.submitted()

    answer = await person.sends_file(
        f"/api/applications/{application}/documents", {"shows": "transcript"}, "a.pdf", pdf()
    )

    assert answer.status_code == 409
    assert "takes no files now" in answer.text


async def test_the_upload_is_described(office: Office) -> None:
    found = (await office.http.get(f"{BASE}/api/openapi.json")).json()
    body = found["paths"]["/api/applications/{application_id}/documents"]["post"]["requestBody"]

    assert set(body["content"]["multipart/form-data"]["schema"]["properties"]) == {
        "file", "shows", "question", "replaces",
    }  # fmt: skip


async def test_the_letter_is_read_shared_and_ended(office: Office) -> None:
    _, person, application = await office.submitted()
    base = f"/api/applications/{application}/letter"

    made = (await person.post_json(f"{base}/links", {}, key=secrets.token_hex(8))).json()
    await office.level()
    letter = (await person.get(base)).json()
    opened = await office.anybody().get(made["url"].removeprefix(BASE))
    paper = await person.get(f"{base}/pdf")
    ended = await person.deletes(f"{base}/links/{made['link_id']}")
    await office.level()
    over = await office.anybody().get(made["url"].removeprefix(BASE))

    assert [each["link_id"] for each in letter["links"]] == [made["link_id"]]
    assert "Jordan Avery" in letter["says"].values()
    assert opened.status_code == 200
    assert paper.content.startswith(b"%PDF-")
    assert ended.status_code == 200
    assert over.status_code == 404
    assert (await person.get(base)).json()["links"] == []
