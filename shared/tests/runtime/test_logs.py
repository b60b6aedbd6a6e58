import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from lectern.runtime.logs import OncePerSecond, set_up_logs


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    before, level, usual = root.handlers, root.level, structlog.get_config()
    into = io.StringIO()
    set_up_logs("review", "serve", to=into)
    yield into
    root.handlers = before
    root.setLevel(level)
    structlog.configure(**usual)


def lines(written: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written.getvalue().splitlines()]


def test_an_event_is_one_line_whatever_is_in_it(written: io.StringIO) -> None:
    structlog.get_logger("here").warning("a\r\nb\x1b[31m\u2028c", who="x\ny")

    [line] = lines(written)

    assert line["event"] == "a\r\nb\x1b[31m\u2028c"
    assert (line["service"], line["role"], line["level"], line["logger"]) == ("review", "serve", "warning", "here")
    assert "\x1b" not in written.getvalue()
    assert "\u2028" not in written.getvalue()


def test_a_librarys_error_is_one_line_with_its_trace(written: io.StringIO) -> None:
    try:
        int("no")
    except ValueError:
        logging.getLogger("some.library").exception("It %s.", "failed")

    [line] = lines(written)

    assert line["event"] == "It failed."
    assert "ValueError: invalid literal" in line["exception"]


def test_a_loud_library_gets_a_line_a_second_with_a_count(written: io.StringIO) -> None:
    for _ in range(50):
        logging.getLogger("aiokafka.conn").warning("away")
    logging.getLogger("somebody.else").warning("still heard")

    assert [line["event"] for line in lines(written)] == ["away", "still heard"]


def test_the_next_line_says_how_many_were_left_out() -> None:
    now = [0.0]
    quieter = OncePerSecond(lambda: now[0])

    def passes() -> logging.LogRecord | None:
        record = logging.LogRecord("aiokafka", logging.WARNING, "", 0, "away", None, None)
        return record if quieter.filter(record) else None

    first, second, third = passes(), passes(), passes()
    now[0] = 1.5
    fourth = passes()

    assert first
    assert (second, third) == (None, None)
    assert getattr(fourth, "left_out", 0) == 2
