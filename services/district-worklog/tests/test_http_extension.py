"""An extension in the work log: one criterion, its own card, its own attestation."""

import pytest
from worklog_browsing import saves, text_of
from worklog_office import Educator, Office

from district_worklog.work_log import Stage
from lectern.contracts.values import EducatorReport, Kind, YearTaught
from lectern.rules.years import school_year_of

pytestmark = pytest.mark.postgres

TEACHES = {
    "teaching_now": "yes",
    "teaching_since": "8/12/2026",
    "teaching_position": "Grade 3",
    "teaching_fte": "1.00",
    "teaching_checked": "Contract of this school year",
}


def reported(office: Office) -> EducatorReport:
    """A position in the school year that runs."""
    now = YearTaught(
        school_year=school_year_of(office.running.now().date()), employer="Independence 30",
        position="Teacher, grade 3", fte_hundredths=80, share_hundredths=30,
    )  # fmt: skip
    return EducatorReport(years=(now,))


async def extending(office: Office) -> Educator:
    educator = await office.educator()
    return await educator.submits(report=reported(office), kind=Kind.EXTENSION)


async def test_the_card_asks_for_one_thing_and_is_filled_in_as_reported(office: Office) -> None:
    jordan, dana = await extending(office), await office.dana()

    page = await dana.get(jordan.address)

    text = text_of(page)
    assert "Extension of an initial certificate" in text
    assert "0 of 1 criterion confirmed" in text
    assert "Is currently teaching" in text
    assert "Teacher, grade 3, Independence 30, 0.80 FTE" in text
    assert "contact hours" not in text
    assert 'value="0.80"' in page.text
    assert 'value="Teacher, grade 3"' in page.text


async def test_verifies_an_extension_with_its_own_attestation(office: Office) -> None:
    jordan, dana = await extending(office), await office.dana()

    await saves(dana, jordan, {**TEACHES, "do": "save-EXT-TEACHING"})
    await office.level()
    ready = text_of(await dana.get(jordan.address))
    sent = await saves(dana, jordan, {"do": "send", "attest": "yes"})

    assert "The criterion is confirmed" in ready
    assert "is teaching here now, and I submit this application to DESE" in ready
    assert sent.status_code == 303
    assert await office.stage(jordan) is Stage.SENT


async def test_what_is_missing_of_the_position_is_said_at_its_field(office: Office) -> None:
    jordan, dana = await extending(office), await office.dana()

    answer = await saves(dana, jordan, {**TEACHES, "teaching_since": "", "do": "send", "attest": "yes"})

    assert answer.status_code == 422
    assert "Teaching now: its first day is not recorded yet. Enter it, or return the application." in text_of(answer)
    assert 'href="#teaching_since"' in answer.text
    assert await office.stage(jordan) is Stage.TO_VERIFY


@pytest.mark.parametrize("fte", ["0", "2.01", "1.001", "much"])
async def test_an_fte_is_a_number_up_to_two(office: Office, fte: str) -> None:
    jordan, dana = await extending(office), await office.dana()

    answer = await saves(dana, jordan, {**TEACHES, "teaching_fte": fte, "do": "save"})

    assert answer.status_code == 422
    assert "Enter the FTE as a number up to 2.00" in answer.text
    assert "Contract of this school year" in answer.text


async def test_the_reasons_to_return_it_are_those_of_an_extension(office: Office) -> None:
    jordan, dana = await extending(office), await office.dana()

    page = text_of(await dana.get(f"{jordan.address}/return"))

    assert "The teaching position held now is not clear" in page
    assert "Contact hours of professional development are missing" not in page


async def test_it_counts_as_ready_with_its_one_criterion(office: Office) -> None:
    jordan, dana = await extending(office), await office.dana()
    riley = await (await office.educator("Riley Chen")).submits()
    await saves(dana, jordan, {**TEACHES, "do": "save"})
    await office.level()

    # By reference: the work log of all these tests has more than one page.
    jordans, rileys = f"q={jordan.reference}", f"q={riley.reference}"
    listed = text_of(await dana.get(f"/work-log?{jordans}"))
    ready = text_of(await dana.get(f"/work-log?only=ready&{jordans}"))
    unready = [text_of(await dana.get(f"/work-log?{each}")) for each in (rileys, f"only=ready&{rileys}")]

    assert "1 of 1 criterion" in listed
    assert "Jordan Avery" in ready
    assert ["Riley Chen" in each for each in unready] == [True, False]
