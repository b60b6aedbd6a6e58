"""What pages and API read: as the reader role, in a transaction that is set to one district."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, TypeAlias
from uuid import UUID

from pydantic import TypeAdapter

from district_worklog.case_page import CasePageRow
from district_worklog.copies import CopiesRow
from district_worklog.districts import DistrictRow
from district_worklog.educators import EducatorRow
from district_worklog.left_items import LeftRow
from district_worklog.promises_due import PromiseRow
from district_worklog.work_log import End, Stage, WorkLogRow
from lectern.contracts.values import ApplicationId, CertificateStatus, DistrictCode, EstablishedBy
from lectern.rules.clocks import Clock
from lectern.rules.rule_sets import rule_sets

if TYPE_CHECKING:
    import asyncpg
    from asyncpg.pool import PoolConnectionProxy

    Db: TypeAlias = "asyncpg.Connection[asyncpg.Record] | PoolConnectionProxy[asyncpg.Record]"

PAGE = 50
_ROWS = TypeAdapter(WorkLogRow)
_PAGES = TypeAdapter(CasePageRow)
_LEFT_ROWS = TypeAdapter(LeftRow)
_EDUCATORS = TypeAdapter(EducatorRow | None)
_DISTRICTS = TypeAdapter(DistrictRow)
_CLOCKS: TypeAdapter[Clock] = TypeAdapter(Clock)
_COPIES = TypeAdapter(CopiesRow)
_PROMISE = TypeAdapter(PromiseRow)
_PROMISES = """
select row_to_json(d)::text as p, p.first_name, p.last_name
from promises_due d left join people p on p.person_id = d.educator_id
where d.reactivated_on is not null and ($1::uuid is null or d.application_id = $1)
order by d.completed_on is not null, d.due_on, d.application_id limit 500
"""


@dataclass(frozen=True)
class Line:
    """A row of the work log with what belongs to its person."""

    row: WorkLogRow
    educator: EducatorRow | None
    expires_on: date | None
    status: CertificateStatus | None
    rank: int
    """What the list is sorted by."""


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for. `only` are the applications that a search found."""

    district: DistrictCode
    kind: str | None = None
    claimed_by: UUID | None = None
    unclaimed: bool = False
    sort: str = "expiry"
    only: Sequence[UUID] | None = None
    expiring: date | None = None
    """Only those whose certificate expires within 60 days from this day on."""
    ready: bool = False
    """Only those of which every criterion of the district is met."""
    ended: End | None = None
    """Only those that ended like this; counts of other stages don't look at it."""


@dataclass(frozen=True)
class Numbers:
    """Counts over all that waits, whatever is looked for."""

    waiting: int = 0
    expiring: int = 0
    ready: int = 0
    oldest: UUID | None = None
    clock: Clock = ()
    """Of the oldest one."""


