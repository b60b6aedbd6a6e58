"""Files to take away: never shown inside our pages, and never kept on the way."""

from starlette.responses import Response


def attached_pdf(pdf: bytes, name: str) -> Response:
    """`name` is ours and plain: file names hold nothing personal."""
    return Response(
        pdf, media_type="application/pdf", headers={"Content-Disposition": f'attachment; filename="{name}.pdf"'}
    )
