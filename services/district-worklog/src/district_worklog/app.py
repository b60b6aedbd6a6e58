"""The districts' service: the work log and its verifications."""

from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from fastapi import FastAPI

from district_worklog import (
    http_answering,
    http_api,
    http_case,
    http_decline,
    http_files,
    http_hours,
    http_import,
    http_pass_on,
    http_people,
    http_return,
    http_work_log,
    http_years,
    opening,
)
from district_worklog.application import application
from district_worklog.being_late import too_long
from district_worklog.case import case
from district_worklog.case_page import case_page
from district_worklog.certificates import certificates
from district_worklog.closing import has_closed
from district_worklog.copies import copies
from district_worklog.desk import Desk
from district_worklog.district import district
from district_worklog.districts import districts
from district_worklog.edge import Edge
from district_worklog.educators import educators
from district_worklog.evidence import CriterionRecorded, EvidenceKept, evidence
from district_worklog.exhibit import ExhibitAttached, ExhibitChecked, ExhibitRemoved, evidence_document, exhibit
from district_worklog.exhibit_desk import ExhibitDesk
from district_worklog.exhibit_effects import exhibit_effects
from district_worklog.leaving import ItemLeft, left_item, when_employer_changed
from district_worklog.left_items import left_items
from district_worklog.neighbours import neighbours
from district_worklog.officer import TITLES
from district_worklog.promise import promise
from district_worklog.promises_due import promises_due
from district_worklog.promising import hours_overdue
from district_worklog.reopening import when_asked
from district_worklog.verifications_due import verifications_due
from district_worklog.work_item import work_item
from district_worklog.work_log import work_log
from lectern.contracts.applications import ApplicationCorrected, ApplicationSubmitted, EmployerChanged
from lectern.contracts.district_worklog import (
    PUBLISHER,
    ContactHoursCompleted,
    ContactHoursOverdue,
    DistrictAnswered,
    DistrictChanged,
    DistrictClosed,
    DistrictContactsChanged,
    DistrictDeclined,
    DistrictListed,
    DistrictNoticesChosen,
    DistrictReturned,
    DistrictVerified,
    EvidenceProvided,
    VerificationClaimed,
    VerificationOverdue,
    VerificationReassigned,
    VerificationReopened,
    VerificationRequested,
)
from lectern.contracts.review import InformationRequested
from lectern.files.sweeping import Sweeper
from lectern.runtime.ids import new_id
from lectern.runtime.running import Running
from lectern.runtime.service import Service
from lectern.web import Link, NavLink, Principal, Site, WebSettings, furnish
from lectern.web.words import district as district_words


def site(places: dict[str, str]) -> Site:
    """`places`: names of districts by code, as far as pages have read them."""

    def subtitle(principal: Principal | None) -> tuple[str, ...]:
        if principal is None or principal.district is None:
            return ("District certification",)
        name = places.get(principal.district)
        place = f"{district_words(name)} ({principal.district})" if name else principal.district
        return ("District certification", place)

    return Site(
        service=PUBLISHER,
        package="district_worklog",
        subtitle=subtitle,
        title_of=TITLES,
        nav=lambda principal: (
            (
                NavLink("Work log", "/work-log"),
                NavLink("Contact hours", "/hours"),
                NavLink("People and contacts", "/people"),
            )
            if principal
            else ()
        ),
        footer=(Link("Help", "/help"), Link("Change your password", "/account/password")),
        home="/work-log",
        uploads=http_files.UPLOADS,
        wide=True,
        roles=tuple(TITLES),
        sign_in_hint="For the people who verify applications at a school district.",
    )


def add_routes(app: FastAPI, running: Running) -> None:
    desk = Desk(running.log, running.keys, running.now, new_id)
    edge = Edge(running, desk)
    furnish(
        app,
        site(edge.places),
        WebSettings.of(running.settings, PUBLISHER),
        accounts=running.accounts,
        freshness=running.freshness,
    )
    for part in (
        http_work_log,
        http_case,
        http_files,
        http_years,
        http_answering,
        http_return,
        http_decline,
        http_pass_on,
        http_hours,
        http_people,
        http_api,
        http_import,
    ):
        app.include_router(part.routes(edge))


def chores(running: Running) -> Sequence[Callable[[], Awaitable[None]]]:
    if running.cabinet is None:
        return ()
    return (Sweeper(running.cabinet.files, PUBLISHER, ExhibitDesk(running).wanted, running.now).run,)


service = Service(
    name=PUBLISHER,
    facts=(
        DistrictListed,
        DistrictChanged,
        DistrictContactsChanged,
        DistrictNoticesChosen,
        DistrictNoticesChosen,
        DistrictClosed,
        VerificationRequested,
        VerificationClaimed,
        DistrictVerified,
        DistrictReturned,
        VerificationReopened,
        DistrictAnswered,
        VerificationOverdue,
        ContactHoursCompleted,
        ContactHoursOverdue,
        DistrictDeclined,
        VerificationReassigned,
        CriterionRecorded,
        EvidenceKept,
        EvidenceProvided,
        ExhibitAttached,
        ExhibitRemoved,
        ExhibitChecked,
        ItemLeft,
    ),
    nouns=(district, work_item, promise, evidence, exhibit, evidence_document, left_item, application, case),
    views=(
        work_log,
        left_items,
        case_page,
        copies,
        educators,
        certificates,
        districts,
        neighbours,
        verifications_due,
        promises_due,
    ),
    deadlines=(too_long, hours_overdue, has_closed),
    people_first="exists (select from work_log w where w.educator_id = people.person_id)",
    people="exists (select from work_log w where w.educator_id = people.person_id) "
    "or exists (select from left_items l where l.educator_id = people.person_id)",
    reactions={
        ApplicationSubmitted: opening.open_item,
        ApplicationCorrected: opening.reopen_item,
        InformationRequested: when_asked,
        EmployerChanged: when_employer_changed,
    },
    migrations=Path(__file__).parent / "migrations",
    effects=exhibit_effects,
    effects_beside=True,
    chores=chores,
    routes=add_routes,
)