_ITEMS = """
with items as (
    select application_id, educator_id, district, kind, rules, reference, submission, first, stage, submitted_on,
        requested_at, claimed_by, claimed, claimed_at, recorded, met, recorded_before, met_before, moved_at, closed_as,
        clock, asked_at, overdue, declined
    from work_log
    union all
    select application_id, educator_id, district, kind, rules, reference, submission, submission, 'closed',
        submitted_on, left_at, null, null, null, '{}', '{}', '{}', '{}', left_at, 'left',
        '[]'::jsonb, null::timestamptz, false, declined
    from left_items l where not exists (select from work_log w where w.application_id = l.application_id)
)
"""
"""What stands in the work log, and what left it: a reader's row security has only its own district's of both."""
_LINES = f"""
{_ITEMS}, mine as (
    select w, e, c.expires_on, c.status, w.application_id,
        case $6
            when 'age' then (extract(epoch from w.requested_at) * 1000000)::bigint
            when 'latest' then -(extract(epoch from coalesce(w.moved_at, w.requested_at)) * 1000000)::bigint
            else (coalesce(c.expires_on, date '9999-12-31') - date '2000-01-01')::bigint
        end as rank
    from items w
    left join educators e on e.person_id = w.educator_id
    left join lateral (
        select expires_on, status from certificates
        where person_id = w.educator_id order by kind <> 'IPC', expires_on limit 1
    ) c on true
    where w.district = $1 and w.stage = $2
        and ($14::text is null or w.closed_as = $14)
        and ($3::text is null or w.kind = $3)
        and ($4::uuid is null or w.claimed_by = $4)
        and (not $5 or w.claimed_by is null)
        and ($7::uuid[] is null or w.application_id = any($7))
        and ($8::date is null or exists (
            select from certificates x
            where x.person_id = w.educator_id and x.kind = 'IPC' and x.expires_on between $8 and $8 + 60
        ))
        and (not $9 or cardinality(w.met) >= ($13::jsonb -> w.rules ->> w.kind)::int)
)
select row_to_json(w)::text as w, row_to_json(e)::text as e, expires_on, status, rank
from mine where (rank, application_id) > ($10::bigint, $11::uuid)
order by rank, application_id limit $12
"""
_COUNTS = f"""
{_ITEMS}
select stage, count(*) as n from items w
where w.district = $1
    and ($2::text is null or w.kind = $2)
    and ($3::uuid is null or w.claimed_by = $3)
    and (not $4 or w.claimed_by is null)
    and ($5::uuid[] is null or w.application_id = any($5))
    and ($6::date is null or exists (
        select from certificates x
        where x.person_id = w.educator_id and x.kind = 'IPC' and x.expires_on between $6 and $6 + 60
    ))
    and (not $7 or cardinality(w.met) >= ($8::jsonb -> w.rules ->> w.kind)::int)
    and ($9::text is null or w.stage <> 'closed' or w.closed_as = $9)
group by stage
"""
_NUMBERS = """
select
    count(*) as waiting,
    count(*) filter (where exists (
        select from certificates c
        where c.person_id = w.educator_id and c.kind = 'IPC' and c.expires_on between $2 and $2 + 60
    )) as expiring,
    count(*) filter (where cardinality(w.met) >= ($3::jsonb -> w.rules ->> w.kind)::int) as ready,
    (array_agg(w.application_id order by w.requested_at, w.application_id))[1] as oldest,
    (array_agg(w.clock order by w.requested_at, w.application_id))[1]::text as clock
from work_log w where w.district = $1 and w.stage = 'to-verify'
"""
_SEARCHED = f"""
{_ITEMS}
select w.application_id from items w left join people p on p.person_id = w.educator_id
where w.district = $1 and (
    w.reference = $2 or p.educator_number = $3
    or (select bool_and(strpos(p.folded, lower(word)) > 0) from unnest($4::text[]) word)
)
"""
_LINE = """
select row_to_json(w)::text as w, row_to_json(e)::text as e, c.expires_on, c.status, 0::bigint as rank,
    row_to_json(p)::text as p
from work_log w
join case_page p on p.application_id = w.application_id
left join educators e on e.person_id = w.educator_id
left join lateral (
    select expires_on, status from certificates
    where person_id = w.educator_id order by kind <> 'IPC', expires_on limit 1
) c on true
where w.district = $1 and w.application_id = $2
"""
_COPIES_OF = "select row_to_json(c)::text from copies c where c.application_id = $1"
_LEFT = """
select row_to_json(l)::text as l, row_to_json(e)::text as e
from left_items l
left join educators e on e.person_id = l.educator_id
where l.district = $1 and l.application_id = $2
"""
_DISTRICT = "select row_to_json(d)::text from districts d where d.code = $1"

ASKED = json.dumps(
    {
        version: {kind: len(of.established(EstablishedBy.DISTRICT)) for kind, of in rules.kinds.items()}
        for version, rules in rule_sets().items()
    }
)
"""By rule set and kind: how many criteria have to be met before something is ready to sign."""
FIRST = (-(2**63), UUID(int=0))
"""Before every line."""


async def promises(db: "Db") -> list[tuple[PromiseRow, str]]:
    """Those of reactivated certificates with the educator's name: the open ones first, by their last day."""
    rows = await db.fetch(_PROMISES, None)
    return [_promise(row) for row in rows]


