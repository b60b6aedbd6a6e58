"""The state's records on their way into the register: fingerprints made and values sealed before the rules see them."""

import asyncio
import hashlib
import hmac
import json
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar
from uuid import UUID, uuid5

from lectern.contracts.matching import match_token, number_token
from lectern.contracts.values import CertificateId, PersonId, StaffContact
from lectern.eventlog.errors import Busy, Refused
from lectern.eventlog.keys import Keys, Plain
from lectern.eventlog.log import Log
from lectern.eventlog.streams import Call
from lectern.runtime.ids import new_id
from review.certificate import certificate
from review.importing import PersonLine
from review.person import Registered, RegisterEntry, person, register_entry
from review.recording import Change, Line, RecordPerson, change_of, record_person
from review.staff import DESE, staff
from review.staffing import ChangeStaff, change_staff, with_contacts

T = TypeVar("T")
R = TypeVar("R")
READS_AT_ONCE, COMMANDS_AT_ONCE = 4, 64
"""Reads hold a connection each; commands wait in the writer, which takes many of them together."""
PATIENCE_S = 10.0
NO_ANSWER = "There was no answer in time. Send the line again."


@dataclass(frozen=True)
class Outcome:
    """What became of a line: a change, or the sentence why it was not taken."""

    change: Change | None
    why: str = ""
    position: int = 0


@dataclass(frozen=True)
class Plan:
    """A line, whom and which certificate it is about, and what it would change."""

    told: PersonLine
    line: Line
    person_id: PersonId
    certificate_id: CertificateId
    change: Change


