"""What DESE has on file about an educator, for the educator's own pages: transcripts that arrived, the clearance."""

from dataclasses import dataclass, field
from datetime import date

from applications import reading
from applications.educators import EducatorRow
from lectern.contracts.sealed import Contact, Sealed
from lectern.contracts.values import ClearanceWord, PersonId, Ruling, Verdict
from lectern.rules import IN_FORCE, RuleSet
from lectern.rules.criteria import REA_BACKGROUND
from lectern.rules.facts import Facts, OnFile
from lectern.rules.judging import RULE_OF
from lectern.runtime.running import Running


@dataclass(frozen=True)
class Filed:
    """In the clear."""

    cleared_on: date | None = None
    transcripts: tuple[tuple[date, str], ...] = field(default=())
    """The day each official transcript came in, and the college."""

    @property
    def for_rules(self) -> OnFile:
        return OnFile(tuple(each for each, _ in self.transcripts), self.cleared_on)


@dataclass(frozen=True)
class Arrivals:
    """What has reached DESE about an educator."""

    transcripts: tuple[tuple[date, str], ...]
    asked: bool
    """Whether the application rests on a transcript."""
    clearance: Ruling

    @property
    def missing(self) -> bool:
        return (self.asked and not self.transcripts) or self.clearance.verdict is not Verdict.MET


async def filed(running: Running, row: EducatorRow | None) -> Filed:
    if row is None:
        return Filed()
    keys = running.keys
    days = await keys.open_all(list(row.clearances), date)
    colleges = await keys.open_all([each.college for each in row.transcripts], str)
    return Filed(
        max((each for each in days if each is not None), default=None),
        tuple((each.received_on, name or "Erased") for each, name in zip(row.transcripts, colleges, strict=True)),
    )


def judged_clearance(on_file: Filed, on: date, rules: RuleSet = IN_FORCE) -> Ruling:
    """Whether the clearance counts for an application submitted on that day."""
    facts = Facts(judged_on=on, certificate=None, on_file=on_file.for_rules)
    return RULE_OF[REA_BACKGROUND](facts, rules.parameters)


async def clearance(running: Running, person: PersonId, on: date) -> Ruling:
    """Of an application that would be submitted on that day."""
    async with running.read(educator=person) as db:
        row = await reading.educator(db, person)
    return judged_clearance(await filed(running, row), on)


async def clearance_word(running: Running, person: PersonId, on: date) -> Sealed[ClearanceWord, Contact]:
    """The same in a word, sealed for the educator's mail."""
    met = (await clearance(running, person, on)).verdict is Verdict.MET
    word = ClearanceWord.ON_FILE if met else ClearanceWord.MISSING
    return await running.keys.seal(word, subject=person, audience="contact", origin="ClearanceJudged.word")
