"""A denial is looked at again: the educator says why, somebody else at DESE reads both and decides anew."""

import pytest
from browser_tab import Browse
from everybody import Everybody

from lectern_local.demo.job import Parties, verified
from lectern_local.demo.staff import COLLEAGUE, OFFICER, REVIEWER

pytestmark = [pytest.mark.browser, pytest.mark.platform]
WHY = "The two records of 2024 are of two schools. The contracts show which hours belong to which."


async def test_a_denial_is_looked_at_again_by_somebody_else(browse: Browse, people: Everybody) -> None:
    who, parties = await people.with_account()
    application = await _denied(parties)
    case = people.url("review", f"/cases/{application}")
    async with browse(scripts=False) as educator, browse() as reviewer, browse() as colleague, browse() as district:
        await people.sign_in(educator, "applications", who.email)
        await educator.open(people.url("applications", f"/applications/{application}"))
        await educator.look("Status, denied, to be asked about")
        await educator.follow("Ask DESE to look again")
        await educator.says("The records of 2024 do not agree with each other.", "Only DESE reads this")
        await educator.look("Ask for a reconsideration")
        await educator.refused("Ask for a reconsideration", "Ask DESE to look again")
        await educator.fill("What should DESE look at again", WHY)
        await educator.press("Ask DESE to look again")
        await parties.colleague.opened_again(application, 2)

        await people.sign_in(reviewer, "review", REVIEWER)
        await reviewer.open(case)
        await reviewer.says("You decided on this application before", WHY)
        await reviewer.look("DESE case, for who denied it")
        await people.sign_in(colleague, "review", COLLEAGUE)
        await colleague.open(people.url("review", f"/queue?q={who.last_name}"))
        await colleague.says("reconsideration")
        await colleague.look("Queue, with a reconsideration")
        await colleague.open(case)
        await colleague.says("Denied before, and to be decided anew", WHY)
        await colleague.look("DESE case, to be decided anew")
        await colleague.open(case + "/history")
        await colleague.look("History, with a reconsideration")

        await educator.open(people.url("applications", f"/applications/{application}"))
        await educator.says("What DESE looks at again", "You asked DESE to look at its decision again")
        await educator.look("Status, looked at again")
        await people.sign_in(district, "district-worklog", OFFICER)
        await district.open(people.url("district-worklog", f"/work-log/{application}"))
        await district.says("so DESE decides anew", "You don’t need to do anything")
        await district.hides(WHY)
        await district.look("District case, looked at again")

        await parties.colleague.approve(application, 1)
        await parties.educator.decided_anew(application, "denied")
        await educator.open(people.url("applications", f"/applications/{application}"))
        await educator.says("Approved on", "DESE denied your application")
        await educator.look("Status, approved after a denial")
    assert await people.count("review", "ReconsiderationOpened", f"case/{application}") == 1


async def _denied(parties: Parties) -> str:
    application = await verified(parties)
    await parties.reviewer.propose_denial(application, 1)
    await parties.supervisor.second(application, 1)
    await parties.educator.decided(application)
    return application
