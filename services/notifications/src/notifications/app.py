"""The notices' service: who is told what about an application, by mail."""

from pathlib import Path

from fastapi import FastAPI

from lectern.contracts.applications import DraftExpiring
from lectern.contracts.notifications import PUBLISHER, NoticeFailed, NoticeSent, NoticeUncertain
from lectern.contracts.review import CertificateStatusChanged
from lectern.runtime.running import Running
from lectern.runtime.service import Service
from lectern.web import NavLink, Role, Site, WebSettings, furnish
from notifications import api, http
from notifications.application import application
from notifications.certificate import certificate
from notifications.certificates_expiring import certificates_expiring
from notifications.clearance import clearance
from notifications.contacts import district, educator, staff
from notifications.digest import DigestMade, DistrictTold, digests, told_news
from notifications.digesting import morning
from notifications.disciplined import on_status_changed
from notifications.district_news import district_news
from notifications.effects import effects
from notifications.expiry import ExpiryReminded, expiry
from notifications.lying import on_draft_expiring
from notifications.notice import NoticeKept, NoticeRepeated, NoticeRequested, delivery, notice_request
from notifications.notices_sent import notices_sent
from notifications.reminding import expiring_soon
from notifications.requesting import REACTIONS
from notifications.wait import WaitReminded, wait
from notifications.waiting import waited_long
from notifications.waits import waits
from notifications.whereabouts import answered, at_state, handed_in
from notifications.work_item import work_item

SITE = Site(
    service=PUBLISHER,
    package="notifications",
    subtitle=lambda _: ("Notices", "What was sent to whom"),
    title_of={Role.SUPPORT: "support", Role.OPERATOR: "operator"},
    nav=lambda principal: (NavLink("Notices", "/notices"),) if principal else (),
    home="/notices",
    wide=True,
    roles=http.STAFF,
    sign_in_hint="For DESE support and operators.",
)


def add_routes(app: FastAPI, running: Running) -> None:
    furnish(
        app,
        SITE,
        WebSettings.of(running.settings, PUBLISHER),
        accounts=running.accounts,
        freshness=running.freshness,
    )
    app.include_router(http.routes(running))
    app.include_router(api.routes(running))


service = Service(
    name=PUBLISHER,
    facts=(
        NoticeRequested,
        NoticeRepeated,
        NoticeKept,
        ExpiryReminded,
        DigestMade,
        DistrictTold,
        WaitReminded,
        NoticeSent,
        NoticeFailed,
        NoticeUncertain,
    ),
    nouns=(
        notice_request,
        delivery,
        application,
        work_item,
        certificate,
        clearance,
        educator,
        district,
        staff,
        expiry,
        wait,
        handed_in,
        answered,
        at_state,
        digests,
        told_news,
    ),
    views=(notices_sent, certificates_expiring, waits, district_news),
    deadlines=(expiring_soon, waited_long, morning),
    reactions={**REACTIONS, DraftExpiring: on_draft_expiring, CertificateStatusChanged: on_status_changed},
    migrations=Path(__file__).parent / "migrations",
    effects=effects,
    routes=add_routes,
)
