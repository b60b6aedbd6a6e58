"""Asking for information: /cases/<application>/information. What goes out is read once more before it goes."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends
from pydantic import Field
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from lectern.contracts.values import ApplicationId, InformationReason, Party, Text
from lectern.eventlog.errors import Refused
from lectern.web import Filled, Says, blank, read_form, render, see_other, waits_for
from review.case_words import page_words
from review.casefile import CaseFile, case_file
from review.desk import On
from review.http_case import OnCase
from review.messages import ASKED_ABOUT, ASKED_HINTS
from review.office import Office, SignedInOfficer
from review.requesting import possible

Fresh = Annotated[None, Depends(waits_for)]
Chosen = Annotated[
    tuple[InformationReason, ...],
    Field(min_length=1),
    Says(missing="Choose at least one thing to ask about", wrong="Choose things to ask about from the list"),
]


class AskingForm(OnCase):
    party: Party = Party.EDUCATOR
    reasons: Chosen
    note: Annotated[Text, Field(min_length=1), Says(missing="Write what you need to know")]
    do: Literal["preview", "change", "send"] = "preview"


def routes(office: Office) -> APIRouter:
    router = APIRouter(prefix="/cases/{application_id}", include_in_schema=False)

    @router.get("/information")
    async def get_information(
        request: Request,
        application_id: ApplicationId,
        officer: SignedInOfficer,
        _: Fresh,
        party: Party = Party.EDUCATOR,
    ) -> Response:
        file = await case_file(office, officer, application_id)
        if not file.askable:
            return RedirectResponse(f"/cases/{application_id}", 303)
        return await page(
            request,
            file,
            blank(AskingForm, submission=file.rows.queue.submission, cycle=file.rows.queue.cycle, party=party),
        )

    @router.post("/information")
    async def post_information(request: Request, application_id: ApplicationId, officer: SignedInOfficer) -> Response:
        form = await read_form(request, AskingForm)
        if form.ok and form.value.do == "send":
            on = On(officer, application_id, form.value.submission, form.call(), cycle_seen=form.value.cycle)
            try:
                said = form.value
                answer = await office.desk.request_information(on, said.party, said.reasons, said.note)
            except Refused as refused:
                form = form.refuse(refused)
            else:
                return see_other(f"/cases/{application_id}", after=answer.position)
        file = await case_file(office, officer, application_id)
        if form.ok and form.value.do == "preview":
            chosen = [ASKED_ABOUT[each] for each in InformationReason if each in form.value.reasons]
            words = await page_words(office, file)
            return render(request, "asking_preview.html", form=form, chosen=chosen, note=form.value.note, **words)
        return await page(request, file, form)

    async def page(request: Request, file: CaseFile, form: Filled[AskingForm]) -> Response:
        party = Party.DISTRICT if form["party"] == Party.DISTRICT else Party.EDUCATOR
        choices = [
            (each.value, ASKED_ABOUT[each], ASKED_HINTS.get(each, ""))
            for each in possible(file.rules, file.rows.queue.kind, party)
        ]
        return render(request, "asking.html", form=form, choices=choices, **await page_words(office, file))

    return router
