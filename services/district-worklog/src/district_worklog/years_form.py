"""The form of the years table: its fields are made for as many rows as it has, and each row is judged by itself."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import Field, create_model

from district_worklog.evidence import CheckedYear
from lectern.contracts.values import YearTaught
from lectern.rules.years import in_years
from lectern.web import Filled, FormModel, Says, blank
from lectern.web.forms import filled

MOST = 40
"""Rows on one page; nobody has taught in more positions."""
FIELDS = ("school_year", "employer", "position", "counts", "fte", "share", "checked_against")
NEEDED = {
    "school_year": "Choose the school year",
    "employer": "Enter the employer",
    "position": "Enter the position",
    "counts": "Choose what kind of position it was",
    "fte": "Enter the FTE, such as 1.00",
    "share": "Enter the share of the school year, such as 1.00",
}
_ROW = re.compile(rf"^(?:{'|'.join(FIELDS)})_(\d{{1,2}})$")
REMOVE = "remove-"

Hundredths = Annotated[Decimal, Field(max_digits=3, decimal_places=2)]


class YearsForm(FormModel):
    """The fields of the rows are made for as many as there are: school_year_0, employer_0 and so on."""

    submission: Annotated[int, Field(ge=1)]
    seen: str | None = None
    against_all: Annotated[str | None, Field(max_length=200)] = None
    """What the rows were checked against that do not say it themselves."""
    do: Annotated[str, Field(pattern=rf"^(save|add|sum|{REMOVE}\d{{1,2}})$")] = "save"


def rows_sent(pairs: Sequence[tuple[str, str]]) -> int:
    """How many rows the form has that was sent: one more than its highest number."""
    numbers = [int(found[1]) for name, _ in pairs if (found := _ROW.match(name))]
    return min(max(numbers, default=-1) + 1, MOST)


@cache
def years_model(count: int) -> type[YearsForm]:
    fields: dict[str, Any] = {}
    for at in range(count):
        fields |= {
            f"school_year_{at}": (
                Annotated[int | None, Field(ge=1960, le=2100), Says(wrong=NEEDED["school_year"])],
                None,
            ),
            f"employer_{at}": (Annotated[str | None, Field(max_length=200)], None),
            f"position_{at}": (Annotated[str | None, Field(max_length=200)], None),
            f"counts_{at}": (Annotated[Literal["teaching", "other"] | None, Says(wrong=NEEDED["counts"])], None),
            f"fte_{at}": (
                Annotated[
                    Hundredths | None,
                    Field(ge=Decimal("0.01"), le=2),
                    Says(wrong="Enter the FTE as a number from 0.01 to 2.00, such as 0.50"),
                ],
                None,
            ),
            f"share_{at}": (
                Annotated[
                    Hundredths | None,
                    Field(ge=0, le=1),
                    Says(wrong="Enter the share of the school year as a number from 0.00 to 1.00"),
                ],
                None,
            ),
            f"checked_against_{at}": (Annotated[str | None, Field(max_length=200)], None),
        }
    return create_model("YearsForm", __base__=YearsForm, **fields)


def years_form(rows: Sequence[YearTaught], submission: int, seen: object) -> tuple[Filled[Any], int]:
    """The form with these rows in it, at least an empty one, and how many it has."""
    count = min(max(len(rows), 1), MOST)
    known: dict[str, Any] = {}
    for at, row in enumerate(rows[:MOST]):
        known |= {f"{name}_{at}": value for name, value in _fields_of(row).items()}
    return blank(years_model(count), submission=submission, seen=seen, **known), count


def _fields_of(row: YearTaught) -> dict[str, Any]:
    return {
        "school_year": row.school_year,
        "employer": row.employer,
        "position": row.position,
        "counts": "teaching" if row.teaching else "other",
        "fte": in_years(row.fte_hundredths),
        "share": in_years(row.share_hundredths),
        "checked_against": row.checked_against if isinstance(row, CheckedYear) else "",
    }


def without(form: Filled[Any], gone: int, count: int) -> Filled[Any]:
    """The same form with one row less; the later ones move up."""
    typed = {name: texts for name, texts in form.typed.items() if not _ROW.match(name)}
    for to, at in enumerate(each for each in range(count) if each != gone):
        typed |= {f"{name}_{to}": form.typed.get(f"{name}_{at}", ()) for name in FIELDS}
    return Filled(years_model(max(count - 1, 0)), typed)


def read_rows(form: Filled[Any], count: int) -> tuple[list[tuple[int, CheckedYear]], dict[str | None, str]]:
    """The rows with something in them, and what those still need. Where the form cannot be read: nothing."""
    if not form.ok:
        return [], {}
    rows: list[tuple[int, CheckedYear]] = []
    wrong: dict[str | None, str] = {}
    for at in range(count):
        said: Mapping[str, Any] = {name: getattr(form.value, f"{name}_{at}") for name in FIELDS}
        if all(value is None for name, value in said.items() if name != "counts"):
            continue
        missing = {f"{name}_{at}": words for name, words in NEEDED.items() if said[name] is None}
        wrong.update(missing)
        if not missing:
            rows.append((at, _row({**said, "checked_against": said["checked_against"] or form.value.against_all})))
    return rows, wrong


def _row(said: Mapping[str, Any]) -> CheckedYear:
    return CheckedYear(
        school_year=said["school_year"],
        employer=said["employer"],
        position=said["position"],
        fte_hundredths=int(said["fte"] * 100),
        share_hundredths=int(said["share"] * 100),
        teaching=said["counts"] == "teaching",
        checked_against=said["checked_against"] or "",
    )


def renumbered(found: Mapping[str, str], numbers: Sequence[int]) -> dict[str | None, str]:
    """Problems name rows by their place in the record; the form's rows may have empty ones between."""
    renamed: dict[str | None, str] = {}
    for field, words in found.items():
        name, _, index = field.rpartition("_")
        renamed[f"{name}_{numbers[int(index)]}"] = words
    return renamed


def countable(form: Filled[Any], count: int) -> list[tuple[int, CheckedYear]]:
    """The rows that are complete as they are typed, whatever is wrong with the others."""
    rows = []
    for at in range(count):
        typed = {f"{name}_0": form.typed.get(f"{name}_{at}", ()) for name in FIELDS}
        pairs = [("submission", "1"), *((name, text) for name, texts in typed.items() for text in texts)]
        alone, wrong = read_rows(filled(years_model(1), pairs), 1)
        if alone and not wrong:
            rows.append((at, alone[0][1]))
    return rows
