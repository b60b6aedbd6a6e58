"""The queue, the case and decisions as people use them, on a real Postgres."""

import asyncio
import re
from datetime import timedelta
from uuid import UUID

import httpx
import pytest
from review_browsing import approves, hidden, text_of
from review_office import EXPLAINED, REPORT, Educator, ReviewOffice

from lectern.contracts.days import chicago_day
from lectern.rules.calendar import upgraded
from lectern.web.client import Browsing
from lectern.web.words import day
from review.review_queue import Stage

pytestmark = pytest.mark.postgres

NOTE = "Your records show 26 contact hours. Complete four more, then apply again."


async def denies(browser: Browsing, who: Educator, **changed: str) -> httpx.Response:
    fields = {"submission": str(who.submission), "reasons": "evidence-not-reliable", "note": NOTE}
    return await browser.post(f"{who.address}/denial", fields | changed, page=f"{who.address}/denial")


async def answers(browser: Browsing, who: Educator, answer: str, why: str = "") -> httpx.Response:
    page = await browser.get(f"{who.address}/second")
    fields = {name: hidden(page, name) for name in ("submission", "proposal_id", "effective_on")}
    return await browser.post(
        f"{who.address}/second", fields | {"answer": answer, "why": why}, page=f"{who.address}/second"
    )


async def opens_conduct(browser: Browsing, who: Educator) -> httpx.Response:
    return await browser.post(
        f"{who.address}/conduct", {"submission": str(who.submission)}, page=f"{who.address}/conduct"
    )


async def test_the_queue_shows_what_is_ready_and_the_case_says_who_has_it(office: ReviewOffice) -> None:
    jordan = await (await (await office.educator("Jordan Queueson")).submits()).verified()
    priya = await office.priya()

    queue, case = await priya.get("/queue"), await priya.get(jordan.address)

    assert jordan.reference in queue.text
    assert "Jordan Queueson" in queue.text
    words = text_of(case)
    assert "With DESE since" in words
    assert "Nobody has taken it" in words
    assert words.count("Met") >= 6
    assert "I attest, from the records of Independence" in words
    assert "All eight answers are No" in words


async def test_the_case_shows_the_numbers_and_years_that_were_reported(office: ReviewOffice) -> None:
    jordan = await (await (await office.educator("Numera Ical")).submits()).verified()

    page = await (await office.priya()).get(jordan.address)
    reported = text_of(page).partition("Only reported.")[2].partition("Notes")[0]

    assert "4 school years" in reported
    assert "30 contact hours" in reported
    assert "2 school years" in reported
    assert "2022–23" in reported
    assert all(each.employer in reported for each in REPORT.years)


async def test_the_case_says_how_to_reach_the_educator(office: ReviewOffice) -> None:
    jordan = await (await (await office.educator("Reacha Ble")).submits()).verified()
    await jordan.registers("Reacha", "Ble")

    page = await (await office.priya()).get(jordan.address)

    assert 'href="mailto:reacha@example.test"' in page.text


@pytest.mark.parametrize("search", ["reference", "number", "name"])
async def test_the_queue_is_searched(office: ReviewOffice, search: str) -> None:
    sam = await (await (await office.educator(f"Sam Findme{search}")).submits()).verified()
    priya = await office.priya()
    text = {"reference": sam.reference.lower(), "number": sam.number, "name": f"findme{search} sam"}[search]

    found = await priya.get(f"/queue?q={text}")

    assert sam.address in found.text
    assert found.text.partition("<table")[2].count('href="/cases/') == 1


