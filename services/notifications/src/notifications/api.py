"""Notices for programs, by the operator's token: what the audit counts, and who may sign in here."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from pydantic import Field

from lectern.runtime.running import Running
from lectern.web import ApiModel, LoginTaken, Principal, Problem, Role, WeakPassword, idempotency_key, signed_in
from notifications import notices_queries as queries
from notifications.notices_sent import NoticeRow

Operator = Annotated[Principal, Depends(signed_in(Role.OPERATOR))]
_FIRST = UUID(int=0)
Limit = Annotated[int, Query(ge=1, le=1000)]


class Notice(ApiModel):
    notice_id: UUID
    """Also what stands before the @ of the mail's Message-ID."""
    notice: str
    to: str
    application_id: UUID | None
    """None: it is about a certificate."""
    reference: str | None
    certificate_id: UUID | None
    submission: int
    template: str
    state: str
    reason: str | None


class Notices(ApiModel):
    notices: list[Notice]
    next: UUID | None


class Count(ApiModel):
    application_id: UUID
    notice: str
    to: str
    asked: int
    sent: int
    failed: int
    uncertain: int


class Counts(ApiModel):
    counts: list[Count]
    next: UUID | None


class User(ApiModel):
    login: Annotated[str, Field(min_length=3, max_length=254)]
    name: Annotated[str, Field(min_length=1, max_length=200)]
    role: Literal["support", "operator"]
    password: str | None = None


class UserAnswer(ApiModel):
    change: Literal["new", "same"]


def routes(running: Running) -> APIRouter:
    router = APIRouter(prefix="/api", tags=["notices"])

    @router.get("/notices")
    async def get_notices(
        reader: Operator, application_id: UUID | None = None, after: UUID = _FIRST, limit: Limit = 200
    ) -> Notices:
        """Every notice, in the order of their ids."""
        async with running.read(role=reader.role) as db:
            rows = await queries.listed(db, application_id, after, limit)
        return Notices(notices=[_notice(row) for row in rows], next=rows[-1].notice_id if len(rows) == limit else None)

    @router.get("/notices/counts")
    async def get_counts(reader: Operator, after: UUID = _FIRST, applications: Limit = 200) -> Counts:
        """How many notices each application has, by name; all of an application's stand on one page."""
        async with running.read(role=reader.role) as db:
            found = await queries.counts(db, after, applications)
        seen = {each.application_id for each in found}
        counts = [
            Count(
                application_id=each.application_id,
                notice=each.notice,
                to=each.recipient,
                asked=each.asked,
                sent=each.sent,
                failed=each.failed,
                uncertain=each.uncertain,
            )
            for each in found
        ]
        return Counts(counts=counts, next=max(seen) if len(seen) == applications else None)

    @router.put("/users", dependencies=[Depends(idempotency_key)])
    async def put_user(user: User, _: Operator) -> UserAnswer:
        """Somebody who may sign in here; a password is taken in the demonstration only."""
        if user.password is not None and not running.settings.demo:
            raise Problem(422, "Passwords are taken in the demonstration only", "Leave the password out.")
        try:
            await running.accounts.create_user(
                login=user.login, role=Role(user.role), name=user.name, password=user.password
            )
        except LoginTaken:
            return UserAnswer(change="same")
        except WeakPassword as weak:
            raise Problem(422, "Choose another password", str(weak)) from None
        return UserAnswer(change="new")

    return router


def _notice(row: NoticeRow) -> Notice:
    return Notice(
        notice_id=row.notice_id,
        notice=row.notice,
        to=row.recipient,
        application_id=row.application_id,
        reference=row.reference,
        certificate_id=row.certificate_id,
        submission=row.submission,
        template=row.template,
        state=row.state,
        reason=row.reason,
    )
