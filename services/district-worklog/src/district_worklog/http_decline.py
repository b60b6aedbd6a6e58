"""Not ours: /work-log/{application_id}/decline. A reason and a note, read once more before they go."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from district_worklog.case_reading import Case, Visit
from district_worklog.declining import REASONS, wrong
from district_worklog.edge import Edge, SignedInOfficer
from district_worklog.http_conflict import conflict_page
from lectern.contracts.values import ApplicationId, DeclineReason
from lectern.eventlog.errors import Refused
from lectern.web import Filled, FormModel, Says, blank, read_form, render, see_other, waits_for
from lectern.web.words import district as district_words

MISSING = "Choose why your district does not answer for this educator"


class DeclineForm(FormModel):
    submission: int
    reason: Annotated[DeclineReason | None, Says(wrong=MISSING)] = None
    note: Annotated[str | None, Says(label="the note")] = None
    do: Literal["preview", "change", "send"] = "preview"


def routes(edge: Edge) -> APIRouter:
    router = APIRouter(prefix="/work-log/{application_id}", include_in_schema=False)

    @router.get("/decline")
    async def get_decline(
        request: Request,
        application_id: ApplicationId,
        officer: SignedInOfficer,
        _: Annotated[None, Depends(waits_for)],
    ) -> Response:
        visit = Visit(edge, request, officer, application_id)
        case = await visit.case()
        if not case.waits:
            return see_other(visit.address)
        return await _page(visit, case, blank(DeclineForm, submission=case.found.line.row.submission))

    @router.post("/decline")
    async def post_decline(request: Request, application_id: ApplicationId, officer: SignedInOfficer) -> Response:
        visit = Visit(edge, request, officer, application_id)
        form = await read_form(request, DeclineForm)
        if form.ok and (found := wrong(form.value.reason, form.value.note or "")):
            form = form.refuse_all(found)
        if not form.ok or form.value.do == "change":
            return await _page(visit, await visit.case(), form)
        if form.value.do == "preview":
            return await _preview(visit, await visit.case(), form)
        return await _send(visit, form)

    return router


async def _send(visit: Visit, form: Filled[DeclineForm]) -> Response:
    said = form.value
    try:
        answer = await visit.edge.desk.decline(
            visit.officer,
            visit.application_id,
            said.submission,
            form.call(),
            reason=said.reason,
            note=said.note or "",
        )
    except Refused as refused:
        if "conflict" in refused.details:
            return await conflict_page(visit, refused, [], yours=[("Your answer", _words(said))])
        return await _page(visit, await visit.case(), form.refuse(refused))
    return see_other(visit.address, after=answer.position)


def _words(said: DeclineForm) -> dict[str, str]:
    return {"Reason": REASONS.get(said.reason, "") if said.reason else "", "Note": said.note or ""}


async def _page(visit: Visit, case: Case, form: Filled[DeclineForm]) -> Response:
    return render(
        visit.request,
        "decline.html",
        form=form,
        person=case.found.person,
        row=case.found.line.row,
        address=visit.address,
        choices=[(each.value, words) for each, words in REASONS.items()],
    )


async def _preview(visit: Visit, case: Case, form: Filled[DeclineForm]) -> Response:
    place = await visit.edge.place(visit.officer)
    return render(
        visit.request,
        "decline_preview.html",
        form=form,
        person=case.found.person,
        row=case.found.line.row,
        address=visit.address,
        district=district_words(place.name),
        reason=_words(form.value)["Reason"],
        note=form.value.note or "",
    )
