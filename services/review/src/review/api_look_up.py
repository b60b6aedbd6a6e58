"""The public look-up for programs: the same questions and answers as its pages, without signing in."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import Field
from starlette.requests import Request

from lectern.contracts.values import CertificateKind, PersonId
from lectern.web import Allowance, ApiModel, Problem
from review import look_up
from review.in_force import Force, InForce
from review.look_up import Holder, Wrong
from review.office import Office

Name = Annotated[str | None, Field(max_length=100)]


class Question(ApiModel):
    """By Educator ID or by last name, with first name or without; or where a list goes on."""

    educator_id: Annotated[str | None, Field(max_length=40)] = None
    last_name: Name = None
    first_name: Name = None
    on: date | None = None
    """The day whose status is asked for; without it today in Missouri."""
    after: Annotated[str | None, Field(max_length=2_000)] = None
    """What `next` said; the rest is then left out."""


class PublishedCertificate(ApiModel):
    kind: CertificateKind
    areas: tuple[str, ...]
    issued_on: date
    valid_from: date
    valid_to: date
    status: Force


class PublishedHolder(ApiModel):
    holder: UUID
    first_name: str
    last_name: str
    educator_id: str
    certificates: tuple[PublishedCertificate, ...]


class Holders(ApiModel):
    on: date
    holders: tuple[PublishedHolder, ...]
    next: str | None
    """What to give as `after` for the next ones."""
    ended: bool
    """There are more of this name, and they are not shown: ask with more of it."""


class HolderOnDay(ApiModel):
    on: date
    holder: PublishedHolder


def routes(office: Office, allowance: Allowance) -> APIRouter:
    async def spend(request: Request) -> None:
        await allowance.spend(request, office.running.now())

    router = APIRouter(prefix="/api", tags=["public look-up"], dependencies=[Depends(spend)])

    @router.post("/look-up")
    async def post_look_up(question: Question) -> Holders:
        """Holders and how their certificates stood on a day. In a body: whom one looks for is personal."""
        today = office.today()
        if question.after is not None:
            wanted = look_up.opened(office, question.after)
            if wanted is None:
                raise _problem({"after": "This is nothing that `next` said."})
        else:
            try:
                wanted = look_up.asked(
                    question.educator_id, question.last_name, question.first_name, question.on, today
                )
            except Wrong as wrong:
                raise _problem(
                    {"educator_id" if at == "number" else at: why for at, why in wrong.errors.items()}
                ) from None
        day = wanted.on or today
        if wanted.number:
            holder = await look_up.found_by_number(office, wanted)
            return Holders(on=day, holders=(_holder(holder),) if holder else (), next=None, ended=False)
        found = await look_up.found_by_name(office, wanted)
        return Holders(
            on=day,
            holders=tuple(_holder(each) for each in found.holders),
            next=look_up.sealed(office, found.next) if found.next else None,
            ended=found.ended,
        )

    @router.get("/holders/{person_id}")
    async def get_holder(person_id: PersonId, on: date | None = None) -> HolderOnDay:
        """One holder, as the code on a certificate leads to."""
        try:
            day = look_up.day_asked(on, office.today())
        except Wrong as wrong:
            raise _problem(wrong.errors) from None
        return HolderOnDay(on=day, holder=_holder(await look_up.found_by_id(office, person_id, day)))

    return router


def _problem(errors: Mapping[str | None, str]) -> Problem:
    said = [{"at": at, "why": why} for at, why in errors.items()]
    return Problem(422, "Some values are not right", "See errors.", errors=said)


def _holder(found: Holder) -> PublishedHolder:
    row = found.row
    return PublishedHolder(
        holder=row.person_id,
        first_name=row.first,
        last_name=row.last,
        educator_id=row.number,
        certificates=tuple(_certificate(each) for each in found.certificates),
    )


def _certificate(found: InForce) -> PublishedCertificate:
    was = found.was
    return PublishedCertificate(
        kind=was.kind,
        areas=was.areas,
        issued_on=was.issued_on,
        valid_from=was.valid_from,
        valid_to=was.expires_on,
        status=found.force,
    )
