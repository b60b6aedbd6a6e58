"""An educator asks DESE to look at a denial again: once for each denial, within the time the application's rules give.

The certificate is spoken for again, as it was until the denial. What is decided on is what was handed in and attested.
"""

from datetime import date, timedelta
from typing import assert_never

from pydantic import AwareDatetime

from applications.application import Application, HandedIn, NotSubmitted, application
from applications.applying import Applying, ApplyingBegan, applying
from applications.at_dese import AtDese, Denied, NotDenied
from applications.draft import Discarded, Draft, NoDraft
from lectern.contracts.applications import ReconsiderationRequested
from lectern.contracts.sealed import Sealed, State
from lectern.contracts.values import ApplicationId, PersonId, Text
from lectern.eventlog.errors import NotFound, Refused
from lectern.eventlog.streams import Command, Entry
from lectern.rules.clocks import clock_parameters
from lectern.rules.words import day_words

MOST_BYTES = 8_000
"""Of what is written: it has to fit into one record on the wire, 256 KiB with everything in it."""


class AskReconsideration(Command):
    application_id: ApplicationId
    educator_id: PersonId
    cycle: int | None
    """The cycle whose denial was on the page; None: the last one."""
    why: Text
    """Plain for the rule; `sealed` for the fact."""
    sealed: Sealed[str, State]
    today: date
    now: AwareDatetime


def last_day(rules: str, denied_on: date) -> date | None:
    """Until when a denial can be asked about, that day included; None where the rule set knows no such thing."""
    days = clock_parameters(rules).reconsideration_days
    return denied_on + timedelta(days=days) if days else None


def ask_reconsideration(
    draft: Draft, handed_in: Application, denial: AtDese, live: Applying, command: AskReconsideration
) -> list[Entry]:
    """Raises NotFound for another educator's. A second click is nothing."""
    found = _own(draft, handed_in, command)
    match denial:
        case NotDenied():
            raise Refused("Only a denial can be looked at again, and DESE has not denied this application.")
        case Denied() if found.reconsidered >= denial.cycle:
            return []
        case Denied() if command.cycle not in (None, denial.cycle):
            raise Refused("DESE has decided again since you opened this page. Read the decision, then go on.")
        case Denied():
            pass
        case _:
            assert_never(denial)
    _in_time(found, denial, command)
    if not command.why:
        raise Refused("Say what DESE should look at again", field="why")
    if len(command.why.encode()) > MOST_BYTES:
        raise Refused("This is too long. Shorten it.", field="why")
    return [_requested(denial, command), *_spoken_for(draft, found, live, command)]


def _own(draft: Draft, handed_in: Application, command: AskReconsideration) -> HandedIn:
    if isinstance(draft, NoDraft | Discarded):
        raise NotFound("no such application")
    match handed_in:
        case NotSubmitted():
            raise NotFound("no such application")
        case HandedIn() if handed_in.educator_id != command.educator_id:
            raise NotFound("no such application")
        case HandedIn():
            return handed_in
        case _:
            assert_never(handed_in)


def _in_time(handed_in: HandedIn, denial: Denied, command: AskReconsideration) -> None:
    until = last_day(handed_in.rules, denial.on)
    if until is None:
        raise Refused("The rules this application was submitted under know no reconsideration.")
    if command.today > until:
        raise Refused(
            f"This decision could be looked at again until {day_words(until)}. You can start a new application."
        )
    if handed_in.submission != denial.submission:
        raise Refused(
            "You named another district just before DESE decided, so there is nothing that could be looked at again. "
            "You can start a new application."
        )


def _requested(denial: Denied, command: AskReconsideration) -> Entry:
    requested = ReconsiderationRequested(
        application_id=command.application_id,
        educator_id=command.educator_id,
        submission=denial.submission,
        cycle=denial.cycle,
        why=command.sealed,
        requested_at=command.now,
    )
    claim = f"reconsideration:{command.application_id}:{denial.cycle}"
    return Entry(requested, application(command.application_id), claim=claim)


def _spoken_for(draft: Draft, found: HandedIn, live: Applying, command: AskReconsideration) -> list[Entry]:
    """For each certificate at most one application that has not ended."""
    certificates = () if isinstance(draft, NoDraft | Discarded) else draft.answers.about
    for each in certificates:
        if (other := live.live.get(each)) is not None:
            raise Refused(
                "You have another application for this certificate. Withdraw it first, or wait until it is decided.",
                application_id=other,
            )
    return [
        Entry(
            ApplyingBegan(
                educator_id=command.educator_id,
                application_id=command.application_id,
                kind=found.kind,
                certificate_id=each,
                began_at=command.now,
            ),
            applying(command.educator_id),
            claim=f"live:{each}:{live.turn(each)}",
        )
        for each in certificates
    ]
