"""What people and browsers do: twice, backwards, in two windows, late, and with other people's addresses."""

import re

import pytest
from browser_tab import Browse, Tab, another
from everybody import ELSEWHERE, Everybody

from lectern.rules.wording import CONDUCT_QUESTIONS
from lectern_local.demo.job import Parties, submitted
from lectern_local.demo.people import Person
from lectern_local.demo.staff import REVIEWER

pytestmark = [pytest.mark.browser, pytest.mark.platform]
OF_THE_ANSWER = re.compile(r'value="[^"]*"|<strong class="tabular">[^<]*</strong>|until [^,]*,')


async def _ready(people: Everybody) -> tuple[Person, Parties, str]:
    """Somebody whose every question is answered, before Submit & Pay."""
    who, parties = await people.with_account()
    application = await parties.educator.begin()
    await parties.educator.answer(application)
    return who, parties, application


async def _to_check(tab: Tab, people: Everybody, who: Person, application: str) -> None:
    await people.sign_in(tab, "applications", who.email)
    await tab.open(people.url("applications", f"/drafts/{application}/check"))
    await tab.tick("What I have entered is true")


@pytest.mark.parametrize("scripts", [True, False])
async def test_a_double_click_submits_and_pays_once(browse: Browse, people: Everybody, scripts: bool) -> None:
    who, parties, application = await _ready(people)
    async with browse(390, scripts=scripts) as tab:
        await _to_check(tab, people, who, application)
        await tab.page.get_by_role("button", name="Submit & Pay").dblclick()
        await tab.arrives("/pay/[^/]+")
        await tab.page.get_by_role("button", name="Pay $25.00").dblclick()
        await tab.arrives("/applications/[^/]+/submitted")
    await parties.district.arrived(application, 1)
    assert await people.count("applications", "PaymentRequested", f"payment/{await _payment(people, application)}") == 1
    assert await people.count("applications", "ApplicationSubmitted", f"application/{application}") == 1
    assert await people.count("district-worklog", "VerificationRequested", f"work-item/{application}") == 1


async def _payment(people: Everybody, application: str) -> str:
    found = await people.facts("applications", "PaymentAwaited", f"draft/{application}")
    assert len(found) == 1
    return str(found[0]["payment_id"])


async def test_back_from_the_payment_page_leads_to_the_same_payment(browse: Browse, people: Everybody) -> None:
    who, _, application = await _ready(people)
    async with browse() as tab:
        await _to_check(tab, people, who, application)
        await tab.press("Submit & Pay")
        await tab.arrives("/pay/[^/]+")
        first = tab.page.url
        await tab.page.go_back()
        await tab.says("waits for your payment", "$25.00")
        await tab.look("Back from the payment page")
        await tab.follow("Go to the payment page")
        assert tab.page.url == first
        await tab.press("Pay $25.00")
        await tab.arrives("/applications/[^/]+/submitted")
        for _ in range(2):
            await tab.page.go_back()
            assert tab.status < 400
    assert await people.count("applications", "PaymentAwaited", f"draft/{application}") == 1


async def test_only_what_was_read_is_declared(browse: Browse, people: Everybody) -> None:
    who, _, application = await _ready(people)
    async with browse() as tab:
        await _to_check(tab, people, who, application)
        other = await another(tab)
        await other.open(people.url("applications", f"/drafts/{application}/payment-method"))
        await other.choose("How do you want to pay?", "Electronic check")
        await other.press("Save and continue")
        await tab.press("Submit & Pay")
        await tab.says("changed in another window after you opened this page", "Electronic check")
        await tab.look("Check your answers: changed meanwhile", status=422)
        await tab.tick("What I have entered is true")
        await tab.press("Submit & Pay")
        await tab.arrives("/pay/[^/]+")
    assert await people.count("applications", "PaymentAwaited", f"draft/{application}") == 1


@pytest.mark.parametrize("scripts", [True, False])
async def test_back_to_a_refused_form_finds_what_was_typed(browse: Browse, people: Everybody, scripts: bool) -> None:
    who, parties = await people.with_account()
    application = await parties.educator.begin()
    async with browse(390, scripts=scripts) as tab:
        await people.sign_in(tab, "applications", who.email)
        await tab.open(people.url("applications", f"/drafts/{application}/personal"))
        await tab.fill("Phone", "81")
        await tab.fill("First name", "Half typed")
        await tab.press("Save and continue")
        await tab.look("Personal information, refused", status=422)
        await tab.follow("Help", within="body")
        await tab.page.go_back()
        await tab.look("Back to a refused form", status=422)
        assert await tab.page.get_by_label("First name").input_value() == "Half typed"
        await tab.fill("Phone", "816-555-0100")
        await tab.press("Save and continue")
        await tab.page.reload()
        assert tab.status == 200


