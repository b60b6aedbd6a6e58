"""Each criterion on both sides of its edge."""

from datetime import date
from decimal import Decimal

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
    Verdict,
    YearTaught,
)
from lectern.rules import IN_FORCE
from lectern.rules.facts import CertificateHeld, Facts
from lectern.rules.judging import evaluate, unmet, unmet_by
from lectern.rules.sight import visible
from lectern.rules.upgrade import rule_active
from lectern.rules.words import in_hours, quarter_hours

TODAY = date(2026, 11, 24)
UPGRADE = IN_FORCE.of(Kind.UPGRADE)
BY_DISTRICT = UPGRADE.established(EstablishedBy.DISTRICT)


def held(
    *,
    kind: CertificateKind = CertificateKind.IPC,
    status: CertificateStatus = CertificateStatus.ACTIVE,
    issued_on: date = date(2023, 1, 15),
    expires_on: date = date(2027, 1, 15),
    recorded_on: date = date(2026, 9, 1),
) -> CertificateHeld:
    return CertificateHeld(kind, status, issued_on, expires_on, recorded_on)


def years(*shares: int) -> tuple[YearTaught, ...]:
    return tuple(
        YearTaught(
            school_year=2020 + n, employer="Raytown", position="Teacher", fte_hundredths=100, share_hundredths=share
        )
        for n, share in enumerate(shares)
    )


def evidence(*, yes: bool = True, **changed: object) -> DistrictEvidence:
    recorded: dict[str, object] = {
        "years": years(100, 100, 100, 100),
        "development_quarter_hours": 120,
        "plan_approved": True,
        "mentoring_school_years": 2,
        "bta_completed_on": date(2024, 6, 14),
        "established": tuple(Establishment(criterion=each, met=yes, checked="Our files") for each in BY_DISTRICT),
    }
    return DistrictEvidence.model_validate(recorded | changed)


def ruling(rulings: tuple[Ruling, ...], criterion: str) -> Ruling:
    return next(each for each in rulings if each.criterion == criterion)


def judged(recorded: DistrictEvidence | None = None, reported: EducatorReport | None = None) -> tuple[Ruling, ...]:
    return evaluate(IN_FORCE, Kind.UPGRADE, Facts(TODAY, held(), recorded, reported=reported))


def test_everything_established_is_met() -> None:
    rulings = judged(evidence())

    assert [each.criterion for each in rulings] == [each.id for each in UPGRADE.criteria]
    assert unmet(IN_FORCE, Kind.UPGRADE, rulings) == ()


def test_a_missing_ruling_is_not_met() -> None:
    assert unmet_by(IN_FORCE, Kind.UPGRADE, [], EstablishedBy.DISTRICT) == BY_DISTRICT


def test_what_is_only_reported_is_not_yet_known() -> None:
    reported = EducatorReport(
        years=years(100, 100, 100, 100),
        development_quarter_hours=200,
        mentoring_school_years=2,
        bta_completed_on=date(2024, 6, 1),
        evaluation_note="Three years",
    )

    rulings = judged(reported=reported)

    assert {each.verdict for each in rulings[1:]} == {Verdict.UNKNOWN}
    assert ruling(rulings, "UPG-TEACHING").rests_on == ("Reported: 4.00 years",)
    assert ruling(rulings, "UPG-PD").rests_on == ("Reported: 50 contact hours",)


@pytest.mark.parametrize(
    ("quarters", "verdict", "shortfall"),
    [
        (120, Verdict.MET, None),
        (119, Verdict.NOT_MET, "29.75 of 30 contact hours"),
        (118, Verdict.NOT_MET, "29.5 of 30 contact hours"),
        (104, Verdict.NOT_MET, "26 of 30 contact hours"),
        (0, Verdict.NOT_MET, "0 of 30 contact hours"),
        (None, Verdict.UNKNOWN, "The contact hours are not recorded yet"),
    ],
)
def test_thirty_contact_hours(quarters: int | None, verdict: Verdict, shortfall: str | None) -> None:
    result = ruling(judged(evidence(development_quarter_hours=quarters)), "UPG-PD")

    assert (result.verdict, result.shortfall) == (verdict, shortfall)


@pytest.mark.parametrize(("approved", "verdict"), [(False, Verdict.NOT_MET), (None, Verdict.UNKNOWN)])
def test_the_plan_is_approved_by_the_district(approved: bool | None, verdict: Verdict) -> None:
    assert ruling(judged(evidence(plan_approved=approved)), "UPG-PD").verdict is verdict


def test_too_few_hours_are_not_met_before_anybody_says_no() -> None:
    result = ruling(judged(evidence(development_quarter_hours=104, established=())), "UPG-PD")

    assert result == Ruling(
        criterion="UPG-PD",
        verdict=Verdict.NOT_MET,
        rests_on=("26 contact hours", "Plan approved by the district"),
        shortfall="26 of 30 contact hours",
    )


@pytest.mark.parametrize(
    ("share", "verdict", "shortfall"),
    [(100, Verdict.MET, None), (99, Verdict.NOT_MET, "3.99 of 4.00 years")],
)
def test_four_years(share: int, verdict: Verdict, shortfall: str | None) -> None:
    result = ruling(judged(evidence(years=years(100, 100, 100, share))), "UPG-TEACHING")

    assert (result.verdict, result.shortfall) == (verdict, shortfall)


