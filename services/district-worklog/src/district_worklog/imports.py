"""Rows of districts.csv and staff.csv, as text: what they mean, and what is wrong with them. Pure."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal, TypeAlias, TypeVar
from uuid import NAMESPACE_URL, UUID, uuid5

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from lectern.contracts.values import OfficerId, StaffContact

R = TypeVar("R", bound="ImportedRow")
Change: TypeAlias = Literal["new", "changed", "same"]

_EMAIL = re.compile(r"[^\s@,;<>\"]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,188}[A-Za-z0-9])?")
_SENTENCES = {
    ("code", "string_pattern_mismatch"): "A county-district code has six digits, such as 048-078.",
    ("district_code", "string_pattern_mismatch"): "A county-district code has six digits, such as 048-078.",
    ("district_code", "string_type"): "Enter the district's code. People of DESE are imported by DESE's service.",
    ("role", "literal_error"): "Use verifier or district-administrator.",
}


def _email(text: str) -> str:
    if not _EMAIL.fullmatch(text):
        raise PydanticCustomError("email", "This is not an email address.")
    return text


def _printable(text: str) -> str:
    if not text.isprintable():
        raise PydanticCustomError("printable", "Some characters cannot be printed. Write the text again.")
    return text


Email = Annotated[str, StringConstraints(max_length=254), AfterValidator(_email)]
Name = Annotated[str, StringConstraints(max_length=100), AfterValidator(_printable)]
LongName = Annotated[str, StringConstraints(max_length=200), AfterValidator(_printable)]
Code = Annotated[str, StringConstraints(pattern=r"^\d{3}-\d{3}$")]


class ImportedRow(BaseModel):
    """A line of a file. Text is stripped, and an empty cell is none."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True, hide_input_in_errors=True)


class ImportedDistrict(ImportedRow):
    code: Code
    name: LongName
    county: LongName
    contact_name: LongName | None = None
    contact_email: Email | None = None
    closed_on: date | None = None
    """From this Chicago day on it verifies nothing; what waits there goes back to the educators."""

    @model_validator(mode="after")
    def _both_or_neither(self) -> "ImportedDistrict":
        if (self.contact_name is None) != (self.contact_email is None):
            raise PydanticCustomError("contact", "A contact needs both a name and an email address, or neither.")
        return self

    @property
    def contact(self) -> StaffContact | None:
        """Somebody who is told, without an account; the id is made from the code and the address."""
        if self.contact_name is None or self.contact_email is None:
            return None
        id_ = OfficerId(uuid5(NAMESPACE_URL, f"lectern:contact:{self.code}:{self.contact_email.casefold()}"))
        return StaffContact(officer_id=id_, name=self.contact_name, email=self.contact_email, role="contact")


class ImportedStaff(ImportedRow):
    email: Email
    first_name: Name
    last_name: Name
    role: Literal["verifier", "district-administrator"]
    district_code: Code
    password: str | None = None

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"

    def contact(self, user_id: UUID) -> StaffContact:
        return StaffContact(officer_id=OfficerId(user_id), name=self.name, email=self.email, role=self.role)


class Wrong(Exception):  # noqa: N818 - what is wrong with a row, no failure of ours
    """Why a row is not taken: by column (None: the row as a whole), what to do."""

    def __init__(self, errors: tuple[tuple[str | None, str], ...]) -> None:
        super().__init__(errors)
        self.errors = errors


def read(row: type[R], cells: Mapping[str, object]) -> R:
    """Raises Wrong, with all that is wrong."""
    given = {name: value for name, value in cells.items() if not (isinstance(value, str) and not value.strip())}
    try:
        return row.model_validate(given)
    except ValidationError as error:
        found = [_said(each, row) for each in error.errors(include_url=False)]
        raise Wrong(tuple(found)) from None


def _said(error: Any, row: type[ImportedRow]) -> tuple[str | None, str]:
    column = str(error["loc"][0]) if error["loc"] else None
    kind, context = error["type"], error.get("ctx", {})
    if kind == "extra_forbidden":
        known = ", ".join(row.model_fields)
        return column, f"There is no such column. Known are {known}."
    if (column or "", kind) in _SENTENCES:
        return column, _SENTENCES[column or "", kind]
    match kind:
        case "missing":
            return column, _SENTENCES.get((column or "", "string_type"), "This cell is empty.")
        case "string_too_long":
            return column, f"Use at most {context['max_length']} characters."
        case "string_type":
            return column, "Send text."
        case str() if kind.startswith("date"):
            return column, "Write a date as year, month and day, such as 2027-06-30."
        case _:
            return column, str(error["msg"])
