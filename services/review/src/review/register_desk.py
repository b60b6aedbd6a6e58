"""The state's records on their way into the register: fingerprints made and values sealed before the rules see them."""

import asyncio
import hashlib
import hmac
import json
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any
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
from review.person import Registered, person, register_entry
from review.recording import Change, Line, RecordPerson, change_of, record_person
from review.staff import DESE, staff
from review.staffing import ChangeStaff, change_staff, with_contacts

AT_ONCE = 32
PATIENCE_S = 10.0


@dataclass(frozen=True)
class Outcome:
    """What became of a line: a change, or the sentence why it was not taken."""

    change: Change | None
    why: str = ""
    position: int = 0


@dataclass(frozen=True)
class RegisterDesk:
    log: Log
    keys: Keys
    match_key: bytes
    new_id: Callable[[], UUID] = new_id

    async def record(self, lines: Sequence[PersonLine], call: Call, *, dry_run: bool) -> list[Outcome]:
        """Lines about one person in order, different persons side by side. A line not taken takes no other along."""
        outcomes: dict[int, Outcome] = {}
        by_person: dict[str, list[int]] = defaultdict(list)
        for at, line in enumerate(lines):
            by_person[number_token(self.match_key, line.number)].append(at)
        free = asyncio.Semaphore(AT_ONCE)

        async def one_person(places: list[int]) -> None:
            async with free:
                for at in places:
                    told = replace(call, key=f"{call.key}:{at}", body=b"%b\n%d" % (call.body, at))
                    outcomes[at] = await self._line(lines[at], told, dry_run=dry_run)

        async with asyncio.TaskGroup() as group:
            for places in by_person.values():
                group.create_task(one_person(places))
        return [outcomes[at] for at in range(len(lines))]

    async def _line(self, told: PersonLine, call: Call, *, dry_run: bool) -> Outcome:
        try:
            return await self._recorded(told, call, dry_run=dry_run)
        except Refused as refused:
            if not refused.details.get("conflict"):
                return Outcome(None, refused.message)
        except Busy:
            return Outcome(None, "There was no answer in time. Send the line again.")
        try:  # somebody recorded the same person in the meantime: now they are known
            return await self._recorded(told, call, dry_run=dry_run)
        except (Refused, Busy):
            return Outcome(None, "Somebody else records this person now. Send the line again.")

    async def _recorded(self, told: PersonLine, call: Call, *, dry_run: bool) -> Outcome:
        line = self._fingerprints(told)
        entry = await self.log.state(register_entry(line.number_token))
        person_id = entry.person_id if isinstance(entry, Registered) else PersonId(self.new_id())
        certificate_id = _certificate_id(person_id, told)
        change = change_of(entry, await self.log.state(certificate(certificate_id)), line)
        if dry_run or change is Change.SAME:
            return Outcome(change)
        refs = (
            register_entry(line.number_token, subject=person_id),
            person(person_id, subject=person_id),
            certificate(certificate_id, subject=person_id),
        )
        command = await self._sealed(told, line, person_id, certificate_id, call)
        answer = await self.log.handle(refs, record_person, command, call.about(change=change.value), within=PATIENCE_S)
        return Outcome(Change(answer.result["change"]), position=answer.position)

    def _fingerprints(self, told: PersonLine) -> Line:
        name = told.name
        return Line(
            number_token=number_token(self.match_key, told.number),
            particulars=self._keyed(
                "particulars", name.first, name.last, told.birth_date.isoformat(), self._token(told)
            ),
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

    async def _sealed(
        self, told: PersonLine, line: Line, person_id: PersonId, certificate_id: CertificateId, call: Call
    ) -> RecordPerson:
        subject = str(person_id)
        plain: list[Plain[Any]] = [
            Plain(told.name, subject, "contact", "PersonRecorded.name"),
            Plain(told.number, subject, "contact", "PersonRecorded.educator_number"),
            Plain(told.birth_date, subject, "state", "PersonRecorded.birth_date"),
        ]
        if told.cleared_on:
            plain.append(Plain(told.cleared_on, subject, "state", "BackgroundCheckCleared.cleared_on"))
        name, number, birth_date, *cleared = await self.keys.seal_all(plain)
        return RecordPerson(
            line=line,
            person_id=person_id,
            certificate_id=certificate_id,
            match_token=self._token(told),
            name=name,
            educator_number=number,
            birth_date=birth_date,
            cleared_on=cleared[0] if cleared else None,
            now=call.at,
        )

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
