"""Keeps what a release left in its databases, for the tests that its successors come up on it.

`python tests/upgrade/keep_release.py DATA FOLDER`, with the release's platform running on DATA, at rest.
"""

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

from lectern.runtime.settings import SERVICES, name_in_sql
from lectern_local.installation import HOST, Installation
from lectern_local.postgres import installed


def keep(installation: Installation, folder: Path) -> None:
    folder.mkdir(parents=True)
    for database in (*SERVICES, "keys"):
        (folder / f"{database}.sql.gz").write_bytes(gzip.compress(_dump(installation, name_in_sql(database)), mtime=0))
    (folder / "secrets.json").write_text(json.dumps({"kek": installation.secrets.kek}) + "\n")


def _dump(installation: Installation, database: str) -> bytes:
    """As SQL that any connection takes. Owners are left out: the tests have their own."""
    command = [str(installed() / "bin" / "pg_dump"), "--no-owner", "--inserts", "--rows-per-insert=100"]
    place = ["-h", HOST, "-p", str(installation.port("postgres")), "-U", "postgres", "-d", database]
    secret = {**os.environ, "PGPASSWORD": installation.secrets.superuser}
    script = subprocess.run([*command, *place], env=secret, check=True, capture_output=True).stdout
    return b"\n".join(line for line in script.splitlines() if not line.startswith(_LEFT_OUT)) + b"\n"


_LEFT_OUT = (b"\\", b"--", b"ALTER DEFAULT PRIVILEGES")
"""Words for psql, remarks, and what is said of one owner by name."""


if __name__ == "__main__":
    keep(Installation.running(Path(sys.argv[1])), Path(sys.argv[2]))
