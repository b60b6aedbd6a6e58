"""One case for each application and cycle, at most one end of it, and by it each certificate changed once."""

from collections.abc import Iterator
from sqlite3 import Connection

from lectern_local.audit.violation import Kind, Violation

_CASES = """
select application, cycle, sum(submitted) as submitted, sum(opened) as opened, sum(decided) as decided from (
    select application, cycle, type = 'ApplicationSubmitted' as submitted, type = 'ReviewOpened' as opened,
        type in ('ApplicationApproved', 'ApplicationDenied', 'ApplicationWithdrawn') as decided
    from step where own and type in
        ('ApplicationSubmitted', 'ReviewOpened', 'ApplicationApproved', 'ApplicationDenied', 'ApplicationWithdrawn'))
group by application, cycle having sum(opened) <> 1 or sum(decided) > 1
    or (cycle = 1 and sum(submitted) <> 1)
"""
_UNVERIFIED = """
select a.application, a.submission
from step a join step o on o.application = a.application and o.type = 'ReviewOpened' and o.own and o.cycle = a.cycle
where a.type = 'ApplicationApproved' and a.own and o.district is not null and not exists (
    select 1 from step v where v.application = a.application and v.type = 'DistrictVerified' and v.log = a.log
    and v.submission = a.submission and v.position < a.position)
"""
_CHANGES = """
select application, cycle, certificate, sum(owed) as owed, sum(changed) as changed from (
    select a.application, a.cycle, c.value as certificate, 1 as owed, 0 as changed
    from step a join step s on s.application = a.application and s.type = 'ApplicationSubmitted' and s.own,
        json_each(s.certificates) c
    where a.type = 'ApplicationApproved' and a.own
    union all
    select application, cycle, certificate, 0, 1 from step where type = 'CertificateUpgraded' and own)
group by application, cycle, certificate having sum(owed) <> 1 or sum(changed) <> 1
"""


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


def certificate_changed_once(db: Connection) -> Iterator[Violation]:
    """Each certificate of an approved application once; none by anything else."""
    for row in db.execute(_CHANGES):
        yield Violation(
            Kind.CERTIFICATE,
            f"Certificate {row['certificate']}, application {row['application']}, cycle {row['cycle']}: "
            f"{row['owed']} approvals, {row['changed']} changes.",
        )
