"""Kafka's jars: named with their SHA-256 in kafka.lock.toml, fetched by jgo, kept in the user's cache.

`python -m lectern_local.jars` fetches them; with --lock it writes the lock anew.
"""

import contextlib
import hashlib
import logging
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import requests
from jgo.env import LockedDependency, LockFile
from jgo.maven import MavenContext, PythonResolver

from lectern_local.trouble import Away

LOCK = Path(__file__).with_name("kafka.lock.toml")
WANTED = (
    "org.apache.kafka:kafka_2.13:4.3.1",
    "org.apache.logging.log4j:log4j-slf4j-impl:2.25.4!",  # without a binding the broker is silent
)


def cache() -> Path:
    """Where downloads are kept between installations."""
    home = os.environ.get("XDG_CACHE_HOME")
    return (Path(home) if home else Path.home() / ".cache") / "lectern"


def jars(fetched: Callable[[str], None] = lambda _: None) -> Path:
    """The folder with every jar, checked; fetches what is missing. Raises Away."""
    folder = cache() / f"kafka-{hashlib.sha256(LOCK.read_bytes()).hexdigest()[:16]}"
    if not folder.exists():
        sys.stderr.write("Fetching Kafka ...\n")
        logging.getLogger("jgo").setLevel(logging.ERROR)
        dependencies = LockFile.load(LOCK).dependencies
        with ThreadPoolExecutor(8) as threads:
            _keep(folder, threads.map(partial(_fetched, fetched=fetched), dependencies))
    return folder


def _keep(folder: Path, files: Iterable[Path]) -> None:
    """All or none: the folder gets its name when it is complete."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(dir=folder.parent))
    except OSError as error:
        raise Away(f"{folder.parent} cannot hold Kafka's jars: {error.strerror}.") from None
    try:
        for each in files:
            shutil.copy(each, made)
        made.chmod(0o755)
        with contextlib.suppress(OSError):  # another process was as quick
            made.rename(folder)
    except OSError as error:
        raise Away(f"{folder.parent} cannot hold Kafka's jars: {error.strerror}.") from None
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _fetched(wanted: LockedDependency, *, fetched: Callable[[str], None]) -> Path:
    """From the cache, the user's Maven repository or the central one; anything with another hash is passed over."""
    attempts = [[Path.home() / ".m2" / "repository"], [], []]
    problem = "its SHA-256 is not the one in the lock"
    for local in attempts:
        artifact = (
            MavenContext(repo_cache=cache() / "maven", local_repos=local, timeout=60)
            .project(wanted.groupId, wanted.artifactId)
            .at_version(wanted.version)
            .artifact(wanted.classifier or "", wanted.packaging)
        )
        try:
            file = artifact.resolve()
        except (requests.RequestException, RuntimeError, OSError) as error:
            problem = str(error).partition("\n")[0]
            continue
        if hashlib.sha256(file.read_bytes()).hexdigest() == wanted.sha256:
            fetched(file.name)
            return Path(file)
        if file.is_relative_to(cache()):
            file.unlink(missing_ok=True)
    raise Away(f"{wanted.artifactId} {wanted.version} could not be downloaded: {problem}.")


def lock() -> None:
    """Resolves what is wanted, with everything it needs, and writes the lock."""
    context = MavenContext()
    inputs, others = PythonResolver().resolve([context.create_dependency(each) for each in WANTED])
    needed = [each for each in [*inputs, *others] if each.scope in {None, "compile", "runtime"} and not each.optional]
    locked = LockFile.from_resolved_dependencies(needed, environment_name="kafka", min_java_version=17)
    locked.dependencies.sort(key=lambda each: (each.groupId, each.artifactId))
    locked.save(LOCK)


if __name__ == "__main__":
    if "--lock" in sys.argv:
        lock()
    else:
        try:
            jars()
        except Away as away:
            sys.exit(str(away))
