"""A certificate's status is changed by two at DESE: suspended, revoked, surrendered, reinstated."""

from datetime import date
from typing import Any

import pytest
from review_given import (
    ACTIVE,
    APPLICATION,
    ATTESTED,
    CERTIFICATE,
    EDUCATOR,
    HANDED_IN,
    INES,
    NOW,
    OPEN,
    PRIYA,
    THEO,
    TODAY,
    after,
    certificate_extended,
    recorded,
    sealed,
    told,
    uid,
    upgraded,
)

from lectern.contracts.review import CertificateRecorded, CertificateStatusChanged
from lectern.contracts.values import CertificateStatus
from lectern.eventlog.errors import NotFound, Refused
from review.certificate import Extended, Recorded, Upgraded, certificate
from review.certificates_running import RunningCertificate
from review.certificates_running import fold as run
from review.discipline import StatusChangeProposed, discipline
from review.disciplining import (
    ConfirmStatus,
    ProposeStatus,
    SendStatusBack,
    confirm_status,
    propose_status,
    send_status_back,
)
from review.register_certificates import CertificateRow
from review.register_certificates import fold as registered
from review.standing import OfficerCommand, OnRecord, changeable, docket
from review.status_changes import StatusChangesRow, fold

CHANGE, OTHER = uid(71), uid(72)
READER = OfficerCommand(application_id=APPLICATION, submission=1, officer=PRIYA, officer_is=None, now=NOW)
TAKEN = [CertificateStatus.SUSPENDED, CertificateStatus.REVOKED, CertificateStatus.SURRENDERED]
SUSPENDED = CertificateStatus.SUSPENDED
ORDER = sealed("state", "StatusChangeProposed.order")
BY: dict[str, Any] = {"certificate_id": CERTIFICATE, "officer_is": None, "now": NOW, "today": TODAY}


def proposing(**changed: Any) -> ProposeStatus:
    said = {"officer": PRIYA, "change_id": CHANGE, "status": SUSPENDED, "effective_on": TODAY, "order": ORDER}
    return ProposeStatus.model_validate(BY | said | changed)


def confirming(**changed: Any) -> ConfirmStatus:
    said = {
        "officer": THEO,
        "supervisor": True,
        "change_id": CHANGE,
        "order": sealed("state", "CertificateStatusChanged.order"),
        "signed": sealed("state", "CertificateStatusChanged.signed"),
    }
    return ConfirmStatus.model_validate(BY | said | changed)


def backing(**changed: Any) -> SendStatusBack:
    said = {
        "officer": THEO,
        "supervisor": True,
        "change_id": CHANGE,
        "why": sealed("state", "StatusChangeSentBack.why"),
    }
    return SendStatusBack.model_validate(BY | said | changed)


def proposed(status: CertificateStatus = SUSPENDED, **changed: Any) -> StatusChangeProposed:
    said = {"certificate_id": CERTIFICATE, "person_id": EDUCATOR, "change_id": CHANGE, "by": PRIYA, "at": NOW}
    rest = {"status": status, "effective_on": TODAY, "order": ORDER}
    return StatusChangeProposed.model_validate(said | rest | changed)


def ruled(status: CertificateStatus = SUSPENDED, **changed: Any) -> CertificateStatusChanged:
    said = {
        "certificate_id": CERTIFICATE,
        "person_id": EDUCATOR,
        "change_id": CHANGE,
        "status": status,
        "effective_on": TODAY,
        "expires_on": date(2027, 1, 15),
        "order": sealed("state", "CertificateStatusChanged.order"),
        "signed": sealed("state", "CertificateStatusChanged.signed"),
        "changed_at": NOW,
    }
    return CertificateStatusChanged.model_validate(said | changed)


def changed_by(held: Any, waiting: Any, **said: Any) -> CertificateStatusChanged:
    _, fact = told(confirm_status(waiting, held, confirming(**said)))
    assert isinstance(fact, CertificateStatusChanged)
    return fact


@pytest.mark.parametrize("status", TAKEN)
def test_one_proposes_and_a_supervisor_confirms(status: CertificateStatus) -> None:
    (proposal,) = propose_status(after(discipline), ACTIVE, proposing(status=status))
    waiting = after(discipline, proposal)

    entries = confirm_status(waiting, ACTIVE, confirming())
    confirmed, fact = told(entries)

    assert (proposal.by, proposal.status, proposal.person_id) == (PRIYA, status, EDUCATOR)
    assert isinstance(fact, CertificateStatusChanged)
    assert (fact.status, fact.effective_on, fact.expires_on) == (status, TODAY, date(2027, 1, 15))
    assert entries[1].to is not None
    assert entries[1].to.stream == f"certificate/{CERTIFICATE}"
    assert (
        confirm_status(after(discipline, proposal, confirmed), after(certificate, recorded(), fact), confirming()) == []
    )


