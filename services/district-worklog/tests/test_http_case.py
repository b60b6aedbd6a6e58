"""The case page over HTTP, on a real Postgres."""

import asyncio
import re
from uuid import uuid4

import httpx
import pytest
from worklog_browsing import ALL_YES, FOUR_YEARS, records_all, saves, text_of
from worklog_office import OURS, THEIRS, Office

from district_worklog.work_log import Stage

pytestmark = pytest.mark.postgres


async def test_shows_what_the_educator_reported_and_never_conduct(office: Office) -> None:
    jordan = await (await office.educator()).submits()
    dana = await office.dana()

    page = await dana.get(jordan.address)

    assert page.status_code == 200
    assert "Jordan Avery" in page.text
    assert "30 of 30 contact hours" in page.text
    assert page.text.count("Not yet known") == 5
    assert "AAAA" not in page.text


async def test_opening_claims_it_once_and_only_by_a_post(office: Office) -> None:
    jordan = await (await office.educator()).submits()
    dana, luis = await office.dana(), await office.luis()

    await dana.get(jordan.address)
    assert await office.types(jordan) == ["VerificationRequested"]
    first = await dana.post(f"{jordan.address}/claim", {"submission": "1"}, page=jordan.address)
    page = await dana.get(first.headers["location"])
    second = await luis.post(f"{jordan.address}/claim", {"submission": "1"}, page=jordan.address)

    assert (first.status_code, second.status_code) == (303, 303)
    assert "Opened by" in page.text
    assert await office.types(jordan) == ["VerificationRequested", "VerificationClaimed"]


async def test_verifies_from_the_first_record_to_dese(office: Office) -> None:
    jordan = await (await office.educator()).submits()
    dana = await office.dana()
    await records_all(dana, jordan)

    sent = await saves(dana, jordan, {"do": "send", "attest": "yes"})
    page = await dana.get(sent.headers["location"])

    assert sent.status_code == 303
    assert "Sent to DESE" in text_of(page)
    assert await office.stage(jordan) is Stage.SENT
    assert (await office.types(jordan))[-1] == "DistrictVerified"
    assert (await office.types(jordan)).count("VerificationClaimed") == 1


async def test_says_what_is_left_before_it_can_be_sent(office: Office) -> None:
    jordan = await (await office.educator()).submits()
    dana = await office.dana()
    await dana.post(f"{jordan.address}/years", {"submission": "1", "do": "save", **FOUR_YEARS})

    answer = await saves(
        dana, jordan, {**ALL_YES, "development_hours": "26", "mentoring": "", "mentoring_checked": "", "do": "send"}
    )

    assert answer.status_code == 422
    assert "<title>Error: Jordan Avery" in answer.text
    assert "Three things are left before you can send this" in answer.text
    assert "26 of 30 contact hours are recorded. Record 4 more, or return the application." in answer.text
    assert 'href="#mentoring"' in answer.text
    assert 'href="#attest"' in answer.text
    assert "3 of 5 criteria confirmed" in answer.text  # what was right is saved all the same
    assert await office.stage(jordan) is Stage.TO_VERIFY


async def test_a_no_needs_a_reason_at_its_field_and_nothing_typed_is_lost(office: Office) -> None:
    jordan = await (await office.educator()).submits()
    dana = await office.dana()

    answer = await saves(dana, jordan, {"evaluation": "no", "development_hours": "12.5"})

    assert answer.status_code == 422
    assert "Say why" in answer.text
    assert 'href="#evaluation_checked"' in answer.text
    assert 'value="12.5"' in answer.text
    assert await office.types(jordan) == ["VerificationRequested"]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"development_hours": "-4"}, "Enter the hours as a number of 0 or more"),
        ({"development_hours": "many"}, "Enter the hours as a number of 0 or more"),
        ({"development_hours": "26.1"}, "quarters of an hour"),
        ({"assistance": "yes", "assistance_on": "1/4/2090"}, "That day is still to come"),
        ({"assistance": "yes", "assistance_on": "the day after"}, "Enter a date, such as 1/4/2027"),
        ({"evaluation": "perhaps"}, "Choose Yes or No"),
        ({"evaluation": "yes", "evaluation_checked": "x" * 4001}, "at most 4,000 characters"),
        ({"submission": "first"}, "Enter a number"),
        ({"conduct": "yes"}, "This page has changed since you opened it"),
    ],
)
async def test_bad_input_is_answered_in_the_right_place(office: Office, said: dict[str, str], words: str) -> None:
    jordan = await (await office.educator()).submits()
    dana = await office.dana()

    answer = await saves(dana, jordan, said)

    assert answer.status_code == 422
    assert words in answer.text
    assert await office.types(jordan) == ["VerificationRequested"]