async def test_back_and_change_changes_the_answer(browse: Browse, people: Everybody) -> None:
    who, parties = await people.with_account()
    application = await parties.educator.begin()
    first, second = CONDUCT_QUESTIONS[:2]
    async with browse() as tab:
        await people.sign_in(tab, "applications", who.email)
        await tab.open(people.url("applications", f"/drafts/{application}/conduct"))
        await tab.choose(first.text, "No")
        await tab.press("Save and continue")
        await tab.choose(second.text, "No")
        await tab.press("Save and continue")
        await tab.page.go_back()
        await tab.page.go_back()
        await tab.says("question 1 of 8")
        await tab.choose(first.text, "Yes")
        await tab.fill("If yes, explain", "A reprimand in Kansas in 2019.")
        await tab.press("Save and continue")
        await tab.says("question 3 of 8")
        await tab.open(people.url("applications", f"/drafts/{application}/conduct/{first.id}"))
        assert await tab.page.get_by_label("If yes, explain").input_value() == "A reprimand in Kansas in 2019."


async def test_an_old_form_in_another_window_overwrites_nothing_unseen(browse: Browse, people: Everybody) -> None:
    who, parties = await people.with_account()
    application = await parties.educator.begin()
    page = people.url("applications", f"/drafts/{application}/personal")
    async with browse() as tab:
        await people.sign_in(tab, "applications", who.email)
        other = await another(tab)
        await tab.open(page)
        await other.open(page)
        await tab.fill("Phone", "816-555-0100")
        await tab.press("Save and continue")
        await other.fill("Phone", "816-555-0199")
        await other.press("Save and continue")
        await other.says("changed in another window", "Saved in the other window", "816-555-0100")
        assert await other.page.get_by_label("Phone").input_value() == "816-555-0199"
        await other.look("Changed in another window", status=422)
        await other.press("Save and continue")
        await tab.open(page)
        assert await tab.page.get_by_label("Phone").input_value() == "816-555-0199"


async def test_another_persons_address_looks_like_none(browse: Browse, people: Everybody) -> None:
    """Of an educator, of a district, of DESE: what is somebody else's and what is not there answer alike."""
    stranger, _ = await people.with_account()
    _, parties = await people.with_account()
    theirs, nobodys = await submitted(parties), "01890000-0000-7000-8000-000000000000"
    await parties.district.arrived(theirs, 1)
    async with browse() as tab, browse() as desk:
        await people.sign_in(tab, "applications", stranger.email)
        for path in ("/drafts/{}", "/drafts/{}/check", "/applications/{}", "/applications/{}/payment"):
            await _are_alike(tab, people.url("applications", path), theirs, nobodys)
        await tab.look("Another educator's application", status=404)
        await people.sign_in(desk, "district-worklog", ELSEWHERE)
        for path in ("/work-log/{}", "/work-log/{}/years", "/work-log/{}/return"):
            await _are_alike(desk, people.url("district-worklog", path), theirs, nobodys)
        await desk.look("Another district's application", status=404)


async def _are_alike(tab: Tab, address: str, theirs: str, nobodys: str) -> None:
    pages = []
    for each in (theirs, nobodys):
        await tab.open(address.format(each))
        assert tab.status == 404, tab.page.url
        pages.append(OF_THE_ANSWER.sub("", await tab.page.content()).replace(each, ""))
    assert pages[0] == pages[1]


async def test_a_session_ends_while_a_form_is_open(browse: Browse, people: Everybody) -> None:
    """Nothing is saved in nobody's name; after signing in the same page is there again, and what was saved before."""
    who, parties = await people.with_account()
    application = await parties.educator.begin()
    page = people.url("applications", f"/drafts/{application}/purpose")
    async with browse() as tab:
        await people.sign_in(tab, "applications", who.email)
        await tab.open(page)
        await people.end_latest_session("applications")
        await tab.press("Save and continue")
        await tab.says("Your session has ended", "What you saved is kept")
        await tab.look("Sign in, session ended")
        await people.enter(tab, who.email)
        assert tab.page.url == page
        await tab.press("Save and continue")
        await tab.follow("Back to the task list")
        await tab.says("1 of 8 tasks completed")


async def test_a_second_decision_on_a_decided_case_is_none(browse: Browse, people: Everybody) -> None:
    """The approval page stays open in a second window while the first one approves."""
    _, parties = await people.with_account()
    application = await submitted(parties)
    await parties.district.arrived(application, 1)
    await parties.district.verify(application, 1)
    await parties.reviewer.ready(application, 1)
    page = people.url("review", f"/cases/{application}/approval")
    async with browse(1280) as tab:
        await people.sign_in(tab, "review", REVIEWER)
        other = await another(tab)
        await tab.open(page)
        await other.open(page)
        await tab.page.get_by_role("button", name="Approve and upgrade the certificate").dblclick()
        await tab.arrives("/cases/[^/]+")
        await other.press("Approve and upgrade the certificate")
        await other.says("Approved")
    assert await people.count("review", "ApplicationApproved", f"case/{application}") == 1
