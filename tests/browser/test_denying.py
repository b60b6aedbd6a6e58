"""A denial and a new disclosure need a second person; the educator is told why, the district is not."""

from dataclasses import replace

import pytest
from browser_tab import Browse, Tab
from everybody import Everybody

from lectern_local.demo.educator import Educator
from lectern_local.demo.job import submitted
from lectern_local.demo.people import Person
from lectern_local.demo.staff import REVIEWER, SUPERVISOR

pytestmark = [pytest.mark.browser, pytest.mark.platform]
EXPLAINED = "A reprimand in Kansas in 2019, for late paperwork. It was lifted in 2020."
NOTE = "The records of two school years do not agree with each other. Ask your district for corrected ones."


class Discloses(Educator):
    """Answers one question about professional conduct with Yes."""

    async def submit(self, application: str) -> str:
        said = {"yes": True, "explanation": EXPLAINED}
        await self._send("disclosure", "PUT", f"/api/applications/{application}/conduct/license-discipline", said)
        return await super().submit(application)


async def test_a_denial_is_signed_by_a_second_person(browse: Browse, people: Everybody) -> None:
    who, parties = await people.with_account()
    parties = replace(parties, educator=Discloses(**vars(parties.educator)))
    application = await submitted(parties)
    await parties.district.arrived(application, 1)
    async with browse() as reviewer, browse() as supervisor, browse() as educator:
        await people.sign_in(reviewer, "review", REVIEWER)
        await reviewer.open(people.url("review", f"/cases/{application}"))
        await reviewer.look("DESE case, with the district")
        await parties.district.verify(application, 1)
        await parties.reviewer.ready(application, 1)
        case = people.url("review", f"/cases/{application}")
        await reviewer.open(case)
        await reviewer.hides(EXPLAINED)
        await reviewer.look("DESE case, with a disclosure")
        await _reads_what_was_explained(reviewer, who)
        await _proposes(reviewer)

        await people.sign_in(supervisor, "review", SUPERVISOR)
        await supervisor.follow("Second review")
        await supervisor.look("Queue, tab second review")
        await supervisor.open(case)
        await supervisor.look("DESE case, for the supervisor")
        await _sends_back(supervisor)
        await reviewer.open(case)
        await reviewer.says("sent your proposal back", "Please name the two school years.")
        await reviewer.look("DESE case, sent back")
        await _proposes(reviewer, again=True)
        await supervisor.open(case)
        await _signs(supervisor, who)

        await people.sign_in(educator, "applications", who.email)
        await educator.look("Home, denied")
        await educator.follow("See the decision")
        await educator.says("Denied on", "What was shown could not be relied on", NOTE)
        await educator.look("Status, denied")
    assert await people.count("review", "ApplicationDenied", f"case/{application}") == 1


async def _reads_what_was_explained(reviewer: Tab, who: Person) -> None:
    await reviewer.press("Take this case")
    await reviewer.press(f"Open what {who.first_name} explained")
    await reviewer.says(EXPLAINED)
    await reviewer.look("Professional conduct, with a disclosure")
    await reviewer.follow("Back to the case")
    await reviewer.follow("Propose the approval")
    await reviewer.look("Propose to approve")
    await reviewer.follow("Not now")


async def _proposes(reviewer: Tab, *, again: bool = False) -> None:
    await reviewer.follow("Propose a denial")
    if not again:
        await reviewer.look("Propose a denial")
        await reviewer.refused("Propose a denial", "Propose the denial")
    await reviewer.tick("The evidence can’t be relied on")
    await reviewer.fill("Note for", NOTE)
    await reviewer.press("Propose the denial")
    await reviewer.says("Denial waits for a second person", "a supervisor who is not you signs it")
    if not again:
        await reviewer.look("DESE case, denial proposed")


async def _sends_back(supervisor: Tab) -> None:
    await supervisor.follow("Review and sign")
    await supervisor.look("Second review")
    await supervisor.refused("Second review", "Confirm your answer")
    await supervisor.choose("Do you sign?", "No, I send it back")
    await supervisor.press("Confirm your answer")
    await supervisor.look("Second review: no reason", status=422)
    await supervisor.fill("Why you send it back", "Please name the two school years.")
    await supervisor.press("Confirm your answer")


async def _signs(supervisor: Tab, who: Person) -> None:
    """Only after reading what the second signature is about."""
    await supervisor.follow("Review and sign")
    await supervisor.choose("Do you sign?", "Yes, I sign the denial")
    await supervisor.press("Confirm your answer")
    await supervisor.look("Second review: nothing read yet", status=422)
    await supervisor.follow("go there")
    await supervisor.look("Professional conduct, not opened")
    await supervisor.press(f"Open what {who.first_name} explained")
    await supervisor.says(EXPLAINED)
    await supervisor.follow("Back to the case")
    await supervisor.follow("Review and sign")
    await supervisor.choose("Do you sign?", "Yes, I sign the denial")
    await supervisor.press("Confirm your answer")
    await supervisor.says("Denied", "Second person")
    await supervisor.look("DESE case, denied")
