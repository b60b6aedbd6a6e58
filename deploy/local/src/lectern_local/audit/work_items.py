"""One work item for each submission that names a district; one answer of the district at most to each, and to each
question of DESE that opened it again."""

from collections.abc import Iterator
from sqlite3 import Connection

from lectern_local.audit.violation import Kind, Violation

_WRONG = """
select application, submission, sum(asked) as asked, sum(items) as items, sum(reopened) as reopened,
    sum(answers) as answers from (
    select application, submission, log = 'applications' and district is not null as asked,
        type = 'VerificationRequested' as items, type = 'VerificationReopened' as reopened,
        type in ('DistrictVerified', 'DistrictReturned') as answers
    from step where own and type in ('ApplicationSubmitted', 'ApplicationCorrected', 'VerificationRequested',
        'VerificationReopened', 'DistrictVerified', 'DistrictReturned'))
group by application, submission having sum(asked) > 1 or sum(items) <> sum(asked)
    or sum(answers) > sum(items) + sum(reopened)
"""


def one_work_item(db: Connection) -> Iterator[Violation]:
    for row in db.execute(_WRONG):
        yield Violation(
            Kind.WORK_ITEM,
            f"Application {row['application']}, submission {row['submission']}: handed in for a district "
            f"{row['asked']} times, {row['items']} work items, {row['answers']} answers of the district.",
        )