async def test_all_that_is_wrong_is_said_at_once_in_the_order_of_the_page(office: Office) -> None:
    jordan = await (await office.educator()).submits()
    dana = await office.dana()
    said = {"mentoring": "no", "assistance_on": "6/15/2090", "development_hours": "31,5", "evaluation": "no"}

    answer = await saves(dana, jordan, said)

    assert re.findall(r'<li><a href="#([^"]+)">', answer.text) == [
        "development_hours", "mentoring_checked", "assistance_on", "evaluation_checked",
    ]  # fmt: skip


async def test_only_what_is_left_is_said_to_somebody_who_signs(office: Office) -> None:
    jordan = await (await office.educator()).submits()
    dana = await office.dana()
    await records_all(dana, jordan)

    said = {"development_hours": "26", "plan_approved": "yes", "do": "send", "attest": "yes"}
    answer = await saves(dana, jordan, said)

    assert "One thing is left before you can send this" in answer.text
    assert "Attestation:" not in answer.text


@pytest.mark.parametrize(
    ("path", "do", "leads_to"),
    [
        ("", "years", r"/years\?after=\d+"),
        ("", "return", r"/return\?after=\d+"),
        ("", "change-UPG-MENTORING", r"\?change=UPG-MENTORING&after=\d+#mentoring-card"),
        ("", "save-UPG-PD", r"\?after=\d+#mentoring-card"),
        ("", "save-UPG-PBTE", r"\?after=\d+#send"),
        ("/claim", "save", r"\?after=\d+"),
        ("/kept", "save", r"\?after=\d+"),
    ],
)
async def test_every_button_saves_what_was_typed_and_then_leads_on(
    office: Office, path: str, do: str, leads_to: str
) -> None:
    jordan = await (await office.educator()).submits()
    dana = await office.dana()
    said = {"submission": "1", "do": do, "evaluation": "yes", "evaluation_checked": "Four summaries"}

    answer = await dana.post(jordan.address + path, said, page=jordan.address)
    await office.level()
    page = await dana.get(jordan.address)

    assert answer.status_code == 303
    assert re.fullmatch(re.escape(jordan.address) + leads_to, answer.headers["location"])
    assert "Four summaries" in page.text
    assert sorted(await office.types(jordan)) == ["CriterionRecorded", "VerificationClaimed", "VerificationRequested"]


async def test_a_card_that_was_opened_to_change_it_stays_open_until_it_is_right(office: Office) -> None:
    jordan = await (await office.educator()).submits()
    dana = await office.dana()
    await records_all(dana, jordan)

    answer = await saves(dana, jordan, {"mentoring": "no", "mentoring_years": "1", "do": "save"})

    assert answer.status_code == 422
    assert 'id="mentoring_checked"' in answer.text
    assert 'value="1"' in answer.text


async def test_what_was_reported_is_filled_in_and_counts_once_somebody_confirms_it(office: Office) -> None:
    jordan = await (await office.educator()).submits()
    dana = await office.dana()
    page = await dana.get(jordan.address)
    filled = dict(re.findall(r'name="(\w+)" type="text" value="([^"]+)"', page.text))

    untouched = await saves(dana, jordan, filled)
    nothing = await office.types(jordan)
    confirmed = await saves(dana, jordan, {**filled, "do": "save-UPG-PD", "plan_approved": "yes"})
    await office.level()
    after = await dana.get(jordan.address)

    assert filled["development_hours"] == "30"
    assert "Filled in as Jordan reported." in page.text
    assert untouched.status_code == confirmed.status_code == 303
    assert nothing == ["VerificationRequested"]
    assert (await office.types(jordan)).count("CriterionRecorded") == 1
    assert "1 of 5 criteria confirmed" in after.text


