"""The main job, played to each of its ends on one platform; what came of it is read once for all tests here."""

import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from sqlite3 import Connection

import httpx
import pytest

from lectern.contracts.days import chicago_day
from lectern.contracts.values import Kind
from lectern.files import files_at
from lectern.runtime.running import views_of
from lectern_local.audit.auditing import services
from lectern_local.audit.place import place_of
from lectern_local.audit.reading import read_service
from lectern_local.audit.reading_files import read_files
from lectern_local.audit.reading_kafka import read_topic
from lectern_local.audit.reading_outside import read_mailbox, read_sandbox
from lectern_local.audit.resting import at_rest
from lectern_local.audit.scratch import index, scratch
from lectern_local.demo.job import WAYS
from lectern_local.demo.performing import Performance, Wanted, Watching, perform
from lectern_local.demo.plan import SORTS, Sort, possible, same
from lectern_local.installation import Installation

sys.path.insert(0, str(Path(__file__).parent))

from journey_played import Played


@pytest.fixture(scope="session")
async def played(platform: Installation) -> Played:
    ends: dict[tuple[Kind, str], Performance] = {}
    sorts: tuple[Sort, ...] = ("upgrade", "extension", "reactivation-employment")
    for number, (sort, way) in enumerate(product(sorts, WAYS)):
        if not possible(sort, way):
            continue
        going, kind = Performance(), SORTS[sort][0]
        run = f"end-{number}-{datetime.now(UTC):%H%M%S}"  # it stands in the educators’ emails, which have a length
        wanted = Wanted(run=run, plan=same(sort, way, 2), concurrency=2, within=120, patience=60)
        await perform(platform, wanted, Watching(), chicago_day(datetime.now(UTC)), going)
        ends[kind, way] = going
    return Played(platform, ends)


@pytest.fixture(scope="session")
async def read(played: Played) -> AsyncIterator[Connection]:
    """Everything there is afterwards, as the auditor reads it."""
    place = place_of(played.installation)
    assert await at_rest(place, within=60)
    with scratch() as db:
        for service in services():
            await read_service(db, place.databases[service.name], service.name, views_of(service))
        await read_topic(db, place.kafka, place.topic)
        await read_files(db, files_at(place.files))
        async with httpx.AsyncClient(trust_env=False) as client:
            await read_mailbox(db, client, place.mailbox)
            await read_sandbox(db, client, place.payments, place.payment_secret)
        index(db)
        yield db
