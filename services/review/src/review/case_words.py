"""What the pages of a case say about it, in words: who has it, what is left, what happened."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise
from typing import Any

from lectern.contracts.values import CourseTaken, EducatorReport, Signature, YearTaught
from lectern.rules.words import in_hours, in_semester_hours
from lectern.rules.years import count_years, in_years, school_year_words
from lectern.web import Check, Fact
from lectern.web.words import day, plural
from review.case_history import Happened, What
from review.casefile import CaseFile
from review.files import case_files
from review.messages import (
    ASKED_ABOUT,
    CERTIFICATES,
    DENIAL_REASONS,
    ESTABLISHED,
    HAPPENED,
    KINDS,
    MOVED,
    SAID,
    STAGES,
    STATUSES,
)
from review.office import Office
from review.review_queue import Stage


@dataclass(frozen=True)
class HistoryLine:
    at: datetime
    what: str
    who: str
    before: str = ""
    after: str = ""
    why: str = ""


@dataclass(frozen=True)
class YearLine:
    year: str
    employer: str
    position: str
    fte: str
    share: str
    counts: str
    why: str


async def page_words(office: Office, file: CaseFile) -> dict[str, Any]:
    """Everything the templates of a case are fed with."""
    history = await _history(office, file)
    return {
        "file": file,
        "files": await case_files(office, file),
        "row": file.rows.queue,
        "history": history,
        "caption": KINDS[file.rows.queue.kind],
        "lede": _lede(file),
        "checks": _checks(file),
        "years": _years(file.evidence.years) if file.evidence else [],
        "reported": _reported(file, file.report) if file.report else [],
        "reported_years": _years(file.report.years) if file.report else [],
        "facts": _facts(file),
        "others": _others(file),
        "established": ESTABLISHED,
        "reasons": DENIAL_REASONS,
        "asked_about": ASKED_ABOUT,
        "stages": STAGES,
        "today": file.today,
        "course_told": _course(file.course),
        "kinds": CERTIFICATES,
        "said": SAID[file.rows.queue.kind],
    }


def _course(course: CourseTaken | None) -> list[Fact]:
    if course is None:
        return []
    level = "graduate" if course.graduate else "undergraduate"
    return [
        Fact("Course", course.title, course.college),
        Fact("Semester hours", in_semester_hours(course.semester_hundredths), level),
        Fact("Completed on", day(course.completed_on)),
        Fact("Why it is relevant", [each for each in course.relevance.splitlines() if each] or "Not said"),
    ]


def _lede(file: CaseFile) -> tuple[str, str]:
    """Who has it and since when; then what that means for the one who reads."""
    row, days = file.rows.queue, f"({plural(file.days, 'working day')})"
    since = f"since {day(row.since)}"
    match row.stage:
        case Stage.WITH_DISTRICT:
            rest = f"{days}. It can be decided once the district has verified it."
            return " ".join(("With", file.place, since)), rest
        case Stage.RETURNED:
            return " ".join(("With", file.person.first, since)), f"{days}. {file.place} asked for something."
        case Stage.ASKED:
            return " ".join(("With", file.person.first, since)), f"{days}. DESE asked for something."
        case Stage.DISTRICT_ASKED:
            return " ".join(("With", file.place, since)), f"{days}. DESE asked for something."
        case Stage.HELD:
            return " ".join(("On hold at DESE", since)), f"{days}. {_assigned(file)}"
        case Stage.DECLINED:
            rest = f"{days}. {file.place} declined it, so another district has to be named."
            return " ".join(("With", file.person.first, since)), rest
        case Stage.READY:
            return " ".join(("With DESE", since)), f"{days}. {_assigned(file)}"
        case Stage.SECOND:
            return " ".join(("With DESE", since)), f"{days}. {_proposed(file)}"
        case Stage.APPROVED | Stage.DENIED | Stage.WITHDRAWN | Stage.CLOSED:
            return f"{STAGES[row.stage]} on {day(row.since)}", ""


def _assigned(file: CaseFile) -> str:
    if file.rows.queue.reviewer is None:
        return "Nobody has taken it."
    return "You have it." if file.mine else f"{file.colleagues.name(file.rows.queue.reviewer)} has it."


def _proposed(file: CaseFile) -> str:
    if file.proposal is None:
        return "It waits for a second person."
    outcome = "An approval" if file.proposes_approval else "A denial"
    return f"{outcome} proposed by {file.colleagues.called(file.proposal.by)} waits for a second person."


def _checks(file: CaseFile) -> list[Check]:
    """What has to be done before a decision, in the decision panel."""
    place = file.rows.page.attestation
    checks = []
    if file.rows.queue.district is not None:
        note = f"{file.place}, {day(place.at)}" if place else f"{file.place} has not verified it yet"
        checks.append(Check("District’s attestation", place is not None, note=note))
    checks += [
        Check(
            "All criteria met" if not file.unmet else f"{plural(len(file.unmet), 'criterion', 'criteria')} not met",
            not file.unmet,
            "#criteria",
            "" if not file.unmet else ", ".join(each.criterion.name for each in file.unmet),
        ),
    ]
    if held := file.taken:
        words = f"Certificate {STATUSES[held.status]}"
        since = f"Since {day(held.status_since)}. " if held.status_since else ""
        where = f"/register/{held.person_id}"
        checks.append(Check(words, False, where, f"{since}It can be approved once it is reinstated"))
    if file.conduct is None:
        checks.append(Check("Professional conduct answers", False, "#conduct", "Erased"))
    elif file.disclosures:
        note = "Read by you. It also needs a supervisor" if file.conduct_read else "Needs you and a supervisor"
        checks.append(Check("New conduct disclosure", file.conduct_read, "#conduct", note))
    else:
        checks.append(Check("Professional conduct", True, note="All answers are No"))
    return checks


def _years(years: Sequence[YearTaught]) -> list[YearLine]:
    return [
        YearLine(
            school_year_words(each.row.school_year),
            each.row.employer,
            each.row.position,
            in_years(each.row.fte_hundredths),
            in_years(each.row.share_hundredths),
            in_years(each.hundredths),
            each.why or "",
        )
        for each in count_years(years)
    ]


def _reported(file: CaseFile, report: EducatorReport) -> list[Fact]:
    """What the educator says besides the school years, numbers first and notes below."""
    hours, years, on = report.development_quarter_hours, report.mentoring_school_years, report.bta_completed_on
    said = {
        "Professional development": (
            "" if hours is None else f"{in_hours(hours)} contact hours",
            report.development_note,
        ),
        "Mentoring": ("" if years is None else plural(years, "school year"), report.mentoring_note),
        "Beginning Teacher Assistance": ("" if on is None else f"Completed {day(on)}", report.bta_provider),
        "Evaluation": ("", report.evaluation_note),
    }
    if "development" not in file.rules.of(file.rows.queue.kind).report:
        said = {}
    facts = [
        Fact(term, [line for text in texts for line in text.splitlines() if line] or "Nothing reported")
        for term, texts in said.items()
    ]
    held = [f"{each.degree}, {each.institution}, {each.year}" for each in report.degrees]
    return [*facts, Fact("Degrees", held)] if held else facts


def _facts(file: CaseFile) -> list[Fact]:
    """About the person, beside the case."""
    facts = [Fact("Educator ID", file.person.number or "Not recorded")]
    if file.person.registered:
        facts.insert(0, Fact("Name in the register", file.person.registered))
    for held in file.certificates:
        span = f"{day(held.effective_on)} to {day(held.expires_on)}, {STATUSES[held.status]}"
        facts.append(Fact("Certificate", CERTIFICATES[held.kind], span))
        if held.areas:
            facts.append(Fact("Areas", held.areas))
    if file.person.birth_date is not None:
        facts.append(Fact("Birth date", day(file.person.birth_date), "DESE only"))
    others = [each for each in file.rows.applications if each.application_id != file.rows.queue.application_id]
    facts.append(Fact("Other applications", plural(len(others), "application") if others else "None"))
    return facts


def _others(file: CaseFile) -> list[tuple[str, str, str]]:
    """Address, reference and stage of the person's other applications."""
    return [
        (f"/cases/{each.application_id}", each.reference, STAGES[each.stage])
        for each in file.rows.applications
        if each.application_id != file.rows.queue.application_id
    ]


