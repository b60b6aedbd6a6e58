"""What an educator is applying with: for each certificate at most one draft or application that has not ended."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias, assert_never

from pydantic import AwareDatetime

from lectern.contracts.facts import PrivateFact
from lectern.contracts.values import ApplicationId, CertificateId, Kind, PersonId
from lectern.eventlog.streams import Noun


class ApplyingFact(PrivateFact):
    educator_id: PersonId
    application_id: ApplicationId


class ApplyingBegan(ApplyingFact):
    """The certificate is spoken for by this application, from its draft on."""

    type: Literal["ApplyingBegan"] = "ApplyingBegan"
    kind: Kind
    certificate_id: CertificateId
    began_at: AwareDatetime


class ApplyingLeft(ApplyingFact):
    """The draft goes on without this certificate, which is free for another application."""

    type: Literal["ApplyingLeft"] = "ApplyingLeft"
    certificate_id: CertificateId
    left_at: AwareDatetime


class ApplyingEnded(ApplyingFact):
    """The application was decided or withdrawn, or its draft deleted: the certificate is free for another."""

    type: Literal["ApplyingEnded"] = "ApplyingEnded"
    ended_at: AwareDatetime


@dataclass(frozen=True)
class Applying:
    live: Mapping[CertificateId, ApplicationId] = field(default_factory=dict)
    ended: Mapping[CertificateId, int] = field(default_factory=dict)

    def turn(self, certificate: CertificateId) -> int:
        """The how-manieth application of this certificate the next one is; part of its claim."""
        return self.ended.get(certificate, 0) + 1

    def certificates_of(self, application: ApplicationId) -> tuple[CertificateId, ...]:
        return tuple(each for each, live in self.live.items() if live == application)

    def without(self, *certificates: CertificateId) -> "Applying":
        live = {each: application for each, application in self.live.items() if each not in certificates}
        return Applying(live, {**self.ended, **{each: self.turn(each) for each in certificates}})


ApplyingsFact: TypeAlias = ApplyingBegan | ApplyingLeft | ApplyingEnded


def evolve(applying: Applying, fact: ApplyingsFact) -> Applying:
    match fact:
        case ApplyingBegan():
            return Applying({**applying.live, fact.certificate_id: fact.application_id}, applying.ended)
        case ApplyingEnded():
            return applying.without(*applying.certificates_of(fact.application_id))
        case ApplyingLeft():
            return applying.without(fact.certificate_id)
        case _:
            assert_never(fact)


applying = Noun[Applying]("applying", Applying(), evolve, facts=(ApplyingBegan, ApplyingLeft, ApplyingEnded))
