"""The press prints the same bytes again, keeps nobody waiting for ever, and holds up nothing else."""

import asyncio
import time
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from papers_given import PAPER, named, root_of, text_of

from lectern.eventlog.errors import Busy
from lectern.papers import Press
from lectern.papers.press import AT_MOST
from lectern_local.assets import dist


@dataclass(frozen=True)
class Slow:
    """A paper that takes its time."""

    seconds: float
    recorded_on: date = PAPER.recorded_on
    template: str = PAPER.template

    def says(self) -> dict[str, Any]:
        time.sleep(self.seconds)
        return PAPER.says()


async def test_the_same_paper_has_the_same_bytes_on_any_press_and_day() -> None:
    one, other = await Press(dist()).printed(PAPER), await Press(dist()).printed(PAPER)

    assert one == other


async def test_another_name_has_other_bytes() -> None:
    press = Press(dist())

    assert await press.printed(PAPER) != await press.printed(named("Jordan Every"))


async def test_who_waits_too_long_is_asked_to_come_again() -> None:
    press = Press(dist(), seconds=0.1)

    with pytest.raises(Busy):
        await press.printed(Slow(0.4))


async def test_more_than_can_wait_are_turned_away_at_once() -> None:
    press = Press(dist(), seconds=30)
    waiting = [asyncio.create_task(press.printed(Slow(0.02))) for _ in range(AT_MOST)]
    await asyncio.sleep(0)

    with pytest.raises(Busy):
        await press.printed(PAPER)

    assert all(await asyncio.gather(*waiting))
    assert await press.printed(PAPER)


async def test_other_things_go_on_meanwhile() -> None:
    press = Press(dist())
    printing = asyncio.create_task(press.printed(Slow(0.3)))
    beats = 0

    while not printing.done():
        await asyncio.sleep(0.01)
        beats += 1

    assert beats > 10


async def test_a_letter_that_no_font_has_does_not_keep_a_certificate_back() -> None:
    pdf = await Press(dist()).printed(named("Avery 山田"))

    assert "Avery" in text_of(pdf)
    assert root_of(pdf)["/MarkInfo"]["/Marked"]


async def test_without_our_fonts_it_prints_in_those_of_typst() -> None:
    assert "Jordan Avery" in text_of(await Press(None).printed(PAPER))