async def test_tiles_and_tabs_count_the_whole_list_that_is_looked_for(office: ReviewOffice) -> None:
    for number in range(3):
        await (await (await office.educator(f"Count{number} Tileson")).submits()).verified()
    priya, untaken = await office.priya(), "Nobody has taken 3"

    found, nobody = await priya.get("/queue?q=tileson"), await priya.get("/queue?q=nobody+tileson")
    later = await priya.get(f"/queue?q=tileson&start={-(2**61)}.{UUID(int=0)}.50")
    second = await priya.get("/queue?tab=second&q=tileson")

    assert untaken in text_of(found)
    assert untaken in text_of(later), "on every page"
    assert "Ready for decision 3" in text_of(found)
    assert "Ready for decision 0" in text_of(nobody)
    assert "The numbers beside the tabs say where something was found" in text_of(second)
    assert 'href="/queue?tab=second">Clear the search' in second.text


async def test_a_tile_leads_to_what_it_counts(office: ReviewOffice) -> None:
    taken = await (await (await office.educator("Taken Byson")).submits()).verified()
    free = await (await (await office.educator("Free Byson")).submits()).verified()
    priya = await office.priya()
    await priya.post(f"{taken.address}/start", {"submission": "1"}, page=taken.address)

    page = await priya.get("/queue?q=byson&only=untaken")

    assert free.address in page.text
    assert taken.address not in page.text.partition("<table")[2]
    assert "Show all" in text_of(page)


@pytest.mark.parametrize("search", ["Ortiz-Reyes", "ortiz reyes samuel", "Maria Twonames", "samuel ORT"])
async def test_both_names_are_found_and_shown(office: ReviewOffice, search: str) -> None:
    maria = await (await office.educator("Samuel Ortiz-Reyes")).submits()
    await maria.registers("Maria", "Twonames")
    await maria.verified()
    priya = await office.priya()

    found = await priya.get(f"/queue?{httpx.QueryParams({'q': search})}")
    case, register = text_of(await priya.get(maria.address)), text_of(await priya.get(f"/register/{maria.id}"))

    assert maria.address in found.text
    assert "Samuel Ortiz-Reyes in the register; signs as Maria Twonames" in case
    assert "Samuel Ortiz-Reyes in the register; signs as Maria Twonames" in register


async def test_a_change_of_name_is_a_line_of_the_history_and_rewrites_no_decision(office: ReviewOffice) -> None:
    maria = await office.educator("Samuel Lineson")
    await maria.registers("Maria", "Lineson")
    await (await maria.submits(days_ago=0)).verified()
    priya = await office.priya()
    await approves(priya, maria)
    await maria.renames("Anna", "Smith")

    page = await priya.get(maria.address)

    assert re.search(r"<h1[^>]*>(<span.*?</span>)?\s*Maria Lineson", page.text, re.DOTALL)
    assert "Name changed by the educator Anna Smith Maria Lineson Anna Smith" in text_of(page)
    assert maria.address in (await priya.get("/queue?tab=decided&q=anna+smith")).text


@pytest.mark.parametrize("odd", ["%", "_", "\\", "'", '"; drop table people; --', "x" * 4000, "%00"])
async def test_odd_searches_find_nothing(office: ReviewOffice, odd: str) -> None:
    priya = await office.priya()

    found = await priya.get(f"/queue?{httpx.QueryParams({'q': odd})}")

    assert found.status_code == 200


@pytest.mark.parametrize("tab", ["ready", "mine", "second", "district", "decided", "nonsense"])
async def test_every_tab_has_a_page(office: ReviewOffice, tab: str) -> None:
    priya = await office.priya()

    assert (await priya.get(f"/queue?tab={tab}&sort=expiry&start=1.x.2")).status_code == 200


async def test_the_next_case_is_the_oldest_that_nobody_has_and_then_it_is_mine(office: ReviewOffice) -> None:
    oldest = await (await (await office.educator("Olda Est")).submits()).verified(days_ago=500)
    ines = await office.ines()

    answer = await ines.post("/queue/next", {}, page="/queue")

    assert answer.status_code == 303
    assert answer.headers["location"].startswith(oldest.address)
    case = await ines.get(answer.headers["location"])
    assert "You have it" in text_of(case)
    assert (await office.types(oldest))[-1] == "ReviewAssigned"


