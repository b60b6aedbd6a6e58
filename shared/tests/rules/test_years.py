"""UPG-TEACHING, counted: half time, the same time, a school year once, and never a float."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lectern.contracts.values import YearTaught
from lectern.rules.years import count_years, counted_years, in_years, school_year_of, school_year_words


def row(year: int = 2023, fte: int = 100, share: int = 100, *, teaching: bool = True) -> YearTaught:
    return YearTaught(
        school_year=year,
        employer="Independence 30",
        position="Teacher",
        fte_hundredths=fte,
        share_hundredths=share,
        teaching=teaching,
    )


@pytest.mark.parametrize(
    ("rows", "hundredths"),
    [
        ([], 0),
        ([row()], 100),
        ([row(fte=50)], 100),
        ([row(fte=49)], 0),
        ([row(share=60)], 60),
        ([row(share=0)], 0),
        ([row(fte=200)], 100),
        ([row(teaching=False)], 0),
        # two half-year jobs one after the other
        ([row(share=50), row(share=50)], 100),
        # a school year counts once
        ([row(), row()], 100),
        ([row(share=70), row(share=70)], 100),
        # two small jobs through the same year
        ([row(fte=25), row(fte=25)], 100),
        ([row(fte=25), row(fte=24)], 0),
        ([row(fte=30), row(fte=30, share=40)], 40),
        ([row(fte=30, share=80), row(fte=30, share=90)], 70),
        # they may have followed each other
        ([row(fte=30, share=50), row(fte=30, share=50)], 0),
        ([row(fte=49, share=51), row(fte=49, share=50)], 1),
        # three together, and the best two of three
        ([row(fte=20), row(fte=20), row(fte=20, share=50)], 50),
        ([row(fte=25, share=60), row(fte=25), row(fte=25)], 100),
        ([row(fte=49), row(fte=1), row(fte=1, share=10)], 100),
        # never across school years, and never with substitute time
        ([row(2022, fte=25), row(2023, fte=25)], 0),
        ([row(fte=25), row(fte=25, teaching=False)], 0),
        # a small job beside a half-time one adds nothing of its own
        ([row(share=50), row(fte=30)], 50),
        ([row(fte=50, share=30), row(fte=25, share=90), row(fte=25, share=90)], 100),
    ],
)
def test_counts_what_was_taught_at_least_half_time(rows: list[YearTaught], hundredths: int) -> None:
    assert counted_years(rows) == hundredths


def test_399_is_not_400() -> None:
    almost = [row(2020), row(2021), row(2022), row(2023, share=99)]

    assert in_years(counted_years(almost)) == "3.99"
    assert counted_years([*almost, row(2024, share=1)]) == 400


def test_each_row_says_why_it_adds_less() -> None:
    rows = [row(teaching=False), row(fte=40), row(fte=100), row(fte=100, share=10)]

    counted = count_years(rows)

    assert [each.hundredths for each in counted] == [0, 0, 100, 0]
    assert counted[0].why == "Substitute and aide time isn’t counted"
    assert counted[1].why == "Less than half time"
    assert counted[3].why == "A school year counts once"


def test_small_positions_that_may_have_followed_each_other_are_each_less_than_half_time() -> None:
    counted = count_years([row(fte=30, share=50), row(fte=30, share=50)])

    assert [(each.hundredths, each.why) for each in counted] == [(0, "Less than half time")] * 2


def test_of_small_positions_that_do_equally_well_the_first_ones_are_counted() -> None:
    counted = count_years([row(fte=25), row(fte=25), row(fte=25)])

    assert [each.hundredths for each in counted] == [100, 0, 0]
    assert [each.why == "Less than half time" for each in counted] == [False, False, True]


def test_a_school_year_ends_on_june_30() -> None:
    from datetime import date

    assert school_year_of(date(2027, 6, 30)) == 2026
    assert school_year_of(date(2027, 7, 1)) == 2027
    assert school_year_words(2026) == "2026–27"
    assert school_year_words(1999) == "1999–00"


rows_of_any_kind = st.lists(
    st.builds(
        row,
        year=st.integers(2019, 2023),
        fte=st.integers(1, 200),
        share=st.integers(0, 100),
        teaching=st.booleans(),
    ),
    max_size=12,
)


@given(rows_of_any_kind)
def test_never_more_than_a_year_for_a_school_year(rows: list[YearTaught]) -> None:
    assert 0 <= counted_years(rows) <= 100 * len({each.school_year for each in rows})


@given(rows_of_any_kind, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(rows: list[YearTaught], random: "object") -> None:
    shuffled = sorted(rows, key=lambda _: random.random())  # type: ignore[attr-defined]

    assert counted_years(shuffled) == counted_years(rows)


@given(rows_of_any_kind)
def test_the_rows_add_up_to_the_sum(rows: list[YearTaught]) -> None:
    counted = count_years(rows)

    assert [each.row for each in counted] == rows
    assert sum(each.hundredths for each in counted) == counted_years(rows)
    assert all(each.hundredths <= each.row.share_hundredths for each in counted if each.row.fte_hundredths >= 50)


@given(rows_of_any_kind, st.builds(row, year=st.integers(2019, 2023), fte=st.integers(1, 200)))
def test_one_more_row_never_takes_anything_away(rows: list[YearTaught], another: YearTaught) -> None:
    assert counted_years([*rows, another]) >= counted_years(rows)


@given(st.lists(st.tuples(st.integers(1, 49), st.integers(0, 100)), max_size=5), st.randoms(use_true_random=False))
def test_time_counted_together_is_there_wherever_the_rows_lie(small: list[tuple[int, int]], random: "object") -> None:
    """The year as 100 hundredths; each row takes any of them. What we count is never more than was half time."""
    held = [0] * 100
    for fte, share in small:
        for slot in random.sample(range(100), share):  # type: ignore[attr-defined]
            held[slot] += fte

    counted = counted_years([row(fte=fte, share=share) for fte, share in small])

    assert counted <= sum(1 for fte in held if fte >= 50)
