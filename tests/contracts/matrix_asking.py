"""The doors of what DESE asks before it decides: asked on its page and by the API, answered the same ways."""

import secrets

from matrix_applications import HERE, live
from matrix_staff import DISTRICT, REVIEW
from matrix_trying import Trial
from matrix_world import World

from lectern_local.demo import answers

_CASE = "/cases/{application_id}"
_API = "/api/applications/{application_id}"


def of_asking(world: World) -> list[Trial]:
    """The two that are ready for a decision; afterwards they are so again."""
    page, api = live({"application_id": world.applications["by-page"]}), {"application_id": ""}
    asked = {"reasons": ["years-unclear"], "note": "Which school was it in 2024?"}

    async def ready() -> None:
        await world.ready(world.applications["by-page"])

    async def other() -> None:
        api["application_id"] = world.applications["by-api"]
        await world.ready(api["application_id"])

    async def open_for(application: str, which: int) -> None:
        """The education was looked at again, so that only the answer is left."""
        await world.educator(which).asked(application)
        body, key = answers.report(world.today), secrets.token_hex(8)
        await world.user.send("education for DESE", "PUT", f"/api/applications/{application}/education", body, key=key)

    async def page_open() -> None:
        await open_for(world.applications["by-page"], 0)

    async def api_open() -> None:
        await open_for(world.applications["by-api"], 0)

    answer = "/drafts/{application_id}/answer"
    why = {"why": "We wait for Kansas."}
    item = "/work-log/{application_id}/answer"

    async def of_district() -> None:
        await world.reviewer(9).ask_district(world.applications["by-page"], 1)
        await world.district(9).asked(world.applications["by-page"])

    async def again() -> None:
        await world.reviewer(9).answered(world.applications["by-page"])

    return [
        Trial(REVIEW, f"GET {_CASE}/information", page, before=ready),
        Trial(
            REVIEW, f"POST {_CASE}/information", page, page=f"{_CASE}/information", fields={**asked, "do": "send"},
            by="supervisor",
        ),
        Trial(HERE, f"GET {answer}", page, before=page_open),
        Trial(HERE, f"POST {answer}", page, page=answer, fields={"answer": answers.ANSWER}),
        Trial(DISTRICT, f"GET {item}", page, before=of_district),
        Trial(
            DISTRICT, f"POST {item}", page, page=item, fields={"answer": answers.ANSWER, "attest": "yes"},
            by="verifier",
        ),
        Trial(REVIEW, f"GET {_CASE}", page, before=again),
        Trial(REVIEW, f"GET {_CASE}/hold", page),
        Trial(REVIEW, f"POST {_CASE}/hold", page, page=f"{_CASE}/hold", fields=why, by="reviewer"),
        Trial(REVIEW, f"POST {_CASE}/release", page, page=f"{_CASE}/hold", fields=why, by="reviewer"),
        Trial(REVIEW, f"GET {_CASE}/reviewer", page),
        Trial(
            REVIEW, f"POST {_CASE}/reviewer", page, page=f"{_CASE}/reviewer", fields={**why, "to": "queue"},
            by="supervisor",
        ),
        Trial(REVIEW, f"POST /api{_CASE}/hold", live(api), json=why, by="reviewer", before=other),
        Trial(REVIEW, f"POST /api{_CASE}/release", live(api), json=why, by="reviewer"),
        Trial(
            REVIEW, f"POST /api{_CASE}/reviewer", live(api), json={**why, "reviewer": None}, good=frozenset({409}),
            by="supervisor",
        ),
        Trial(REVIEW, f"POST /api{_CASE}/information", live(api), json=asked, by="reviewer"),
        Trial(HERE, f"POST {_API}/information", live(api), json={"answer": answers.ANSWER}, before=api_open),
    ]  # fmt: skip


def of_closing(world: World) -> list[Trial]:
    """Two that their district returned: one closed on its page, one by the API."""
    page, api = {"application_id": ""}, {"application_id": ""}
    why = {"why": "You teach in Kansas now."}

    async def returned() -> None:
        for which, values in ((11, page), (12, api)):
            application = values["application_id"] = await world.draft(which, answered=True)
            await world.educator(which).submit(application)
            await world.educator(which).pay(application)
            await world.at_district(application)
            await world.district(which).send_back(application, 1)
            await world.educator(which).returned(application)
            await world.reviewer(which).returned(application)

    return [
        Trial(REVIEW, f"GET {_CASE}/closing", live(page), before=returned),
        Trial(REVIEW, f"POST {_CASE}/closing", live(page), page=f"{_CASE}/closing", fields=why, by="reviewer"),
        Trial(REVIEW, f"POST /api{_CASE}/closing", live(api), json=why, by="reviewer"),
    ]
