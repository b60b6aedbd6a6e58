"""The tasks of an Upgrade draft in the order of the instructions: which are done, which a return opens again."""

from enum import StrEnum
from typing import Final

from applications.draft import Answers
from lectern.contracts.values import Cents, EducatorReport, ReturnReason, Task
from lectern.rules.wording import CONDUCT_QUESTIONS

ORDER: Final = (
    Task.PERSONAL,
    Task.EDUCATION,
    Task.CONDUCT,
    Task.PURPOSE,
    Task.PAYMENT,
    Task.RELEASE,
    Task.DISTRICT,
)

ASKS_FOR: Final[dict[ReturnReason, frozenset[Task]]] = {
    ReturnReason.YEARS_UNCLEAR: frozenset({Task.EDUCATION}),
    ReturnReason.HOURS_MISSING: frozenset({Task.EDUCATION}),
    ReturnReason.MENTORING_UNCLEAR: frozenset({Task.EDUCATION}),
    ReturnReason.BTA_UNCLEAR: frozenset({Task.EDUCATION}),
    ReturnReason.EVALUATION_UNCLEAR: frozenset({Task.EDUCATION}),
    ReturnReason.PERSONAL_DETAILS: frozenset({Task.PERSONAL}),
    ReturnReason.OTHER: frozenset({Task.PERSONAL, Task.EDUCATION}),
}


class Progress(StrEnum):
    TODO = "todo"
    DOING = "doing"
    DONE = "done"


def tasks_of(fee: Cents) -> tuple[Task, ...]:
    """Where nothing is owed there is no payment method to choose."""
    return tuple(each for each in ORDER if each is not Task.PAYMENT or fee > 0)


def asked_for(reasons: tuple[ReturnReason, ...]) -> frozenset[Task]:
    return frozenset().union(*(ASKS_FOR[each] for each in reasons))


def progress(answers: Answers, task: Task) -> Progress:
    match task:
        case Task.PERSONAL:
            return Progress.DONE if answers.personal else Progress.TODO
        case Task.EDUCATION:
            if answers.education is None:
                return Progress.TODO
            return Progress.DONE if answers.education_complete else Progress.DOING
        case Task.CONDUCT:
            open_questions = open_conduct(answers)
            if not open_questions:
                return Progress.DONE
            return Progress.DOING if answers.conduct else Progress.TODO
        case Task.PURPOSE:
            return Progress.DONE if answers.purpose else Progress.TODO
        case Task.PAYMENT:
            return Progress.DONE if answers.method else Progress.TODO
        case Task.RELEASE:
            return Progress.DONE if answers.release else Progress.TODO
        case Task.DISTRICT:
            return Progress.DONE if answers.district else Progress.TODO


def open_conduct(answers: Answers) -> tuple[str, ...]:
    """The questions without an answer, in order."""
    return tuple(each.id for each in CONDUCT_QUESTIONS if each.id not in answers.conduct)


def left(answers: Answers, fee: Cents) -> tuple[Task, ...]:
    """What is not done yet."""
    return tuple(each for each in tasks_of(fee) if progress(answers, each) is not Progress.DONE)


def lacking(report: EducatorReport) -> tuple[str, ...]:
    """What a report on education and experience leaves out that an upgrade asks about. Numbers may be 0."""
    wanted = {
        "the school years you taught": bool(report.years),
        "the contact hours of your professional development plan": report.development_quarter_hours is not None,
        "the school years you had a mentor": report.mentoring_school_years is not None,
    }
    return tuple(what for what, there in wanted.items() if not there)
