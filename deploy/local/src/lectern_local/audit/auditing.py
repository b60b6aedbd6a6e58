"""One audit: wait for rest, read everything, judge."""

from collections.abc import Callable
from importlib import import_module
from sqlite3 import Connection
from typing import Final, cast

import httpx

from lectern.files import files_at
from lectern.runtime.running import views_of
from lectern.runtime.service import Service
from lectern_local.audit.judging import Verdict, judge
from lectern_local.audit.place import Place
from lectern_local.audit.reading import read_service
from lectern_local.audit.reading_files import read_files
from lectern_local.audit.reading_kafka import read_topic
from lectern_local.audit.reading_outside import read_mailbox, read_sandbox
from lectern_local.audit.resting import at_rest
from lectern_local.audit.scratch import index, scratch

SERVICES: Final = ("applications", "district-worklog", "review", "notifications")
Say = Callable[[str], None]


def services() -> tuple[Service, ...]:
    """The definitions of the four: which views they have, which facts they know."""
    return tuple(cast("Service", import_module(f"{each.replace('-', '_')}.app").service) for each in SERVICES)


async def audit(place: Place, *, within: float, say: Say) -> Verdict:
    """Judges what is there once nothing moves any more; after `within` seconds it judges all the same."""
    say("Waiting until nothing moves any more …")
    if not await at_rest(place, within):
        say(f"Something still moves after {within:.0f} s. What is on its way will be found missing.")
    known = services()
    with scratch() as db:
        await _read(db, place, known, say)
        index(db)
        say("Judging …")
        return judge(db, known)


async def _read(db: Connection, place: Place, known: tuple[Service, ...], say: Say) -> None:
    for service in known:
        facts = await read_service(db, place.databases[service.name], service.name, views_of(service))
        say(f"Read {facts:,} facts of {service.name}.")
    records = await read_topic(db, place.kafka, place.topic)
    say(f"Read {records:,} records of Kafka.")
    files = await read_files(db, files_at(place.files))
    say(f"Read {files:,} files.")
    async with httpx.AsyncClient(trust_env=False, timeout=10) as client:
        await read_mailbox(db, client, place.mailbox)
        await read_sandbox(db, client, place.payments, place.payment_secret)
