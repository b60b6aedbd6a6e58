"""The tasks of a draft in the order of the instructions: which are done, which a return opens again."""

from enum import StrEnum
from typing import Final

from applications.draft import Answers
from lectern.contracts.values import Cents, EducatorReport, Kind, ReturnReason, Route, Task
from lectern.rules import IN_FORCE, RuleSet
from lectern.rules.rule_sets import Part
from lectern.rules.wording import CONDUCT_QUESTIONS

ORDER: Final = tuple(Task)

ASKS_FOR: Final[dict[ReturnReason, frozenset[Task]]] = {
    ReturnReason.YEARS_UNCLEAR: frozenset({Task.EDUCATION}),
    ReturnReason.HOURS_MISSING: frozenset({Task.EDUCATION}),
    ReturnReason.MENTORING_UNCLEAR: frozenset({Task.EDUCATION}),
    ReturnReason.BTA_UNCLEAR: frozenset({Task.EDUCATION}),
    ReturnReason.EVALUATION_UNCLEAR: frozenset({Task.EDUCATION}),
    ReturnReason.EMPLOYMENT_UNCLEAR: frozenset({Task.EDUCATION}),
    ReturnReason.PERSONAL_DETAILS: frozenset({Task.PERSONAL}),
    ReturnReason.OTHER: frozenset({Task.PERSONAL, Task.EDUCATION}),
}


PARTS: Final[dict[Part, str]] = {
    "years": "the school years you taught",
    "development": "the contact hours of your professional development plan",
    "mentoring": "the school years you had a mentor",
}


class Progress(StrEnum):
    TODO = "todo"
    DOING = "doing"
    DONE = "done"


def owed(kind: Kind, fee: Cents, rules: RuleSet = IN_FORCE) -> Cents:
    """What an application of this kind costs, where those that are paid for cost `fee`."""
    return fee if Task.PAYMENT in rules.of(kind).steps else 0


def tasks_of(kind: Kind, fee: Cents, rules: RuleSet = IN_FORCE, route: Route | None = None) -> tuple[Task, ...]:
    """Where nothing is owed there is no payment method to choose; what a route asks for comes with its purpose."""
    return tuple(each for each in rules.of(kind, route).steps if each is not Task.PAYMENT or fee > 0)


def asked_for(reasons: tuple[ReturnReason, ...]) -> frozenset[Task]:
    return frozenset().union(*(ASKS_FOR[each] for each in reasons))


def progress(answers: Answers, task: Task) -> Progress:  # noqa: C901 - one line for each task
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
        case Task.CERTIFICATES:
            return Progress.DONE if answers.certificates else Progress.TODO
        case Task.COURSE:
            return Progress.DONE if answers.course else Progress.TODO
        case Task.PAYMENT:
            return Progress.DONE if answers.method else Progress.TODO
        case Task.RELEASE:
            return Progress.DONE if answers.release else Progress.TODO
        case Task.DISTRICT:
            return Progress.DONE if answers.district else Progress.TODO


def open_conduct(answers: Answers) -> tuple[str, ...]:
    """The questions without an answer, in order."""
    return tuple(each.id for each in CONDUCT_QUESTIONS if each.id not in answers.conduct)


def left(answers: Answers, fee: Cents, rules: RuleSet = IN_FORCE) -> tuple[Task, ...]:
    """What is not done yet."""
    tasks = tasks_of(answers.kind, fee, rules, answers.route)
    return tuple(each for each in tasks if progress(answers, each) is not Progress.DONE)


def lacking(report: EducatorReport, kind: Kind, rules: RuleSet = IN_FORCE) -> tuple[str, ...]:
    """What a report on education and experience leaves out that this kind asks about. Numbers may be 0."""
    there: dict[Part, bool] = {
        "years": bool(report.years),
        "development": report.development_quarter_hours is not None,
        "mentoring": report.mentoring_school_years is not None,
    }
    return tuple(PARTS[each] for each in rules.of(kind).report if not there[each])