async def test_looking_changes_nothing(office: ReviewOffice) -> None:
    jordan = await (await (await office.educator()).submits()).verified()
    priya = await office.priya()

    for page in ("", "/history", "/conduct", "/approval", "/denial"):
        assert (await priya.get(jordan.address + page)).status_code == 200

    assert await office.types(jordan) == ["ReviewOpened"]


async def test_approval_shows_both_days_first_and_upgrades_once(office: ReviewOffice) -> None:
    jordan = await (await (await office.educator()).submits()).verified()
    priya = await office.priya()
    period = upgraded(chicago_day(office.running.now()))

    before = await priya.get(f"{jordan.address}/approval")
    answer = await approves(priya, jordan)

    assert day(period.effective_on) in text_of(before)
    assert day(period.expires_on) in text_of(before)
    assert answer.status_code == 303, text_of(answer)
    after = text_of(await priya.get(answer.headers["location"]))
    assert "Approved on" in after
    assert "Jordan has a Career Continuous Professional Certificate, valid from" in after
    assert "Take the next case" in after
    assert day(period.expires_on) in after
    assert await office.types(jordan) == [
        "ReviewOpened",
        "ReviewAssigned",
        "DecisionSigned",
        "ApplicationApproved",
        "CertificateUpgraded",
    ]
    assert await office.stage(jordan) is Stage.APPROVED


async def test_fifty_approvals_at_once_are_one(office: ReviewOffice) -> None:
    jordan = await (await (await office.educator()).submits()).verified()
    officers = [await office.priya(), await office.ines(), await office.theo(), await office.ada()]
    keys = [await each.key(f"{jordan.address}/approval") for each in officers]
    fields = {"submission": "1", "effective_on": chicago_day(office.running.now()).isoformat()}

    async def repeats_until_answered(n: int) -> int:
        """A busy machine may say 503: the outcome is unknown, and the same key finds it."""
        while True:
            answer = await officers[n % 4].post(f"{jordan.address}/approval", fields, key=keys[n % 4])
            if answer.status_code != httpx.codes.SERVICE_UNAVAILABLE:
                return answer.status_code

    statuses = await asyncio.gather(*(repeats_until_answered(n) for n in range(50)))

    assert sorted(set(statuses)) == [303, 422]
    types = await office.types(jordan)
    assert types.count("ApplicationApproved") == types.count("CertificateUpgraded") == 1


async def test_a_page_of_yesterday_is_shown_again(office: ReviewOffice) -> None:
    jordan = await (await (await office.educator()).submits()).verified()
    priya = await office.priya()
    yesterday = chicago_day(office.running.now()) - timedelta(days=1)

    answer = await priya.post(
        f"{jordan.address}/approval",
        {"submission": "1", "effective_on": yesterday.isoformat()},
        page=f"{jordan.address}/approval",
    )

    assert answer.status_code == 422
    assert "A new day has begun" in text_of(answer)
    assert "ApplicationApproved" not in await office.types(jordan)


async def test_what_is_with_the_district_can_not_be_decided(office: ReviewOffice) -> None:
    jordan = await (await office.educator()).submits()
    priya = await office.priya()

    page = await priya.get(jordan.address)
    approval = await priya.get(f"{jordan.address}/approval")
    forced = await priya.post(
        f"{jordan.address}/approval",
        {"submission": "1", "effective_on": chicago_day(office.running.now()).isoformat()},
        page="/register",
    )

    assert "Opens when the district has verified it" in text_of(page)
    assert approval.status_code == 303
    assert forced.status_code == 422
    assert "district has not verified" in text_of(forced)


async def test_a_returned_and_corrected_application_is_decided_on_its_last_submission(office: ReviewOffice) -> None:
    jordan = await (await office.educator()).submits()
    await jordan.returned()
    await jordan.corrects()
    await jordan.verified()
    priya = await office.priya()

    answer = await approves(priya, jordan)

    assert answer.status_code == 303
    assert await office.stage(jordan) is Stage.APPROVED


