"""The whole platform through the command people type."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest

from lectern_local.environment import bare
from lectern_local.run import Run
from lectern_local.trying import free_base

pytestmark = [pytest.mark.platform, pytest.mark.usefixtures("assets")]
SERVICES = {"applications", "district-worklog", "review", "notifications"}
EFFECTS = {"applications-effects", "notifications-effects"}


def lectern(*words: object) -> tuple[int, dict[str, Any], str]:
    """Its exit code, its last line read as JSON, and what it said on stderr."""
    command = [sys.executable, "-m", "lectern_local.command", *map(str, words), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False, env=bare())
    last = done.stdout.splitlines()[-1:] or ["{}"]
    return done.returncode, json.loads(last[0]), done.stderr


def environ(pid: int) -> dict[str, str]:
    pairs = Path(f"/proc/{pid}/environ").read_bytes().decode().split("\0")
    return dict(pair.split("=", 1) for pair in pairs if pair)


def test_it_comes_up_says_how_it_is_and_goes(folder: Path) -> None:
    data, base = folder / "data", free_base()
    try:
        code, up, said = lectern("up", "--detach", "--data", data, "--base-port", base)
        assert code == 0
        assert "Starting Postgres and Kafka ..." in said
        assert "Starting the services ..." in said
        processes = Run(data).processes()

        assert set(processes) == {*SERVICES, *EFFECTS, "outside", "kafka", "postgres", "supervisor"}
        assert len(up["unclaimed"]) == 3
        assert {each["where"] for each in up["sign_ins"]} <= {url.rstrip("/") for url in up["urls"].values()}
        assert httpx.get(up["urls"]["start"]).status_code == 200
        assert_told_no_more_than_needed(data)

        code, status, _ = lectern("status", "--data", data)
        assert (code, status["ready"]) == (0, True)
        assert 300 < status["pss_mib"] < 1536
        assert set(status["services"]) == {*SERVICES, *EFFECTS, "outside"}

        code, _, said = lectern("up", "--detach", "--data", data, "--base-port", free_base())
        assert code == 1
        assert "already running" in said

        for name in ("review", "applications-effects", "postgres", "kafka"):
            processes[name].send(signal.SIGKILL)
        assert until_ready_again(data, {"review", "applications-effects", "postgres", "kafka"})

        processes = Run(data).processes()
        assert lectern("down", "--data", data)[:2] == (0, {"stopped": True})
        assert not any(process.alive() for process in processes.values())
    finally:
        lectern("down", "--data", data)


def until_ready_again(data: Path, killed: set[str]) -> bool:
    for _ in range(100):
        code, status, _ = lectern("status", "--data", data)
        if code == 0 and killed <= set(status["restarts"]):
            return True
    return False


def assert_told_no_more_than_needed(data: Path) -> None:
    """Credentials of the world outside are with the processes that act there, and nobody else's."""
    told = {name: environ(process.pid) for name, process in Run(data).processes().items() if name != "supervisor"}

    assert {name for name, each in told.items() if "LECTERN_SMTP" in each} == {"notifications-effects", "outside"}
    assert not any(name.startswith("LECTERN_") for name in told["postgres"] | told["kafka"])
    secrets = json.loads((data / "secrets.json").read_text())
    for service in SERVICES:
        others = [value for name, value in secrets["databases"].items() if name != service]
        assert not any(other in value for other in others for value in told[service].values())
        assert secrets["superuser"] not in " ".join(told[service].values())


@pytest.mark.skipif(os.geteuid() != 0, reason="only root sees what others may not")
def test_secrets_are_their_owners_alone(folder: Path) -> None:
    from lectern_local.installation import Installation

    Installation.make(folder, 8400)

    assert (folder / "secrets.json").stat().st_mode & 0o777 == 0o600
