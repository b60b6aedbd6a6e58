"""A certificate's status: /register/<person>/certificates/<certificate>/status proposes a change, /second answers."""

from dataclasses import dataclass
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import Field
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from lectern.contracts.values import CertificateId, CertificateStatus, PersonId, StatusOrder, Text
from lectern.eventlog.errors import Refused
from lectern.eventlog.streams import Answer
from lectern.web import Filled, FormDate, FormModel, Says, blank, read_form, render, see_other, waits_for
from review import queries
from review.messages import CERTIFICATES, KINDS, STAGES, STATUS_CHANGES, STATUSES
from review.office import Colleagues, Office, Particulars, SignedInOfficer, Supervisor
from review.officer import Officer
from review.register_certificates import CertificateRow
from review.review_queue import QueueRow
from review.status_changes import Proposal
from review.status_desk import StatusDesk

Fresh = Annotated[None, Depends(waits_for)]


class StatusForm(FormModel):
    status: Annotated[CertificateStatus, Says(missing="Choose what becomes of it", wrong="Choose what becomes of it")]
    on: Annotated[FormDate, Says(missing="Enter the day from which it counts")]
    reference: Annotated[str, Field(max_length=100), Says(missing="Enter the order’s reference")]
    why: Annotated[Text, Field(min_length=1), Says(missing="Say why")]


class ConfirmForm(FormModel):
    change_id: UUID
    answer: Annotated[Literal["confirm", "send-back"], Says(missing="Choose whether you confirm it")]
    why: Annotated[str | None, Says(label="why you send it back")] = None


@dataclass(frozen=True)
class CertificateFile:
    """A certificate with what depends on its status."""

    row: CertificateRow
    person: Particulars
    officer: Officer
    colleagues: Colleagues
    open_applications: list[QueueRow]
    proposal: Proposal | None
    order: StatusOrder | None
    """Of the proposal; None where there is none, or it was erased."""

    @property
    def base(self) -> str:
        return f"/register/{self.row.person_id}/certificates/{self.row.certificate_id}/status"

    @property
    def own(self) -> bool:
        """Whether it is the officer's own certificate."""
        return self.officer.person == self.row.person_id

    @property
    def may_confirm(self) -> bool:
        proposal = self.proposal
        return bool(proposal and self.officer.supervisor and proposal.by != self.officer.id and not self.own)

    @property
    def choices(self) -> list[tuple[str, str, str]]:
        """What it can become: its value, words and what that means."""
        able = [
            each
            for each in CertificateStatus
            if (each.taken or (each is CertificateStatus.ACTIVE and self.row.status.taken))
            and each is not self.row.status
        ]
        return [(each.value, STATUS_CHANGES[each].does, STATUS_CHANGES[each].means) for each in able]


def routes(office: Office, desk: StatusDesk) -> APIRouter:
    router = APIRouter(prefix="/register/{person_id}/certificates/{certificate_id}/status", include_in_schema=False)
    _proposing(router, office, desk)
    _confirming(router, office, desk)
    return router


def _proposing(router: APIRouter, office: Office, desk: StatusDesk) -> None:
    @router.get("")
    async def get_status(
        request: Request, person_id: PersonId, certificate_id: CertificateId, officer: SignedInOfficer, _: Fresh
    ) -> Response:
        file = await certificate_file(office, officer, person_id, certificate_id)
        if file.proposal is not None:
            return RedirectResponse(f"{file.base}/second", 303)
        return page(request, file, blank(StatusForm, on=office.today()))

    @router.post("")
    async def post_status(
        request: Request, person_id: PersonId, certificate_id: CertificateId, officer: SignedInOfficer
    ) -> Response:
        """Proposes the change; a supervisor who is somebody else confirms it."""
        form = await read_form(request, StatusForm)
        if form.ok:
            said = form.value
            order = StatusOrder(reference=said.reference, why=said.why)
            try:
                answer = await desk.propose(officer, certificate_id, said.status, said.on, order, form.call())
            except Refused as refused:
                form = form.refuse(refused)
            else:
                return see_other(f"/register/{person_id}", after=answer.position)
        return page(request, await certificate_file(office, officer, person_id, certificate_id), form)

    def page(request: Request, file: CertificateFile, form: Filled[StatusForm]) -> Response:
        return render(request, "status.html", form=form, **_words(office, file))


def _confirming(router: APIRouter, office: Office, desk: StatusDesk) -> None:
    @router.get("/second")
    async def get_status_second(
        request: Request, person_id: PersonId, certificate_id: CertificateId, officer: SignedInOfficer, _: Fresh
    ) -> Response:
        """What waits, for everybody at DESE; only another supervisor may answer."""
        file = await certificate_file(office, officer, person_id, certificate_id)
        if file.proposal is None:
            return RedirectResponse(f"/register/{person_id}", 303)
        return page(request, file, blank(ConfirmForm, change_id=file.proposal.change_id))

    @router.post("/second")
    async def post_status_second(
        request: Request, person_id: PersonId, certificate_id: CertificateId, officer: Supervisor
    ) -> Response:
        form = await read_form(request, ConfirmForm)
        if form.ok and form.value.answer == "send-back" and not form.value.why:
            form = form.refuse("Say why you send it back", field="why")
        if form.ok:
            try:
                answer = await _answered(desk, officer, certificate_id, form)
            except Refused as refused:
                form = form.refuse(refused)
            else:
                return see_other(f"/register/{person_id}", after=answer.position)
        return page(request, await certificate_file(office, officer, person_id, certificate_id), form)

    def page(request: Request, file: CertificateFile, form: Filled[ConfirmForm]) -> Response:
        return render(request, "status_second.html", form=form, **_words(office, file))


async def _answered(desk: StatusDesk, officer: Officer, id_: CertificateId, form: Filled[ConfirmForm]) -> Answer:
    said = form.value
    if said.answer == "confirm":
        return await desk.confirm(officer, id_, said.change_id, form.call())
    return await desk.send_back(officer, id_, said.change_id, said.why or "", form.call())


async def certificate_file(
    office: Office, officer: Officer, person_id: PersonId, certificate_id: CertificateId
) -> CertificateFile:
    """Raises NotFound; Updating while the views lag."""
    async with office.running.read(role=officer.role) as db:
        person = await queries.person_row(db, person_id)
        held = await queries.certificates_of(db, person_id)
        changes = await queries.status_changes_of(db, person_id)
        about = await queries.open_about(db, certificate_id)
        staff = await queries.staff_row(db)
    row = next((each for each in held if each.certificate_id == certificate_id), None)
    if person is None or row is None:
        raise office.absent()
    proposal = next((each.waiting for each in changes if each.certificate_id == certificate_id), None)
    return CertificateFile(
        row=row,
        person=await office.particulars(person),
        officer=officer,
        colleagues=await office.colleagues(officer, staff),
        open_applications=about,
        proposal=proposal,
        order=await office.running.keys.open(proposal.order, StatusOrder) if proposal else None,
    )


def _words(office: Office, file: CertificateFile) -> dict[str, Any]:
    return {
        "file": file,
        "kinds": CERTIFICATES,
        "applied_for": KINDS,
        "stages": STAGES,
        "statuses": STATUSES,
        "becomes": STATUS_CHANGES,
        "today": office.today(),
    }
