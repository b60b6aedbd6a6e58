"""Who acts at a district, as pages and API know them."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Self

from lectern.contracts.values import DistrictCode, OfficerId, Signature
from lectern.eventlog.errors import NotFound
from lectern.web import Principal, Role

TITLES = MappingProxyType({Role.VERIFIER: "certification officer", Role.DISTRICT_ADMINISTRATOR: "administrator"})
"""How a role is called on pages and in signatures."""


@dataclass(frozen=True)
class Officer:
    id: OfficerId
    name: str
    title: str
    district: DistrictCode

    @classmethod
    def of(cls, principal: Principal) -> Self:
        """Raises NotFound for somebody who is of no district: there is nothing here for them."""
        if principal.district is None:
            raise NotFound
        return cls(OfficerId(principal.user_id), principal.name, TITLES[principal.role], principal.district)

    @property
    def signature(self) -> Signature:
        return Signature(name=self.name, title=self.title)
