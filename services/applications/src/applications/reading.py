"""What pages read: rows of the views, of one educator only. The reader role sees no others, whatever is asked."""

from datetime import date
from functools import cache
from typing import Any, TypeVar, cast
from uuid import UUID

from pydantic import TypeAdapter

from applications.application_status import StatusRow
from applications.certificates import CertificateRow
from applications.districts import DistrictRow
from applications.drafts import DraftRow
from applications.educators import EducatorRow
from applications.letter_links import LinkRow
from applications.timeline import TimelineRow
from lectern.contracts.values import DistrictCode

R = TypeVar("R")
MOST_DISTRICTS = 50
SAID_OF_ALL = frozenset({"school", "schools", "district", "districts", "public", "county", "the", "missouri", "mo"})
"""Words that belong to no district's name in the state's list; ignored in a search that has others."""

_EDUCATOR = "select coalesce(json_agg(v), '[]')::text from educators v where educator_id = $1"
_CERTIFICATES = (
    "select coalesce(json_agg(v order by v.expires_on desc, v.certificate_id), '[]')::text "
    "from certificates v where educator_id = $1"
)
_DRAFTS = "select coalesce(json_agg(v order by v.saved_at desc), '[]')::text from drafts v where educator_id = $1"
_STATUSES = (
    "select coalesce(json_agg(v order by v.submitted_at desc), '[]')::text "
    "from application_status v where educator_id = $1"
)
_STATUS = (
    "select coalesce(json_agg(v), '[]')::text from application_status v where application_id = $1 and educator_id = $2"
)
_TIMELINE = "select coalesce(json_agg(v), '[]')::text from timeline v where application_id = $1 and educator_id = $2"
_LINK = "select coalesce(json_agg(v), '[]')::text from letter_links v where link_id = $1"
_LINKS = "select coalesce(json_agg(v order by v.linked_at), '[]')::text from letter_links v where application_id = $1"
_DISTRICTS = "select coalesce(json_agg(v), '[]')::text from districts v where code = any($1::text[])"
_FOUND = (
    "select coalesce(json_agg(v order by v.name, v.code), '[]')::text from ("
    "select * from districts where words like all($1::text[]) and (closed_on is null or closed_on > $3) "
    "order by name, code limit $2) v"
)


@cache
def _adapter(row: type[Any]) -> TypeAdapter[list[Any]]:
    return TypeAdapter(list[row])  # type: ignore[valid-type]


async def _rows(db: Any, row: type[R], query: str, *arguments: object) -> list[R]:
    found: list[R] = _adapter(cast("Any", row)).validate_json(await db.fetchval(query, *arguments))
    return found


async def educator(db: Any, educator_id: UUID) -> EducatorRow | None:
    return next(iter(await _rows(db, EducatorRow, _EDUCATOR, educator_id)), None)


async def certificates(db: Any, educator_id: UUID) -> list[CertificateRow]:
    """Those that last longest first."""
    return await _rows(db, CertificateRow, _CERTIFICATES, educator_id)


async def letter_link(db: Any, link_id: UUID) -> LinkRow | None:
    """The one this transaction is set to."""
    return next(iter(await _rows(db, LinkRow, _LINK, link_id)), None)


async def letter_links(db: Any, application_id: UUID) -> list[LinkRow]:
    """The oldest first, also those whose day is over."""
    return await _rows(db, LinkRow, _LINKS, application_id)


async def drafts(db: Any, educator_id: UUID) -> list[DraftRow]:
    """Those saved last first, also of submitted applications."""
    return await _rows(db, DraftRow, _DRAFTS, educator_id)


async def statuses(db: Any, educator_id: UUID) -> list[StatusRow]:
    """The newest first."""
    return await _rows(db, StatusRow, _STATUSES, educator_id)


async def status(db: Any, educator_id: UUID, application_id: UUID) -> StatusRow | None:
    return next(iter(await _rows(db, StatusRow, _STATUS, application_id, educator_id)), None)


async def timeline(db: Any, educator_id: UUID, application_id: UUID) -> TimelineRow | None:
    return next(iter(await _rows(db, TimelineRow, _TIMELINE, application_id, educator_id)), None)


async def districts(db: Any, *codes: DistrictCode | None) -> dict[DistrictCode, DistrictRow]:
    wanted = [each for each in codes if each]
    return {each.code: each for each in await _rows(db, DistrictRow, _DISTRICTS, wanted)} if wanted else {}


async def find_districts(db: Any, words: str, today: date) -> list[DistrictRow]:
    """Districts that are open on a Chicago day, whose code, name or county has every word that tells them apart; at
    most fifty, by name."""
    typed = words.replace("\x00", " ").replace(",", " ").lower().split()
    telling = [each for each in typed if each not in SAID_OF_ALL] or typed
    parts = [f"%{_literal(each)}%" for each in telling[:8]]
    return await _rows(db, DistrictRow, _FOUND, parts, MOST_DISTRICTS, today) if parts else []


def _literal(word: str) -> str:
    """A word without a meaning of its own in LIKE."""
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