async def test_a_ready_one_leads_to_its_attestation_from_the_top(office: Office) -> None:
    jordan = await (await office.educator()).submits()
    dana = await office.dana()
    before = await dana.get(jordan.address)
    await records_all(dana, jordan)
    await office.level()

    page = await dana.get(jordan.address)

    assert 'href="#send"' not in before.text
    assert page.text.index('href="#send">Sign and send') < page.text.index("The five criteria")


async def test_no_link_leads_away_from_what_was_typed(office: Office) -> None:
    jordan = await (await office.educator()).submits()
    dana = await office.dana()
    await records_all(dana, jordan)

    page = await dana.get(jordan.address)
    main = page.text.partition("<main")[2].partition("</main>")[0]
    footer = page.text.partition("<footer")[2]

    assert re.findall(r'<a [^>]*href="([^"#]+)', main) == ["/work-log", "mailto:jordan@example.test"]
    assert re.findall(r'href="([^"]+)', footer) == ["/help", "/account/password"], "as on every page"


async def test_ten_megabytes_in_a_field_are_refused_and_nothing_happens(office: Office) -> None:
    jordan = await (await office.educator()).submits()
    dana = await office.dana()

    answer = await saves(dana, jordan, {"evaluation_checked": "x" * 10_000_000})

    assert answer.status_code == 413
    assert await office.types(jordan) == ["VerificationRequested"]


async def test_a_double_click_is_one_fact(office: Office) -> None:
    jordan = await (await office.educator()).submits()
    dana = await office.dana()
    key = await dana.key(jordan.address)

    said = {"submission": "1", "evaluation": "yes", "do": "save"}
    answers = await asyncio.gather(*(dana.post(jordan.address, said, key=key) for _ in range(5)))

    assert {each.status_code for each in answers} == {303}
    assert len({each.headers["location"] for each in answers}) == 1
    assert (await office.types(jordan)).count("CriterionRecorded") == 1


async def test_saving_what_is_recorded_already_records_nothing(office: Office) -> None:
    jordan = await (await office.educator()).submits()
    dana = await office.dana()
    await saves(dana, jordan, {"development_hours": "26", "plan_approved": "yes"})

    answer = await saves(dana, jordan, {"development_hours": "26.0", "plan_approved": "yes"})

    assert answer.status_code == 303
    assert (await office.types(jordan)).count("CriterionRecorded") == 1


async def test_two_at_once_see_both_answers_and_either_may_be_kept(office: Office) -> None:
    jordan = await (await office.educator()).submits()
    dana, luis = await office.dana(), await office.luis()
    await saves(luis, jordan, {"mentoring": "yes", "mentoring_checked": "Mentor log 2023-25"})

    mine = {"submission": "1", "mentoring": "yes", "mentoring_checked": "Mentor contract", "do": "save"}
    clash = await dana.post(jordan.address, mine, page=jordan.address)

    assert clash.status_code == 409
    assert "Luis Ferrante recorded this while you were writing" in clash.text
    assert "Mentor log 2023-25" in clash.text
    assert "Mentor contract" in clash.text

    seen = re.findall(r'name="seen" value="([^"]+)"', clash.text)
    again = await dana.post(jordan.address, {**mine, "seen": seen}, page=jordan.address)
    page = await dana.get(again.headers["location"])

    assert again.status_code == 303
    assert "Mentor contract" in page.text


async def test_does_not_sign_what_a_colleague_changed_meanwhile(office: Office) -> None:
    jordan = await (await office.educator()).submits()
    dana, luis = await office.dana(), await office.luis()
    await records_all(dana, jordan)
    page = await dana.get(jordan.address)
    seen = re.findall(r'name="seen" value="([^"]+)"', page.text)

    await saves(luis, jordan, {"evaluation": "yes", "evaluation_checked": "Four summaries"})
    sent = await dana.post(
        jordan.address, {"submission": "1", "seen": seen, "do": "send", "attest": "yes"}, page=jordan.address
    )

    assert sent.status_code == 409
    assert await office.stage(jordan) is Stage.TO_VERIFY


