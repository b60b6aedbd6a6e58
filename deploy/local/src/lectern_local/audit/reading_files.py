"""Reading what stands in the store of files: how many bytes, and their digest. They are encrypted, and stay so."""

import hashlib
from datetime import UTC, datetime, timedelta
from sqlite3 import Connection
from typing import Final

from lectern.files import Files, Missing
from lectern_local.audit.scratch import put

OWNERS: Final = ("applications", "district-worklog")
YOUNG: Final = timedelta(hours=1)
"""A file is stored before the fact that names it."""


async def read_files(db: Connection, files: Files) -> int:
    """Gives how many there are."""
    now, count = datetime.now(UTC), 0
    for owner in OWNERS:
        async for each in files.standing(owner):
            digest, size = hashlib.sha256(), 0
            try:
                async for chunk in files.read(each.place):
                    digest.update(chunk)
                    size += len(chunk)
            except Missing:
                continue  # taken back meanwhile
            young = int(now - each.since < YOUNG)
            put(db, "file", [(owner, str(each.place.about), str(each.place.id), size, digest.hexdigest(), young)])
            count += 1
    return count