async def test_a_criterion_that_is_not_met_leaves_only_the_denial(office: ReviewOffice) -> None:
    jordan = await (await (await office.educator()).submits()).verified("UPG-PD")
    priya = await office.priya()

    page = await priya.get(jordan.address)

    assert "26 of 30 contact hours" in text_of(page)
    assert f"{jordan.address}/approval" not in page.text
    assert f"{jordan.address}/denial" in page.text


async def test_a_denial_is_signed_by_another_person(office: ReviewOffice) -> None:
    jordan = await (await (await office.educator()).submits()).verified()
    priya, ines, theo = await office.priya(), await office.ines(), await office.theo()

    proposed = await denies(priya, jordan)
    assert proposed.status_code == 303, text_of(proposed)
    await office.level()

    assert (await ines.get(f"{jordan.address}/second")).status_code == 404
    assert "You proposed it" in text_of(await priya.get(jordan.address))
    page = await theo.get(f"{jordan.address}/second")
    assert NOTE in text_of(page)
    signed = await answers(theo, jordan, "sign")
    assert signed.status_code == 303, text_of(signed)
    assert await office.stage(jordan) is Stage.DENIED
    assert await office.types(jordan) == [
        "ReviewOpened",
        "ReviewAssigned",
        "DenialProposed",
        "DecisionSigned",
        "ApplicationDenied",
    ]
    assert NOTE in text_of(await priya.get(jordan.address))


async def test_a_supervisor_does_not_sign_what_they_proposed(office: ReviewOffice) -> None:
    jordan = await (await (await office.educator()).submits()).verified()
    theo, ada = await office.theo(), await office.ada()
    await denies(theo, jordan)
    await office.level()

    page = await ada.get(f"{jordan.address}/second")
    fields = {name: hidden(page, name) for name in ("submission", "proposal_id", "effective_on")}
    own = await theo.post(f"{jordan.address}/second", {**fields, "answer": "sign"}, page="/register")

    assert "You proposed this yourself" in text_of(await theo.get(f"{jordan.address}/second"))
    assert own.status_code == 422
    assert (await answers(ada, jordan, "sign")).status_code == 303


async def test_a_proposal_sent_back_says_why_and_is_open_again(office: ReviewOffice) -> None:
    jordan = await (await (await office.educator()).submits()).verified()
    priya, theo = await office.priya(), await office.theo()
    await denies(priya, jordan)
    await office.level()

    without = await answers(theo, jordan, "send-back")
    back = await answers(theo, jordan, "send-back", "The hours were recorded on Monday.")

    assert without.status_code == 422
    assert "Say why you send it back" in text_of(without)
    assert back.status_code == 303
    await office.level()
    page = text_of(await priya.get(jordan.address))
    assert "Theo Marsh sent your proposal back" in page
    assert "The hours were recorded on Monday." in page
    assert (await approves(priya, jordan)).status_code == 303


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"reasons": ""}, "Choose at least one reason"),
        ({"reasons": "because"}, "Choose at least one reason"),
        ({"note": "  "}, "Write a note for the educator"),
        ({"note": "x" * 4001}, "Use at most 4,000 characters"),
    ],
)
async def test_a_denial_has_reasons_and_a_note(office: ReviewOffice, changed: dict[str, str], message: str) -> None:
    jordan = await (await (await office.educator()).submits()).verified()
    priya = await office.priya()

    answer = await denies(priya, jordan, **changed)

    assert answer.status_code == 422
    assert message in text_of(answer)
    assert "DenialProposed" not in await office.types(jordan)


