"""All checks, one after the other, on what was read."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from sqlite3 import Connection
from typing import Any, Final

from lectern.runtime.running import codec_of, views_of
from lectern.runtime.service import Service
from lectern_local.audit.chain import gapless_positions, gapless_versions, one_subject, time_goes_on, unbroken_chain
from lectern_local.audit.deadlines import digests_once, late_once, nothing_due
from lectern_local.audit.decisions import (
    answered_before_decided,
    certificate_changed_once,
    certificate_dates_by_rules,
    closed_only_unanswered,
    decided_anew,
    nothing_given_on_what_is_taken,
    one_decision,
    status_by_two,
)
from lectern_local.audit.files import files_agree, told_after_the_scan
from lectern_local.audit.mails import delivered_once, mails_by_notice, reminded_once, status_told_once, told_once
from lectern_local.audit.order import in_order
from lectern_local.audit.payments import received_once, refunded_once, settled_as_the_provider_says
from lectern_local.audit.standing import all_level, nothing_broken, nothing_held, nothing_under_way
from lectern_local.audit.views import views_are_folds
from lectern_local.audit.violation import Check, Violation
from lectern_local.audit.wire import heard_once, in_kafka
from lectern_local.audit.work_items import (
    nothing_waits_where_nobody_is,
    one_work_item,
    only_the_named_district,
    passed_on_once,
)

CHECKS: Final[tuple[Check, ...]] = (
    unbroken_chain,
    gapless_positions,
    gapless_versions,
    time_goes_on,
    one_subject,
    in_kafka,
    heard_once,
    in_order,
    nothing_held,
    nothing_broken,
    nothing_under_way,
    all_level,
    one_work_item,
    only_the_named_district,
    nothing_waits_where_nobody_is,
    passed_on_once,
    one_decision,
    decided_anew,
    answered_before_decided,
    closed_only_unanswered,
    certificate_changed_once,
    certificate_dates_by_rules,
    status_by_two,
    nothing_given_on_what_is_taken,
    received_once,
    refunded_once,
    settled_as_the_provider_says,
    files_agree,
    told_after_the_scan,
    told_once,
    reminded_once,
    status_told_once,
    late_once,
    digests_once,
    nothing_due,
    delivered_once,
)

_ENDS = """
select
    count(*) filter (where type = 'ApplicationSubmitted' and log = 'applications') as submitted,
    count(*) filter (where type = 'ApplicationApproved') as approved,
    count(*) filter (where type = 'ApplicationDenied') as denied,
    count(*) filter (where type = 'ApplicationWithdrawn') as withdrawn,
    count(*) filter (where type = 'ApplicationClosedIncomplete') as closed_incomplete,
    count(*) filter (where type = 'DistrictReturned') as returned,
    count(*) filter (where type = 'InformationRequested') as questions,
    count(*) filter (where type in ('InformationSupplied', 'DistrictAnswered')) as answers,
    count(*) filter (where type = 'ReconsiderationOpened') as reconsiderations,
    count(*) filter (where type = 'DistrictDeclined') as declines,
    count(*) filter (where type = 'DistrictDeclined' and json_extract(data, '$.reason') = 'district-closed')
        as closed_districts,
    count(*) filter (where type = 'VerificationReassigned') as passed_on,
    count(*) filter (where type = 'EmployerChanged') as reroutes,
    count(*) filter (where type = 'VerificationRequested') as work_items,
    count(*) filter (where type in ('CertificateUpgraded', 'CertificateExtended', 'CertificateReactivated'))
        as certificate_changes,
    count(*) filter (where type = 'CertificateStatusChanged') as status_changes,
    count(*) filter (where type in ('DocumentProvided', 'StateDocumentProvided', 'EvidenceProvided')) as files,
    count(*) filter (where type = 'PaymentReceived') as payments,
    count(*) filter (where type = 'PaymentRefunded') as refunds
from fact where log = source
"""


@dataclass(frozen=True)
class Verdict:
    """`ends` counts applications by how they ended (open ones too), and returns; `counts` what belongs to them."""

    facts: int
    ends: dict[str, int]
    counts: dict[str, int]
    mails: dict[str, int]
    violations: list[Violation] = field(default_factory=list)

    def shown(self) -> dict[str, Any]:
        return {
            "facts": self.facts,
            "ends": self.ends,
            "counts": self.counts,
            "mails": self.mails,
            "violations": len(self.violations),
        }


def judge(db: Connection, services: tuple[Service, ...]) -> Verdict:
    """Everything that is wrong, and what there was."""
    row = dict(db.execute(_ENDS).fetchone())
    ends = {each: row.pop(each) for each in ("approved", "denied", "withdrawn", "closed_incomplete", "returned")}
    ends["denied"] -= row["reconsiderations"]  # those denials are not in force
    over = sum(ends[each] for each in ("approved", "denied", "withdrawn", "closed_incomplete"))
    ends["open"] = row.pop("submitted") - over
    facts = db.execute("select count(*) from fact").fetchone()[0]
    return Verdict(facts, ends, row, mails_by_notice(db), list(_violations(db, services)))


def _violations(db: Connection, services: tuple[Service, ...]) -> Iterator[Violation]:
    for check in CHECKS:
        yield from check(db)
    for service in services:
        yield from views_are_folds(db, service.name, codec_of(service), views_of(service))
