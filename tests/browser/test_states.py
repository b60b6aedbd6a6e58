"""What is easy to forget: nothing here, not found, not allowed, somebody else was faster, paid and not yet told."""

import asyncio

import pytest
from browser_tab import PATIENCE_MS, Browse, Tab
from everybody import ELSEWHERE, Everybody
from playwright.async_api import Route

from lectern_local.demo.job import Parties, submitted
from lectern_local.demo.people import Person
from lectern_local.demo.staff import OFFICER, SUPERVISOR

pytestmark = [pytest.mark.browser, pytest.mark.platform]
TYPED = """characters => {
    const field = document.getElementById("explanation"), typed = document.createElement("input")
    typed.type = "hidden"  // which is not drawn: browsers take minutes to draw ten million letters
    typed.name = field.name
    typed.value = "x".repeat(characters)
    field.name = ""
    field.after(typed)
}"""
SERVICES = ("applications", "district-worklog", "review", "notifications", "mailbox", "payments", "start")


async def test_every_link_of_the_start_page_leads_somewhere(browse: Browse, people: Everybody) -> None:
    async with browse() as tab:
        await tab.open(people.url("start", "/"))
        await tab.look("Start page")
        for href in [await each.get_attribute("href") or "" for each in await tab.page.locator("main a").all()]:
            await tab.open(href)
            assert tab.status == 200, href


async def test_nothing_is_there(browse: Browse, people: Everybody) -> None:
    async with browse() as tab:
        for service in SERVICES:
            await tab.open(people.url(service, "/no/such/page"))
            await tab.says("We can’t find that page", "support code")
            await tab.look(f"Not found, {service}", status=404)


async def test_lists_are_empty(browse: Browse, people: Everybody) -> None:
    """Of a district nobody has named, and of a supervisor without a case."""
    async with browse() as desk, browse() as state, browse() as box:
        await people.sign_in(desk, "district-worklog", ELSEWHERE)
        for each in ("to-verify", "returned", "sent", "closed"):
            await desk.open(people.url("district-worklog", f"/work-log?tab={each}"))
            await desk.look(f"Work log, empty, {each}")
        await desk.unfold("Search and filter")
        await desk.fill("Name, Educator ID or reference", "Jordon Avery")
        await desk.press("Apply filters")
        await desk.says("No application matches “Jordon Avery”")
        await desk.look("Work log, nothing found")
        await people.sign_in(state, "review", SUPERVISOR)
        await state.follow("Mine")
        await state.look("Queue, empty, mine")
        for each in ("ready", "second", "district", "decided"):
            await state.open(people.url("review", f"/queue?tab={each}&q=Nobody+At+All"))
            await state.says("No application in this tab matches “Nobody At All”")
            await state.look(f"Queue, nothing found, {each}")
        await box.open(people.url("mailbox", "/?q=nobody@nowhere.example"))
        await box.look("Mailbox, nothing found")


async def test_a_form_from_elsewhere_changes_nothing(browse: Browse, people: Everybody) -> None:
    async with browse() as tab:
        await people.sign_in(tab, "district-worklog", OFFICER)
        await tab.open("about:blank")
        there = people.url("district-worklog", "/sign-out")
        await tab.page.set_content(f'<form method="post" action="{there}"><button>Win a prize</button></form>')
        await tab.press("Win a prize", within="body")
        await tab.says("This request did not come from one of our pages")
        await tab.look("A form from elsewhere", status=403)
        await tab.open(people.url("district-worklog", "/work-log"))
        await tab.says("Work log")


async def test_too_much_is_sent(browse: Browse, people: Everybody) -> None:
    """5,000 characters come back with a word about them; ten million are not read."""
    who, parties = await people.with_account()
    application = await parties.educator.begin()
    page = people.url("applications", f"/drafts/{application}/conduct/license-denied")
    async with browse() as tab:
        await people.sign_in(tab, "applications", who.email)
        for characters, status, name in ((5_000, 422, "Too long a text"), (10_000_000, 413, "Far too long a text")):
            await tab.open(page)
            await tab.page.evaluate(TYPED, characters)
            await tab.press("Save and continue")
            await tab.look(name, status=status)


