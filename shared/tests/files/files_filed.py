"""A file put away as its owner does it, for tests of those who only read it."""

from uuid import UUID, uuid4

from lectern.files import Cabinet, Filed, Files, Place, Spool


async def filed(files: Files, owner: str, about: UUID, name: str, data: bytes, *, shows: str) -> Filed:
    """`about` is the application."""
    with Spool(name) as spool:
        spool.add(data)
        spool.end()
        return await Cabinet(files, owner).file(Place(owner, about, uuid4()), spool, shows)
