"""Extension: each criterion on both sides of its edge, and what an approval does."""

from datetime import date
from typing import Any

import pytest

from lectern.contracts.values import (
    CertificateKind,
    CertificateStatus,
    DistrictEvidence,
    EducatorReport,
    EstablishedBy,
    Establishment,
    Kind,
    Ruling,
    TeachingNow,
    Verdict,
    YearTaught,
)
from lectern.rules import IN_FORCE
from lectern.rules.calendar import Period, extended
from lectern.rules.effects import Effect, effect
from lectern.rules.facts import CertificateHeld, Facts
from lectern.rules.judging import evaluate, unmet, unmet_by

TODAY = date(2026, 11, 25)
BEGAN = date(2026, 8, 12)


def held(
    expires_on: date = date(2027, 1, 15),
    status: CertificateStatus = CertificateStatus.ACTIVE,
    kind: CertificateKind = CertificateKind.IPC,
    issued_on: date = date(2023, 1, 15),
    recorded_on: date = date(2026, 9, 1),
) -> CertificateHeld:
    return CertificateHeld(kind, status, issued_on, expires_on, recorded_on)


def of_certificate(certificate: CertificateHeld | None, on: date = TODAY) -> Ruling:
    [ruling] = evaluate(IN_FORCE, Kind.EXTENSION, Facts(on, certificate), by=EstablishedBy.SYSTEM)
    return ruling


def of_teaching(position: TeachingNow | None, *, yes: bool | None = True, reported: Any = None) -> Ruling:
    said = () if yes is None else (Establishment(criterion="EXT-TEACHING", met=yes, checked="Contract"),)
    evidence = DistrictEvidence(teaching_now=position, established=said)
    facts = Facts(TODAY, None, evidence, evidence_on=TODAY, reported=reported)
    [ruling] = evaluate(IN_FORCE, Kind.EXTENSION, facts, by=EstablishedBy.DISTRICT)
    return ruling


def position(**changed: Any) -> TeachingNow:
    return TeachingNow.model_validate({"since": BEGAN, "position": "Grade 3", "fte_hundredths": 100} | changed)


@pytest.mark.parametrize(
    ("expires_on", "judged_on", "verdict"),
    [
        (date(2027, 1, 15), TODAY, Verdict.MET),
        (TODAY, TODAY, Verdict.MET),
        (date(2026, 11, 24), TODAY, Verdict.MET),
        (date(2025, 12, 25), TODAY, Verdict.MET),
        (date(2025, 12, 24), TODAY, Verdict.NOT_MET),
        # a month that has no such day ends on its last one
        (date(2027, 3, 31), date(2028, 2, 29), Verdict.MET),
        (date(2027, 3, 31), date(2028, 3, 1), Verdict.NOT_MET),
        (date(2026, 3, 31), date(2027, 2, 28), Verdict.MET),
        (date(2026, 3, 31), date(2027, 3, 1), Verdict.NOT_MET),
        (date(2026, 3, 28), date(2027, 2, 28), Verdict.MET),
        (date(2028, 2, 29), date(2029, 1, 29), Verdict.MET),
        (date(2028, 2, 29), date(2029, 1, 30), Verdict.NOT_MET),
    ],
)
def test_a_certificate_can_be_extended_until_eleven_months_after_its_expiry(
    expires_on: date, judged_on: date, verdict: Verdict
) -> None:
    assert of_certificate(held(expires_on), judged_on).verdict is verdict


@pytest.mark.parametrize(
    ("certificate", "shortfall"),
    [
        (held(kind=CertificateKind.CCPC), "It is a career certificate already"),
        (held(status=CertificateStatus.SUSPENDED), "The certificate is suspended"),
        (held(status=CertificateStatus.REVOKED), "The certificate is revoked"),
        (held(status=CertificateStatus.SURRENDERED), "The certificate is surrendered"),
        (held(issued_on=date(2026, 11, 26)), "Starts November 26, 2026"),
        (held(date(2025, 12, 24)), "Expired December 24, 2025, more than 11 months before"),
    ],
)
def test_what_cannot_be_extended_says_why(certificate: CertificateHeld, shortfall: str) -> None:
    ruling = of_certificate(certificate)

    assert (ruling.verdict, ruling.shortfall) == (Verdict.NOT_MET, shortfall)


def test_one_that_starts_on_the_day_is_current() -> None:
    assert of_certificate(held(issued_on=TODAY)).verdict is Verdict.MET


def test_a_certificate_recorded_as_expired_after_the_day_still_was_current_on_it() -> None:
    lapsed = held(date(2027, 1, 15), CertificateStatus.EXPIRED, recorded_on=date(2027, 1, 16))

    assert of_certificate(lapsed).verdict is Verdict.MET


