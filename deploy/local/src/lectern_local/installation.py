"""One platform on this machine: where its data is, its ports, addresses and secrets. Commands and tests start here."""

import json
import secrets
from base64 import b64encode
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Self

from lectern.runtime.settings import SERVICES, Role, dsn
from lectern_local.place import ELSEWHERE, at
from lectern_local.ports import PAGES, port
from lectern_local.trouble import Away, Wrong

HOST = "127.0.0.1"
TOPIC = "lectern.facts"


def _password() -> str:
    return secrets.token_urlsafe(24)


def _key() -> str:
    return b64encode(secrets.token_bytes(32)).decode()


def _one_each() -> dict[str, str]:
    return {each: _password() for each in SERVICES}


@dataclass(frozen=True)
class Secrets:
    """Made once, kept in the data directory, readable by its owner alone."""

    superuser: str = field(default_factory=_password, repr=False)
    databases: dict[str, str] = field(default_factory=_one_each, repr=False)
    keys: dict[str, str] = field(default_factory=lambda: {"owner": _password(), **_one_each()}, repr=False)
    api_tokens: dict[str, str] = field(default_factory=_one_each, repr=False)
    kek: str = field(default_factory=_key, repr=False)
    command_key: str = field(default_factory=_key, repr=False)
    match_key: str = field(default_factory=_key, repr=False)
    payment_secret: str = field(default_factory=_key, repr=False)


@dataclass(frozen=True)
class Installation:
    data: Path
    base_port: int
    secrets: Secrets

    @classmethod
    def make(cls, data: Path, base_port: int) -> Self:
        """The secrets of this directory, made if there are none."""
        file = data / "secrets.json"
        if not file.exists():
            new = file.with_suffix(".new")
            new.touch(mode=0o600)
            new.write_text(json.dumps(asdict(Secrets()), indent=1))
            new.replace(file)
        return cls(data, base_port, _secrets(file))

    @classmethod
    def running(cls, data: Path) -> Self:
        """The platform that runs on this directory. Raises Away."""
        from lectern_local.run import Run  # noqa: PLC0415  (knows processes; most callers need none)

        data = at(data)
        state = Run(data).state() if Run(data).alive() else None
        if state is None:
            raise Away(f"Lectern is not running on {data}: start it with `lectern up`. {ELSEWHERE}")
        return cls(data, state.base_port, _secrets(data / "secrets.json"))

    def port(self, name: str) -> int:
        return port(self.base_port, name)

    @property
    def urls(self) -> dict[str, str]:
        """The public addresses of the services, the start page, the mailbox and the payment sandbox."""
        return {each: f"http://{HOST}:{self.port(each)}" for each in PAGES}

    @property
    def kafka(self) -> str:
        return f"{HOST}:{self.port('kafka')}"

    @property
    def smtp(self) -> str:
        return f"{HOST}:{self.port('smtp')}"

    @property
    def superuser(self) -> str:
        return f"postgresql://postgres:{self.secrets.superuser}@{HOST}:{self.port('postgres')}/postgres"

    @property
    def files(self) -> str:
        """Where the files stand that people hand in."""
        return (self.data / "files").as_uri()

    def database_url(self, service: str) -> str:
        """LECTERN_DATABASE_URL of this service, which opens no other's database."""
        secret = self.secrets.databases[service]
        return f"postgresql://{{service}}_{{role}}:{secret}@{HOST}:{self.port('postgres')}/{{service}}"

    def database(self, service: str, role: Role) -> str:
        return dsn(self.database_url(service), service, role)

    def keys_url(self, service: str) -> str:
        """LECTERN_KEYS_URL of this service (or of the keys' owner)."""
        return f"postgresql://keys_{{service}}:{self.secrets.keys[service]}@{HOST}:{self.port('postgres')}/keys"

    def keys(self, service: str) -> str:
        return dsn(self.keys_url(service), service)


def _secrets(file: Path) -> Secrets:
    try:
        return Secrets(**json.loads(file.read_text()))
    except PermissionError:
        raise Wrong(f"{file} belongs to another user: run this as that user.") from None
    except (OSError, ValueError, TypeError):
        raise Wrong(f"{file} is missing or damaged: put it back from a copy, or start over with --fresh.") from None
