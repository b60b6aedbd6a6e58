"""The JSON API of arrivals: official transcripts and background clearances, by Educator ID."""

from dataclasses import replace
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import Field

from lectern.eventlog.errors import Refused
from lectern.eventlog.streams import Call
from lectern.web import ApiModel, api_call
from review.arrival import Said, What
from review.arrivals_desk import ArrivalsDesk, Became
from review.office import Office, SignedInOfficer

OfficersCall = Annotated[Call, Depends(api_call)]


class Arrival(ApiModel):
    what: What
    educator_number: Annotated[str, Field(pattern=r"^[\d\s-]{1,20}$")]
    on: date
    """The day a transcript came in; the day of a clearance."""
    college: Annotated[str, Field(max_length=200)] = ""
    """Of a transcript."""


class Arrivals(ApiModel):
    arrivals: Annotated[tuple[Arrival, ...], Field(min_length=1, max_length=200)]


class ArrivalResult(ApiModel):
    became: Became | None
    """None: it was not taken."""
    wrong: str = ""


class ArrivalResults(ApiModel):
    results: tuple[ArrivalResult, ...]
    after: int | None = None


def routes(_: Office, desk: ArrivalsDesk) -> APIRouter:
    router = APIRouter(prefix="/api", tags=["arrivals"])

    @router.post("/arrivals")
    async def post_arrivals(body: Arrivals, officer: SignedInOfficer, call: OfficersCall) -> ArrivalResults:
        """Marks what arrived; the same again is `same`, what is about nobody in the register waits for a person."""
        results, after = [], None
        for at, each in enumerate(body.arrivals):
            said = Said(number=each.educator_number, on=each.on, college=each.college)
            own = replace(call, key=f"{call.key}:{at}", body=b"%b\n%d" % (call.body, at))
            try:
                done = await desk.written_down(each.what, said, officer, own)
            except Refused as refused:
                results.append(ArrivalResult(became=None, wrong=refused.message))
                continue
            results.append(ArrivalResult(became=done.became))
            after = done.answer.position if done.answer else after
        return ArrivalResults(results=tuple(results), after=after)

    return router
