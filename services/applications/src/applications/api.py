"""The educators' API: what import, demo and bench need. Descriptions are in its OpenAPI document, /api/openapi.json."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from pydantic import ConfigDict, Field, SecretStr

from applications import reading
from applications.account_desk import Shown
from applications.certificates import CertificateRow
from applications.claiming import NOT_MATCHED
from applications.draft import AwaitingPayment
from applications.draft_desk import By
from applications.edge import ClaimedEducator, Edge, Educator, SignedIn
from applications.next_step import starting_points
from applications.overview import judged, overview
from applications.personal_form import EMAIL, NAME, PHONE
from applications.standing import standing
from applications.tasks import tasks_of
from lectern.contracts.values import (
    AccountId,
    ApplicationId,
    CertificateId,
    ConductAnswer,
    ContactDetails,
    CourseTaken,
    Degree,
    DistrictCode,
    EducatorReport,
    Kind,
    PaymentMethod,
    PersonName,
    Text,
    YearTaught,
)
from lectern.eventlog.errors import Refused
from lectern.eventlog.streams import Answer, Call
from lectern.rules import IN_FORCE
from lectern.rules.effects import effect, submit_by
from lectern.rules.wording import CONDUCT_WORDING
from lectern.web import ApiModel, LoginTaken, Principal, Problem, Role, WeakPassword, api_call, signed_in, waits_for
from lectern.web.words import district as in_title_case

Operator = Annotated[Principal, Depends(signed_in(Role.OPERATOR))]
Asked = Annotated[Call, Depends(api_call)]
Saved = dict[str, int]


class NewEducator(ApiModel):
    """Somebody who registers and claims a record, in one."""

    email: Annotated[str, Field(pattern=EMAIL, max_length=254)]
    password: SecretStr
    first_name: Annotated[str, Field(min_length=1, max_length=100, pattern=NAME)]
    last_name: Annotated[str, Field(min_length=1, max_length=100, pattern=NAME)]
    phone: Annotated[str | None, Field(pattern=PHONE)] = None
    educator_number: Annotated[str, Field(max_length=20)]
    birth_date: date
    ssn_last4: Annotated[SecretStr, Field(min_length=4, max_length=4)]


class NewApplication(ApiModel):
    kind: Kind = Kind.UPGRADE
    certificate_id: UUID


class Personal(ApiModel):
    """Nothing: reviewed as it is. Else all of it."""

    first_name: Annotated[str | None, Field(min_length=1, max_length=100, pattern=NAME)] = None
    last_name: Annotated[str | None, Field(min_length=1, max_length=100, pattern=NAME)] = None
    email: Annotated[str | None, Field(pattern=EMAIL, max_length=254)] = None
    phone: Annotated[str | None, Field(pattern=PHONE)] = None

    def details(self) -> ContactDetails | None:
        if self.first_name is None and self.last_name is None and self.email is None and self.phone is None:
            return None
        if self.first_name is None or self.last_name is None or self.email is None:
            raise Problem(422, "Some values are not right", "Send first_name, last_name and email together.")
        name = PersonName(first=self.first_name, last=self.last_name)
        return ContactDetails(name=name, email=self.email, phone=self.phone)


class DegreeGiven(Degree):
    model_config = ConfigDict(extra="forbid")


class YearGiven(YearTaught):
    model_config = ConfigDict(extra="forbid")


class ReportGiven(EducatorReport):
    """The whole report; what is left out is taken away."""

    model_config = ConfigDict(extra="forbid")

    degrees: tuple[DegreeGiven, ...] = ()
    years: tuple[YearGiven, ...] = ()

    def report(self) -> EducatorReport:
        return EducatorReport.model_validate(self.model_dump())


class ConductGiven(ApiModel):
    yes: bool
    explanation: str = ""
    wording: str = CONDUCT_WORDING


class PurposeGiven(ApiModel):
    purpose: str


class CertificatesGiven(ApiModel):
    """Those to reactivate."""

    certificate_ids: Annotated[tuple[UUID, ...], Field(min_length=1, max_length=50)]


class CourseGiven(CourseTaken):
    model_config = ConfigDict(extra="forbid")

    def course(self) -> CourseTaken:
        return CourseTaken.model_validate(self.model_dump())


class MethodGiven(ApiModel):
    method: PaymentMethod


class ReleaseGiven(ApiModel):
    release: str


class CorrectionGiven(ApiModel):
    answer: Text = ""
    """To the district's question, in words."""


