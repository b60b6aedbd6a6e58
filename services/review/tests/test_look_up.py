"""What may be asked in the public look-up, and how names are compared. Pure."""

from datetime import date, timedelta
from typing import Any

import pytest

from lectern.eventlog.holders import keys_of, name_key
from review.look_up import Wrong, asked

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("O’Brien-Peña", "obrien pena"),
        ("  de la   CRUZ ", "de la cruz"),
        ("D'Arcy, Jr.", "darcy jr"),
        ("Müller", "muller"),
        ("Großmann", "grossmann"),
        ("محمد", "محمد"),
        ("🎓", ""),
        ("a%b_c\\d\x00", "a b c d"),
    ],
)
def test_a_name_is_compared_by_letters_only(name: str, key: str) -> None:
    assert name_key(name) == key


def test_a_last_name_is_found_by_each_of_its_words() -> None:
    assert keys_of("de la Cruz") == ["de la cruz", "la cruz", "cruz"]
    assert len(keys_of("a b c d e f g h i")) == 6


@pytest.mark.parametrize(
    ("question", "at", "why"),
    [
        ((None, None, None, None), "number", "Enter an Educator ID or a last name"),
        ((None, None, "Jordan", None), "last_name", "Enter the last name, too"),
        (("1048227", "Avery", None, None), "number", "Enter either an Educator ID or a name, not both"),
        (("Avery", None, None, None), "number", "An Educator ID is a number of up to 12 digits, such as 1048227"),
        (("1" * 13, None, None, None), "number", "An Educator ID is a number of up to 12 digits, such as 1048227"),
        ((None, "%%", None, None), "last_name", "Enter the letters of a last name"),
        ((None, "Avery", None, TODAY + timedelta(days=1)), "on", "Choose today or an earlier day"),
    ],
)
def test_what_can_not_be_looked_up_is_said(question: tuple[Any, Any, Any, Any], at: str, why: str) -> None:
    with pytest.raises(Wrong) as wrong:
        asked(*question, TODAY)

    assert wrong.value.errors == {at: why}


def test_a_question_is_made_of_keys() -> None:
    assert asked(" 104-8227", None, None, TODAY, TODAY).number == "1048227"
    found = asked(None, "O’BRIEN", "José", None, TODAY)
    assert (found.last, found.first, found.on) == ("obrien", "jose", None)
