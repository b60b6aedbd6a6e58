"""What is taken, and what is not: each refusal says what to do."""

import zlib

import pytest
from files_given import chunk, exif, jpeg, packed_objects, pdf, png, segment

from lectern.contracts.documents import MediaType
from lectern.files import MOST_BYTES, NotAdmitted, admitted


@pytest.mark.parametrize(
    ("name", "data", "type_"),
    [
        ("transcript.pdf", pdf(), MediaType.PDF),
        ("Transcript 2024 (Drury).PDF", pdf(pages=100), MediaType.PDF),
        ("photo.jpg", jpeg(), MediaType.JPEG),
        ("photo.JPEG", jpeg(frame=0xC2), MediaType.JPEG),
        ("scan.png", png(), MediaType.PNG),
    ],
)
def test_takes_what_its_name_and_its_bytes_say(name: str, data: bytes, type_: MediaType) -> None:
    assert admitted(name, data).media_type is type_


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\Users\\me\\My transcript.pdf", "My transcript.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("<b>.pdf", "b.pdf"),
        (".pdf.pdf", "pdf.pdf"),
        ("José’s letter.jpeg.pdf", "José’s letter.jpeg.pdf"),
        ("%00.pdf", "00.pdf"),
    ],
)
def test_a_name_is_kept_as_far_as_it_can_be_shown(given: str, kept: str) -> None:
    assert admitted(given, pdf()).name == kept


@pytest.mark.parametrize(
    "name",
    [
        "letter.exe", "letter", "letter.", "letter.svg", "letter.html", "letter.docx", "letter.gif", "letter.heic",
        "letter.exe.pdf", "letter.html.pdf", "letter.js.png", "letter.pdf\0.exe", "letter\0.pdf", "letter\n.pdf",
        "letter\u202efdp.exe", "\u202eletter.pdf", "letter\u2066.pdf", "letter.pdf ", "letter.pdf.", "",
    ],
)  # fmt: skip
def test_refuses_names_that_pretend(name: str) -> None:
    with pytest.raises(NotAdmitted):
        admitted(name, pdf())


def test_refuses_what_is_empty_or_too_large() -> None:
    with pytest.raises(NotAdmitted, match="empty"):
        admitted("a.pdf", b"")
    with pytest.raises(NotAdmitted, match="larger than 10 MB"):
        admitted("a.pdf", pdf() + bytes(MOST_BYTES))


def test_says_what_a_file_is_whose_name_says_another_type() -> None:
    with pytest.raises(NotAdmitted, match="The name says a PDF, but the file is a PNG picture"):
        admitted("a.pdf", png())


def test_tells_owners_of_an_iphone_what_to_do() -> None:
    with pytest.raises(NotAdmitted, match="Most Compatible"):
        admitted("a.jpg", b"\0\0\0\x18ftypheic" + bytes(100))


# ── pictures


def test_a_photograph_no_longer_says_where_it_was_taken_but_which_way_up_it_is() -> None:
    data = jpeg(extra=exif(6) + segment(0xFE, b"a remark") + segment(0xED, b"Photoshop 3.0"))

    kept = admitted("a.jpg", data).data

    assert b"GPS" not in kept
    assert b"remark" not in kept
    assert b"Photoshop" not in kept
    assert exif(6, secret=b"") != kept
    assert b"Exif\0\0MM\0*" in kept
    assert admitted("a.jpg", kept).data == kept


def test_a_picture_keeps_nothing_behind_its_end() -> None:
    assert b"<script>" not in admitted("a.jpg", jpeg() + b"<script>alert(1)</script>").data
    assert b"PK" not in admitted("a.png", png() + b"PK\x05\x06" + bytes(18)).data


def test_a_png_loses_what_a_program_wrote_into_it() -> None:
    data = png(extra=chunk(b"tEXt", b"Author\0Jordan") + chunk(b"eXIf", b"II*\0") + chunk(b"sRGB", b"\0"))

    kept = admitted("a.png", data).data

    assert kept == png(extra=chunk(b"sRGB", b"\0"))


@pytest.mark.parametrize(
    "data",
    [
        jpeg()[:-1], jpeg()[:-6], jpeg()[:20], b"\xff\xd8\xff", jpeg(0, 16), jpeg(16, 0), jpeg(frame=0xC3),
        b"\xff\xd8" + segment(0xE0, b"JFIF\0") + b"\xff\xd9", jpeg(extra=b"\xff\xe5\xff\xff"),
        b"\xff\xd8\xff\xe0\x00\x01" + bytes(10),
    ],
)  # fmt: skip
def test_refuses_broken_photographs(data: bytes) -> None:
    with pytest.raises(NotAdmitted, match="damaged"):
        admitted("a.jpg", data)


