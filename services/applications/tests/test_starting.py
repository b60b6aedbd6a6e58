"""An application is started by somebody whose record is claimed, from a certificate of their own that allows it."""

from datetime import date, timedelta
from typing import Any

import pytest
from applications_given import (
    ACCOUNT,
    APPLICATION,
    CERTIFICATE,
    JORDAN,
    MORGAN,
    NOW,
    OTHER_APPLICATION,
    TODAY,
    after,
    began,
    claimed,
    fresh,
    held,
    later,
    nothing_live,
    recorded_certificate,
    status_changed,
    told,
    unclaimed,
)

from applications.account import Account
from applications.applying import ApplyingEnded, applying
from applications.certificate import certificate
from applications.draft import NoDraft
from applications.draft_facts import DraftStarted
from applications.starting import StartApplication, start
from lectern.contracts.values import CertificateKind, CertificateStatus, Kind
from lectern.eventlog.errors import NotFound, Refused
from lectern.eventlog.streams import Entry


def starting(**changes: Any) -> StartApplication:
    command = StartApplication(
        kind=Kind.UPGRADE,
        application_id=APPLICATION,
        account_id=ACCOUNT,
        educator_id=JORDAN,
        certificate_id=CERTIFICATE,
        today=TODAY,
        now=NOW,
    )
    return command.model_copy(update=changes)


def test_starts_a_draft() -> None:
    given = NoDraft(), nothing_live(), claimed(), held()

    decided = start(*given, starting())

    assert told(decided) == ["DraftStarted", "ApplyingBegan"]


@pytest.mark.parametrize("given", [unclaimed(), claimed(by=MORGAN)], ids=["unclaimed", "somebody else's"])
def test_an_account_without_that_record_starts_nothing(given: Account) -> None:
    with pytest.raises(Refused, match="Claim your record first"):
        start(NoDraft(), nothing_live(), given, held(), starting())


def test_another_educators_certificate_looks_like_none() -> None:
    given = NoDraft(), nothing_live(), claimed(), held(holder=MORGAN)

    with pytest.raises(NotFound):
        start(*given, starting())


def test_one_at_a_time_for_each_certificate() -> None:
    given = NoDraft(), after(applying, began()), claimed(), held()

    with pytest.raises(Refused) as refused:
        start(*given, starting(application_id=OTHER_APPLICATION))

    assert refused.value.details == {"application_id": APPLICATION}


def test_after_the_last_one_ended_another_may_begin_under_a_claim_of_its_own() -> None:
    ended = ApplyingEnded(educator_id=JORDAN, application_id=APPLICATION, ended_at=NOW)
    given = NoDraft(), after(applying, began(), ended), claimed(), held()

    decided = start(*given, starting(application_id=OTHER_APPLICATION))

    assert isinstance(decided[1], Entry)
    assert decided[1].claim == f"live:{CERTIFICATE}:2"


def test_a_draft_is_started_once() -> None:
    given = fresh(), nothing_live(), claimed(), held()

    with pytest.raises(Refused):
        start(*given, starting())


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"expires_on": date(2026, 11, 23)}, "Expired November 23, 2026"),
        ({"kind": CertificateKind.CCPC}, "career certificate already"),
        ({"status": CertificateStatus.SUSPENDED}, "suspended"),
    ],
)
def test_only_an_active_initial_certificate_can_be_upgraded(changes: dict[str, Any], why: str) -> None:
    given = NoDraft(), nothing_live(), claimed(), held(**changes)

    with pytest.raises(Refused, match=why):
        start(*given, starting())


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("status", [each for each in CertificateStatus if each.taken])
def test_none_starts_from_one_that_dese_took_and_the_words_say_whom_to_ask(
    kind: Kind, status: CertificateStatus
) -> None:
    taken = after(certificate, recorded_certificate(), status_changed(status))
    back = after(certificate, recorded_certificate(), status_changed(status), status_changed(CertificateStatus.ACTIVE))

    with pytest.raises(Refused, match=f"The certificate is {status.value}. Ask DESE’s certification section"):
        start(NoDraft(), nothing_live(), claimed(), taken, starting(kind=kind))
    assert start(NoDraft(), nothing_live(), claimed(), back, starting())


def test_the_last_day_counts() -> None:
    given = NoDraft(), nothing_live(), claimed(), held(expires_on=TODAY)

    assert start(*given, starting())


def test_long_before_expiry_it_is_allowed() -> None:
    given = NoDraft(), nothing_live(), claimed(), held(expires_on=date(2029, 1, 15))

    assert start(*given, starting(now=later()))


def extending(**changes: Any) -> StartApplication:
    return starting(kind=Kind.EXTENSION, **changes)


def test_an_extension_starts_from_a_current_certificate() -> None:
    given = NoDraft(), nothing_live(), claimed(), held()

    draft, began_ = start(*given, extending())

    assert isinstance(draft, DraftStarted)
    assert draft.kind is Kind.EXTENSION
    assert isinstance(began_, Entry)
    assert began_.claim == f"live:{CERTIFICATE}:1"


def test_an_extension_starts_until_eleven_months_after_the_expiry() -> None:
    last_day, day_after = held(expires_on=date(2025, 12, 24)), held(expires_on=date(2025, 12, 23))

    assert start(NoDraft(), nothing_live(), claimed(), last_day, extending())
    with pytest.raises(Refused, match=r"no more than 11 months ago\. Expired December 23, 2025"):
        start(NoDraft(), nothing_live(), claimed(), day_after, extending())


def test_an_upgrade_under_way_leaves_no_room_for_an_extension() -> None:
    given = NoDraft(), after(applying, began()), claimed(), held()

    with pytest.raises(Refused, match="already"):
        start(*given, extending(application_id=OTHER_APPLICATION))


def test_a_reactivation_starts_from_a_certificate_that_has_expired() -> None:
    with pytest.raises(Refused, match="A reactivation starts from a certificate that has expired"):
        start(NoDraft(), nothing_live(), claimed(), held(expires_on=TODAY), starting(kind=Kind.REACTIVATION))

    lapsed = held(expires_on=TODAY - timedelta(days=1))
    assert start(NoDraft(), nothing_live(), claimed(), lapsed, starting(kind=Kind.REACTIVATION))
