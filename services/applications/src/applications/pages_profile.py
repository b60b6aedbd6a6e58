"""The profile: personal information, education, certificates, application status."""

from dataclasses import dataclass

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from applications import wording
from applications.answer_rows import report_rows
from applications.edge import ClaimedEducator, Edge, Educator, tried
from applications.overview import last_report, overview
from applications.personal_form import PersonalForm, as_facts, filled_in
from lectern.contracts.values import EducatorReport
from lectern.eventlog.streams import Answer, Call
from lectern.papers import ON_PAPER, holders_page
from lectern.web import Fact, Filled, read_form, render, see_other, waits_for


@dataclass(frozen=True)
class ProfilePages:
    edge: Edge

    def routes(self) -> APIRouter:
        router = APIRouter(include_in_schema=False)
        router.add_api_route("/profile", self.get_profile, methods=["GET"], dependencies=[Depends(waits_for)])
        router.add_api_route("/profile/personal", self.get_personal, methods=["GET"])
        router.add_api_route("/profile/personal", self.post_personal, methods=["POST"])
        return router

    async def get_profile(self, request: Request, educator: ClaimedEducator) -> Response:
        seen = await overview(self.edge, educator.person_id)
        report = await last_report(self.edge, seen)
        return render(
            request,
            "profile.html",
            seen=seen,
            report=report_rows(report, self.edge.today()) if report != EducatorReport() else (),
            today=self.edge.today(),
            words=wording,
            on_paper=ON_PAPER,
            public_page=holders_page(self.edge.running.settings.url("review"), educator.person_id),
            saved="saved" in request.query_params,
            login=await self._login(educator),
        )

    async def get_personal(self, request: Request, educator: ClaimedEducator) -> Response:
        details, revision = await self.edge.accounts.contact(educator.person_id)
        return await self._page(request, educator, filled_in(details, revision))

    async def post_personal(self, request: Request, educator: ClaimedEducator) -> Response:
        async def save(given: PersonalForm, call: Call) -> Answer:
            return await self.edge.accounts.change(educator.person_id, given.details(), given.seen, call)

        done = await tried(await read_form(request, PersonalForm), save, lambda: self._revision(educator))
        if done.answer:
            await self.edge.running.accounts.rename(educator.account_id, str(done.form.value.details().name))
            return see_other("/profile?saved=1", after=done.answer.position)
        details, _ = await self.edge.accounts.contact(educator.person_id)
        return await self._page(request, educator, done.form, as_facts(details) if done.stale else ())

    async def _page(
        self, request: Request, educator: Educator, form: Filled[PersonalForm], saved: tuple[Fact, ...] = ()
    ) -> Response:
        login = await self._login(educator)
        return render(request, "profile_personal.html", form=form, saved=saved, login=login)

    async def _login(self, educator: Educator) -> str:
        return await self.edge.running.accounts.login_of(educator.account_id)

    async def _revision(self, educator: Educator) -> int:
        return (await self.edge.accounts.contact(educator.person_id))[1]
