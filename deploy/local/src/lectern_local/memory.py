"""Memory as people pay for it: what processes share is counted once (PSS), with all that they started."""

from collections.abc import Mapping
from pathlib import Path

from lectern_local.alive import Process


def pss_kib(processes: Mapping[str, Process]) -> dict[str, int]:
    """For each process its own and its children's, but not of those that have a name of their own."""
    named = {process.pid for process in processes.values()}
    return {name: _tree(process.pid, named - {process.pid}) for name, process in processes.items()}


def _tree(pid: int, but: set[int]) -> int:
    return _own(pid) + sum(_tree(child, but) for child in children(pid) if child not in but)


def children(pid: int) -> list[int]:
    """Those that it started and that still run."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += [int(each) for each in task.read_text().split()]
        except OSError:  # that thread has ended
            continue
    return found


def _own(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:  # it has ended, or is somebody else's
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
