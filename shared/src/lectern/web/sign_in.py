"""The pages of signing in and out, the same in every service."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field, SecretStr
from starlette.requests import Request
from starlette.responses import Response

from lectern.web.accounts import Accounts, Session, WeakPassword
from lectern.web.accounts.passwords import normal
from lectern.web.fields import FormModel, Says
from lectern.web.forms import Filled, blank
from lectern.web.kit import kit_of, visitor
from lectern.web.pages import local_path, render, see_other
from lectern.web.reading import read_form
from lectern.web.signing import end_session, forget, remember

WRONG = "This email and password don’t belong together. Check both and try again."
NO_EMAIL = "Enter your email, such as name@example.org"


class SignInForm(FormModel):
    login: Annotated[str, Field(max_length=254), Says(missing="Enter your email")]
    password: Annotated[SecretStr, Says(missing="Enter your password")]
    next: str = ""


class PasswordForm(FormModel):
    current: Annotated[SecretStr, Says(missing="Enter the password you have now")]
    new: Annotated[SecretStr, Says(missing="Enter a new password")]


def routes() -> APIRouter:
    """Pages of every service that has accounts."""
    router = APIRouter(include_in_schema=False)
    router.add_api_route("/sign-in", get_sign_in, methods=["GET"])
    router.add_api_route("/sign-in", post_sign_in, methods=["POST"])
    router.add_api_route("/sign-out", post_sign_out, methods=["POST"])
    router.add_api_route("/signed-in", get_signed_in, methods=["GET"])
    router.add_api_route("/account/password", get_password, methods=["GET"])
    router.add_api_route("/account/password", post_password, methods=["POST"])
    return router


async def get_sign_in(request: Request) -> Response:
    target = local_path(request.query_params.get("next"), kit_of(request).site.home)
    if visitor(request).principal:
        return see_other(target)
    return _sign_in_page(request, blank(SignInForm, next=target))


async def post_sign_in(request: Request) -> Response:
    form = await read_form(request, SignInForm)
    if not form.ok:
        return _sign_in_page(request, form)
    kit, accounts, given = kit_of(request), _accounts(request), form.value
    principal = await accounts.check(given.login, given.password.get_secret_value(), _address(request))
    if principal is None or principal.role not in kit.site.roles:
        return _sign_in_page(request, form.refuse(WRONG if "@" in given.login else NO_EMAIL, field="login"))
    await end_session(request)
    session = await accounts.begin(principal)
    return remember(request, see_other(local_path(given.next, kit.site.home)), session)


async def post_sign_out(request: Request) -> Response:
    form = await read_form(request, FormModel)
    if not form.ok:
        return render(request, "lectern/sign_out.html", form=form)
    await end_session(request)
    return forget(request, see_other("/sign-in?out=1"))


async def get_signed_in(request: Request) -> Response:
    """Asked for by somebody whose session is about to end: asking is enough to extend it."""
    if visitor(request).principal is None:
        return see_other("/sign-in")
    return render(request, "lectern/signed_in.html")


async def get_password(request: Request) -> Response:
    if visitor(request).principal is None:
        return see_other("/sign-in?next=/account/password")
    return _password_page(request, blank(PasswordForm))


async def post_password(request: Request) -> Response:
    principal, accounts = visitor(request).principal, _accounts(request)
    if principal is None:
        return see_other("/sign-in?next=/account/password")
    form = await read_form(request, PasswordForm)
    if not form.ok:
        return _password_page(request, form)
    now, new = form.value.current.get_secret_value(), form.value.new.get_secret_value()
    if not await accounts.check_again(principal.user_id, now, _address(request)):
        return _password_page(request, form.refuse("This is not the password you have now.", field="current"))
    if normal(new) == normal(now):
        return _password_page(request, form.refuse("This is the password you have now. Choose another.", field="new"))
    try:
        await accounts.set_password(principal.user_id, new)
    except WeakPassword as weak:
        return _password_page(request, form.refuse(str(weak), field="new"))
    return remember(request, see_other("/signed-in?changed=1"), await accounts.begin(principal))


async def sign_in(request: Request, user_id: UUID) -> Session:
    """Signs in somebody who has just made an account; put the session into the answer with `remember`."""
    await end_session(request)
    return await _accounts(request).begin_as(user_id)


def _sign_in_page(request: Request, form: Filled[SignInForm]) -> Response:
    ended = getattr(request.state, "session_ended", False)
    return render(request, "lectern/sign_in.html", form=form, ended=ended, out="out" in request.query_params)


def _password_page(request: Request, form: Filled[PasswordForm]) -> Response:
    return render(request, "lectern/password.html", form=form)


def _accounts(request: Request) -> Accounts:
    accounts = kit_of(request).accounts
    if accounts is None:
        raise TypeError("This service has no accounts.")
    return accounts


def _address(request: Request) -> str:
    return request.client.host if request.client else ""
