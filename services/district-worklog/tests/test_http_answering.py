"""What DESE asks a district, over HTTP: it stands in the work log again, and the answer goes with the attestation."""

import secrets

import pytest
from worklog_browsing import records_all, saves, text_of
from worklog_office import Educator, Office

from district_worklog.work_log import Stage
from lectern.web.client import Browsing

pytestmark = pytest.mark.postgres
NOTE = "Which contract covers the school year 2024?"
ANSWER = "The contract of August 2024, for grade 3."


async def asked(office: Office, browser: Browsing) -> Educator:
    """Sent to DESE, and asked about."""
    jordan = await (await office.educator()).submits()
    await records_all(browser, jordan)
    await saves(browser, jordan, {"do": "send", "attest": "yes"})
    await jordan.is_asked(NOTE)
    return jordan


async def test_it_is_open_again_with_the_question_and_goes_back_with_the_answer(office: Office) -> None:
    dana = await office.dana()
    jordan = await asked(office, dana)

    log, case = await dana.get("/work-log"), await dana.get(jordan.address)
    on = await saves(dana, jordan, {"do": "answer"})
    page = await dana.get(f"{jordan.address}/answer")
    again = await dana.post(
        f"{jordan.address}/answer",
        {"submission": "1", "answer": ANSWER, "attest": "yes"},
        page=f"{jordan.address}/answer",
    )
    await office.level()
    after = await dana.get(jordan.address)

    assert "DESE asks something" in text_of(log)
    assert "DESE asks your district something" in text_of(case)
    assert NOTE in case.text
    assert "5 of 5 criteria confirmed" in text_of(case)
    assert on.headers["location"].partition("?")[0] == f"{jordan.address}/answer"
    assert NOTE in page.text
    assert again.status_code == 303
    assert await office.stage(jordan) is Stage.SENT
    assert "Answered to DESE" in text_of(after)
    assert ANSWER in after.text
    assert (await office.types(jordan))[-3:] == ["VerificationReopened", "DistrictAnswered", "DistrictVerified"]


async def test_an_answer_needs_words_and_a_signature(office: Office) -> None:
    dana = await office.dana()
    jordan = await asked(office, dana)

    page = await dana.post(
        f"{jordan.address}/answer", {"submission": "1", "answer": ""}, page=f"{jordan.address}/answer"
    )

    assert page.status_code == 422
    assert "Write your district’s answer" in page.text
    assert "Tick the box to sign" in page.text


async def test_nothing_is_answered_that_was_not_asked_nor_by_another_district(office: Office) -> None:
    dana, kim = await office.dana(), await office.kim()
    jordan = await (await office.educator()).submits()
    other = await asked(office, dana)

    assert (await dana.get(f"{jordan.address}/answer")).headers["location"] == jordan.address
    assert (await kim.get(f"{other.address}/answer")).status_code == 404


async def test_programs_answer_too(office: Office) -> None:
    dana = await office.dana()
    jordan = await asked(office, dana)
    path = f"/api/work-log/{jordan.application_id}"

    item = await dana.get(path)
    silent = await dana.post_json(f"{path}/verification", {"submission": 1, "attested": True}, key=secrets.token_hex(8))
    said = {"submission": 1, "attested": True, "answer": ANSWER}
    sent = await dana.post_json(f"{path}/verification", said, key=secrets.token_hex(8))

    assert (item.json()["status"], item.json()["asked"]) == ("waiting", True)
    assert silent.status_code == 409
    assert sent.status_code == 200


async def test_what_the_educator_tells_dese_stands_in_no_work_log(office: Office) -> None:
    dana = await office.dana()
    jordan = await (await office.educator()).submits()
    await records_all(dana, jordan)
    await saves(dana, jordan, {"do": "send", "attest": "yes"})
    await jordan.is_asked(NOTE, of_district=False)

    case = await dana.get(jordan.address)

    assert await office.stage(jordan) is Stage.SENT
    assert "asked" not in text_of(case).lower().partition("history")[2]
