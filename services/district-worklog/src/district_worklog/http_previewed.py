"""An answer to the educator that is read once more before it goes: a form, its preview, then it is sent.

Returning and declining differ in their words, and in what the desk does with them.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Generic, Literal, TypeVar

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from district_worklog.case_reading import Case, Visit
from district_worklog.edge import Edge, SignedInOfficer
from district_worklog.http_conflict import conflict_page
from lectern.contracts.values import ApplicationId
from lectern.eventlog.errors import Refused
from lectern.eventlog.streams import Answer, Call
from lectern.web import Filled, FormModel, blank, read_form, render, see_other, waits_for
from lectern.web.words import district as district_words


class PreviewedForm(FormModel):
    submission: int
    do: Literal["preview", "change", "send"] = "preview"


F = TypeVar("F", bound=PreviewedForm)


@dataclass(frozen=True)
class Previewed(Generic[F]):
    """`name` is its place below the application; its templates are `<name>.html` and `<name>_preview.html`."""

    name: str
    form: type[F]
    wrong: Callable[[F], Mapping[str | None, str]]
    """What the rule says, too; here it is said before the preview."""
    words: Callable[[F], dict[str, str]]
    """What was answered, where somebody else was faster."""
    send: Callable[[Visit, F, Call], Awaitable[Answer]]
    choices: Callable[[Case], list[tuple[str, str]]]
    shown: Callable[[F], dict[str, Any]]
    """What its preview says besides."""

    def routes(self, edge: Edge) -> APIRouter:
        router = APIRouter(prefix="/work-log/{application_id}", include_in_schema=False)

        @router.get(f"/{self.name}")
        async def get(
            request: Request,
            application_id: ApplicationId,
            officer: SignedInOfficer,
            _: Annotated[None, Depends(waits_for)],
        ) -> Response:
            visit = Visit(edge, request, officer, application_id)
            case = await visit.case()
            if not case.waits:
                return see_other(visit.address)
            return self._page(visit, case, blank(self.form, submission=case.found.line.row.submission))

        @router.post(f"/{self.name}")
        async def post(request: Request, application_id: ApplicationId, officer: SignedInOfficer) -> Response:
            visit = Visit(edge, request, officer, application_id)
            form = await read_form(request, self.form)
            if form.ok and (wrong := self.wrong(form.value)):
                form = form.refuse_all(wrong)
            if not form.ok or form.value.do == "change":
                return self._page(visit, await visit.case(), form)
            if form.value.do == "preview":
                return await self._preview(visit, await visit.case(), form)
            return await self._sent(visit, form)

        return router

    async def _sent(self, visit: Visit, form: Filled[F]) -> Response:
        try:
            answer = await self.send(visit, form.value, form.call())
        except Refused as refused:
            if "conflict" in refused.details:
                return await conflict_page(visit, refused, [], yours=[("Your answer", self.words(form.value))])
            return self._page(visit, await visit.case(), form.refuse(refused))
        return see_other(visit.address, after=answer.position)

    def _page(self, visit: Visit, case: Case, form: Filled[F]) -> Response:
        return self._render(visit, case, form, f"{self.name}.html", choices=self.choices(case))

    async def _preview(self, visit: Visit, case: Case, form: Filled[F]) -> Response:
        place = await visit.edge.place(visit.officer)
        return self._render(
            visit,
            case,
            form,
            f"{self.name}_preview.html",
            officer=visit.officer,
            district=district_words(place.name),
            **self.shown(form.value),
        )

    def _render(self, visit: Visit, case: Case, form: Filled[F], template: str, **more: Any) -> Response:
        found = case.found
        return render(
            visit.request, template, form=form, person=found.person, row=found.line.row, address=visit.address, **more
        )
