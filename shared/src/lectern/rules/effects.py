"""What an approval does to the certificate it is about, by the rule set of the application."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from lectern.contracts.values import CertificateKind, Kind
from lectern.rules.calendar import Period, add_months, extended, reactivated, upgraded
from lectern.rules.rule_sets import Parameters, RuleSet


@dataclass(frozen=True)
class Effect:
    """What the certificate is afterwards."""

    kind: CertificateKind
    period: Period


_EFFECTS: Final[Mapping[Kind, Callable[[date, date, Parameters], Effect]]] = {
    Kind.UPGRADE: lambda _, approved_on, numbers: Effect(CertificateKind.CCPC, upgraded(approved_on, numbers)),
    Kind.EXTENSION: lambda expires_on, approved_on, numbers: Effect(
        CertificateKind.IPC, extended(expires_on, approved_on, numbers)
    ),
    Kind.REACTIVATION: lambda _, approved_on, numbers: Effect(CertificateKind.IPC, reactivated(approved_on, numbers)),
}


_LAST_DAYS: Final[Mapping[Kind, Callable[[date, Parameters], date | None]]] = {
    Kind.UPGRADE: lambda expires_on, _: expires_on,
    Kind.EXTENSION: lambda expires_on, numbers: add_months(expires_on, numbers.late_months),
    Kind.REACTIVATION: lambda _, __: None,
}


def submit_by(rules: RuleSet, kind: Kind, expires_on: date) -> date | None:
    """The last day on which an application about a certificate that expires, or expired, on `expires_on` is in time.

    None where there is none.
    """
    return _LAST_DAYS[kind](expires_on, rules.parameters)


def effect(rules: RuleSet, kind: Kind, *, expires_on: date, approved_on: date) -> Effect:
    """Of an approval on that Chicago day on a certificate that expires, or expired, on `expires_on`.

    Raises KeyError for a kind that changes no certificate in this way.
    """
    return _EFFECTS[kind](expires_on, approved_on, rules.parameters)
