"""Personal data as it stands on the wire and in every log: encrypted for an audience, opened only with its key.

The associated data binds a sealed value to its subject and to the fact type and field it was sealed for, so that two
ciphertexts cannot change places. Opening needs the key port (lectern.eventlog.keys); folds pass sealed values through.
"""

from typing import Generic, Literal, TypeAlias
from uuid import UUID

from pydantic import BaseModel, ConfigDict
from typing_extensions import TypeVar

T_co = TypeVar("T_co", covariant=True)
A = TypeVar("A", bound=str)

Contact: TypeAlias = Literal["contact"]
"""Name, email, phone, Educator ID: all four services."""
District: TypeAlias = Literal["district"]
"""Evidence, education: applications, district-worklog, review."""
State: TypeAlias = Literal["state"]
"""Conduct answers, background results, birth date: applications and review."""

Audience: TypeAlias = Literal["contact", "district", "state"]

GRANTS: dict[Audience, frozenset[str]] = {
    "contact": frozenset({"applications", "district-worklog", "review", "notifications"}),
    "district": frozenset({"applications", "district-worklog", "review"}),
    "state": frozenset({"applications", "review"}),
}
"""Which services may have the keys of an audience."""


class Sealed(BaseModel, Generic[T_co, A]):
    """A value of type T for audience A. `sealed` is base64 of nonce, ciphertext and tag (AES-256-GCM) over T's JSON."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    subject: str
    audience: A
    key: UUID
    origin: str
    """The fact type and field it was sealed for: `EducatorRegistered.contact`."""
    sealed: str

    def associated_data(self) -> bytes:
        return f"{self.subject}|{self.audience}|{self.origin}".encode()
