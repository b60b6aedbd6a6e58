"""Passing on over HTTP: searched, chosen, read once more; this district keeps that it left."""

import pytest
from worklog_office import OURS, THEIRS, Educator, Office

from lectern.contracts.applications import EmployerChanged
from lectern.contracts.values import EmployerChange

pytestmark = pytest.mark.postgres


async def goes_on(office: Office, educator: Educator) -> None:
    """What the educator's service says to it."""
    educator.submission += 1
    await educator.tells(
        EmployerChanged(
            application_id=educator.application_id,
            educator_id=educator.id,
            submission=educator.submission,
            before=OURS,
            district=THEIRS,
            why=EmployerChange.PASSED_ON,
            changed_at=office.running.now(),
        )
    )
    await office.level()


async def test_is_read_once_more_before_it_goes(office: Office) -> None:
    jordan = await (await office.educator()).submits()
    dana, page = await office.dana(), f"{jordan.address}/pass-on"
    form = f"{page}?q={THEIRS}"
    said = {"submission": "1", "district": THEIRS, "q": THEIRS}

    chooser = await dana.get(form)
    preview = await dana.post(page, {**said, "do": "preview"}, page=form)
    changed = await dana.post(page, {**said, "do": "change"}, page=form)

    assert f'value="{THEIRS}"' in chooser.text
    assert "passed it on, because it knows that you work there" in preview.text
    assert f'value="{THEIRS}"' in changed.text
    assert await office.types(jordan) == ["VerificationRequested"]

    key = await dana.key(form)
    sent = await dana.post(page, {**said, "do": "send"}, page=form)
    moment = await dana.get(sent.headers["location"])
    again = await dana.post(page, {**said, "do": "send"}, key=key)
    await goes_on(office, jordan)
    left = await dana.get(jordan.address)
    there = await (await office.kim()).get(jordan.address)

    assert sent.status_code == 303
    assert "Another district is asked" in moment.text
    assert again.status_code == 409
    assert "passed this application on" in again.text
    assert f"Your district passed it on to district {THEIRS}" in left.text
    assert jordan.name in there.text
    assert "Attest and send to DESE" in there.text
    assert (await office.types(jordan))[-3:] == ["VerificationReassigned", "VerificationRequested", "ItemLeft"]


async def test_this_district_is_in_no_list(office: Office) -> None:
    jordan = await (await office.educator()).submits()
    dana = await office.dana()

    found = await dana.get(f"{jordan.address}/pass-on?q={OURS}")

    assert "No other district matches" in found.text
    assert f'value="{OURS}"' not in found.text.replace(f'name="q" type="search" maxlength="100" value="{OURS}"', "")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({}, "Choose a district"),
        ({"district": "a b"}, "Choose a district from the list"),
        ({"district": "999-999"}, "choose it from the list"),
        ({"district": OURS, "do": "send"}, "with your district already"),
    ],
)
async def test_what_is_wrong_is_said_at_its_field(office: Office, said: dict[str, str], words: str) -> None:
    jordan = await (await office.educator()).submits()
    dana = await office.dana()

    page = f"{jordan.address}/pass-on"
    answer = await dana.post(page, {"submission": "1", "q": THEIRS, "do": "preview"} | said, page=f"{page}?q={THEIRS}")

    assert answer.status_code == 422
    assert words in answer.text
    assert await office.types(jordan) == ["VerificationRequested"]


async def test_another_district_cannot_pass_it_on(office: Office) -> None:
    jordan = await (await office.educator()).submits()
    dana, kim = await office.dana(), await office.kim()
    key = await dana.key(f"{jordan.address}/pass-on?q={THEIRS}")

    page = await kim.get(f"{jordan.address}/pass-on")
    answer = await kim.post(f"{jordan.address}/pass-on", {"submission": "1", "district": OURS, "do": "send"}, key=key)

    assert (page.status_code, answer.status_code) == (404, 404)
    assert await office.types(jordan) == ["VerificationRequested"]
