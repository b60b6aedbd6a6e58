"""The mailbox over HTTP: pages for people, lists for the audit, and "was this ever delivered?" for who sent it."""

from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from lectern.eventlog.errors import NotFound
from lectern.web import Page, Problem, render
from lectern_local.mailbox import Entry, Mailbox
from lectern_local.mailbox_prose import prose, unbroken
from lectern_local.mailbox_smtp import SmtpServer

PAGE = 50
QUIET_SECONDS = 5.0


class FaultsWanted(BaseModel):
    """Which replies to lose from now on."""

    model_config = ConfigDict(extra="forbid")

    drop_next: Annotated[int, Field(ge=0, le=1_000_000)] = 0
    drop_every: Annotated[int, Field(ge=0, le=1_000_000)] = 0


def pages(mailbox: Mailbox) -> APIRouter:
    router = APIRouter()

    @router.get("/", response_model=None)
    async def get_mailbox(
        request: Request,
        q: Annotated[str, Query(max_length=200)] = "",
        before: Annotated[int | None, Query(ge=1, le=2**62)] = None,
    ) -> Response:
        entries = await mailbox.latest(q.strip(), before, PAGE + 1)
        total, twice = await mailbox.count()
        more = len(entries) > PAGE
        page = Page(
            previous="/" + _query(q=q.strip()) if before else "",
            next="/" + _query(q=q.strip(), before=entries[PAGE - 1].number) if more else "",
        )
        return render(
            request, "mailbox.html", entries=entries[:PAGE], page=page, q=q, total=total, twice=twice, unbroken=unbroken
        )

    @router.get("/mails/{number}", response_model=None)
    async def get_mail(request: Request, number: int) -> Response:
        mail = await mailbox.mail(number) if 0 < number < 2**62 else None
        if mail is None:
            raise NotFound("no such mail")
        copies = await mailbox.copies(mail.entry.message_id) if mail.entry.message_id else [mail.entry]
        return render(
            request, "mailbox_mail.html", mail=mail, copies=copies[:PAGE], body=prose(mail.text), unbroken=unbroken
        )

    @router.get("/mails/{number}/source", response_model=None)
    async def get_source(number: int) -> Response:
        mail = await mailbox.mail(number) if 0 < number < 2**62 else None
        if mail is None:
            raise NotFound("no such mail")
        return Response(mail.source, media_type="text/plain; charset=utf-8")

    return router


def api(mailbox: Mailbox, smtp: SmtpServer) -> APIRouter:
    router = APIRouter(prefix="/api")

    @router.get("/mails")
    async def get_mails(
        after: Annotated[int, Query(ge=0, le=2**62)] = 0, limit: Annotated[int, Query(ge=1, le=1000)] = 1000
    ) -> dict[str, Any]:
        """Every delivery, repeats included, oldest first."""
        entries = await mailbox.after(after, limit)
        next_ = entries[-1].number if len(entries) == limit else None
        return {"mails": [_row(entry) for entry in entries], "next": next_}

    @router.get("/outcome")
    async def get_outcome(message_id: Annotated[str, Query(min_length=1, max_length=500)]) -> dict[str, Any]:
        """How often a mail was delivered. 0 is final: who asks has stopped sending it, and no session is left open."""
        if not await smtp.quiet(QUIET_SECONDS):
            raise Problem(503, "Somebody is still sending", "Ask again in a moment.")
        copies = await mailbox.copies(message_id)
        return {"message_id": message_id, "copies": len(copies), "mails": [_row(entry) for entry in copies]}

    @router.get("/faults")
    async def get_faults() -> dict[str, int]:
        return _faults(smtp)

    @router.put("/faults")
    async def put_faults(wanted: FaultsWanted) -> dict[str, int]:
        """For tests: these replies are lost after the mail is kept."""
        smtp.faults.drop_next, smtp.faults.drop_every = wanted.drop_next, wanted.drop_every
        return _faults(smtp)

    return router


def _faults(smtp: SmtpServer) -> dict[str, int]:
    faults = smtp.faults
    return {"drop_next": faults.drop_next, "drop_every": faults.drop_every, "dropped": faults.dropped}


def _row(entry: Entry) -> dict[str, Any]:
    return {
        "number": entry.number,
        "message_id": entry.message_id,
        "received_at": entry.received_at.isoformat(),
        "recipients": entry.recipients,
        "subject": entry.subject,
        "notice": entry.notice,
        "copies": entry.copies,
    }


def _query(**values: object) -> str:
    said = {name: value for name, value in values.items() if value}
    return f"?{urlencode(said)}" if said else ""
