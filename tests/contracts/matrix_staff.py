"""The doors of the districts, of DESE and of the notices, in an order in which each leads somewhere."""

import asyncio
import re
import secrets
from typing import Any

from matrix_applications import COPY, QUESTION, live
from matrix_trying import Trial
from matrix_world import World, found_soon

from lectern_local.demo import answers
from lectern_local.demo.offices import evidence
from lectern_local.demo.staff import NEIGHBOUR

DISTRICT, REVIEW, NOTICES = "district-worklog", "review", "notifications"
_ITEM = "/work-log/{application_id}"
_CASE = "/cases/{application_id}"
DISCLOSES = 6
"""The application with a yes about professional conduct."""
CARDS = {
    "development_hours": "30",
    "plan_approved": "yes",
    "mentoring": "yes",
    "mentoring_checked": "Mentor log",
    "assistance": "yes",
    "assistance_on": "6/14/2024",
    "evaluation": "yes",
}


def of_the_district(world: World) -> list[Trial]:
    """One verified by pages, one by the API; one returned by pages, one by the API and kept after its correction."""
    page, api = live({"application_id": world.applications["by-page"]}), {"application_id": ""}
    back, backed, copy = {"application_id": ""}, {"application_id": ""}, {"document_id": ""}

    async def come() -> None:
        copy["document_id"] = await world.copy("verifier", DISTRICT, f"/work-log/{world.applications['by-page']}")

    async def arrived() -> None:
        api["application_id"] = world.applications["by-api"]
        await world.at_district(api["application_id"])

    def submitted(which: int, name: str, values: dict[str, str]) -> Any:
        async def submit() -> None:
            application = await world.draft(which, answered=True)
            disclosed = {"yes": which == DISCLOSES, "explanation": "It is over." if which == DISCLOSES else ""}
            await world.user.send(
                "conduct",
                "PUT",
                f"/api/applications/{application}/conduct/{QUESTION}",
                disclosed,
                key=secrets.token_hex(8),
            )
            await world.educator(which).submit(application)
            await world.educator(which).pay(application)
            await world.at_district(application)
            recorded = {"submission": 1, "evidence": evidence(world.today)}
            await world.employees.officer.send(
                "evidence", "PUT", f"/api/work-log/{application}/evidence", recorded, key=secrets.token_hex(8)
            )
            world.applications[name] = values["application_id"] = application

        return submit

    own_file = {"document_id": ""}

    async def kept() -> None:
        address = f"/work-log/{world.applications['by-page']}/documents"
        own_file["document_id"] = await world.copy("verifier", DISTRICT, address)

    years = {
        f"{name}_{at}": text
        for at in range(4)
        for name, text in {"counts": "teaching", "checked_against": "Our contract"}.items()
    }
    about = {"submission": 1}
    own = {"do": "save"}
    return [
        Trial(DISTRICT, "GET /help"),
        *(Trial(DISTRICT, f"GET {each}") for each in ("/", "/work-log", "/people", "/criteria", "/api/work-log")),
        *(Trial(DISTRICT, f"GET {_ITEM}{each}", page) for each in ("", "/years", "/return")),
        Trial(DISTRICT, f"GET {_ITEM}/documents/{{document_id}}", live(copy, dict(page)), before=come),
        Trial(DISTRICT, f"GET {_ITEM}/documents", page),
        Trial(
            DISTRICT, f"POST {_ITEM}/documents", page, fields={"criterion": "UPG-PD"}, file=COPY, by="verifier"
        ),
        Trial(
            DISTRICT, f"POST {_ITEM}/documents/{{document_id}}/remove", live(own_file, dict(page)),
            page=f"{_ITEM}/documents", by="verifier", before=kept,
        ),
        Trial(DISTRICT, f"POST {_ITEM}/claim", page, page=_ITEM, by="verifier"),
        Trial(DISTRICT, f"POST {_ITEM}/years", page, fields=own | years, by="administrator"),
        Trial(DISTRICT, f"POST {_ITEM}", page, fields=own | CARDS, by="verifier"),
        Trial(DISTRICT, f"POST {_ITEM}", page, fields={"do": "send", "attest": "yes"}, by="administrator"),
        Trial(DISTRICT, f"GET /api{_ITEM}", live(api), before=arrived),
        Trial(DISTRICT, f"POST /api{_ITEM}/claim", live(api), json=about),
        Trial(DISTRICT, f"PUT /api{_ITEM}/evidence", live(api), json={**about, "evidence": evidence(world.today)}),
        Trial(
            DISTRICT, f"POST /api{_ITEM}/verification", live(api), json={**about, "attested": True}, by="verifier"
        ),
        Trial(
            DISTRICT, f"POST {_ITEM}/return", live(back), by="verifier",
            fields={"do": "send", "reasons": "hours-missing", "note": "More hours, please."},
            before=submitted(6, "returned-page", back),
        ),
        Trial(
            DISTRICT, f"POST /api{_ITEM}/return", live(backed), by="administrator",
            json={**about, "reasons": ["hours-missing"], "note": "More hours, please."},
            before=submitted(5, "returned-api", backed),
        ),
        Trial(DISTRICT, "POST /people", page="/people", fields={"notices": "each"}),
        Trial(DISTRICT, "POST /api/import/districts", json={"dry_run": True, "rows": []}),
        Trial(DISTRICT, "POST /api/import/staff", json={"dry_run": True, "rows": []}),
    ]  # fmt: skip


