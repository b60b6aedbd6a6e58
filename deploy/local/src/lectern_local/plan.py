"""Which processes make the platform, beside Postgres and Kafka, and where each says that it is well."""

import sys
from dataclasses import dataclass

from lectern.runtime.settings import SERVICES, name_in_sql
from lectern_local import environment
from lectern_local.assets import dist
from lectern_local.child import Program
from lectern_local.installation import HOST, Installation

EFFECTS = ("applications", "notifications")


@dataclass(frozen=True)
class Planned:
    program: Program
    health: str
    """Answers 200 once it is well."""


def planned(installation: Installation) -> list[Planned]:
    """Every service, every effects process, and the world outside. Raises Away when the assets are not built."""
    assets = dist()
    serving = [_service(installation, each, "serve") for each in SERVICES]
    acting = [_service(installation, each, "effects") for each in EFFECTS]
    outside = Program(
        "outside", [sys.executable, "-m", "lectern_local.outside"], environment.of_outside(installation, assets)
    )
    return [Planned(outside, f"{installation.urls['mailbox']}/healthz"), *serving, *acting]


def _service(installation: Installation, service: str, role: str) -> Planned:
    name = service if role == "serve" else f"{service}-{role}"
    program = Program(
        name,
        [sys.executable, "-m", name_in_sql(service), "--role", role],
        environment.of_service(installation, service, role, dist()),
    )
    return Planned(program, f"http://{HOST}:{installation.port(name)}/health")
