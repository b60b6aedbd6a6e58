"""Killing by the schedule, while there is work in flight."""

import asyncio
import signal
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from lectern_local.demo.performing import Performance
from lectern_local.kills.schedule import CUT, Strike
from lectern_local.proxy import Proxy
from lectern_local.run import Run

LOOK_S = 0.01
WORK_WITHIN_S = 3.0
BACK_WITHIN_S = 60.0
CUT_S = 2.0


@dataclass
class Killer:
    """`in_flight` counts the strikes that landed while an operation of the client was under way."""

    data: Path
    door: Proxy
    going: Performance
    say: Callable[[str], None]
    kills: Counter[str] = field(default_factory=Counter)
    in_flight: int = 0

    async def strike_all(self, strikes: list[Strike], over: asyncio.Event) -> None:
        """Until all are done or the demonstration is over."""
        for strike in strikes:
            while self.going.done < strike.after and not over.is_set():  # noqa: ASYNC110 - work moves it
                await asyncio.sleep(LOOK_S)
            if over.is_set() or not await self._there(strike.victim):
                return
            await self._work()
            await self._strike(strike)

    async def _there(self, victim: str) -> bool:
        """Waits until the victim runs (again)."""
        until = time.monotonic() + BACK_WITHIN_S
        while victim != CUT and victim not in Run(self.data).processes():
            if time.monotonic() > until:
                self.say(f"{victim} did not come back within {BACK_WITHIN_S:.0f} s.")
                return False
            await asyncio.sleep(0.1)
        return True

    async def _work(self) -> None:
        """Waits a little for an operation to be under way."""
        until = time.monotonic() + WORK_WITHIN_S
        while not self.going.history.under_way and time.monotonic() < until:  # noqa: ASYNC110 - work moves it
            await asyncio.sleep(LOOK_S / 10)

    async def _strike(self, strike: Strike) -> None:
        busy = self.going.history.under_way
        if strike.victim == CUT:
            await self.door.cut()
        else:
            Run(self.data).processes()[strike.victim].send(signal.SIGKILL)
        self.kills[strike.victim] += 1
        self.in_flight += busy > 0
        self.say(f"{strike.victim}, with {busy} operations under way, {self.going.done} applications ended")
        if strike.victim == CUT:
            await asyncio.sleep(CUT_S)
            await self.door.open()