def of_declining(world: World) -> list[Trial]:
    """Two that wait at the district: one declined on its page, one by the API; then both are sent to another one."""
    page, api = {"application_id": ""}, {"application_id": ""}

    async def submitted() -> None:
        for which, values in ((9, page), (10, api)):
            values["application_id"] = await world.draft(which, answered=True)
            await world.educator(which).submit(values["application_id"])
            await world.educator(which).pay(values["application_id"])
            await world.at_district(values["application_id"])

    async def declined() -> None:
        for which, values in ((9, page), (10, api)):
            await world.educator(which).declined(values["application_id"])

    path = "/applications/{application_id}/district"
    return [
        Trial(DISTRICT, f"GET {_ITEM}/decline", live(page), before=submitted),
        Trial(
            DISTRICT, f"POST {_ITEM}/decline", live(page), by="verifier",
            fields={"do": "send", "reason": "no-longer-employed", "note": "Until June."},
        ),
        Trial(
            DISTRICT, f"POST /api{_ITEM}/decline", live(api), by="administrator",
            json={"submission": 1, "reason": "not-employed", "note": ""},
        ),
        Trial("applications", "GET /applications/{application_id}/extension", live(page), before=declined),
        Trial("applications", "POST /applications/{application_id}/extension", live(page)),
        Trial("applications", "POST /api/applications/{application_id}/extension", live(api), json={}),
        Trial("applications", f"GET {path}", live(page)),
        Trial("applications", f"POST {path}", live(page), page=f"{path}?q=Kansas", fields={"district": NEIGHBOUR}),
        Trial(
            "applications", "PUT /api/applications/{application_id}/employer", live(api), json={"district": NEIGHBOUR}
        ),
    ]  # fmt: skip


def of_passing_on(world: World) -> list[Trial]:
    """Two that wait at the wrong district: one passed on from its page, one by the API."""
    page, api = {"application_id": ""}, {"application_id": ""}

    async def submitted() -> None:
        for which, values in ((15, page), (16, api)):
            values["application_id"] = await world.draft(which, answered=True)
            await world.educator(which).submit(values["application_id"])
            await world.educator(which).pay(values["application_id"])
            await world.at_district(values["application_id"])

    path = f"{_ITEM}/pass-on"
    return [
        Trial(DISTRICT, f"GET {path}", live(page), before=submitted),
        Trial(
            DISTRICT, f"POST {path}", live(page), page=f"{path}?q=Kansas", by="verifier",
            fields={"do": "send", "district": NEIGHBOUR},
        ),
        Trial(
            DISTRICT, f"POST /api{path}", live(api), by="administrator",
            json={"submission": 1, "district": NEIGHBOUR},
        ),
    ]  # fmt: skip


