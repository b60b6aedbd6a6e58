"""What is owed was received once, what is owed back went back once, and the provider says of each what the log says."""

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
_REFUNDED = """
select application, sum(owed) as owed, sum(refunds) as refunds, sum(refunded) as refunded from (
    select p.application, p.amount as owed, 0 as refunds, 0 as refunded from step p
    where p.own and p.type = 'PaymentReceived' and exists (
        select 1 from step w where w.application = p.application and w.type = 'ApplicationWithdrawn' and w.own)
    union all
    select application, 0, 1, amount from step where own and type = 'PaymentRefunded')
group by application having sum(owed) <> sum(refunded) or sum(refunds) > 1
"""
_GIVEN_BACK = """
select key, sum(there) as there, sum(here) as here from (
    select key, 1 as there, 0 as here from payment where refunded_at is not null
    union all
    select payment, 0, 1 from step where own and type = 'PaymentRefunded')
group by key having sum(there) <> sum(here)
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


def refunded_once(db: Connection) -> Iterator[Violation]:
    """What was paid for a withdrawn application went back, once; nothing else did."""
    for row in db.execute(_REFUNDED):
        yield Violation(
            Kind.PAYMENT,
            f"Application {row['application']} is owed {row['owed']} cents back: {row['refunded']} went back in "
            f"{row['refunds']} refunds.",
        )
    for row in db.execute(_GIVEN_BACK):
        yield Violation(
            Kind.SANDBOX,
            f"Payment {row['key']} was given back {row['here']} times here, {row['there']} times at the provider.",
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
