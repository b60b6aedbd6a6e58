"""Postgres refuses to run as root; then it runs as a system user of its own, who must be able to reach its files."""

import os
import pwd
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

from lectern_local.trouble import Wrong

NAME = "lectern-postgres"


class Account(NamedTuple):
    uid: int
    gid: int


def unprivileged() -> Account | None:
    """Whom to run Postgres as: None for ourselves, and where we are root a system user, made if there is none."""
    if os.geteuid() != 0:
        return None
    return _known() or _made()


def _known() -> Account | None:
    try:
        found = pwd.getpwnam(NAME)
    except KeyError:
        return None
    return Account(found.pw_uid, found.pw_gid)


def _made() -> Account:
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if useradd is None:
        raise Wrong(f"Postgres may not run as root: make a system user named {NAME} (there is no useradd here).")
    options = ["--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent", "--shell", "/bin/false"]
    made = subprocess.run([useradd, *options, NAME], capture_output=True, text=True, check=False)
    account = _known()
    if account is None:
        raise Wrong(f"Postgres may not run as root, and user {NAME} cannot be made: {made.stderr.strip()}")
    return account


def closed(account: Account | None, file: Path) -> Path | None:
    """The directory that keeps this user away from a file; None when it can be reached."""
    if account is None:
        return None
    for folder in reversed(file.parents):
        status = folder.stat()
        bit = 0o100 if status.st_uid == account.uid else 0o010 if status.st_gid == account.gid else 0o001
        if not status.st_mode & bit:
            return folder
    return None


def refuse_unreachable(account: Account | None, file: Path) -> None:
    """Raises Wrong when this user cannot reach a file; nobody's permissions are changed."""
    if folder := closed(account, file):
        raise Wrong(
            f"Postgres runs as user {NAME} here, who cannot reach {file} because {folder} is closed to others: "
            "move to a directory everybody may enter."
        )
