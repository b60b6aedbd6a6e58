"""A file while it comes in: on disk, but never readable there. Its key is in memory only, and goes with it."""

import hashlib
import tempfile

from lectern.files.cipher import CHUNK, Opening, Sealing, new_key

_NAME = "spool"


class Spool:
    """Takes bytes as they come; memory stays the same however many there are. Close it, or use it in a `with`."""

    def __init__(self, name: str) -> None:
        self.name = name
        """As the sender called it."""
        self.size = 0
        self._key = new_key()
        self._sealing = Sealing(self._key, _NAME)
        self._digest = hashlib.sha256()
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by `close`

    def add(self, data: bytes) -> None:
        self.size += len(data)
        self._digest.update(data)
        self._file.write(self._sealing.take(data))

    def end(self) -> None:
        """That was all."""
        self._file.write(self._sealing.end())

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()

    def whole(self) -> bytes:
        """All of it, in memory: for whoever may hold that much. Only after `end`."""
        self._file.seek(0)
        opening, plain = Opening(self._key, _NAME), bytearray()
        while data := self._file.read(CHUNK):
            plain += opening.take(data)
        return bytes(plain + opening.end())

    def close(self) -> None:
        self._file.close()

    def __enter__(self) -> "Spool":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
