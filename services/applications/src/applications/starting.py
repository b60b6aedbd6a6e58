"""An educator starts an Upgrade: one at a time for each certificate, with one's own, and while it is active."""

from datetime import date

from pydantic import AwareDatetime

from applications.account import Account, Claimed
from applications.applying import Applying, ApplyingBegan, applying
from applications.certificate import Certificate, Held
from applications.draft import Draft, NoDraft
from applications.draft_facts import DraftStarted
from lectern.contracts.values import AccountId, ApplicationId, CertificateId, Kind, PersonId, Verdict
from lectern.eventlog.errors import NotFound, Refused
from lectern.eventlog.streams import Command, Entry
from lectern.rules.upgrade import rule_active


class StartUpgrade(Command):
    application_id: ApplicationId
    account_id: AccountId
    educator_id: PersonId
    certificate_id: CertificateId
    today: date
    now: AwareDatetime


def start_upgrade(
    draft: Draft, live: Applying, account: Account, certificate: Certificate, command: StartUpgrade
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
    ruling = rule_active(certificate.as_recorded, command.today)
    if ruling.verdict is not Verdict.MET:
        raise Refused(f"An upgrade starts from an active Initial Professional Certificate. {ruling.shortfall}.")
    return [
        DraftStarted(
            application_id=command.application_id,
            educator_id=command.educator_id,
            kind=Kind.UPGRADE,
            certificate_id=command.certificate_id,
            saved_at=command.now,
        ),
        Entry(
            ApplyingBegan(
                educator_id=command.educator_id,
                application_id=command.application_id,
                kind=Kind.UPGRADE,
                certificate_id=command.certificate_id,
                began_at=command.now,
            ),
            applying(command.educator_id, subject=command.educator_id),
            claim=f"live:{command.certificate_id}:{live.turn(command.certificate_id)}",
        ),
    ]
