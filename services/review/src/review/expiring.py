"""A certificate's last day is over: that is recorded, once. Nothing is decided by it; rules judge by the dates."""

from datetime import date, datetime
from typing import assert_never

from pydantic import AwareDatetime

from lectern.contracts.days import chicago_day
from lectern.contracts.review import CertificateExpired
from lectern.contracts.values import CertificateId, PersonId
from lectern.eventlog.deadlines import Deadline
from lectern.eventlog.streams import Command, Reacting
from review.certificate import Certificate, Extended, Recorded, Unrecorded, Upgraded
from review.certificate import certificate as certificate_stream
from review.certificates_running import RunningCertificate, certificates_running


class ExpireCertificate(Command):
    certificate_id: CertificateId
    person_id: PersonId
    expires_on: date
    """The last day it had when it fell due; meanwhile it may have got another."""
    now: AwareDatetime


def expire(certificate: Certificate, command: ExpireCertificate) -> list[CertificateExpired]:
    match certificate:
        case Recorded() | Extended() | Upgraded():
            if certificate.runs_out_on != command.expires_on or chicago_day(command.now) <= command.expires_on:
                return []
            return [
                CertificateExpired(
                    certificate_id=command.certificate_id,
                    person_id=command.person_id,
                    expires_on=command.expires_on,
                    recorded_at=command.now,
                )
            ]
        case Unrecorded():
            return []
        case _:
            assert_never(certificate)


def _expire(row: RunningCertificate, now: datetime) -> Reacting:
    command = ExpireCertificate(
        certificate_id=row.certificate_id, person_id=row.person_id, expires_on=row.expires_on, now=now
    )
    return Reacting((certificate_stream(row.certificate_id),), expire, command)


last_day_over = Deadline(view=certificates_running, command=_expire)
"""So many at a time as the ticker asks at once, the longest over first; a week without it is caught up with."""
