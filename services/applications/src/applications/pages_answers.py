"""What was submitted, to be read again and printed; and the receipt for what was paid."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from applications import reading, wording
from applications.answer_rows import report_rows
from applications.documents import of_task
from applications.draft import Returned, Submitted
from applications.draft_page import OpenDraft
from applications.edge import ClaimedEducator, Edge
from applications.pages_check import conduct_rows, personal_rows, request_rows
from applications.pages_district import place
from applications.pages_documents import document_lines
from applications.timeline import Happened, TimelineRow
from lectern.contracts.values import ApplicationId, PaymentMethod, Reference, Task
from lectern.rules import rule_set
from lectern.rules.wording import DECLARATION
from lectern.web import Fact, render, see_other, waits_for
from lectern.web.words import instant, money


@dataclass(frozen=True)
class AnswersPages:
    edge: Edge

    def routes(self) -> APIRouter:
        router = APIRouter(include_in_schema=False)
        path = "/applications/{application_id}/answers"
        router.add_api_route(path, self.get_answers, methods=["GET"], dependencies=[Depends(waits_for)])
        return router

    async def get_answers(self, request: Request, educator: ClaimedEducator, application_id: UUID) -> Response:
        person, edge = educator.person_id, self.edge
        state = await edge.drafts.draft(person, ApplicationId(application_id))
        if not isinstance(state, Submitted | Returned):
            return see_other(f"/drafts/{application_id}")
        async with edge.running.read(educator=person) as db:
            status = await reading.status(db, person, application_id)
            timeline = await reading.timeline(db, person, application_id)
            certificates = await reading.certificates(db, person)
        if status is None or timeline is None:
            raise edge.absent()
        unchangeable = OpenDraft(state.answers, tasks=(), rules=rule_set(status.rules))
        opened = await edge.drafts.opened(state.answers)
        details, _ = await edge.accounts.contact(person)
        return render(
            request,
            "answers.html",
            case=status,
            returned=isinstance(state, Returned),
            details=personal_rows(unchangeable, details),
            report=report_rows(opened.report, edge.today(), programs=unchangeable.programs),
            conduct=conduct_rows(unchangeable, opened),
            request_rows=request_rows(
                unchangeable,
                place(await edge.district(status.district)),
                certificates,
                await edge.drafts.course(state.answers),
            ),
            copies=await document_lines(edge, of_task(unchangeable.answers.documents, Task.EDUCATION)),
            conduct_copies=await document_lines(edge, of_task(unchangeable.answers.documents, Task.CONDUCT)),
            paid=receipt(timeline, status.reference, state.answers.method),
            declaration=DECLARATION,
            words=wording,
        )


def receipt(timeline: TimelineRow, reference: Reference, method: PaymentMethod | None) -> Sequence[Fact]:
    """What was paid, when and how; nothing where nothing was."""
    paid = next((each for each in timeline.entries if each.what is Happened.PAID), None)
    if paid is None or paid.amount is None:
        return ()
    refunded = next((each for each in timeline.entries if each.what is Happened.REFUNDED), None)
    return (
        Fact("Received", money(paid.amount)),
        Fact("On", instant(paid.at)),
        Fact("Paid by", wording.METHOD[method] if method else "Not known"),
        Fact("Reference", reference),
        *((Fact("Returned", money(refunded.amount or 0), instant(refunded.at)),) if refunded else ()),
    )
