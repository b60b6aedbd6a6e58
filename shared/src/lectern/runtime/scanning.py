"""Files are scanned by an effect: the fact that names one is the intent, and it is tried until there is a word."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from lectern.contracts.documents import Checked, Document
from lectern.contracts.facts import Fact
from lectern.contracts.sealed import Sealed
from lectern.eventlog.errors import Busy
from lectern.eventlog.streams import Reacting
from lectern.files import Missing, Place, Scan
from lectern.files.cipher import Damaged
from lectern.files.scanning import ScannerAway
from lectern.runtime.running import Running, scanner_of
from lectern.runtime.service import Effect, NoAnswer, NotDone

I = TypeVar("I", bound=Fact)  # noqa: E741 - an intent


@dataclass(frozen=True)
class Looked:
    """What the scanner said; `found` names a virus."""

    checked: Checked
    found: str = ""


def scanning(
    running: Running,
    intent: type[I],
    where: Callable[[I], tuple[Place, Sealed[Document, Any]]],
    record: Callable[[I, Looked, datetime], Reacting],
) -> Sequence[Effect[Any, Any]]:
    """None where no files are taken. Raises SettingsError."""
    if running.cabinet is None:
        return ()
    cabinet, scanner = running.cabinet, scanner_of(running.settings)

    async def look(file: I, _: str) -> Looked:
        """Changes nothing, so it may be done again. Raises NotDone while scanner, keys or files are away."""
        place, sealed = where(file)
        try:
            document = await running.keys.open(sealed, Document)
            if document is None:
                return Looked(Checked.LOST)
            return _looked(await scanner.scan(cabinet.opened(place, document)))
        except (Missing, Damaged):
            return Looked(Checked.LOST)
        except (ScannerAway, Busy) as away:
            raise NotDone(str(away)) from None

    def recorded(file: I, answered: Looked | NoAnswer, now: datetime) -> Reacting:
        if isinstance(answered, NoAnswer):  # the port can be asked again, so this is never recorded
            raise TypeError("a look without an answer is repeated")
        return record(file, answered, now)

    return (Effect(intent=intent, act=look, record=recorded, outcome=look),)


def _looked(scan: Scan) -> Looked:
    if scan.found:
        return Looked(Checked.INFECTED, scan.found)
    return Looked(Checked.CLEAN if scan.scanned else Checked.NOT_SCANNED)