async def test_a_stale_form_finds_the_newer_handing_in(office: Office) -> None:
    jordan = await (await office.educator()).submits()
    dana = await office.dana()
    await dana.post(
        f"{jordan.address}/return", {"submission": "1", "reasons": "hours-missing", "do": "send"}, page=jordan.address
    )
    await jordan.corrects()

    stale = await dana.post(
        jordan.address,
        {"submission": "1", "evaluation": "yes", "evaluation_checked": "Summaries", "do": "save"},
        page=jordan.address,
    )

    assert stale.status_code == 409
    assert "handed in this application again" in stale.text
    assert "Summaries" in stale.text  # what was typed is not lost
    assert (await office.types(jordan)).count("CriterionRecorded") == 0


async def test_what_was_recorded_before_a_correction_may_be_kept(office: Office) -> None:
    jordan = await (await office.educator()).submits()
    dana = await office.dana()
    await records_all(dana, jordan)
    await dana.post(
        f"{jordan.address}/return", {"submission": "1", "reasons": "hours-missing", "do": "send"}, page=jordan.address
    )
    await jordan.corrects()

    page = await dana.get(jordan.address)
    kept = await dana.post(f"{jordan.address}/kept", {"submission": "2"}, page=jordan.address)
    sent = await saves(dana, jordan, {"do": "send", "attest": "yes"}) if kept.status_code == 303 else kept

    assert "handed this in again" in page.text
    assert sent.status_code == 303, sent.text
    assert await office.stage(jordan) is Stage.SENT


async def test_what_the_educator_says_to_a_return_is_read_with_the_new_version_only(office: Office) -> None:
    jordan = await (await office.educator()).submits()
    dana = await office.dana()
    returning = {"reasons": "hours-missing", "note": "Which hours?", "do": "send"}
    await dana.post(f"{jordan.address}/return", {"submission": "1", **returning}, page=jordan.address)
    await jordan.corrects(words="The four hours in June.")

    first = await dana.get(jordan.address)
    await dana.post(f"{jordan.address}/return", {"submission": "2", **returning}, page=jordan.address)
    await jordan.corrects()
    second = await dana.get(jordan.address)

    assert first.text.count("“The four hours in June.”") == 2, "with the new version, and in the history"
    assert "handed this in again" in second.text
    assert second.text.count("“The four hours in June.”") == 1, "in the history"


async def test_what_dese_has_ended_is_closed(office: Office) -> None:
    jordan = await (await office.educator()).submits()
    dana = await office.dana()
    await jordan.is_approved()

    page = await dana.get(jordan.address)
    answer = await dana.post(
        jordan.address, {"submission": "1", "evaluation": "yes", "do": "save"}, key=await dana.key("/account/password")
    )

    assert "DESE approved it" in page.text
    assert answer.status_code == 409
    assert "DESE has decided" in answer.text


@pytest.mark.parametrize("path", ["", "/years", "/return"])
async def test_another_districts_item_looks_like_none_at_all(office: Office, path: str) -> None:
    jordan = await (await office.educator()).submits(OURS)
    kim = await office.kim()
    absent = f"/work-log/{uuid4()}"

    foreign, missing = await kim.get(jordan.address + path), await kim.get(absent + path)

    assert foreign.status_code == missing.status_code == 404
    assert _masked(foreign, jordan.address) == _masked(missing, absent)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("", {"submission": "1", "evaluation": "yes", "do": "save"}),
        ("", {"submission": "1", "do": "send", "attest": "yes"}),
        ("/claim", {"submission": "1"}),
        ("/kept", {"submission": "1"}),
        ("/years", {"submission": "1", "do": "save", **FOUR_YEARS}),
        ("/return", {"submission": "1", "reasons": "hours-missing", "do": "send"}),
    ],
)
async def test_nothing_can_be_done_to_another_districts_item(office: Office, path: str, said: dict[str, str]) -> None:
    jordan = await (await office.educator()).submits(OURS)
    kim = await office.kim()

    answer = await kim.post(jordan.address + path, said, key=await kim.key("/account/password"))

    assert answer.status_code == 404
    assert "Jordan" not in answer.text
    assert await office.types(jordan) == ["VerificationRequested"]