def of_keeping(world: World) -> list[Trial]:
    """The corrected one, whose earlier records are still right."""
    values = live({"application_id": world.applications["returned-api"]})

    async def back() -> None:
        await world.at_district(values["application_id"], 2)

    return [
        Trial(
            DISTRICT, f"POST {_ITEM}/kept", values, page=_ITEM, by="verifier", before=back,
        ),
    ]  # fmt: skip


def of_review(world: World) -> list[Trial]:
    page, api = live({"application_id": world.applications["by-page"]}), {"application_id": ""}
    disclosing = live({"application_id": world.applications["returned-page"]})
    twice = live({"application_id": world.applications["returned-api"]})

    async def ready() -> None:
        await world.ready(world.applications["by-page"])

    async def sent_back() -> None:
        """The page is open again once the view says so."""
        asked = f"/cases/{world.applications['by-page']}/approval"
        async with asyncio.timeout(10):
            while (await world.everybody["reviewer"].asks(REVIEW, "GET", asked)).status_code != 200:
                await asyncio.sleep(0.05)

    async def other() -> None:
        api["application_id"] = world.applications["by-api"]
        await world.ready(api["application_id"])

    async def again() -> None:
        await world.verified(5, twice["application_id"], 2)
        await world.ready(twice["application_id"], 2)

    async def looked_up() -> None:
        nobody = world.everybody["nobody"]
        form = [("last_name", world.people[0].last_name)]
        answer = await nobody.asks(REVIEW, "POST", "/look-up", form=form)
        letters["letters"] = answer.headers["location"].rpartition("/")[2]

    letters = {"letters": ""}
    said = {"reasons": ["criteria-not-met"], "note": "The records do not show it."}
    number = world.people[0].educator_number
    person = live({"person_id": world.person_id})
    return [
        *(Trial(REVIEW, f"GET {each}") for each in ("/", "/queue", "/register", "/api/queue")),
        Trial(REVIEW, "POST /register", fields={"number": number}),
        Trial(REVIEW, "GET /register/found/{letters}", live(letters), before=looked_up),
        Trial(REVIEW, "GET /register/{person_id}", person),
        Trial(
            REVIEW,
            "GET /register/{person_id}/certificates/{certificate_id}/pdf",
            {**person, "certificate_id": world.certificates[0]},
        ),
        Trial(REVIEW, "GET /look-up"),
        Trial(REVIEW, "POST /look-up", fields={"last_name": world.people[0].last_name}, by="nobody"),
        Trial(REVIEW, "GET /look-up/found/{letters}", live(letters), before=looked_up),
        Trial(REVIEW, "GET /holders/{person_id}", person),
        Trial(REVIEW, "POST /api/look-up", json={"educator_id": number}),
        Trial(REVIEW, "GET /api/holders/{person_id}", person),
        *(Trial(REVIEW, f"GET {_CASE}{each}", page, before=ready) for each in ("", "/history", "/conduct")),
        Trial(REVIEW, f"GET {_CASE}/documents/{{document_id}}", {**page, "document_id": world.applications["copy"]}),
        Trial(REVIEW, f"POST {_CASE}/start", page, page=_CASE, by="reviewer"),
        Trial(REVIEW, "POST /queue/next", page="/queue"),
        Trial(REVIEW, f"POST {_CASE}/notes", page, page=_CASE, fields={"note": "Looked at it."}),
        Trial(REVIEW, f"POST {_CASE}/conduct", disclosing, page=f"{_CASE}/conduct"),
        Trial(REVIEW, f"GET {_CASE}/approval", page),
        Trial(REVIEW, f"GET {_CASE}/denial", page),
        Trial(REVIEW, f"POST {_CASE}/denial", page, fields=said, by="reviewer"),
        Trial(REVIEW, f"GET {_CASE}/second", page),
        Trial(REVIEW, f"POST {_CASE}/second", page, fields={"answer": "send-back", "why": "Look again."}),
        Trial(REVIEW, f"POST {_CASE}/approval", page, by="reviewer", before=sent_back),
        Trial(REVIEW, f"GET /api{_CASE}", live(api), before=other),
        Trial(REVIEW, f"POST /api{_CASE}/conduct", live(api), json={}, good=frozenset({409})),
        Trial(REVIEW, f"POST /api{_CASE}/approval", live(api), json={}, by="supervisor"),
        Trial(REVIEW, f"POST /api{_CASE}/denial", twice, json=said, by="reviewer", before=again),
        Trial(REVIEW, f"POST /api{_CASE}/second", twice, json={"agree": True}),
        Trial(REVIEW, "POST /api/import/people", json={"dry_run": True, "rows": []}),
        Trial(REVIEW, "POST /api/import/staff", json={"dry_run": True, "rows": []}),
    ]


