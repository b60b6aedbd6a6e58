"""Deadlines: what has fallen due was done, and what is to happen once happened once."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from sqlite3 import Connection
from typing import Final

from lectern_local.audit.violation import Kind, Violation

GRACE: Final = timedelta(minutes=5)
"""A row that fell due so shortly before the last fact may still be asked about."""
WEEKEND: Final = timedelta(days=5)
BY_DAY: Final = frozenset(
    {"district_news", "certificates_expiring", "waits", "verifications_due", "promises_due", "drafts_lying"}
)
"""What people are told by day only may wait for the next working day, also over a long weekend."""
_NOW = "select max(recorded_at) from fact"
_ROWS = "select log, view, key, row from live where json_valid(row) and json_extract(row, '$.due_at') is not null"
_WAITS = """
select json_extract(data, '$.application_id') as application, json_extract(data, '$.occasion') as occasion,
    count(*) as times from fact where log = 'notifications' and type = 'WaitReminded' and json_valid(data)
group by application, occasion having count(*) > 1
"""
_OVERDUE = """
select application, district, count(*) as times from step
where own and type in ('VerificationOverdue', 'ContactHoursOverdue', 'ContactHoursCompleted')
group by application, district, type having count(*) > 1
"""
_DIGESTS = """
select json_extract(data, '$.district') as district, json_extract(data, '$.day') as day, count(*) as times,
    sum((select count(distinct s.notice_id) from step s where s.own
        and s.notice_id = json_extract(fact.data, '$.notice_id')
        and s.type in ('NoticeSent', 'NoticeFailed', 'NoticeUncertain'))) as ended
from fact where log = 'notifications' and type = 'DigestMade' and json_valid(data)
group by district, day having count(*) > 1 or ended <> 1
"""
_UNASKED = """
select distinct s.notice_id from step s where s.own and s.notice = 'digest' and s.type = 'NoticeSent'
and not exists (select 1 from fact d where d.type = 'DigestMade' and d.log = 'notifications'
    and json_extract(d.data, '$.notice_id') = s.notice_id)
"""
_TOLD = """
select json_extract(f.data, '$.application_id') as application, n.value as news, count(*) as times
from fact f, json_each(f.data, '$.news') n where f.log = 'notifications' and f.type = 'DistrictTold'
group by application, news having count(*) > 1
"""


def nothing_due(db: Connection) -> Iterator[Violation]:
    """No deadline fell due, as far as the logs reach, and was not acted on."""
    now = db.execute(_NOW).fetchone()[0]
    if now is None:
        return
    for row in db.execute(_ROWS):
        due_at = json.loads(row["row"])["due_at"]
        since = datetime.fromisoformat(now) - (WEEKEND if row["view"] in BY_DAY else GRACE)
        if datetime.fromisoformat(due_at) < since:
            yield Violation(Kind.DEADLINE, f"{row['log']}: row {row['key']} of {row['view']} is due since {due_at}.")


def late_once(db: Connection) -> Iterator[Violation]:
    """Whoever has an application is reminded of each occasion once, and a district is overdue with it once."""
    for row in db.execute(_WAITS):
        yield Violation(
            Kind.MAIL_TWICE,
            f"Application {row['application']}: reminded {row['times']} times of “{row['occasion']}”.",
        )
    for row in db.execute(_OVERDUE):
        yield Violation(
            Kind.DEADLINE,
            f"Application {row['application']}: said to be overdue at {row['district']} {row['times']} times.",
        )


def digests_once(db: Connection) -> Iterator[Violation]:
    """A district has one email of a working day at most, and each piece of news is in one of them only."""
    for row in db.execute(_DIGESTS):
        yield Violation(
            Kind.MAIL_TWICE if row["times"] > 1 else Kind.MAIL_MISSING,
            f"District {row['district']}: {row['times']} daily emails of {row['day']}, {row['ended']} with an end.",
        )
    for row in db.execute(_UNASKED):
        yield Violation(Kind.MAIL_UNASKED, f"Notice {row['notice_id']} (digest) belongs to no day of a district.")
    for row in db.execute(_TOLD):
        yield Violation(
            Kind.MAIL_TWICE, f"Application {row['application']}: “{row['news']}” told {row['times']} times."
        )
