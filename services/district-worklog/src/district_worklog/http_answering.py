"""What DESE asks the district: /work-log/{application_id}/answer. The answer goes with what is attested now."""

from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from district_worklog.case_reading import Case, Visit
from district_worklog.edge import Edge, SignedInOfficer
from district_worklog.http_conflict import conflict_page
from district_worklog.kinds import ASKED_ABOUT, SAID
from lectern.contracts.values import ApplicationId, Text, Verdict
from lectern.eventlog.errors import Refused
from lectern.rules.wording import attestation
from lectern.web import Filled, FormModel, Says, Ticked, blank, read_form, render, see_other, waits_for
from lectern.web.words import district as district_words


class AnswerForm(FormModel):
    submission: int
    answer: Annotated[Text, Field(min_length=1), Says(missing="Write your district’s answer")]
    attest: Annotated[Ticked, Says(missing="Tick the box to sign")]


def routes(edge: Edge) -> APIRouter:
    router = APIRouter(prefix="/work-log/{application_id}", include_in_schema=False)

    @router.get("/answer")
    async def get_answer(
        request: Request,
        application_id: ApplicationId,
        officer: SignedInOfficer,
        _: Annotated[None, Depends(waits_for)],
    ) -> Response:
        visit = Visit(edge, request, officer, application_id)
        case = await visit.case()
        if not case.waits or case.found.line.row.asked_at is None:
            return see_other(visit.address)
        return await _page(visit, case, blank(AnswerForm, submission=case.found.line.row.submission))

    @router.post("/answer")
    async def post_answer(request: Request, application_id: ApplicationId, officer: SignedInOfficer) -> Response:
        visit = Visit(edge, request, officer, application_id)
        form = await read_form(request, AnswerForm)
        if form.ok:
            said = form.value
            try:
                answer = await edge.desk.verify(
                    officer, application_id, said.submission, form.call(), attested=True, answered=said.answer
                )
            except Refused as refused:
                if "conflict" in refused.details:
                    return await conflict_page(visit, refused, [], yours=[("Your answer", {"Answer": said.answer})])
                form = form.refuse(refused)
            else:
                return see_other(visit.address, after=answer.position)
        return await _page(visit, await visit.case(), form)

    return router


async def _page(visit: Visit, case: Case, form: Filled[AnswerForm]) -> Response:
    place = await visit.edge.place(visit.officer)
    name = district_words(place.name)
    row = case.found.line.row
    signing = case.terms.rules.of(case.terms.kind).attestation
    return render(
        visit.request,
        "answer.html",
        form=form,
        person=case.found.person,
        row=row,
        said=SAID[row.kind],
        asked=case.asked,
        asked_about=ASKED_ABOUT,
        left=[each for each in case.cards.views if each.ruling.verdict is not Verdict.MET],
        address=visit.address,
        officer=visit.officer,
        district=name,
        attestation=attestation(signing, district=name, educator=case.found.person.name),
    )
