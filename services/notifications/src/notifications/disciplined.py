"""An educator is told that the status of a certificate changed, once for each change. Nobody else is, and never why."""

from datetime import timedelta
from uuid import uuid5

from pydantic import AwareDatetime

from lectern.contracts.days import end_of
from lectern.contracts.review import CertificateStatusChanged
from lectern.contracts.values import NoticeId
from lectern.eventlog.streams import Command, Reacting
from notifications.contacts import Educator, Unheard, educator
from notifications.notice import (
    CERTIFICATE_REINSTATED,
    CERTIFICATE_TAKEN,
    NoticeRequested,
    Request,
    Unrequested,
    notice_request,
)
from notifications.requesting import NOTICE_IDS


class TellOfStatus(Command):
    notice_id: NoticeId
    fact: CertificateStatusChanged
    since: AwareDatetime


def tell_of_status(request: Request, recipient: Unheard | Educator, command: TellOfStatus) -> list[NoticeRequested]:
    """Whoever has no account has no address here; their certificate says it when they make one."""
    if not isinstance(request, Unrequested) or isinstance(recipient, Unheard):
        return []
    said = command.fact
    notice = CERTIFICATE_TAKEN if said.status.taken else CERTIFICATE_REINSTATED
    return [
        NoticeRequested(
            notice_id=command.notice_id,
            notice=notice.name,
            to=notice.to,
            template=notice.template,
            application_id=None,
            educator_id=said.person_id,
            reference=None,
            kind=None,
            submission=0,
            district=None,
            certificate_id=said.certificate_id,
            expires_on=said.expires_on,
            reasons=(said.status.value,),
            since=command.since,
            happened_at=said.changed_at,
        )
    ]


def on_status_changed(fact: CertificateStatusChanged) -> list[Reacting]:
    notice_id = NoticeId(uuid5(NOTICE_IDS, f"{CERTIFICATE_TAKEN.name}|{fact.change_id}"))
    # Its day in Missouri is what the words say.
    since = end_of(fact.effective_on) - timedelta(seconds=1)
    return [
        Reacting(
            (notice_request(notice_id, subject=fact.person_id), educator(fact.person_id)),
            tell_of_status,
            TellOfStatus(notice_id=notice_id, fact=fact, since=since),
        )
    ]
