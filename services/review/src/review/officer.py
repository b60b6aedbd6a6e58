"""Who acts at DESE, as pages and API know them."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Self

from lectern.contracts.values import OfficerId, PersonId
from lectern.web import Principal, Role

TITLES = MappingProxyType({Role.REVIEWER: "reviewer", Role.SUPERVISOR: "supervisor"})
"""How a role is called on pages."""


@dataclass(frozen=True)
class Officer:
    id: OfficerId
    name: str
    role: Role
    person: PersonId | None
    """The person of the register they are, where known."""

    @classmethod
    def of(cls, principal: Principal) -> Self:
        person = None if principal.person_id is None else PersonId(principal.person_id)
        return cls(OfficerId(principal.user_id), principal.name, principal.role, person)

    @property
    def supervisor(self) -> bool:
        return self.role is Role.SUPERVISOR
