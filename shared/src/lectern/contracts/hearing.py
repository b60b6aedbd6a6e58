"""Who hears what: for each service, the kinds of streams it subscribes to, by publisher. Never by type."""

from typing import TypeAlias, get_args

from lectern.contracts.applications import ApplicationsFact
from lectern.contracts.district_worklog import DistrictWorklogFact
from lectern.contracts.facts import PublicFact
from lectern.contracts.notifications import NotificationsFact
from lectern.contracts.review import ReviewFact

Kinds: TypeAlias = frozenset[tuple[str, str]]
"""(publisher, kind of stream)."""

PUBLIC_FACTS: tuple[type[PublicFact], ...] = tuple(
    fact for union in (ApplicationsFact, DistrictWorklogFact, ReviewFact, NotificationsFact) for fact in get_args(union)
)

HEARS: dict[str, Kinds] = {
    "applications": frozenset(
        {
            ("district-worklog", "district"),
            ("district-worklog", "work-item"),
            ("review", "person"),
            ("review", "certificate"),
            ("review", "case"),
        }
    ),
    "district-worklog": frozenset(
        {
            ("applications", "educator"),
            ("applications", "application"),
            ("applications", "document"),
            ("review", "certificate"),
            ("review", "case"),
            ("review", "person"),
        }
    ),
    "review": frozenset(
        {
            ("applications", "educator"),
            ("applications", "application"),
            ("applications", "document"),
            ("applications", "state-document"),
            ("district-worklog", "district"),
            ("district-worklog", "work-item"),
            ("district-worklog", "evidence-document"),
        }
    ),
    "notifications": frozenset(
        {
            ("applications", "educator"),
            ("applications", "application"),
            ("applications", "draft-reminder"),
            ("applications", "clearance"),
            ("district-worklog", "district"),
            ("district-worklog", "work-item"),
            ("review", "case"),
            ("review", "certificate"),
            ("review", "staff"),
        }
    ),
}
