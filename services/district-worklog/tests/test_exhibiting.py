"""Files a district attests by: attached and removed while it has the application; DESE is told with the attestation."""

from typing import Any
from uuid import UUID, uuid5

import pytest
from worklog_commands import verifying
from worklog_given import (
    ALL_FIVE,
    APPLICATION,
    DANA,
    JORDAN,
    NOW,
    OURS,
    THEIRS,
    case_after,
    evidence_after,
    given,
    heard,
    item_after,
    recorded,
    requested,
    returned,
    sealed,
    verified,
)

from district_worklog.exhibit import ExhibitAttached, ExhibitChecked, ExhibitRemoved, Exhibits, Told, exhibit
from district_worklog.exhibiting import (
    AT_MOST,
    AttachExhibit,
    CheckExhibit,
    RemoveExhibit,
    attach,
    check,
    remove,
    verify_with_files,
)
from lectern.contracts.district_worklog import EvidenceProvided
from lectern.contracts.documents import Checked, DocumentId, StoredBytes
from lectern.contracts.facts import Fact
from lectern.eventlog.errors import NotFound, Refused
from lectern.eventlog.streams import Entry

WAITING, SENT = item_after(requested()), item_after(requested(), verified())
UNDECIDED, NOTHING = case_after(), Told()


def file(at: int = 1) -> DocumentId:
    return DocumentId(uuid5(UUID(int=0), f"file {at}"))


def ready(at: int = 1, district: str = OURS) -> EvidenceProvided:
    return EvidenceProvided(
        application_id=APPLICATION,
        educator_id=JORDAN,
        submission=0,
        district=district,
        document_id=file(at),
        document=sealed("EvidenceProvided.document", "district"),
        stored=StoredBytes(size=1, sha256="0" * 64),
        scanned=False,
        provided_at=NOW,
    )


def attached(at: int = 1, district: str = OURS) -> ExhibitAttached:
    return ExhibitAttached(
        application_id=APPLICATION, document_id=file(at), at=NOW, criterion="UPG-PD", by=DANA, ready=ready(at, district)
    )


def looked(at: int = 1, checked: Checked = Checked.CLEAN) -> ExhibitChecked:
    return ExhibitChecked(application_id=APPLICATION, document_id=file(at), at=NOW, checked=checked)


def exhibits(*facts: Fact) -> Exhibits:
    return given(exhibit, *facts)  # type: ignore[no-any-return]


def _who(district: str = OURS) -> dict[str, Any]:
    return {"application_id": APPLICATION, "district": district, "submission": 1, "officer": DANA, "now": NOW}


def attaching(at: int = 1, criterion: str = "UPG-PD", district: str = OURS) -> AttachExhibit:
    return AttachExhibit(**_who(district), criterion=criterion, document_id=file(at), ready=ready(at, district))


def removing(at: int = 1, district: str = OURS) -> RemoveExhibit:
    return RemoveExhibit(**_who(district), document_id=file(at))


def looking(at: int = 1, checked: Checked = Checked.CLEAN) -> CheckExhibit:
    return CheckExhibit(application_id=APPLICATION, document_id=file(at), checked=checked, found="", now=NOW)


def told(decided: list[Any]) -> list[str]:
    return [(each.fact if isinstance(each, Entry) else each).type for each in decided]


def test_a_file_shows_a_criterion_of_the_application() -> None:
    assert told(attach(exhibits(), WAITING, UNDECIDED, heard(), attaching())) == ["ExhibitAttached"]
    with pytest.raises(Refused, match="criterion"):
        attach(exhibits(), WAITING, UNDECIDED, heard(), attaching(criterion="EXT-TEACHING"))


def test_twenty_files_are_enough() -> None:
    full = exhibits(*(attached(at) for at in range(AT_MOST)))

    with pytest.raises(Refused, match="twenty"):
        attach(full, WAITING, UNDECIDED, heard(), attaching(99))


@pytest.mark.parametrize("item", [SENT, item_after(requested(), returned())], ids=["sent", "returned"])
def test_files_are_attached_and_removed_while_the_district_has_the_application(item: Any) -> None:
    with pytest.raises(Refused):
        attach(exhibits(), item, UNDECIDED, heard(), attaching())
    with pytest.raises(Refused):
        remove(exhibits(attached()), item, UNDECIDED, NOTHING, removing())


def test_another_district_neither_attaches_nor_removes() -> None:
    with pytest.raises(NotFound):
        attach(exhibits(), WAITING, UNDECIDED, heard(), attaching(district=THEIRS))
    with pytest.raises(NotFound):
        remove(exhibits(attached()), WAITING, UNDECIDED, NOTHING, removing(district=THEIRS))
    with pytest.raises(NotFound):
        remove(exhibits(attached(1, THEIRS)), WAITING, UNDECIDED, NOTHING, removing())


def test_a_file_is_removed_until_dese_has_it_and_twice_is_nothing() -> None:
    gone = ExhibitRemoved(application_id=APPLICATION, document_id=file(), at=NOW, by=DANA)

    assert told(remove(exhibits(attached()), WAITING, UNDECIDED, NOTHING, removing())) == ["ExhibitRemoved"]
    assert remove(exhibits(attached(), gone), WAITING, UNDECIDED, NOTHING, removing()) == []
    with pytest.raises(Refused, match="went to DESE"):
        remove(exhibits(attached()), WAITING, UNDECIDED, Told(frozenset({file()})), removing())


def test_dese_is_told_with_the_attestation_of_what_may_be_looked_at() -> None:
    gathered = evidence_after(*(recorded(each) for each in ALL_FIVE))
    state = exhibits(
        attached(1), looked(1), attached(2), attached(3), looked(3, Checked.INFECTED), attached(4, THEIRS), looked(4),
        attached(5), looked(5),
    )  # fmt: skip

    decided = verify_with_files(WAITING, gathered, UNDECIDED, heard(), state, Told(frozenset({file(5)})), verifying())

    assert told(decided) == ["DistrictVerified", "EvidenceProvided"]
    (entry,) = [each for each in decided if isinstance(each, Entry)]
    assert isinstance(entry.fact, EvidenceProvided)
    assert (entry.fact.document_id, entry.fact.submission, entry.fact.scanned) == (file(1), 1, True)


def test_a_second_click_tells_nothing() -> None:
    state = exhibits(attached(), looked())

    assert verify_with_files(SENT, evidence_after(), UNDECIDED, heard(), state, NOTHING, verifying()) == []


def test_what_is_looked_at_later_is_told_then() -> None:
    state = exhibits(attached())

    assert told(check(state, WAITING, NOTHING, looking())) == ["ExhibitChecked"]
    assert told(check(state, SENT, NOTHING, looking())) == ["ExhibitChecked", "EvidenceProvided"]
    assert told(check(state, SENT, NOTHING, looking(1, Checked.INFECTED))) == ["ExhibitChecked"]
    assert told(check(exhibits(attached(1, THEIRS)), SENT, NOTHING, looking())) == ["ExhibitChecked"]
    assert check(exhibits(attached(), looked()), SENT, NOTHING, looking()) == []
    assert check(exhibits(), SENT, NOTHING, looking()) == []
