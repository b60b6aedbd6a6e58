"""An educator is told that a draft is kept for some days only: each time once."""

from datetime import timedelta
from uuid import uuid5

from pydantic import AwareDatetime

from lectern.contracts.applications import DraftExpiring
from lectern.contracts.days import end_of
from lectern.contracts.values import NoticeId
from lectern.eventlog.errors import NotYet
from lectern.eventlog.streams import Command, Reacting
from notifications.contacts import Educator, Unheard, educator
from notifications.notice import DRAFT_EXPIRING, NoticeRequested, Request, Unrequested, notice_request
from notifications.requesting import NOTICE_IDS


class TellOfDraft(Command):
    notice_id: NoticeId
    fact: DraftExpiring
    saved_at: AwareDatetime


def tell_of_draft(request: Request, recipient: Unheard | Educator, command: TellOfDraft) -> list[NoticeRequested]:
    """Raises NotYet while the educator has not been heard of."""
    if not isinstance(request, Unrequested):
        return []
    said = command.fact
    if isinstance(recipient, Unheard):
        raise NotYet(f"educator {said.educator_id}")
    return [
        NoticeRequested(
            notice_id=command.notice_id,
            notice=DRAFT_EXPIRING.name,
            to=DRAFT_EXPIRING.to,
            template=DRAFT_EXPIRING.template,
            application_id=said.application_id,
            educator_id=said.educator_id,
            reference=None,
            kind=said.kind,
            submission=0,
            district=None,
            expires_on=said.expires_on,
            since=command.saved_at,
            happened_at=said.noticed_at,
        )
    ]


def on_draft_expiring(fact: DraftExpiring) -> list[Reacting]:
    notice_id = NoticeId(uuid5(NOTICE_IDS, f"{DRAFT_EXPIRING.name}|{fact.application_id}|{fact.expires_on}"))
    # Its day in Missouri is what the words say.
    command = TellOfDraft(notice_id=notice_id, fact=fact, saved_at=end_of(fact.saved_on) - timedelta(seconds=1))
    return [
        Reacting(
            (notice_request(notice_id, subject=fact.educator_id), educator(fact.educator_id)), tell_of_draft, command
        )
    ]
