"""Pages of somebody who is not known yet: registering, and claiming a record."""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter
from pydantic import AfterValidator, Field, SecretStr
from pydantic_core import PydanticCustomError
from starlette.requests import Request
from starlette.responses import Response

from applications.account import TRIES
from applications.account_desk import Shown
from applications.claiming import NOT_MATCHED
from applications.edge import Edge, SignedIn
from applications.personal_form import Email, FirstName, LastName
from applications.wording import dese
from lectern.contracts.values import AccountId, ContactDetails, PersonName
from lectern.eventlog.errors import Refused
from lectern.web import (
    Filled,
    FormDate,
    FormModel,
    LoginTaken,
    Says,
    WeakPassword,
    blank,
    read_form,
    remember,
    render,
    see_other,
    sign_in,
    visitor,
)
from lectern.web.accounts.passwords import accept
from lectern.web.fields import as_date


def _four_digits(given: SecretStr) -> SecretStr:
    if re.fullmatch(r"[0-9]{4}", given.get_secret_value()) is None:
        raise ValueError("Enter four digits")
    return given


class RegisterForm(FormModel):
    first_name: FirstName
    last_name: LastName
    email: Email
    password: Annotated[SecretStr, Says(missing="Choose a password")]


class ClaimForm(FormModel):
    educator_number: Annotated[
        str,
        Field(pattern=r"^[0-9 -]{4,20}$"),
        Says(missing="Enter your Educator ID", wrong="Enter the number of your Educator ID, such as 1048227"),
    ]
    last_name: LastName
    birth_date: Annotated[
        FormDate, Says(missing="Enter your birth date", wrong="Enter your birth date, such as 9/23/1988")
    ]
    ssn_last4: Annotated[
        SecretStr,
        AfterValidator(_four_digits),
        Says(missing="Enter the last four digits of your social security number", wrong="Enter four digits"),
    ]


@dataclass(frozen=True)
class AccountPages:
    edge: Edge

    def routes(self) -> APIRouter:
        router = APIRouter(include_in_schema=False)
        router.add_api_route("/register", self.get_register, methods=["GET"])
        router.add_api_route("/register", self.post_register, methods=["POST"])
        router.add_api_route("/claim", self.get_claim, methods=["GET"])
        router.add_api_route("/claim", self.post_claim, methods=["POST"])
        return router

    async def get_register(self, request: Request) -> Response:
        if visitor(request).principal:
            return see_other("/")
        return _register_page(request, blank(RegisterForm))

    async def post_register(self, request: Request) -> Response:
        form = _with_password_judged(await read_form(request, RegisterForm))
        if not form.ok:
            return _register_page(request, form)
        given = form.value
        details = ContactDetails(name=PersonName(first=given.first_name, last=given.last_name), email=given.email)
        try:
            account_id = await self.edge.accounts.register(details, given.password.get_secret_value(), form.call())
        except LoginTaken:
            return _register_page(
                request, form.refuse("This email has an account already. Sign in instead.", field="email")
            )
        return remember(request, see_other("/claim"), await sign_in(request, account_id))

    async def get_claim(self, request: Request, principal: SignedIn) -> Response:
        if principal.person_id or await self.edge.accounts.linked(AccountId(principal.user_id)):
            return see_other("/")
        return _claim_page(request, blank(ClaimForm))

    async def post_claim(self, request: Request, principal: SignedIn) -> Response:
        form = _with_birth_date_judged(await read_form(request, ClaimForm), self.edge.today())
        if not form.ok:
            return _claim_page(request, form)
        try:
            account = AccountId(principal.user_id)
            person, answer = await self.edge.accounts.claim(account, _shown(form.value), form.call())
        except Refused as refused:
            return _claim_page(request, form.refuse(refused))
        if person is None:
            return _claim_page(request, form.refuse(self._not_matched()))
        return see_other("/?claimed=1", after=answer.position)

    def _not_matched(self) -> str:
        return f"{NOT_MATCHED} If they are right, contact {dese(self.edge.running.settings.support)}."


def _with_birth_date_judged(form: Filled[ClaimForm], today: date) -> Filled[ClaimForm]:
    """Also where something else is not right, so that everything is said at once."""
    with suppress(PydanticCustomError):
        if as_date(form["birth_date"]) >= today:
            return form.refuse("Your birth date is in the past. Check the year.", field="birth_date")
    return form


def _with_password_judged(form: Filled[RegisterForm]) -> Filled[RegisterForm]:
    """Also where something else is not right, so that everything is said at once."""
    if form.error("password"):
        return form
    try:
        accept(form["password"], form["email"], form["first_name"], form["last_name"])
    except WeakPassword as weak:
        return form.refuse(str(weak), field="password")
    return form


def _shown(given: ClaimForm) -> Shown:
    return Shown(
        educator_number=given.educator_number,
        last_name=given.last_name,
        birth_date=given.birth_date,
        ssn_last4=given.ssn_last4.get_secret_value(),
    )


def _register_page(request: Request, form: Filled[RegisterForm]) -> Response:
    return render(request, "register.html", form=form)


def _claim_page(request: Request, form: Filled[ClaimForm]) -> Response:
    return render(request, "claim.html", form=form, tries=TRIES)
