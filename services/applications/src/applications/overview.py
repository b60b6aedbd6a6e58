"""All that an educator's record shows, read as that educator and opened for the page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from applications import reading
from applications.application_status import StatusRow
from applications.certificates import CertificateRow
from applications.clearance import filed
from applications.districts import DistrictRow
from applications.drafts import DraftRow, Stage
from applications.edge import Edge
from applications.educators import EducatorRow
from applications.next_step import main_certificate, starting_points
from applications.shortfalls import shortfalls
from lectern.contracts.values import (
    CertificateKind,
    ContactDetails,
    EducatorReport,
    Kind,
    PersonId,
    PersonName,
    Ruling,
)
from lectern.rules import IN_FORCE
from lectern.rules.calendar import warn_outside_window
from lectern.rules.criteria import UPG_ACTIVE
from lectern.rules.facts import Facts
from lectern.rules.judging import evaluate
from lectern.rules.rule_sets import Criterion


@dataclass(frozen=True)
class Judged:
    criterion: Criterion
    ruling: Ruling
    lacks: str = ""
    """What the educator's own report falls short of, where only the district can say."""


class Now(StrEnum):
    """Whether an application of a kind can be started today, as the menu says it."""

    STARTED = "started"
    UNDER_WAY = "under way"
    OPEN = "open"
    INACTIVE = "inactive"
    NOTHING = "nothing"
    """No certificate is held that it could be about."""
    OTHER = "other"
    """An application of another kind is on its way, and there is one at a time."""


@dataclass(frozen=True)
class Overview:
    row: EducatorRow
    name: str
    """What the educator goes by; else the register's name."""
    on_record: str
    """The name the register has: certificates are made out to it."""
    number: str
    contact: ContactDetails | None
    certificates: list[CertificateRow]
    drafts: list[DraftRow]
    statuses: list[StatusRow]
    districts: dict[str, DistrictRow]

    @property
    def open_drafts(self) -> list[DraftRow]:
        return [each for each in self.drafts if each.stage in {Stage.OPEN, Stage.PAYING}]

    @property
    def may_choose(self) -> bool:
        """An initial certificate is held, and no application is on its way."""
        initial = any(each.kind is CertificateKind.IPC for each in self.certificates)
        return initial and all(each.decision is not None for each in self.statuses)

    def now(self, kind: Kind, today: date) -> Now:
        started = {each.kind for each in self.open_drafts}
        under_way = {each.kind for each in self.statuses if each.decision is None}
        if kind in started:
            return Now.STARTED
        if kind in under_way:
            return Now.UNDER_WAY
        if started | under_way:
            return Now.OTHER
        if starting_points(kind, self.certificates, today):
            return Now.OPEN
        return Now.INACTIVE if self.may_choose else Now.NOTHING

    def live(self) -> dict[object, DraftRow]:
        """By certificate: the draft or application that has not ended."""
        undecided = {each.application_id for each in self.statuses if each.decision is None}
        return {
            each.certificate_id: each
            for each in self.drafts
            if each.stage in {Stage.OPEN, Stage.PAYING} or each.application_id in undecided
        }


async def overview(edge: Edge, person: PersonId) -> Overview:
    """Raises NotFound, or Updating while the views are behind."""
    async with edge.running.read(educator=person) as db:
        row = await reading.educator(db, person)
        certificates = await reading.certificates(db, person)
        drafts = await reading.drafts(db, person)
        statuses = await reading.statuses(db, person)
        codes = {*(each.district for each in drafts), *(each.district for each in statuses)}
        districts = await reading.districts(db, *codes)
    if row is None:
        raise edge.absent()
    keys = edge.running.keys
    contact = await keys.open(row.contact, ContactDetails)
    name = await keys.open(row.name, PersonName)
    number = await keys.open(row.educator_number, str)
    shown = contact.name if contact else name
    called, on_record = str(shown or "Name erased"), str(name or "Name erased")
    return Overview(row, called, on_record, number or "", contact, certificates, drafts, statuses, districts)


async def last_report(edge: Edge, seen: Overview) -> EducatorReport:
    """What was reported last, in whichever application; empty where nothing was."""
    for row in seen.drafts:
        answers = await edge.drafts.answers(row.educator_id, row.application_id)
        if answers.education is not None:
            return (await edge.drafts.opened(answers)).report
    return EducatorReport()


async def judged(edge: Edge, seen: Overview, kind: Kind) -> Sequence[Judged]:
    """The criteria of a kind on what is held today; what is only reported is not yet known."""
    certificate = main_certificate(seen.certificates, edge.today(), kind)
    report = await last_report(edge, seen)
    lacks = {each.criterion: each.words for each in shortfalls(kind, report, edge.today(), None) if each.entered}
    facts = Facts(
        judged_on=edge.today(),
        certificate=certificate.held if certificate else None,
        reported=report,
        on_file=(await filed(edge.running, seen.row)).for_rules,
    )
    return [
        Judged(IN_FORCE.criterion(each.criterion), each, lacks.get(each.criterion, ""))
        for each in evaluate(IN_FORCE, kind, facts)
    ]


def early(edge: Edge, seen: Overview, kind: Kind) -> str | None:
    """A warning outside the days before expiry, where the kind looks at them; it never keeps anybody from applying."""
    if UPG_ACTIVE not in {each.id for each in IN_FORCE.of(kind).criteria}:
        return None
    certificate = main_certificate(seen.certificates, edge.today(), kind)
    if certificate is None or certificate.kind is not CertificateKind.IPC:
        return None
    return warn_outside_window(certificate.expires_on, edge.today())
