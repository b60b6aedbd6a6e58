"""Every view of every service, folded again from position 0, is what stands in its table."""

from sqlite3 import Connection

import pytest

from lectern.eventlog.views import View
from lectern.runtime.running import codec_of, views_of
from lectern.runtime.service import Service
from lectern_local.audit.auditing import services
from lectern_local.audit.views import views_are_folds

pytestmark = pytest.mark.platform

VIEWS = [(service, view) for service in services() for view in views_of(service)]
MAY_BE_EMPTY = {
    "open_effects", "payments_pending", "arrivals_waiting", "answers_due",
    "letter_links", "copies", "provided", "status_changes",
}  # fmt: skip
"""Rows of what is under way; and of links, files and changes of status, which nobody makes in these journeys."""


@pytest.mark.parametrize(("service", "view"), VIEWS, ids=lambda each: each.name)
def test_replay_equals_live(read: Connection, service: Service, view: View[object]) -> None:
    rows = read.execute("select count(*) from live where log = ? and view = ?", (service.name, view.name)).fetchone()[0]

    assert list(views_are_folds(read, service.name, codec_of(service), (view,))) == []
    assert rows or view.name in MAY_BE_EMPTY
