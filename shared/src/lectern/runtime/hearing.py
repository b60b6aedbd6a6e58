"""What a service that hears others runs beside its pages: intake, retrier and watchdog; and the relay."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import asyncpg

from lectern.contracts.hearing import HEARS
from lectern.eventlog.ear import Ear
from lectern.eventlog.intake import Intake
from lectern.eventlog.relay import Relay
from lectern.eventlog.retrying import Retrier
from lectern.eventlog.watchdog import KafkaStanding, Watchdog, answers
from lectern.eventlog.writer import Writer
from lectern.runtime.service import Service
from lectern.runtime.settings import Settings


@dataclass(frozen=True)
class Hearing:
    """The parts, put together; `tasks` are to be run until the process ends, and the end of one is the end of all."""

    ear: Ear
    intake: Intake
    watchdog: Watchdog
    relay: Relay
    tasks: tuple[Callable[[], Awaitable[Any]], ...]

    @property
    def lag(self) -> int | None:
        """Records on the topic that this service has not acknowledged; None while nobody knows."""
        return self.watchdog.lag


@asynccontextmanager
async def hearing(
    service: Service, settings: Settings, writer: Writer, pool: "asyncpg.Pool[asyncpg.Record]"
) -> AsyncIterator[Hearing]:
    """One consumer group for each service and topic."""
    group = f"{settings.topic}.{service.name}"
    ear = Ear(HEARS[service.name], service.reactions)
    intake = Intake(ear, writer, group=group, kafka=settings.kafka, topic=settings.topic)
    standing = KafkaStanding(settings.kafka, settings.topic, lambda: group)
    watchdog = Watchdog(intake, standing, answers(pool))
    retrier = Retrier(ear, writer, pool, intake.waiting)
    relay = Relay(
        settings.database(service.name, "writer"),
        service.name,
        writer.appended,
        kafka=settings.kafka,
        topic=settings.topic,
    )
    try:
        yield Hearing(ear, intake, watchdog, relay, (intake.run, retrier.run, watchdog.run, relay.run))
    finally:
        await standing.close()
