"""What an educator is applying with: for each certificate at most one draft or application that has not ended."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
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
    instead_of: ApplicationId | None = None
    """The application that has the certificate until this one takes its place."""
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
    instead: Mapping[CertificateId, ApplicationId] = field(default_factory=dict)
    """A draft that takes the place of the live one as soon as that has ended."""
    tries: Mapping[CertificateId, int] = field(default_factory=dict)
    """How many such drafts were begun; part of their claims."""

    def turn(self, certificate: CertificateId) -> int:
        """The how-manieth application of this certificate the next one is; part of its claim."""
        return self.ended.get(certificate, 0) + 1

    def certificates_of(self, application: ApplicationId) -> tuple[CertificateId, ...]:
        either = {*self.live.items(), *self.instead.items()}
        return tuple(sorted(certificate for certificate, live in either if live == application))

    def without(self, *certificates: CertificateId) -> "Applying":
        """Free, or with the draft that waited for it."""
        live = {each: application for each, application in self.live.items() if each not in certificates}
        live |= {each: application for each, application in self.instead.items() if each in certificates}
        instead = {each: application for each, application in self.instead.items() if each not in certificates}
        return replace(
            self, live=live, instead=instead, ended={**self.ended, **{each: self.turn(each) for each in certificates}}
        )

    def ending(self, application: ApplicationId) -> "Applying":
        instead = {each: waits for each, waits in self.instead.items() if waits != application}
        return replace(self, instead=instead).without(*(c for c, live in self.live.items() if live == application))


ApplyingsFact: TypeAlias = ApplyingBegan | ApplyingLeft | ApplyingEnded


def evolve(applying: Applying, fact: ApplyingsFact) -> Applying:
    match fact:
        case ApplyingBegan(instead_of=None):
            return replace(applying, live={**applying.live, fact.certificate_id: fact.application_id})
        case ApplyingBegan():
            tries = applying.tries.get(fact.certificate_id, 0) + 1
            return replace(
                applying,
                instead={**applying.instead, fact.certificate_id: fact.application_id},
                tries={**applying.tries, fact.certificate_id: tries},
            )
        case ApplyingEnded():
            return applying.ending(fact.application_id)
        case ApplyingLeft():
            return applying.without(fact.certificate_id)
        case _:
            assert_never(fact)


applying = Noun[Applying]("applying", Applying(), evolve, facts=(ApplyingBegan, ApplyingLeft, ApplyingEnded))
