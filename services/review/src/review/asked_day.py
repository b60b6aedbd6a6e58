"""The day a page shows things on: today, or the one in its address."""

from datetime import date

from starlette.requests import Request

from lectern.web import Filled, FormDate, FormModel
from lectern.web.forms import filled

LATER = "Choose today or an earlier day"


class DayForm(FormModel):
    on: FormDate | None = None


def asked_day(request: Request, today: date) -> tuple[Filled[DayForm], date]:
    """The form as it was filled in, with what is wrong about it, and the day to show."""
    form = filled(DayForm, [(name, text) for name, text in request.query_params.multi_items() if name == "on"])
    day = form.value.on if form.ok else None
    if day and day > today:
        return form.refuse(LATER, field="on"), today
    return form, day or today
