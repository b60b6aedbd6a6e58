"""The educators' doors, in an order in which each is tried where it leads somewhere."""

import base64
import json
import re
import secrets
from collections import ChainMap
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import httpx
from files_given import pdf
from matrix_trying import Trial
from matrix_world import EXPIRED, PASSPHRASE, World, found_soon

from applications.provider_signature import HEADER, signature
from lectern.contracts.values import Kind as ApplicationKind
from lectern.rules.wording import CONDUCT_QUESTIONS, PURPOSE, RELEASE
from lectern_local.demo import answers
from lectern_local.demo.staff import DISTRICT

HERE = "applications"
QUESTION = CONDUCT_QUESTIONS[0].id
YEAR = {
    "school_year": "2022",
    "employer": "Independence 30",
    "position": "Teacher",
    "fte": "1.00",
    "share": "1.00",
    "work": "teacher",
}
COPY = ("copy.pdf", pdf())
PROGRAMS = {"hours": "30", "mentoring": "2", "bta_completed_on": "6/14/2024", "bta_provider": "Ozark"}
_DRAFT = "/drafts/{application_id}"
_API = "/api/applications/{application_id}"


def common(service: str) -> list[Trial]:
    """Doors that every service has."""
    return [
        Trial(service, "GET /health"),
        Trial(service, "GET /api/openapi.json"),
        Trial(service, "GET /sign-in"),
        Trial(service, "GET /signed-in"),
        Trial(service, "GET /account/password"),
        Trial(service, "GET /api/parked"),
        Trial(service, "POST /api/parked/redrive", json={"subject": "nobody"}),
    ]


def of_accounts(world: World) -> list[Trial]:
    name = {"first_name": "Jordan", "last_name": "Avery"}
    new = world.people[3]
    row = {
        **name,
        "email": f"op.{secrets.token_hex(6)}@demo.example",
        "password": PASSPHRASE,
        "first_name": new.first_name,
        "last_name": new.last_name,
        "educator_number": new.educator_number,
        "birth_date": new.birth_date.isoformat(),
        "ssn_last4": new.ssn_last4,
    }
    registering = {**name, "email": f"reg.{secrets.token_hex(6)}@demo.example", "password": PASSPHRASE}
    return [
        *(Trial(HERE, f"GET {each}") for each in ("/", "/help", "/register", "/claim", "/api/me", "/api/districts")),
        *(Trial(HERE, f"GET {each}") for each in ("/profile", "/profile/personal", "/new-applications")),
        Trial(HERE, "GET /certificates/{certificate_id}/pdf", {"certificate_id": world.certificates[0]}),
        Trial(HERE, "GET /api/certificates/{certificate_id}/pdf", {"certificate_id": world.certificates[0]}),
        *(Trial(HERE, "GET /new-applications/{kind}", {"kind": each.value}) for each in ApplicationKind),
        Trial(HERE, "GET /applications"),
        Trial(HERE, "GET /api/new-applications"),
        Trial(HERE, "POST /register", fields=registering, by="nobody"),
        Trial(HERE, "POST /profile/personal"),
        Trial(HERE, "POST /api/educators", json=row, by="token"),
    ]


def of_a_draft(world: World) -> list[Trial]:
    """Pages of one draft that is thrown away at the end."""

    async def begun() -> None:
        world.applications["pages"] = values["application_id"] = await world.draft(0)

    async def there() -> None:
        copy["document_id"] = await world.copy("educator", HERE, f"/drafts/{values['application_id']}/documents")

    values, copy = {"application_id": ""}, {"document_id": ""}

    def page(
        method: str, name: str, fields: dict[str, str] | None = None, file: tuple[str, bytes] | None = None, **more: str
    ) -> Trial:
        return Trial(HERE, f"{method} {_DRAFT}{name}", live(values, more), fields=fields or {}, file=file)

    return [
        Trial(
            HERE, "POST /new-applications/{kind}", {"kind": "upgrade"},
            fields={"certificate_id": world.certificates[1]}, by="educator",
        ),
        Trial(HERE, "GET /help", before=begun),
        page("GET", ""),
        *(page("GET", f"/{each}") for each in ("personal", "education", "education/programs", "conduct", "purpose")),
        *(page("GET", f"/{each}") for each in ("payment-method", "release", "district", "check", "delete")),
        page("GET", "/conduct/{question}", question=QUESTION),
        page("GET", "/education/{rows}/new", rows="years"),
        page("POST", "/personal"),
        page("POST", "/education/{rows}/new", YEAR, rows="years"),
        page("GET", "/education/{rows}/{at}", rows="years", at="0"),
        page("POST", "/education/{rows}/{at}", {"position": "Teacher, grade 3"}, rows="years", at="0"),
        page("POST", "/education/programs", PROGRAMS),
        page("POST", "/education"),
        Trial(
            HERE, f"POST {_DRAFT}/education/{{rows}}/{{at}}/remove", live(values, {"rows": "years", "at": "0"}),
            page=f"{_DRAFT}/education",
        ),
        page("POST", "/conduct/{question}", {"yes": "no", "explanation": ""}, question=QUESTION),
        page("POST", "/purpose", {"purpose": PURPOSE}),
        page("POST", "/payment-method", {"method": "card"}),
        page("POST", "/release"),
        Trial(
            HERE, f"POST {_DRAFT}/district", live(values), page=f"{_DRAFT}/district?q=indep",
            fields={"district": DISTRICT},
        ),
        page("POST", "/documents", {"shows": "transcript"}, file=COPY),
        Trial(HERE, f"POST {_API}/documents", live(values), fields={"shows": "transcript"}, file=COPY),
        Trial(HERE, f"GET {_API}/documents", live(values)),
        Trial(HERE, f"GET {_API}/documents/{{document_id}}", live(values, copy), before=there),
        Trial(HERE, f"DELETE {_API}/documents/{{document_id}}", live(values, copy)),
        Trial(
            HERE, f"POST {_DRAFT}/documents/{{document_id}}/remove", live(values, copy),
            page=f"{_DRAFT}/documents", before=there,
        ),
        page("POST", "/delete"),
    ]  # fmt: skip


