"""The end of the log in memory: only what follows without a gap, and only so much."""

from lectern.eventlog.signal import MOST_CHARACTERS, MOST_ROWS, Row, Tail

FAR = 2**62


def rows(first: int, last: int, data: str = "{}") -> list[Row]:
    return [{"position": position, "data": data} for position in range(first, last + 1)]


def positions(tail: Tail, after: int, upto: int = FAR, most: int = 500) -> list[int]:
    return [row["position"] for row in tail.after(after, upto, most)]


def tail(*batches: list[Row]) -> Tail:
    one = Tail()
    for batch in batches:
        one.append(batch)
    return one


def test_gives_what_follows_a_position() -> None:
    given = tail(rows(1, 3), rows(4, 6))

    assert positions(given, after=0) == [1, 2, 3, 4, 5, 6]
    assert positions(given, after=4) == [5, 6]
    assert positions(given, after=1, upto=4) == [2, 3, 4]
    assert positions(given, after=1, most=2) == [2, 3]


def test_gives_nothing_where_the_log_has_to_be_read() -> None:
    given = tail(rows(5, 8))

    assert positions(given, after=3) == []
    assert positions(given, after=8) == []
    assert positions(Tail(), after=0) == []


def test_forgets_what_stands_before_the_rows_of_another_process() -> None:
    given = tail(rows(1, 3), rows(6, 7))

    assert positions(given, after=2) == []
    assert positions(given, after=5) == [6, 7]


def test_a_commit_without_facts_leaves_no_gap() -> None:
    assert positions(tail(rows(1, 3), [], rows(4, 4)), after=2) == [3, 4]


def test_keeps_only_so_many_rows_and_so_much_text() -> None:
    many, large = tail(rows(1, MOST_ROWS + 5)), tail(rows(1, 4, "x" * (MOST_CHARACTERS // 3)))

    assert positions(many, after=5)[:1] == [6]
    assert positions(many, after=4) == []
    assert positions(large, after=1) == [2, 3, 4]
    assert positions(large, after=0) == []
