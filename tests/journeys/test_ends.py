"""Four services together: approved, returned, declined and sent elsewhere, asked by DESE, denied, withdrawn."""

from collections import Counter
from sqlite3 import Connection

import pytest
from journey_played import Played

from lectern.contracts.values import Kind
from lectern.rules import IN_FORCE
from lectern_local.audit.auditing import services
from lectern_local.audit.judging import judge
from lectern_local.audit.place import place_of
from lectern_local.history.finding import application_of, facts_about
from lectern_local.history.ordering import causal_order
from lectern_local.history.stating import state_after
from lectern_local.installation import Installation

pytestmark = pytest.mark.platform


def test_each_way_comes_to_its_end(played: Played) -> None:
    for kind in IN_FORCE.kinds:
        ends = {way: dict(going.ends) for (of, way), going in played.ends.items() if of is kind}

        assert ends == {
            "approved": {"approved": 2},
            "returned": {"approved": 2},
            "requested-of-educator": {"approved": 2},
            "requested-of-district": {"approved": 2},
            "declined-rerouted": {"approved": 2},
            "passed-on": {"approved": 2},
            **({"turned-into-extension": {"approved": 2}} if kind is Kind.UPGRADE else {}),
            "denied": {"denied": 2},
            "reconsidered": {"approved": 2},
            "withdrawn": {"withdrawn": 2},
            "closed-incomplete": {"closed": 2},
        }


def test_an_extension_changes_the_certificate_and_takes_no_payment(read: Connection) -> None:
    rows = read.execute(
        "select a.application, (select group_concat(type) from step c where c.application = a.application and c.own "
        "and c.type in ('CertificateExtended', 'CertificateUpgraded', 'PaymentRequested')) as changes "
        "from step a join step s on s.application = a.application and s.type = 'ApplicationSubmitted' and s.own "
        "where a.type = 'ApplicationApproved' and a.own and s.kind = 'extension'"
    ).fetchall()

    assert len(rows) >= 4
    assert {row["changes"] for row in rows} == {"CertificateExtended"}


def test_nothing_was_unknown_to_the_client(played: Played) -> None:
    for going in played.ends.values():
        assert not going.stuck


def test_the_audit_finds_nothing_wrong(read: Connection) -> None:
    verdict = judge(read, services())

    assert verdict.violations == []
    assert verdict.ends["returned"] >= 2
    assert verdict.counts["questions"] == verdict.counts["answers"] >= 8
    assert verdict.counts["declines"] >= 2
    assert verdict.counts["reroutes"] >= 2
    assert verdict.counts["passed_on"] >= 2


def test_a_denied_application_changes_no_certificate(read: Connection) -> None:
    denied = read.execute(
        "select application from step d where type = 'ApplicationDenied' and own and not exists (select 1 from step o "
        "where o.application = d.application and o.type = 'ReconsiderationOpened' and o.own)"
    ).fetchall()

    for row in denied:
        changes = "select count(*) from step where stream like 'certificate/%' and own and application = ?"
        assert read.execute(changes, (row["application"],)).fetchone()[0] == 0


def test_a_denial_looked_at_again_is_decided_by_others_and_changes_the_certificate_once(read: Connection) -> None:
    rows = read.execute(
        "select o.application, o.cycle, (select group_concat(cycle) from step a where a.application = o.application "
        "and a.own and a.type = 'ApplicationApproved') as approved, (select group_concat(distinct cycle) from step c "
        "where c.application = o.application and c.own and c.type in ('CertificateUpgraded', 'CertificateExtended', "
        "'CertificateReactivated')) as changed from step o where o.type = 'ReconsiderationOpened' and o.own"
    ).fetchall()

    found = Counter((row["cycle"], row["approved"], row["changed"]) for row in rows)
    assert found[2, "2", "2"] >= 2
    assert set(found) <= {(2, "2", "2"), (2, None, None)}  # on a platform that others use, some are open


def test_a_withdrawn_application_is_paid_back_and_changes_no_certificate(read: Connection) -> None:
    count = "select count(*) from step where type = ? and own and application = ?"
    withdrawn = read.execute("select application from step where type = 'ApplicationWithdrawn' and own").fetchall()

    assert len(withdrawn) >= 2
    for row in withdrawn:
        paid = read.execute(count, ("PaymentReceived", row["application"])).fetchone()[0]
        assert read.execute(count, ("PaymentRefunded", row["application"])).fetchone()[0] == paid
        for change in ("CertificateUpgraded", "CertificateExtended"):
            assert read.execute(count, (change, row["application"])).fetchone()[0] == 0


def test_a_declined_application_is_verified_by_the_district_named_after_it(read: Connection) -> None:
    rows = read.execute(
        "select d.district as first, v.district as second, v.submission from step d join step v "
        "on v.application = d.application and v.own and v.type = 'DistrictVerified' "
        "where d.type = 'DistrictDeclined' and d.own"
    ).fetchall()

    assert len(rows) >= 2
    assert {(row["first"], row["second"], row["submission"]) for row in rows} == {("048-077", "048-078", 2)}


def test_a_returned_application_keeps_its_reference(read: Connection) -> None:
    rows = read.execute(
        "select application, max(submission) as last from step where type in ('ApplicationSubmitted', "
        "'ApplicationCorrected') and own group by application having last > 1"
    ).fetchall()

    assert len(rows) >= 2
    for row in rows:
        submitted = "select count(*) from step where type = 'ApplicationSubmitted' and own and application = ?"
        assert read.execute(submitted, (row["application"],)).fetchone()[0] == 1


async def test_history_tells_it_across_the_four_services(read: Connection, platform: Installation) -> None:
    databases = place_of(platform).databases
    said = (
        "select json_extract(data, '$.reference') from fact where type = 'ApplicationSubmitted' and log = source "
        "and json_extract(data, '$.application_id') in "
        "(select json_extract(data, '$.application_id') from fact where type = 'ApplicationApproved' and log = source)"
    )
    reference = read.execute(said).fetchone()[0]
    application = await application_of(databases, reference.lower().replace("-", " "))
    assert application is not None

    facts = causal_order(await facts_about(databases, application, None))

    assert {each.service for each in facts} == set(databases)
    seen = set()
    for each in facts:
        assert each.causation_id is None or each.causation_id in seen
        seen.add(each.id)
    caused = {each.type for each in facts if each.causation_id}
    assert {"VerificationRequested", "ReviewOpened", "NoticeRequested", "NoticeSent"} <= caused
    assert state_after(facts) in {"Approved.", "Denied."}


async def test_history_as_of_then_ends_there(read: Connection, platform: Installation) -> None:
    databases = place_of(platform).databases
    application = await application_of(
        databases,
        read.execute("select application from step where type = 'ReviewOpened' and own limit 1").fetchone()[0],
    )
    assert application is not None
    facts = causal_order(await facts_about(databases, application, None))
    submitted = next(each for each in facts if each.type == "ApplicationSubmitted")

    then = causal_order(await facts_about(databases, application, submitted.recorded_at))

    assert then
    assert max(each.recorded_at for each in then) == submitted.recorded_at
    assert state_after(then) == "Submitted."
