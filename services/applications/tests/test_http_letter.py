"""The proof letter: on paper for its educator, by a link for whoever has it, and for nobody once it is over."""

import html
import re

import pytest
from applications_office import BASE, Office, Person

pytestmark = pytest.mark.postgres


async def _link(person: Person, application: str) -> str:
    """Made, and its address on our own host."""
    page = f"/applications/{application}/letter"
    made = await person.post(page, {})
    assert made.status_code == 303
    shown = await person.get(made.headers["location"])
    found = re.search(r'href="([^"]+/shared-letter[^"]+)"', shown.text)
    assert found
    return html.unescape(found[1]).removeprefix(BASE)


async def test_it_says_what_was_filed_and_who_has_it(office: Office) -> None:
    _, person, application = await office.submitted()
    reference = (await person.standing(application))["reference"]

    status = await person.get(f"/applications/{application}")
    page = await person.get(f"/applications/{application}/letter")
    paper = await person.get(f"/applications/{application}/letter/pdf")

    assert f"/applications/{application}/letter" in status.text
    for words in (
        "Jordan Avery",
        reference,
        "Independence\u00a030 (048-077), since",
        "Initial Professional Certificate",
    ):
        assert words in page.text
    assert "Our wording until the state confirms it." in page.text
    assert paper.content.startswith(b"%PDF-")
    assert paper.headers["content-disposition"] == 'attachment; filename="proof-of-application.pdf"'


async def test_a_link_shows_the_same_to_a_stranger_and_nothing_else(office: Office) -> None:
    someone, person, application = await office.submitted()
    address = await _link(person, application)

    shown = await office.anybody().get(address)

    assert shown.status_code == 200
    assert "Jordan Avery" in shown.text
    assert "Independence\u00a030 (048-077), since" in shown.text
    assert shown.headers["x-robots-tag"] == "noindex"
    for hidden in (someone.email, "Professional conduct", "contact hours", str(someone.id), application):
        assert hidden not in shown.text


async def test_a_link_that_was_ended_or_never_was_opens_nothing(office: Office) -> None:
    _, person, application = await office.submitted()
    address = await _link(person, application)
    stranger = office.anybody()
    page = await person.get(f"/applications/{application}/letter")
    end = re.search(r'action="([^"]+/end)"', page.text)
    assert end

    await person.post(end[1], {}, page=f"/applications/{application}/letter")
    await office.level()
    ended = await stranger.get(address)

    assert ended.status_code == 404
    for other in ("/shared-letter", "/shared-letter?link=", "/shared-letter?link=AAAA", address[:-4] + "AAAA"):
        assert (await stranger.get(other)).status_code == 404


async def test_another_educator_neither_reads_makes_nor_ends(office: Office) -> None:
    _, person, application = await office.submitted()
    await _link(person, application)
    page = await person.get(f"/applications/{application}/letter")
    end = re.search(r'action="([^"]+/end)"', page.text)
    assert end
    _, other, theirs = await office.submitted()

    read = await other.get(f"/applications/{application}/letter")
    paper = await other.get(f"/applications/{application}/letter/pdf")
    made = await other.post(f"/applications/{application}/letter", {}, page=f"/applications/{theirs}/letter")
    ended = await other.post(end[1], {}, page=f"/applications/{theirs}/letter")

    assert [each.status_code for each in (read, paper, made, ended)] == [404, 404, 404, 404]


async def test_once_decided_there_is_no_letter(office: Office) -> None:
    someone, person, application = await office.submitted()
    address = await _link(person, application)
    await someone.is_verified(application)
    await someone.is_approved(application)

    status = await person.get(f"/applications/{application}")

    assert "/letter" not in status.text
    for path in (f"/applications/{application}/letter", f"/applications/{application}/letter/pdf"):
        assert (await person.get(path)).status_code == 404
    assert (await office.anybody().get(address)).status_code == 404


async def test_a_reader_with_a_link_reads_that_link_only(office: Office) -> None:
    _, person, application = await office.submitted()
    await _link(person, application)
    await _link(person, application)
    async with office.databases_as_auditor() as db:
        one = await db.fetchval("select link_id from letter_links where application_id = $1", application)

    async with office.running.read(link=one) as db:
        links = await db.fetch("select link_id from letter_links")
        others = await db.fetchval("select count(*) from application_status")

    assert [row["link_id"] for row in links] == [one]
    assert others == 0
