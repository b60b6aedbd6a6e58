"""What is known of an application when its criteria are judged."""

from dataclasses import dataclass
from datetime import date

from lectern.contracts.values import (
    CertificateKind,
    CertificateStatus,
    CourseSeen,
    CourseTaken,
    DistrictEvidence,
    EducatorReport,
    Route,
)


@dataclass(frozen=True)
class CertificateHeld:
    """A certificate as the register has it; all are Chicago days, and the last one counts."""

    kind: CertificateKind
    status: CertificateStatus
    issued_on: date
    expires_on: date
    recorded_on: date
    """The day this status was recorded."""


@dataclass(frozen=True)
class OnFile:
    """What DESE has on file about a person, as far as it was looked at."""

    transcripts: tuple[date, ...] = ()
    """The days on which official transcripts came in."""
    cleared_on: date | None = None
    """The day of the last background clearance."""


@dataclass(frozen=True)
class Facts:
    """What is known. `judged_on` is the day of submission, or today while there is none."""

    judged_on: date
    certificate: CertificateHeld | None
    evidence: DistrictEvidence | None = None
    """What the district recorded so far."""
    evidence_on: date | None = None
    """The day it is recorded; what begins later does not count. Without one: judged_on."""
    reported: EducatorReport | None = None
    route: Route | None = None
    """Of a reactivation."""
    others: tuple[CertificateHeld, ...] = ()
    """The certificates besides `certificate` that it is about."""
    course: CourseTaken | None = None
    """As the educator reports it."""
    seen: CourseSeen | None = None
    """As DESE read it in the transcript."""
    on_file: OnFile | None = None
    """None where it was not looked at."""

    @property
    def recorded(self) -> DistrictEvidence:
        return self.evidence or DistrictEvidence()

    @property
    def told(self) -> EducatorReport:
        return self.reported or EducatorReport()

    @property
    def on(self) -> date:
        """The day the district's records are judged on."""
        return self.evidence_on or self.judged_on
