"""What arrives at DESE, on its way to the log: matched by Educator ID, sealed for whom it is about."""

import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from lectern.contracts.days import chicago_day
from lectern.contracts.matching import digits, folded, number_token
from lectern.contracts.values import PersonId
from lectern.eventlog.deciding import ClaimTaken
from lectern.eventlog.errors import Refused
from lectern.eventlog.keys import Keys
from lectern.eventlog.log import Log
from lectern.eventlog.streams import Answer, Call
from review.arrival import ArrivalId, Said, What, arrival
from review.arrivals_waiting import WaitingRow
from review.arriving import Arrived, KeepArrival, MatchArrival, SetAside, arrive, keep, match_arrival, set_aside
from review.officer import Officer
from review.person import Registered, person, register_entry

NOBODY = "Nobody in the register has this Educator ID. Check the number on what arrived."


class Became(StrEnum):
    """What became of an arrival that was written down."""

    RECEIVED = "received"
    SAME = "same"
    """It was written down before."""
    WAITING = "waiting"
    """Nobody in the register has this Educator ID."""


@dataclass(frozen=True)
class Done:
    became: Became
    person_id: PersonId | None = None
    answer: Answer | None = None


@dataclass(frozen=True)
class ArrivalsDesk:
    log: Log
    keys: Keys
    match_key: bytes
    new_id: Callable[[], UUID]

    async def whose(self, number: str) -> PersonId | None:
        """Who is in the register under this Educator ID."""
        entry = await self.log.state(register_entry(number_token(self.match_key, number)))
        return entry.person_id if isinstance(entry, Registered) else None

    async def written_down(self, what: What, said: Said, officer: Officer, call: Call) -> Done:
        """For the person with this Educator ID; else it waits for somebody to find the person. Raises Refused."""
        whose = await self.whose(said.number)
        try:
            if whose is None:
                return Done(Became.WAITING, None, await self._keep(what, said, officer, call))
            return Done(Became.RECEIVED, whose, await self.arrived(whose, what, said, call))
        except ClaimTaken:
            return Done(Became.SAME, whose)

    async def arrived(self, person_id: PersonId, what: What, said: Said, call: Call) -> Answer:
        """Raises ClaimTaken where the same was written down before."""
        command = await self._arrived(person_id, what, said, call)
        return await self.log.handle(person(person_id, subject=person_id), arrive, command, call)

    async def match(
        self, waits: WaitingRow, said: Said, number: str, officer: Officer, call: Call
    ) -> tuple[PersonId, Answer]:
        """Settles what waited: it is about the person with this Educator ID. Raises Refused."""
        whose = await self.whose(number)
        if whose is None:
            raise Refused(NOBODY, field="number")
        arrived = await self._arrived(whose, waits.what, said, call)
        command = MatchArrival(arrival_id=waits.arrival_id, arrived=arrived, officer=officer.id)
        refs = (arrival(waits.arrival_id), person(whose, subject=whose))
        try:
            answer = await self.log.handle(refs, match_arrival, command, call)
        except ClaimTaken:
            why = "The same was marked for this person already. Set this one aside."
            raise Refused(why, field="number") from None
        return whose, answer

    async def set_aside(self, id_: ArrivalId, why: str, officer: Officer, call: Call) -> Answer:
        sealed = await self.keys.seal(why, subject=id_, audience="state", origin="ArrivalSetAside.why")
        command = SetAside(arrival_id=id_, why=sealed, officer=officer.id, now=call.at)
        return await self.log.handle(arrival(id_), set_aside, command, call)

    async def _keep(self, what: What, said: Said, officer: Officer, call: Call) -> Answer:
        id_ = ArrivalId(self.new_id())
        command = KeepArrival(
            arrival_id=id_,
            what=what,
            on=said.on,
            said=await self.keys.seal(said, subject=id_, audience="state", origin="ArrivalKept.said"),
            mark=self._mark(what, said, digits(said.number)),
            officer=officer.id,
            today=chicago_day(call.at),
            now=call.at,
        )
        return await self.log.handle(arrival(id_, subject=id_), keep, command, call)

    async def _arrived(self, person_id: PersonId, what: What, said: Said, call: Call) -> Arrived:
        college, cleared_on = None, None
        if what is What.CLEARANCE:
            cleared_on = await self.keys.seal(
                said.on, subject=person_id, audience="state", origin="BackgroundCheckCleared.cleared_on"
            )
        elif said.college:
            college = await self.keys.seal(
                said.college, subject=person_id, audience="state", origin="TranscriptReceived.college"
            )
        return Arrived(
            person_id=person_id,
            what=what,
            on=said.on,
            college=college,
            cleared_on=cleared_on,
            mark=self._mark(what, said),
            today=chicago_day(call.at),
            now=call.at,
        )

    def _mark(self, what: What, said: Said, *more: str) -> str:
        parts = ["arrival", what.value, said.on.isoformat(), folded(said.college), *more]
        return hmac.new(self.match_key, json.dumps(parts).encode(), hashlib.sha256).hexdigest()
