"""DESE's service, put together."""

import re
from pathlib import Path
from typing import get_args

from fastapi import FastAPI

from lectern.contracts.applications import ApplicationSubmitted, ReconsiderationRequested, WithdrawalRequested
from lectern.contracts.review import ReviewFact
from lectern.papers import Press
from lectern.runtime.ids import new_id
from lectern.runtime.running import Running
from lectern.runtime.service import Service
from lectern.web import Allowance, Link, NavLink, Principal, Site, WebSettings, furnish
from review import (
    api,
    api_arrivals,
    api_import,
    api_look_up,
    api_status,
    http_arrivals,
    http_asking,
    http_case,
    http_course,
    http_decision,
    http_holding,
    http_look_up,
    http_queue,
    http_register,
    http_status,
)
from review.answers_due import answers_due
from review.arrival import ArrivalsFact, arrival
from review.arrivals_desk import ArrivalsDesk
from review.arrivals_waiting import arrivals_waiting
from review.case import case
from review.case_history import case_history
from review.case_page import case_page
from review.certificate import certificate
from review.certificate_lives import certificate_lives
from review.certificates_running import certificates_running
from review.closing import unanswered
from review.comparison import TranscriptCompared, comparison
from review.deliberation import DeliberationFact, deliberation
from review.desk import Desk
from review.discipline import DisciplineFact, discipline
from review.districts import districts
from review.expiring import last_day_over
from review.heard import application, work_item
from review.look_up_queries import ROLE
from review.office import Office
from review.officer import TITLES
from review.opening import open_case
from review.person import EntryFact, person, register_entry
from review.provided import provided
from review.reconsidering import when_requested as when_reconsideration_requested
from review.register_certificates import register_certificates
from review.register_desk import RegisterDesk
from review.register_people import register_people
from review.review_queue import review_queue
from review.staff import staff
from review.staff_list import staff_list
from review.status_changes import status_changes
from review.status_desk import StatusDesk
from review.withdrawing import when_requested


def _nav(principal: Principal | None) -> tuple[NavLink, ...]:
    if principal is None:
        return ()
    queue = NavLink("Queue", "/queue", also=("/cases",))
    return queue, NavLink("Arrivals", "/arrivals"), NavLink("Register", "/register")


SITE = Site(
    service="review",
    package="review",
    subtitle=lambda principal: ("DESE review",) if principal else ("DESE", "Missouri teaching certificates"),
    roles=tuple(TITLES),
    title_of=TITLES,
    nav=_nav,
    footer=(Link("Change your password", "/account/password"),),
    home="/queue",
    wide=True,
    uploads=re.compile(r"/arrivals/file"),
    sign_in_hint="For the people at DESE who review applications.",
)


def add_routes(app: FastAPI, running: Running) -> None:
    """Pages and API of a running service."""
    settings = running.settings
    furnish(
        app,
        SITE,
        WebSettings.of(settings, SITE.service),
        accounts=running.accounts,
        freshness=running.freshness,
    )
    office = Office(running, Desk(running.log, running.keys, new_id))
    register = RegisterDesk(running.log, running.keys, settings.match_key)
    arrivals = ArrivalsDesk(running.log, running.keys, settings.match_key, new_id)
    app.include_router(http_arrivals.routes(office, arrivals))
    app.include_router(api_arrivals.routes(office, arrivals))
    for each in (http_queue, http_case, http_asking, http_holding, http_course, http_decision, api):
        app.include_router(each.routes(office))
    app.include_router(http_register.routes(office, Press(settings.assets)))
    statuses = StatusDesk(running.log, running.keys, new_id)
    app.include_router(http_status.routes(office, statuses))
    app.include_router(api_status.routes(office, statuses))
    app.include_router(api_import.routes(office, register))
    look_ups = Allowance(running.web, settings.command_key, "look-up", settings.look_ups_a_minute)
    app.include_router(http_look_up.routes(office, look_ups))
    app.include_router(api_look_up.routes(office, look_ups))


service = Service(
    name="review",
    facts=(
        *get_args(ReviewFact),
        *get_args(DeliberationFact),
        *get_args(DisciplineFact),
        *get_args(EntryFact),
        TranscriptCompared,
        *get_args(ArrivalsFact),
    ),
    nouns=(
        case,
        certificate,
        person,
        register_entry,
        deliberation,
        discipline,
        comparison,
        arrival,
        staff,
        application,
        work_item,
    ),
    views=(
        review_queue,
        case_page,
        case_history,
        provided,
        register_people,
        register_certificates,
        certificate_lives,
        certificates_running,
        status_changes,
        answers_due,
        districts,
        staff_list,
        arrivals_waiting,
    ),
    migrations=Path(__file__).parent / "migrations",
    reactions={
        ApplicationSubmitted: open_case,
        WithdrawalRequested: when_requested,
        ReconsiderationRequested: when_reconsideration_requested,
    },
    deadlines=(last_day_over, unanswered),
    people="current_setting('lectern.role', true) in ('reviewer', 'supervisor')",
    holders=f"current_setting('lectern.role', true) = '{ROLE}'",
    routes=add_routes,
)
