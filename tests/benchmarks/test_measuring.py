"""The measurements measure: small ones, to see that they run and that their figures fit together."""

import pytest

from lectern_local.bench.floor import floor
from lectern_local.bench.place import Servers
from lectern_local.bench.throughput import throughput


@pytest.mark.kafka
async def test_facts_go_through_both_logs_and_no_backlog_grows(postgres: str, kafka: str) -> None:
    found = await throughput(Servers(postgres, kafka), callers=4, seconds=4, warm=1, say=print)

    assert found.facts_per_s > 0
    assert found.facts_per_s <= found.limit_per_s * 1.5
    assert found.backlog_at_end < 5_000


@pytest.mark.kafka
async def test_the_floor_is_two_commits_and_a_send(postgres: str, kafka: str) -> None:
    taken = await floor(Servers(postgres, kafka))

    assert len(taken) == 200
    assert all(each > 0 for each in taken)