def of_hours(world: World) -> list[Trial]:
    """The contact hours of a certificate that was reactivated."""
    values = {"application_id": ""}

    async def promised() -> None:
        values["application_id"] = await world.reactivated()
        page = f"/hours/{values['application_id']}"

        async def look() -> bool:
            return (await world.everybody["verifier"].asks(DISTRICT, "GET", page)).status_code == 200

        await found_soon(look)

    said = {"hours": "24", "on": world.today.isoformat()}
    return [
        Trial(DISTRICT, "GET /hours", before=promised),
        Trial(DISTRICT, "GET /hours/{application_id}", live(values)),
        Trial(DISTRICT, "POST /hours/{application_id}", live(values), fields=said, by="verifier"),
    ]


def of_arrivals(world: World) -> list[Trial]:
    """Transcripts for somebody and for nobody, and the course that one of them shows."""
    course, first, second = {"application_id": ""}, {"arrival_id": ""}, {"arrival_id": ""}
    number, day = world.people[0].educator_number, world.today.isoformat()
    seen = answers.transcript(world.today)
    compared = {
        "shown": "yes",
        "completed_on": seen["completed_on"],
        "hours": "3",
        "posted": "yes",
        "relevant": "yes",
        "repeat": "no",
    }

    def nobodys(values: dict[str, str]) -> Any:
        async def written_down() -> None:
            unknown = f"{secrets.randbelow(10**11) + 10**11}"
            what = {"what": "transcript", "educator_number": unknown, "on": day, "college": "Ozark Plains University"}
            await world.employees.reviewer.send(
                "arrival", "POST", "/api/arrivals", {"arrivals": [what]}, key=secrets.token_hex(8)
            )

            async def look() -> str | None:
                shown = await world.everybody["reviewer"].asks(REVIEW, "GET", "/arrivals")
                found = re.search(rf'{unknown}.*?/arrivals/([0-9a-f-]{{36}})"', shown.text, re.DOTALL)
                return found[1] if found else None

            values["arrival_id"] = str(await found_soon(look))

        return written_down

    async def ready() -> None:
        course["application_id"] = world.applications["by-course"]
        await world.ready(course["application_id"])

    arrived = {"number": number, "what": "transcript", "on": day, "college": "Lincoln University"}
    csv = f"educator_number,what,on,college\n{number},clearance,{day},\n".encode()
    told = {"what": "clearance", "educator_number": number, "on": day}
    return [
        Trial(REVIEW, "GET /arrivals"),
        Trial(REVIEW, "POST /arrivals", fields=arrived),
        Trial(REVIEW, "POST /arrivals/file", page="/arrivals", file=("arrivals.csv", csv), by="reviewer"),
        Trial(REVIEW, "POST /api/arrivals", json={"arrivals": [told]}),
        Trial(REVIEW, "GET /arrivals/{arrival_id}", live(first), before=nobodys(first)),
        Trial(
            REVIEW, "POST /arrivals/{arrival_id}/match", live(first), page="/arrivals/{arrival_id}",
            fields={"number": number}, by="reviewer",
        ),
        Trial(
            REVIEW, "POST /arrivals/{arrival_id}/aside", live(second), page="/arrivals/{arrival_id}",
            fields={"why": "Sent back to the college."}, by="supervisor", before=nobodys(second),
        ),
        Trial(REVIEW, f"GET {_CASE}/course", live(course), before=ready),
        Trial(REVIEW, f"POST {_CASE}/course", live(course), fields=compared, by="reviewer"),
        Trial(
            REVIEW, f"POST /api{_CASE}/course", live(course), json={"seen": seen}, by="supervisor",
            good=frozenset({409}),
        ),
    ]  # fmt: skip


