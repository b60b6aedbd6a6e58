"""Reading a CSV file: UTF-8, a header line, a row a line. A wrong row is named; only a wrong file ends it."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from lectern_local.importing.kinds import KindOfFile

MOST_BYTES = 64 * 1024 * 1024
MOST_FIELD = 10_000


class BadFile(Exception):  # noqa: N818 - a sentence for the person who chose the file
    """The file cannot be read as such a file; the message says what to do."""


@dataclass(frozen=True)
class Row:
    """`line` counts the lines of the file from 1, the header included."""

    line: int
    values: dict[str, str]


@dataclass(frozen=True)
class BadRow:
    """`field` is empty where the row as a whole is wrong."""

    line: int
    field: str
    message: str


def read(content: bytes, kind: KindOfFile) -> tuple[list[Row], list[BadRow]]:
    """The good rows and what is wrong with the others. Raises BadFile."""
    lines = csv.reader(io.StringIO(_text(content), newline=""), strict=True)
    header = _header(lines, kind)
    rows: list[Row] = []
    bad: list[BadRow] = []
    while True:
        try:
            fields = next(lines, None)
        except csv.Error as error:
            bad.append(BadRow(lines.line_num, "", f"This line is not CSV ({error}); it and what follows was not read."))
            return rows, bad
        if fields is None:
            return rows, bad
        if not any(each.strip() for each in fields):
            continue
        found = _row(lines.line_num, header, fields)
        if isinstance(found, Row):
            rows.append(found)
        else:
            bad.append(found)


def _text(content: bytes) -> str:
    if len(content) > MOST_BYTES:
        raise BadFile(f"The file is over {MOST_BYTES // 1024 // 1024} MiB: split it.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise BadFile(f"Line {line} is not UTF-8: save the file as UTF-8 (CSV UTF-8).") from None
    if "\0" in text:
        raise BadFile("The file holds NUL characters: it is no CSV text.")
    return text


def _header(lines: Iterator[list[str]], kind: KindOfFile) -> list[str]:
    try:
        header = [each.strip() for each in next(lines, [])]
    except csv.Error as error:
        raise BadFile(f"The first line is not CSV ({error}).") from None
    names = {each.name for each in kind.columns}
    expected = ",".join(each.name for each in kind.columns)
    if not any(header):
        raise BadFile(f"The file is empty: its first line must be {expected}.")
    if missing := [each for each in kind.needed if each not in header]:
        raise BadFile(f"The first line lacks {', '.join(missing)}: it must name {expected}.")
    if unknown := [each or "(no name)" for each in header if each not in names]:
        raise BadFile(f"The first line names {', '.join(unknown)}, which {kind.name} do not have: {expected}.")
    if twice := sorted({each for each in header if header.count(each) > 1}):
        raise BadFile(f"The first line names {', '.join(twice)} twice.")
    return header


def _row(line: int, header: list[str], fields: list[str]) -> Row | BadRow:
    if len(fields) != len(header):
        return BadRow(line, "", f"This line has {len(fields)} values, the header {len(header)}.")
    for name, value in zip(header, fields, strict=True):
        if len(value) > MOST_FIELD:
            return BadRow(line, name, f"This value is over {MOST_FIELD:,} characters.")
    return Row(line, {name: value.strip() for name, value in zip(header, fields, strict=True)})
