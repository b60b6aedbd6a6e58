import hashlib
import re
import tomllib
from pathlib import Path

import pytest

from lectern_local import jars
from lectern_local.trouble import Away

NOWHERE = "http://127.0.0.1:9"
ONE = """
[[dependencies]]
groupId = "org.slf4j"
artifactId = "slf4j-api"
version = "1.7.36"
packaging = "jar"
sha256 = "{sha256}"
"""


@pytest.fixture
def offline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with a Maven repository, a cache, and no network."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.setenv(name, NOWHERE)
    jar = tmp_path / ".m2/repository/org/slf4j/slf4j-api/1.7.36/slf4j-api-1.7.36.jar"
    jar.parent.mkdir(parents=True)
    jar.write_bytes(b"good")
    return jar


def locked(folder: Path, sha256: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "lock.toml").write_text(ONE.format(sha256=sha256))
    monkeypatch.setattr(jars, "LOCK", folder / "lock.toml")


def test_every_jar_is_locked_with_its_hash_and_no_host() -> None:
    lock = jars.LOCK.read_text()

    dependencies = tomllib.loads(lock)["dependencies"]

    assert all(re.fullmatch(r"[0-9a-f]{64}", each["sha256"]) for each in dependencies)
    assert {"kafka_2.13", "log4j-slf4j-impl", "slf4j-api"} <= {each["artifactId"] for each in dependencies}
    assert "://" not in lock


def test_a_jar_of_the_right_hash_is_taken(offline: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:

    locked(tmp_path, hashlib.sha256(b"good").hexdigest(), monkeypatch)

    folder = jars.jars()

    assert [each.name for each in folder.iterdir()] == [offline.name]
    offline.unlink()
    assert jars.jars() == folder


def test_a_jar_of_another_hash_is_not(offline: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    offline.write_bytes(b"tampered with")
    locked(tmp_path, "0" * 64, monkeypatch)

    with pytest.raises(Away, match=r"slf4j-api 1\.7\.36 could not be downloaded"):
        jars.jars()

    assert offline.exists()
    assert not list((tmp_path / "cache" / "lectern").glob("kafka-*"))
