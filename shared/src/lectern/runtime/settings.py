"""Everything a process is told from outside, read once from the environment: LECTERN_KAFKA, LECTERN_KEK and so on.

Each variable may be given as LECTERN_NAME_FILE instead, naming a file that holds the value, so that secrets need not
stand in an environment.
"""

import base64
import binascii
import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Self, get_args

from pydantic import BeforeValidator, Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

Role = Literal["owner", "writer", "folder", "reader", "web", "auditor"]
ROLES: tuple[Role, ...] = get_args(Role)
SERVICES = ("applications", "district-worklog", "review", "notifications")


KEPT_ALIVE_S = 75
"""How long a server keeps a connection that says nothing. Clients and load balancers give theirs up earlier, so no
request is sent into a connection that is being closed."""


class SettingsError(Exception):
    """A setting is missing or wrong; the message names the variable and never shows its value."""


def _decoded(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        key = base64.b64decode(value, validate=True)
    except binascii.Error:
        raise ValueError("is not base64") from None
    if len(key) < 32:
        raise ValueError("is shorter than 32 bytes")
    return key


def _parsed(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except json.JSONDecodeError:
        raise ValueError("is not JSON") from None


Key = Annotated[bytes, BeforeValidator(_decoded)]
Names = Annotated[Mapping[str, str], BeforeValidator(_parsed)]


def name_in_sql(service: str) -> str:
    """district-worklog is district_worklog where hyphens would need quotes."""
    return service.replace("-", "_")


def dsn(template: str, service: str, role: str = "") -> str:
    """The address of a service's database in one role; templates hold the literal words {service} and {role}."""
    return template.replace("{service}", name_in_sql(service)).replace("{role}", role)


class Environment(BaseSettings):
    """What any of our processes reads its settings with; `load` instead of the constructor, for errors in our words."""

    model_config = SettingsConfigDict(
        env_prefix="LECTERN_", frozen=True, extra="ignore", hide_input_in_errors=True, enable_decoding=False
    )

    @classmethod
    def load(cls, **given: Any) -> Self:
        """From the environment; what is given wins. Raises SettingsError, one line for each variable."""
        try:
            return cls(**{**_from_files(cls.model_fields), **given})
        except ValidationError as error:
            raise SettingsError("\n".join(_sentence(each["loc"], each["msg"]) for each in error.errors())) from None


def _from_files(fields: Iterable[str]) -> dict[str, str]:
    """LECTERN_KEK_FILE=/run/secrets/kek is LECTERN_KEK with what that file holds."""
    files = {each: os.environ.get(f"{variable(each)}_FILE") for each in fields}
    return {each: _contents(each, file) for each, file in files.items() if file}


def _contents(field: str, file: str) -> str:
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise SettingsError(f"{variable(field)}_FILE: cannot read {file}: {error.strerror}.") from None


def variable(field: str) -> str:
    return f"LECTERN_{field.upper()}"


def _sentence(where: tuple[int | str, ...], message: str) -> str:
    name = variable(str(where[0])) if where else "The settings"
    return f"{name} is not set." if message == "Field required" else f"{name}: {message.removeprefix('Value error, ')}."


class Settings(Environment):
    """The settings of a service."""

    database_url: str = Field(repr=False)
    """postgresql://{service}_{role}:secret@host:port/{service}, with these two words in braces."""
    keys_url: str = Field(repr=False)
    """postgresql://keys_{service}:secret@host:port/keys"""
    kek: Key = Field(repr=False)
    """Wraps the data keys of personal data."""
    command_key: Key = Field(repr=False)
    """For the keyed fingerprint of a command's body."""
    match_key: Key = Field(repr=False)
    """For the token that matches a person to the register."""
    kafka: str
    """host:port of the brokers, several with commas between them."""
    topic: str = "lectern.facts"
    """The one topic of public facts."""
    host: str = "127.0.0.1"
    """The address to listen on."""
    port: int = Field(default=8401, ge=1, le=65535)
    """The port to listen on."""
    urls: Names = Field(default_factory=dict)
    """The public base address of each service, and of start, mailbox and payments."""
    smtp: str | None = None
    """host:port of the mail server; only the effects process of notifications has it."""
    mail_from: str = Field(default="no-reply@lectern.example", pattern=r"^[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+$")
    """The address that notices come from; the part behind the @ also ends their Message-IDs."""
    payment_url: str | None = None
    """The base address of the payment provider; only the effects process of applications uses it."""
    payment_secret: Key | None = Field(default=None, repr=False)
    """What the payment provider signs its webhooks with."""
    demo: bool = False
    """Pages say Demonstration."""
    official_banner: str = ""
    """The words of the official-website banner; without them there is none."""
    support: str = ""
    """How people reach DESE's certification section, on pages: email, phone and hours. Empty, only its name is said."""
    assets: Path | None = None
    """Folder of the built page assets, with its manifest.json."""
    files: str | None = None
    """Where the files stand that people hand in: file:///folder, or s3://bucket/prefix with credentials from the usual
    AWS_ variables. Without it no file is taken."""
    scanner: str | None = None
    """Who scans these files before anybody gets one: clamd://host:port; or the word none, and pages say that nothing
    was scanned. Needed with files."""
    answer_within_s: float = Field(default=1.0, gt=0)
    """How long a caller waits for the log before 503; what became of the command is then found under the same key."""
    fee_cents: int = Field(default=2500, ge=0)
    """The fee of an upgrade, in cents; with 0 nothing is paid. Unverified."""
    look_ups_a_minute: int = Field(default=120, ge=1)
    """How many public look-ups of certificates one address may make in a minute."""
    api_tokens: Names = Field(default_factory=dict, repr=False)
    """For each service the bearer token of the operator who imports."""

    @field_validator("database_url")
    @classmethod
    def _names_service_and_role(cls, value: str) -> str:
        if "{service}" not in value or "{role}" not in value:
            raise ValueError("needs the words {service} and {role}, each in braces")
        return value

    @field_validator("kafka", "smtp")
    @classmethod
    def _host_and_port(cls, value: str | None) -> str | None:
        if value is not None:
            for each in value.split(","):
                host_and_port(each)
        return value

    @model_validator(mode="after")
    def _files_are_scanned(self) -> Self:
        if self.files is not None and self.scanner is None:
            raise ValueError("LECTERN_FILES needs LECTERN_SCANNER: an address, or the word none")
        return self

    def database(self, service: str, role: Role) -> str:
        """The address of a service's database, to be opened in this role."""
        return dsn(self.database_url, service, role)

    def keys(self, service: str) -> str:
        """The address of the keys database, to be opened as this service."""
        return dsn(self.keys_url, service)

    def url(self, name: str) -> str:
        """The public base address of a service, without a slash at its end. Raises SettingsError."""
        try:
            return self.urls[name].rstrip("/")
        except KeyError:
            raise SettingsError(f"LECTERN_URLS does not name {name}.") from None


def host_and_port(address: str) -> tuple[str, int]:
    """127.0.0.1:9092 or [::1]:9092, taken apart. Raises ValueError."""
    host, colon, port = address.rpartition(":")
    if not host or not colon or not port.isdecimal() or not 0 < int(port) < 65536:
        raise ValueError("is not of the form host:port")
    return host.strip("[]"), int(port)
