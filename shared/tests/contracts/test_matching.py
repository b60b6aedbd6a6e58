"""Import and claim must make the same token from what people write differently, and no other."""

from datetime import date

import pytest

from lectern.contracts.matching import folded, match_token, number_token

KEY = b"k" * 32
BORN = date(1994, 5, 6)


def token(
    educator_number: str = "1048227", last_name: str = "Avery", born: date = BORN, ssn: str = "1234", key: bytes = KEY
) -> str:
    return match_token(key, educator_number=educator_number, last_name=last_name, birth_date=born, ssn_last4=ssn)


@pytest.mark.parametrize("written", ["O'Brien-Peña", "OBRIEN PENA", "o’brien\u2011pen\u0303a", " O Brien  Pena "])
def test_names_are_compared_as_people_write_them(written: str) -> None:
    assert folded(written) == "obrienpena"


def test_spaces_and_hyphens_in_numbers_do_not_count() -> None:
    assert token(educator_number=" 104-8227 ", ssn=" 1234") == token()


@pytest.mark.parametrize(
    "other",
    [
        token(educator_number="1048228"),
        token(last_name="Averly"),
        token(born=date(1994, 6, 5)),
        token(ssn="1235"),
        token(key=b"x" * 32),
        token(educator_number="104822", last_name="7Avery"),
    ],
)
def test_anything_else_is_another_token(other: str) -> None:
    assert other != token()


def test_the_token_says_nothing_by_itself() -> None:
    assert len(token()) == 64
    assert "1048227" not in token()


def test_an_educator_id_alone_has_a_token_of_its_own() -> None:
    assert number_token(KEY, "104-8227") == number_token(KEY, "1048227")
    assert number_token(KEY, "1048228") != number_token(KEY, "1048227")
