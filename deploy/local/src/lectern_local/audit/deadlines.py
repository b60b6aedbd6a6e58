"""Deadlines: what has fallen due was done, and what is to happen once happened once."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from sqlite3 import Connection
from typing import Final

from lectern_local.audit.violation import Kind, Violation

GRACE: Final = timedelta(minutes=5)
"""A row that fell due so shortly before the last fact may still be asked about."""
_NOW = "select max(recorded_at) from fact"
_ROWS = "select log, view, key, row from live where json_valid(row) and json_extract(row, '$.due_at') is not null"
_WAITS = """
select json_extract(data, '$.application_id') as application, json_extract(data, '$.occasion') as occasion,
    count(*) as times from fact where log = 'notifications' and type = 'WaitReminded' and json_valid(data)
group by application, occasion having count(*) > 1
"""
_OVERDUE = """
select application, district, count(*) as times from step where own and type = 'VerificationOverdue'
group by application, district having count(*) > 1
"""


def nothing_due(db: Connection) -> Iterator[Violation]:
    """No deadline fell due, as far as the logs reach, and was not acted on."""
    now = db.execute(_NOW).fetchone()[0]
    if now is None:
        return
    since = datetime.fromisoformat(now) - GRACE
    for row in db.execute(_ROWS):
        due_at = json.loads(row["row"])["due_at"]
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