async def test_two_people_record_one_criterion(browse: Browse, people: Everybody) -> None:
    who, application, case = await _case(people)
    async with browse() as dana, browse() as ruth:
        await people.sign_in(dana, "district-worklog", OFFICER)
        await people.sign_in(ruth, "district-worklog", "ruth.osei@independence.example")
        for tab, checked in ((dana, "Mentor log"), (ruth, "Mentor contract")):
            await tab.open(case)
            await tab.choose("Do your records show two school years", "Yes")
            await tab.page.locator("#mentoring_checked").fill(checked)
        mentoring = "section.criterion:has(#mentoring_checked)"
        await dana.press("Save", within=mentoring)
        await ruth.press("Save", within=mentoring)
        await ruth.says("Dana Whitfield", "Mentor log", "Mentor contract", "Both answers are here")
        await ruth.look("Two people at once", status=409)
        await ruth.press("Save mine instead")
        await ruth.says("Mentor contract")
        await dana.open(f"{case}/return")
        await dana.tick("The years of teaching are not clear")
        await dana.press(f"Read what {who.first_name} will get")
        await ruth.open(case)
        await ruth.page.locator("#evaluation_checked").fill("Evaluation summaries")
        await dana.press(f"Return it to {who.first_name}")
        await dana.says(f"Returned to {who.first_name}")
        await ruth.press("Save", within="section.criterion:has(#evaluation_checked)")
        await ruth.says("What you entered was not saved", "Evaluation summaries")
        await ruth.look("It has changed meanwhile", status=409)
    assert await people.count("district-worklog", "DistrictReturned", f"work-item/{application}") == 1


async def _case(people: Everybody) -> tuple[Person, str, str]:
    who, parties = await people.with_account()
    application = await submitted(parties)
    await parties.district.arrived(application, 1)
    return who, application, people.url("district-worklog", f"/work-log/{application}")


async def test_a_payment_takes_its_time(browse: Browse, people: Everybody) -> None:
    """Declined, then cancelled, then approved and told only after a while."""
    who, parties = await people.with_account()
    application = await parties.educator.begin()
    await parties.educator.answer(application)
    async with browse(scripts=False) as phone:
        await people.sign_in(phone, "applications", who.email)
        await _pays(phone, people, application, "Decline this payment")
        await phone.says("Your payment was declined", "No money was taken")
        await phone.look("Payment declined")
        await phone.follow("Change the payment method")
        await phone.choose("How do you want to pay?", "Electronic check")
        await phone.press("Save and continue")
        await _pays(phone, people, application, "Cancel and go back")
        await phone.says("Your payment was cancelled")
        await phone.look("Payment cancelled")
        await phone.follow("Back to the task list")
        await phone.look("Task list, payment cancelled")
        await _pays(phone, people, application, "")
        await phone.open(people.url("applications", f"/applications/{application}/payment"))
        await phone.look("Payment, not paid yet")
        await phone.follow("Go to the payment page")
        await phone.page.locator("summary").click()
        await phone.select("When the result is known", "After 5 seconds")
        await phone.press("Pay $25.00")
        await phone.says("We’re checking with the payment service")
        await _stays(phone, f"**/{application}/payment*")
        await phone.look("Payment, being checked")
        await phone.page.unroute_all()
        await phone.open(people.url("applications", f"/applications/{application}/payment?returned=1"))
        await phone.arrives("/applications/[^/]+/submitted")


async def _stays(phone: Tab, address: str) -> None:
    """The page refreshes by itself; once it has tried to, it stays."""
    tried = asyncio.Event()

    async def nothing(route: Route) -> None:
        await route.fulfill(status=204)
        tried.set()

    await phone.page.route(address, nothing)
    await asyncio.wait_for(tried.wait(), PATIENCE_MS / 1000)