def of_reactivating(world: World) -> list[Trial]:
    """One about an expired certificate, by a course: it goes straight to DESE."""
    values = {"application_id": ""}
    course = answers.course(world.today)
    typed = {
        "college": course["college"],
        "title": course["title"],
        "semester_hours": "3",
        "completed_on": course["completed_on"],
        "level": "graduate",
        "relevance": course["relevance"],
        "first_time": "yes",
    }

    async def answered() -> None:
        values["application_id"] = world.applications["by-course"] = await world.reactivating().begin()
        await world.reactivating().answer(values["application_id"])

    def page(method: str, name: str, fields: dict[str, str] | None = None, **more: Any) -> Trial:
        return Trial(HERE, f"{method} {_DRAFT}/{name}", live(values), fields=fields or {}, **more)

    async def submitted() -> None:
        await world.reactivating().submit(values["application_id"])

    return [
        page("GET", "certificates", before=answered),
        page("POST", "certificates", {"certificates": world.certificates[EXPIRED]}),
        page("GET", "course"),
        page("POST", "course", typed),
        Trial(
            HERE, f"PUT {_API}/certificates", live(values),
            json={"certificate_ids": [world.certificates[EXPIRED]]},
        ),
        Trial(HERE, f"PUT {_API}/course", live(values), json=course),
        Trial(HERE, "GET /help", before=submitted),
    ]  # fmt: skip


def of_submitting(world: World) -> list[Trial]:
    """One draft handed in and paid by pages, one by the API and the provider's own word."""
    first, second = {"application_id": ""}, {"application_id": ""}
    asked, copy, linked = {"question": QUESTION}, {"document_id": ""}, {"link_id": ""}

    async def answered() -> None:
        world.applications["by-page"] = first["application_id"] = await world.draft(2, answered=True)

    async def there() -> None:
        copy["document_id"] = await world.copy("educator", HERE, f"/drafts/{first['application_id']}/documents")
        world.applications["copy"] = copy["document_id"]

    async def links() -> None:
        async def look() -> str | None:
            page = f"/applications/{first['application_id']}/letter"
            shown = await world.everybody["educator"].asks(HERE, "GET", page)
            found = re.search(r"/links/([0-9a-f-]{36})/end", shown.text)
            return found[1] if found else None

        linked["link_id"] = str(await found_soon(look))

    async def pays() -> None:
        await world.educator(2).pay_url(first["application_id"])

    async def paid() -> None:
        await world.educator(2).pay(first["application_id"])
        await world.at_district(first["application_id"])

    async def begun() -> None:
        world.applications["by-api"] = second["application_id"] = await world.draft(3)

    async def sent() -> httpx.Response:
        return await _webhook(world, second["application_id"])

    def put(name: str, json_: object, **more: str) -> Trial:
        return Trial(HERE, f"PUT {_API}/{name}", live(second, more), json=json_)

    return [
        Trial(HERE, f"GET {_DRAFT}/documents", live(first), before=answered),
        Trial(HERE, f"POST {_DRAFT}/documents", live(first), fields={"shows": "transcript"}, file=COPY),
        Trial(HERE, f"GET {_DRAFT}/conduct/{{question}}/documents", live(first, asked)),
        Trial(HERE, f"POST {_DRAFT}/conduct/{{question}}/documents", live(first, asked), file=COPY),
        Trial(HERE, "GET /applications/{application_id}/documents/{document_id}", live(first, copy), before=there),
        Trial(HERE, f"POST {_DRAFT}/check", live(first), fields={"declared": "yes"}),
        Trial(HERE, "GET /applications/{application_id}/payment", live(first), before=pays),
        Trial(
            HERE, "POST /applications/{application_id}/payment/check", live(first),
            page="/applications/{application_id}/payment?returned=1",
        ),
        Trial(HERE, "GET /applications/{application_id}/submitted", live(first), before=paid),
        Trial(HERE, "GET /applications/{application_id}", live(first)),
        Trial(HERE, "GET /applications/{application_id}/answers", live(first)),
        Trial(HERE, "GET /applications/{application_id}/letter", live(first)),
        Trial(HERE, "GET /applications/{application_id}/letter/pdf", live(first)),
        Trial(HERE, "POST /applications/{application_id}/letter", live(first)),
        Trial(
            HERE, "POST /applications/{application_id}/letter/links/{link_id}/end", live(first, linked),
            page="/applications/{application_id}/letter", before=links,
        ),
        Trial(HERE, f"GET {_API}/letter", live(first)),
        Trial(HERE, f"GET {_API}/letter/pdf", live(first)),
        Trial(HERE, f"DELETE {_API}/letter/links/{{link_id}}", live(first, linked)),
        Trial(HERE, f"POST {_API}/letter/links", live(first)),
        Trial(HERE, "GET /shared-letter", good=frozenset({404})),
        Trial(HERE, "POST /api/applications", json={"certificate_id": world.certificates[4]}),
        Trial(HERE, f"GET {_API}", live(second), before=begun),
        put("personal", {}),
        put("education", answers.report(world.today)),
        *(
            Trial(
                HERE, f"PUT {_API}/conduct/{{question}}", live(second, {"question": each.id}),
                json={"yes": False, "explanation": ""},
            )
            for each in CONDUCT_QUESTIONS
        ),
        put("purpose", {"purpose": PURPOSE}),
        put("payment-method", {"method": "card"}),
        put("release", {"release": RELEASE.version}),
        put("district", {"district": DISTRICT}),
        Trial(HERE, f"POST {_API}/submission", live(second), json={}),
        Trial(HERE, "POST /payments/webhook", json={"event_id": "x"}, sends=sent),
    ]  # fmt: skip


