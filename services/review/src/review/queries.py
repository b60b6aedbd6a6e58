"""What pages and API read: as the reader role, in a transaction that is set to a role of DESE."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, TypeAlias, TypeVar
from uuid import UUID

from pydantic import TypeAdapter

from lectern.contracts.values import (
    ApplicationId,
    CertificateId,
    CertificateStatus,
    DistrictCode,
    OfficerId,
    PersonId,
    Reference,
)
from lectern.rules.clocks import Clock
from review.arrivals_waiting import WaitingRow
from review.case_history import HistoryRow
from review.case_page import CasePageRow
from review.districts import DistrictRow
from review.provided import ProvidedRow
from review.register_certificates import CertificateRow
from review.register_people import PersonRow
from review.review_queue import QueueRow, Stage
from review.staff_list import StaffRow
from review.status_changes import StatusChangesRow

if TYPE_CHECKING:
    import asyncpg
    from asyncpg.pool import PoolConnectionProxy

    Db: TypeAlias = "asyncpg.Connection[asyncpg.Record] | PoolConnectionProxy[asyncpg.Record]"

R = TypeVar("R")
PAGE = 50
FIRST = (-(2**63), UUID(int=0))
"""Before every line."""

_QUEUE = TypeAdapter(QueueRow)
_PAGES = TypeAdapter(CasePageRow)
_HISTORIES = TypeAdapter(HistoryRow)
_PEOPLE = TypeAdapter(PersonRow)
_STATUS_CHANGES = TypeAdapter(StatusChangesRow)
_CERTIFICATES = TypeAdapter(CertificateRow)
_DISTRICTS = TypeAdapter(DistrictRow)
_STAFF = TypeAdapter(StaffRow)
_ARRIVALS = TypeAdapter(WaitingRow)
_CLOCKS: TypeAdapter[Clock] = TypeAdapter(Clock)
_PROVIDED = TypeAdapter(ProvidedRow)


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for in the queue. `text` is a reference, an Educator ID or parts of a name."""

    stages: Sequence[Stage]
    reviewer: OfficerId | None = None
    nobody: bool = False
    district: DistrictCode | None = None
    text: str | None = None
    reference: Reference | None = None
    sort: str = "age"
    named: Sequence[PersonId] = ()
    """Whom the register has under the name in `text`: they are found, too."""
    expiring: date | None = None
    """Only those whose certificate expires within 60 days from this day on."""


@dataclass(frozen=True)
class Line:
    """A row of the queue with what belongs to it. `first` and `last` are None until the name is there."""

    row: QueueRow
    first: str | None
    last: str | None
    number: str | None
    district: str | None
    expires_on: date | None
    status: CertificateStatus | None
    rank: int
    """What the list is sorted by."""


@dataclass(frozen=True)
class Numbers:
    """Counts over all that is ready for a decision and is looked for, on whichever page it stands."""

    expiring: int
    untaken: int
    oldest: ApplicationId | None
    clock: Clock
    """How long DESE has had the oldest one."""
    first: str | None
    last: str | None
    """Whose the oldest one is."""


