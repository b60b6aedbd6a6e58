"""What has happened to an application, in the words its educator reads. Pure; names and notes come opened."""

from collections.abc import Mapping, Sequence
from typing import assert_never

from applications.districts import DistrictRow
from applications.timeline import Happened, TimelineEntry
from lectern.contracts.values import DistrictCode, EmployerChange, Signature
from lectern.web import Entry
from lectern.web.words import district as in_title_case
from lectern.web.words import in_words, money

ORDINALS = ("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def told(
    entries: Sequence[TimelineEntry],
    signatures: Sequence[Signature | None],
    quotes: Sequence[str | None],
    districts: Mapping[str, DistrictRow],
) -> list[Entry]:
    """Newest first. The payment and the submission it paid for are one line."""
    paid = next((each.amount for each in entries if each.what is Happened.PAID), None)
    lines = [
        Entry(
            what=_what(each, paid),
            at=each.at,
            who=_who(each, signature, districts),
            text=_text(each),
            quote=quote or "",
        )
        for each, signature, quote in zip(entries, signatures, quotes, strict=True)
        if each.what is not Happened.PAID
    ]
    return lines[::-1]


def _what(entry: TimelineEntry, paid: int | None) -> str:  # noqa: C901, PLR0912 - one sentence for each
    match entry.what:
        case Happened.PAID | Happened.SUBMITTED:
            return f"You submitted and paid {money(paid)}" if paid else "You submitted"
        case Happened.OPENED:
            return "Your district opened it"
        case Happened.OVERDUE:
            return "We told your district’s administrators that it has waited for long"
        case Happened.RETURNED:
            return "Your district returned it to you with a question"
        case Happened.CORRECTED:
            return "You sent what your district asked for"
        case Happened.DECLINED:
            return "Your district has closed, so it came back to you" if entry.closed else "Your district declined it"
        case Happened.NAMED_ANOTHER:
            if entry.why is EmployerChange.PASSED_ON:
                return "Your district passed it on to another district"
            return "You named another district"
        case Happened.VERIFIED:
            return "Your district confirmed your criteria and sent your application to DESE"
        case Happened.ASSIGNED:
            return "A DESE reviewer started on your application"
        case Happened.ASKED:
            return "DESE asked you something"
        case Happened.HELD:
            return "DESE put your application on hold"
        case Happened.RELEASED:
            return "DESE goes on with your application"
        case Happened.DISTRICT_ASKED:
            return "DESE asked your district something"
        case Happened.SUPPLIED:
            return "You answered what DESE asked"
        case Happened.APPROVED:
            return "DESE approved your application"
        case Happened.DENIED:
            return "DESE denied your application"
        case Happened.WITHDRAWAL_REQUESTED:
            return "You asked to withdraw it"
        case Happened.WITHDRAWN:
            return "Your application was withdrawn"
        case Happened.CLOSED:
            return "Your application was closed as incomplete"
        case Happened.RECONSIDERATION_REQUESTED:
            return "You asked DESE to look at its decision again"
        case Happened.OPENED_AGAIN:
            return "DESE has your application again, to decide anew"
        case Happened.TOO_LATE:
            return "It could not be withdrawn: DESE had decided before"
        case Happened.REFUNDED:
            return f"Your {money(entry.amount or 0)} went back the way you paid"
        case _:
            assert_never(entry.what)


def _who(entry: TimelineEntry, signature: Signature | None, districts: Mapping[str, DistrictRow]) -> str:
    match entry.what:
        case (
            Happened.PAID
            | Happened.SUBMITTED
            | Happened.WITHDRAWAL_REQUESTED
            | Happened.SUPPLIED
            | Happened.RECONSIDERATION_REQUESTED
        ):
            return "You"
        case Happened.NAMED_ANOTHER:
            return f"{_place(entry.district, districts)}, instead of {_place(entry.before, districts)}"
        case Happened.CORRECTED:
            return f"You · {ORDINALS[min(entry.submission, 10)]} submission, same reference"
        case Happened.OPENED | Happened.RETURNED | Happened.DECLINED | Happened.VERIFIED:
            name = _place(entry.district, districts)
            return f"{signature.name}, {name}" if signature else name
        case Happened.REFUNDED:
            return "Payment provider"
        case Happened.OVERDUE:
            return "Educator Certification System"
        case (
            Happened.ASSIGNED
            | Happened.HELD
            | Happened.RELEASED
            | Happened.ASKED
            | Happened.DISTRICT_ASKED
            | Happened.APPROVED
            | Happened.DENIED
            | Happened.WITHDRAWN
            | Happened.CLOSED
            | Happened.TOO_LATE
            | Happened.OPENED_AGAIN
        ):
            return "DESE"
        case _:
            assert_never(entry.what)


def _place(code: DistrictCode | None, districts: Mapping[str, DistrictRow]) -> str:
    place = districts.get(code or "")
    return in_title_case(place.name) if place else f"District {code}"


def _text(entry: TimelineEntry) -> str:
    if entry.what is Happened.VERIFIED and entry.rulings:
        count = len(entry.rulings)
        return f"Confirmed: {in_words(count)} {'criterion' if count == 1 else 'criteria'}."
    return ""
