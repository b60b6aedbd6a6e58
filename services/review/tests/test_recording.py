"""A line of the state's records: recorded once, changed where it says something new, never half."""

from datetime import date
from typing import Any

import pytest
from review_given import CERTIFICATE, EDUCATOR, NOW, after, names, recorded, sealed, told, uid, upgraded

from lectern.contracts.review import CertificateRecorded
from lectern.contracts.values import CertificateKind, CertificateStatus
from lectern.eventlog.errors import Refused
from lectern.eventlog.streams import Entry
from review.certificate import Entered, certificate
from review.person import ClearanceEntered, PersonEntered, person, register_entry
from review.recording import Clearance, RecordPerson, record_person

LINE = Entered(
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


def recording(**changed: Any) -> RecordPerson:
    said: dict[str, Any] = {
        "number_token": "n",
        "person_id": EDUCATOR,
        "particulars": "p",
        "match_token": "t",
        "name": sealed("contact", "PersonRecorded.name"),
        "educator_number": sealed("contact", "PersonRecorded.educator_number"),
        "birth_date": sealed("state", "PersonRecorded.birth_date"),
        "clearance": Clearance(cleared="c", cleared_on=sealed("state", "BackgroundCheckCleared.cleared_on")),
        "certificate_id": CERTIFICATE,
        "line": LINE,
        "now": NOW,
    }
    return RecordPerson.model_validate(said | changed)


def decide(entry: Any = NOBODY, held: Any = None, **changed: Any) -> list[Any]:
    return record_person(entry, after(person), held or after(certificate), recording(**changed))


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
    assert decide(KNOWN, after(certificate, recorded())) == []


def test_a_person_without_a_clearance_has_none() -> None:
    assert "BackgroundCheckCleared" not in names(decide(clearance=None))
    assert decide(KNOWN, after(certificate, recorded()), clearance=None) == []


def test_new_particulars_are_recorded_for_the_same_person() -> None:
    changed = decide(KNOWN, after(certificate, recorded()), particulars="q", match_token="u")

    assert names(changed) == ["PersonEntered", "PersonRecorded"]


def test_a_newer_clearance_is_recorded() -> None:
    newer = Clearance(cleared="d", cleared_on=sealed("state", "BackgroundCheckCleared.cleared_on"))

    assert names(decide(KNOWN, after(certificate, recorded()), clearance=newer)) == [
        "ClearanceEntered",
        "BackgroundCheckCleared",
    ]


def test_a_second_certificate_of_the_same_person_is_recorded() -> None:
    assert names(decide(KNOWN)) == ["CertificateRecorded"]


def test_a_changed_status_is_recorded() -> None:
    suspended = Entered(LINE.kind, LINE.areas, LINE.issued_on, LINE.expires_on, CertificateStatus.SUSPENDED)

    (change,) = told(decide(KNOWN, after(certificate, recorded()), line=suspended))

    assert isinstance(change, CertificateRecorded)
    assert change.status is CertificateStatus.SUSPENDED


def test_the_line_of_a_certificate_upgraded_here_may_come_again_but_not_change_it() -> None:
    held = after(certificate, recorded(), upgraded())
    other = Entered(LINE.kind, LINE.areas, LINE.issued_on, date(2028, 1, 15), LINE.status)

    assert decide(KNOWN, held) == []
    with pytest.raises(Refused, match="upgraded here"):
        decide(KNOWN, held, line=other)


def test_two_imports_at_once_do_not_make_two_persons() -> None:
    with pytest.raises(Refused) as refused:
        decide(KNOWN, person_id=uid(55))

    assert refused.value.details["conflict"]
