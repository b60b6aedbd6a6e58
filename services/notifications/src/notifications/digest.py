"""What a district was told in its daily emails. Private."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from pydantic import AwareDatetime

from lectern.contracts.facts import PrivateFact
from lectern.contracts.values import ApplicationId, DistrictCode, NoticeId, PersonId
from lectern.eventlog.streams import Noun


class DigestMade(PrivateFact):
    """A district's email of a working day is asked for."""

    type: Literal["DigestMade"] = "DigestMade"
    district: DistrictCode
    day: date
    notice_id: NoticeId
    made_at: AwareDatetime


@dataclass(frozen=True)
class Digests:
    last: date | None = None


def evolve_digests(_: Digests, fact: DigestMade) -> Digests:
    return Digests(fact.day)


digests: Noun[Digests] = Noun("digest", Digests(), evolve_digests, facts=(DigestMade,))
"""`digest/<district>`"""


class DistrictTold(PrivateFact):
    """A district's email tells what is new of an application."""

    type: Literal["DistrictTold"] = "DistrictTold"
    application_id: ApplicationId
    educator_id: PersonId
    district: DistrictCode
    news: tuple[str, ...]
    """What, and of which handing-in: each is told once."""
    told_at: AwareDatetime


@dataclass(frozen=True)
class ToldNews:
    given: frozenset[str] = frozenset()


def evolve_told(state: ToldNews, fact: DistrictTold) -> ToldNews:
    return ToldNews(state.given | {*fact.news})


told_news: Noun[ToldNews] = Noun("district-news", ToldNews(), evolve_told, facts=(DistrictTold,))
"""`district-news/<application>`"""
