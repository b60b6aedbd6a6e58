"""Approval of an extension: judged by its own rule set, four more years from the old expiry date, once."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from review_given import (
    APPLICATION,
    CERTIFICATE,
    EDUCATOR,
    NOTHING_PROPOSED,
    NOW,
    PRIYA,
    TODAY,
    after,
    assigned,
    certificate_extended,
    names,
    on,
    opened,
    recorded,
    requested,
    sealed,
    submitted,
    told,
    uid,
    upgraded,
    verified,
)

from lectern.contracts.review import ApplicationApproved, CertificateExtended, CertificateUpgraded
from lectern.contracts.values import CertificateKind, CertificateStatus, Kind, Ruling, Verdict
from lectern.eventlog.errors import Refused
from lectern.eventlog.streams import Entry
from review.approving import Approve, approve
from review.case import case
from review.certificate import Extended, certificate
from review.heard import application, work_item

MINE = after(case, opened().model_copy(update={"kind": Kind.EXTENSION}), assigned())
TEACHING = (Ruling(criterion="EXT-TEACHING", verdict=Verdict.MET),)
VERIFIED = verified().model_copy(update={"rulings": TEACHING, "attestation": "attestation-extension-1"})
ATTESTED = after(work_item, requested(), VERIFIED)


def decide(
    held: Any = None, item: Any = ATTESTED, approved_on: date = TODAY, kind: Kind = Kind.EXTENSION, **changed: Any
) -> list[Entry]:
    command = Approve(
        application_id=APPLICATION,
        submission=1,
        officer=PRIYA,
        officer_is=None,
        supervisor=False,
        disclosures=0,
        signed=sealed("state", "ApplicationApproved.signed"),
        approved_on=approved_on,
        now=NOW,
    )
    handed_in = after(application, submitted(kind=kind, **changed))
    return approve(MINE, on(held or after(certificate, recorded())), NOTHING_PROPOSED, handed_in, item, command)


def test_the_certificate_is_good_for_four_more_years_from_its_old_expiry_date() -> None:
    _, decision, change = told(decide())

    assert isinstance(decision, ApplicationApproved)
    assert [(each.criterion, each.verdict) for each in decision.rulings] == [
        ("EXT-IPC", Verdict.MET),
        ("EXT-TEACHING", Verdict.MET),
    ]
    assert isinstance(change, CertificateExtended)
    assert (change.certificate_id, change.effective_on) == (CERTIFICATE, date(2027, 1, 15))
    assert (change.expires_on, change.rules) == (date(2031, 1, 15), submitted().rules)


def test_a_late_one_is_extended_from_its_old_expiry_date_too() -> None:
    lapsed = after(certificate, recorded(expires_on=date(2026, 3, 1)))

    change = told(decide(lapsed))[-1]

    assert isinstance(change, CertificateExtended)
    assert (change.effective_on, change.expires_on) == (date(2026, 3, 1), date(2030, 3, 1))


@pytest.mark.parametrize(
    ("expires_on", "submitted_on", "allowed"),
    [
        (date(2025, 12, 24), date(2026, 11, 24), True),
        (date(2025, 12, 23), date(2026, 11, 24), False),
        (date(2027, 3, 31), date(2028, 2, 29), True),
        (date(2027, 3, 31), date(2028, 3, 1), False),
    ],
)
def test_it_is_judged_on_the_day_of_submission(expires_on: date, submitted_on: date, allowed: bool) -> None:
    held = after(certificate, recorded(expires_on=expires_on))

    if allowed:
        assert names(decide(held, submitted_on=submitted_on))[-1] == "CertificateExtended"
    else:
        with pytest.raises(Refused, match="Current certificate"):
            decide(held, submitted_on=submitted_on)


def test_one_that_expires_while_we_work_is_extended_all_the_same() -> None:
    lapsed = after(
        certificate,
        recorded(),
        recorded(status=CertificateStatus.EXPIRED, recorded_at=datetime(2027, 1, 16, 18, tzinfo=UTC)),
    )

    assert names(decide(lapsed, approved_on=date(2028, 5, 1)))[-1] == "CertificateExtended"


def test_without_the_districts_word_on_teaching_it_is_not_approved() -> None:
    silent = after(work_item, requested(), VERIFIED.model_copy(update={"rulings": ()}))

    with pytest.raises(Refused, match="Teaching now"):
        decide(item=silent)


def test_a_suspended_certificate_is_not_extended() -> None:
    with pytest.raises(Refused, match="Current certificate"):
        decide(after(certificate, recorded(status=CertificateStatus.SUSPENDED)))


def test_an_extended_certificate_can_be_extended_again() -> None:
    held = after(certificate, recorded(), certificate_extended(application_id=uid(5)))

    change = told(decide(held))[-1]

    assert isinstance(change, CertificateExtended)
    assert (change.effective_on, change.expires_on) == (date(2031, 1, 15), date(2035, 1, 15))


def test_an_extended_certificate_can_be_upgraded() -> None:
    held = after(certificate, recorded(), certificate_extended(application_id=uid(5)))
    item = after(work_item, requested(), verified())

    change = told(decide(held, item, kind=Kind.UPGRADE))[-1]

    assert isinstance(change, CertificateUpgraded)
    assert isinstance(held, Extended)


def test_a_career_certificate_is_not_extended() -> None:
    with pytest.raises(Refused, match="another decision"):
        decide(after(certificate, recorded(), upgraded()))
    with pytest.raises(Refused, match="Current certificate"):
        decide(after(certificate, recorded(kind=CertificateKind.CCPC)))


def test_it_claims_the_one_decision_of_the_cycle() -> None:
    claims = [each.claim for each in decide() if each.claim]

    assert claims == [f"decision:{APPLICATION}:1"]
    assert all(isinstance(each, Entry) for each in decide())
    assert {str(each.to.subject) for each in decide() if each.to and each.to.subject} <= {str(EDUCATOR)}


def test_a_rule_set_without_extensions_decides_none() -> None:
    with pytest.raises(Refused, match="says nothing of this kind"):
        decide(rules="upgrade-2026-11")
