"""A certificate is suspended, revoked, surrendered or reinstated: one at DESE proposes it, a supervisor confirms.

An approval names the certificate's stream too, so that of an approval and a change of its status one comes second, and
is judged on what the first one made.
"""

from datetime import date
from typing import assert_never
from uuid import UUID

from pydantic import AwareDatetime

from lectern.contracts.review import CertificateStatusChanged
from lectern.contracts.sealed import Sealed, State
from lectern.contracts.values import CertificateId, CertificateStatus, OfficerId, PersonId, Signers, StatusOrder
from lectern.eventlog.errors import NotFound, Refused
from lectern.eventlog.streams import Command, Entry
from lectern.rules.words import day_words
from review.certificate import Certificate, Extended, Recorded, Unrecorded, Upgraded
from review.certificate import certificate as certificate_stream
from review.discipline import (
    Discipline,
    Settled,
    StatusChangeConfirmed,
    StatusChangeProposed,
    StatusChangeSentBack,
    Waiting,
)

GONE = "This proposal is no longer open. Look at the certificate again."


class OnCertificate(Command):
    """Somebody at DESE acts on a certificate."""

    certificate_id: CertificateId
    officer: OfficerId
    officer_is: PersonId | None
    """The person of the register the officer is, where known: nobody acts on their own certificate."""
    now: AwareDatetime
    today: date
    """The Chicago day of `now`."""


class ProposeStatus(OnCertificate):
    change_id: UUID
    status: CertificateStatus
    """What it becomes; active means reinstated."""
    effective_on: date
    order: Sealed[StatusOrder, State]


class ConfirmStatus(OnCertificate):
    supervisor: bool
    change_id: UUID
    """The proposal that was read."""
    order: Sealed[StatusOrder, State]
    """The proposal's, sealed again for the public fact."""
    signed: Sealed[Signers, State]


class SendStatusBack(OnCertificate):
    supervisor: bool
    change_id: UUID
    why: Sealed[str, State]


def propose_status(state: Discipline, certificate: Certificate, command: ProposeStatus) -> list[StatusChangeProposed]:
    held = _on_record(certificate, command)
    if isinstance(state, Waiting):
        if state.by == command.officer and (state.status, state.effective_on) == (command.status, command.effective_on):
            return []  # a second click changes nothing
        raise Refused("Another change of this certificate waits for a second person already.")
    _may_become(held, command.status, command.effective_on, command.today)
    return [
        StatusChangeProposed(
            certificate_id=command.certificate_id,
            person_id=held.person_id,
            change_id=command.change_id,
            by=command.officer,
            at=command.now,
            status=command.status,
            effective_on=command.effective_on,
            order=command.order,
        )
    ]


def confirm_status(state: Discipline, certificate: Certificate, command: ConfirmStatus) -> list[Entry]:
    if (
        isinstance(state, Settled)
        and state.last
        and (state.last.change_id, state.by)
        == (
            command.change_id,
            command.officer,
        )
    ):
        return []  # a second click changes nothing
    held = _on_record(certificate, command)
    waiting = _read(state, command)
    _may_become(held, waiting.status, waiting.effective_on, command.today)
    confirmed = StatusChangeConfirmed(
        certificate_id=command.certificate_id, change_id=waiting.change_id, by=command.officer, at=command.now
    )
    changed = CertificateStatusChanged(
        certificate_id=command.certificate_id,
        person_id=held.person_id,
        change_id=waiting.change_id,
        status=_becomes(held, waiting.status, command.today),
        effective_on=waiting.effective_on,
        expires_on=held.expires_on,
        order=command.order,
        signed=command.signed,
        changed_at=command.now,
    )
    return [Entry(confirmed), Entry(changed, to=certificate_stream(command.certificate_id))]


def send_status_back(
    state: Discipline, certificate: Certificate, command: SendStatusBack
) -> list[StatusChangeSentBack]:
    _on_record(certificate, command)
    waiting = _read(state, command)
    return [
        StatusChangeSentBack(
            certificate_id=command.certificate_id,
            change_id=waiting.change_id,
            by=command.officer,
            at=command.now,
            why=command.why,
        )
    ]


def earliest(certificate: Recorded | Extended | Upgraded) -> date:
    """A change counts from this day on, or later: what a decision or another change made before stays as it was."""
    if certificate.ruled is not None:
        return certificate.ruled.since
    match certificate:
        case Recorded():
            return certificate.entered.issued_on
        case Extended() | Upgraded():
            return certificate.recorded_on
        case _:
            assert_never(certificate)


def _on_record(certificate: Certificate, command: OnCertificate) -> Recorded | Extended | Upgraded:
    if isinstance(certificate, Unrecorded):
        raise NotFound("no such certificate")
    if command.officer_is == certificate.person_id:
        raise Refused("This is your own certificate. Somebody else at DESE works on it.")
    return certificate


def _read(state: Discipline, command: ConfirmStatus | SendStatusBack) -> Waiting:
    """What waits, for a supervisor who is somebody else and has read just that."""
    if not command.supervisor:
        raise NotFound("only supervisors have this")
    match state:
        case Waiting() if state.change_id == command.change_id:
            if state.by == command.officer:
                raise Refused("You proposed this yourself. Another supervisor confirms it.")
            return state
        case Waiting() | Settled():
            raise Refused(GONE)
        case _:
            assert_never(state)


def _may_become(
    held: Recorded | Extended | Upgraded, status: CertificateStatus, effective_on: date, today: date
) -> None:
    if not status.taken and not held.status.taken:
        raise Refused("This certificate is in nobody’s way: there is nothing to reinstate.", field="status")
    if status is held.status:
        raise Refused(f"This certificate is {status.value} already.", field="status")
    if effective_on > today:
        raise Refused("Enter today or a day before: a change that is still to come is proposed on its day", field="on")
    if effective_on < (first := earliest(held)):
        raise Refused(
            f"Enter {day_words(first)} or a later day: the certificate was changed then, or issued", field="on"
        )


def _becomes(held: Recorded | Extended | Upgraded, status: CertificateStatus, today: date) -> CertificateStatus:
    """Reinstated it is active, or expired where its last day is over or the state's records said so."""
    if status.taken:
        return status
    said_expired = isinstance(held, Recorded) and held.entered.status is CertificateStatus.EXPIRED
    return CertificateStatus.EXPIRED if said_expired or held.expires_on < today else CertificateStatus.ACTIVE
