"""The app of a service: furnished with everything its pages have in common."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from starlette.exceptions import HTTPException

from lectern.web import sign_in
from lectern.web.accounts import Accounts
from lectern.web.answering import answer
from lectern.web.assets import Assets
from lectern.web.freshness import Freshness
from lectern.web.front import Front
from lectern.web.headers import content_security_policy
from lectern.web.kit import Kit
from lectern.web.site import Site, WebSettings
from lectern.web.templates import environment

Lifespan = Callable[[FastAPI], AbstractAsyncContextManager[None]]


def bare_app(*, title: str = "Lectern", lifespan: Lifespan | None = None) -> FastAPI:
    """An app with the door of lectern.web; furnish it before the first request, in its lifespan at the latest.

    Its OpenAPI document, at /api/openapi.json, describes /api only.
    """
    app = FastAPI(
        title=title, version="1", lifespan=lifespan, docs_url=None, redoc_url=None,
        openapi_url="/api/openapi.json", redirect_slashes=False,
    )  # fmt: skip
    app.add_middleware(Front)
    app.add_exception_handler(HTTPException, answer)
    app.add_exception_handler(RequestValidationError, answer)
    app.openapi = lambda: _api_only(app)  # type: ignore[method-assign]
    return app


def furnish(
    app: FastAPI,
    site: Site,
    settings: WebSettings,
    *,
    accounts: Accounts | None = None,
    freshness: Freshness | None = None,
) -> None:
    """Gives an app its pages' common parts: layout, assets, accounts, sign-in."""
    assets = Assets(settings.assets)
    targets = [origin for name in site.form_targets if (origin := settings.origin_of(name))]
    app.state.kit = Kit(
        site=site, settings=settings, assets=assets, templates=environment(site, assets),
        csp=content_security_policy(targets), accounts=accounts, freshness=freshness,
    )  # fmt: skip
    if accounts is not None:
        app.include_router(sign_in.routes())


def create_app(
    site: Site,
    settings: WebSettings,
    *,
    routers: Sequence[APIRouter] = (),
    accounts: Accounts | None = None,
    freshness: Freshness | None = None,
    lifespan: Lifespan | None = None,
) -> FastAPI:
    """A furnished app with the service's own routes."""
    app = bare_app(title=f"Lectern {site.service}", lifespan=lifespan)
    furnish(app, site, settings, accounts=accounts, freshness=freshness)
    for router in routers:
        app.include_router(router)
    return app


def _api_only(app: FastAPI) -> dict[str, Any]:
    if app.openapi_schema is None:
        document = get_openapi(title=app.title, version=app.version, routes=app.routes)
        document["paths"] = {path: said for path, said in document["paths"].items() if path.startswith("/api/")}
        app.openapi_schema = document
    return app.openapi_schema