def test_one_whose_last_day_is_today_has_not_expired_yet() -> None:
    assert of_certificate(held(TODAY)).rests_on[0] == "Expires November 25, 2026"
    assert of_certificate(held(date(2026, 11, 24))).rests_on[0].startswith("Expired November 24, 2026")


@pytest.mark.parametrize("recorded_on", [date(2026, 9, 1), date(2027, 1, 15)])
def test_a_register_that_contradicts_itself_leaves_it_open(recorded_on: date) -> None:
    contradicting = held(date(2027, 1, 15), CertificateStatus.EXPIRED, recorded_on=recorded_on)

    assert of_certificate(contradicting).verdict is Verdict.UNKNOWN
    assert of_certificate(None).verdict is Verdict.UNKNOWN


def test_teaching_now_is_met_by_a_position_that_has_begun() -> None:
    ruling = of_teaching(position(since=TODAY))

    assert ruling.verdict is Verdict.MET
    assert ruling.rests_on == ("Teaching since November 25, 2026", "FTE 1.00")


def test_a_position_that_begins_tomorrow_is_not_held_now() -> None:
    ruling = of_teaching(position(since=date(2026, 11, 26)))

    assert (ruling.verdict, ruling.shortfall) == (Verdict.NOT_MET, "Begins only November 26, 2026")


@pytest.mark.parametrize("fte", [1, 49, 50, 100, 200])
def test_any_share_of_full_time_is_enough(fte: int) -> None:
    assert of_teaching(position(fte_hundredths=fte)).verdict is Verdict.MET


@pytest.mark.parametrize(
    ("recorded", "shortfall"),
    [
        (position(since=None), "Its first day is not recorded yet"),
        (position(position=""), "The position is not recorded yet"),
        (position(fte_hundredths=None), "Its FTE is not recorded yet"),
        (position(since=None, fte_hundredths=None), "Its first day and its FTE are not recorded yet"),
        (None, "The position, its first day and its FTE are not recorded yet"),
    ],
)
def test_a_yes_alone_leaves_it_open(recorded: TeachingNow | None, shortfall: str) -> None:
    ruling = of_teaching(recorded)

    assert (ruling.verdict, ruling.shortfall) == (Verdict.UNKNOWN, shortfall)


def test_a_no_is_not_met_whatever_stands_beside_it() -> None:
    assert of_teaching(position(), yes=False).verdict is Verdict.NOT_MET


def test_what_is_only_reported_is_not_yet_known() -> None:
    year = YearTaught(school_year=2026, employer="Raytown", position="Teacher", fte_hundredths=50, share_hundredths=30)

    ruling = of_teaching(None, yes=None, reported=EducatorReport(years=(year,)))

    assert (ruling.verdict, ruling.rests_on) == (Verdict.UNKNOWN, ("Reported: a position this school year",))


def test_a_missing_ruling_is_not_met() -> None:
    assert unmet(IN_FORCE, Kind.EXTENSION, []) == ("EXT-IPC", "EXT-TEACHING")
    assert unmet_by(IN_FORCE, Kind.EXTENSION, [], EstablishedBy.DISTRICT) == ("EXT-TEACHING",)


@pytest.mark.parametrize(
    ("expires_on", "approved_on", "until"),
    [
        (date(2027, 1, 15), date(2026, 12, 1), date(2031, 1, 15)),
        (date(2026, 9, 1), date(2027, 2, 1), date(2030, 9, 1)),
        (date(2028, 2, 29), date(2028, 2, 29), date(2032, 2, 29)),
        (date(2096, 2, 29), date(2096, 2, 1), date(2100, 2, 28)),
    ],
)
def test_the_new_period_starts_on_the_old_expiry_date_also_when_late(
    expires_on: date, approved_on: date, until: date
) -> None:
    assert extended(expires_on, approved_on) == Period(expires_on, until)


def test_a_rule_set_may_start_it_on_the_day_of_approval() -> None:
    otherwise = IN_FORCE.parameters.model_copy(update={"extension_starts": "approval"})

    assert extended(date(2026, 9, 1), TODAY, otherwise) == Period(TODAY, date(2030, 11, 25))


def test_each_kind_has_its_effect_on_the_certificate() -> None:
    days = {"expires_on": date(2027, 1, 15), "approved_on": TODAY}

    assert effect(IN_FORCE, Kind.EXTENSION, **days) == Effect(
        CertificateKind.IPC, Period(date(2027, 1, 15), date(2031, 1, 15))
    )
    assert effect(IN_FORCE, Kind.UPGRADE, **days) == Effect(CertificateKind.CCPC, Period(TODAY, date(2125, 11, 25)))
