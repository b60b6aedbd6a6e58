"""Returning to the educator over HTTP."""

import pytest
from worklog_office import Office

from district_worklog.work_log import Stage

pytestmark = pytest.mark.postgres


async def test_is_read_once_more_before_it_goes(office: Office) -> None:
    jordan = await (await office.educator()).submits()
    dana = await office.dana()
    said = {"submission": "1", "reasons": ["hours-missing", "other"], "note": "Add the workshop\nof June <b>2025</b>."}

    preview = await dana.post(f"{jordan.address}/return", {**said, "do": "preview"})
    changed = await dana.post(f"{jordan.address}/return", {**said, "do": "change"})

    assert preview.status_code == 200
    assert "Contact hours of professional development are missing" in preview.text
    assert "of June &lt;b&gt;2025&lt;/b&gt;." in preview.text
    assert "Add the workshop" in changed.text
    assert await office.types(jordan) == ["VerificationRequested"]

    sent = await dana.post(f"{jordan.address}/return", {**said, "do": "send"})
    page = await dana.get(sent.headers["location"])

    assert sent.status_code == 303
    assert "By Dana Whitfield, certification officer." in page.text
    assert await office.stage(jordan) is Stage.RETURNED
    assert await office.types(jordan) == ["VerificationRequested", "DistrictReturned"]


@pytest.mark.parametrize(
    ("said", "field", "words"),
    [
        ({}, "reasons", "Choose at least one reason"),
        ({"reasons": "other"}, "note", "Say in the note what is needed"),
        ({"reasons": "because"}, "reasons", "Choose reasons from the list"),
        ({"reasons": "hours-missing", "note": "x" * 4001}, "note", "at most 4,000 characters"),
    ],
)
@pytest.mark.parametrize("do", ["preview", "send"])
async def test_what_is_missing_is_said_at_its_field(
    office: Office, said: dict[str, str], field: str, words: str, do: str
) -> None:
    jordan = await (await office.educator()).submits()
    dana = await office.dana()

    page = await dana.post(f"{jordan.address}/return", {"submission": "1", "do": do, **said})

    assert page.status_code == 422
    assert f'href="#{field}"' in page.text
    assert words in page.text
    assert await office.types(jordan) == ["VerificationRequested"]


async def test_a_second_click_returns_it_once(office: Office) -> None:
    jordan = await (await office.educator()).submits()
    dana = await office.dana()
    said = {"submission": "1", "reasons": "hours-missing", "do": "send"}
    key = await dana.key(f"{jordan.address}/return")

    first = await dana.post(f"{jordan.address}/return", said, key=key)
    again = await dana.post(f"{jordan.address}/return", said, key=key)

    assert first.headers["location"] == again.headers["location"]
    assert (await office.types(jordan)).count("DistrictReturned") == 1


async def test_whoever_returns_it_second_is_shown_what_was_not_sent(office: Office) -> None:
    jordan = await (await office.educator()).submits()
    dana, luis = await office.dana(), await office.luis()
    key = await luis.key(f"{jordan.address}/return")
    said = {"submission": "1", "do": "send"}
    await dana.post(f"{jordan.address}/return", {**said, "reasons": "hours-missing"})

    answer = await luis.post(
        f"{jordan.address}/return", {**said, "reasons": "bta-unclear", "note": "Which <b>college</b>?"}, key=key
    )

    assert answer.status_code == 409
    assert "Your district returned this application to the educator" in answer.text
    assert "The Beginning Teacher Assistance program is not clear" in answer.text
    assert "Which &lt;b&gt;college&lt;/b&gt;?" in answer.text
    assert (await office.types(jordan)).count("DistrictReturned") == 1


async def test_the_same_key_with_another_answer_is_refused(office: Office) -> None:
    jordan = await (await office.educator()).submits()
    dana = await office.dana()
    said = {"submission": "1", "reasons": "hours-missing", "do": "send"}
    key = await dana.key(f"{jordan.address}/return")
    await dana.post(f"{jordan.address}/return", said, key=key)

    other = await dana.post(f"{jordan.address}/return", {**said, "note": "More."}, key=key)

    assert other.status_code == 422
    assert (await office.types(jordan)).count("DistrictReturned") == 1


async def test_what_was_sent_to_dese_is_told_so(office: Office) -> None:
    jordan = await (await office.educator()).submits()
    dana = await office.dana()
    await jordan.is_approved()

    page = await dana.get(f"{jordan.address}/return")
    answer = await dana.post(
        f"{jordan.address}/return",
        {"submission": "1", "reasons": "hours-missing", "do": "send"},
        key=await dana.key("/account/password"),
    )

    assert page.status_code == 303
    assert answer.status_code == 409
    assert "DESE has decided" in answer.text
