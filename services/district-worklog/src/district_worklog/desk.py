"""What an officer does, on its way to the log: personal data is sealed here, before the rules see the command.

Pages and API share it. Everything judged on is read again by the rules, in the streams the command names.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from district_worklog.application import application
from district_worklog.case import case
from district_worklog.choosing_notices import ChooseNotices, choose_notices
from district_worklog.claiming import ClaimItem, claim
from district_worklog.declining import DeclineApplication, decline
from district_worklog.district import district
from district_worklog.evidence import AnyRecord, Record, Records, at_submission, evidence
from district_worklog.exhibit import evidence_document, exhibit
from district_worklog.exhibiting import verify_with_files
from district_worklog.officer import Officer
from district_worklog.passing import PassOn, pass_on
from district_worklog.promise import promise
from district_worklog.promising import RecordHours, record_hours
from district_worklog.recording import OUTDATED, Entered, KeepEvidence, RecordEvidence, handed_in, keep, record
from district_worklog.returning import ReturnToEducator, return_to_educator
from district_worklog.rulings import Terms, evidence_of
from district_worklog.verifying import VerifyApplication
from district_worklog.work_item import Asked, of_district, work_item
from lectern.contracts.days import chicago_day
from lectern.contracts.values import ApplicationId, DeclineReason, DistrictCode, ReturnReason
from lectern.eventlog.errors import Refused
from lectern.eventlog.keys import Keys, Plain
from lectern.eventlog.log import Log
from lectern.eventlog.streams import Answer, Call


@dataclass(frozen=True)
class Card:
    """What was entered for a criterion, over which record."""

    record: Record
    seen: UUID | None = None


@dataclass(frozen=True)
class Saved:
    """How the records of a handing-in stand after a save, by criterion; no answer where nothing had to be saved."""

    records: Mapping[str, UUID]
    answer: Answer | None = None


@dataclass(frozen=True)
class Desk:
    log: Log
    keys: Keys
    now: Callable[[], datetime]
    new_id: Callable[[], UUID]

    async def item(self, officer: Officer, application_id: ApplicationId) -> Asked:
        """Raises NotFound, also for another district's."""
        return of_district(await self.log.state(work_item(application_id)), officer.district, application_id)

    async def terms(self, application_id: ApplicationId) -> Terms:
        """What the application is judged by. Raises NotFound or Refused."""
        return handed_in(await self.log.state(application(application_id))).terms

    async def records(self, officer: Officer, application_id: ApplicationId, submission: int) -> Records:
        """What the officer's district recorded for a handing-in, sealed."""
        gathered = at_submission(await self.log.state(evidence(application_id)), submission, officer.district)
        return gathered.records if gathered else {}

    async def opened(self, records: Records) -> dict[str, Record]:
        """The records in the clear; those that were erased are left out."""
        found = await self.keys.open_all([each.record for each in records.values()], cast("type[Record]", AnyRecord))
        return {each.criterion: each for each in found if each is not None}

    async def choose_notices(self, officer: Officer, *, each_item: bool, call: Call) -> Answer:
        command = ChooseNotices(district=officer.district, each_item=each_item, officer=officer.id, now=self.now())
        return await self.log.handle((district(officer.district),), choose_notices, command, call)

    async def claim(self, officer: Officer, application_id: ApplicationId, submission: int, call: Call) -> Answer:
        item = await self.item(officer, application_id)
        (signature,) = await self._sealed(item, ("VerificationClaimed.signature", officer.signature))
        command = ClaimItem(**self._who(officer, application_id, submission), signature=signature)
        return await self.log.handle((work_item(application_id), case(application_id)), claim, command, call)

    async def record_hours(
        self, officer: Officer, application_id: ApplicationId, quarter_hours: int, completed_on: date, call: Call
    ) -> Answer:
        """The contact hours of a reactivation are completed. Raises NotFound or Refused."""
        item = await self.item(officer, application_id)
        (signature,) = await self._sealed(item, ("ContactHoursCompleted.signature", officer.signature))
        command = RecordHours(
            application_id=application_id,
            district=officer.district,
            officer=officer.id,
            quarter_hours=quarter_hours,
            completed_on=completed_on,
            signature=signature,
            today=chicago_day(call.at),
            now=call.at,
        )
        refs = (promise(application_id), work_item(application_id), case(application_id), application(application_id))
        return await self.log.handle(refs, record_hours, command, call)

    async def record(
        self, officer: Officer, application_id: ApplicationId, submission: int, cards: Sequence[Card], call: Call
    ) -> Saved:
        """Saves the cards that say something new. What says nothing new is asked all the same: the key decides."""
        item = await self.item(officer, application_id)
        there = await self.records(officer, application_id, submission)
        known = await self.opened({each.record.criterion: there[each.record.criterion]
                                   for each in cards if each.record.criterion in there})  # fmt: skip
        ids = {name: each.record_id for name, each in there.items()}
        if not cards:
            return Saved(ids)
        new = [each for each in cards if each.record != known.get(each.record.criterion)]
        signature, claimed, *sealed = await self._sealed(
            item,
            ("CriterionRecorded.signature", officer.signature),
            ("VerificationClaimed.signature", officer.signature),
            *(("CriterionRecorded.record", each.record) for each in new),
        )
        entered = tuple(
            Entered(record=card.record, sealed=cipher, record_id=self.new_id(), seen=card.seen)
            for card, cipher in zip(new, sealed, strict=True)
        )
        command = RecordEvidence(
            **self._who(officer, application_id, submission), entered=entered, signature=signature, claim=claimed
        )
        answer = await self.log.handle(
            (
                evidence(application_id, subject=item.educator_id),
                work_item(application_id),
                case(application_id),
                application(application_id),
            ),
            record,
            command,
            call,
        )
        if answer.repeated:
            return Saved(
                {n: r.record_id for n, r in (await self.records(officer, application_id, submission)).items()}, answer
            )
        return Saved(ids | {each.record.criterion: each.record_id for each in entered}, answer)

    async def keep(self, officer: Officer, application_id: ApplicationId, submission: int, call: Call) -> Answer:
        command = KeepEvidence(**self._who(officer, application_id, submission))
        refs = (evidence(application_id), work_item(application_id), case(application_id))
        return await self.log.handle(refs, keep, command, call)

    async def verify(
        self,
        officer: Officer,
        application_id: ApplicationId,
        submission: int,
        call: Call,
        *,
        attested: bool,
        seen: frozenset[UUID] | None = None,
        answered: str = "",
    ) -> Answer:
        """Signs the records named in `seen` (None: those there are) and sends the application to DESE.

        `answered`: what the district says to a question of DESE.
        """
        item = await self.item(officer, application_id)
        records = await self.records(officer, application_id, submission)
        there = frozenset(each.record_id for each in records.values())
        if seen is not None and seen != there:
            raise Refused(OUTDATED, conflict="record")
        command_now = self.now()
        terms = await self.terms(application_id)
        plain = evidence_of((await self.opened(records)).values(), chicago_day(command_now), terms)
        sealed, signature, words, signed = await self._sealed(
            item,
            ("DistrictVerified.evidence", plain),
            ("DistrictVerified.signature", officer.signature),
            ("DistrictAnswered.answer", answered),
            ("DistrictAnswered.signature", officer.signature),
        )
        command = VerifyApplication(
            **{**self._who(officer, application_id, submission), "now": command_now},
            seen=there,
            evidence=plain,
            sealed=sealed,
            attested=attested,
            attestation=terms.rules.of(terms.kind).attestation,
            signature=signature,
            answer=answered,
            sealed_answer=words,
            signed_answer=signed,
        )
        refs = (
            work_item(application_id),
            evidence(application_id),
            case(application_id),
            application(application_id),
            exhibit(application_id),
            evidence_document(application_id, subject=item.educator_id),
        )
        return await self.log.handle(refs, verify_with_files, command, call)

    async def send_back(
        self,
        officer: Officer,
        application_id: ApplicationId,
        submission: int,
        call: Call,
        *,
        reasons: Sequence[ReturnReason],
        note: str,
    ) -> Answer:
        item = await self.item(officer, application_id)
        sealed_note, signature = await self._sealed(
            item, ("DistrictReturned.note", note), ("DistrictReturned.signature", officer.signature)
        )
        command = ReturnToEducator(
            **self._who(officer, application_id, submission),
            reasons=tuple(reasons),
            note=note,
            sealed_note=sealed_note,
            signature=signature,
        )
        refs = (work_item(application_id), case(application_id), application(application_id))
        return await self.log.handle(refs, return_to_educator, command, call)

    async def decline(
        self,
        officer: Officer,
        application_id: ApplicationId,
        submission: int,
        call: Call,
        *,
        reason: DeclineReason | None,
        note: str,
    ) -> Answer:
        item = await self.item(officer, application_id)
        signature, *sealed = await self._sealed(
            item,
            ("DistrictDeclined.signature", officer.signature),
            *([("DistrictDeclined.note", note)] if note else []),
        )
        command = DeclineApplication(
            **self._who(officer, application_id, submission),
            reason=reason,
            note=note,
            sealed_note=sealed[0] if sealed else None,
            signature=signature,
        )
        return await self.log.handle((work_item(application_id), case(application_id)), decline, command, call)

    async def pass_on(
        self, officer: Officer, application_id: ApplicationId, submission: int, to: DistrictCode, call: Call
    ) -> Answer:
        """To the district that employs the educator. Raises NotFound or Refused."""
        item = await self.item(officer, application_id)
        (signature,) = await self._sealed(item, ("VerificationReassigned.signature", officer.signature))
        command = PassOn(
            **self._who(officer, application_id, submission), to=to, signature=signature, today=chicago_day(self.now())
        )
        return await self.log.handle(
            (work_item(application_id), case(application_id), district(to)), pass_on, command, call
        )

    def _who(self, officer: Officer, application_id: ApplicationId, submission: int) -> dict[str, Any]:
        return {
            "application_id": application_id,
            "district": officer.district,
            "submission": submission,
            "officer": officer.id,
            "now": self.now(),
        }

    async def _sealed(self, item: Asked, *values: tuple[str, Any]) -> list[Any]:
        """Signatures are for everybody who is told about the application, the rest for districts and DESE."""
        return await self.keys.seal_all(
            [
                Plain(value, str(item.educator_id), "contact" if origin.endswith(".signature") else "district", origin)
                for origin, value in values
            ]
        )


def next_key(call: Call, what: str) -> Call:
    """The call of a second command that the same request asks for."""
    return replace(call, key=f"{call.key}:{what}")
