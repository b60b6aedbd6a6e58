from datetime import UTC, date, datetime

import pytest
from markupsafe import Markup

from lectern.web import words

NBSP = "\N{NO-BREAK SPACE}"
LATE = datetime(2027, 1, 16, 3, 32, tzinfo=UTC)  # January 15, 9:32 in the evening in Missouri


def test_a_day_is_the_one_in_missouri() -> None:
    assert words.day(LATE) == "January 15, 2027"
    assert words.day(date(2027, 1, 5)) == "January 5, 2027"
    assert words.short_day(LATE) == "Jan 15, 2027"
    assert words.full_day(date(2026, 11, 24)) == "Tuesday, November 24, 2026"


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (datetime(2026, 7, 1, 5, 0, tzinfo=UTC), "12:00 a.m."),
        (datetime(2026, 7, 1, 14, 32, tzinfo=UTC), "9:32 a.m."),
        (datetime(2026, 7, 1, 17, 0, tzinfo=UTC), "12:00 p.m."),
        (datetime(2026, 12, 1, 15, 32, tzinfo=UTC), "9:32 a.m."),  # standard time
    ],
)
def test_a_time_is_the_one_in_missouri(at: datetime, said: str) -> None:
    assert words.clock(at) == said


def test_a_moment_can_be_read_by_machines() -> None:
    found = words.moment(LATE)

    assert found == '<time datetime="2027-01-15T21:32-06:00">January 15, 2027, 9:32 p.m.</time>'
    assert isinstance(found, Markup)


def test_time_that_passed_in_words() -> None:
    today = date(2026, 12, 2)

    assert [words.since(date(2026, 12, day), today) for day in (2, 1, 3)] == ["today", "yesterday", "tomorrow"]
    assert words.since(date(2026, 11, 25), today) == "7 days ago"
    assert words.since(date(2026, 12, 9), today) == "in 7 days"
    assert words.lately(datetime(2026, 12, 2, 15, 32, tzinfo=UTC), datetime(2026, 12, 2, 20, tzinfo=UTC)) == (
        "Today, 9:32 a.m."
    )


def test_the_last_day_counts() -> None:
    expires = date(2027, 1, 15)

    assert words.days_left(expires, date(2026, 11, 24)) == "52 days left"
    assert words.days_left(expires, date(2027, 1, 14)) == "1 day left"
    assert words.days_left(expires, expires) == "Last day today"
    assert words.days_left(expires, date(2027, 1, 16)) == "Expired"


def test_money_and_numbers() -> None:
    assert [words.money(cents) for cents in (2500, 0, 5, 123456789, -250)] == [
        "$25.00", "$0.00", "$0.05", "$1,234,567.89", "-$2.50",
    ]  # fmt: skip
    assert words.number(6204118) == "6,204,118"
    assert (words.plural(1, "day"), words.plural(3, "day"), words.plural(2, "person", "people")) == (
        "1 day", "3 days", "2 people",
    )  # fmt: skip
    assert (words.in_words(3), words.in_words(12)) == ("three", "12")


@pytest.mark.parametrize(
    ("register", "shown"),
    [
        ("INDEPENDENCE 30", f"Independence{NBSP}30"),
        ("LEE'S SUMMIT R-VII", f"Lee's Summit{NBSP}R-VII"),
        ("KANSAS CITY 33", f"Kansas City{NBSP}33"),
        ("RAYTOWN C-2", f"Raytown{NBSP}C-2"),
        ("ADAIR CO. R-I", f"Adair Co.{NBSP}R-I"),
        ("VAN-FAR R-I", f"Van-Far{NBSP}R-I"),
        ("O'FALLON SCHOOL OF THE ARTS", "O'Fallon School of the Arts"),
        ("NORTH KANSAS CITY 74", f"North Kansas City{NBSP}74"),
        ("Independence 30", f"Independence{NBSP}30"),
        ("McDonald County R-I", f"McDonald County{NBSP}R-I"),
        ("", ""),
    ],
)
def test_district_names_are_shown_in_title_case(register: str, shown: str) -> None:
    assert words.district(register) == shown


def test_what_people_wrote_stays_text() -> None:
    assert words.sentences("<b>\n&") == "&lt;b&gt;<br>&amp;"
    assert words.address("a.b@<c>.test") == "a<wbr>.b@<wbr>&lt;c&gt;<wbr>.test"
    assert words.educator_id("<1>") == '<span class="tabular">&lt;1&gt;</span>'


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("573-555-0100", "tel:+15735550100"),
        ("(573) 555-0100", "tel:+15735550100"),
        ("+1 573 555 0100", "tel:+15735550100"),
        ("help@dese.example", "mailto:help@dese.example"),
    ],
)
def test_ways_to_reach_somebody_are_links(text: str, there: str) -> None:
    said = words.reachable(f"<b>, {text}, 8 to 5")

    assert f'href="{there}"' in said
    assert said.startswith("&lt;b&gt;, <a ")
    assert said.endswith("</a>, 8 to 5")


@pytest.mark.parametrize("text", ["", "LEC-2026-000412-6", "048-077", "1/4/2027", "5735550100555", "a@b"])
def test_what_is_no_way_to_reach_somebody_stays_text(text: str) -> None:
    assert words.reachable(text) == text


def test_the_state_is_named_also_where_nobody_said_how_to_reach_it() -> None:
    assert words.dese("") == "DESE’s certification section"
    assert words.dese("weekdays 8 a.m. to 5 p.m.") == "DESE’s certification section (weekdays 8 a.m. to 5 p.m.)"
