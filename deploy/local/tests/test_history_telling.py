"""The story as it stands on a terminal."""

import io
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from rich.console import Console

from lectern_local.history.happened import Happened
from lectern_local.history.telling import tell

LONG = "VerificationRequested"
OTHER = UUID(int=999)
"""A fact of another story."""


def fact(number: int, type_: str, *, service: str = "applications", cause: UUID | None = None, **data: str) -> Happened:
    at = datetime(2027, 1, 14, 23, 59, 58, tzinfo=UTC) + timedelta(seconds=number)
    actor = "user:0000f55d"
    return Happened(service, number, UUID(int=number), "a/b", number, type_, data, actor, cause, at, public=True)


def told(width: int, *facts: Happened) -> list[str]:
    console = Console(file=io.StringIO(), width=width)
    tell(console, facts, f"{len(facts)} facts", "Submitted.")
    assert isinstance(console.file, io.StringIO)
    return [line.rstrip() for line in console.file.getvalue().splitlines()]


STORY = (
    fact(1, "ApplicationSubmitted", district="048-077"),
    fact(2, LONG, service="district-worklog", cause=UUID(int=1), criterion="UPG-MENTORING", verdict="met"),
    fact(3, "NoticeRequested", service="notifications", cause=OTHER),
)


@pytest.mark.parametrize("width", [80, 99, 100, 120, 200])
def test_names_of_facts_and_services_are_never_cut(width: int) -> None:
    lines = told(width, *STORY)

    assert not any("…" in line or len(line) > width for line in lines)
    for each in STORY:
        assert any(each.type in line and each.service in line for line in lines)


def test_a_narrow_terminal_tells_who_and_what_together_and_numbers_causes() -> None:
    lines = told(80, *STORY)

    assert " ".join(" ".join(lines[3:5]).split()) == (
        "1 17:59:59.000 applications ApplicationSubmitted by educator f55d, district 048-077"
    )
    assert lines[5].endswith(" 1")
    assert any(line.endswith(" other") for line in lines)


def test_a_wide_one_names_the_cause() -> None:
    lines = told(120, *STORY)

    assert any(line.endswith("1 ApplicationSubmitted") for line in lines)


def test_a_day_is_told_once() -> None:
    lines = told(80, fact(1, LONG), fact(2, LONG), fact(60 * 60 * 24, LONG))

    assert [line.strip() for line in lines if "Chicago time" in line] == [
        "January 14, 2027, Chicago time",
        "January 15, 2027, Chicago time",
    ]
