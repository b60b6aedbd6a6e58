"""What is owed was received once, and what the provider says of each payment is what the log says."""

from collections.abc import Iterator
from sqlite3 import Connection

from lectern_local.audit.violation import Kind, Violation

_RECEIVED = """
select application, sum(owed) as owed, sum(received) as received, sum(paid) as paid from (
    select application, case type when 'ApplicationSubmitted' then fee else 0 end as owed,
        type = 'PaymentReceived' as received, case type when 'PaymentReceived' then amount else 0 end as paid
    from step where own and type in ('ApplicationSubmitted', 'PaymentReceived'))
group by application having sum(owed) <> sum(paid) or sum(received) > 1
"""
_SETTLED = """
select s.payment, s.outcome, p.status, p.amount_cents, r.amount as received
from step s left join payment p on p.key = s.payment
left join step r on r.application = s.application and r.type = 'PaymentReceived' and r.own and r.payment = s.payment
where s.type = 'PaymentSettled' and s.own and s.outcome <> 'refused'
and (p.status is not s.outcome or (p.status = 'approved' and p.amount_cents is not r.amount))
"""
_UNTOLD = """
select p.id, p.key, p.status from payment p where p.status in ('approved', 'declined', 'cancelled')
and not exists (select 1 from step s where s.type = 'PaymentSettled' and s.own and s.payment = p.key)
"""


def received_once(db: Connection) -> Iterator[Violation]:
    for row in db.execute(_RECEIVED):
        yield Violation(
            Kind.PAYMENT,
            f"Application {row['application']} owed {row['owed']} cents: {row['paid']} came in {row['received']} "
            "payments.",
        )


def settled_as_the_provider_says(db: Connection) -> Iterator[Violation]:
    for row in db.execute(_SETTLED):
        yield Violation(
            Kind.SANDBOX,
            f"Payment {row['payment']} is {row['outcome']} here ({row['received'] or 0} cents), at the provider "
            f"{row['status'] or 'unknown'} ({row['amount_cents'] or 0} cents).",
        )
    for row in db.execute(_UNTOLD):
        yield Violation(
            Kind.SANDBOX, f"Payment {row['key']} is {row['status']} at the provider ({row['id']}), and open here."
        )
