"""Back to the educator: /work-log/{application_id}/return. Reasons and a note, read once more before they go."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from district_worklog.case_reading import Case, Visit
from district_worklog.edge import Edge, SignedInOfficer
from district_worklog.http_conflict import conflict_page
from district_worklog.returning import REASONS
from lectern.contracts.values import ApplicationId, ReturnReason
from lectern.eventlog.errors import Refused
from lectern.web import Filled, FormModel, Says, blank, read_form, render, see_other, waits_for
from lectern.web.words import district as district_words


class ReturnForm(FormModel):
    submission: int
    reasons: Annotated[tuple[ReturnReason, ...], Says(wrong="Choose reasons from the list")] = ()
    note: Annotated[str | None, Says(label="the note")] = None
    do: Literal["preview", "change", "send"] = "preview"


def routes(edge: Edge) -> APIRouter:
    router = APIRouter(prefix="/work-log/{application_id}", include_in_schema=False)

    @router.get("/return")
    async def get_return(
        request: Request,
        application_id: ApplicationId,
        officer: SignedInOfficer,
        _: Annotated[None, Depends(waits_for)],
    ) -> Response:
        visit = Visit(edge, request, officer, application_id)
        case = await visit.case()
        if not case.waits:
            return see_other(visit.address)
        return await _page(visit, case, blank(ReturnForm, submission=case.found.line.row.submission))

    @router.post("/return")
    async def post_return(request: Request, application_id: ApplicationId, officer: SignedInOfficer) -> Response:
        visit = Visit(edge, request, officer, application_id)
        form = await read_form(request, ReturnForm)
        if form.ok and (wrong := _wrong(form.value)):
            form = form.refuse_all(wrong)
        if not form.ok or form.value.do == "change":
            return await _page(visit, await visit.case(), form)
        if form.value.do == "preview":
            return await _preview(visit, await visit.case(), form)
        return await _send(visit, form)

    return router


async def _send(visit: Visit, form: Filled[ReturnForm]) -> Response:
    said = form.value
    try:
        answer = await visit.edge.desk.send_back(
            visit.officer,
            visit.application_id,
            said.submission,
            form.call(),
            reasons=said.reasons,
            note=said.note or "",
        )
    except Refused as refused:
        if "conflict" in refused.details:
            return await conflict_page(visit, refused, [], yours=[("Your answer", _words(said))])
        return await _page(visit, await visit.case(), form.refuse(refused))
    return see_other(visit.address, after=answer.position)


def _words(said: ReturnForm) -> dict[str, str]:
    chosen = [words for each, words in REASONS.items() if each in said.reasons]
    return {"Reasons": "; ".join(chosen), "Note": said.note or ""}


def _wrong(said: ReturnForm) -> dict[str | None, str]:
    """The rule says the same; here it is said before the preview."""
    wrong: dict[str | None, str] = {}
    if not said.reasons:
        wrong["reasons"] = "Choose at least one reason."
    if ReturnReason.OTHER in said.reasons and not said.note:
        wrong["note"] = "You chose “Something else”. Say in the note what is needed."
    return wrong


async def _page(visit: Visit, case: Case, form: Filled[ReturnForm]) -> Response:
    possible = case.terms.rules.of(case.terms.kind).returns
    return render(
        visit.request,
        "return.html",
        form=form,
        person=case.found.person,
        row=case.found.line.row,
        address=visit.address,
        choices=[(each.value, words) for each, words in REASONS.items() if each in possible],
    )


async def _preview(visit: Visit, case: Case, form: Filled[ReturnForm]) -> Response:
    place = await visit.edge.place(visit.officer)
    return render(
        visit.request,
        "return_preview.html",
        form=form,
        person=case.found.person,
        row=case.found.line.row,
        address=visit.address,
        officer=visit.officer,
        district=district_words(place.name),
        reasons=[REASONS[each] for each in ReturnReason if each in form.value.reasons],
        note=form.value.note or "",
    )