def test_a_school_year_that_has_not_begun_does_not_count() -> None:
    future = YearTaught(
        school_year=2027, employer="Raytown", position="Teacher", fte_hundredths=100, share_hundredths=100
    )

    result = ruling(judged(evidence(years=(*years(100, 100, 100), future))), "UPG-TEACHING")

    assert result.shortfall == "3.00 of 4.00 years"


def test_the_school_year_that_runs_counts_with_its_share() -> None:
    running = YearTaught(
        school_year=2026, employer="Raytown", position="Teacher", fte_hundredths=100, share_hundredths=30
    )

    result = ruling(judged(evidence(years=(*years(100, 100, 100), running))), "UPG-TEACHING")

    assert result.shortfall == "3.30 of 4.00 years"


@pytest.mark.parametrize(
    ("recorded", "verdict", "shortfall"),
    [(2, Verdict.MET, None), (1, Verdict.NOT_MET, "1 of 2 school years"), (None, Verdict.MET, None)],
)
def test_two_school_years_of_mentoring(recorded: int | None, verdict: Verdict, shortfall: str | None) -> None:
    result = ruling(judged(evidence(mentoring_school_years=recorded)), "UPG-MENTORING")

    assert (result.verdict, result.shortfall) == (verdict, shortfall)


@pytest.mark.parametrize(
    ("day", "verdict"), [(TODAY, Verdict.MET), (date(2026, 11, 25), Verdict.NOT_MET), (None, Verdict.MET)]
)
def test_a_program_is_completed_by_today(day: date | None, verdict: Verdict) -> None:
    assert ruling(judged(evidence(bta_completed_on=day)), "UPG-BTA").verdict is verdict


def test_a_no_of_the_district_is_a_no() -> None:
    rulings = judged(evidence(yes=False))

    assert {each.verdict for each in rulings[1:]} == {Verdict.NOT_MET}
    assert all(each.shortfall for each in rulings[1:])


def test_rulings_name_nobody_and_no_employer() -> None:
    text = " ".join(each.model_dump_json() for each in judged(evidence(bta_provider="Ozark Plains University")))

    assert "Raytown" not in text
    assert "Ozark" not in text
    assert "Our files" not in text


@pytest.mark.parametrize(
    ("certificate", "verdict"),
    [
        (held(expires_on=TODAY), Verdict.MET),
        (held(expires_on=date(2026, 11, 23)), Verdict.NOT_MET),
        (held(issued_on=TODAY), Verdict.MET),
        (held(issued_on=date(2026, 11, 25)), Verdict.NOT_MET),
        (held(kind=CertificateKind.CCPC), Verdict.NOT_MET),
        (held(status=CertificateStatus.SUSPENDED), Verdict.NOT_MET),
        (held(status=CertificateStatus.REVOKED), Verdict.NOT_MET),
        (held(status=CertificateStatus.SURRENDERED), Verdict.NOT_MET),
        (None, Verdict.UNKNOWN),
        # ran out while the application was pending
        (
            held(status=CertificateStatus.EXPIRED, expires_on=date(2026, 12, 1), recorded_on=date(2026, 12, 2)),
            Verdict.MET,
        ),
        # expired before its last day: the register contradicts itself
        (
            held(status=CertificateStatus.EXPIRED, expires_on=date(2026, 12, 1), recorded_on=date(2026, 12, 1)),
            Verdict.UNKNOWN,
        ),
    ],
)
def test_the_certificate_is_active_on_the_day_of_submission(
    certificate: CertificateHeld | None, verdict: Verdict
) -> None:
    result = rule_active(certificate, TODAY)

    assert result.verdict is verdict
    assert (result.shortfall is None) == (verdict is Verdict.MET)


@pytest.mark.parametrize(("quarters", "words"), [(120, "30"), (119, "29.75"), (118, "29.5"), (117, "29.25"), (0, "0")])
def test_hours_are_quarter_hours(quarters: int, words: str) -> None:
    assert in_hours(quarters) == words
    assert quarter_hours(Decimal(words)) == quarters


@pytest.mark.parametrize("wrong", ["29.9", "29.125", "-1"])
def test_other_fractions_are_asked_again(wrong: str) -> None:
    with pytest.raises(ValueError, match="quarters"):
        quarter_hours(Decimal(wrong))


def test_every_criterion_names_its_source_and_never_the_law() -> None:
    for each in (*UPGRADE.criteria, *IN_FORCE.of(Kind.EXTENSION).criteria):
        assert each.citation == "Instructions for applicants, university page"
        words = " ".join((each.sentence, each.help.counts, each.help.does_not, each.help.bring)).lower()
        assert "law" not in words.split()


def test_background_rulings_are_for_educator_and_dese() -> None:
    rulings = (
        Ruling(criterion="REA-BACKGROUND", verdict=Verdict.MET),
        Ruling(criterion="UPG-PD", verdict=Verdict.MET),
    )

    assert visible(rulings, "dese") == visible(rulings, "educator") == rulings
    assert visible(rulings, "district") == visible(rulings, "support") == rulings[1:]
