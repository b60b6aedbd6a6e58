"""A reference read aloud or typed wrong is noticed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lectern.rules.references import is_reference, make_reference, read_reference

references = st.builds(make_reference, st.integers(2000, 2999), st.integers(1, 999_999))


def test_has_the_form_people_know() -> None:
    assert make_reference(2026, 123) == "LEC-2026-000123-8"


@given(references)
def test_is_read_back_however_it_is_typed(reference: str) -> None:
    assert is_reference(reference)
    assert read_reference(reference.lower().replace("-", " ")) == reference
    assert read_reference(reference.replace("-", "")) == reference


@given(references, st.data())
def test_finds_one_wrong_digit(reference: str, data: st.DataObject) -> None:
    places = [index for index, each in enumerate(reference) if each.isdigit()]
    place = data.draw(st.sampled_from(places))
    other = data.draw(st.sampled_from([each for each in "0123456789" if each != reference[place]]))

    assert not is_reference(reference[:place] + other + reference[place + 1 :])


@given(references, st.integers(0, 9))
def test_finds_two_neighbours_swapped(reference: str, place: int) -> None:
    digits = [each for each in reference if each.isdigit()]
    swapped = [*digits[:place], digits[place + 1], digits[place], *digits[place + 2 :]]

    if swapped != digits:
        assert read_reference("".join(swapped)) is None


@pytest.mark.parametrize(
    "text", ["", "LEC-2026-000123-7", "LEC-2026-123-8", "lec-2026-000123-8", "LEC-2026-000123-8 ", "LEC-٢٠٢٦-000123-8"]
)
def test_is_exact(text: str) -> None:
    assert not is_reference(text)


@given(st.text(max_size=30))
def test_reads_anything(text: str) -> None:
    reference = read_reference(text)

    assert reference is None or is_reference(reference)


@pytest.mark.parametrize(("year", "number"), [(1999, 1), (3000, 1), (2026, 0), (2026, 1_000_000)])
def test_refuses_numbers_it_has_no_room_for(year: int, number: int) -> None:
    with pytest.raises(ValueError, match="reference"):
        make_reference(year, number)
