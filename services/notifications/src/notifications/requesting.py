"""Steps of an application ask for notices, each once, however often a step is heard."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias, assert_never
from uuid import UUID, uuid5

from pydantic import AwareDatetime

from lectern.contracts.applications import ApplicationCorrected, ApplicationSubmitted, EmployerChanged
from lectern.contracts.district_worklog import (
    ContactHoursOverdue,
    DistrictDeclined,
    DistrictReturned,
    DistrictVerified,
    VerificationClaimed,
    VerificationOverdue,
    VerificationReopened,
    VerificationRequested,
)
from lectern.contracts.facts import Fact
from lectern.contracts.review import (
    ApplicationApproved,
    ApplicationClosedIncomplete,
    ApplicationDenied,
    ApplicationWithdrawn,
    InformationRequested,
    ReconsiderationOpened,
    ReviewOpened,
)
from lectern.contracts.values import ApplicationId, DistrictCode, NoticeId, Party, PersonId
from lectern.eventlog.errors import NotYet
from lectern.eventlog.streams import Command, Reacting, StreamRef
from notifications.application import Application, NotSubmitted, Submitted, application
from notifications.contacts import DESE, District, Educator, Staff, Unheard, district, educator, staff
from notifications.notice import (
    APPLICATION_READY,
    APPROVED,
    CLOSED,
    DECLINED,
    DENIED,
    DISTRICT_ASKED,
    HOURS_DUE,
    HOURS_DUE_AT_DISTRICT,
    INFORMATION_REQUESTED,
    MOVED,
    NEW_ITEM,
    OVERDUE,
    RECEIVED,
    RECONSIDERATION,
    RECONSIDERATION_READY,
    RETURNED,
    SENT_TO_DESE,
    SUBMITTED,
    WITHDRAWN,
    Notice,
    NoticeRequested,
    Request,
    Requested,
    To,
    Unrequested,
    notice_request,
)

Recipient: TypeAlias = Unheard | Educator | District | Staff
NOTICE_IDS = UUID("6f2f6a0e-5d0c-5a51-9d2b-0c5c9d2f7d11")


class RequestNotice(Command):
    notice_id: NoticeId
    notice: Notice
    application_id: ApplicationId
    submission: int
    district: DistrictCode | None
    reasons: tuple[str, ...] = ()
    working_days: int = 0
    happened_at: AwareDatetime


def request_notice(
    request: Request, about: Application, recipient: Recipient, command: RequestNotice
) -> list[NoticeRequested]:
    """Raises NotYet while the application, or whoever is to be told, has not been heard of."""
    match request:
        case Requested():
            return []
        case Unrequested():
            pass
        case _:
            assert_never(request)
    match about:
        case NotSubmitted():
            raise NotYet(command.application_id)
        case Submitted():
            return [_requested(about, _heard(recipient, command), command)]
        case _:
            assert_never(about)


def request_naming_district(
    request: Request, about: Application, recipient: Recipient, place: Unheard | District, command: RequestNotice
) -> list[NoticeRequested]:
    """The same, for a notice that names the district: it waits until we know what the district is called."""
    if isinstance(place, Unheard):
        raise NotYet(f"district {command.district}")
    if command.notice == NEW_ITEM and not place.each_item:
        return []  # the daily email tells of it
    return request_notice(request, about, recipient, command)


def _heard(recipient: Recipient, command: RequestNotice) -> Notice:
    if isinstance(recipient, Unheard):
        raise NotYet(f"{command.notice.to} of {command.application_id}")
    return command.notice


def _requested(about: Submitted, notice: Notice, command: RequestNotice) -> NoticeRequested:
    return NoticeRequested(
        notice_id=command.notice_id,
        notice=notice.name,
        to=notice.to,
        template=notice.template,
        application_id=command.application_id,
        educator_id=about.educator_id,
        reference=about.reference,
        kind=about.kind,
        submission=command.submission,
        district=command.district or about.district,
        reasons=command.reasons,
        working_days=command.working_days,
        happened_at=command.happened_at,
    )


# ── reactions


def on_submitted(fact: ApplicationSubmitted) -> list[Reacting]:
    return [_ask(SUBMITTED, fact, fact.submitted_at, fact.district)]


def on_corrected(fact: ApplicationCorrected) -> list[Reacting]:
    return [_ask(SUBMITTED, fact, fact.corrected_at, fact.district)]


def on_verification_requested(fact: VerificationRequested) -> list[Reacting]:
    return [_ask(NEW_ITEM, fact, fact.requested_at, fact.district)]


def on_claimed(fact: VerificationClaimed) -> list[Reacting]:
    return [_ask(RECEIVED, fact, fact.claimed_at, fact.district)]


def on_returned(fact: DistrictReturned) -> list[Reacting]:
    return [_ask(RETURNED, fact, fact.returned_at, fact.district, reasons=tuple(fact.reasons))]


def on_overdue(fact: VerificationOverdue) -> list[Reacting]:
    return [_ask(OVERDUE, fact, fact.overdue_at, fact.district, working_days=fact.working_days)]


def on_declined(fact: DistrictDeclined) -> list[Reacting]:
    return [_ask(DECLINED, fact, fact.declined_at, fact.district, reasons=(fact.reason,))]


def on_employer_changed(fact: EmployerChanged) -> list[Reacting]:
    return [_ask(MOVED, fact, fact.changed_at, fact.district, reasons=(fact.why,))]


def on_opened(fact: ReviewOpened) -> list[Reacting]:
    """DESE can work at once on what no district verifies."""
    return [] if fact.district else [_ask(APPLICATION_READY, fact, fact.opened_at, None)]


def on_hours_overdue(fact: ContactHoursOverdue) -> list[Reacting]:
    return [
        _ask(HOURS_DUE, fact, fact.overdue_at, fact.district),
        _ask(HOURS_DUE_AT_DISTRICT, fact, fact.overdue_at, fact.district),
    ]


def on_verified(fact: DistrictVerified) -> list[Reacting]:
    return [
        _ask(SENT_TO_DESE, fact, fact.verified_at, fact.district),
        _ask(APPLICATION_READY, fact, fact.verified_at, fact.district),
    ]


def on_information_requested(fact: InformationRequested) -> list[Reacting]:
    if fact.party is not Party.EDUCATOR:
        return []
    return [_ask(INFORMATION_REQUESTED, fact, fact.requested_at, None, occasion=f"request {fact.request_id}")]


def on_reopened(fact: VerificationReopened) -> list[Reacting]:
    return [_ask(DISTRICT_ASKED, fact, fact.reopened_at, fact.district, occasion=f"request {fact.request_id}")]


def on_approved(fact: ApplicationApproved) -> list[Reacting]:
    return [_ask(APPROVED, fact, fact.approved_at, None, cycle=fact.cycle)]


def on_denied(fact: ApplicationDenied) -> list[Reacting]:
    return [_ask(DENIED, fact, fact.denied_at, None, cycle=fact.cycle)]


def on_reconsideration_opened(fact: ReconsiderationOpened) -> list[Reacting]:
    return [
        _ask(RECONSIDERATION, fact, fact.opened_at, None, cycle=fact.cycle),
        _ask(RECONSIDERATION_READY, fact, fact.opened_at, None, cycle=fact.cycle),
    ]


def on_closed(fact: ApplicationClosedIncomplete) -> list[Reacting]:
    return [_ask(CLOSED, fact, fact.closed_at, None, cycle=fact.cycle)]


def on_withdrawn(fact: ApplicationWithdrawn) -> list[Reacting]:
    return [_ask(WITHDRAWN, fact, fact.withdrawn_at, None, cycle=fact.cycle)]


REACTIONS: Mapping[type[Fact], Callable[[Any], Sequence[Reacting]]] = {
    ApplicationSubmitted: on_submitted,
    ApplicationCorrected: on_corrected,
    VerificationRequested: on_verification_requested,
    VerificationClaimed: on_claimed,
    DistrictReturned: on_returned,
    VerificationOverdue: on_overdue,
    DistrictDeclined: on_declined,
    EmployerChanged: on_employer_changed,
    DistrictVerified: on_verified,
    ReviewOpened: on_opened,
    ContactHoursOverdue: on_hours_overdue,
    InformationRequested: on_information_requested,
    VerificationReopened: on_reopened,
    ApplicationApproved: on_approved,
    ApplicationDenied: on_denied,
    ApplicationWithdrawn: on_withdrawn,
    ApplicationClosedIncomplete: on_closed,
    ReconsiderationOpened: on_reconsideration_opened,
}

Step: TypeAlias = (
    ApplicationSubmitted
    | ApplicationCorrected
    | VerificationRequested
    | VerificationClaimed
    | DistrictReturned
    | VerificationOverdue
    | DistrictDeclined
    | EmployerChanged
    | DistrictVerified
    | ReviewOpened
    | ContactHoursOverdue
    | InformationRequested
    | VerificationReopened
    | ApplicationApproved
    | ApplicationDenied
    | ApplicationClosedIncomplete
    | ApplicationWithdrawn
    | ReconsiderationOpened
)


def _ask(
    notice: Notice,
    fact: Step,
    at: AwareDatetime,
    code: DistrictCode | None,
    *,
    cycle: int | None = None,
    occasion: str | None = None,
    reasons: tuple[str, ...] = (),
    working_days: int = 0,
) -> Reacting:
    """A decision is told of once a cycle, a question of DESE once, every other step once for each handing-in."""
    occasion = occasion or (f"submission {fact.submission}" if cycle is None else f"cycle {cycle}")
    place = code if notice.to in {To.DISTRICT, To.ADMINISTRATORS} else ""
    notice_id = NoticeId(uuid5(NOTICE_IDS, f"{notice.name}|{notice.to}|{fact.application_id}|{occasion}|{place}"))
    refs: tuple[StreamRef[Any], ...] = (
        notice_request(notice_id, subject=fact.educator_id),
        application(fact.application_id),
        _recipient(notice.to, fact.educator_id, code),
    )
    command = RequestNotice(
        notice_id=notice_id,
        notice=notice,
        application_id=fact.application_id,
        submission=fact.submission,
        district=code,
        reasons=reasons,
        working_days=working_days,
        happened_at=at,
    )
    if code is None:
        return Reacting(refs, request_notice, command)
    return Reacting((*refs, district(code)), request_naming_district, command)


def _recipient(to: To, educator_id: PersonId, code: DistrictCode | None) -> StreamRef[Any]:
    match to:
        case To.EDUCATOR:
            return educator(educator_id)
        case To.DISTRICT | To.ADMINISTRATORS:
            return district(code)
        case To.DESE | To.REVIEWER | To.SUPERVISORS:
            return staff(DESE)
        case _:
            assert_never(to)
