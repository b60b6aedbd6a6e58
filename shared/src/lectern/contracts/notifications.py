"""Public facts of the notices' service."""

from typing import ClassVar, Literal, TypeAlias

from pydantic import AwareDatetime

from lectern.contracts.facts import PublicFact
from lectern.contracts.values import ApplicationId, NoticeId

PUBLISHER = "notifications"


class NoticeFact(PublicFact):
    publisher: ClassVar[str] = PUBLISHER
    stream: ClassVar[str] = "notice"

    notice_id: NoticeId
    notice: str
    """Which notice of the state's list: `submitted`, `new-item` ..."""
    template: str
    """The version of the template it was made from."""
    to: str
    """Who it is for: `educator`, `district`, `dese`."""
    application_id: ApplicationId | None


class NoticeSent(NoticeFact):
    """The mail server took it."""

    type: Literal["NoticeSent"] = "NoticeSent"
    sent_at: AwareDatetime


class NoticeFailed(NoticeFact):
    """The mail server refused it for good; the reason is the server's reply code, without addresses."""

    type: Literal["NoticeFailed"] = "NoticeFailed"
    reason: str
    failed_at: AwareDatetime


class NoticeUncertain(NoticeFact):
    """The mail server did not answer after the message was handed over: it may have gone. A person decides."""

    type: Literal["NoticeUncertain"] = "NoticeUncertain"
    noticed_at: AwareDatetime


NotificationsFact: TypeAlias = NoticeSent | NoticeFailed | NoticeUncertain
