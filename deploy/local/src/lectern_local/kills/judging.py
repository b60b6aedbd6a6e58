"""The client's own history against what the logs keep: what was acknowledged is there, what was refused is not."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lectern.eventlog.database import connect
from lectern_local.client import Operation, Outcome

PREFIX = "demo-"
"""Keys of the applications' own steps; the API keeps them as `api:<key>`, and those of a list as `api:<key>:<line>`."""
AT_THE_PROVIDER = "pay"
_KEYS = "select key from commands where key like $1"


@dataclass(frozen=True)
class Mismatch:
    kind: str
    sentence: str


async def kept_keys(databases: Mapping[str, str], run: str) -> Counter[str]:
    """How often each key of this run stands among the accepted commands of the services."""
    found: Counter[str] = Counter()
    for dsn in databases.values():
        db = await connect(dsn, "kills")
        try:
            rows = await db.fetch(_KEYS, f"api:{PREFIX}{run}-%")
        finally:
            await db.close()
        found.update(row["key"].removeprefix("api:").partition(":")[0] for row in rows)
    return found


def mismatches(operations: Sequence[Operation], kept: Counter[str]) -> Iterator[Mismatch]:
    """An unknown one may be there or not; nothing is there twice."""
    for each in operations:
        if not each.key.startswith(PREFIX) or each.what == AT_THE_PROVIDER:
            continue
        times = kept[each.key]
        said = f"{each.what} ({each.key}) was answered {each.status}"
        if each.outcome is Outcome.OK and times == 0:
            yield Mismatch("acknowledged and lost", f"{said}, and is lost.")
        if each.outcome is Outcome.FAIL and times > 0:
            yield Mismatch("refused and kept", f"{said}, and is recorded.")
        if times > 1:
            yield Mismatch("kept twice", f"{each.what} ({each.key}) is recorded {times} times.")
