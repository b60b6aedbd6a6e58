import enum
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field, SecretStr

from lectern.eventlog.errors import Refused
from lectern.web import FormDate, FormModel, Says, Ticked, YesNo, blank
from lectern.web.fields import as_date
from lectern.web.forms import filled
from lectern.web.messages import UNKNOWN_FIELD


class Colour(enum.StrEnum):
    RED = "red"


class Evidence(FormModel):
    hours: Annotated[Decimal, Field(ge=0, le=999), Says(label="the contact hours", wrong="Enter hours such as 26.5")]
    mentoring: Annotated[YesNo, Says(missing="Choose Yes or No")]
    on: Annotated[FormDate | None, Says(label="the date")] = None
    areas: tuple[str, ...] = ()
    why: str | None = None
    source: Annotated[str | None, Field(max_length=10), Says(missing="Enter the source, such as a log")] = None
    colour: Colour | None = None
    kind: Annotated[Literal["a", "b"] | None, Says(wrong="Choose a or b")] = None
    attest: Annotated[Ticked | None, Says(missing="Tick the box")] = None
    secret: SecretStr | None = None


GOOD = [("hours", "26.5"), ("mentoring", "yes")]


def test_a_good_form_has_its_value() -> None:
    form = filled(Evidence, [*GOOD, ("on", "1/4/2027"), ("areas", "x"), ("areas", "y"), ("why", "  because \r\n so  ")])

    assert form.ok
    assert form.value == Evidence(
        hours=Decimal("26.5"), mentoring=True, on=date(2027, 1, 4), areas=("x", "y"), why="because \n so"
    )


def test_a_missing_answer_is_asked_for_at_its_field() -> None:
    form = filled(Evidence, [("hours", "  "), ("mentoring", "")])

    assert form.errors == {"hours": "Enter the contact hours", "mentoring": "Choose Yes or No"}


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("hours", "many", "Enter hours such as 26.5"),
        ("hours", "NaN", "Enter hours such as 26.5"),
        ("hours", "1000", "Enter hours such as 26.5"),
        ("mentoring", "maybe", "Choose Yes or No"),
        ("on", "soon", "Enter a date, such as 1/4/2027"),
        ("on", "2/30/2027", "There is no day 2/30/2027. Check the month and the day"),
        ("on", "0/4/2027", "There is no day 0/4/2027. Check the month and the day"),
        ("on", "1/4/27", "Enter the year with four digits, such as 1/4/2027"),
        ("on", "17/2/2027", "There is no month 17. Enter the month first: 2/17/2027"),
        ("on", "1.4.2027", "Enter the date with slashes, month first: 1/4/2027"),
        ("on", "1/4/0027", "Check the year 27"),
        ("source", "x" * 11, "Use at most 10 characters for the source"),
        ("why", "x" * 4001, "Use at most 4,000 characters"),
        ("colour", "blue", "Choose one of the answers"),
        ("kind", "c", "Choose a or b"),
        ("attest", "no", "Tick the box"),
        ("why", "a\x00b", "Remove the characters that can’t be shown"),
    ],
)
def test_a_wrong_answer_is_said_at_its_field_and_stays_typed(field: str, text: str, said: str) -> None:
    form = filled(Evidence, [(name, given) for name, given in GOOD if name != field] + [(field, text)])

    assert form.errors == {field: said}
    assert form[field] == text
    assert not form.ok


def test_a_field_the_form_does_not_have_is_refused() -> None:
    form = filled(Evidence, [*GOOD, ("role", "supervisor")])

    assert form.errors == {None: UNKNOWN_FIELD}


def test_two_answers_to_one_question_are_refused() -> None:
    form = filled(Evidence, [*GOOD, ("mentoring", "no")])

    assert form.errors == {"mentoring": "Give one answer"}


def test_passwords_are_not_stripped() -> None:
    form = filled(Evidence, [*GOOD, ("secret", " long words ")])

    assert form.value.secret == SecretStr(" long words ")


def test_errors_stand_in_the_order_of_the_fields() -> None:
    form = filled(Evidence, [("kind", "c"), ("on", "x"), ("zzz", "1")])

    assert list(form.errors) == [None, "hours", "mentoring", "on", "kind"]


def test_what_leads_to_another_place_of_the_page_comes_last() -> None:
    form = blank(Evidence).refuse_all({"criterion-2": "Not yet", "hours": "Enter a number", None: "Look again"})

    assert list(form.errors) == [None, "hours", "criterion-2"]


def test_what_is_known_already_stands_in_a_blank_form() -> None:
    form = blank(
        Evidence, hours=Decimal("26.50"), mentoring=False, on=date(2027, 1, 4), areas=("x",), colour=Colour.RED
    )

    assert {name: form[name] for name in ("hours", "mentoring", "on", "colour", "why")} == {
        "hours": "26.50", "mentoring": "no", "on": "1/4/2027", "colour": "red", "why": "",
    }  # fmt: skip
    assert form.all("areas") == ["x"]
    assert not form.ok


def test_a_blank_form_knows_its_fields() -> None:
    with pytest.raises(ValueError, match="horus"):
        blank(Evidence, horus=3)


def test_the_rules_answer_stands_at_the_field_they_name() -> None:
    form = filled(Evidence, GOOD)

    assert form.refuse(Refused("26 of 30 hours.", field="hours")).errors == {"hours": "26 of 30 hours."}
    assert form.refuse(Refused("Not now.", field="elsewhere")).errors == {None: "Not now."}
    assert not form.refuse("No").ok


def test_a_form_that_is_not_right_has_no_value() -> None:
    form = filled(Evidence, GOOD).refuse("No")

    with pytest.raises(ValueError, match="ok"):
        _ = form.value


@pytest.mark.parametrize(
    "typed", ["1/4/2027", "01/04/2027", "2027-01-04", "January 4, 2027", "Jan 4, 2027", " 1/4/2027 "]
)
def test_dates_are_understood_as_people_write_them(typed: str) -> None:
    assert as_date(typed) == date(2027, 1, 4)


@given(st.lists(st.tuples(st.sampled_from([*Evidence.model_fields, "other"]), st.text(max_size=60)), max_size=12))
def test_any_form_is_judged_and_keeps_what_was_typed(pairs: list[tuple[str, str]]) -> None:
    form = filled(Evidence, pairs)

    assert form.ok or form.errors
    assert all(text.replace("\r\n", "\n") in form.all(name) for name, text in pairs)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 12, 31)))
def test_a_date_put_into_a_form_comes_out_again(day: date) -> None:
    typed = blank(Evidence, on=day)["on"]

    assert filled(Evidence, [*GOOD, ("on", typed)]).value.on == day
