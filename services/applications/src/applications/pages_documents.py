"""Files of a draft: unofficial copies beside education and experience, and what explains an answer on conduct."""

from dataclasses import dataclass, field
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from applications.document_desk import OnPage
from applications.documents import Attached, of_page
from applications.draft_page import Elsewhere, OpenDraft, open_draft
from applications.edge import ClaimedEducator, Edge, Educator, PageForm, wants_check
from applications.pages_answering import by
from lectern.contracts.documents import Document, DocumentId
from lectern.contracts.values import ApplicationId, Task
from lectern.eventlog.errors import NotFound, Refused
from lectern.files import ACCEPTED, NotAdmitted
from lectern.rules.documents import OF_PROGRAMS, SHOWS
from lectern.rules.rule_sets import KindRules
from lectern.rules.wording import CONDUCT_QUESTIONS
from lectern.web import (
    FILE,
    Filled,
    Says,
    attached_document,
    blank,
    read_form,
    read_upload,
    render,
    see_other,
    waits_for,
)
from lectern.web.shown_files import SCAN, ScanWords

BY_ID: Final = {each.id: each for each in CONDUCT_QUESTIONS}


class DocumentForm(PageForm):
    shows: Annotated[str, Says(missing="Choose what the file shows", wrong="Choose what the file shows")]
    replaces: UUID | None = None


class RemoveForm(PageForm):
    """A button."""


@dataclass(frozen=True)
class Line:
    """A file as a page shows it."""

    id: DocumentId
    name: str
    shows: str
    size: int
    attached: Attached

    @property
    def state(self) -> ScanWords:
        return SCAN[self.attached.checked]

    @property
    def may_change(self) -> bool:
        return self.attached.submission is None


@dataclass(frozen=True)
class On:
    """Where a request is: whose draft, which page of it."""

    request: Request
    educator: Educator
    application_id: UUID
    page: OnPage
    draft: OpenDraft

    @property
    def address(self) -> str:
        middle = f"/conduct/{self.page.about}" if self.page.about else ""
        return f"/drafts/{self.application_id}{middle}/documents"

    @property
    def documents(self) -> dict[DocumentId, Attached]:
        return dict(of_page(self.draft.answers.documents, self.page.task, self.page.about))

    @property
    def choices(self) -> tuple[tuple[str, str], ...]:
        """What a file can show, where that is asked."""
        return () if self.page.about else shows(self.draft.asks)


