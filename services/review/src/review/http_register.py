"""The register: /register finds a person by Educator ID or name, /register/<person> shows what is and was on record."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from lectern.contracts.days import chicago_day
from lectern.contracts.matching import number_token
from lectern.contracts.values import CertificateId, PersonId, PersonName, StatusOrder
from lectern.eventlog.errors import NotFound
from lectern.papers import ON_PAPER, CertificatePaper, Press, holders_page
from lectern.web import (
    Fact,
    Filled,
    FormModel,
    Page,
    Says,
    attached_pdf,
    blank,
    read_form,
    render,
    see_other,
    waits_for,
)
from lectern.web.words import day
from review import look_up, queries
from review.asked_day import asked_day
from review.certificate_lives import LifeRow
from review.in_force import on_day
from review.look_up_queries import Mark, lives_of
from review.messages import CERTIFICATES, CHANGES, FORCES, KINDS, PUBLISHED, STAGES, STATUS_CHANGES, STATUSES
from review.office import SIGNED_IN, Office, Particulars, SignedInOfficer
from review.officer import Officer
from review.register_people import PersonRow
from review.status_changes import Done, StatusChangesRow

NOT_THERE = "No person with this Educator ID is in the register. Check the number, as it stands on the certificate."


Name = Annotated[str | None, Field(max_length=100)]


class LookUpForm(FormModel):
    number: Annotated[str | None, Field(max_length=40), Says(label="Educator ID")] = None
    last_name: Annotated[Name, Says(label="Last name")] = None
    first_name: Annotated[Name, Says(label="First name")] = None


def routes(office: Office, press: Press) -> APIRouter:
    router = APIRouter(prefix="/register", include_in_schema=False)
    _finding(router, office)
    _showing(router, office)
    _printing(router, office, press)
    return router


def _finding(router: APIRouter, office: Office) -> None:

    async def page(request: Request, officer: Officer, form: Filled[LookUpForm]) -> Response:
        async with office.running.read(role=officer.role) as db:
            waiting = await queries.status_changes_waiting(db)
            people = [await queries.person_row(db, each.person_id) for each in waiting]
        named = [(row, await office.particulars(person)) for row, person in zip(waiting, people, strict=True)]
        return render(request, "register.html", form=form, waiting=named, becomes=STATUS_CHANGES)

    @router.get("")
    async def get_register(request: Request, officer: SignedInOfficer) -> Response:
        return await page(request, officer, blank(LookUpForm))

    @router.post("")
    async def post_register(request: Request, officer: SignedInOfficer) -> Response:
        """Sent as a form and not in an address: whom somebody looks for is personal."""
        form = await read_form(request, LookUpForm)
        if not form.ok:
            return await page(request, officer, form)
        said = form.value
        try:
            wanted = look_up.asked(said.number, said.last_name, said.first_name, None, office.today())
        except look_up.Wrong as wrong:
            return await page(request, officer, form.refuse_all(wrong.errors))
        if not wanted.number:
            return see_other(f"/register/found/{look_up.sealed(office, wanted)}")
        token = number_token(office.running.settings.match_key, wanted.number)
        async with office.running.read(role=officer.role) as db:
            found = await queries.persons_by_token(db, [token])
        if token not in found:
            return await page(request, officer, form.refuse(NOT_THERE, field="number"))
        return see_other(f"/register/{found[token]}")

    @router.get("/found/{letters}", dependencies=[SIGNED_IN])
    async def get_found(request: Request, letters: str) -> Response:
        """Those with a name, as the register has it."""
        wanted = look_up.opened(office, letters)
        if wanted is None:
            raise NotFound("not sealed by us")
        found = await look_up.found_by_name(office, wanted)
        onward = f"/register/found/{look_up.sealed(office, found.next)}" if found.next else ""
        first = look_up.sealed(office, replace(wanted, after=Mark(), before=0))
        page = Page(
            previous=f"/register/found/{first}" if wanted.before else "",
            next=onward,
            note=f"Page {wanted.before // look_up.PAGE + 1}." if wanted.before or onward else "",
        )
        return render(
            request,
            "register_found.html",
            found=found,
            page=page,
            most=look_up.MOST,
            kinds=PUBLISHED,
            forces=FORCES,
        )


def _showing(router: APIRouter, office: Office) -> None:
    @router.get("/{person_id}")
    async def get_person(
        request: Request, person_id: PersonId, officer: SignedInOfficer, _: Annotated[None, Depends(waits_for)]
    ) -> Response:
        async with office.running.read(role=officer.role) as db:
            row = await queries.person_row(db, person_id)
            certificates = await queries.certificates_of(db, person_id)
            applications = await queries.applications_of(db, person_id)
            lives = await lives_of(db, [person_id])
            status_changes = await queries.status_changes_of(db, person_id)
            staff = await queries.staff_row(db)
        if row is None or row.number_token is None:
            raise office.absent()
        person = await office.particulars(row)
        form, day = asked_day(request, office.today())
        return render(
            request,
            "person.html",
            person=person,
            person_id=person_id,
            became=request.query_params.get("became", ""),
            facts=_facts(person),
            certificates=certificates,
            applications=applications,
            kinds=CERTIFICATES,
            applied_for=KINDS,
            statuses=STATUSES,
            stages=STAGES,
            today=office.today(),
            published=PUBLISHED,
            forces=FORCES,
            changes=CHANGES,
            colleagues=await office.colleagues(officer, staff),
            disciplined=await _disciplined(office, status_changes),
            becomes=STATUS_CHANGES,
            on_paper=ON_PAPER,
            form=form,
            day=day,
            in_force=on_day(lives, day),
            lives=sorted(lives, key=lambda each: each.changes[-1].expires_on, reverse=True),
            waiting={each.certificate_id: each.waiting for each in status_changes if each.waiting},
            references={each.application_id: each.reference for each in applications},
        )


def _printing(router: APIRouter, office: Office, press: Press) -> None:
    @router.get("/{person_id}/certificates/{certificate_id}/pdf")
    async def get_pdf(person_id: PersonId, certificate_id: CertificateId, officer: SignedInOfficer) -> Response:
        """The certificate as its holder downloads it."""
        async with office.running.read(role=officer.role) as db:
            row = await queries.person_row(db, person_id)
            lives = await lives_of(db, [person_id])
        life = next((each for each in lives if each.certificate_id == certificate_id), None)
        if row is None or life is None or life.changes[-1].status not in ON_PAPER:
            raise office.absent()
        paper = await _paper(office, row, life)
        return attached_pdf(await press.printed(paper), paper.file_name)


async def _paper(office: Office, row: PersonRow, life: LifeRow) -> CertificatePaper:
    """With the name the register has, whatever the educator goes by."""
    running, now = office.running, life.changes[-1]
    name = await running.keys.open(row.name, PersonName)
    number = await running.keys.open(row.educator_number, str)
    if name is None or number is None:
        raise office.absent()
    return CertificatePaper(
        kind=now.kind,
        name=str(name),
        number=number,
        areas=now.areas,
        issued_on=now.issued_on,
        valid_from=now.valid_from,
        valid_to=now.expires_on,
        recorded_on=chicago_day(now.at),
        check_url=holders_page(running.settings.url("review"), row.person_id),
        demo=running.settings.demo,
    )


@dataclass(frozen=True)
class Disciplined:
    """What was proposed about a certificate's status, in the clear, and what became of it."""

    done: Done
    order: StatusOrder | None
    sent_back: str | None


async def _disciplined(office: Office, rows: Sequence[StatusChangesRow]) -> dict[CertificateId, list[Disciplined]]:
    """By certificate, the newest first."""
    done = [(row.certificate_id, each) for row in rows for each in row.done]
    orders = await office.running.keys.open_all([each.proposal.order for _, each in done], StatusOrder)
    reasons = await office.running.keys.open_all([each.sent_back for _, each in done], str)
    found: dict[CertificateId, list[Disciplined]] = {row.certificate_id: [] for row in rows}
    for (certificate_id, each), order, why in zip(done, orders, reasons, strict=True):
        found[certificate_id].insert(0, Disciplined(each, order, why))
    return found


def _facts(person: Particulars) -> list[Fact]:
    facts = [Fact("Educator ID", person.number or "Erased")]
    if person.differs:
        facts.append(Fact("Name in the account", person.name, "As the educator says"))
    if person.birth_date:
        facts.append(Fact("Birth date", day(person.birth_date), "DESE only"))
    return facts
