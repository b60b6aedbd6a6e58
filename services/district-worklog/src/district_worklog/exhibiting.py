"""The district attaches files to attest by, and takes them back; DESE is told of them with the attestation."""

from datetime import datetime
from typing import Final

from pydantic import AwareDatetime

from district_worklog.application import Application
from district_worklog.case import Case
from district_worklog.claiming import OfficerCommand, waiting_for
from district_worklog.evidence import Evidence
from district_worklog.exhibit import (
    Exhibit,
    ExhibitAttached,
    ExhibitChecked,
    ExhibitRemoved,
    Exhibits,
    Told,
    evidence_document,
)
from district_worklog.recording import handed_in
from district_worklog.verifying import VerifyApplication, verify
from district_worklog.work_item import Verified, WorkItem, WorkItemFact
from lectern.contracts.district_worklog import DistrictVerified, EvidenceProvided
from lectern.contracts.documents import RELEASED, Checked, DocumentId
from lectern.contracts.values import ApplicationId
from lectern.eventlog.errors import NotFound, Refused
from lectern.eventlog.streams import Command, Entry

AT_MOST: Final = 20
FULL: Final = "There are twenty files already. Remove one, or put several pages into one PDF."
TOLD: Final = "This file went to DESE with your attestation, so it stays there. You can add another one."


class MayAttachExhibit(OfficerCommand):
    """Asked before anything is stored, so that what cannot be attached is not stored either."""

    criterion: str


class AttachExhibit(MayAttachExhibit):
    """The bytes are stored already."""

    document_id: DocumentId
    ready: EvidenceProvided


def may_attach(exhibits: Exhibits, item: WorkItem, case: Case, heard: Application, command: MayAttachExhibit) -> None:
    """Raises NotFound, Refused."""
    waiting_for(item, case, command)
    if command.criterion not in handed_in(heard).terms.criteria:
        raise Refused("Choose the criterion that this file shows", field="criterion")
    if sum(each.district == command.district for each in exhibits.values()) >= AT_MOST:
        raise Refused(FULL, field="file")


def attach(
    exhibits: Exhibits, item: WorkItem, case: Case, heard: Application, command: AttachExhibit
) -> list[ExhibitAttached]:
    may_attach(exhibits, item, case, heard, command)
    return [
        ExhibitAttached(
            application_id=command.application_id,
            document_id=command.document_id,
            criterion=command.criterion,
            by=command.officer,
            ready=command.ready,
            at=command.now,
        )
    ]


class RemoveExhibit(OfficerCommand):
    document_id: DocumentId


def remove(exhibits: Exhibits, item: WorkItem, case: Case, told: Told, command: RemoveExhibit) -> list[ExhibitRemoved]:
    """A second click is nothing. Another district's file looks like none at all."""
    waiting_for(item, case, command)
    found = exhibits.get(command.document_id)
    if found is None:
        return []
    if found.district != command.district:
        raise NotFound("no such file")
    if command.document_id in told.ids:
        raise Refused(TOLD)
    return [
        ExhibitRemoved(
            application_id=command.application_id,
            document_id=command.document_id,
            by=command.officer,
            at=command.now,
        )
    ]


class CheckExhibit(Command):
    application_id: ApplicationId
    document_id: DocumentId
    checked: Checked
    found: str
    now: AwareDatetime


def check(exhibits: Exhibits, item: WorkItem, told: Told, command: CheckExhibit) -> list[ExhibitChecked | Entry]:
    """What the scanner said. Where the application is at DESE already, DESE is told of the file now."""
    found = exhibits.get(command.document_id)
    if found is None or found.checked is not None:
        return []
    said = ExhibitChecked(
        application_id=command.application_id,
        document_id=command.document_id,
        checked=command.checked,
        found=command.found,
        at=command.now,
    )
    if command.checked not in RELEASED or command.document_id in told.ids:
        return [said]
    if not isinstance(item, Verified) or item.district != found.district:
        return [said]
    return [said, _provided(found, command.checked, item.submission, command.now)]


def verify_with_files(  # noqa: PLR0917 - a state for each stream the command names
    item: WorkItem,
    evidence: Evidence,
    case: Case,
    heard: Application,
    exhibits: Exhibits,
    told: Told,
    command: VerifyApplication,
) -> list[WorkItemFact | Entry]:
    """What the district attests, and the files it attests by, as far as they may be looked at."""
    decided: list[WorkItemFact | Entry] = [*verify(item, evidence, case, heard, command)]
    if not any(isinstance(each, DistrictVerified) for each in decided):
        return decided
    return [
        *decided,
        *(
            _provided(each, each.checked, command.submission, command.now)
            for id_, each in exhibits.items()
            if each.district == command.district and each.released and id_ not in told.ids
        ),
    ]


def _provided(exhibit: Exhibit, checked: Checked | None, submission: int, now: datetime) -> Entry:
    said = exhibit.ready.model_copy(
        update={"submission": submission, "scanned": checked is Checked.CLEAN, "provided_at": now}
    )
    to = evidence_document(said.application_id, subject=said.educator_id)
    return Entry(said, to, claim=f"document:{said.document_id}")
