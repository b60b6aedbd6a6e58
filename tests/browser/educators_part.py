"""What an educator does, page by page; every page and its refusals are looked at on the way."""

from browser_tab import Tab
from everybody import Everybody

from lectern.rules.wording import CONDUCT_QUESTIONS
from lectern.rules.years import school_year_of, school_year_words
from lectern_local.demo.people import Person

PASSWORD = "a quiet morning in september"
DISTRICT_WORDS = "Independence"


async def claims(tab: Tab, people: Everybody, who: Person) -> None:
    """From nothing to one's own record."""
    await tab.open(people.url("applications", "/"))
    await tab.look("Sign in, educators")
    await tab.refused("Sign in, educators", "Sign in")
    await tab.follow("Create an account")
    await tab.look("Create an account")
    await tab.refused("Create an account", "Create account")
    await tab.fill("First name", who.first_name)
    await tab.fill("Last name", who.last_name)
    await tab.fill("Email", who.email)
    await tab.fill("Password", PASSWORD)
    await tab.press("Create account")
    await tab.look("Claim your record")
    await tab.open(people.url("applications", "/"))
    await tab.look("Home, nothing claimed")
    await tab.follow("Claim my record")
    await tab.refused("Claim your record", "Claim my record")
    await _claim(tab, who, "0000" if who.ssn_last4 != "0000" else "1111")
    await tab.look("Claim your record: no match", status=422)
    await _claim(tab, who, who.ssn_last4)
    await tab.says("This record is yours now", "Initial Professional Certificate")
    await tab.look("Home, record claimed")


async def _claim(tab: Tab, who: Person, last_four: str) -> None:
    await tab.fill("Educator ID", who.educator_number)
    await tab.fill("Last name", who.last_name)
    await tab.fill("Birth date", f"{who.birth_date.month}/{who.birth_date.day}/{who.birth_date.year}")
    await tab.fill("Last four digits", last_four)
    await tab.press("Claim my record")


async def starts(tab: Tab) -> None:
    """New Applications, and the start of an Upgrade."""
    await tab.follow("New Applications", within="header")
    await tab.look("New Applications")
    await tab.follow("Extension Cert")
    await tab.says("Four years from the day it expires now")
    await tab.look("Extension Cert")
    await tab.follow("Back to New Applications")
    await tab.follow("Reactivation Cert")
    await tab.look("Reactivation Cert")
    await tab.follow("Back to New Applications")
    await tab.follow("Upgrade Professional")
    await tab.look("Upgrade Professional")
    await tab.press("Start")
    await tab.arrives("/drafts/[^/]+")
    await tab.says("0 of 8 tasks completed")
    await tab.look("Task list, nothing done")


async def answers(tab: Tab, people: Everybody) -> None:
    """Every task of the list; the first is begun from the list's own button, and each leads on to the next."""
    await _check_too_early(tab)
    await _personal(tab)
    await _education(tab, people)
    await _conduct(tab)
    await _purpose(tab)
    await _payment_method(tab)
    await _release(tab)
    await _district(tab)
    await tab.says("7 of 8 tasks completed")
    await tab.look("Task list, ready to check")


async def _check_too_early(tab: Tab) -> None:
    """Asked for by its address, before anything is answered."""
    here = tab.page.url
    await tab.open(here.partition("?")[0] + "/check")
    await tab.look("Check your answers, nothing answered")
    await tab.refused("Check your answers, nothing answered", "Submit & Pay")
    await tab.tick("What I have entered is true")
    await tab.press("Submit & Pay")
    await tab.look("Check your answers, tasks left", status=422)
    await tab.open(here)


async def _personal(tab: Tab) -> None:
    await tab.follow("Continue with personal information")
    await tab.look("Personal information, in the draft")
    await tab.fill("Email", "no address")
    await tab.refused("Personal information, in the draft", "Save and continue")
    await tab.fill("Email", f"{tab.widths[0]}.{tab.id}@teachers.example")
    await tab.fill("Phone", "816-555-0142")
    await tab.press("Save and continue")


