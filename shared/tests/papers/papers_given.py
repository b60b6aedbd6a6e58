"""Certificates as the tests print them, and what readers find in a PDF."""

import io
from dataclasses import replace
from datetime import date
from typing import Any

import pypdfium2
from pypdf import PdfReader

from lectern.contracts.values import CertificateKind
from lectern.papers import CertificatePaper

URL = "https://register.example/holders/0199c0de-1111-7222-8333-444455556666"
PAPER = CertificatePaper(
    kind=CertificateKind.CCPC,
    name="Jordan Avery",
    number="1048227",
    areas=("Elementary Education, grades 1-6", "Mathematics, grades 5-9"),
    issued_on=date(2026, 11, 25),
    valid_from=date(2026, 11, 25),
    valid_to=date(2125, 11, 24),
    recorded_on=date(2026, 11, 25),
    check_url=URL,
)


def named(name: str) -> CertificatePaper:
    return replace(PAPER, name=name)


def text_of(pdf: bytes) -> str:
    """All text as somebody gets who marks and copies it."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


def read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def root_of(pdf: bytes) -> Any:
    """The document's catalog."""
    return read(pdf).root_object


def tags_of(pdf: bytes) -> list[tuple[str, str]]:
    """The tag tree, flat: each tag with its alternative text."""
    found: list[tuple[str, str]] = []
    _walk(root_of(pdf)["/StructTreeRoot"], found)
    return found


def _walk(node: Any, found: list[tuple[str, str]]) -> None:
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for each in node:
            _walk(each, found)
    elif isinstance(node, dict):
        if "/S" in node:
            found.append((str(node["/S"]).removeprefix("/"), str(node.get("/Alt", ""))))
        _walk(node.get("/K", []), found)
