"""One work item for each submission that names a district; one answer at most to each, by the district asked, and one
more to each question of DESE that opened it again."""

from collections.abc import Iterator
from sqlite3 import Connection

from lectern_local.audit.violation import Kind, Violation

_WRONG = """
select application, submission, sum(asked) as asked, sum(items) as items, sum(reopened) as reopened,
    sum(answers) as answers from (
    select application, submission, log = 'applications' and district is not null as asked,
        type = 'VerificationRequested' as items,
        type = 'VerificationReopened' as reopened,
        type in ('DistrictVerified', 'DistrictReturned', 'DistrictDeclined') as answers
    from step where own and type in ('ApplicationSubmitted', 'ApplicationCorrected', 'EmployerChanged',
        'VerificationRequested', 'VerificationReopened', 'DistrictVerified', 'DistrictReturned', 'DistrictDeclined'))
group by application, submission having sum(asked) > 1 or sum(items) <> sum(asked)
    or sum(answers) > sum(items) + sum(reopened)
"""


_STRANGERS = """
select a.application, a.submission, a.type, a.district, i.district as asked
from step a join step i on i.application = a.application and i.submission = a.submission and i.own
    and i.type = 'VerificationRequested'
where a.own and a.district <> i.district
    and a.type in ('VerificationClaimed', 'DistrictVerified', 'DistrictReturned', 'DistrictDeclined')
"""
_NAMED = """
select i.application, i.submission, i.district, n.district as named
from step i join step n on n.application = i.application and n.submission = i.submission and n.own
    and n.type in ('ApplicationSubmitted', 'ApplicationCorrected', 'EmployerChanged')
where i.own and i.type = 'VerificationRequested' and i.district <> n.district
"""


def only_the_named_district(db: Connection) -> Iterator[Violation]:
    """The district that is asked is the one that was named, and no other one has a word in it."""
    for row in db.execute(_NAMED):
        yield Violation(
            Kind.WORK_ITEM,
            f"Application {row['application']}, submission {row['submission']}: {row['named']} was named, "
            f"{row['district']} was asked.",
        )
    for row in db.execute(_STRANGERS):
        yield Violation(
            Kind.WORK_ITEM,
            f"Application {row['application']}, submission {row['submission']}: {row['type']} by {row['district']}, "
            f"{row['asked']} was asked.",
        )


def one_work_item(db: Connection) -> Iterator[Violation]:
    for row in db.execute(_WRONG):
        yield Violation(
            Kind.WORK_ITEM,
            f"Application {row['application']}, submission {row['submission']}: handed in for a district "
            f"{row['asked']} times, {row['items']} work items, {row['answers']} answers of the district.",
        )
