"""Which port is for what, counted from the base port."""

import socket

from lectern_local.trouble import Wrong

OFFSETS = {
    "start": 0,
    "applications": 1,
    "district-worklog": 2,
    "review": 3,
    "notifications": 4,
    "payments": 5,
    "mailbox": 6,
    "smtp": 7,
    "postgres": 10,
    "kafka": 11,
    "kafka-controller": 12,
    "applications-effects": 21,
    "notifications-effects": 24,
}
PAGES = ("start", "applications", "district-worklog", "review", "notifications", "payments", "mailbox")
LAST_BASE = 65535 - max(OFFSETS.values())


def port(base: int, name: str) -> int:
    return base + OFFSETS[name]


def refuse_taken(base: int) -> None:
    """Raises Wrong for the first port that something else listens on."""
    if not 1024 <= base <= LAST_BASE:
        raise Wrong(f"The base port must be between 1024 and {LAST_BASE}: choose another with --base-port.")
    for name in OFFSETS:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port(base, name)))
                probe.listen(1)
            except OSError:
                raise Wrong(
                    f"Port {port(base, name)}, for {name}, is taken: stop what listens there, "
                    "or choose another with --base-port."
                ) from None
