"""The years table over HTTP."""

import re

import pytest
from worklog_browsing import FOUR_YEARS
from worklog_office import REPORT, Office

pytestmark = pytest.mark.postgres


async def test_starts_with_what_the_educator_reported_and_sums_it(office: Office) -> None:
    jordan = await (await office.educator()).submits()
    dana = await office.dana()

    page = await dana.get(f"{jordan.address}/years")

    assert page.status_code == 200
    assert "4.00 of 4.00 years count" in page.text
    assert page.text.count("Counts 1.00") == 4


async def test_keeps_the_table_with_what_it_was_checked_against(office: Office) -> None:
    jordan = await (await office.educator()).submits()
    dana = await office.dana()

    saved = await dana.post(f"{jordan.address}/years", {"submission": "1", "do": "save", **FOUR_YEARS})
    page = await dana.get(saved.headers["location"].partition("#")[0])

    assert saved.status_code == 303
    assert page.text.count("Our contract") == 4
    assert "1 of 5 criteria confirmed" in page.text


async def test_works_out_the_sum_without_saving(office: Office) -> None:
    jordan = await (await office.educator()).submits()
    dana = await office.dana()
    changed = {**FOUR_YEARS, "share_3": "0.60", "counts_0": "other"}

    page = await dana.post(f"{jordan.address}/years", {"submission": "1", "do": "sum", **changed})

    assert page.status_code == 200
    assert "2.60 of 4.00 years count" in page.text
    assert "Substitute and aide time isn’t counted" in page.text
    assert await office.types(jordan) == ["VerificationRequested"]


async def test_adds_and_removes_rows_and_keeps_what_was_typed(office: Office) -> None:
    jordan = await (await office.educator()).submits(report=REPORT.model_copy(update={"years": ()}))
    dana = await office.dana()
    address = f"{jordan.address}/years"

    more = await dana.post(address, {"submission": "1", "do": "add", "employer_0": "Raytown C-2"})
    less = await dana.post(address, {"submission": "1", "do": "remove-0", "employer_0": "A", "employer_1": "B"})

    assert 'id="employer_1"' in more.text
    assert 'value="Raytown C-2"' in more.text
    assert 'id="employer_1"' not in less.text
    assert re.search(r'id="employer_0"[^>]*value="B"', less.text)


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"fte_1": "3"}, "fte_1", "from 0.01 to 2.00"),
        ({"share_2": "-0.5"}, "share_2", "from 0.00 to 1.00"),
        ({"share_2": "1.001"}, "share_2", "from 0.00 to 1.00"),
        ({"employer_0": ""}, "employer_0", "Enter the employer"),
        ({"checked_against_3": ""}, "checked_against_3", "Say what you checked this year against"),
        ({"school_year_3": "2090"}, "school_year_3", "has not begun"),
        ({"school_year_3": "1"}, "school_year_3", "Choose the school year"),
        ({"position_0": "x" * 201}, "position_0", "at most 200 characters"),
    ],
)
async def test_bad_rows_are_answered_at_their_fields(
    office: Office, changed: dict[str, str], field: str, words: str
) -> None:
    jordan = await (await office.educator()).submits()
    dana = await office.dana()

    page = await dana.post(f"{jordan.address}/years", {"submission": "1", "do": "save", **FOUR_YEARS, **changed})

    assert page.status_code == 422
    assert f'href="#{field}"' in page.text
    assert words in page.text
    assert await office.types(jordan) == ["VerificationRequested"]


async def test_one_answer_says_what_all_rows_were_checked_against(office: Office) -> None:
    jordan = await (await office.educator()).submits()
    dana = await office.dana()
    said = {name: "" if name.startswith("checked") and not name.endswith("0") else v for name, v in FOUR_YEARS.items()}

    saved = await dana.post(
        f"{jordan.address}/years", {"submission": "1", "do": "save", "against_all": "Our payroll", **said}
    )
    page = await dana.get(saved.headers["location"].partition("#")[0])

    assert (page.text.count("Our payroll"), page.text.count("Our contract")) == (3, 1)


async def test_rows_that_say_nothing_are_told_once_where_one_answer_does(office: Office) -> None:
    jordan = await (await office.educator()).submits()
    dana = await office.dana()
    silent = {name: "" if name.startswith("checked") else value for name, value in FOUR_YEARS.items()}

    page = await dana.post(f"{jordan.address}/years", {"submission": "1", "do": "save", **silent})

    assert page.status_code == 422
    assert re.findall(r'<li><a href="#([^"]+)">', page.text) == ["against_all"]
    assert "once here, or in each row" in page.text


async def test_says_how_much_is_missing(office: Office) -> None:
    jordan = await (await office.educator()).submits()
    dana = await office.dana()
    address = f"{jordan.address}/years"

    short = await dana.post(address, {"submission": "1", "do": "sum", **FOUR_YEARS, "share_3": "0.90"})
    unread = await dana.post(address, {"submission": "1", "do": "sum", **FOUR_YEARS, "share_3": "most"})

    assert "0.10 years are missing." in short.text
    assert "don’t count yet" not in short.text
    assert "1.00 year is missing. Rows that are not complete don’t count yet." in unread.text


async def test_an_empty_row_between_others_is_left_out(office: Office) -> None:
    jordan = await (await office.educator()).submits()
    dana = await office.dana()
    gap = {name: "" if name.endswith("_1") else value for name, value in FOUR_YEARS.items()}

    saved = await dana.post(f"{jordan.address}/years", {"submission": "1", "do": "save", **gap})
    page = await dana.get(saved.headers["location"].partition("#")[0])

    assert saved.status_code == 303
    assert "Not met: 3.00 of 4.00 years" in page.text


@pytest.mark.parametrize("do", ["remove-77", "remove-x", "burn"])
async def test_a_button_that_is_not_there_changes_nothing(office: Office, do: str) -> None:
    jordan = await (await office.educator()).submits()
    dana = await office.dana()

    page = await dana.post(f"{jordan.address}/years", {"submission": "1", "do": do, **FOUR_YEARS})

    assert page.status_code in {200, 422}
    assert await office.types(jordan) == ["VerificationRequested"]


async def test_a_table_without_rows_asks_for_one(office: Office) -> None:
    jordan = await (await office.educator()).submits()
    dana = await office.dana()

    page = await dana.post(f"{jordan.address}/years", {"submission": "1", "do": "save"})

    assert page.status_code == 422
    assert "Enter at least one school year" in page.text


async def test_hundreds_of_rows_are_too_many(office: Office) -> None:
    jordan = await (await office.educator()).submits()
    dana = await office.dana()
    many = {f"employer_{at}": "x" for at in range(90)}

    page = await dana.post(f"{jordan.address}/years", {"submission": "1", "do": "save", **many})

    assert page.status_code == 422
    assert await office.types(jordan) == ["VerificationRequested"]


async def test_two_at_once_are_told(office: Office) -> None:
    jordan = await (await office.educator()).submits()
    dana = await office.dana()
    address = f"{jordan.address}/years"
    await dana.post(address, {"submission": "1", "do": "save", **FOUR_YEARS})

    clash = await dana.post(address, {"submission": "1", "do": "save", **FOUR_YEARS, "share_0": "0.50"})

    assert clash.status_code == 409
    assert "You recorded this in another window" in clash.text
    assert "0.50 of the year" in clash.text
