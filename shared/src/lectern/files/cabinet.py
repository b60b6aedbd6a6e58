"""Files as a service handles them: judged and put away under a key of their own, opened again with it."""

import asyncio
import base64
import hashlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from lectern.contracts.documents import Document, StoredBytes
from lectern.eventlog.errors import Busy
from lectern.files.admitting import admitted
from lectern.files.cipher import Opening, new_key, sealed
from lectern.files.spool import Spool
from lectern.files.store import Files, Place

AT_ONCE = 2
"""So many files are held in memory at once, of at most 10 MB each; the next one waits."""
WAIT_S = 20.0


@dataclass(frozen=True)
class Filed:
    """What a fact says of it: `document` is for sealing, `stored` may be said in the clear."""

    document: Document
    stored: StoredBytes


@dataclass(frozen=True)
class Cabinet:
    """`owner` is the service whose files these are: it writes below that name only."""

    files: Files
    owner: str
    _places: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))

    async def file(self, place: Place, spool: Spool, shows: str) -> Filed:
        """Judges what came in and puts it away. Raises NotAdmitted with what to do about it, Busy."""
        try:
            async with asyncio.timeout(WAIT_S):
                await self._places.acquire()
        except TimeoutError:
            raise Busy("Too many files at once.") from None
        try:
            found = await asyncio.to_thread(lambda: admitted(spool.name, spool.whole()))
            key = new_key()
            stored = await asyncio.to_thread(sealed, key, str(place.id), found.data)
            await self.files.put(place, stored)
        finally:
            self._places.release()
        document = Document(
            document_id=place.id,
            shows=shows,
            name=found.name,
            media_type=found.media_type,
            size=len(found.data),
            sha256=hashlib.sha256(found.data).hexdigest(),
            key=base64.b64encode(key).decode(),
        )
        return Filed(document, StoredBytes(size=len(stored), sha256=hashlib.sha256(stored).hexdigest()))

    async def opened(self, place: Place, document: Document) -> AsyncIterator[bytes]:
        """The bytes, plain, as they come. Raises Missing, Damaged, Busy."""
        opening = Opening(base64.b64decode(document.key), str(document.document_id))
        async for chunk in self.files.read(place):
            if plain := opening.take(chunk):
                yield plain
        if plain := opening.end():
            yield plain
