"""What a district's certification officer does with one application; every page is looked at on the way."""

from collections.abc import Collection, Sequence

from browser_tab import Tab
from everybody import Everybody

from lectern_local.demo.staff import OFFICER

CARDS = ("A professional development plan", "A mentoring program", "Beginning Teacher Assistance", "Took part")


async def signs_in(tab: Tab, people: Everybody) -> None:
    await tab.open(people.url("district-worklog", "/"))
    await tab.look("Sign in, district")
    await tab.refused("Sign in, district", "Sign in")
    await tab.fill("Email", OFFICER)
    await tab.fill("Password", "not this one at all")
    await tab.press("Sign in")
    await tab.look("Sign in: wrong password", status=422)
    await people.enter(tab, OFFICER)
    await tab.look("Work log")


async def finds(tab: Tab, reference: str) -> None:
    """The application in the work log, which is told of it a moment after it was submitted."""
    for _ in range(60):
        await tab.unfold("Search and filter")
        await tab.fill("Name, Educator ID or reference", reference)
        await tab.press("Apply filters")
        if await tab.page.get_by_text(reference).count():
            return
    raise AssertionError(f"{reference} is not in the work log")


async def opens(tab: Tab, reference: str, name: str, confirmed: str = "0 of 5 criteria confirmed") -> None:
    await finds(tab, reference)
    await tab.look("Work log, one found")
    await tab.press(name)
    await tab.says(name, reference, confirmed)
    await tab.hides("conduct-1", "birth")
    await tab.look("District case, opened")


async def checks_years(tab: Tab) -> None:
    await tab.press("Check these years")
    await tab.look("Years taught")
    await tab.press("Add a row")
    await tab.look("Years taught, a row added")
    await tab.press("Save the years")
    await tab.look("Years taught: not complete", status=422)
    await tab.press("Remove this row 5")
    await tab.fill("What you checked these years against", "Our contracts")
    await tab.press("Work out the sum")
    await tab.says("Total: 4.00 years")
    await tab.press("Save the years")
    await tab.says("as you checked them", "Our contracts")


def card(title: str) -> str:
    return f"section.criterion:has(h3:text('{title}'))"


async def records(tab: Tab, hours: str = "31.5", but: Collection[str] = ()) -> None:
    """The four criteria that stand on the page itself, each saved with its own button."""
    steps = (_plan, _mentoring, _assistance, _evaluation)
    for title, step in zip(CARDS, steps, strict=True):
        if title not in but:
            await step(tab, card(title), hours)
            await tab.press("Save", within=card(title))


async def _plan(tab: Tab, here: str, hours: str) -> None:
    await tab.fill("Contact hours you can confirm", hours, within=here)
    await tab.choose("Did your district approve the plan?", "Yes", within=here)
    await tab.fill("What you checked", "Sign-in sheets", within=here)


async def _mentoring(tab: Tab, here: str, _: str) -> None:
    await tab.choose("Do your records show two school years", "Yes", within=here)
    await tab.fill("What you checked", "Mentor log", within=here)


async def _assistance(tab: Tab, here: str, _: str) -> None:
    await tab.choose("Do your records show that the program was completed?", "Yes", within=here)
    await tab.fill("Completed on", "6/15/2024", within=here)
    await tab.fill("What you checked", "Certificate of completion", within=here)


async def _evaluation(tab: Tab, here: str, _: str) -> None:
    await tab.choose("Did", "Yes", within=here)
    await tab.fill("What you checked", "Evaluation summaries", within=here)


async def attests(tab: Tab) -> None:
    await tab.tick("I attest, from the records")
    await tab.press("Attest and send to DESE")
    await tab.says("Sent to DESE", "DESE decides now")


async def looks_at_lists(tab: Tab, people: Everybody, tabs: Sequence[str] = ("returned", "sent", "closed")) -> None:
    for each in tabs:
        await tab.open(people.url("district-worklog", f"/work-log?tab={each}"))
        await tab.look(f"Work log, tab {each}")
    await tab.follow("What counts for each criterion")
    await tab.look("What counts for each criterion")
    await tab.follow("People and contacts", within="header")
    await tab.look("People and contacts")