def of_correcting(world: World) -> list[Trial]:
    """After the district returned it."""
    values = {"application_id": ""}

    async def returned() -> None:
        application = values["application_id"] = world.applications["returned-api"]
        educator = world.educator(5)
        await educator.returned(application)
        body = answers.report(world.today)
        await world.user.send(
            "again", "PUT", f"/api/applications/{application}/education", body, key=secrets.token_hex(8)
        )

    return [Trial(HERE, f"POST {_API}/correction", live(values), json={}, before=returned)]


def of_withdrawing(world: World) -> list[Trial]:
    """Two that wait at the district: one asked back on its page, one by the API."""
    page, api = {"application_id": ""}, {"application_id": ""}

    async def submitted() -> None:
        for which, values in ((7, page), (8, api)):
            values["application_id"] = await world.draft(which, answered=True)
            await world.educator(which).submit(values["application_id"])
            await world.educator(which).pay(values["application_id"])
            await world.at_district(values["application_id"])

    path = "/applications/{application_id}/withdraw"
    return [
        Trial(HERE, f"GET {path}", live(page), before=submitted),
        Trial(HERE, f"POST {path}", live(page)),
        Trial(HERE, f"POST {_API}/withdrawal", live(api), json={}),
    ]


def of_reconsidering(world: World) -> list[Trial]:
    """Two that were denied: one looked at again by its page, one by the API."""
    page, api = {"application_id": ""}, {"application_id": ""}

    async def denied() -> None:
        page["application_id"] = await world.denied(13)
        api["application_id"] = await world.denied(14)

    path, why = "/applications/{application_id}/reconsideration", {"why": answers.RECONSIDER}
    return [
        Trial(HERE, f"GET {path}", live(page), before=denied),
        Trial(HERE, f"POST {path}", live(page), page=path, fields=why),
        Trial(HERE, f"POST {_API}/reconsideration", live(api), json=why),
    ]


def of_claiming(world: World) -> list[Trial]:
    who = world.people[2]
    shown = {
        "educator_number": who.educator_number,
        "last_name": who.last_name,
        "birth_date": who.birth_date.strftime("%m/%d/%Y"),
        "ssn_last4": who.ssn_last4,
    }
    return [Trial(HERE, "POST /claim", fields=shown, by="newcomer")]


def live(later: dict[str, str], more: dict[str, str] | None = None) -> Mapping[str, str]:
    """Of a thing that is made only when its first trial comes."""
    return ChainMap(more or {}, later)


async def _webhook(world: World, application: str) -> httpx.Response:
    """The provider's word that it is paid, after it is."""
    await world.educator(3).pay(application, webhook="never")
    standing = await world.educator(3).look(application)
    event = {
        "event_id": f"matrix-{secrets.token_hex(8)}",
        "type": "payment.approved",
        "key": standing["payment"]["payment_id"],
        "amount_cents": 2500,
        "currency": "USD",
        "occurred_at": datetime.now(UTC).isoformat(),
    }
    body = json.dumps(event).encode()
    secret = base64.b64decode(world.installation.secrets.payment_secret)
    headers = {"Content-Type": "application/json", HEADER: signature(secret, body, datetime.now(UTC))}
    url = world.installation.urls[HERE] + "/payments/webhook"
    return await world.http.post(url, content=body, headers=headers)