class AnswerGiven(ApiModel):
    answer: Annotated[Text, Field(min_length=1)]


class ReconsiderationAsked(ApiModel):
    why: Annotated[Text, Field(min_length=1)]


class DistrictGiven(ApiModel):
    district: DistrictCode


@dataclass(frozen=True)
class Api:
    edge: Edge

    async def post_educator(self, _: Operator, given: NewEducator, call: Asked) -> dict[str, Any]:
        """Registers an account and claims its record; neither before the register has told of the person.

        The operator's import and demo only.
        """
        shown = Shown(given.educator_number, given.last_name, given.birth_date, given.ssn_last4.get_secret_value())
        if not await self.edge.accounts.on_record(shown):
            raise Refused(NOT_MATCHED)
        name = PersonName(first=given.first_name, last=given.last_name)
        details = ContactDetails(name=name, email=given.email, phone=given.phone)
        try:
            account_id = await self.edge.accounts.register(details, given.password.get_secret_value(), call)
        except LoginTaken:
            raise Problem(409, "This email has an account already") from None
        except WeakPassword as weak:
            raise Problem(422, "This password can’t be used", str(weak)) from None
        person, answer = await self.edge.accounts.claim(account_id, shown, second(call, "claim"))
        if person is None:
            raise Refused(NOT_MATCHED)
        return {"account_id": account_id, "educator_id": person, "after": answer.position}

    async def get_me(self, principal: SignedIn) -> dict[str, Any]:
        """The account, and what the record shows once it is claimed."""
        person = principal.person_id or await self.edge.accounts.linked(AccountId(principal.user_id))
        about = {"account_id": principal.user_id, "educator_id": person, "name": principal.name}
        if person is None:
            return {**about, "certificates": [], "applications": []}
        async with self.edge.running.read(educator=person) as db:
            certificates = await reading.certificates(db, person)
            drafts = await reading.drafts(db, person)
        shown = ("certificate_id", "kind", "areas", "issued_on", "expires_on", "status")
        return {
            **about,
            "certificates": [{name: getattr(each, name) for name in shown} for each in certificates],
            "applications": [
                {
                    "application_id": each.application_id,
                    "kind": each.kind,
                    "stage": each.stage,
                    "reference": each.reference,
                }
                for each in drafts
            ],
        }

    async def get_districts(self, _: SignedIn, q: Annotated[str, Query(max_length=100)] = "") -> list[dict[str, str]]:
        """Open districts whose code, name or county has every word; at most fifty."""
        async with self.edge.running.read() as db:
            found = await reading.find_districts(db, q, self.edge.today())
        return [{"code": each.code, "name": in_title_case(each.name), "county": each.county} for each in found]

    async def get_new_applications(self, educator: ClaimedEducator) -> list[dict[str, Any]]:
        """What can be applied for: its steps and purposes, what it costs and asks for, and from which certificates it
        starts today, with the last day each would have if DESE approved it today.
        """
        seen, today = await overview(self.edge, educator.person_id), self.edge.today()
        return [
            {
                "kind": kind,
                "now": seen.now(kind, today),
                "steps": list(tasks_of(kind, self.edge.fee(kind))),
                "routes": {route: list(each.steps) for route, each in IN_FORCE.of(kind).routes.items()},
                "purposes": [each.text for each in IN_FORCE.of(kind).purposes],
                "fee_cents": self.edge.fee(kind),
                "criteria": [each.ruling for each in await judged(self.edge, seen, kind)],
                "certificates": [_start(kind, each, today) for each in starting_points(kind, seen.certificates, today)],
            }
            for kind in IN_FORCE.kinds
        ]

    async def post_application(self, educator: ClaimedEducator, given: NewApplication, call: Asked) -> dict[str, Any]:
        """Starts an application. 409 with `application_id` where that certificate has one that has not ended."""
        certificate = CertificateId(given.certificate_id)
        answer = await self.edge.drafts.start(educator.account_id, educator.person_id, given.kind, certificate, call)
        return {**answer.result, "after": answer.position}

    async def get_application(
        self,
        educator: ClaimedEducator,
        application_id: UUID,
        wait: Annotated[float, Query(ge=0, le=2, description="Seconds to wait for news of the payment")] = 0,
    ) -> dict[str, Any]:
        """How it stands, also before it is submitted."""
        return await standing(self.edge, educator, ApplicationId(application_id), wait)

    async def put_personal(
        self, educator: ClaimedEducator, application_id: UUID, given: Personal, call: Asked
    ) -> Saved:
        return _saved(await self.edge.drafts.review_personal(_by(educator, application_id), given.details(), call))

    async def put_education(
        self, educator: ClaimedEducator, application_id: UUID, given: ReportGiven, call: Asked
    ) -> Saved:
        return _saved(await self.edge.drafts.report_education(_by(educator, application_id), given.report(), call))

    async def put_conduct(
        self, educator: ClaimedEducator, application_id: UUID, question: str, given: ConductGiven, call: Asked
    ) -> Saved:
        answer = ConductAnswer(question=question, yes=given.yes, explanation=given.explanation if given.yes else "")
        by = _by(educator, application_id)
        return _saved(await self.edge.drafts.answer_conduct(by, answer, given.wording, call))

    async def put_purpose(
        self, educator: ClaimedEducator, application_id: UUID, given: PurposeGiven, call: Asked
    ) -> Saved:
        return _saved(await self.edge.drafts.state_purpose(_by(educator, application_id), given.purpose, call))

    async def put_certificates(
        self, educator: ClaimedEducator, application_id: UUID, given: CertificatesGiven, call: Asked
    ) -> Saved:
        chosen = [CertificateId(each) for each in given.certificate_ids]
        return _saved(await self.edge.drafts.choose_certificates(_by(educator, application_id), chosen, call))

    async def put_course(
        self, educator: ClaimedEducator, application_id: UUID, given: CourseGiven, call: Asked
    ) -> Saved:
        return _saved(await self.edge.drafts.report_course(_by(educator, application_id), given.course(), call))

    async def put_method(
        self, educator: ClaimedEducator, application_id: UUID, given: MethodGiven, call: Asked
    ) -> Saved:
        return _saved(await self.edge.drafts.choose_method(_by(educator, application_id), given.method, call))

    async def put_release(
        self, educator: ClaimedEducator, application_id: UUID, given: ReleaseGiven, call: Asked
    ) -> Saved:
        return _saved(await self.edge.drafts.accept_release(_by(educator, application_id), given.release, call))

    async def put_district(
        self, educator: ClaimedEducator, application_id: UUID, given: DistrictGiven, call: Asked
    ) -> Saved:
        return _saved(await self.edge.drafts.choose_district(_by(educator, application_id), given.district, call))

    async def post_submission(self, educator: ClaimedEducator, application_id: UUID, call: Asked) -> dict[str, Any]:
        """Submit, or Submit & Pay: then `payment_id` says which payment has to be approved first."""
        of = ApplicationId(application_id)
        answer = await self.edge.drafts.submit(educator.person_id, of, call)
        state = await self.edge.drafts.draft(educator.person_id, of)
        awaited = state.ready.reference if isinstance(state, AwaitingPayment) else None
        return {
            "application_id": of,
            "reference": awaited or getattr(state, "reference", None),
            "payment_id": getattr(state, "payment_id", None),
            "after": answer.position,
        }

    async def post_correction(
        self, educator: ClaimedEducator, application_id: UUID, call: Asked, given: CorrectionGiven | None = None
    ) -> dict[str, Any]:
        """Hands it in again after a return, under the same reference."""
        of = ApplicationId(application_id)
        answer = await self.edge.drafts.correct(educator.person_id, of, call, words=given.answer if given else "")
        state = await self.edge.drafts.draft(educator.person_id, of)
        return {"submission": getattr(state, "submission", None), "after": answer.position}

    async def post_information(
        self, educator: ClaimedEducator, application_id: UUID, given: AnswerGiven, call: Asked
    ) -> Saved:
        """Answers what DESE asked, in words; each part it asked about has to be saved again first."""
        of = ApplicationId(application_id)
        return _saved(await self.edge.drafts.supply(educator.person_id, of, given.answer, call))

    async def put_employer(
        self, educator: ClaimedEducator, application_id: UUID, body: DistrictGiven, call: Asked
    ) -> Saved:
        """Names another district for what is handed in, as long as none has verified it."""
        of = ApplicationId(application_id)
        return _saved(await self.edge.drafts.change_employer(educator.person_id, of, body.district, call))

    async def post_extension(self, educator: ClaimedEducator, application_id: UUID, call: Asked) -> dict[str, Any]:
        """Turns a declined upgrade into an extension: a draft with what was entered, which takes its place when it is
        handed in."""
        of = ApplicationId(application_id)
        answer = await self.edge.drafts.turn_into_extension(educator.person_id, of, call)
        return {"application_id": answer.result["application_id"], "after": answer.position}

    async def post_withdrawal(self, educator: ClaimedEducator, application_id: UUID, call: Asked) -> Saved:
        """Asks for it back. Whether that was in time, the application's status says a moment later."""
        return _saved(await self.edge.drafts.withdraw(educator.person_id, ApplicationId(application_id), call))

    async def post_reconsideration(
        self, educator: ClaimedEducator, application_id: UUID, given: ReconsiderationAsked, call: Asked
    ) -> Saved:
        """Asks DESE to look at a denial again; `why` is for DESE alone."""
        of = ApplicationId(application_id)
        return _saved(await self.edge.drafts.ask_reconsideration(educator.person_id, of, given.why, call))


