"""How a certificate stood on a day, from what the register knows now. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import assert_never

from lectern.contracts.days import chicago_day
from lectern.contracts.values import CertificateStatus
from review.certificate_lives import Cause, Changed, LifeRow


class Force(StrEnum):
    ACTIVE = "active"
    EXPIRED = "expired"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    SURRENDERED = "surrendered"
    UNKNOWN = "unknown"
    """On a day before the register's first record, of a certificate that was not simply running then."""


@dataclass(frozen=True)
class InForce:
    """A certificate on a day: what it was, and how it stood."""

    was: Changed
    force: Force


def on_day(lives: Iterable[LifeRow], day: date) -> list[InForce]:
    """Those that were issued by then, what lasts longest first."""
    found = [each for life in lives if (each := as_of(life, day)) is not None]
    return sorted(found, key=lambda each: (each.was.expires_on, each.was.issued_on), reverse=True)


def as_of(life: LifeRow, day: date) -> InForce | None:
    """None before it was issued."""
    past = [each for each in life.changes if each.since <= day]
    return InForce(past[-1], _force(past[-1], day)) if past else None


def _force(was: Changed, day: date) -> Force:
    """The last day counts. Before a record came, only what its dates say is known."""
    recorded_on = chicago_day(was.at)
    ended = day > was.expires_on
    match was.status:
        case CertificateStatus.ACTIVE:
            return Force.EXPIRED if ended else Force.ACTIVE
        case CertificateStatus.EXPIRED:
            if ended or day >= recorded_on:
                return Force.EXPIRED
            return Force.ACTIVE if was.expires_on < recorded_on else Force.UNKNOWN
        case CertificateStatus.SUSPENDED | CertificateStatus.REVOKED | CertificateStatus.SURRENDERED:
            known = was.cause is Cause.RULED or day >= recorded_on
            return Force(was.status.value) if known else Force.UNKNOWN
        case _:
            assert_never(was.status)