async def test_moves_to_the_district_that_a_correction_names(office: Office) -> None:
    jordan = await (await office.educator()).submits(OURS)
    dana, kim = await office.dana(), await office.kim()
    await saves(dana, jordan, {"evaluation": "yes", "evaluation_checked": "Kept in our files"})
    await dana.post(
        f"{jordan.address}/return",
        {"submission": "1", "reasons": "personal-details", "do": "send"},
        page=jordan.address,
    )
    await jordan.corrects(THEIRS)

    page = await kim.get(jordan.address)

    assert page.status_code == 200
    assert "Kept in our files" not in page.text
    assert (await dana.get(jordan.address)).status_code == 404


async def test_nobody_signed_in_is_led_to_the_sign_in(office: Office) -> None:
    jordan = await (await office.educator()).submits()

    answer = await office.browser().get(jordan.address)

    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/sign-in?next=")


async def test_a_post_from_elsewhere_changes_nothing(office: Office) -> None:
    jordan = await (await office.educator()).submits()
    dana = await office.dana()
    key = await dana.key(jordan.address)

    answer = await dana._ask(
        "POST", f"{jordan.address}/claim", data={"submission": "1", "key": key}, headers={"Origin": "https://evil.test"}
    )

    assert answer.status_code == 403
    assert await office.types(jordan) == ["VerificationRequested"]


def _masked(response: httpx.Response, address: str) -> str:
    """The page without what differs from request to request."""
    text = response.text.replace(address, "")
    text = re.sub(r'name="key" value="[^"]*"', "", text)
    text = re.sub(r"[0-9A-Z]{4}-[0-9A-Z]{4}", "", text)
    return re.sub(r"until [^,]*,", "", text)


async def test_nothing_recorded_and_sent_says_all_that_is_left(office: Office) -> None:
    jordan = await (await office.educator()).submits()
    dana = await office.dana()
    page = await dana.get(jordan.address)
    filled = dict(re.findall(r'name="(\w+)" type="text" value="([^"]*)"', page.text))

    answer = await saves(dana, jordan, {**filled, "do": "send"})

    assert answer.status_code == 422
    assert "Six things are left before you can send this" in answer.text


async def test_shows_the_registers_name_beside_the_one_the_educator_uses(office: Office) -> None:
    maria = await (await office.educator("Samuel Ortiz")).submits()
    dana = await office.dana()
    before = await dana.get(maria.address)

    await office.renames(maria, "Maria Ortiz")
    page, list_ = await dana.get(maria.address), await dana.get("/work-log?q=maria+ortiz")

    assert "in the register; signs as" not in before.text
    assert "Samuel Ortiz in the register; signs as Maria Ortiz" in text_of(page)
    assert "In the register: Samuel Ortiz" in list_.text


async def test_what_falls_short_is_looked_at_after_saving(office: Office) -> None:
    jordan = await (await office.educator()).submits()
    dana = await office.dana()

    short = await saves(dana, jordan, {"mentoring": "yes", "mentoring_years": "1", "do": "save-UPG-MENTORING"})
    await office.level()
    enough = await saves(dana, jordan, {"mentoring": "yes", "mentoring_years": "2", "do": "save-UPG-MENTORING"})

    assert short.headers["location"].endswith("#mentoring-card")
    assert enough.headers["location"].endswith("#assistance-card")


async def test_hours_that_stand_there_as_reported_only_need_their_answer(office: Office) -> None:
    jordan = await (await office.educator()).submits()

    page = await saves(await office.dana(), jordan, {"development_hours": "30", "do": "send", "attest": "yes"})

    assert 'href="#plan_approved' in page.text
    assert 'href="#development_hours"' not in page.text


async def test_says_which_parts_were_changed_by_a_correction(office: Office) -> None:
    jordan = await (await office.educator()).submits()
    dana = await office.dana()
    said = {"submission": "1", "reasons": "hours-missing", "note": "Add hours", "do": "send"}
    await dana.post(f"{jordan.address}/return", said, page=f"{jordan.address}/return")
    await office.level()
    await jordan.corrects()

    page = await dana.get(jordan.address)

    assert "Changed: Education and experience." in text_of(page)
