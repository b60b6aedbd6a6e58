"""Contact hours that were promised for reactivations: /hours lists them, /hours/<application> records them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import AfterValidator, Field
from starlette.requests import Request
from starlette.responses import Response

from district_worklog.edge import Edge, SignedInOfficer
from district_worklog.officer import Officer
from district_worklog.promises_due import PromiseRow
from district_worklog.work_log_queries import promise, promises
from lectern.contracts.days import chicago_day
from lectern.contracts.values import ApplicationId
from lectern.eventlog.errors import Refused
from lectern.rules import rule_set
from lectern.rules.calendar import promise_from
from lectern.rules.words import in_hours, quarter_hours
from lectern.web import Filled, FormDate, FormModel, Says, blank, read_form, render, see_other, waits_for

Fresh = Annotated[None, Depends(waits_for)]


def _whole_quarters(hours: Decimal) -> Decimal:
    quarter_hours(hours)
    return hours


class HoursForm(FormModel):
    hours: Annotated[
        Decimal,
        Field(ge=0, le=9999),
        AfterValidator(_whole_quarters),
        Says(missing="Enter the contact hours", wrong="Enter the hours as a number, such as 24 or 24.5"),
    ]
    on: Annotated[FormDate, Says(missing="Enter the day by which they were completed")]


@dataclass(frozen=True)
class Owed:
    """A promise as the page shows it."""

    row: PromiseRow
    name: str


def routes(edge: Edge) -> APIRouter:
    router = APIRouter(prefix="/hours", include_in_schema=False)

    @router.get("")
    async def get_hours(request: Request, officer: SignedInOfficer, _: Fresh) -> Response:
        """Those of reactivated certificates, what is due first."""
        await edge.place(officer)
        async with edge.running.read(district=officer.district) as db:
            found = await promises(db)
        rows = [Owed(row, name) for row, name in found]
        return render(request, "hours.html", rows=rows, today=chicago_day(edge.running.now()))

    @router.get("/{application_id}")
    async def get_one(request: Request, application_id: ApplicationId, officer: SignedInOfficer, _: Fresh) -> Response:
        return await page(request, officer, application_id, blank(HoursForm))

    @router.post("/{application_id}")
    async def post_one(request: Request, application_id: ApplicationId, officer: SignedInOfficer) -> Response:
        form = await read_form(request, HoursForm)
        if form.ok:
            given = form.value
            try:
                answer = await edge.desk.record_hours(
                    officer, application_id, quarter_hours(given.hours), given.on, form.call()
                )
            except Refused as refused:
                form = form.refuse(refused)
            else:
                return see_other("/hours", after=answer.position)
        return await page(request, officer, application_id, form)

    async def page(
        request: Request, officer: Officer, application_id: ApplicationId, form: Filled[HoursForm]
    ) -> Response:
        async with edge.running.read(district=officer.district) as db:
            found = await promise(db, application_id)
        if found is None or found[0].reactivated_on is None:
            raise edge.absent()
        row, name = found
        numbers = rule_set(row.rules).parameters
        since: date = promise_from(row.reactivated_on or date.min, numbers)
        needed = in_hours(numbers.promised_quarter_hours)
        return render(request, "hours_of.html", form=form, row=row, name=name, since=since, needed=needed)

    return router
