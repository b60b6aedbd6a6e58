"""One case for each application and cycle, at most one end of it, and by it each certificate changed once."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from sqlite3 import Connection, Row
from typing import Any

from lectern.contracts.days import chicago_day
from lectern.contracts.values import CertificateStatus
from lectern.contracts.values import Kind as ApplicationKind
from lectern.rules.effects import effect
from lectern.rules.rule_sets import rule_sets
from lectern_local.audit.violation import Kind, Violation

_CASES = """
select application, cycle, sum(submitted) as submitted, sum(opened) as opened, sum(decided) as decided from (
    select application, cycle, type = 'ApplicationSubmitted' as submitted,
        type in ('ReviewOpened', 'ReconsiderationOpened') as opened,
        type in ('ApplicationApproved', 'ApplicationDenied', 'ApplicationWithdrawn',
            'ApplicationClosedIncomplete') as decided
    from step where own and type in
        ('ApplicationSubmitted', 'ReviewOpened', 'ReconsiderationOpened', 'ApplicationApproved', 'ApplicationDenied',
        'ApplicationWithdrawn', 'ApplicationClosedIncomplete'))
group by application, cycle having sum(opened) <> 1 or sum(decided) > 1
    or (cycle = 1 and sum(submitted) <> 1)
"""
_UNVERIFIED = """
select a.application, a.submission
from step a join step o on o.application = a.application and o.own and o.cycle = a.cycle
    and o.type in ('ReviewOpened', 'ReconsiderationOpened')
where a.type = 'ApplicationApproved' and a.own and o.district is not null and not exists (
    select 1 from step v where v.application = a.application and v.type = 'DistrictVerified' and v.log = a.log
    and v.submission = a.submission and v.position < a.position)
"""
_UNANSWERED = """
select d.application, q.request
from step d join step q on q.application = d.application and q.type = 'InformationRequested' and q.own
    and q.log = d.log and q.cycle = d.cycle and q.submission = d.submission and q.position < d.position
where d.type in ('ApplicationApproved', 'ApplicationDenied') and d.own and not exists (
    select 1 from step a where a.request = q.request and a.type in ('InformationSupplied', 'DistrictAnswered')
    and a.log = d.log and a.position < d.position)
"""
_CHANGES = """
select application, cycle, certificate, sum(owed) as owed, sum(changed) as changed from (
    select a.application, a.cycle, c.value as certificate, 1 as owed, 0 as changed
    from step a join step s on s.application = a.application and s.type = 'ApplicationSubmitted' and s.own,
        json_each(s.certificates) c
    where a.type = 'ApplicationApproved' and a.own
    union all
    select application, cycle, certificate, 0, 1 from step
    where type in ('CertificateUpgraded', 'CertificateExtended', 'CertificateReactivated') and own)
group by application, cycle, certificate having sum(owed) <> 1 or sum(changed) <> 1
"""

_STORIES = """
select stream, type, data from fact
where type in ('CertificateRecorded', 'CertificateUpgraded', 'CertificateExtended', 'CertificateReactivated',
        'CertificateStatusChanged')
    and log = source
    and json_valid(data)
order by stream, position
"""
_APPLIED_FOR = """
select kind, rules from step where application = ? and type = 'ApplicationSubmitted' and own
"""
_CHANGED_AT = {
    "CertificateUpgraded": "upgraded_at",
    "CertificateExtended": "extended_at",
    "CertificateReactivated": "reactivated_at",
}
_KINDS = {
    "CertificateUpgraded": "upgrade",
    "CertificateExtended": "extension",
    "CertificateReactivated": "reactivation",
}


def one_decision(db: Connection) -> Iterator[Violation]:
    for row in db.execute(_CASES):
        yield Violation(
            Kind.DECISION,
            f"Application {row['application']}, cycle {row['cycle']}: submitted {row['submitted']} times, "
            f"{row['opened']} cases, {row['decided']} decisions.",
        )
    for row in db.execute(_UNVERIFIED):
        yield Violation(
            Kind.DECISION,
            f"Application {row['application']} was approved before its district verified submission "
            f"{row['submission']}.",
        )


_CLOSED_UNASKED = """
select c.application from step c where c.type = 'ApplicationClosedIncomplete' and c.own and not exists (
    select 1 from step q where q.application = c.application and q.log = c.log and q.position < c.position
    and (q.type in ('DistrictReturned', 'DistrictDeclined')
        or (q.type = 'InformationRequested' and q.party = 'educator')))
"""


_UNASKED_AGAIN = """
select o.application, o.cycle from step o where o.type = 'ReconsiderationOpened' and o.own and not (
    exists (select 1 from step d where d.type = 'ApplicationDenied' and d.own and d.application = o.application
        and d.cycle = o.cycle - 1 and d.position < o.position)
    and exists (select 1 from step q where q.type = 'ReconsiderationRequested' and q.log = o.log
        and q.application = o.application and q.cycle = o.cycle - 1 and q.position < o.position))
"""
_UNOPENED_AGAIN = """
select q.application, q.cycle from step q where q.type = 'ReconsiderationRequested' and q.own and (
    select count(*) from step o where o.type = 'ReconsiderationOpened' and o.own and o.application = q.application
        and o.cycle = q.cycle + 1) <> 1
"""
_SIGNED = """
select json_extract(data, '$.application_id') as application, json_extract(data, '$.first') as first,
    json_extract(data, '$.second') as second