@dataclass(frozen=True)
class DocumentPages:
    edge: Edge
    router: APIRouter = field(default_factory=lambda: APIRouter(include_in_schema=False))

    def routes(self) -> APIRouter:
        base, fresh = "/drafts/{application_id}", [Depends(waits_for)]
        for path in (f"{base}/documents", f"{base}/conduct/{{question}}/documents"):
            self.router.add_api_route(path, self.get_page, methods=["GET"], dependencies=fresh)
            self.router.add_api_route(path, self.post_page, methods=["POST"])
        self.router.add_api_route(f"{base}/documents/{{document_id}}/remove", self.post_remove, methods=["POST"])
        self.router.add_api_route(
            "/applications/{application_id}/documents/{document_id}", self.get_file, methods=["GET"]
        )
        return self.router

    async def get_page(
        self,
        request: Request,
        educator: ClaimedEducator,
        application_id: UUID,
        question: str = "",
        replaces: UUID | None = None,
    ) -> Response:
        on = await self._on(request, educator, application_id, question)
        if isinstance(on, Elsewhere):
            return see_other(on.url)
        old = on.documents.get(DocumentId(replaces)) if replaces else None
        known = await self._known(on, DocumentId(replaces)) if replaces and old and old.submission is None else {}
        return await self._page(on, blank(DocumentForm, back=wants_check(request), **known))

    async def _known(self, on: On, replaces: DocumentId) -> dict[str, object]:
        """What stands in the form where a file is replaced."""
        (found,) = await self.edge.documents.opened({replaces: on.documents[replaces]})
        return {"replaces": replaces, "shows": found.document.shows if found.document else None}

    async def post_page(
        self, request: Request, educator: ClaimedEducator, application_id: UUID, question: str = ""
    ) -> Response:
        on = await self._on(request, educator, application_id, question)
        async with read_upload(request, DocumentForm) as upload:
            if isinstance(on, Elsewhere):
                return see_other(on.url)
            form = upload.form
            if form.ok and on.choices and form.value.shows not in dict(on.choices):
                form = form.refuse("Choose what the file shows", field="shows")
            if form.ok and upload.file is not None:
                try:
                    answer = await self.edge.documents.attach(
                        by(educator, application_id, form.value),
                        on.page,
                        upload.file,
                        shows=form.value.shows if on.choices else on.page.about,
                        call=form.call(),
                        replaces=DocumentId(form.value.replaces) if form.value.replaces else None,
                    )
                except NotAdmitted as wrong:
                    form = form.refuse(wrong.words, field=FILE)
                except Refused as refused:
                    form = form.refuse(refused, field=FILE)
                else:
                    return see_other(_with_back(on.address, form), after=answer.position)
        return await self._page(on, form)

    async def post_remove(
        self, request: Request, educator: ClaimedEducator, application_id: UUID, document_id: UUID
    ) -> Response:
        draft = await open_draft(self.edge, educator, application_id)
        form = await read_form(request, RemoveForm)
        if isinstance(draft, Elsewhere):
            return see_other(draft.url)
        attached = draft.answers.documents.get(DocumentId(document_id))
        if attached is None:
            raise NotFound("no such file")
        page = OnPage(attached.task, attached.about)
        on = On(request, educator, application_id, page, draft)
        if form.ok:
            try:
                of = by(educator, application_id, form.value)
                answer = await self.edge.documents.remove(of, DocumentId(document_id), form.call())
                return see_other(_with_back(on.address, form), after=answer.position)
            except Refused as refused:
                form = form.refuse(refused)
        return await self._page(on, blank(DocumentForm, back=form["back"]), form)

    async def get_file(self, educator: ClaimedEducator, application_id: UUID, document_id: UUID) -> Response:
        document, chunks = await self.edge.documents.to_hand_out(
            educator.person_id, ApplicationId(application_id), DocumentId(document_id)
        )
        return await attached_document(document, chunks)

    async def _on(self, request: Request, educator: Educator, application_id: UUID, question: str) -> "On | Elsewhere":
        """Raises NotFound, also where no files are taken."""
        _ = self.edge.documents.cabinet
        if question and question not in BY_ID:
            raise NotFound("no such question")
        page = OnPage(Task.CONDUCT, question) if question else OnPage(Task.EDUCATION)
        draft = await open_draft(self.edge, educator, application_id, page.task)
        return draft if isinstance(draft, Elsewhere) else On(request, educator, application_id, page, draft)

    async def _page(self, on: On, form: Filled[DocumentForm], removing: Filled[RemoveForm] | None = None) -> Response:
        lines = await document_lines(self.edge, on.documents)
        old = next((each for each in lines if str(each.id) == form["replaces"]), None)
        return render(
            on.request,
            "draft_documents.html",
            draft=on.draft,
            form=form,
            removing=removing,
            lines=lines,
            choices=on.choices,
            question=BY_ID.get(on.page.about),
            address=on.address,
            replacing=old,
            accept=ACCEPTED,
            scans=self.edge.running.settings.scanner != "none",
        )


def shows(asks: KindRules) -> tuple[tuple[str, str], ...]:
    """What a file can show about education and experience, by what this kind asks about."""
    programs = "development" in asks.report
    return tuple((code, words) for code, words in SHOWS.items() if programs or code not in OF_PROGRAMS)


async def document_lines(edge: Edge, documents: dict[DocumentId, Attached]) -> list[Line]:
    return [Line(each.id, *_named(each.document), each.attached) for each in await edge.documents.opened(documents)]


def _named(document: Document | None) -> tuple[str, str, int]:
    if document is None:
        return "Erased", "", 0
    return document.name, SHOWS.get(document.shows, ""), document.size


def _with_back(address: str, form: "Filled[DocumentForm] | Filled[RemoveForm]") -> str:
    return address + ("?back=check" if form.value.back == "check" else "")