def routes(edge: Edge) -> APIRouter:
    api, router = Api(edge), APIRouter(prefix="/api", tags=["educators"])
    fresh = [Depends(waits_for)]
    one = "/applications/{application_id}"
    router.add_api_route("/educators", api.post_educator, methods=["POST"], status_code=201)
    router.add_api_route("/me", api.get_me, methods=["GET"], dependencies=fresh)
    router.add_api_route("/districts", api.get_districts, methods=["GET"], dependencies=fresh)
    router.add_api_route("/new-applications", api.get_new_applications, methods=["GET"], dependencies=fresh)
    router.add_api_route("/applications", api.post_application, methods=["POST"], status_code=201)
    router.add_api_route(one, api.get_application, methods=["GET"], dependencies=fresh)
    for name, put in (
        ("personal", api.put_personal),
        ("education", api.put_education),
        ("conduct/{question}", api.put_conduct),
        ("purpose", api.put_purpose),
        ("certificates", api.put_certificates),
        ("course", api.put_course),
        ("payment-method", api.put_method),
        ("release", api.put_release),
        ("district", api.put_district),
    ):
        router.add_api_route(f"{one}/{name}", put, methods=["PUT"])
    router.add_api_route(f"{one}/submission", api.post_submission, methods=["POST"], status_code=202)
    router.add_api_route(f"{one}/correction", api.post_correction, methods=["POST"])
    router.add_api_route(f"{one}/information", api.post_information, methods=["POST"])
    router.add_api_route(f"{one}/extension", api.post_extension, methods=["POST"], status_code=201)
    router.add_api_route(f"{one}/employer", api.put_employer, methods=["PUT"])
    router.add_api_route(f"{one}/withdrawal", api.post_withdrawal, methods=["POST"], status_code=202)
    router.add_api_route(f"{one}/reconsideration", api.post_reconsideration, methods=["POST"], status_code=202)
    return router


def _start(kind: Kind, row: CertificateRow, today: date) -> dict[str, Any]:
    after = effect(IN_FORCE, kind, expires_on=row.expires_on, approved_on=today)
    return {
        "certificate_id": row.certificate_id,
        "submit_by": submit_by(IN_FORCE, kind, row.expires_on),
        "would_be": {"kind": after.kind, "expires_on": after.period.expires_on},
    }


def _by(educator: Educator, application_id: UUID) -> By:
    return By(educator.person_id, ApplicationId(application_id))


def _saved(answer: Answer) -> Saved:
    return {"after": answer.position}


def second(call: Call, what: str) -> Call:
    """The call of a second command that the same request asks for."""
    return replace(call, key=f"{call.key}:{what}")
