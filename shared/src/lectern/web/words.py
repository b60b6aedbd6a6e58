"""How things are written for people: dates, times, money, names. Pure; templates use these as filters."""

import re
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape

CENTRAL = ZoneInfo("America/Chicago")
NBSP = "\N{NO-BREAK SPACE}"
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_ROMAN = re.compile(r"^[IVXLC]+$")
_CODE = re.compile(r"^[A-Z]{1,3}-([IVXLC]+|\d+)$")
_REACHES = re.compile(
    r"[A-Za-z0-9.+_-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
    r"|(?<![\d.-])(?:\+?1[ .-]?)?(?:\(\d{3}\) ?|\d{3}[ .-])\d{3}[ .-]\d{4}(?!\d)"
)
"""An email, or a phone number as it is written in the United States."""
_SMALL = {"of", "the", "and", "for", "at", "in"}


def day(when: date | datetime) -> str:
    """January 15, 2027; an instant gets the day it falls on in Missouri."""
    found = _day(when)
    return f"{_MONTHS[found.month - 1]} {found.day}, {found.year}"


def short_day(when: date | datetime) -> str:
    """Jan 15, 2027: for dense tables only."""
    found = _day(when)
    return f"{_MONTHS[found.month - 1][:3]} {found.day}, {found.year}"


def full_day(when: date | datetime) -> str:
    """Tuesday, November 24, 2026."""
    return f"{_day(when):%A}, {day(when)}"


def clock(when: datetime | time) -> str:
    """9:32 a.m., in Missouri's time."""
    found = when.astimezone(CENTRAL).time() if isinstance(when, datetime) else when
    return f"{found.hour % 12 or 12}:{found.minute:02} {'a.m.' if found.hour < 12 else 'p.m.'}"


def instant(when: datetime) -> str:
    """January 15, 2027, 9:32 a.m."""
    return f"{day(when)}, {clock(when)}"


def moment(when: datetime) -> Markup:
    """The same, in a <time> that machines can read."""
    local = when.astimezone(CENTRAL).isoformat(timespec="minutes")
    return Markup('<time datetime="{}">{}</time>').format(local, instant(when))


def lately(when: datetime, now: datetime) -> str:
    """Today, 9:32 a.m.; Yesterday, 9:32 a.m.; else day and time."""
    past = (_day(now) - _day(when)).days
    named = {0: "Today", 1: "Yesterday"}.get(past, day(when))
    return f"{named}, {clock(when)}"


def since(when: date | datetime, today: date | datetime) -> str:
    """today, yesterday, 7 days ago; for days to come: tomorrow, in 7 days."""
    past = (_day(today) - _day(when)).days
    match past:
        case 0:
            return "today"
        case 1:
            return "yesterday"
        case -1:
            return "tomorrow"
        case _:
            return f"{past} days ago" if past > 0 else f"in {-past} days"


def days_left(until: date | datetime, today: date | datetime) -> str:
    """52 days left; Last day today; Expired. The last day counts."""
    left = (_day(until) - _day(today)).days
    if left < 0:
        return "Expired"
    return "Last day today" if left == 0 else f"{plural(left, 'day')} left"


def money(cents: int) -> str:
    """2500 is $25.00."""
    sign = "-" if cents < 0 else ""
    return f"{sign}${abs(cents) // 100:,}.{abs(cents) % 100:02}"


def number(value: int) -> str:
    """6204118 is 6,204,118."""
    return f"{value:,}"


def file_size(size: int) -> str:
    """812 KB, 2.4 MB; a KB is 1,000 bytes."""
    return f"{max(1, round(size / 1000)):,} KB" if size < 999_500 else f"{size / 1_000_000:.1f} MB"


def plural(count: int, one: str, many: str = "") -> str:
    """1 day, 3 days; an irregular plural is given."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def in_words(count: int) -> str:
    """The numbers up to ten as words, for sentences."""
    words = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    return words[count] if 0 <= count < len(words) else f"{count:,}"


def either(value: bool | None) -> str:
    """Yes, No, or Not answered."""
    if value is None:
        return "Not answered"
    return "Yes" if value else "No"


def district(name: str) -> str:
    """The register's capitals in title case: INDEPENDENCE 30 is Independence 30, and never breaks before its number."""
    words = [_district_word(word, first=at == 0) for at, word in enumerate(name.split())]
    if len(words) > 1 and (words[-1].isdigit() or _CODE.match(words[-1].upper())):
        words[-2:] = [f"{words[-2]}{NBSP}{words[-1]}"]
    return " ".join(words)


def _district_word(word: str, *, first: bool) -> str:
    if _CODE.match(word) or _ROMAN.match(word) or any(letter.isdigit() for letter in word):
        return word
    if word != word.upper():
        return word  # somebody has chosen its capitals already: McDonald
    if word.lower() in _SMALL and not first:
        return word.lower()
    return re.sub(r"[A-Z]+('S\b)?", lambda found: found[0].capitalize(), word)


def educator_id(value: str | int) -> Markup:
    """An Educator ID with figures of one width."""
    return Markup('<span class="tabular">{}</span>').format(value)


def reference(value: str) -> Markup:
    """LEC-2026-000412-6, unbroken."""
    return Markup('<span class="tabular nowrap">{}</span>').format(value)


def grouped(value: str) -> str:
    """A long number or code in groups of three, to be read aloud: 104 822 7."""
    return NBSP.join(value[at : at + 3] for at in range(0, len(value), 3))


def sentences(text: str) -> Markup:
    """What a person wrote, with its line breaks."""
    return Markup("<br>").join(escape(line) for line in text.splitlines())


def address(text: str) -> Markup:
    """An email address that breaks, where it must, after the @ or before a dot."""
    return escape(text).replace("@", Markup("@<wbr>")).replace(".", Markup("<wbr>."))


def reachable(text: str) -> Markup:
    """Words that name an email or a US phone number, with links to write or dial. A number never breaks."""
    found = Markup()
    at = 0
    for each in _REACHES.finditer(text):
        found += escape(text[at : each.start()]) + _link_to(each[0])
        at = each.end()
    return found + escape(text[at:])


def dese(support: str) -> Markup:
    """Whom to turn to at the state. `support` is how the installation says they are reached; it may be empty."""
    ways = Markup(" ({})").format(reachable(support)) if support else ""
    return Markup("DESE’s certification section{}").format(ways)


def _link_to(way: str) -> Markup:
    if "@" in way:
        return Markup('<a href="mailto:{}">{}</a>').format(way, address(way))
    digits = "".join(letter for letter in way if letter.isdigit())[-10:]
    return Markup('<a class="nowrap" href="tel:+1{}">{}</a>').format(digits, way)


def _day(when: date | datetime) -> date:
    if isinstance(when, datetime):
        return (when if when.tzinfo else when.replace(tzinfo=UTC)).astimezone(CENTRAL).date()
    return when


FILTERS = {
    each.__name__: each
    for each in (
        day, short_day, full_day, clock, instant, moment, lately, since, days_left, money, number, file_size, plural,
        in_words, either, district, educator_id, reference, grouped, sentences, address, reachable, dese,
    )
}  # fmt: skip
