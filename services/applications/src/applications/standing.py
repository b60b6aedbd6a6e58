"""How an application stands, from its draft to its decision, for the API."""

import asyncio
from typing import Any

from applications import reading
from applications.draft import Asked, AwaitingPayment, Discarded, Draft, NoDraft, Open, Returned, Submitted
from applications.edge import Edge, Educator
from applications.payment import Payment, Pending
from applications.tasks import asked_for, left
from lectern.contracts.values import ApplicationId

POLL = 0.03


async def standing(edge: Edge, educator: Educator, of: ApplicationId, wait: float) -> dict[str, Any]:
    """`wait`: so many seconds at most, until the payment page is open or the payment has ended. Raises NotFound."""
    until = asyncio.get_running_loop().time() + wait
    while True:
        draft = await edge.drafts.draft(educator.person_id, of)
        payment = await edge.payments.payment(draft.payment_id) if isinstance(draft, AwaitingPayment) else None
        if not _may_move(payment) or asyncio.get_running_loop().time() >= until:
            break
        await asyncio.sleep(POLL)
    async with edge.running.read(educator=educator.person_id) as db:
        status = await reading.status(db, educator.person_id, of)
    return {
        "application_id": of,
        "kind": None if isinstance(draft, NoDraft | Discarded) else draft.answers.kind,
        **_of_draft(edge, draft),
        "payment": _of_payment(draft, payment),
        "submission": status.submission if status else None,
        "holder": status.holder if status else None,
        "declined": status.declined if status else None,
        "decision": status.decision if status else None,
    }


def _may_move(payment: Payment | None) -> bool:
    return isinstance(payment, Pending) and payment.pay_url is None


def _of_draft(edge: Edge, draft: Draft) -> dict[str, Any]:
    match draft:
        case Open():
            fee = edge.fee(draft.answers.kind)
            return {"stage": "open", "reference": draft.reference, "tasks_left": left(draft.answers, fee)}
        case AwaitingPayment():
            return {"stage": "paying", "reference": draft.ready.reference, "tasks_left": ()}
        case Submitted():
            return {"stage": "submitted", "reference": draft.reference, "tasks_left": ()}
        case Returned():
            tasks = sorted(asked_for(draft.reasons) - draft.again)
            return {"stage": "returned", "reference": draft.reference, "tasks_left": tasks}
        case Asked():
            tasks = sorted(draft.tasks - draft.again)
            return {"stage": "asked", "reference": draft.reference, "tasks_left": tasks}
        case NoDraft() | Discarded():
            raise edge.absent()


def _of_payment(draft: Draft, payment: Payment | None) -> dict[str, Any] | None:
    if isinstance(draft, AwaitingPayment):
        url = payment.pay_url if isinstance(payment, Pending) else None
        return {"payment_id": draft.payment_id, "pay_url": url, "outcome": None}
    if isinstance(draft, Open) and draft.fell_through:
        return {"payment_id": None, "pay_url": None, "outcome": draft.fell_through}
    return None
