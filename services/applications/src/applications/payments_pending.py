"""Payments that have not ended, and when to ask the provider about each. The first deadline; see paying.ask_outcome."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import assert_never

from applications.payment import PaymentOpened, PaymentOutcomeAsked, PaymentRequested, PaymentSettled, PaymentsFact
from lectern.contracts.values import ApplicationId, PaymentId, PersonId
from lectern.eventlog.views import View
from lectern.rules import UPGRADE

FIRST = timedelta(seconds=UPGRADE.payment_query_seconds)
LONGEST = timedelta(hours=6)
"""Each wait is twice the last one, up to this: somebody who closed the payment page may come back."""


@dataclass(frozen=True)
class PendingPayment:
    payment_id: PaymentId
    educator_id: PersonId
    application_id: ApplicationId
    due_at: datetime


def fold(row: PendingPayment | None, fact: PaymentsFact) -> PendingPayment | None:
    match fact:
        case PaymentRequested():
            due_at = fact.requested_at + FIRST
            return row or PendingPayment(fact.payment_id, fact.educator_id, fact.application_id, due_at)
        case PaymentOpened():
            return row
        case PaymentOutcomeAsked():
            return row and replace(row, due_at=fact.asked_at + min(FIRST * 2 ** min(fact.time - 1, 20), LONGEST))
        case PaymentSettled():
            return None
        case _:
            assert_never(fact)


payments_pending = View(
    name="payments_pending",
    version=1,
    row=PendingPayment,
    key=lambda fact: fact.payment_id,
    fold=fold,
    facts=(PaymentRequested, PaymentOpened, PaymentOutcomeAsked, PaymentSettled),
    sql=Path(__file__).with_suffix(".sql"),
)
