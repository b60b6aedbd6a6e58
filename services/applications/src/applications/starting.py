"""An educator starts an application: one at a time for each certificate, with one's own, where the register allows."""

from datetime import date

from pydantic import AwareDatetime

from applications.account import Account, Claimed
from applications.applying import Applying, ApplyingBegan, applying
from applications.certificate import Certificate, Held
from applications.draft import Draft, NoDraft
from applications.draft_facts import DraftStarted
from applications.starting_point import hindered, hindrance
from applications.wording import STARTS_FROM
from lectern.contracts.values import AccountId, ApplicationId, CertificateId, Kind, PersonId
from lectern.eventlog.errors import NotFound, Refused
from lectern.eventlog.streams import Command, Entry
from lectern.rules import IN_FORCE


class StartApplication(Command):
    kind: Kind
    application_id: ApplicationId
    account_id: AccountId
    educator_id: PersonId
    certificate_id: CertificateId
    today: date
    now: AwareDatetime


def start(
    draft: Draft, live: Applying, account: Account, certificate: Certificate, command: StartApplication
) -> list[DraftStarted | Entry]:
    """Raises Refused with `application_id` where the certificate has an application that has not ended."""
    if not (isinstance(account, Claimed) and account.person_id == command.educator_id):
        raise Refused("Claim your record first. Then you can start an application.")
    if not (isinstance(certificate, Held) and certificate.person_id == command.educator_id):
        raise NotFound("no such certificate")
    if (other := live.live.get(command.certificate_id)) is not None:
        raise Refused("You have an application for this certificate already.", application_id=other)
    if not isinstance(draft, NoDraft):
        raise Refused("This application was started already.")
    if command.kind not in IN_FORCE.kinds:
        raise Refused("This application can’t be started here yet.")
    if hindering := hindrance(command.kind, certificate.as_recorded, command.today):
        raise Refused(f"{STARTS_FROM[command.kind]} {hindered(hindering, certificate.as_recorded)}")
    return [
        DraftStarted(
            application_id=command.application_id,
            educator_id=command.educator_id,
            kind=command.kind,
            certificate_id=command.certificate_id,
            saved_at=command.now,
        ),
        Entry(
            ApplyingBegan(
                educator_id=command.educator_id,
                application_id=command.application_id,
                kind=command.kind,
                certificate_id=command.certificate_id,
                began_at=command.now,
            ),
            applying(command.educator_id, subject=command.educator_id),
            claim=f"live:{command.certificate_id}:{live.turn(command.certificate_id)}",
        ),
    ]