@pytest.mark.parametrize(
    "data",
    [
        png()[:-1], png()[:30], b"\x89PNG\r\n\x1a\n", png().replace(b"IHDR", b"IHDS"), png(0), png(4, 0),
        png(dots=b""), png(dots=bytes(38)), png(dots=bytes(40)), png(extra=chunk(b"ABCD", b"")),
        png(extra=chunk(b"IHDR", bytes(13))), b"\x89PNG\r\n\x1a\n" + chunk(b"IEND", b""),
    ],
)  # fmt: skip
def test_refuses_broken_drawings(data: bytes) -> None:
    with pytest.raises(NotAdmitted, match="damaged"):
        admitted("a.png", data)


def test_refuses_pictures_with_too_many_dots_without_unpacking_them() -> None:
    with pytest.raises(NotAdmitted, match="too many dots"):
        admitted("a.png", png(60_000, 60_000, dots=b""))
    with pytest.raises(NotAdmitted, match="too many dots"):
        admitted("a.jpg", jpeg(65_000, 65_000))


def test_a_picture_that_swells_is_left_where_it_exceeds_its_size() -> None:
    bomb = png(dots=bytes(200_000_000))

    with pytest.raises(NotAdmitted, match="damaged"):
        admitted("a.png", bomb)


# ── PDF


@pytest.mark.parametrize(
    "acts",
    [
        b"/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>",
        b"/AA << /O << /S /J#61vaScript /J#53 (x) >> >>",
        b"/S /Launch /F (cmd.exe)",
        b"/Names << /EmbeddedFiles 5 0 R >>",
        b"/Type /EmbeddedFile",
        b"/Subtype /RichMedia",
        b"/XFA [ (template) 5 0 R ]",
        b"/S /SubmitForm /F (http://127.0.0.1/)",
        b"/S /GoToE",
    ],
)
def test_refuses_a_pdf_that_does_something(acts: bytes) -> None:
    with pytest.raises(NotAdmitted, match="holds a script"):
        admitted("a.pdf", pdf(more=b"9 0 obj\n<< " + acts + b" >>\nendobj"))


def test_looks_into_packed_objects() -> None:
    hidden = packed_objects(b"9 0 << /S /JavaScript /JS (x) >>")

    with pytest.raises(NotAdmitted, match="holds a script"):
        admitted("a.pdf", pdf(more=hidden))


@pytest.mark.parametrize(
    "hidden",
    [
        packed_objects(b"<<>>", described=b"/Filter [/ASCIIHexDecode /FlateDecode]"),
        packed_objects(b"<<>>", described=b"/Filter /LZWDecode"),
        packed_objects(b"no deflate", pack=False),
        b"% stream\n9 0 obj " + packed_objects(b"<<>>") + b" endstream",
        b"9 0 obj\n<< /Encrypt 7 0 R >>\nendobj",
    ],
)
def test_refuses_a_pdf_it_cannot_look_into(hidden: bytes) -> None:
    with pytest.raises(NotAdmitted, match="protected"):
        admitted("a.pdf", pdf(more=hidden))


def test_refuses_a_pdf_that_swells() -> None:
    swollen = zlib.compress(bytes(300_000_000))

    with pytest.raises(NotAdmitted, match="larger inside"):
        admitted("a.pdf", pdf(more=b"9 0 obj\n<< /Filter /FlateDecode >>\nstream\n" + swollen + b"\nendstream\nendobj"))
    with pytest.raises(NotAdmitted, match="larger inside"):
        admitted("a.pdf", pdf(more=packed_objects(bytes(17_000_000))))


def test_refuses_more_than_a_hundred_pages() -> None:
    with pytest.raises(NotAdmitted, match="more than 100 pages"):
        admitted("a.pdf", pdf(pages=101))


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-", b"%PDF-1.7\n", b"%PDF-1.7\nhello\n%%EOF", b"%PDF-9.9" + pdf()[8:], pdf()[:-7], pdf() + b"trailing",
        pdf(more=b"9 0 obj\n<<>>\nstream\nnever ends"),
    ],
)  # fmt: skip
def test_refuses_broken_pdfs(data: bytes) -> None:
    with pytest.raises(NotAdmitted, match="damaged"):
        admitted("a.pdf", data)


@pytest.mark.parametrize(
    "data",
    [
        b"GIF89a;" + pdf(), b"\n" + pdf(), b"<html>" + pdf(), b"MZ" + bytes(60) + pdf(), b"PK\x03\x04" + pdf(),
    ],
)  # fmt: skip
def test_a_pdf_begins_as_one(data: bytes) -> None:
    with pytest.raises(NotAdmitted, match="not a PDF"):
        admitted("a.pdf", data)


@pytest.mark.parametrize("page", [b"<html><body>", b"< SCRIPT >alert(1)", b"<svg onload=alert(1)>", b"<iframe src=x>"])
def test_refuses_a_pdf_that_is_a_page_too(page: bytes) -> None:
    with pytest.raises(NotAdmitted, match="holds a script"):
        admitted("a.pdf", pdf(more=b"% " + page))


def test_refuses_a_pdf_that_is_an_archive_too() -> None:
    archive = b"PK\x05\x06" + bytes(16) + b"\x07\0" + b"\n%%EOF\n"

    with pytest.raises(NotAdmitted, match="holds a script"):
        admitted("a.pdf", pdf() + archive)