async def _history(office: Office, file: CaseFile) -> list[HistoryLine]:
    """The newest first."""
    entries = file.rows.history.entries
    keys = office.running.keys
    signatures = await keys.open_all([each.signature for each in entries], Signature)
    reasons = await keys.open_all([each.why for each in entries], str)
    lines = [
        replace(_line(file, each, signature), why=why or "")
        for each, signature, why in zip(entries, signatures, reasons, strict=True)
    ]
    return sorted([*lines, *_renamed(file)], key=lambda each: each.at)[::-1]


def _renamed(file: CaseFile) -> list[HistoryLine]:
    """Changes of the educator's name since the application was submitted."""
    names = [(each.at, str(each.name)) for each in file.person.called]
    return [
        HistoryLine(at, "Name changed by the educator", after, before, after)
        for (_, before), (at, after) in pairwise(names)
        if before != after and at > file.rows.queue.submitted_at
    ]


def _line(file: CaseFile, entry: Happened, signature: Signature | None) -> HistoryLine:
    before, after = MOVED.get(entry.what, ("", ""))
    if entry.what is What.SUBMITTED and file.by_course:
        after = "With DESE"
    if entry.what is What.ASSIGNED:
        before = file.colleagues.name(entry.before) if entry.before else "Nobody"
        after = file.colleagues.name(entry.officer)
    if entry.what is What.MOVED:
        before, after = (file.colleagues.name(each) if each else "Nobody" for each in (entry.before, entry.after))
    if entry.districts:
        before, after = entry.districts
    if entry.what is What.EXTENDED and (change := file.change):
        before, after = f"Expires {day(change.expired_before)}", f"Expires {day(change.expires_on)}"
    return HistoryLine(entry.at, HAPPENED[entry.what], _who(file, entry, signature), before, after)


def _who(file: CaseFile, entry: Happened, signature: Signature | None) -> str:
    if signature is not None:
        return f"{signature.name}, {file.place}"
    if entry.officer is not None:
        return file.colleagues.name(entry.officer)
    match entry.what:
        case What.PASSED_ON:
            return f"District {entry.districts[0]}"
        case (
            What.PAID
            | What.SUBMITTED
            | What.CORRECTED
            | What.SUPPLIED
            | What.NAMED_ANOTHER
            | What.RECONSIDERATION_REQUESTED
        ):
            return file.person.at(entry.at).name
        case _:
            return "Lectern"
