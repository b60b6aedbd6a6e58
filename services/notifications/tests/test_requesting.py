from collections.abc import Sequence

import pytest
from notifications_given import (
    APPLICATION,
    AT,
    DANA,
    INDEPENDENCE,
    JORDAN,
    REFERENCE,
    approved,
    asked,
    claimed,
    closed,
    corrected,
    declined,
    denied,
    district_contacts,
    employer_changed,
    information_requested,
    intent,
    listed,
    opened_again,
    overdue,
    registered,
    reopened,
    returned,
    staff_contacts,
    submitted,
    verified,
    withdrawn,
)

from lectern.contracts.district_worklog import DistrictNoticesChosen
from lectern.contracts.facts import Fact
from lectern.eventlog.deciding import fold
from lectern.eventlog.errors import NotYet
from lectern.eventlog.streams import Reacting
from notifications.notice import STEPS, NoticeRequested, Request, Requested, Unrequested
from notifications.requesting import (
    REACTIONS,
    on_approved,
    on_claimed,
    on_closed,
    on_corrected,
    on_declined,
    on_denied,
    on_employer_changed,
    on_information_requested,
    on_overdue,
    on_reconsideration_opened,
    on_reopened,
    on_returned,
    on_submitted,
    on_verification_requested,
    on_verified,
    on_withdrawn,
)

HEARD: tuple[Fact, ...] = (registered(), listed(), district_contacts(), staff_contacts(), submitted())


def decided(reacting: Reacting, heard: Sequence[Fact] = HEARD, request: Request | None = None) -> list[NoticeRequested]:
    """What a reaction's command decides on a log that heard these facts; nothing is requested yet, unless said."""
    _, *others = reacting.refs
    states = [fold(ref.noun, (fact for fact in heard if isinstance(fact, ref.noun.facts))) for ref in others]
    requests = reacting.decide(request or Unrequested(), *states, reacting.command)
    return [each for each in requests if isinstance(each, NoticeRequested)]


def told(reactions: Sequence[Reacting], heard: Sequence[Fact] = HEARD) -> list[tuple[str, str, str]]:
    return [(each.notice, each.to, each.template) for one in reactions for each in decided(one, heard)]


def test_every_step_tells_the_right_people() -> None:
    assert told(on_submitted(submitted())) == [("submitted", "educator", "submitted-4")]
    assert told(on_corrected(corrected())) == [("submitted", "educator", "submitted-4")]
    assert told(on_verification_requested(asked())) == [("new-item", "district", "new-item-3")]
    assert told(on_claimed(claimed())) == [("received", "educator", "received-2")]
    assert told(on_returned(returned())) == [("returned", "educator", "returned-3")]
    assert told(on_declined(declined())) == [("declined", "educator", "declined-2")]
    assert told(on_employer_changed(employer_changed())) == [("moved", "educator", "moved-1")]
    assert told(on_verified(verified())) == [
        ("sent-to-dese", "educator", "sent-to-dese-3"),
        ("application-ready", "dese", "application-ready-3"),
    ]
    assert told(on_information_requested(information_requested())) == [
        ("information-requested", "educator", "information-requested-1")
    ]
    assert told(on_reopened(reopened())) == [("information-requested", "district", "district-asked-1")]
    assert told(on_approved(approved())) == [("decided", "educator", "approved-3")]
    assert told(on_denied(denied())) == [("decided", "educator", "denied-3")]
    assert told(on_closed(closed())) == [("closed-incomplete", "educator", "closed-incomplete-1")]
    assert told(on_reconsideration_opened(opened_again())) == [
        ("reconsideration", "educator", "reconsideration-1"),
        ("application-ready", "dese", "reconsideration-ready-1"),
    ]
    assert told(on_withdrawn(withdrawn())) == [("withdrawn", "educator", "withdrawn-1")]


def test_a_notice_names_the_application_as_its_reader_knows_it() -> None:
    [request] = decided(on_returned(returned())[0])

    assert (request.application_id, request.educator_id, request.reference) == (APPLICATION, JORDAN, REFERENCE)
    assert (request.district, request.reasons) == (INDEPENDENCE, ("hours-missing", "other"))


def test_a_decision_about_an_application_names_its_district() -> None:
    [request] = decided(on_approved(approved())[0])

    assert request.district == INDEPENDENCE


def test_a_notice_is_requested_once() -> None:
    [reacting] = on_submitted(submitted())

    assert decided(reacting, request=Requested(intent())) == []


def test_a_step_heard_twice_asks_for_the_same_notice_and_every_handing_in_for_its_own() -> None:
    def ids(reactions: Sequence[Reacting]) -> list[object]:
        return [each.command.notice_id for each in reactions]

    assert ids(on_claimed(claimed())) == ids(on_claimed(claimed()))
    assert ids(on_claimed(claimed())) != ids(on_claimed(claimed(submission=2)))
    assert ids(on_submitted(submitted())) != ids(on_corrected(corrected()))
    assert ids(on_approved(approved(cycle=1))) == ids(on_denied(denied(cycle=1)))
    assert ids(on_approved(approved(cycle=1))) != ids(on_approved(approved(cycle=2)))
    assert len(set(ids(on_verified(verified())))) == 2
    assert ids(on_reconsideration_opened(opened_again())) != ids(on_reconsideration_opened(opened_again(3)))
    assert ids(on_information_requested(information_requested())) != ids(
        on_information_requested(information_requested(JORDAN))
    )


@pytest.mark.parametrize(
    ("reactions", "missing"),
    [
        (on_submitted(submitted()), registered()),
        (on_claimed(claimed()), submitted()),
        (on_submitted(submitted()), listed()),
        (on_verification_requested(asked()), listed()),
        (on_verified(verified())[1:], staff_contacts()),
    ],
)
def test_waits_for_what_was_not_heard_yet(reactions: list[Reacting], missing: Fact) -> None:
    heard = [fact for fact in HEARD if fact != missing]

    with pytest.raises(NotYet):
        told(reactions, heard)


def test_a_district_without_contacts_does_not_hold_anything_up() -> None:
    heard = [fact for fact in HEARD if fact != district_contacts()]

    assert told(on_verification_requested(asked()), heard) == [("new-item", "district", "new-item-3")]


def test_who_wants_the_daily_email_alone_gets_none_for_each() -> None:
    daily = DistrictNoticesChosen(district=INDEPENDENCE, each_item=False, chosen_by=DANA, chosen_at=AT)
    each = daily.model_copy(update={"each_item": True})

    assert told(on_verification_requested(asked()), [*HEARD, daily]) == []
    assert len(told(on_verification_requested(asked()), [*HEARD, daily, each])) == 1
    assert len(told(on_overdue(overdue()), [*HEARD, daily])) == 1


def test_every_notice_is_asked_for_by_some_step() -> None:
    facts = (
        submitted(),
        corrected(),
        employer_changed(),
        asked(),
        claimed(),
        returned(),
        declined(),
        verified(),
        overdue(), information_requested(),
             reopened(),             approved(),
        denied(),
        opened_again(),
        withdrawn(),
        closed(),
    )  # fmt: skip

    assert {each.command.notice for fact in facts for each in REACTIONS[type(fact)](fact)} == set(STEPS)
