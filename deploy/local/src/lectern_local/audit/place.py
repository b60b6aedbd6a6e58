"""Where the auditor finds everything: addresses and its own role, of a platform on this machine or anywhere else."""

from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass, field

from lectern.runtime.settings import SERVICES
from lectern_local.installation import TOPIC, Installation


@dataclass(frozen=True)
class Place:
    databases: Mapping[str, str] = field(repr=False)
    """For each service its database, opened as the auditor."""
    kafka: str
    topic: str
    mailbox: str
    payments: str
    payment_secret: bytes = field(repr=False)
    files: str
    """Where the files stand that people handed in; the auditor only reads there."""


def place_of(installation: Installation) -> Place:
    return Place(
        databases={each: installation.database(each, "auditor") for each in SERVICES},
        kafka=installation.kafka,
        topic=TOPIC,
        mailbox=installation.urls["mailbox"],
        payments=installation.urls["payments"],
        payment_secret=b64decode(installation.secrets.payment_secret),
        files=installation.files,
    )
