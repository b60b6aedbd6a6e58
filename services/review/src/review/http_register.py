"""The register: /register finds a person by Educator ID, /register/<person> shows what is on record."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from lectern.contracts.matching import number_token
from lectern.contracts.values import PersonId
from lectern.web import Fact, Filled, FormModel, Says, blank, read_form, render, see_other, waits_for
from lectern.web.words import day
from review import queries
from review.messages import CERTIFICATES, STAGES, STATUSES
from review.office import SIGNED_IN, Office, SignedInOfficer

NOT_THERE = "No person with this Educator ID is in the register. Check the number, as it stands on the certificate."


class LookUpForm(FormModel):
    number: Annotated[str, Says(missing="Enter an Educator ID")]


def routes(office: Office) -> APIRouter:
    router = APIRouter(prefix="/register", include_in_schema=False)

    @router.get("", dependencies=[SIGNED_IN])
    async def get_register(request: Request) -> Response:
        return _page(request, blank(LookUpForm))

    @router.post("")
    async def post_register(request: Request, officer: SignedInOfficer) -> Response:
        """Sent as a form and not in an address: an Educator ID is personal. Found by its keyed fingerprint."""
        form = await read_form(request, LookUpForm)
        if not form.ok:
            return _page(request, form)
        token = number_token(office.running.settings.match_key, form.value.number)
        async with office.running.read(role=officer.role) as db:
            found = await queries.persons_by_token(db, [token])
        if token not in found:
            return _page(request, form.refuse(NOT_THERE, field="number"))
        return see_other(f"/register/{found[token]}")

    @router.get("/{person_id}")
    async def get_person(
        request: Request, person_id: PersonId, officer: SignedInOfficer, _: Annotated[None, Depends(waits_for)]
    ) -> Response:
        async with office.running.read(role=officer.role) as db:
            row = await queries.person_row(db, person_id)
            certificates = await queries.certificates_of(db, person_id)
            applications = await queries.applications_of(db, person_id)
        if row is None or row.number_token is None:
            raise office.absent()
        person = await office.particulars(row)
        facts = [Fact("Educator ID", person.number or "Erased")]
        if person.birth_date:
            facts.append(Fact("Birth date", day(person.birth_date), "DESE only"))
        cleared = day(person.cleared_on) if person.cleared_on else "None on record"
        facts.append(Fact("Background clearance", cleared, "DESE only"))
        return render(
            request,
            "person.html",
            person=person,
            facts=facts,
            certificates=certificates,
            applications=applications,
            kinds=CERTIFICATES,
            statuses=STATUSES,
            stages=STAGES,
            today=office.today(),
        )

    return router


def _page(request: Request, form: Filled[LookUpForm]) -> Response:
    return render(request, "register.html", form=form)