async def _pays(phone: Tab, people: Everybody, application: str, button: str) -> None:
    await phone.open(people.url("applications", f"/drafts/{application}/check"))
    await phone.tick("What I have entered is true")
    await phone.press("Submit & Pay")
    await phone.arrives("/pay/[^/]+")
    if button:
        await phone.press(button)
        await phone.page.get_by_text("No money was taken").wait_for()


async def test_an_educator_looks_around(browse: Browse, people: Everybody) -> None:
    """The pages beside the way: profile, password, help, a draft thrown away; with scripts."""
    who, parties = await people.with_account()
    async with browse() as tab:
        await people.sign_in(tab, "applications", who.email)
        await tab.follow("Profile", within="header")
        await tab.look("Profile, nothing reported")
        await tab.follow("Change your personal information")
        await tab.look("Personal information, in the profile")
        await tab.fill("Last name", "")
        await tab.refused("Personal information, in the profile", "Save")
        await tab.fill("Last name", f"{who.last_name}-Lee")
        await tab.press("Save")
        await tab.look("Profile, saved")
        await tab.follow("Help", within="footer")
        await tab.look("Help")
        await tab.follow("Application status", within="header")
        await tab.look("Application status, none")
        await tab.follow("Change your password", within="footer")
        await tab.look("Change your password")
        await tab.refused("Change your password", "Change password")
        await _throws_away(tab, parties, people)
        await tab.press("Sign out", within="header")
        await tab.look("Signed out")


async def _throws_away(tab: Tab, parties: Parties, people: Everybody) -> None:
    application = await parties.educator.begin()
    await tab.open(people.url("applications", "/"))
    await tab.look("Home, a draft begun")
    await tab.follow("Continue your application")
    await tab.follow("Delete this draft")
    await tab.look("Delete this draft")
    await tab.press("Delete the draft")
    await tab.open(people.url("applications", f"/drafts/{application}"))
    assert tab.status == 404


@pytest.mark.parametrize("login", ["tess.holloway@teachers.example", "grant.obrien@teachers.example"])
async def test_it_is_too_early_or_too_late(browse: Browse, people: Everybody, login: str) -> None:
    """Of the demonstration's people: one whose certificate lasts for years, one whose has expired."""
    name = login.partition(".")[0]
    async with browse(scripts=False) as tab:
        await people.sign_in(tab, "applications", login)
        await tab.look(f"Home, {name}")
        await tab.open(people.url("applications", "/new-applications/upgrade"))
        await tab.look(f"Upgrade Professional, {name}")


async def test_somebody_registers_twice(browse: Browse, people: Everybody) -> None:
    who, _ = await people.with_account()
    async with browse(scripts=False) as tab:
        await tab.open(people.url("applications", "/register"))
        for password, name in (("short", "Too short a password"), ("a quiet morning in september", "An email known")):
            await tab.fill("First name", who.first_name)
            await tab.fill("Last name", who.last_name)
            await tab.fill("Email", who.email)
            await tab.fill("Password", password)
            await tab.press("Create account")
            await tab.look(name, status=422)


async def test_support_reads_what_was_sent(browse: Browse, people: Everybody) -> None:
    await _case(people)
    login = await people.operator()
    async with browse() as tab:
        await tab.open(people.url("notifications", "/"))
        await tab.look("Sign in, notices")
        await people.enter(tab, login)
        await tab.look("Notices")
        await tab.follow("Not sent")
        await tab.look("Notices, none failed")
        await tab.follow("All")
        await tab.page.locator("main table a").first.click()
        await tab.arrives("/notices/[^/]+")
        await tab.look("A notice")
        await tab.open(people.url("notifications", "/notices?q=LEC-2026-999999-9"))
        await tab.look("Notices, nothing found")