async def promise(db: "Db", application_id: ApplicationId) -> tuple[PromiseRow, str] | None:
    rows = await db.fetch(_PROMISES, application_id)
    return _promise(rows[0]) if rows else None


def _promise(row: Any) -> tuple[PromiseRow, str]:
    name = " ".join(each for each in (row["first_name"], row["last_name"]) if each)
    return _PROMISE.validate_json(row["p"]), name or "Name erased"


async def lines(
    db: "Db", wanted: Wanted, stage: Stage, after: tuple[int, UUID] = FIRST, limit: int = PAGE
) -> list[Line]:
    """A page of the list, in its order, and one line more where there is a next page."""
    rows = await db.fetch(
        _LINES,
        wanted.district,
        stage.value,
        wanted.kind,
        wanted.claimed_by,
        wanted.unclaimed,
        wanted.sort,
        wanted.only,
        wanted.expiring,
        wanted.ready,
        *after,
        limit + 1,
        ASKED,
        wanted.ended,
    )
    return [_line(row) for row in rows]


async def counts(db: "Db", wanted: Wanted) -> dict[Stage, int]:
    """How many there are in each stage."""
    rows = await db.fetch(
        _COUNTS,
        wanted.district,
        wanted.kind,
        wanted.claimed_by,
        wanted.unclaimed,
        wanted.only,
        wanted.expiring,
        wanted.ready,
        ASKED,
        wanted.ended,
    )
    return dict.fromkeys(Stage, 0) | {Stage(row["stage"]): row["n"] for row in rows}


async def numbers(db: "Db", district: DistrictCode, today: date) -> Numbers:
    row = await db.fetchrow(_NUMBERS, district, today, ASKED)
    if row is None or row["clock"] is None:
        return Numbers()
    return Numbers(**{**row, "clock": _CLOCKS.validate_json(row["clock"])})


async def searched(db: "Db", district: DistrictCode, text: str, reference: str | None) -> list[UUID]:
    """The district's applications with this reference or Educator ID, or whose educator's name has all these words."""
    rows = await db.fetch(_SEARCHED, district, reference, text, text.split() or [text])
    return [row["application_id"] for row in rows]


async def one(db: "Db", district: DistrictCode, application_id: ApplicationId) -> tuple[Line, CasePageRow] | None:
    """One application with its page; None where it is not there, or another district's."""
    row = await db.fetchrow(_LINE, district, application_id)
    return (_line(row), _PAGES.validate_json(row["p"])) if row else None


async def copies_of(db: "Db", application_id: ApplicationId) -> CopiesRow:
    """What came with an application; nothing where there is none, or it is another district's."""
    text = await db.fetchval(_COPIES_OF, application_id)
    return _COPIES.validate_json(text) if text else CopiesRow(application_id)


async def left(
    db: "Db", district: DistrictCode, application_id: ApplicationId
) -> tuple[LeftRow, EducatorRow | None] | None:
    """An application that this district had and that names another one now."""
    row = await db.fetchrow(_LEFT, district, application_id)
    if row is None:
        return None
    return _LEFT_ROWS.validate_json(row["l"]), _EDUCATORS.validate_json(row["e"]) if row["e"] else None


async def next_to_verify(db: "Db", district: DistrictCode, sort: str) -> Line | None:
    """The first one that waits, in this order."""
    found = await lines(db, Wanted(district, sort=sort), Stage.TO_VERIFY, limit=0)
    return found[0] if found else None


async def district_row(db: "Db", code: DistrictCode) -> DistrictRow | None:
    text = await db.fetchval(_DISTRICT, code)
    return _DISTRICTS.validate_json(text) if text else None


def _line(row: "asyncpg.Record") -> Line:
    status = row["status"]
    return Line(
        row=_ROWS.validate_json(row["w"]),
        educator=_EDUCATORS.validate_json(row["e"]) if row["e"] else None,
        expires_on=row["expires_on"],
        status=CertificateStatus(status) if status else None,
        rank=row["rank"],
    )
