"""Types for the fields of forms, and what is said when a field is not right."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, SecretStr
from pydantic_core import PydanticCustomError

LONGEST_TEXT = 4_000
_NUMBERS = re.compile(r"^(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{2}|\d{4})$")
_DATE_FORMS = ("%m/%d/%Y", "%Y-%m-%d", "%B %d, %Y", "%b %d, %Y", "%m-%d-%Y", "%B %d %Y")


@dataclass(frozen=True)
class Says:
    """Words for one field: its name inside sentences, and sentences of its own where the usual ones do not fit."""

    label: str = ""
    missing: str = ""
    wrong: str = ""
    long: str = ""


class FormModel(BaseModel):
    """What a form sends. Fields it does not know are refused; text is stripped, and no text means nothing was given."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, str_max_length=LONGEST_TEXT, str_strip_whitespace=True, hide_input_in_errors=True
    )


class ApiModel(BaseModel):
    """The body of an API request: fields it does not know are refused, and nothing is taken for what it is not."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_max_length=LONGEST_TEXT, hide_input_in_errors=True)


def as_date(value: Any) -> Any:
    """1/4/2027, 2027-01-04 or January 4, 2027."""
    if not isinstance(value, str):
        return value
    words = " ".join(value.split())
    for form in _DATE_FORMS:
        try:
            found = datetime.strptime(words, form).date()  # noqa: DTZ007 - a date has no zone
        except ValueError:
            continue
        if 1900 <= found.year <= 2200:
            return found
    if because := _no_day(words):
        raise PydanticCustomError("form_no_day", "{because}", {"because": because})
    raise PydanticCustomError("form_date", "Enter a date, such as 1/4/2027")


def _no_day(words: str) -> str | None:
    """What is wrong with three numbers that somebody meant as a date; None where it can't be said."""
    numbers = _NUMBERS.match(words)
    if numbers is None:
        return None
    month, day, year = (int(each) for each in numbers.groups())
    if len(numbers[3]) == 2:
        return "Enter the year with four digits, such as 1/4/2027"
    if month > 12 >= day:
        return f"There is no month {month}. Enter the month first: {day}/{month}/{year}"
    if not 1900 <= year <= 2200:
        return f"Check the year {year}"
    if "." in words and 1 <= month <= 12:
        return f"Enter the date with slashes, month first: {month}/{day}/{year}"
    return f"There is no day {month}/{day}/{year}. Check the month and the day"


def as_yes_no(value: Any) -> Any:
    match value:
        case "yes":
            return True
        case "no":
            return False
        case bool():
            return value
        case _:
            raise PydanticCustomError("form_choice", "Choose Yes or No")


def as_ticked(value: Any) -> Any:
    if value in {"yes", "on", True}:
        return True
    raise PydanticCustomError("form_choice", "Tick the box")


FormDate = Annotated[date, BeforeValidator(as_date)]
"""A day, typed in one field."""
YesNo = Annotated[bool, BeforeValidator(as_yes_no)]
"""Two radio buttons; `kit.yes_no` draws them."""
Ticked = Annotated[bool, BeforeValidator(as_ticked)]
"""A box that has to be ticked; `kit.checkbox` draws it. One that may stay empty is `Ticked | bool = False`."""
Secret = Annotated[SecretStr, Says()]
"""A password: never shown again, never kept, not stripped."""
