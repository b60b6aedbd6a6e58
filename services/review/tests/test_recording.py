"""A line of the state's records: recorded once, changed where it says something new, never half."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from review_given import (
    CERTIFICATE,
    EDUCATOR,
    NOW,
    after,
    certificate_extended,
    names,
    recorded,
    sealed,
    told,
    uid,
    upgraded,
)

from lectern.contracts.review import CertificateRecorded
from lectern.contracts.values import CertificateKind, CertificateStatus
from lectern.eventlog.errors import Refused
from lectern.eventlog.streams import Entry
from review.certificate import Entered, certificate
from review.person import ClearanceEntered, PersonEntered, person, register_entry
from review.recording import Change, Line, RecordPerson, change_of, record_person

SAID = Entered(
    CertificateKind.IPC,
    ("Elementary Education 1-6",),
    date(2023, 1, 15),
    date(2027, 1, 15),
    CertificateStatus.ACTIVE,
)
ENTERED = PersonEntered(number_token="n", person_id=EDUCATOR, particulars="p", entered_at=NOW)
CLEARED = ClearanceEntered(number_token="n", person_id=EDUCATOR, cleared="c", entered_at=NOW)
NOBODY = after(register_entry)
KNOWN = after(register_entry, ENTERED, CLEARED)
ON_RECORD = after(certificate, recorded())
LATER = replace(SAID, expires_on=date(2028, 1, 15))


def line(**changed: Any) -> Line:
    said = {"number_token": "n", "particulars": "p", "cleared": "c", "certificate": SAID}
    return Line.model_validate(said | changed)


def recording(said: Line, **changed: Any) -> RecordPerson:
    sealed_values: dict[str, Any] = {
        "person_id": EDUCATOR,
        "certificate_id": CERTIFICATE,
        "match_token": "t",
        "name": sealed("contact", "PersonRecorded.name"),
        "educator_number": sealed("contact", "PersonRecorded.educator_number"),
        "birth_date": sealed("state", "PersonRecorded.birth_date"),
        "cleared_on": sealed("state", "BackgroundCheckCleared.cleared_on"),
        "now": NOW,
    }
    return RecordPerson.model_validate({"line": said} | sealed_values | changed)


def decide(entry: Any = NOBODY, held: Any = None, said: Line | None = None, **changed: Any) -> list[Any]:
    return record_person(entry, after(person), held or after(certificate), recording(said or line(), **changed))


def test_a_new_line_records_person_clearance_and_certificate() -> None:
    assert names(decide()) == [
        "PersonEntered",
        "PersonRecorded",
        "ClearanceEntered",
        "BackgroundCheckCleared",
        "CertificateRecorded",
    ]


def test_everything_is_about_the_person() -> None:
    entries = [each for each in decide() if isinstance(each, Entry)]

    assert {each.to.subject for each in entries if each.to} == {str(EDUCATOR)}


def test_the_same_line_again_records_nothing() -> None:
    assert decide(KNOWN, ON_RECORD) == []


def test_a_line_without_a_clearance_says_nothing_about_one() -> None:
    assert "BackgroundCheckCleared" not in names(decide(said=line(cleared=None), cleared_on=None))
    assert decide(KNOWN, ON_RECORD, line(cleared=None), cleared_on=None) == []


def test_new_particulars_are_recorded_for_the_same_person() -> None:
    assert names(decide(KNOWN, ON_RECORD, line(particulars="q"))) == ["PersonEntered", "PersonRecorded"]


def test_a_newer_clearance_is_recorded() -> None:
    assert names(decide(KNOWN, ON_RECORD, line(cleared="d"))) == ["ClearanceEntered", "BackgroundCheckCleared"]


def test_a_second_certificate_of_the_same_person_is_recorded() -> None:
    assert names(decide(KNOWN)) == ["CertificateRecorded"]


def test_a_changed_status_is_recorded() -> None:
    suspended = line(certificate=replace(SAID, status=CertificateStatus.SUSPENDED))

    (change,) = told(decide(KNOWN, ON_RECORD, suspended))

    assert isinstance(change, CertificateRecorded)
    assert change.status is CertificateStatus.SUSPENDED


def test_the_line_of_a_certificate_upgraded_here_may_come_again_but_not_change_it() -> None:
    held = after(certificate, recorded(), upgraded())

    assert decide(KNOWN, held) == []
    with pytest.raises(Refused, match="upgraded here"):
        decide(KNOWN, held, line(certificate=LATER))


def test_two_imports_at_once_do_not_make_two_persons() -> None:
    with pytest.raises(Refused) as refused:
        decide(KNOWN, person_id=uid(55))

    assert refused.value.details["conflict"]


@pytest.mark.parametrize(
    ("entry", "held", "said", "change"),
    [
        (NOBODY, after(certificate), line(), Change.NEW),
        (KNOWN, after(certificate), line(), Change.NEW),
        (KNOWN, ON_RECORD, line(), Change.SAME),
        (KNOWN, ON_RECORD, line(particulars="q"), Change.CHANGED),
        (KNOWN, ON_RECORD, line(cleared="d"), Change.CHANGED),
        (KNOWN, ON_RECORD, line(certificate=LATER), Change.CHANGED),
    ],
)
def test_a_dry_run_says_what_a_line_would_change(entry: Any, held: Any, said: Line, change: Change) -> None:
    assert change_of(entry, held, said) is change
    assert bool(decide(entry, held, said)) is (change is not Change.SAME)


def test_the_line_of_a_certificate_extended_here_may_come_as_before_or_as_it_is_now() -> None:
    held = after(certificate, recorded(), certificate_extended())
    as_it_is_now = replace(SAID, expires_on=date(2031, 1, 15))

    assert decide(KNOWN, held) == []
    assert decide(KNOWN, held, line(certificate=as_it_is_now)) == []
    with pytest.raises(Refused, match="extended here"):
        decide(KNOWN, held, line(certificate=LATER))
