"""What must hold wherever our code touches Kafka."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = [file for part in ("shared/src", "services", "deploy") for file in (ROOT / part).rglob("*.py")]


def calls(source: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Each call in it: `.method` or `function`, and its keywords as text."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = f".{node.func.attr}" if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            yield name, {each.arg: ast.unparse(each.value) for each in node.keywords if each.arg}


def careless(source: str) -> list[str]:
    """Subscribers that may lose a record, producers that may lose or double one, and anybody else who publishes."""
    found = []
    for name, given in calls(source):
        if name == ".subscriber" and given.get("ack_policy") != "AckPolicy.MANUAL":
            found.append("a subscriber that acknowledges by itself")
        if name == ".subscriber" and given.get("auto_offset_reset") != "'earliest'":
            found.append("a subscriber that begins at the end")
        if name == ".subscriber" and not {"parser", "decoder"} <= given.keys():
            found.append("a subscriber that lets FastStream decode")
        if name == "AIOKafkaProducer" and (given.get("acks"), given.get("enable_idempotence")) != ("'all'", "True"):
            found.append("a producer that does not wait for all, once")
        if name in {".publisher", ".publish", ".publish_batch"}:
            found.append("somebody else than the relay publishes")
    return found


def test_nobody_is_careless_with_kafka() -> None:
    found = {str(file.relative_to(ROOT)): careless(file.read_text(encoding="utf-8")) for file in SOURCES if _ours(file)}

    assert {file: what for file, what in found.items() if what} == {}


def test_only_the_log_kit_touches_kafka() -> None:
    touching = {
        str(f.relative_to(ROOT)) for f in SOURCES if _ours(f) and "kafka import" in f.read_text(encoding="utf-8")
    }

    assert not [file for file in touching if file.startswith("services/")]


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ("broker.subscriber('t', group_id='g')", 3),
        ("broker.subscriber('t', ack_policy=AckPolicy.ACK, auto_offset_reset='earliest', parser=p, decoder=d)", 1),
        ("broker.subscriber('t', ack_policy=AckPolicy.MANUAL, auto_offset_reset='earliest', parser=p, decoder=d)", 0),
        ("AIOKafkaProducer(bootstrap_servers=k)", 1),
        ("@broker.publisher('t')\nasync def f(): ...", 1),
    ],
)
def test_carelessness_is_found(source: str, count: int) -> None:
    assert len(careless(source)) == count


def _ours(file: Path) -> bool:
    return "/tests/" not in str(file) and "/node_modules/" not in str(file) and "/.venv/" not in str(file)
