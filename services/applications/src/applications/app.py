"""The educators' service, put together."""

from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

from fastapi import FastAPI

from applications import api, webhook
from applications.account import account
from applications.api_documents import DocumentApi
from applications.api_letter import LetterApi
from applications.application import application
from applications.application_status import application_status
from applications.applying import applying
from applications.at_dese import case
from applications.at_district import work_item
from applications.certificate import certificate
from applications.certificates import certificates
from applications.claim_tries import claim_tries
from applications.clearance_told import clearance_told
from applications.district import district
from applications.districts import districts
from applications.document_desk import OWNER, DocumentDesk
from applications.document_effects import document_effects
from applications.documents import document, state_document
from applications.draft import draft
from applications.draft_reminder import draft_reminder
from applications.drafts import drafts
from applications.drafts_lying import drafts_lying
from applications.edge import Edge
from applications.educator import educator
from applications.educators import educators
from applications.ending import when_approved, when_closed, when_denied, when_withdrawn
from applications.letter_link import letter_link
from applications.letter_links import letter_links
from applications.lying import lying_too_long
from applications.match_tokens import match_tokens
from applications.pages_accounts import AccountPages
from applications.pages_answering import AnsweringPages
from applications.pages_answers import AnswersPages
from applications.pages_certificates import CertificatePages
from applications.pages_check import CheckPages
from applications.pages_conduct import ConductPages
from applications.pages_district import DistrictPages
from applications.pages_documents import DocumentPages
from applications.pages_draft import DraftPages
from applications.pages_education import EducationPages
from applications.pages_employer import EmployerPages
from applications.pages_home import HomePages
from applications.pages_letter import LetterPages
from applications.pages_payment import PaymentPages
from applications.pages_profile import ProfilePages
from applications.pages_reactivating import ReactivatingPages
from applications.pages_reconsidering import ReconsideringPages
from applications.pages_starting import StartingPages
from applications.pages_status import StatusPages
from applications.pages_supplying import SupplyingPages
from applications.pages_turning import TurningPages
from applications.pages_withdrawing import WithdrawingPages
from applications.passing import when_passed_on
from applications.payment import payment
from applications.payment_effects import effects as payment_effects
from applications.payment_effects import pending_too_long
from applications.payments_pending import payments_pending
from applications.person import person
from applications.providing import when_opened, when_verifying
from applications.refund import refund
from applications.returning import when_returned
from applications.site import SITE
from applications.supplying import when_asked
from applications.timeline import timeline
from applications.times_taken import times_taken
from lectern.contracts.applications import (
    ApplicationCorrected,
    ApplicationSubmitted,
    ClearanceJudged,
    DocumentProvided,
    DraftExpiring,
    EducatorLinked,
    EducatorRegistered,
    EmployerChanged,
    InformationSupplied,
    PaymentReceived,
    PaymentRefunded,
    PersonalInformationChanged,
    ReconsiderationRequested,
    StateDocumentProvided,
    WithdrawalRequested,
)
from lectern.contracts.district_worklog import DistrictReturned, VerificationReassigned, VerificationRequested
from lectern.contracts.review import (
    ApplicationApproved,
    ApplicationClosedIncomplete,
    ApplicationDenied,
    ApplicationWithdrawn,
    InformationRequested,
    ReviewOpened,
)
from lectern.files.sweeping import Sweeper
from lectern.runtime.running import Running
from lectern.runtime.service import Effect, Service
from lectern.web import WebSettings, furnish

EDGES = (
    AccountPages,
    HomePages,
    CertificatePages,
    ProfilePages,
    StartingPages,
    DocumentPages,
    EducationPages,
    ConductPages,
    DistrictPages,
    AnsweringPages,
    ReactivatingPages,
    CheckPages,
    DraftPages,
    PaymentPages,
    AnswersPages,
    LetterPages,
    StatusPages,
    SupplyingPages,
    WithdrawingPages,
    EmployerPages,
    TurningPages,
    DocumentApi,
    LetterApi,
    ReconsideringPages,
)


def add_routes(app: FastAPI, running: Running) -> None:
    settings = WebSettings.of(running.settings, SITE.service)
    furnish(app, SITE, settings, accounts=running.accounts, freshness=running.freshness)
    edge = Edge(running)
    app.include_router(webhook.routes(running))
    app.include_router(api.routes(edge))
    for edges in EDGES:
        app.include_router(edges(edge).routes())


def effects(running: Running) -> Sequence[Effect[Any, Any]]:
    """Raises SettingsError."""
    return (*payment_effects(running), *document_effects(running))


def chores(running: Running) -> Sequence[Callable[[], Awaitable[None]]]:
    if running.cabinet is None:
        return ()
    return (Sweeper(running.cabinet.files, OWNER, DocumentDesk(running).wanted, running.now).run,)


service = Service(
    name=SITE.service,
    facts=(
        EducatorRegistered,
        EducatorLinked,
        PersonalInformationChanged,
        PaymentReceived,
        ApplicationSubmitted,
        ApplicationCorrected,
        InformationSupplied,
        EmployerChanged,
        WithdrawalRequested,
        ReconsiderationRequested,
        PaymentRefunded,
        DocumentProvided,
        StateDocumentProvided,
        *account.facts,
        *claim_tries.facts,
        *applying.facts,
        *draft.facts,
        DraftExpiring,
        ClearanceJudged,
        *payment.facts,
        *refund.facts,
        *letter_link.facts,
    ),
    nouns=(
        account,
        claim_tries,
        educator,
        applying,
        draft,
        draft_reminder,
        clearance_told,
        payment,
        refund,
        application,
        document,
        state_document,
        letter_link,
        person,
        certificate,
        district,
        work_item,
        case,
    ),
    views=(
        match_tokens,
        educators,
        certificates,
        districts,
        drafts,
        drafts_lying,
        payments_pending,
        application_status,
        timeline,
        times_taken,
        letter_links,
    ),
    migrations=Path(__file__).parent / "migrations",
    reactions={
        DistrictReturned: when_returned,
        VerificationReassigned: when_passed_on,
        InformationRequested: when_asked,
        VerificationRequested: when_verifying,
        ReviewOpened: when_opened,
        ApplicationApproved: when_approved,
        ApplicationDenied: when_denied,
        ApplicationWithdrawn: when_withdrawn,
        ApplicationClosedIncomplete: when_closed,
    },
    deadlines=(pending_too_long, lying_too_long),
    effects=effects,
    chores=chores,
    routes=add_routes,
)