async def _education(tab: Tab, people: Everybody) -> None:
    await tab.look("Education and experience, nothing entered")
    await tab.refused("Education and experience", "This is complete, continue")
    last = school_year_of(people.today) - 1
    await _first_year(tab, last)
    await tab.follow("Add a school year")
    await tab.press("Save this year")  # the year before, in the same position, stands there already
    for year in (last - 2, last - 3):
        await tab.press(f"Add {school_year_words(year)} too, just the same")
    await tab.follow("Enter them")
    await tab.look("Development, mentoring and beginning teacher program")
    await tab.refused("Development, mentoring and beginning teacher program", "Save")
    await tab.fill("Contact hours", "31.5")
    await tab.fill("What they were", "Reading in the content areas, two summers")
    await tab.fill("How many school years you had a mentor", "2")
    await tab.fill("Which years", f"{school_year_words(last - 3)} and {school_year_words(last - 2)}, Pat Lindgren")
    await tab.fill("Day you completed", f"6/15/{last - 1}")
    await tab.fill("College or university of that program", "University of Central Missouri")
    await tab.fill("Your Performance-Based Teacher Evaluations", f"Every year from {school_year_words(last - 3)} on")
    await tab.press("Save")
    await tab.follow("Add a degree")
    await tab.look("Add a degree")
    await tab.refused("Add a degree", "Save this degree")
    await tab.fill("Degree", "BS in Elementary Education")
    await tab.fill("College or university", "Northwest Missouri State University")
    await tab.fill("Year you finished", "2021")
    await tab.press("Save this degree")
    await tab.says("4.00 of 4.00 years")
    await tab.look("Education and experience, complete")
    await tab.press("This is complete, continue")


async def _first_year(tab: Tab, year: int) -> None:
    await tab.follow("Add a school year")
    await tab.look("Add a school year")
    await tab.refused("Add a school year", "Save this year")
    await tab.select("School year", school_year_words(year))
    await tab.fill("School or district", "Independence 30")
    await tab.fill("Position", "Grade 3 teacher")
    await tab.choose("What was it?", "Teaching")
    await tab.fill("How much of full time", "1.00")
    await tab.fill("How much of the school year", "1")
    await tab.press("Save this year")


async def _conduct(tab: Tab) -> None:
    for number, question in enumerate(CONDUCT_QUESTIONS, 1):
        await tab.says(f"question {number} of {len(CONDUCT_QUESTIONS)}", question.text)
        await tab.look(f"Professional conduct, question {number}")
        if number == 1:
            await tab.refused("Professional conduct", "Save and continue")
            await tab.choose(question.text, "Yes")
            await tab.press("Save and continue")
            await tab.look("Professional conduct: Yes without an explanation", status=422)
        await tab.choose(question.text, "No")
        await tab.press("Save and continue")
    await tab.follow("Back to the task list")
    await tab.says("3 of 8 tasks completed", "8 of 8 questions answered")
    await tab.look("Task list, some done")
    await tab.follow("Professional conduct")
    await tab.look("Professional conduct, all answered")
    await tab.follow("Back to the task list")


async def _purpose(tab: Tab) -> None:
    await tab.follow("Continue with purpose")
    await tab.says("I request that my classification be upgraded")
    await tab.look("Purpose")
    await tab.press("Save and continue")


async def _payment_method(tab: Tab) -> None:
    await tab.look("Payment method")
    await tab.refused("Payment method", "Save and continue")
    await tab.choose("How do you want to pay?", "Card")
    await tab.press("Save and continue")


async def _release(tab: Tab) -> None:
    await tab.look("Release of educational information")
    await tab.press("I Accept")


async def _district(tab: Tab) -> None:
    await tab.look("Employing school district")
    await tab.fill("Search by name", "Nowhere R-I")
    await tab.press("Search")
    await tab.look("Employing school district, nothing found")
    await tab.fill("Search by name", DISTRICT_WORDS)
    await tab.press("Search")
    await tab.look("Employing school district, found")
    await tab.refused("Employing school district", "Save and continue")
    await tab.choose("1 district found", DISTRICT_WORDS)
    await tab.press("Save and continue")


async def submits(tab: Tab, *, pay: str = "Pay $25.00") -> str:
    """From the ready task list to the payment page, and its button; gives the application's id."""
    application = tab.id
    await tab.follow("Check your answers")
    await tab.look("Check your answers")
    await tab.tick("What I have entered is true")
    await tab.press("Submit & Pay")
    await tab.arrives("/pay/[^/]+")
    await tab.says("$25.00", "Sandbox")
    await tab.look("Payment page of the sandbox")
    await tab.press(pay)
    return application


async def is_told(tab: Tab) -> str:
    """The confirmation and the way to the status page; gives the reference."""
    await tab.arrives("/applications/[^/]+/submitted")
    await tab.page.get_by_text("Your application is on its way").wait_for()
    await tab.look("Application submitted")
    reference = await tab.page.locator(".panel--done strong.tabular").inner_text()
    await tab.follow("Follow your application")
    await tab.says(reference, "Independence 30, since")
    await tab.look("Status, with the district")
    await tab.follow("See or print what you submitted")
    await tab.says("Submitted on", "Your receipt", "31.5 contact hours")
    await tab.look("What you submitted")
    await tab.follow("Back to your application")
    return reference
