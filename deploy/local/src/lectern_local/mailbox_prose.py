"""A mail's text for a page: paragraphs and links, and what is one word for people stays on one line."""

import re

from markupsafe import Markup, escape

from lectern.web.words import address

_WORDS = re.compile(
    r"(?P<link>https?://[^\s<>\"']+[^\s<>\"'.,;:)])"
    r"|(?P<email>[^\s<>\"'(),;:@]+@[^\s<>\"'(),;:@]+[^\s<>\"'(),;:@.])"
    r"|(?P<number>\bLEC-\d{4}-\d{6}-\d\b|\b\d{3}-\d{3}-\d{4}\b)"
)
_STEP = re.compile(r"(?<![:/])/")
"""Where a link may break: before a slash, but not before the two behind its scheme."""


def prose(text: str) -> Markup:
    """Plain text as paragraphs, its addresses as links; everything else is escaped."""
    paragraphs = (each.strip("\n") for each in re.split(r"\n{2,}", text) if each.strip())
    return Markup("\n").join(Markup("<p>{}</p>").format(_lines(each)) for each in paragraphs)


def unbroken(text: str) -> Markup:
    """One line of text without links: references and telephone numbers don't break, emails only where one would."""
    return _marked(text, linked=False)


def _lines(text: str) -> Markup:
    return Markup("<br>\n").join(_marked(line, linked=True) for line in text.split("\n"))


def _marked(line: str, *, linked: bool) -> Markup:
    parts, last = [], 0
    for found in _WORDS.finditer(line):
        parts += [escape(line[last : found.start()]), _word(found, linked=linked)]
        last = found.end()
    return Markup("").join([*parts, escape(line[last:])])


def _word(found: re.Match[str], *, linked: bool) -> Markup:
    match found.lastgroup:
        case "link":
            shown = Markup("<wbr>/").join(_STEP.split(found[0]))
            return Markup('<a href="{}">{}</a>').format(found[0], shown) if linked else shown
        case "email":
            return address(found[0])
        case _:
            return Markup('<span class="tabular nowrap">{}</span>').format(found[0])