def test_nobody_confirms_what_they_proposed_and_only_a_supervisor_confirms() -> None:
    waiting = after(discipline, proposed())

    with pytest.raises(Refused, match="proposed this yourself"):
        confirm_status(waiting, ACTIVE, confirming(officer=PRIYA))
    with pytest.raises(NotFound):
        confirm_status(waiting, ACTIVE, confirming(supervisor=False))
    with pytest.raises(NotFound):
        send_status_back(waiting, ACTIVE, backing(supervisor=False))


def test_another_proposal_than_the_one_that_was_read_is_not_confirmed() -> None:
    for state in (after(discipline), after(discipline, proposed(change_id=OTHER))):
        with pytest.raises(Refused, match="no longer open"):
            confirm_status(state, ACTIVE, confirming())


def test_what_is_sent_back_can_be_proposed_again() -> None:
    waiting = after(discipline, proposed())
    (back,) = send_status_back(waiting, ACTIVE, backing())

    again = propose_status(after(discipline, proposed(), back), ACTIVE, proposing(change_id=OTHER))

    assert [each.change_id for each in again] == [OTHER]


def test_a_second_click_proposes_once_and_two_are_not_proposed_over_each_other() -> None:
    waiting = after(discipline, proposed())

    assert propose_status(waiting, ACTIVE, proposing(change_id=OTHER)) == []
    with pytest.raises(Refused, match="waits for a second person"):
        propose_status(waiting, ACTIVE, proposing(officer=INES))


def test_nobody_acts_on_their_own_certificate() -> None:
    with pytest.raises(Refused, match="your own certificate"):
        propose_status(after(discipline), ACTIVE, proposing(officer_is=EDUCATOR))
    with pytest.raises(Refused, match="your own certificate"):
        confirm_status(after(discipline, proposed()), ACTIVE, confirming(officer_is=EDUCATOR))


def test_a_certificate_that_is_not_there_is_not_found() -> None:
    with pytest.raises(NotFound):
        propose_status(after(discipline), after(certificate), proposing())


@pytest.mark.parametrize(
    ("effective_on", "words"),
    [(date(2023, 1, 14), "January 15, 2023 or a later day"), (date(2027, 1, 6), "Enter today or a day before")],
)
def test_it_counts_from_a_day_since_the_issue_and_from_none_to_come(effective_on: date, words: str) -> None:
    with pytest.raises(Refused, match=words) as refused:
        propose_status(after(discipline), ACTIVE, proposing(effective_on=effective_on))

    assert refused.value.details["field"] == "on"
    for day in (date(2023, 1, 15), TODAY):
        assert len(propose_status(after(discipline), ACTIVE, proposing(effective_on=day))) == 1


def test_it_does_not_reach_behind_a_decision() -> None:
    extended = after(certificate, recorded(), certificate_extended())

    with pytest.raises(Refused) as refused:
        propose_status(after(discipline), extended, proposing(effective_on=date(2023, 6, 1)))

    assert refused.value.details["field"] == "on"
    assert len(propose_status(after(discipline), extended, proposing(effective_on=TODAY))) == 1


@pytest.mark.parametrize("status", TAKEN)
def test_it_does_not_become_what_it_is(status: CertificateStatus) -> None:
    held = after(certificate, recorded(), ruled(status))

    with pytest.raises(Refused, match=f"{status.value} already"):
        propose_status(after(discipline), held, proposing(status=status))
    with pytest.raises(Refused, match="nothing to reinstate"):
        propose_status(after(discipline), ACTIVE, proposing(status=CertificateStatus.ACTIVE))


@pytest.mark.parametrize(
    ("line", "today", "becomes"),
    [
        (recorded(), date(2027, 1, 15), CertificateStatus.ACTIVE),
        (recorded(), date(2027, 1, 16), CertificateStatus.EXPIRED),
        (recorded(status=CertificateStatus.EXPIRED), date(2027, 1, 15), CertificateStatus.EXPIRED),
    ],
)
def test_reinstated_it_is_what_its_last_day_makes_it(
    line: CertificateRecorded, today: date, becomes: CertificateStatus
) -> None:
    held = after(certificate, line, ruled())
    waiting = after(discipline, proposed(CertificateStatus.ACTIVE))

    assert changed_by(held, waiting, today=today).status is becomes


