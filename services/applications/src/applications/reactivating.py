"""What a reactivation is about: the expired certificates its educator checks, and the course one route rests on."""

from collections.abc import Sequence
from datetime import date

from applications.answering import Answer, page
from applications.applying import Applying, ApplyingBegan, ApplyingLeft, applying
from applications.certificate import Certificate, Held
from applications.draft import Draft
from applications.draft_facts import CertificatesChosen, CourseReported
from applications.starting_point import hindered, hindrance, too_old
from lectern.contracts.sealed import Sealed, State
from lectern.contracts.values import CertificateId, CourseTaken, Kind, Task
from lectern.eventlog.errors import NotFound, Refused
from lectern.eventlog.streams import Entry
from lectern.rules import IN_FORCE


class ChooseCertificates(Answer):
    certificate_ids: tuple[CertificateId, ...]
    today: date


def choose_certificates(
    draft: Draft, live: Applying, certificates: Sequence[Certificate], command: ChooseCertificates
) -> list[CertificatesChosen | Entry]:
    """Each is spoken for by this application from now on; those that were checked before and are not now are free."""
    answers = page(draft, command, Task.CERTIFICATES)
    if Task.CERTIFICATES not in IN_FORCE.of(answers.kind).steps:
        raise Refused("This application is about the certificate it started from.")
    if not command.certificate_ids:
        raise Refused("Choose at least one certificate to reactivate.", field="certificates")
    for each in certificates:
        _may_be_chosen(each, answers.kind, command)
    mine = live.certificates_of(command.application_id)
    taken = [each for each in command.certificate_ids if live.live.get(each) not in {None, command.application_id}]
    if taken:
        raise Refused("You have another application for one of these certificates already.", field="certificates")
    chosen = CertificatesChosen(
        application_id=command.application_id, certificate_ids=command.certificate_ids, saved_at=command.now
    )
    return [
        chosen,
        *(_left(each, command) for each in mine if each not in command.certificate_ids),
        *(_began(each, live, command) for each in command.certificate_ids if each not in mine),
    ]


def _may_be_chosen(certificate: Certificate, kind: Kind, command: ChooseCertificates) -> None:
    if not (isinstance(certificate, Held) and certificate.person_id == command.educator_id):
        raise NotFound("no such certificate")
    if hindering := hindrance(kind, certificate.as_recorded, command.today):
        raise Refused(
            f"One of these certificates can’t be reactivated. {hindered(hindering, certificate.as_recorded)}",
            field="certificates",
        )


def _began(certificate_id: CertificateId, live: Applying, command: ChooseCertificates) -> Entry:
    began = ApplyingBegan(
        educator_id=command.educator_id,
        application_id=command.application_id,
        kind=Kind.REACTIVATION,
        certificate_id=certificate_id,
        began_at=command.now,
    )
    to = applying(command.educator_id, subject=command.educator_id)
    return Entry(began, to, claim=f"live:{certificate_id}:{live.turn(certificate_id)}")


def _left(certificate_id: CertificateId, command: ChooseCertificates) -> Entry:
    left = ApplyingLeft(
        educator_id=command.educator_id,
        application_id=command.application_id,
        certificate_id=certificate_id,
        left_at=command.now,
    )
    return Entry(left, applying(command.educator_id, subject=command.educator_id))


class ReportCourse(Answer):
    course: CourseTaken
    sealed: Sealed[CourseTaken, State]
    today: date


def report_course(draft: Draft, command: ReportCourse) -> list[CourseReported]:
    """A course that is too old is refused where it is entered, so that nobody goes on in vain."""
    answers = page(draft, command, Task.COURSE)
    if Task.COURSE not in IN_FORCE.of(answers.kind, answers.route).steps:
        raise Refused("This application does not rest on a college course.")
    if hindering := too_old(command.course, command.today):
        raise Refused(f"{hindering.shortfall}. This course can’t reactivate a certificate today.", field="completed_on")
    return [CourseReported(application_id=command.application_id, course=command.sealed, saved_at=command.now)]
