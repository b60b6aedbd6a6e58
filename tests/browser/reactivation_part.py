"""What everybody does with a reactivation, by either route; every page is looked at on the way."""

from datetime import timedelta

import educators_part as educator
from browser_tab import Tab
from everybody import Everybody

from lectern.contracts.values import Route
from lectern.rules.wording import CONDUCT_QUESTIONS

WAYS = {Route.COURSE: "I have completed a college course", Route.EMPLOYMENT: "A Missouri school district has hired me"}
HIRED = ".criterion:has(h3:has-text('Hired at least half time'))"
HOURS = ".criterion:has(h3:has-text('contact hours of professional'))"


async def starts(tab: Tab) -> None:
    await tab.says("Reactivate your certificate when you want to teach again")
    await tab.look("Home, expired certificate")
    await tab.follow("Start your reactivation")
    await tab.says("It costs nothing", "First you say which way you go")
    await tab.look("Reactivation Cert, open")
    await tab.press("Start")
    await tab.arrives("/drafts/[^/]+")
    await tab.says("0 of 7 tasks completed")
    await tab.look("Reactivation, task list, nothing done")


async def answers(tab: Tab, people: Everybody, route: Route) -> None:
    await tab.follow("Continue with personal information")
    await tab.press("Save and continue")
    await tab.look(f"Reactivation by {route.value}, education")
    await tab.press("This is complete, continue")
    for question in CONDUCT_QUESTIONS:
        await tab.choose(question.text, "No")
        await tab.press("Save and continue")
    await tab.follow("Back to the task list")
    await tab.follow("Continue with purpose")
    await tab.look(f"Reactivation by {route.value}, purpose")
    await tab.choose("What do you ask for?", WAYS[route])
    await tab.press("Save and continue")
    await tab.look(f"Reactivation by {route.value}, certificates")
    await tab.refused(f"Reactivation by {route.value}, certificates", "Save and continue")
    await tab.tick("Initial Professional Certificate")
    await tab.press("Save and continue")
    if route is Route.COURSE:
        await _course(tab, people)
    await tab.press("I Accept")
    if route is Route.EMPLOYMENT:
        await tab.fill("Search by name", educator.DISTRICT_WORDS)
        await tab.press("Search")
        await tab.choose("1 district found", educator.DISTRICT_WORDS)
        await tab.press("Save and continue")
    await tab.says("7 of 8 tasks completed")
    await tab.look(f"Reactivation by {route.value}, task list, ready to check")


async def _course(tab: Tab, people: Everybody) -> None:
    await tab.says("Have your transcript sent to DESE")
    await tab.look("Reactivation, course")
    await tab.refused("Reactivation, course", "Save and continue")
    await tab.fill("College or university", "Lincoln University")
    await tab.fill("Title of the course", "Reading in the content areas")
    await tab.fill("Semester hours", "3")
    await tab.fill("Completed on", f"{people.today - timedelta(days=400):%m/%d/%Y}")
    await tab.choose("Level", "Graduate")
    await tab.fill("How does it help", "I teach reading in every subject.")
    await tab.choose("Did you take this course", "Yes")
    await tab.press("Save and continue")
    await tab.says("more than 6 months before")
    await tab.look("Reactivation, course: too old", status=422)
    await tab.fill("Completed on", f"{people.today - timedelta(days=40):%m/%d/%Y}")
    await tab.press("Save and continue")


async def submits(tab: Tab, route: Route) -> str:
    """From the ready task list to the status page; gives the reference."""
    await tab.follow("Check your answers")
    await tab.says("If DESE approves it", "Valid until")
    await tab.look(f"Reactivation by {route.value}, check your answers")
    await tab.tick("What I have entered is true")
    await tab.press("Submit")
    await tab.arrives("/applications/[^/]+/submitted")
    await tab.page.get_by_text("Your application is on its way").wait_for()
    await tab.look(f"Reactivation by {route.value} submitted")
    reference = await tab.page.locator(".panel--done strong.tabular").inner_text()
    await tab.follow("Follow your application")
    await tab.says(reference, "What has reached DESE")
    await tab.look(f"Reactivation by {route.value}, status")
    return reference


