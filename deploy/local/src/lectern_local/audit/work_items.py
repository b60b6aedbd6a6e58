"""One work item for each submission that names a district; one answer at most to each, by the district asked, and one
more to each question of DESE that opened it again."""

from collections.abc import Iterator
from datetime import date, datetime
from sqlite3 import Connection

from lectern.contracts.days import chicago_day
from lectern_local.audit.deadlines import GRACE
from lectern_local.audit.violation import Kind, Violation

_WRONG = """
select application, submission, sum(asked) as asked, sum(items) as items, sum(reopened) as reopened,
    sum(answers) as answers from (
    select application, submission, log = 'applications' and district is not null as asked,
        type = 'VerificationRequested' as items,
        type = 'VerificationReopened' as reopened,
        type in ('DistrictVerified', 'DistrictReturned', 'DistrictDeclined',
            'VerificationReassigned') as answers
    from step where own and type in ('ApplicationSubmitted', 'ApplicationCorrected', 'EmployerChanged',
        'VerificationRequested', 'VerificationReopened', 'DistrictVerified', 'DistrictReturned', 'DistrictDeclined',
            'VerificationReassigned'))
group by application, submission having sum(asked) > 1 or sum(items) <> sum(asked)
    or sum(answers) > sum(items) + sum(reopened)
"""


_STRANGERS = """
select a.application, a.submission, a.type, a.district, i.district as asked
from step a join step i on i.application = a.application and i.submission = a.submission and i.own
    and i.type = 'VerificationRequested'
where a.own and a.district <> i.district
    and a.type in ('VerificationClaimed', 'DistrictVerified', 'DistrictReturned', 'DistrictDeclined',
            'VerificationReassigned')
"""
_NAMED = """
select i.application, i.submission, i.district, n.district as named
from step i join step n on n.application = i.application and n.submission = i.submission and n.own
    and n.type in ('ApplicationSubmitted', 'ApplicationCorrected', 'EmployerChanged')
where i.own and i.type = 'VerificationRequested' and i.district <> n.district
"""


def only_the_named_district(db: Connection) -> Iterator[Violation]:
    """The district that is asked is the one that was named, and no other one has a word in it."""
    for row in db.execute(_NAMED):
        yield Violation(
            Kind.WORK_ITEM,
            f"Application {row['application']}, submission {row['submission']}: {row['named']} was named, "
            f"{row['district']} was asked.",
        )
    for row in db.execute(_STRANGERS):
        yield Violation(
            Kind.WORK_ITEM,
            f"Application {row['application']}, submission {row['submission']}: {row['type']} by {row['district']}, "
            f"{row['asked']} was asked.",
        )


_PASSED_ON = """
select p.application, p.submission, p.destination from (
    select s.*, json_extract(f.data, '$.to') as destination from step s
    join fact f on f.log = s.log and f.position = s.position where s.own and s.type = 'VerificationReassigned') p
where not exists (select 1 from step e where e.own and e.application = p.application
    and (e.type = 'WithdrawalRequested' or (e.type in ('EmployerChanged', 'ApplicationCorrected')
        and e.submission = p.submission + 1)))
"""
_UNPASSED = """
select e.application, e.submission, e.district from step e
join fact f on f.log = e.log and f.position = e.position and json_extract(f.data, '$.why') = 'passed-on'
where e.own and e.type = 'EmployerChanged' and not exists (
    select 1 from step p join fact g on g.log = p.log and g.position = p.position
    where p.own and p.type = 'VerificationReassigned' and p.application = e.application
    and p.submission = e.submission - 1 and json_extract(g.data, '$.to') = e.district)
"""


def passed_on_once(db: Connection) -> Iterator[Violation]:
    """What a district passed on went to the district it said, and nothing went there as passed on that nobody did."""
    for row in db.execute(_PASSED_ON):
        yield Violation(
            Kind.WORK_ITEM,
            f"Application {row['application']}, submission {row['submission']}: passed on to {row['destination']}, "
            "and it never went on.",
        )
    for row in db.execute(_UNPASSED):
        yield Violation(
            Kind.WORK_ITEM,
            f"Application {row['application']}, submission {row['submission']}: at {row['district']} as passed on, "
            "which nobody did.",
        )


