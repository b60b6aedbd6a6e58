"""An educator is reminded that a certificate comes to an end: each step before its last day once, late ones never.

Whoever has handed in an application is reminded all the same. It does not move the last day before it is decided, may
be withdrawn or denied, and a reminder held back until then would be one too few. The words say that one is enough.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import uuid5

from pydantic import AwareDatetime

from lectern.contracts.days import chicago_day
from lectern.contracts.values import CertificateId, NoticeId, PersonId, Value
from lectern.eventlog.deadlines import Deadline
from lectern.eventlog.streams import Command, Entry, Reacting, StreamRef
from lectern.rules.clocks import by_day
from notifications.certificate import Certificate, certificate
from notifications.certificates_expiring import ExpiringRow, certificates_expiring
from notifications.contacts import Educator, educator
from notifications.expiry import ExpiryReminded, Reminders, expiry, step_on
from notifications.notice import EXPIRING, NoticeRequested, notice_request
from notifications.requesting import NOTICE_IDS


class Reminder(Value):
    """A step that has come."""

    certificate_id: CertificateId
    expires_on: date
    days: int
    notice_id: NoticeId


class Remind(Command):
    person_id: PersonId
    reminders: tuple[Reminder, ...]
    now: AwareDatetime


def remind(reminders: Reminders, recipient: Any, *rest: Any) -> list[Entry]:
    """`rest`: the certificates and the requests of the command's reminders, one each, then the command."""
    command: Remind = rest[-1]
    certificates = rest[: len(command.reminders)]
    if not isinstance(recipient, Educator):
        return []
    return [
        entry
        for one, held in zip(command.reminders, certificates, strict=True)
        if _runs(held, one) and not _given(reminders, one)
        for entry in _reminded(one, command)
    ]


def _runs(held: Any, one: Reminder) -> bool:
    """It may have got another last day since."""
    return isinstance(held, Certificate) and held.active and held.expires_on == one.expires_on


def _given(reminders: Reminders, one: Reminder) -> bool:
    given = reminders.given.get((one.certificate_id, one.expires_on))
    return given is not None and given <= one.days


def _reminded(one: Reminder, command: Remind) -> list[Entry]:
    over = one.days == 0
    fact = ExpiryReminded(
        person_id=command.person_id,
        certificate_id=one.certificate_id,
        expires_on=one.expires_on,
        days=one.days,
        notice_id=None if over else one.notice_id,
        reminded_at=command.now,
    )
    if over:
        return [Entry(fact)]
    request = NoticeRequested(
        notice_id=one.notice_id,
        notice=EXPIRING.name,
        to=EXPIRING.to,
        template=EXPIRING.template,
        application_id=None,
        educator_id=command.person_id,
        reference=None,
        kind=None,
        submission=0,
        district=None,
        certificate_id=one.certificate_id,
        expires_on=one.expires_on,
        happened_at=command.now,
    )
    return [Entry(fact), Entry(request, to=notice_request(one.notice_id, subject=command.person_id))]


def due(row: ExpiringRow, today: date) -> Sequence[Reminder]:
    """What a person is to be told today: of each certificate the nearest step that was not given."""
    given = {(each.certificate_id, each.expires_on): each.days for each in row.given}
    found = []
    for each in row.running:
        days, before = step_on(each.expires_on, today), given.get((each.certificate_id, each.expires_on))
        if days is not None and (before is None or days < before):
            name = f"{EXPIRING.name}|{each.certificate_id}|{each.expires_on}|{days}"
            notice_id = NoticeId(uuid5(NOTICE_IDS, name))
            found.append(
                Reminder(certificate_id=each.certificate_id, expires_on=each.expires_on, days=days, notice_id=notice_id)
            )
    return found


def _remind(row: ExpiringRow, now: datetime) -> Reacting:
    reminders = tuple(due(row, chicago_day(now)))
    refs: tuple[StreamRef[Any], ...] = (
        expiry(row.person_id, subject=row.person_id),
        educator(row.person_id),
        *(certificate(each.certificate_id) for each in reminders),
        *(notice_request(each.notice_id, subject=row.person_id) for each in reminders),
    )
    return Reacting(refs, remind, Remind(person_id=row.person_id, reminders=reminders, now=now))


def _apart(row: ExpiringRow) -> str:
    """Another certificate may fall due at the instant at which one was told of already."""
    return str(uuid5(NOTICE_IDS, f"{row.running} {row.given}"))


expiring_soon = Deadline(view=certificates_expiring, command=_remind, apart=_apart, when=lambda _, now: by_day(now))
"""One person at a time, with all certificates that have a step due."""