def test_one_that_came_in_suspended_is_reinstated_and_judged_as_active() -> None:
    line = recorded(status=SUSPENDED)
    held = after(certificate, line, ruled(CertificateStatus.ACTIVE))

    assert isinstance(held, Recorded)
    assert (held.status, held.held.status) == (CertificateStatus.ACTIVE, CertificateStatus.ACTIVE)
    assert held.runs_out_on == date(2027, 1, 15)


@pytest.mark.parametrize("status", TAKEN)
def test_nothing_is_approved_on_it_and_no_application_is_failed_by_it(status: CertificateStatus) -> None:
    held = after(certificate, recorded(), ruled(status))
    ready = docket(OPEN, HANDED_IN, ATTESTED, READER)

    assert isinstance(held, Recorded)
    assert held.held == after(certificate, recorded()).held, "judged as before"
    with pytest.raises(Refused, match=f"{status.value} since .* reinstated") as refused:
        changeable(OnRecord((held,)), ready)
    assert refused.value.details["taken"]
    lifted = after(certificate, recorded(), ruled(status), ruled(CertificateStatus.ACTIVE))
    assert changeable(OnRecord((lifted,)), ready) == (lifted,)


@pytest.mark.parametrize("made", [(), (certificate_extended(),), (upgraded(),)])
def test_its_last_day_falls_due_only_while_it_is_not_taken(made: tuple[Any, ...]) -> None:
    story = (recorded(), *made)
    held = after(certificate, *story)
    assert isinstance(held, Recorded | Extended | Upgraded)
    last = held.expires_on

    def due(*facts: Any) -> date | None:
        row: RunningCertificate | None = None
        for fact in (*story, *facts):
            row = run(row, fact)
        return row.expires_on if row else None

    taken, given_back = ruled(expires_on=last), ruled(CertificateStatus.ACTIVE, expires_on=last)
    over = ruled(CertificateStatus.EXPIRED, expires_on=last)
    assert (due(), due(taken), due(taken, given_back), due(taken, over)) == (last, None, last, None)
    for facts in ((), (taken,), (taken, given_back), (taken, over)):
        state = after(certificate, *story, *facts)
        assert isinstance(state, Recorded | Extended | Upgraded)
        assert state.runs_out_on == due(*facts)


def test_the_register_shows_it_and_judges_as_before() -> None:
    def row(*facts: Any) -> CertificateRow:
        found: CertificateRow | None = None
        for fact in facts:
            found = registered(found, fact)
        assert found is not None
        return found

    taken = row(recorded(), ruled())
    back = row(recorded(), ruled(), ruled(CertificateStatus.ACTIVE))
    came_in = row(recorded(status=SUSPENDED), ruled(CertificateStatus.ACTIVE))

    assert (taken.status, taken.judged_as, taken.status_since, taken.taken) == (
        SUSPENDED,
        CertificateStatus.ACTIVE,
        TODAY,
        True,
    )
    assert (back.status, back.judged_as, back.taken) == (CertificateStatus.ACTIVE, CertificateStatus.ACTIVE, False)
    assert (came_in.judged_as, came_in.taken) == (CertificateStatus.ACTIVE, False)
    assert row(recorded(), ruled(), ruled(CertificateStatus.ACTIVE), certificate_extended()).judged_as is None


def test_what_waits_and_what_was_done_is_listed() -> None:
    def row(*facts: Any) -> StatusChangesRow:
        found: StatusChangesRow | None = None
        for fact in facts:
            found = fold(found, fact)
        assert found is not None
        return found

    waiting = after(discipline, proposed())
    (back,) = send_status_back(waiting, ACTIVE, backing())
    confirmed, _ = told(confirm_status(waiting, ACTIVE, confirming()))

    first, sent_back, done = row(proposed()), row(proposed(), back), row(proposed(), back, proposed(), confirmed)

    assert first.waiting is not None
    assert first.waiting_since == NOW
    assert (sent_back.waiting, sent_back.waiting_since) == (None, None)
    assert [each.sent_back is None for each in done.done] == [False, True]
    assert {each.by for each in done.done} == {THEO}
