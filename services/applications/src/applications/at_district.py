"""An application at its district, as heard: what the district last said about which handing-in."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeAlias, assert_never

from lectern.contracts.district_worklog import (
    DistrictDeclined,
    DistrictReturned,
    DistrictVerified,
    VerificationRequested,
)
from lectern.contracts.values import DistrictCode
from lectern.eventlog.streams import Noun


class Word(StrEnum):
    """What a district said last."""

    NOTHING = "nothing"
    VERIFIED = "verified"
    RETURNED = "returned"
    DECLINED = "declined"


@dataclass(frozen=True)
class AtDistrict:
    submission: int = 0
    """The handing-in it is about; 0: none was heard of."""
    word: Word = Word.NOTHING
    district: DistrictCode = ""
    sent: bool = False
    """This district sent it to DESE once, also where DESE asked it something afterwards; until it declines."""

    def about(self, submission: int) -> Word:
        """What was said about this handing-in."""
        return self.word if self.submission == submission else Word.NOTHING


WorkItemFact: TypeAlias = VerificationRequested | DistrictVerified | DistrictReturned | DistrictDeclined


def evolve(item: AtDistrict, fact: WorkItemFact) -> AtDistrict:
    """A fact about an older handing-in changes nothing."""
    if fact.submission < item.submission:
        return item
    if fact.district != item.district:
        item = AtDistrict(district=fact.district)
    match fact:
        case VerificationRequested():
            return replace(item, submission=fact.submission, word=Word.NOTHING)
        case DistrictVerified():
            return replace(item, submission=fact.submission, word=Word.VERIFIED, sent=True)
        case DistrictReturned():
            return replace(item, submission=fact.submission, word=Word.RETURNED)
        case DistrictDeclined():
            return replace(item, submission=fact.submission, word=Word.DECLINED, sent=False)
        case _:
            assert_never(fact)


work_item = Noun[AtDistrict](
    "work-item",
    AtDistrict(),
    evolve,
    facts=(VerificationRequested, DistrictVerified, DistrictReturned, DistrictDeclined),
    source="district-worklog",
)
