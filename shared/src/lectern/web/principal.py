"""Who is asking: somebody signed in, or an anonymous visitor."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    """What somebody may do, as the services name it. Each service lets only some of them have an account."""

    EDUCATOR = "educator"
    VERIFIER = "verifier"
    DISTRICT_ADMINISTRATOR = "district-administrator"
    REVIEWER = "reviewer"
    SUPERVISOR = "supervisor"
    SUPPORT = "support"
    OPERATOR = "operator"


@dataclass(frozen=True)
class Principal:
    """Somebody signed in, as this request found them: a role taken away is gone with the next request."""

    user_id: UUID
    role: Role
    name: str
    district: str | None = None
    """The district's code; only district staff have one."""
    person_id: UUID | None = None
    """The person in the register; only educators who claimed their record have one."""

    @property
    def actor(self) -> str:
        """Their name in commands."""
        return f"user:{self.user_id}"


@dataclass(frozen=True)
class Visitor:
    """One browser. Before sign-in its id is only a random value that ties forms to it; nothing is stored."""

    binding: str
    """What form keys are bound to: a fingerprint of the session's secret id, fit to be written down."""
    principal: Principal | None = None
    ends_at: datetime | None = None
    """When the session ends if nothing more is asked; None before sign-in."""

    @property
    def actor(self) -> str:
        return self.principal.actor if self.principal else f"session:{self.binding}"
