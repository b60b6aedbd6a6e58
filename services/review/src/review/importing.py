"""Reading the lines of people.csv and staff.csv: every column judged, a sentence for each that is not right. Pure."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, TypeVar

from lectern.contracts.matching import digits, folded
from lectern.contracts.values import CertificateKind, CertificateStatus, PersonName
from lectern.web import Role
from review.certificate import Entered

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

ROLES: Final = {"reviewer": Role.REVIEWER, "supervisor": Role.SUPERVISOR}
_EMAIL = re.compile(r"[^@\s,;<>]{1,64}@[^@\s,;<>.]+(\.[^@\s,;<>.]+)+")
_SECRETS = re.compile(r"[\x00-\x1f\x7f]")


class BadLine(Exception):  # noqa: N818 - an answer to whoever imports
    """What is wrong, by column."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__("; ".join(errors.values()))
        self.errors = errors


@dataclass(frozen=True)
class PersonLine:
    number: str
    name: PersonName
    birth_date: date
    ssn_last4: str
    certificate: Entered
    cleared_on: date | None


@dataclass(frozen=True)
class StaffLine:
    email: str
    name: str
    role: Role


def person_line(told: Mapping[str, str], today: date) -> PersonLine:
    """A line of people.csv. Nobody is born and nothing is issued after `today`, the Chicago day. Raises BadLine."""
    line = _Columns(told)
    number = line.read("educator_number", _number)
    first, last = line.read("first_name", _name), line.read("last_name", _last_name)
    born = line.read("birth_date", lambda text: _past(text, today, date(1900, 1, 1)))
    ssn = line.read("ssn_last4", _four_digits)
    kind = line.read("certificate_kind", lambda text: _one_of(CertificateKind, text))
    areas = line.read("areas", _areas)
    issued = line.read("issued_on", lambda text: _past(text, today, date(1950, 1, 1)))
    expires = line.read("expires_on", _day)
    status = line.read("status", lambda text: _one_of(CertificateStatus, text))
    cleared = line.read("background_cleared_on", lambda text: _past(text, today, date(1950, 1, 1)), needed=False)
    if issued and expires and expires < issued:
        line.errors["expires_on"] = "It is before issued_on. Check both dates."
    if issued and born and issued <= born:
        line.errors["issued_on"] = "It is not after birth_date. Check both dates."
    if line.errors or not (
        number and first and last and born and ssn and kind and areas and issued and expires and status
    ):
        raise BadLine(line.errors)
    certificate = Entered(kind, areas, issued, expires, status)
    return PersonLine(number, PersonName(first=first, last=last), born, ssn, certificate, cleared)


def staff_line(told: Mapping[str, str]) -> StaffLine:
    """A line of staff.csv with an empty district_code. Raises BadLine."""
    line = _Columns(told)
    email = line.read("email", _email)
    first, last = line.read("first_name", _name), line.read("last_name", _name)
    role = line.read("role", _role)
    if told.get("district_code", "").strip():
        line.errors["district_code"] = "DESE’s people have no district. Send this line to the districts’ service."
    if line.errors or not (email and first and last and role):
        raise BadLine(line.errors)
    return StaffLine(email, f"{first} {last}", role)


class _Columns:
    """The columns of one line, read one by one; what is wrong is kept for all of them."""

    def __init__(self, told: Mapping[str, str]) -> None:
        self._told = told
        self.errors: dict[str, str] = {}

    def read(self, column: str, judge: Callable[[str], T], *, needed: bool = True) -> T | None:
        text = self._told.get(column, "").strip()
        if not text:
            if needed:
                self.errors[column] = "It is missing."
            return None
        try:
            return judge(text)
        except ValueError as error:
            self.errors[column] = str(error)
            return None


def _number(text: str) -> str:
    if not 1 <= len(digits(text)) <= 12 or re.search(r"[^\d\s-]", text, re.ASCII):
        raise ValueError("An Educator ID is a number of up to 12 digits.")
    return digits(text)


def _name(text: str) -> str:
    if len(text) > 100 or _SECRETS.search(text):
        raise ValueError("A name has up to 100 letters.")
    return text


def _last_name(text: str) -> str:
    if not folded(text):
        raise ValueError("A last name has letters.")
    return _name(text)


def _four_digits(text: str) -> str:
    if not re.fullmatch(r"\d{4}", text, re.ASCII):
        raise ValueError("It is the last four digits of the number, such as 0421.")
    return text


def _day(text: str) -> date:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        raise ValueError("Write the date as 2027-01-15.")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError("There is no such day. Write the date as 2027-01-15.") from None


def _past(text: str, today: date, earliest: date) -> date:
    day = _day(text)
    if day > today:
        raise ValueError("It is in the future.")
    if day < earliest:
        raise ValueError(f"It is before {earliest.year}.")
    return day


def _one_of(kind: type[E], text: str) -> E:
    for each in kind:
        if each.value.casefold() == text.casefold():
            return each
    raise ValueError(f"It is one of {', '.join(each.value for each in kind)}.")


def _areas(text: str) -> tuple[str, ...]:
    areas = tuple(dict.fromkeys(each.strip() for each in text.split(";") if each.strip()))
    if not areas or len(areas) > 50 or any(len(each) > 200 or _SECRETS.search(each) for each in areas):
        raise ValueError("Write areas with ; between them, up to 200 letters each.")
    return areas


def _email(text: str) -> str:
    if len(text) > 254 or not _EMAIL.fullmatch(text):
        raise ValueError("It is not an email address.")
    return text


def _role(text: str) -> Role:
    if text.casefold() not in ROLES:
        raise ValueError(f"At DESE it is one of {', '.join(ROLES)}.")
    return ROLES[text.casefold()]