_FILTER = """
    and ($2::uuid is null or q.reviewer = $2)
    and (not $3 or q.reviewer is null)
    and ($4::text is null or q.district = $4)
    and ($5::text is null or q.reference = $5)
    and ($6::text is null or p.educator_number = $6 or q.educator_id = any($8) or p.folded like all (
        select '%' || replace(replace(replace(word, '\\', '\\\\'), '%', '\\%'), '_', '\\_') || '%'
        from unnest(string_to_array(lower($6), ' ')) as word where word <> ''
    ))
    and ($7::date is null or c.expires_on between $7 and $7 + 60)
"""
_FROM = """
    from review_queue q
    left join people p on p.person_id = q.educator_id
    left join districts d on d.code = q.district
    left join register_certificates c on c.certificate_id = q.certificate_id
"""
_LINES = (
    """
with found as (
    select q.*, p.first_name, p.last_name, p.educator_number, d.name as district_name, c.expires_on, c.status as held,
        case $9
            when 'latest' then -(extract(epoch from coalesce(q.decided_at, q.since)) * 1000000)::bigint
            when 'expiry' then (coalesce(c.expires_on, date '9999-12-31') - date '2000-01-01')::bigint
            else (extract(epoch from coalesce(q.sent_at, q.since)) * 1000000)::bigint
        end as rank"""
    + _FROM
    + "where q.stage = any($1)"
    + _FILTER
    + """
)
select row_to_json(q)::text as q, f.first_name, f.last_name, f.educator_number, f.district_name, f.expires_on, f.held,
    f.rank
from found f join review_queue q using (application_id)
where (f.rank, f.application_id) > ($10::bigint, $11::uuid)
order by f.rank, f.application_id limit $12
"""
)
_COUNTS = (
    "select q.stage, count(*) as n, count(*) filter (where q.reviewer = $9) as mine"
    + _FROM
    + "where q.stage = any($1)"
    + _FILTER
    + "group by q.stage"
)
_NUMBERS = (
    """
select
    count(*) filter (where c.expires_on between $9 and $9 + 60) as expiring,
    count(*) filter (where q.reviewer is null) as untaken,
    (array_agg(q.application_id order by coalesce(q.sent_at, q.since), q.application_id))[1] as oldest,
    (array_agg(q.state_clock order by coalesce(q.sent_at, q.since), q.application_id))[1]::text as clock,
    (array_agg(p.first_name order by coalesce(q.sent_at, q.since), q.application_id))[1] as first,
    (array_agg(p.last_name order by coalesce(q.sent_at, q.since), q.application_id))[1] as last"""
    + _FROM
    + "where q.stage = any($1)"
    + _FILTER
)
_WAITING = """
select count(*) filter (where q.stage = 'ready') as ready,
    count(*) filter (where q.stage = 'second' and q.proposed_by <> $1 and $1 <> all (q.decided_by)) as second
from review_queue q
"""
_NEXT = """
select q.application_id, q.submission from review_queue q
where q.stage = 'ready' and (q.reviewer is null or q.reviewer = $1) and $1 <> all (q.decided_by)
order by q.reviewer nulls last, coalesce(q.sent_at, q.since), q.application_id limit 10
"""
_CASE = """
select row_to_json(q)::text as q, row_to_json(v)::text as v, row_to_json(h)::text as h, row_to_json(p)::text as p,
    row_to_json(d)::text as d, row_to_json(s)::text as s
from review_queue q
join case_page v using (application_id)
join case_history h using (application_id)
left join register_people p on p.person_id = q.educator_id
left join districts d on d.code = q.district
left join staff_list s on s.office = 'dese'
where q.application_id = $1
"""
_PROVIDED_WITH = "select row_to_json(p)::text from provided p where p.application_id = $1"
_CERTIFICATES_OF = """
select row_to_json(c)::text as c from register_certificates c where c.person_id = $1
order by c.expires_on desc, c.issued_on
"""
_APPLICATIONS_OF = """
select row_to_json(q)::text as q from review_queue q where q.educator_id = $1 order by q.submitted_at desc limit 20
"""
_STATUS_CHANGES_OF = "select row_to_json(s)::text as s from status_changes s where s.person_id = $1"
_STATUS_CHANGES_WAITING = """
select row_to_json(s)::text as s from status_changes s where s.waiting_since is not null
order by s.waiting_since, s.certificate_id limit 200
"""
_OPEN_ABOUT = """
select row_to_json(q)::text as q from review_queue q join case_page v using (application_id)
where $1 = any(v.certificate_ids) and q.decided_at is null order by q.submitted_at
"""
_PERSON = "select row_to_json(p)::text from register_people p where p.person_id = $1"
_KNOWN = "select number_token, person_id from register_people where number_token = any($1)"
_WAITING_ARRIVALS = """
select row_to_json(a)::text as a from arrivals_waiting a order by a.at, a.arrival_id limit 200
"""
_ARRIVAL = "select row_to_json(a)::text from arrivals_waiting a where a.arrival_id = $1"
_STAFF_ROW = "select row_to_json(s)::text from staff_list s where s.office = 'dese'"
_DISTRICTS_OF = """
select distinct d.code, d.name from review_queue q join districts d on d.code = q.district order by d.name, d.code
"""


async def lines(db: "Db", wanted: Wanted, after: tuple[int, UUID] = FIRST, limit: int = PAGE) -> list[Line]:
    """A page of the queue in its order, and one line more where there is a next page."""
    rows = await db.fetch(_LINES, *_filtered(wanted), wanted.sort, *after, limit + 1)
    return [_line(row) for row in rows]


async def counts(db: "Db", wanted: Wanted, reviewer: OfficerId) -> tuple[dict[Stage, int], dict[Stage, int]]:
    """How many of what is looked for there are at each stage, and how many of them this reviewer has."""
    rows = await db.fetch(_COUNTS, *_filtered(replace(wanted, stages=tuple(Stage), reviewer=None)), reviewer)
    nothing = dict.fromkeys(Stage, 0)
    return (
        nothing | {Stage(row["stage"]): row["n"] for row in rows},
        nothing | {Stage(row["stage"]): row["mine"] for row in rows},
    )


async def numbers(db: "Db", wanted: Wanted, today: date) -> Numbers:
    """Over all of what is looked for."""
    (row,) = await db.fetch(_NUMBERS, *_filtered(wanted), today)
    return Numbers(**{**row, "clock": _CLOCKS.validate_json(row["clock"] or "[]")})


async def waiting(db: "Db", officer: OfficerId) -> tuple[int, int]:
    """How many are ready for a decision, and how many proposals of others wait for a second person."""
    (row,) = await db.fetch(_WAITING, officer)
    return row["ready"], row["second"]


