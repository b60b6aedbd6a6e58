"""Files people hand in: taken off the wire, judged, encrypted, kept, scanned and handed out again. See ADR 0018.

Bytes stand in a store (a directory, or a bucket); what they are stands in facts. Each file has a key of its own, and
that key is in the sealed part of the fact that names the file: who may read the fact may read the file, nobody else.
"""

from lectern.files.admitting import ACCEPTED, MOST_BYTES, Admitted, NotAdmitted, admitted
from lectern.files.cabinet import Cabinet, Filed
from lectern.files.scanning import ClamdScanner, NoScanner, Scan, Scanner, scanner_at
from lectern.files.spool import Spool
from lectern.files.store import Files, Missing, ObjectFiles, Place, files_at

__all__ = [
    "ACCEPTED", "MOST_BYTES", "Admitted", "Cabinet", "ClamdScanner", "Filed", "Files", "Missing", "NoScanner",
    "NotAdmitted", "ObjectFiles", "Place", "Scan", "Scanner", "Spool", "admitted", "files_at", "scanner_at",
]  # fmt: skip
