"""A district's daily email: one on the morning of a working day, with what is new, each once, none where nothing is."""

from datetime import date, datetime
from typing import Any

import pytest
from notifications_given import (
    APPLICATION,
    INDEPENDENCE,
    approved,
    asked,
    closed,
    denied,
    overdue,
    reopened,
    returned,
    submitted,
    verified,
    withdrawn,
)

from lectern.eventlog.errors import Refused
from lectern.rules.working_days import at_hour
from notifications.digest import DigestMade, Digests, DistrictTold, ToldNews, digests, told_news
from notifications.digesting import morning
from notifications.district_news import NewsRow, What, district_news
from notifications.notice import Digest, NoticeRequested, To, Unrequested
from notifications.writing import Names, write

FRIDAY, MONDAY, TUESDAY = date(2026, 12, 4), date(2026, 12, 7), date(2026, 12, 8)
NAMES = Names("", "Independence 30", "http://127.0.0.1:8402/work-log")


def on(fact: Any, day: date, hour: int = 15) -> Any:
    (field,) = (each for each in type(fact).model_fields if each.endswith("_at"))
    return fact.model_copy(update={field: at_hour(day, hour)})


def row_after(*facts: Any) -> NewsRow:
    row = None
    for fact in facts:
        row = district_news.fold(row, fact)
    assert isinstance(row, NewsRow)
    return row


def made(
    *rows: NewsRow, at: datetime, known: Digests | None = None, told: tuple[DistrictTold, ...] = ()
) -> tuple[Digest | None, tuple[DistrictTold, ...]]:
    """The digest that is asked for, and what it tells of."""
    asking = morning.command(rows, at)
    news = ToldNews()
    for each in told:
        news = told_news.evolve(news, each)
    entries = asking.decide(known or Digests(), *[news] * len(asking.command.items), Unrequested(), asking.command)
    facts = [each.fact for each in entries]  # type: ignore[union-attr]
    request = next((each for each in facts if isinstance(each, NoticeRequested)), None)
    assert request is None or (request.to, request.district, request.educator_id) == (To.DISTRICT, INDEPENDENCE, None)
    return (request.digest if request else None), tuple(each for each in facts if isinstance(each, DistrictTold))


NEW = (submitted(), on(asked(), FRIDAY))


def test_what_is_new_falls_due_on_the_next_morning_of_a_working_day() -> None:
    assert row_after(submitted()).due_at is None
    assert row_after(*NEW).due_at == at_hour(MONDAY, 7)
    assert row_after(submitted(), on(asked(), MONDAY, 6)).due_at == at_hour(MONDAY, 7)


def test_it_is_told_once() -> None:
    digest, told = made(row_after(*NEW), at=at_hour(MONDAY, 8))

    assert digest is not None
    assert [each.on for each in digest.new] == [FRIDAY]
    assert (digest.waiting, digest.oldest_on) == (1, FRIDAY)
    assert row_after(*NEW, *told).due_at is None
    assert made(row_after(*NEW), at=at_hour(TUESDAY, 8), told=told) == (None, ())


def test_a_district_has_one_a_day() -> None:
    known = digests.evolve(
        Digests(),
        DigestMade(district=INDEPENDENCE, day=MONDAY, notice_id=APPLICATION, made_at=at_hour(MONDAY, 7)),
    )

    with pytest.raises(Refused):
        made(row_after(*NEW), at=at_hour(MONDAY, 23), known=known)
    digest, _ = made(row_after(*NEW), at=at_hour(TUESDAY, 7), known=known)
    assert digest is not None


@pytest.mark.parametrize("now", [at_hour(date(2026, 12, 5), 12), at_hour(date(2026, 12, 25), 12), at_hour(MONDAY, 6)])
def test_nothing_is_sent_at_night_or_on_a_holiday(now: datetime) -> None:
    with pytest.raises(Refused):
        made(row_after(submitted(), on(asked(), date(2026, 12, 1))), at=now)


def test_what_waits_without_news_is_counted() -> None:
    first, told = made(row_after(*NEW), at=at_hour(MONDAY, 8))
    old = row_after(*NEW, *told)

    digest, _ = made(old, row_after(*NEW, *told, on(overdue(), TUESDAY)), at=at_hour(date(2026, 12, 9), 8))

    assert first is not None
    assert digest is not None
    assert digest.new == ()
    assert [each.on for each in digest.overdue] == [TUESDAY]
    assert digest.waiting == 2


@pytest.mark.parametrize(
    ("end", "words"),
    [
        (approved(), "approved"),
        (denied(), "not approved"),
        (withdrawn(), "withdrawn by the educator"),
        (closed(), "closed, because the educator did not answer"),
    ],
)
def test_the_district_hears_of_the_decision(end: Any, words: str) -> None:
    digest, _ = made(row_after(*NEW, on(verified(), FRIDAY), on(end, MONDAY)), at=at_hour(TUESDAY, 8))

    assert digest is not None
    assert [each.end for each in digest.decided] == [words]
    assert (digest.new, digest.waiting) == ((), 0)


def test_what_comes_after_the_end_is_no_news() -> None:
    """The educator answered in the moment DESE closed it."""
    row = row_after(*NEW, on(returned(), FRIDAY), on(closed(), MONDAY), on(asked(2), MONDAY), on(overdue(2), TUESDAY))

    assert [each.what for each in row.news] == [What.RETURNED, What.INCOMPLETE]
    assert row.waiting_since is None


def test_what_was_sent_before_the_morning_is_no_news() -> None:
    assert row_after(*NEW, on(verified(), FRIDAY)).due_at is None


def test_what_was_returned_and_came_back_is_both() -> None:
    facts = (*NEW, on(returned(), FRIDAY, 16), on(asked(2), FRIDAY, 17))

    digest, _ = made(row_after(*facts), at=at_hour(MONDAY, 8))

    assert digest is not None
    assert (len(digest.returned), len(digest.new)) == (1, 1)


def test_a_question_of_dese_is_new() -> None:
    digest, _ = made(row_after(*NEW, on(verified(), FRIDAY), on(reopened(), MONDAY)), at=at_hour(TUESDAY, 8))

    assert digest is not None
    assert len(digest.new) == 1


def test_what_is_new_for_one_district_is_nothing_to_the_next() -> None:
    moved = asked(2).model_copy(update={"district": "115-115", "requested_at": at_hour(MONDAY, 15)})

    row = row_after(*NEW, moved)

    assert [each.of for each in row.news] == ["new|115-115|2"]


def test_it_reads_so() -> None:
    row = row_after(*NEW)
    asking = morning.command([row], at_hour(MONDAY, 8))
    *_, request = asking.decide(Digests(), ToldNews(), Unrequested(), asking.command)

    said = write(request.fact, NAMES)  # type: ignore[union-attr,arg-type]

    assert said.subject == "Your work log on December 7, 2026: 1 to verify"
    assert "New in your work log\n- LEC-2026-000123-8, Upgrade, December 4, 2026\n" in said.text
    assert "1 application waits for Independence 30. The oldest has waited 1 working day." in said.text
    assert "Overdue" not in said.text
    assert "\n\n\n" not in said.text
