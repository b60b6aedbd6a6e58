"""Files to take away: never shown inside our pages, and never kept on the way."""

from collections.abc import AsyncIterator
from typing import Final

import structlog
from starlette.responses import Response, StreamingResponse

from lectern.contracts.documents import Document, MediaType
from lectern.eventlog.errors import NotFound
from lectern.files import Missing
from lectern.files.cipher import Damaged

log = structlog.get_logger("lectern.web")

NOTHING_RUNS: Final = "default-src 'none'; sandbox; frame-ancestors 'none'"
_ENDING: Final = {MediaType.PDF: "pdf", MediaType.JPEG: "jpg", MediaType.PNG: "png"}


def attached_pdf(pdf: bytes, name: str) -> Response:
    """`name` is ours and plain: file names hold nothing personal."""
    return Response(
        pdf, media_type="application/pdf", headers={"Content-Disposition": f'attachment; filename="{name}.pdf"'}
    )


async def attached_document(document: Document, chunks: AsyncIterator[bytes]) -> Response:
    """What somebody handed in, to be saved and never shown by us. Its name is ours; nothing in it may run.

    Raises NotFound where its bytes are not there, or not those that were stored; where that shows later, it breaks off.
    """
    try:
        first = await anext(chunks, b"")
    except (Missing, Damaged) as error:
        log.error("a file cannot be handed out", document=str(document.document_id), error=type(error).__name__)  # noqa: TRY400 - the sentence is enough
        raise NotFound("the bytes are not there") from None

    async def whole() -> AsyncIterator[bytes]:
        yield first
        async for chunk in chunks:
            yield chunk

    name = f"unofficial-copy-{str(document.document_id)[-8:]}.{_ENDING[document.media_type]}"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Length": str(document.size),
        "Content-Security-Policy": NOTHING_RUNS,
    }
    return StreamingResponse(whole(), media_type=document.media_type.value, headers=headers)