async def next_cases(db: "Db", reviewer: OfficerId) -> list[tuple[ApplicationId, int]]:
    """What is to be worked on next, with the submission: one's own first, then what nobody has, the oldest first."""
    rows = await db.fetch(_NEXT, reviewer)
    return [(row["application_id"], row["submission"]) for row in rows]


@dataclass(frozen=True)
class CaseRows:
    """All rows about one case."""

    queue: QueueRow
    page: CasePageRow
    history: HistoryRow
    person: PersonRow | None
    district: DistrictRow | None
    staff: StaffRow | None
    certificates: list[CertificateRow]
    applications: list[QueueRow]
    """All of this person, this one too, the last one first."""


async def case_rows(db: "Db", application_id: ApplicationId) -> CaseRows | None:
    row = await db.fetchrow(_CASE, application_id)
    if row is None:
        return None
    queue = _QUEUE.validate_json(row["q"])
    return CaseRows(
        queue,
        _PAGES.validate_json(row["v"]),
        _HISTORIES.validate_json(row["h"]),
        _maybe(_PEOPLE, row["p"]),
        _maybe(_DISTRICTS, row["d"]),
        _maybe(_STAFF, row["s"]),
        await certificates_of(db, queue.educator_id),
        await applications_of(db, queue.educator_id),
    )


async def provided_with(db: "Db", application_id: ApplicationId) -> ProvidedRow:
    """The files that came with an application; nothing where there are none."""
    text = await db.fetchval(_PROVIDED_WITH, application_id)
    return _PROVIDED.validate_json(text) if text else ProvidedRow(application_id)


async def certificates_of(db: "Db", person: PersonId) -> list[CertificateRow]:
    return [_CERTIFICATES.validate_json(row["c"]) for row in await db.fetch(_CERTIFICATES_OF, person)]


async def status_changes_of(db: "Db", person: PersonId) -> list[StatusChangesRow]:
    return [_STATUS_CHANGES.validate_json(row["s"]) for row in await db.fetch(_STATUS_CHANGES_OF, person)]


async def status_changes_waiting(db: "Db") -> list[StatusChangesRow]:
    """What waits for a second person, the oldest first."""
    return [_STATUS_CHANGES.validate_json(row["s"]) for row in await db.fetch(_STATUS_CHANGES_WAITING)]


async def open_about(db: "Db", certificate: CertificateId) -> list[QueueRow]:
    """The applications about a certificate that are not decided or ended."""
    return [_QUEUE.validate_json(row["q"]) for row in await db.fetch(_OPEN_ABOUT, certificate)]


async def applications_of(db: "Db", person: PersonId) -> list[QueueRow]:
    return [_QUEUE.validate_json(row["q"]) for row in await db.fetch(_APPLICATIONS_OF, person)]


async def person_row(db: "Db", person: PersonId) -> PersonRow | None:
    return _maybe(_PEOPLE, await db.fetchval(_PERSON, person))


async def persons_by_token(db: "Db", tokens: Sequence[str]) -> dict[str, PersonId]:
    """Who is in the register under these fingerprints of Educator IDs."""
    return {row["number_token"]: row["person_id"] for row in await db.fetch(_KNOWN, list(tokens))}


async def arrivals(db: "Db") -> list[WaitingRow]:
    """What waits for a person, the oldest first."""
    return [_ARRIVALS.validate_json(row["a"]) for row in await db.fetch(_WAITING_ARRIVALS)]


async def arrival(db: "Db", arrival_id: UUID) -> WaitingRow | None:
    return _maybe(_ARRIVALS, await db.fetchval(_ARRIVAL, arrival_id))


async def staff_row(db: "Db") -> StaffRow | None:
    return _maybe(_STAFF, await db.fetchval(_STAFF_ROW))


async def districts_of_queue(db: "Db") -> list[tuple[DistrictCode, str]]:
    """Districts that have an application here, for the filter."""
    return [(row["code"], row["name"]) for row in await db.fetch(_DISTRICTS_OF)]


def _filtered(wanted: Wanted) -> tuple[object, ...]:
    """What stands for $1 to $8 in every list and count."""
    return (
        [each.value for each in wanted.stages],
        wanted.reviewer,
        wanted.nobody,
        wanted.district,
        wanted.reference,
        wanted.text,
        wanted.expiring,
        list(wanted.named),
    )


def _maybe(adapter: TypeAdapter[R], text: str | None) -> R | None:
    return adapter.validate_json(text) if text else None


def _line(row: "asyncpg.Record") -> Line:
    return Line(
        _QUEUE.validate_json(row["q"]),
        row["first_name"],
        row["last_name"],
        row["educator_number"],
        row["district_name"],
        row["expires_on"],
        CertificateStatus(row["held"]) if row["held"] else None,
        row["rank"],
    )
