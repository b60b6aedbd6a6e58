"""A draft that is kept for some days only is told of once, in plain words."""

from datetime import date

import pytest
from notifications_given import draft_expiring, registered

from lectern.eventlog.errors import NotYet
from notifications.contacts import Educator, Unheard
from notifications.lying import on_draft_expiring
from notifications.notice import NoticeRequested, Requested, Unrequested
from notifications.writing import Names, write

JORDAN = Educator(registered().contact)


def requested() -> NoticeRequested:
    (reacting,) = on_draft_expiring(draft_expiring())
    (found,) = reacting.decide(Unrequested(), JORDAN, reacting.command)
    assert isinstance(found, NoticeRequested)
    return found


def test_it_is_asked_for_once_for_each_last_day() -> None:
    (reacting,), (again,) = on_draft_expiring(draft_expiring()), on_draft_expiring(draft_expiring(date(2027, 1, 5)))

    assert list(reacting.decide(Requested(requested()), JORDAN, reacting.command)) == []
    assert again.command.notice_id != reacting.command.notice_id


def test_it_waits_for_the_educator() -> None:
    (reacting,) = on_draft_expiring(draft_expiring())

    with pytest.raises(NotYet):
        reacting.decide(Unrequested(), Unheard(), reacting.command)


def test_it_says_until_when_and_what_to_do() -> None:
    said = write(requested(), Names("Jordan Avery", "DESE", "http://127.0.0.1:8401/applications/1"))

    assert said.subject == "Your application to upgrade a teaching certificate is not submitted"
    assert "You saved it last on June 25, 2026." in said.text
    assert "we delete it when December 22, 2026 is over. To keep it, open it and save any page." in said.text
    assert "Nobody else sees it." in said.text
