"""A district says how its contacts hear of new applications, on a phone and on a desk."""

from browser_tab import Browse
from everybody import ELSEWHERE, Everybody


async def test_a_district_wants_one_email_a_day(browse: Browse, people: Everybody) -> None:
    """One that nobody here names, so that the emails of others stay as they are."""
    async with browse() as desk:
        await people.sign_in(desk, "district-worklog", ELSEWHERE)
        await desk.open(people.url("district-worklog", "/people"))
        await desk.says("How do these people hear of new applications?")
        await desk.look("People and contacts")
        await desk.choose("How do these people hear of new applications?", "By the summary in the morning alone")
        await desk.press("Save")
        await desk.says("Saved", "It holds for applications from now on")
        await desk.look("People and contacts, saved")
