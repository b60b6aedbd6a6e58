"""What a reviewer at DESE does with one application; every page is looked at on the way."""

from browser_tab import Tab
from everybody import Everybody

from lectern_local.demo.staff import REVIEWER


async def signs_in(tab: Tab, people: Everybody) -> None:
    await tab.open(people.url("review", "/"))
    await tab.look("Sign in, DESE")
    await tab.refused("Sign in, DESE", "Sign in")
    await people.enter(tab, REVIEWER)
    await tab.look("Queue")


async def opens(tab: Tab, people: Everybody, reference: str, *, list_: str = "ready") -> None:
    """The case, found by its reference; the queue is told of it a moment after the district has sent it."""
    await tab.open(people.url("review", f"/queue?tab={list_}"))
    await tab.unfold("Search and filter")
    for _ in range(60):
        await tab.fill("Name, Educator ID or reference", reference)
        await tab.press("Apply filters")
        if await tab.page.locator("main table a").count():
            break
    await tab.look(f"Queue, one found, {list_}")
    await tab.page.locator("main table a").first.click()
    await tab.arrives("/cases/[^/]+")
    await tab.says(reference)


async def approves(tab: Tab) -> None:
    await tab.look("DESE case, nobody has it")
    await tab.press("Take this case")
    await tab.look("DESE case, ready for a decision")
    await tab.unfold("")
    await tab.look("DESE case, all unfolded")
    await tab.follow("See all, as worded")
    await tab.look("Professional conduct, at DESE")
    await tab.follow("Back to the case")
    await tab.press("Add the note")
    await tab.look("DESE case: an empty note", status=422)
    await tab.fill("Add a note for colleagues", "Looked at the years again; they agree with the contracts.")
    await tab.press("Add the note")
    await tab.says("they agree with the contracts")
    await tab.follow("All ")
    await tab.look("DESE history")
    await tab.follow("Back to the case")
    await tab.follow("Approve")
    await tab.look("Approve this application")
    await tab.press("Approve and upgrade the certificate")
    await tab.says("has a Career Continuous Professional Certificate, valid from")
    await tab.look("DESE case, approved")


async def looks_at_register(tab: Tab, people: Everybody, educator_number: str) -> None:
    await tab.open(people.url("review", "/register"))
    await tab.look("Register")
    await tab.refused("Register", "Find the person")
    await tab.fill("Educator ID", "999999999")
    await tab.press("Find the person")
    await tab.look("Register: nobody found", status=422)
    await tab.fill("Educator ID", educator_number)
    await tab.press("Find the person")
    await tab.says("Career Continuous Professional", "Upgraded by a decision")
    await tab.look("A person in the register")
