"""One work item for each submission that names a district, one answer of the district at most to each."""

from collections.abc import Iterator
from sqlite3 import Connection

from lectern_local.audit.violation import Kind, Violation

_WRONG = """
select application, submission, sum(asked) as asked, sum(items) as items, sum(answers) as answers from (
    select application, submission, log = 'applications' and district is not null as asked,
        type = 'VerificationRequested' as items, type in ('DistrictVerified', 'DistrictReturned') as answers
    from step where own and type in ('ApplicationSubmitted', 'ApplicationCorrected', 'VerificationRequested',
        'DistrictVerified', 'DistrictReturned'))
group by application, submission having sum(asked) > 1 or sum(items) <> sum(asked) or sum(answers) > sum(items)
"""


def one_work_item(db: Connection) -> Iterator[Violation]:
    for row in db.execute(_WRONG):
        yield Violation(
            Kind.WORK_ITEM,
            f"Application {row['application']}, submission {row['submission']}: handed in for a district "
            f"{row['asked']} times, {row['items']} work items, {row['answers']} answers of the district.",
        )
