"""Declining over HTTP, and what a district still sees of what went to another one."""

import pytest
from worklog_office import OURS, THEIRS, Educator, Office

from lectern.contracts.applications import EmployerChanged
from lectern.contracts.values import EmployerChange

pytestmark = pytest.mark.postgres
SAID = {"submission": "1", "reason": "no-longer-employed", "note": "Until June <b>2026</b>."}


async def names_another(
    office: Office, educator: Educator, to: str = THEIRS, why: EmployerChange = EmployerChange.DECLINED
) -> None:
    educator.submission += 1
    await educator.tells(
        EmployerChanged(
            application_id=educator.application_id,
            educator_id=educator.id,
            submission=educator.submission,
            before=OURS,
            district=to,
            why=why,
            changed_at=office.running.now(),
        )
    )


async def test_is_read_once_more_before_it_goes(office: Office) -> None:
    jordan = await (await office.educator()).submits()
    dana = await office.dana()

    preview = await dana.post(f"{jordan.address}/decline", {**SAID, "do": "preview"})
    changed = await dana.post(f"{jordan.address}/decline", {**SAID, "do": "change"})

    assert preview.status_code == 200
    assert "No longer works here" in preview.text
    assert "Until June &lt;b&gt;2026&lt;/b&gt;." in preview.text
    assert "Until June" in changed.text
    assert await office.types(jordan) == ["VerificationRequested"]

    sent = await dana.post(f"{jordan.address}/decline", {**SAID, "do": "send"})
    page = await dana.get(sent.headers["location"])
    closed = await dana.get("/work-log?tab=closed&ended=declined")

    assert sent.status_code == 303
    assert "was asked to name the right district" in page.text
    assert jordan.name in closed.text
    assert "Declined by you" in closed.text
    assert await office.types(jordan) == ["VerificationRequested", "DistrictDeclined"]


@pytest.mark.parametrize(
    ("said", "field", "words"),
    [
        ({}, "reason", "Choose why your district does not answer"),
        ({"reason": "district-closed"}, "reason", "Choose why your district does not answer"),
        ({"reason": "because"}, "reason", "Choose why your district does not answer"),
        ({"reason": "other"}, "note", "Say in the note what it is"),
    ],
)
async def test_what_is_missing_is_said_at_its_field(
    office: Office, said: dict[str, str], field: str, words: str
) -> None:
    jordan = await (await office.educator()).submits()
    dana = await office.dana()

    page = await dana.post(f"{jordan.address}/decline", {"submission": "1", "do": "send", **said})

    assert page.status_code == 422
    assert f'href="#{field}"' in page.text
    assert words in page.text
    assert await office.types(jordan) == ["VerificationRequested"]


async def test_in_two_tabs_the_second_answer_is_shown_and_not_sent(office: Office) -> None:
    jordan = await (await office.educator()).submits()
    dana, luis = await office.dana(), await office.luis()
    key = await luis.key(f"{jordan.address}/return")
    await dana.post(f"{jordan.address}/decline", {**SAID, "do": "send"})

    answer = await luis.post(
        f"{jordan.address}/return", {"submission": "1", "reasons": "bta-unclear", "do": "send"}, key=key
    )

    assert answer.status_code == 409
    assert "Your district declined this application" in answer.text
    assert "The Beginning Teacher Assistance program is not clear" in answer.text
    assert await office.types(jordan) == ["VerificationRequested", "DistrictDeclined"]


async def test_the_new_district_has_it_and_the_old_one_sees_that_it_left(office: Office) -> None:
    jordan = await (await office.educator("Leaving Person")).submits()
    dana, kim = await office.dana(), await office.kim()
    await dana.post(f"{jordan.address}/decline", {**SAID, "do": "send"})
    await names_another(office, jordan)

    theirs = await kim.get(jordan.address)
    ours, listed = await dana.get(jordan.address), await dana.get("/work-log?tab=closed&q=Leaving")
    found, api = await dana.get("/work-log?q=Leaving"), await dana.get(f"/api{jordan.address}")
    saved = await dana.post(jordan.address, {"submission": "2", "do": "save"}, key=await dana.key("/account/password"))

    assert theirs.status_code == 200
    assert "Your district was named" in theirs.text
    assert "Until June" not in theirs.text
    assert ours.status_code == 200
    assert "Another district was named" in ours.text
    assert "What becomes of it there is not shown to you" in ours.text
    assert "With another district" in listed.text
    assert jordan.address not in found.text
    assert (api.status_code, saved.status_code) == (404, 404)


async def test_nothing_that_comes_later_reaches_the_old_district(office: Office) -> None:
    jordan = await (await office.educator("Later Person")).submits()
    dana = await office.dana()
    await names_another(office, jordan, why=EmployerChange.NAMED_WRONG)
    before = await dana.get(jordan.address)
    await jordan.is_approved()

    after, listed = await dana.get(jordan.address), await dana.get("/work-log?tab=closed&q=Later")

    assert "had named your district by mistake" in before.text
    assert "approved" not in after.text.lower()
    assert "Approved by DESE" not in listed.text.partition("<table")[2]
    async with office.running.read(district=OURS) as db:
        for table in ("work_log", "case_page"):
            assert (
                await db.fetchval(f"select count(*) from {table} where application_id = $1", jordan.application_id) == 0
            )
        assert await db.fetchval("select count(*) from certificates where person_id = $1", jordan.id) == 0


async def test_it_comes_back_where_the_declining_district_is_named_again(office: Office) -> None:
    jordan = await (await office.educator()).submits()
    dana = await office.dana()
    await dana.post(f"{jordan.address}/decline", {**SAID, "do": "send"})
    await names_another(office, jordan, to=OURS)

    page, declined = await dana.get(jordan.address), await dana.get("/work-log?tab=closed&ended=declined")

    assert "Handed in again, and nobody has opened it yet" in page.text
    assert "Your district was named" in page.text
    assert jordan.address not in declined.text


async def test_what_went_away_and_came_back_stands_in_the_work_log_once(office: Office) -> None:
    jordan = await (await office.educator("Roundabout Person")).submits()
    dana, kim = await office.dana(), await office.kim()
    await names_another(office, jordan, why=EmployerChange.NAMED_WRONG)
    jordan.submission += 1
    await jordan.tells(
        EmployerChanged(
            application_id=jordan.application_id,
            educator_id=jordan.id,
            submission=3,
            before=THEIRS,
            district=OURS,
            why=EmployerChange.NAMED_WRONG,
            changed_at=office.running.now(),
        )
    )

    ours, closed = await dana.get("/work-log?q=Roundabout"), await dana.get("/work-log?tab=closed&q=Roundabout")
    theirs = await kim.get(jordan.address)

    assert ours.text.count(f"{jordan.address}/claim") == 1
    assert jordan.address not in closed.text
    assert "Another district was named" in theirs.text
