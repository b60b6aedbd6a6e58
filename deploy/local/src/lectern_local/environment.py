"""What each process is told: only what it needs."""

import json
import os
from pathlib import Path

from lectern_local.installation import HOST, TOPIC, Installation

KEPT = ("PATH", "HOME", "LANG", "TZ", "TMPDIR", "SSL_CERT_FILE", "PYTHONPATH")
WITH_FILES = ("applications", "district-worklog", "review")
SUPPORT = "certification@dese.example, 573-555-0100, weekdays 8 a.m. to 5 p.m."
"""Made up, like everybody in the demonstration."""


def bare() -> dict[str, str]:
    """What a child may inherit: nothing of ours, no credentials of the person who started it."""
    return {name: os.environ[name] for name in KEPT if name in os.environ} | {"LC_ALL": "C.UTF-8"}


def inherited() -> dict[str, str]:
    """For a supervisor of its own: what we have ourselves."""
    return dict(os.environ)


def of_service(installation: Installation, service: str, role: str, assets: Path) -> dict[str, str]:
    """For `python -m <package> --role serve|effects`."""
    secrets = installation.secrets
    told = {
        "DATABASE_URL": installation.database_url(service),
        "KEYS_URL": installation.keys_url(service),
        "KEK": secrets.kek,
        "COMMAND_KEY": secrets.command_key,
        "MATCH_KEY": secrets.match_key,
        "KAFKA": installation.kafka,
        "TOPIC": TOPIC,
        "HOST": HOST,
        "PORT": str(installation.port(service if role == "serve" else f"{service}-{role}")),
        "URLS": json.dumps(installation.urls),
        "DEMO": "true",
        "SUPPORT": SUPPORT,
        "ASSETS": str(assets),
        "API_TOKENS": json.dumps({service: secrets.api_tokens[service]}),
    }
    if service in WITH_FILES:
        told["FILES"] = installation.files
        told["SCANNER"] = os.environ.get("LECTERN_SCANNER", "none")
    if service == "applications":
        told["PAYMENT_SECRET"] = secrets.payment_secret
        told["PAYMENT_URL"] = installation.urls["payments"]
    if (service, role) == ("notifications", "effects"):
        told["SMTP"] = installation.smtp
    return bare() | {f"LECTERN_{name}": value for name, value in told.items()}


def of_outside(installation: Installation, assets: Path) -> dict[str, str]:
    """For the world outside: the local mailbox and the payment sandbox."""
    told = {
        "HOST": HOST,
        "SMTP": installation.smtp,
        "MAIL": str(installation.data / "mail"),
        "PAYMENT_DATA": str(installation.data / "payments"),
        "WELCOME": str(installation.data),
        "PAYMENT_SECRET": installation.secrets.payment_secret,
        "URLS": json.dumps(installation.urls),
        "DEMO": "true",
        "ASSETS": str(assets),
    }
    return bare() | {f"LECTERN_{name}": value for name, value in told.items()}
