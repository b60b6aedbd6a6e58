"""A door before Kafka that can be cut: a proxy that has Kafka's answers name itself as the broker.

A Kafka client asks any broker where the brokers are and goes there. The answer holds host and port in a fixed form
(length, text, four bytes), so the door puts its own port in the place of the broker's.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from lectern_local.installation import HOST
from lectern_local.proxy import Proxy


def named(port: int) -> bytes:
    """How the Kafka protocol writes this host and port."""
    return len(HOST).to_bytes(2, "big") + HOST.encode() + port.to_bytes(4, "big")


@asynccontextmanager
async def door(kafka_port: int, own_port: int) -> AsyncIterator[Proxy]:
    """Open, on its own port."""
    standing = Proxy(HOST, kafka_port, own_port=own_port, swap=(named(kafka_port), named(own_port)))
    await standing.open()
    try:
        yield standing
    finally:
        await standing.close()