@dataclass(frozen=True)
class RegisterDesk:
    log: Log
    keys: Keys
    match_key: bytes
    new_id: Callable[[], UUID] = new_id

    async def record(self, lines: Sequence[PersonLine], call: Call, *, dry_run: bool) -> list[Outcome]:
        """Lines about one person in order, different persons side by side. A line not taken takes no other along."""
        plans = await self._plans(lines)
        outcomes = [each if isinstance(each, Outcome) else Outcome(each.change) for each in plans]
        if dry_run:
            return outcomes
        news = {at: each for at, each in enumerate(plans) if isinstance(each, Plan) and each.change is not Change.SAME}
        commands = dict(zip(news, await self._sealed(list(news.values()), call), strict=True))
        by_person: dict[PersonId, list[int]] = defaultdict(list)
        for at, plan in news.items():
            by_person[plan.person_id].append(at)

        async def one_person(places: list[int]) -> None:
            for at in places:
                told = replace(call, key=f"{call.key}:{at}", body=b"%b\n%d" % (call.body, at))
                outcomes[at] = await self._recorded(news[at], commands[at], told)

        await side_by_side(one_person, by_person.values(), COMMANDS_AT_ONCE)
        return outcomes

    async def _plans(self, lines: Sequence[PersonLine]) -> list[Plan | Outcome]:
        """Each line compared with what the register says now; one id for all lines of a new person."""
        compared = [self._fingerprints(each) for each in lines]
        tokens = list(dict.fromkeys(each.number_token for each in compared))
        entries = dict(zip(tokens, await side_by_side(self._entry, tokens, READS_AT_ONCE), strict=True))
        ids = {token: self._person_id(entry) for token, entry in entries.items()}

        async def plan(at: int) -> Plan | Outcome:
            token = compared[at].number_token
            return await self._plan(lines[at], compared[at], entries[token], ids[token])

        return await side_by_side(plan, range(len(lines)), READS_AT_ONCE)

    async def _plan(self, told: PersonLine, line: Line, entry: RegisterEntry, person_id: PersonId) -> Plan | Outcome:
        certificate_id = _certificate_id(person_id, told)
        held = await self.log.state(certificate(certificate_id))
        try:
            return Plan(told, line, person_id, certificate_id, change_of(entry, held, line))
        except Refused as refused:
            return Outcome(None, refused.message)

    async def _entry(self, token: str) -> RegisterEntry:
        return await self.log.state(register_entry(token))

    def _person_id(self, entry: RegisterEntry) -> PersonId:
        return entry.person_id if isinstance(entry, Registered) else PersonId(self.new_id())

    async def _recorded(self, plan: Plan, command: RecordPerson, call: Call) -> Outcome:
        refs = (
            register_entry(plan.line.number_token, subject=plan.person_id),
            person(plan.person_id, subject=plan.person_id),
            certificate(plan.certificate_id, subject=plan.person_id),
        )
        try:
            answer = await self.log.handle(
                refs, record_person, command, call.about(change=plan.change.value), within=PATIENCE_S
            )
        except Refused as refused:
            return Outcome(None, refused.message)
        except Busy:
            return Outcome(None, NO_ANSWER)
        return Outcome(Change(answer.result["change"]), position=answer.position)

    def _fingerprints(self, told: PersonLine) -> Line:
        name = told.name
        return Line(
            number_token=number_token(self.match_key, told.number),
            particulars=self._keyed("particulars", name.first, name.last, self._token(told)),
            cleared=self._keyed("cleared", told.cleared_on.isoformat()) if told.cleared_on else None,
            certificate=told.certificate,
        )

    def _token(self, told: PersonLine) -> str:
        return match_token(
            self.match_key,
            educator_number=told.number,
            last_name=told.name.last,
            birth_date=told.birth_date,
            ssn_last4=told.ssn_last4,
        )

    def _keyed(self, *parts: str) -> str:
        return hmac.new(self.match_key, json.dumps(["register", *parts]).encode(), hashlib.sha256).hexdigest()

    async def _sealed(self, plans: Sequence[Plan], call: Call) -> list[RecordPerson]:
        """The commands of these plans, everything personal sealed with at most three questions to the keys."""
        plain = [each for plan in plans for each in _personal(plan)]
        values = iter(await self.keys.seal_all(plain) if plain else [])
        return [
            RecordPerson(
                line=plan.line,
                person_id=plan.person_id,
                certificate_id=plan.certificate_id,
                match_token=self._token(plan.told),
                name=next(values),
                educator_number=next(values),
                birth_date=next(values),
                cleared_on=next(values) if plan.told.cleared_on else None,
                now=call.at,
            )
            for plan in plans
        ]

    async def tell_staff(self, told: Sequence[StaffContact], call: Call) -> int | None:
        """Adds or changes who is told; the position of the fact, None where the list says it already."""
        for attempt in range(5):
            listed = await self.log.state(staff(DESE))
            known = await self.keys.open(listed.contacts, tuple[StaffContact, ...]) or ()
            wanted = with_contacts(known, tuple(told))
            if wanted == known:
                return None
            sealed = await self.keys.seal(
                wanted, subject=DESE, audience="contact", origin="StaffContactsChanged.contacts"
            )
            command = ChangeStaff(was=listed.contacts, contacts=sealed, now=call.at)
            try:
                refs = staff(DESE, subject=DESE)
                return (await self.log.handle(refs, change_staff, command, call, within=PATIENCE_S)).position
            except Refused:
                if attempt == 4:
                    raise
        return None


def _certificate_id(person_id: PersonId, told: PersonLine) -> CertificateId:
    """A certificate is known by its holder, kind and day of issue: the same line finds the same one again."""
    return CertificateId(uuid5(person_id, f"{told.certificate.kind.value} {told.certificate.issued_on.isoformat()}"))


def _personal(plan: Plan) -> list[Plain[Any]]:
    """What is sealed of a line, in the order of the command's fields."""
    told, subject = plan.told, str(plan.person_id)
    plain: list[Plain[Any]] = [
        Plain(told.name, subject, "contact", "PersonRecorded.name"),
        Plain(told.number, subject, "contact", "PersonRecorded.educator_number"),
        Plain(told.birth_date, subject, "state", "PersonRecorded.birth_date"),
    ]
    if told.cleared_on:
        plain.append(Plain(told.cleared_on, subject, "state", "BackgroundCheckCleared.cleared_on"))
    return plain


async def side_by_side(ask: Callable[[T], Awaitable[R]], of: Iterable[T], at_once: int) -> list[R]:
    """All answers in order, so many at a time."""
    free = asyncio.Semaphore(at_once)

    async def one(item: T) -> R:
        async with free:
            return await ask(item)

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(one(each)) for each in of]
    return [each.result() for each in tasks]
