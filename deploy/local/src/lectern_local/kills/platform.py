"""A platform whose services reach Kafka through the door.

python -m lectern_local.kills.platform DATA PORT DOOR [planted]
"""

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from lectern.runtime.settings import SERVICES
from lectern_local import place
from lectern_local.commands.up import foreground
from lectern_local.installation import Installation
from lectern_local.plan import Planned, planned
from lectern_local.trouble import Trouble


def through(installation: Installation, address: str, *, hasty: bool) -> Sequence[Planned]:
    """The usual plan; `hasty` plants the bug in every service that has no part in getting the platform ready.

    The educators' service has: the demonstration's people must be able to claim their records before the run begins.
    """
    return [
        _changed(each, address, hasty=hasty and each.program.name != "applications") for each in planned(installation)
    ]


def _changed(each: Planned, address: str, *, hasty: bool) -> Planned:
    program = each.program
    if program.name not in SERVICES:
        return each
    python, _, package, *rest = program.command
    command = [python, "-m", "lectern_local.kills.planted", package, *rest] if hasty else program.command
    told = {**program.environment, "LECTERN_KAFKA": address}
    return replace(each, program=replace(program, command=command, environment=told))


if __name__ == "__main__":
    where, base, address, *more = sys.argv[1:]
    try:
        foreground(
            place.prepared(Path(where)),
            int(base),
            fresh=True,
            plan=lambda installation: through(installation, address, hasty="planted" in more),
        )
    except Trouble as trouble:
        sys.stderr.write(f"{trouble}\n")
        sys.exit(trouble.code)
