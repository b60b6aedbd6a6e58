"""`lectern down`: stops a platform, also one whose supervisor is gone."""

import signal

from lectern_local import place
from lectern_local.commands.options import DATA, Data, Json, last_line
from lectern_local.run import Run
from lectern_local.trouble import Trouble

PATIENCE = 90.0
"""Services, Kafka and Postgres stop one after the other, each within its own patience."""


def down(*, data: Data = DATA, json: Json = False) -> int:
    """Stops the platform and waits until nothing of it runs; that nothing ran is no failure."""
    run = Run(place.at(data))
    supervisor = run.supervisor()
    if supervisor:
        supervisor.send(signal.SIGTERM)
        if not supervisor.ended_within(PATIENCE):
            raise Trouble(f"Lectern (process {supervisor.pid}) did not stop within {PATIENCE:.0f} s.")
    left: list[str] = []
    if run.folder.exists():
        with run:
            left = run.clean()
    if json:
        last_line(stopped=bool(supervisor or left))
    else:
        print(
            "Lectern has stopped."
            if supervisor or left
            else f"Lectern was not running on {run.data}. {place.ELSEWHERE}"
        )
    return 0