def one_work_item(db: Connection) -> Iterator[Violation]:
    for row in db.execute(_WRONG):
        yield Violation(
            Kind.WORK_ITEM,
            f"Application {row['application']}, submission {row['submission']}: handed in for a district "
            f"{row['asked']} times, {row['items']} work items, {row['answers']} answers of the district.",
        )


_CLOSINGS = """
select json_extract(data, '$.district') as district, json_extract(data, '$.closed_on') as closed_on,
    recorded_at, position from fact where type = 'DistrictClosed' and log = source and json_valid(data)
"""
_DECLINED_FOR_CLOSED = """
select json_extract(data, '$.application_id') as application, json_extract(data, '$.district') as district,
    json_extract(data, '$.declined_at') as at, json_extract(data, '$.reason') = 'district-closed' as closed,
    json_extract(data, '$.declined_by') is null as by_nobody, position
from fact where type = 'DistrictDeclined' and log = source and json_valid(data) order by position
"""
_WAITING = """
select i.application, i.submission, i.district, max(i.recorded_at) as asked_at from (
    select s.*, f.recorded_at from step s join fact f on f.log = s.log and f.position = s.position
    where s.own and s.type in ('VerificationRequested', 'VerificationReopened')) i
where not exists (select 1 from step a where a.own and a.application = i.application and a.submission >= i.submission
        and a.log = i.log and a.position > i.position
        and a.type in ('VerificationRequested', 'DistrictVerified', 'DistrictReturned', 'DistrictDeclined',
            'VerificationReassigned'))
    and not exists (select 1 from step e where e.own and e.application = i.application and e.type in (
        'ApplicationApproved', 'ApplicationDenied', 'ApplicationWithdrawn', 'ApplicationClosedIncomplete')
        and not exists (select 1 from step o where o.own and o.type = 'ReconsiderationOpened'
            and o.application = e.application and o.cycle = e.cycle + 1))
group by i.application, i.submission, i.district
"""


def nothing_waits_where_nobody_is(db: Connection) -> Iterator[Violation]:
    """What waited at a district that has closed was declined, by nobody; and nothing else was declined by nobody."""
    closings = {row["district"]: row for row in db.execute(_CLOSINGS)}
    for row in db.execute(_DECLINED_FOR_CLOSED):
        closing = closings.get(row["district"])
        shut = (
            closing is not None
            and closing["position"] < row["position"]
            and date.fromisoformat(closing["closed_on"]) <= chicago_day(datetime.fromisoformat(row["at"]))
        )
        if row["closed"] != row["by_nobody"] or (row["closed"] and not shut):
            yield Violation(
                Kind.WORK_ITEM,
                f"Application {row['application']}: declined by {'nobody' if row['by_nobody'] else 'somebody'} at "
                f"{row['district']}, which {'had closed' if shut else 'was open'}.",
            )
    now = db.execute("select max(recorded_at) from fact").fetchone()[0]
    for row in db.execute(_WAITING):
        closing = closings.get(row["district"])
        if closing is None:
            continue
        since = max(datetime.fromisoformat(closing["recorded_at"]), datetime.fromisoformat(row["asked_at"]))
        if datetime.fromisoformat(now) > since + GRACE and _closed_before(closing["closed_on"], now):
            yield Violation(
                Kind.WORK_ITEM,
                f"Application {row['application']}, submission {row['submission']}: waits at {row['district']}, which "
                "has closed.",
            )


def _closed_before(closed_on: str, now: str) -> bool:
    """Long enough ago that everything can have been declined."""
    return date.fromisoformat(closed_on) <= chicago_day(datetime.fromisoformat(now) - GRACE)