async def verifies(tab: Tab) -> None:
    await tab.says("0 of 2 criteria confirmed")
    await tab.look("District, reactivation")
    await tab.press("Attest and send to DESE")
    await tab.look("District, reactivation: things are left", status=422)
    await tab.choose("Has", "Yes", within=HIRED)
    await tab.fill("First day of the position", "8/12/2026", within=HIRED)
    await tab.fill("Position", "Grade 3 teacher", within=HIRED)
    await tab.fill("FTE", "0.49", within=HIRED)
    await tab.press("Save", within=HIRED)
    await tab.says("FTE 0.49, less than 0.50")
    await tab.look("District, reactivation: less than half time")
    await tab.fill("FTE", "0.50", within=HIRED)
    await tab.choose("Do you attest", "Yes", within=HOURS)
    await tab.fill("Hours completed already", "10", within=HOURS)
    await tab.press("Save", within=HOURS)
    await tab.says("2 of 2 criteria confirmed")
    await tab.look("District, reactivation, ready to sign")
    await tab.tick("I attest, from the records")
    await tab.press("Attest and send to DESE")
    await tab.says("Sent to DESE", "DESE decides now")


async def compares(tab: Tab, people: Everybody, number: str) -> None:
    """The transcript arrives first for nobody, then for the educator; then it is compared."""
    case = tab.page.url
    await tab.says("No official transcript has arrived yet")
    await tab.look("DESE, reactivation by a course")
    await tab.follow("Mark it as received")
    await tab.look("Arrivals")
    await tab.refused("Arrivals", "Mark as received")
    for educator_number in ("999999999999", number):
        await tab.fill("Educator ID", educator_number)
        await tab.choose("What arrived?", "Official transcript")
        await tab.fill("College that sent", "Lincoln University")
        await tab.press("Mark as received")
        if educator_number == number:
            await tab.says("Marked as received", "Lincoln University")
            await tab.look("A person in the register, transcript received")
        else:
            await tab.says("Nobody in the register has that Educator ID")
            await tab.look("Arrivals: one waits for a person")
            await tab.follow("Find the person")
            await tab.look("An arrival without a person")
            await tab.refused("An arrival without a person", "Give it to this person")
            await tab.fill("Why is it set aside?", "Written down by mistake.")
            await tab.press("Set it aside")
            await tab.says("Nothing waits")
    await tab.open(case)
    await tab.follow("Compare the course")
    await tab.look("Compare the course")
    await tab.refused("Compare the course", "Save the comparison")
    await tab.choose("Does the transcript show", "Yes")
    await tab.choose("Is it posted", "Yes")
    await tab.choose("Is it relevant", "Yes")
    await tab.choose("Is it a repeat", "No")
    await tab.press("Save the comparison")
    await tab.says("Shows the course", "Not a repeat")


async def approves(tab: Tab) -> None:
    await tab.press("Take this case")
    await tab.look("DESE, reactivation, ready")
    await tab.follow("Approve")
    await tab.look("DESE, approve a reactivation")
    await tab.press("Approve and reactivate")
    await tab.says("Certificate reactivated")
    await tab.look("DESE, reactivation approved")
    await tab.follow("In the register")
    await tab.says("Reactivated by a decision")
    await tab.look("Register, reactivated certificate")


async def records_hours(tab: Tab, people: Everybody, reference: str) -> None:
    """The district records what it attested to."""
    for _ in range(60):
        await tab.open(people.url("district-worklog", "/hours"))
        if reference.replace(" ", "") in (await tab.page.inner_text("main")).replace(" ", ""):
            break
    await tab.look("Contact hours")
    row = tab.page.locator("main tr", has_text=reference[-6:])
    await row.get_by_role("link").last.click()
    await tab.arrives("/hours/[^/]+")
    await tab.look("Contact hours of one")
    await tab.refused("Contact hours of one", "Record the hours")
    await tab.fill("Contact hours completed", "24")
    await tab.fill("All of them completed by", f"{people.today:%m/%d/%Y}")
    await tab.press("Record the hours")
    await tab.says("Completed")