async def test_a_new_disclosure_is_read_by_two_and_signed_by_two(office: ReviewOffice) -> None:
    jordan = await (await (await office.educator()).submits(4)).verified()
    priya, theo = await office.priya(), await office.theo()

    closed = await priya.get(jordan.address)
    assert "1 new disclosure" in text_of(closed)
    assert EXPLAINED not in closed.text
    assert f"{jordan.address}/approval" not in closed.text
    assert EXPLAINED not in (await priya.get(f"{jordan.address}/conduct")).text

    assert (await opens_conduct(priya, jordan)).status_code == 303
    await office.level()
    assert EXPLAINED in (await priya.get(f"{jordan.address}/conduct")).text
    assert EXPLAINED not in (await theo.get(f"{jordan.address}/conduct")).text
    proposed = await approves(priya, jordan)
    assert proposed.status_code == 303, text_of(proposed)
    assert await office.stage(jordan) is Stage.SECOND

    unread = await answers(theo, jordan, "sign")
    assert unread.status_code == 422
    await opens_conduct(theo, jordan)
    await office.level()
    signed = await answers(theo, jordan, "sign")
    assert signed.status_code == 303, text_of(signed)
    assert await office.types(jordan) == [
        "ReviewOpened",
        "ConductOpened",
        "ReviewAssigned",
        "ApprovalProposed",
        "ConductOpened",
        "DecisionSigned",
        "ApplicationApproved",
        "CertificateUpgraded",
    ]
    history = text_of(await priya.get(f"{jordan.address}/history"))
    assert history.count("Conduct explanations opened") == 2


async def test_a_new_disclosure_is_not_approved_by_one_forced_request(office: ReviewOffice) -> None:
    jordan = await (await (await office.educator()).submits(1, 8)).verified()
    theo = await office.theo()

    answer = await theo.post(
        f"{jordan.address}/approval",
        {"submission": "1", "effective_on": chicago_day(office.running.now()).isoformat()},
        page="/register",
    )

    assert answer.status_code == 422
    assert "explained" in text_of(answer)
    assert "ApplicationApproved" not in await office.types(jordan)


async def test_a_colleagues_case_is_taken_over_knowingly(office: ReviewOffice) -> None:
    jordan = await (await (await office.educator()).submits()).verified()
    priya, ines = await office.priya(), await office.ines()
    await priya.post(f"{jordan.address}/start", {"submission": "1"}, page=jordan.address)
    await office.level()

    refused = await ines.post(f"{jordan.address}/start", {"submission": "1"}, page=jordan.address)
    taken = await ines.post(f"{jordan.address}/start", {"submission": "1", "take_over": "yes"}, page=jordan.address)

    assert refused.status_code == 422
    assert "A colleague has this case" in text_of(refused)
    assert taken.status_code == 303
    await office.level()
    assert "Priya Raman Ines Calloway" in text_of(await ines.get(f"{jordan.address}/history"))


async def test_notes_are_kept_and_escaped(office: ReviewOffice) -> None:
    jordan = await (await (await office.educator()).submits()).verified()
    priya = await office.priya()

    empty = await priya.post(f"{jordan.address}/notes", {"submission": "1", "note": ""}, page=jordan.address)
    await priya.post(
        f"{jordan.address}/notes", {"submission": "1", "note": "<script>alert(1)</script>\nSecond"}, page=jordan.address
    )
    await office.level()

    assert empty.status_code == 422
    page = await priya.get(jordan.address)
    assert "&lt;script&gt;" in page.text
    assert "<script>alert" not in page.text


async def test_an_old_page_after_a_correction_is_refused_in_words(office: ReviewOffice) -> None:
    jordan = await (await office.educator()).submits()
    await jordan.returned()
    await jordan.corrects()
    await jordan.verified()
    priya = await office.priya()

    answer = await priya.post(f"{jordan.address}/start", {"submission": "1"}, page=jordan.address)

    assert answer.status_code == 422
    assert "handed the application in again" in text_of(answer)


