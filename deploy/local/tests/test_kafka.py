"""Kafka's data can be made whatever the dice say; the tool that makes it is the real one."""

import uuid
from pathlib import Path

import pytest

from lectern_local import kafka
from lectern_local.installation import Installation

pytestmark = pytest.mark.platform


def test_a_cluster_whose_id_begins_with_a_dash(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uuid, "uuid4", lambda: uuid.UUID("f8000000-0000-4000-8000-000000000000"))

    kafka.program(Installation.make(folder, 30000))

    assert "cluster.id=-AAAAAAAQACAAAAAAAAAAA" in (folder / "kafka/logs/meta.properties").read_text().splitlines()