from fact where log = 'review' and type = 'DecisionSigned' and json_valid(data) order by application, position
"""


def decided_anew(db: Connection) -> Iterator[Violation]:
    """What is looked at again was denied and asked about, each time once, and others decide it than before."""
    for row in db.execute(_UNASKED_AGAIN):
        yield Violation(
            Kind.DECISION,
            f"Application {row['application']}, cycle {row['cycle']}: opened again, though no denial before it was "
            "asked about.",
        )
    for row in db.execute(_UNOPENED_AGAIN):
        yield Violation(
            Kind.DECISION,
            f"Application {row['application']}, cycle {row['cycle']}: a reconsideration was asked for, and not opened "
            "once.",
        )
    application, before = "", set[str]()
    for row in db.execute(_SIGNED):
        signed = {each for each in (row["first"], row["second"]) if each}
        if row["application"] == application and signed & before:
            yield Violation(
                Kind.DECISION, f"Application {application} was decided anew by somebody who had decided before."
            )
        application, before = row["application"], signed


def closed_only_unanswered(db: Connection) -> Iterator[Violation]:
    """Nothing is closed as incomplete that asked nothing of its educator: being late is no reason."""
    for row in db.execute(_CLOSED_UNASKED):
        yield Violation(Kind.DECISION, f"Application {row['application']} was closed though nothing was asked.")


def answered_before_decided(db: Connection) -> Iterator[Violation]:
    """Nobody decides while DESE waits for an answer it asked for."""
    for row in db.execute(_UNANSWERED):
        yield Violation(
            Kind.DECISION,
            f"Application {row['application']} was decided before question {row['request']} was answered.",
        )


def certificate_changed_once(db: Connection) -> Iterator[Violation]:
    """Each certificate of an approved application once; none by anything else."""
    for row in db.execute(_CHANGES):
        yield Violation(
            Kind.CERTIFICATE,
            f"Certificate {row['certificate']}, application {row['application']}, cycle {row['cycle']}: "
            f"{row['owed']} approvals, {row['changed']} changes.",
        )


def certificate_dates_by_rules(db: Connection) -> Iterator[Violation]:
    """Each change is of the kind that was applied for, and gives the days that the application's rule set says."""
    stream, expires_on = "", None
    for row in db.execute(_STORIES):
        said = json.loads(row["data"])
        if row["stream"] != stream:
            stream, expires_on = row["stream"], None
        applied = db.execute(_APPLIED_FOR, (said.get("application_id"),)).fetchone()
        if row["type"] in _CHANGED_AT and applied and (wrong := _wrong(row["type"], said, applied, expires_on)):
            yield Violation(Kind.CERTIFICATE, f"Certificate {said['certificate_id']}: {wrong}.")
        expires_on = said["expires_on"]


_BY_TWO = """
select f.data from fact f where f.type = 'CertificateStatusChanged' and f.log = f.source and json_valid(f.data)
    and not exists (select 1 from fact p join fact c on c.log = p.log and c.type = 'StatusChangeConfirmed'
        and json_extract(c.data, '$.change_id') = json_extract(p.data, '$.change_id')
        and json_extract(c.data, '$.by') <> json_extract(p.data, '$.by') and c.position > p.position
        where p.type = 'StatusChangeProposed' and p.log = f.log and json_valid(p.data) and json_valid(c.data)
        and json_extract(p.data, '$.change_id') = json_extract(f.data, '$.change_id') and p.position < f.position)
"""
_TAKEN = frozenset(each.value for each in CertificateStatus if each.taken)


def status_by_two(db: Connection) -> Iterator[Violation]:
    """A certificate's status is changed by somebody who proposed it and somebody else who confirmed it."""
    for row in db.execute(_BY_TWO):
        said = json.loads(row["data"])
        yield Violation(
            Kind.CERTIFICATE,
            f"Certificate {said['certificate_id']} became {said['status']}, and no two at DESE said so.",
        )


def nothing_given_on_what_is_taken(db: Connection) -> Iterator[Violation]:
    """While a certificate is suspended, revoked or surrendered it is not upgraded, extended or reactivated."""
    stream, status = "", None
    for row in db.execute(_STORIES):
        said = json.loads(row["data"])
        status = status if row["stream"] == stream else None
        stream = row["stream"]
        if row["type"] in _CHANGED_AT and status in _TAKEN:
            yield Violation(
                Kind.CERTIFICATE, f"Certificate {said['certificate_id']}: {row['type']} while it was {status}."
            )
        status = said.get("status")


def _wrong(type_: str, said: dict[str, Any], applied: Row, expired_before: str | None) -> str | None:
    """What is wrong with a change of a certificate; None where nothing is."""
    if applied["kind"] != _KINDS[type_]:
        return f"{type_} by an application of the kind {applied['kind']}"
    rules = rule_sets().get(applied["rules"])
    if rules is None or said["rules"] != applied["rules"]:
        return f"changed under rule set {said['rules']}, submitted under {applied['rules']}"
    if expired_before is None:
        return f"{type_} before it was recorded"
    approved_on, before = (
        chicago_day(datetime.fromisoformat(said[_CHANGED_AT[type_]])),
        date.fromisoformat(expired_before),
    )
    right = effect(rules, ApplicationKind(applied["kind"]), expires_on=before, approved_on=approved_on).period
    days = right.effective_on.isoformat(), right.expires_on.isoformat()
    if (said["effective_on"], said["expires_on"]) == days:
        return None
    return f"{type_} says {said['effective_on']} to {said['expires_on']}, its rule set {' to '.join(days)}"