def of_status(world: World) -> list[Trial]:
    """A certificate whose status is to change, twice: on its pages and by the API. Both times it is sent back."""
    own = {"certificate_id": world.certificates[0]}
    page = {**own, "person_id": world.person_id}
    where = f"/register/{world.person_id}/certificates/{world.certificates[0]}/status"
    said = {"status": "suspended", "reference": "BOE 1", "why": "By order of the board."}
    no = {"change_id": "", "agree": False, "why": "It is about somebody else."}

    async def waits() -> None:
        async def look() -> str | None:
            shown = await world.everybody["supervisor"].asks(REVIEW, "GET", f"{where}/second")
            found = re.search(r'name="change_id" value="([0-9a-f-]{36})"', shown.text)
            return found[1] if found else None

        no["change_id"] = str(await found_soon(look))

    async def settled() -> None:
        async def look() -> bool | None:
            return (await world.everybody["supervisor"].asks(REVIEW, "GET", where)).status_code == 200 or None

        assert await found_soon(look)

    path, api = (
        "/register/{person_id}/certificates/{certificate_id}/status",
        "/api/certificates/{certificate_id}/status",
    )
    return [
        Trial(REVIEW, f"GET {path}", page),
        Trial(REVIEW, f"POST {path}", page, fields=said, by="reviewer"),
        Trial(REVIEW, f"GET {path}/second", page, before=waits),
        Trial(REVIEW, f"POST {path}/second", page, fields={"answer": "send-back", "why": "Not this one."}),
        Trial(
            REVIEW, f"POST {api}", own, json={**said, "effective_on": world.today.isoformat()}, by="reviewer",
            before=settled,
        ),
        Trial(REVIEW, f"POST {api}/second", own, json=no, before=waits),
    ]  # fmt: skip


def of_notices(world: World) -> list[Trial]:
    values = {"notice_id": ""}

    async def told() -> None:
        async def look() -> Any:
            answer = await world.everybody["token"].asks(
                NOTICES, "GET", f"/api/notices?application_id={world.applications['by-page']}"
            )
            sent = [each for each in answer.json()["notices"] if each["state"] == "sent"]
            return sent and sent[0]["notice_id"]

        values["notice_id"] = await found_soon(look)

    login = f"support.{secrets.token_hex(4)}@dese.example"
    user = {"login": login, "name": "Sam Support", "role": "support", "password": "a gentle oak beside the river"}
    return [
        *(Trial(NOTICES, f"GET {each}") for each in ("/", "/notices", "/api/notices", "/api/notices/counts")),
        Trial(NOTICES, "GET /notices/{notice_id}", live(values), before=told),
        Trial(NOTICES, "GET /notices/{notice_id}/repeat", live(values)),
        Trial(NOTICES, "PUT /api/users", json=user),
    ]
