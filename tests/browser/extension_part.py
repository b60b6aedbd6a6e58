"""What everybody does with an extension that is not done with an upgrade; every page is looked at on the way."""

import educators_part as educator
from browser_tab import Tab
from everybody import Everybody

from lectern.rules.wording import CONDUCT_QUESTIONS
from lectern.rules.years import school_year_of, school_year_words

CARD = ".criterion:has(h3:has-text('Is currently teaching'))"


async def starts(tab: Tab) -> None:
    await tab.follow("New Applications", within="header")
    await tab.follow("Extension Cert")
    await tab.says("It costs nothing", "You may upgrade at any time", "The instructions name no time for it.")
    await tab.look("Extension Cert, open")
    await tab.press("Start")
    await tab.arrives("/drafts/[^/]+")
    await tab.says("0 of 7 tasks completed")
    await tab.look("Extension, task list, nothing done")


async def answers(tab: Tab, people: Everybody) -> None:
    """Every task of the list, each leading on to the next."""
    await tab.follow("Continue with personal information")
    await tab.press("Save and continue")
    await _education(tab, people)
    for question in CONDUCT_QUESTIONS:
        await tab.choose(question.text, "No")
        await tab.press("Save and continue")
    await tab.follow("Back to the task list")
    await tab.follow("Continue with purpose")
    await tab.look("Extension, purpose")
    await tab.refused("Extension, purpose", "Save and continue")
    await tab.choose("What do you ask for?", "I teach now and do not have four years")
    await tab.press("Save and continue")
    await tab.press("I Accept")
    await tab.fill("Search by name", educator.DISTRICT_WORDS)
    await tab.press("Search")
    await tab.choose("1 district found", educator.DISTRICT_WORDS)
    await tab.press("Save and continue")
    await tab.says("6 of 7 tasks completed")
    await tab.look("Extension, task list, ready to check")


async def _education(tab: Tab, people: Everybody) -> None:
    await tab.look("Extension, education, nothing entered")
    await tab.refused("Extension, education", "This is complete, continue")
    await tab.follow("Add a school year")
    await tab.select("School year", f"{school_year_words(school_year_of(people.today))}, not over yet")
    await tab.fill("School or district", "Independence 30")
    await tab.fill("Position", "Grade 3 teacher")
    await tab.choose("What was it?", "Teaching")
    await tab.fill("How much of full time", "0.80")
    await tab.fill("How much of the school year", "0.25")
    await tab.press("Save this year")
    await tab.look("Extension, education, complete")
    await tab.press("This is complete, continue")


async def submits(tab: Tab) -> str:
    """From the ready task list to the status page; gives the reference."""
    await tab.follow("Check your answers")
    await tab.says("If DESE approves it", "Valid until")
    await tab.look("Extension, check your answers")
    await tab.refused("Extension, check your answers", "Submit")
    await tab.tick("What I have entered is true")
    await tab.press("Submit")
    await tab.arrives("/applications/[^/]+/submitted")
    await tab.page.get_by_text("Your application is on its way").wait_for()
    await tab.look("Extension submitted")
    reference = await tab.page.locator(".panel--done strong.tabular").inner_text()
    await tab.follow("Follow your application")
    await tab.says(reference, "Your district confirms that you teach there now")
    await tab.look("Extension status, with the district")
    return reference


async def verifies(tab: Tab) -> None:
    """The one card, first left out, then filled in."""
    await tab.says("0 of 1 criterion confirmed", "Grade 3 teacher, Independence 30, 0.80 FTE")
    await tab.look("District, extension")
    await tab.press("Attest and send to DESE")
    await tab.look("District, extension: things are left", status=422)
    await tab.choose("Does", "Yes", within=CARD)
    await tab.fill("First day of the position", "8/12/2026", within=CARD)
    await tab.fill("What you checked", "Contract of this school year", within=CARD)
    await tab.press("Save", within=CARD)
    await tab.says("1 of 1 criterion confirmed", "The criterion is confirmed")
    await tab.look("District, extension, ready to sign")
    await tab.tick("I attest, from the records")
    await tab.press("Attest and send to DESE")
    await tab.says("Sent to DESE", "DESE decides now")
    await tab.look("District, extension, sent")


async def approves(tab: Tab) -> None:
    await tab.says("Extension of an initial certificate", "If approved today: Initial Professional, valid until")
    await tab.look("DESE, extension")
    await tab.press("Take this case")
    await tab.follow("Approve")
    await tab.says("The old expiry date, also where it has passed")
    await tab.look("DESE, approve an extension")
    await tab.press("Approve and extend the certificate")
    await tab.says("has an Initial Professional Certificate, valid until", "Certificate extended")
    await tab.look("DESE, extension approved")
    await tab.follow("In the register")
    await tab.says("Extended by a decision")
    await tab.look("Register, extended certificate")