async def test_a_case_that_is_not_there_is_not_found(office: ReviewOffice) -> None:
    priya = await office.priya()
    nobody = "/cases/019e0000-0000-7000-8000-00000000dead"

    for page in ("", "/history", "/conduct", "/approval", "/denial"):
        assert (await priya.get(nobody + page)).status_code == 404
    for path, fields in {
        "/start": {"submission": "1"},
        "/notes": {"submission": "1", "note": "x"},
        "/conduct": {"submission": "1"},
        "/denial": {"submission": "1", "reasons": "other", "note": "x"},
    }.items():
        assert (await priya.post(nobody + path, fields, page="/register")).status_code == 404
    assert (await priya.get("/cases/nonsense")).status_code == 404


async def test_the_register_is_found_by_educator_id_which_stands_in_no_address(office: ReviewOffice) -> None:
    jordan = await (await office.educator("Jordan Registrar")).submits()
    priya = await office.priya()

    found = await priya.post("/register", {"number": f" 0{jordan.number[:3]} {jordan.number[3:]} "}, page="/register")
    wrong = await priya.post("/register", {"number": "999"}, page="/register")

    assert wrong.status_code == 422
    assert "No person with this Educator ID" in text_of(wrong)
    exact = await priya.post("/register", {"number": jordan.number}, page="/register")
    assert found.status_code in {303, 422}
    assert exact.headers["location"] == f"/register/{jordan.id}"
    page = text_of(await priya.get(exact.headers["location"]))
    assert "Jordan Registrar" in page
    assert "May 6, 1994" in page
    assert "December 1, 2022" in page
    assert jordan.reference in page


async def test_the_educators_own_spelling_of_the_name_is_shown(office: ReviewOffice) -> None:
    jordan = await (await office.educator("Jordan Before")).submits()
    await jordan.registers("Jordana", "After")
    priya = await office.priya()

    assert "Jordana After" in text_of(await priya.get(jordan.address))


async def test_after_a_proposal_it_says_so_and_the_supervisor_is_told_first(office: ReviewOffice) -> None:
    jordan = await (await (await office.educator("Jordan Proposedson")).submits(3)).verified()
    priya, theo = await office.priya(), await office.theo()
    before = text_of(await theo.get("/queue"))
    await opens_conduct(priya, jordan)
    await approves(priya, jordan)
    await office.level()

    case, ready = await priya.get(jordan.address), text_of(await theo.get("/queue"))

    assert "Proposed: to approve" in text_of(case)
    assert "Take the next case" in text_of(case)
    assert "Proposed: to approve" not in text_of(await theo.get(jordan.address))
    assert re.search(r"\d+ proposals? waits? for your signature", ready)
    assert before != ready
    assert "for your signature" not in text_of(await priya.get("/queue"))


async def test_who_signs_unread_is_led_to_the_explanation_and_back_to_signing(office: ReviewOffice) -> None:
    jordan = await (await (await office.educator("Jordan Unreadson")).submits(3)).verified()
    priya, theo = await office.priya(), await office.theo()
    await opens_conduct(priya, jordan)
    await approves(priya, jordan)
    await office.level()

    unread = await answers(theo, jordan, "sign")
    await opens_conduct(theo, jordan)
    await office.level()
    explained = await theo.get(f"{jordan.address}/conduct")
    await answers(theo, jordan, "sign")
    await office.level()
    decided = text_of(await theo.get(jordan.address))

    assert '<a href="#conduct">Open what the educator explained' in unread.text
    assert f'href="{jordan.address}/second"' in explained.text
    assert "A reviewer, then a supervisor" not in decided
    assert "Priya Raman, then Theo Marsh" in decided


async def test_back_leads_to_the_queue_as_it_was(office: ReviewOffice) -> None:
    jordan = await (await (await office.educator("Jordan Backson")).submits()).verified()
    priya = await office.priya()

    await priya.get("/queue?tab=ready&q=backson&sort=expiry")
    case = await priya.get(jordan.address)

    assert 'href="/queue?q=backson&amp;sort=expiry"' in case.text
