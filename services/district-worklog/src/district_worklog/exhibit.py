"""Files a district keeps with an application, to attest by. Private until the district has sent it to DESE.

A stream of its own for each application. What another district attached is nothing to the next one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal, TypeAlias, assert_never

from pydantic import AwareDatetime

from lectern.contracts.district_worklog import EvidenceProvided
from lectern.contracts.documents import RELEASED, Checked, DocumentId
from lectern.contracts.facts import PrivateFact
from lectern.contracts.values import ApplicationId, DistrictCode, OfficerId
from lectern.eventlog.streams import Noun


class ExhibitFact(PrivateFact):
    application_id: ApplicationId
    document_id: DocumentId
    at: AwareDatetime


class ExhibitAttached(ExhibitFact):
    """An intent: the bytes are stored; have them scanned. Until then nobody gets them."""

    type: Literal["ExhibitAttached"] = "ExhibitAttached"
    criterion: str
    by: OfficerId
    ready: EvidenceProvided
    """What will be told of it; its handing-in and its scan are filled in then."""


class ExhibitRemoved(ExhibitFact):
    """The district took it back before it was told. Its bytes go within the day."""

    type: Literal["ExhibitRemoved"] = "ExhibitRemoved"
    by: OfficerId


class ExhibitChecked(ExhibitFact):
    """What the scanner said."""

    type: Literal["ExhibitChecked"] = "ExhibitChecked"
    checked: Checked
    found: str = ""


@dataclass(frozen=True)
class Exhibit:
    criterion: str
    district: DistrictCode
    by: OfficerId
    ready: EvidenceProvided
    checked: Checked | None = None
    """None: it waits for its scan."""

    @property
    def released(self) -> bool:
        """Whether anybody may have its bytes."""
        return self.checked in RELEASED


Exhibits: TypeAlias = Mapping[DocumentId, Exhibit]
"""In the order they were attached."""
NONE: Exhibits = MappingProxyType({})
ExhibitsFact: TypeAlias = ExhibitAttached | ExhibitRemoved | ExhibitChecked


def evolve(exhibits: Exhibits, fact: ExhibitsFact) -> Exhibits:
    match fact:
        case ExhibitAttached():
            attached = Exhibit(fact.criterion, fact.ready.district, fact.by, fact.ready)
            return {**exhibits, fact.document_id: attached}
        case ExhibitRemoved():
            return {id_: each for id_, each in exhibits.items() if id_ != fact.document_id}
        case ExhibitChecked():
            if (found := exhibits.get(fact.document_id)) is None:
                return exhibits
            return {**exhibits, fact.document_id: replace(found, checked=fact.checked)}
        case _:
            assert_never(fact)


exhibit: Noun[Exhibits] = Noun("exhibit", NONE, evolve, facts=(ExhibitAttached, ExhibitRemoved, ExhibitChecked))


# ── what DESE was told


@dataclass(frozen=True)
class Told:
    ids: frozenset[DocumentId] = frozenset()


def evolve_told(told: Told, fact: EvidenceProvided) -> Told:
    return Told(told.ids | {fact.document_id})


evidence_document: Noun[Told] = Noun("evidence-document", Told(), evolve_told, facts=(EvidenceProvided,))
