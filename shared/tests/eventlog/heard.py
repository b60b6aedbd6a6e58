"""Records as a publisher sends them, and a small service that hears them: payments raise a counter."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4, uuid5

from counters import Counter, CounterOpened, CounterRaised, Opened, counter

from lectern.contracts.applications import EducatorLinked, PaymentReceived
from lectern.contracts.envelope import Envelope, encode
from lectern.contracts.facts import PublicFact
from lectern.contracts.review import ReviewAssigned
from lectern.contracts.values import AccountId, ApplicationId, OfficerId, PaymentId, PaymentMethod, PersonId
from lectern.eventlog.ear import Ear
from lectern.eventlog.errors import NotYet, Refused
from lectern.eventlog.records import Record
from lectern.eventlog.streams import Command, Decided, Noun, Reacting

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
KINDS = frozenset({("applications", "educator"), ("applications", "application"), ("review", "case")})
RAISES, WAITS, REFUSED = 13, 17, 99
"""Amounts on which the reaction raises, is not yet possible, or is refused."""


@dataclass(frozen=True)
class Publisher:
    """A person's facts, numbered as their streams go on."""

    person: UUID

    def envelope(self, fact: PublicFact, at: str, number: int, **changes: Any) -> Envelope:
        return replace(
            Envelope(
                id=uuid5(self.person, f"{at} {number}"),
                type=fact.type,
                source=fact.publisher,
                subject=str(self.person),
                stream=at,
                version=number,
                schema=fact.schema_number,
                occurred_at=NOON,
                correlation_id=uuid5(self.person, "correlation"),
                causation_id=None,
                traceparent=None,
                rules=None,
                position=number,
                body=fact.model_dump_json().encode(),
            ),
            **changes,
        )

    def linked(self, version: int = 1, **changes: Any) -> Record:
        person = PersonId(self.person)
        fact = EducatorLinked(educator_id=person, account_id=AccountId(self.person), linked_at=NOON)
        return record(self.envelope(fact, f"educator/{self.person}", version, **changes))

    def paid(self, version: int = 1, amount: int = 1, application: str = "a", **changes: Any) -> Record:
        application_id = uuid5(self.person, application)
        fact = PaymentReceived(
            application_id=ApplicationId(application_id),
            educator_id=PersonId(self.person),
            submission=1,
            payment_id=PaymentId(application_id),
            amount=amount,
            method=PaymentMethod.CARD,
            received_at=NOON,
        )
        return record(self.envelope(fact, f"application/{application_id}", version, **changes))

    def assigned(self, version: int = 1, **changes: Any) -> Record:
        application_id = uuid5(self.person, "a")
        fact = ReviewAssigned(
            application_id=ApplicationId(application_id),
            educator_id=PersonId(self.person),
            submission=1,
            cycle=1,
            reviewer=OfficerId(self.person),
            assigned_at=NOON,
        )
        return record(self.envelope(fact, f"case/{application_id}", version, **changes))


def record(envelope: Envelope, **changes: Any) -> Record:
    key, headers, value = encode(envelope)
    return replace(Record(key, tuple(headers), value), **changes)


def publisher() -> Publisher:
    return Publisher(uuid4())


payments: Noun[int] = Noun("application", 0, lambda n, _: n + 1, (PaymentReceived,), source="applications")


class CountPayment(Command):
    counter: UUID
    amount: int


def count_payment(state: Counter, heard: int, command: CountPayment) -> Decided:
    """Stands on the heard stream, too, which has the payment itself already."""
    assert heard > 0
    if command.amount == RAISES:
        raise ValueError("unlucky")
    if command.amount == REFUSED:
        raise Refused("Too much at once.")
    if isinstance(state, Opened):
        return [CounterRaised(counter=command.counter, by=command.amount)]
    if command.amount == WAITS:
        raise NotYet("the counter is not open")
    return [CounterOpened(counter=command.counter)]


def count(fact: PaymentReceived) -> list[Reacting]:
    refs = (counter(fact.educator_id, subject=fact.educator_id), payments(fact.application_id))
    return [Reacting(refs, count_payment, CountPayment(counter=fact.educator_id, amount=fact.amount))]


def ear() -> Ear:
    return Ear(KINDS, {PaymentReceived: count})
