"""Match token to person: how a claim finds its record. The command judges what was found by the person's own stream."""

from dataclasses import dataclass
from pathlib import Path

from lectern.contracts.review import PersonRecorded
from lectern.contracts.values import PersonId
from lectern.eventlog.views import View


@dataclass(frozen=True)
class MatchToken:
    person_id: PersonId
    token: str


def fold(_: MatchToken | None, fact: PersonRecorded) -> MatchToken:
    return MatchToken(fact.person_id, fact.match_token)


match_tokens = View(
    name="match_tokens",
    version=1,
    row=MatchToken,
    key=lambda fact: fact.person_id,
    fold=fold,
    facts=(PersonRecorded,),
    sql=Path(__file__).with_suffix(".sql"),
)
