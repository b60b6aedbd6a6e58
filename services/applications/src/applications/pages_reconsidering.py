"""Asking DESE to look at a denial again: /applications/<application>/reconsideration."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from applications import wording
from applications.application_status import Decision, StatusRow
from applications.edge import ClaimedEducator, Edge
from applications.reconsidering import last_day
from lectern.contracts.days import chicago_day
from lectern.contracts.values import ApplicationId, DenialReason, Text
from lectern.eventlog.errors import Refused
from lectern.web import Filled, FormModel, Says, blank, read_form, render, see_other, waits_for


class ReconsiderationForm(FormModel):
    cycle: int
    """The denial that was on the page."""
    why: Annotated[Text, Field(min_length=1), Says(missing="Say what DESE should look at again")]


@dataclass(frozen=True)
class ReconsideringPages:
    edge: Edge

    def routes(self) -> APIRouter:
        router = APIRouter(include_in_schema=False)
        path = "/applications/{application_id}/reconsideration"
        router.add_api_route(path, self.get_page, methods=["GET"], dependencies=[Depends(waits_for)])
        router.add_api_route(path, self.post_page, methods=["POST"])
        return router

    async def get_page(self, request: Request, educator: ClaimedEducator, application_id: UUID) -> Response:
        status = await self.edge.status(educator, application_id)
        if may_ask_until(status, self.edge.today()) is None:
            return see_other(f"/applications/{application_id}")
        return await self._page(request, status, blank(ReconsiderationForm, cycle=status.cycle))

    async def post_page(self, request: Request, educator: ClaimedEducator, application_id: UUID) -> Response:
        form = await read_form(request, ReconsiderationForm)
        of = ApplicationId(application_id)
        if form.ok:
            given = form.value
            try:
                answer = await self.edge.drafts.ask_reconsideration(
                    educator.person_id, of, given.why, form.call(), cycle=given.cycle
                )
            except Refused as refused:
                form = form.refuse(refused)
            else:
                return see_other(f"/applications/{of}", after=answer.position)
        return await self._page(request, await self.edge.status(educator, application_id), form)

    async def _page(self, request: Request, status: StatusRow, form: Filled[ReconsiderationForm]) -> Response:
        keys = self.edge.running.keys
        return render(
            request,
            "reconsideration.html",
            case=status,
            form=form,
            until=until(status),
            denial=await keys.open(status.denial, str),
            denied_for=await keys.open(status.denied_for, tuple[DenialReason, ...]) or (),
            words=wording,
        )


def until(status: StatusRow) -> date | None:
    """The last day on which a denial can be asked about; None where nothing is denied, or no such day exists."""
    if status.decision is not Decision.DENIED or status.decided_at is None:
        return None
    return last_day(status.rules, chicago_day(status.decided_at))


def may_ask_until(status: StatusRow, today: date) -> date | None:
    """The same; None also where the day is over, or this denial was asked about already."""
    day = until(status)
    return day if day is not None and today <= day and status.reconsidered < status.cycle else None
