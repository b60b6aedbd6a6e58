"""Under kill -9 nothing acknowledged is lost and nothing happens twice; a judge that would not see it fails."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from lectern_local.client import Operation, Outcome
from lectern_local.demo.plan import Planned, mixed, same
from lectern_local.kills.judging import mismatches
from lectern_local.kills.running import Campaign, Report, campaign
from lectern_local.kills.schedule import CUT, VICTIMS, schedule
from lectern_local.trying import free_base, open_place

SEED = 20261124


def test_the_same_seed_kills_the_same() -> None:
    assert schedule(7, 20, 300) == schedule(7, 20, 300)
    assert schedule(7, 20, 300) != schedule(8, 20, 300)


def test_everybody_is_killed_at_least_twice() -> None:
    victims = [each.victim for each in schedule(SEED, 20, 300)]

    assert all(victims.count(each) >= 2 for each in (*VICTIMS, CUT))
    assert len(victims) == 20


def test_few_kills_strike_everybody_before_anybody_twice() -> None:
    assert Counter(each.victim for each in schedule(SEED, 9, 72)) == Counter((*VICTIMS, CUT))


def operation(outcome: Outcome) -> Operation:
    return Operation("submit", "demo-x-1-submit", outcome, 200, tries=1, unanswered=0, began=0, seconds=0)


@pytest.mark.parametrize(
    ("outcome", "times", "kinds"),
    [
        (Outcome.OK, 1, []),
        (Outcome.OK, 0, ["acknowledged and lost"]),
        (Outcome.OK, 2, ["kept twice"]),
        (Outcome.FAIL, 0, []),
        (Outcome.FAIL, 1, ["refused and kept"]),
        (Outcome.UNKNOWN, 0, []),
        (Outcome.UNKNOWN, 1, []),
    ],
)
def test_the_history_is_held_against_what_is_kept(outcome: Outcome, times: int, kinds: list[str]) -> None:
    found = mismatches([operation(outcome)], Counter({"demo-x-1-submit": times}))

    assert [each.kind for each in found] == kinds


@pytest.fixture
def place() -> Iterator[Path]:
    """Where a database's user can be, too."""
    with TemporaryDirectory(prefix="lectern-kills-", dir=open_place()) as folder:
        Path(folder).chmod(0o711)
        yield Path(folder) / "data"


async def killed(place: Path, plan: tuple[Planned, ...], *, kills: int, planted: bool) -> Report:
    wanted = Campaign(SEED, kills, plan, 8, place, free_base(16_000), planted)
    return await campaign(wanted, print)


@pytest.mark.platform
async def test_nothing_is_lost_and_nothing_doubled(place: Path) -> None:
    report = await killed(place, mixed(72), kills=9, planted=False)  # enough that none is left for the end

    assert report.violations == []
    assert report.well, report.shown()


@pytest.mark.platform
async def test_the_judge_finds_answers_before_the_commit(place: Path) -> None:
    """By one kill only where it strikes between an answer and its commit, so there are many."""
    report = await killed(place, same("upgrade", "approved", 72), kills=18, planted=True)

    assert report.violations
