"""On DESE's pages: what was denied is looked at again, with the educator's words, by somebody else."""

import pytest
from review_browsing import approves, hidden, text_of
from review_office import Educator, ReviewOffice

from lectern.web.client import Browsing
from review.review_queue import Stage

pytestmark = pytest.mark.postgres
NOTE = "The records of 2024 do not agree with each other."
WHY = "They are of two schools, Oak Street and Main Street."


async def denied(office: ReviewOffice, name: str) -> Educator:
    """Proposed by Priya, signed by Theo."""
    jordan = await (await (await office.educator(name)).submits()).verified()
    priya, theo = await office.priya(), await office.theo()
    await office.level()
    await proposes(priya, jordan)
    await office.level()
    await signs(theo, jordan)
    await office.level()
    return jordan


async def proposes(browser: Browsing, who: Educator) -> int:
    page = await browser.get(f"{who.address}/denial")
    fields = {name: hidden(page, name) for name in ("submission", "cycle", "question")}
    answer = await browser.post(
        f"{who.address}/denial",
        fields | {"reasons": "evidence-not-reliable", "note": NOTE},
        page=f"{who.address}/denial",
    )
    return answer.status_code


async def signs(browser: Browsing, who: Educator) -> int:
    page = await browser.get(f"{who.address}/second")
    fields = {name: hidden(page, name) for name in ("submission", "cycle", "proposal_id", "effective_on")}
    answer = await browser.post(f"{who.address}/second", fields | {"answer": "sign"}, page=f"{who.address}/second")
    return answer.status_code


async def test_somebody_else_decides_anew_and_reads_what_was_decided_and_why_it_is_asked(office: ReviewOffice) -> None:
    jordan = await denied(office, "Jordan Againson")
    await jordan.asks_to_look_again(WHY)
    priya, ines = await office.priya(), await office.ines()
    assert await office.stage(jordan) is Stage.READY

    queue = text_of(await ines.get("/queue?q=Againson"))
    theirs, page = text_of(await priya.get(jordan.address)), text_of(await ines.get(jordan.address))
    await approves(ines, jordan)
    await office.level()
    after = text_of(await ines.get(jordan.address))

    assert "reconsideration" in queue
    for words in (NOTE, WHY, "Denied before, and to be decided anew", "Priya Raman and Theo Marsh"):
        assert words in page
    assert "You decided on this application before" in theirs
    assert await office.stage(jordan) is Stage.APPROVED
    assert "Approved" in after
    assert WHY in after
    assert (await office.types(jordan))[-3:] == ["DecisionSigned", "ApplicationApproved", "CertificateUpgraded"]
    history = text_of(await ines.get(f"{jordan.address}/history"))
    assert "Reconsideration asked for by the educator" in history
    assert "Opened again, to be decided anew" in history


async def test_who_decided_before_is_refused_also_without_the_page(office: ReviewOffice) -> None:
    jordan = await denied(office, "Jordan Sameson")
    await jordan.asks_to_look_again(WHY)
    priya, theo = await office.priya(), await office.theo()

    for one in (priya, theo):
        answer = await one.post_json(f"/api{jordan.address}/approval", {"cycle": 2}, key=f"same-{one is priya}")
        assert answer.status_code == 409
        assert "decided on this application before" in answer.text


async def test_a_second_denial_needs_two_others(office: ReviewOffice) -> None:
    jordan = await denied(office, "Jordan Twiceson")
    await jordan.asks_to_look_again(WHY)
    ines, theo, ada = await office.ines(), await office.theo(), await office.ada()
    await office.level()
    assert await proposes(ines, jordan) == 303
    await office.level()

    theirs = text_of(await theo.get(jordan.address))
    assert "You decided on this application before. A supervisor who did not signs it." in theirs
    assert await signs(ada, jordan) == 303
    assert await office.stage(jordan) is Stage.DENIED


async def test_a_page_from_before_the_denial_is_refused_in_words(office: ReviewOffice) -> None:
    jordan = await (await (await office.educator("Jordan Staleson")).submits()).verified()
    ines = await office.ines()
    await office.level()
    stale = await ines.get(f"{jordan.address}/approval")
    fields = {name: hidden(stale, name) for name in ("submission", "cycle", "question", "effective_on")}
    priya, theo = await office.priya(), await office.theo()
    await proposes(priya, jordan)
    await office.level()
    await signs(theo, jordan)
    await office.level()
    await jordan.asks_to_look_again(WHY)

    answer = await ines.post(f"{jordan.address}/approval", fields, page="/register")

    assert answer.status_code == 422
    assert "was decided since you opened this page" in text_of(answer)
    assert await office.stage(jordan) is Stage.READY


async def test_take_the_next_case_passes_over_what_one_denied(office: ReviewOffice) -> None:
    jordan = await denied(office, "Jordan Nextson")
    await jordan.asks_to_look_again(WHY)
    await office.level()
    priya = await office.priya()

    for _ in range(30):
        taken = (await priya.post("/queue/next", {}, page="/queue")).headers["location"]
        assert not taken.startswith(jordan.address)
        if taken.startswith("/queue"):
            break
        await office.level()
