"""A reviewed table is tab separated, starts with a header, and fails with its file and line when it is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from unicodedata import is_normalized

# A blank at the end of a field, or one that looks like a space and is none: neither would ever match.
_BLANKS = (" \t", "\t ", " \n", "\n ", "\u00a0", "\u202f", "\u2009")


class TableError(ValueError):
    """A table breaks a rule; the message begins with `<file>:<line>:`."""

    def __init__(self, path: Path, line: int, reason: str) -> None:
        super().__init__(f"{path}:{line}: {reason}")
        self.path = path
        self.line = line


def rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, list[str]]]:
    """Yield (line number from 1, fields) of every row below the header.

    Raises `TableError` where the file is not UTF-8 in NFC (two spellings of one letter would never match), the
    header is not `columns`, a row has another number of fields, or a field has blanks at its ends or
    other blanks than spaces.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise TableError(path, 1, f"not UTF-8: {error.reason} at byte {error.start}") from error
    lines = text.removesuffix("\n").split("\n")
    if lines[0].split("\t") != list(columns):
        raise TableError(path, 1, f"the header must be {' '.join(columns)}, separated by tabs")
    # The whole text is looked at first: tables have ten thousand rows, and a wrong one is the exception.
    composed = is_normalized("NFC", text)
    trimmed = not any(blank in text for blank in _BLANKS)
    width = len(columns)
    for number, line in enumerate(lines[1:], start=2):
        if not composed and not is_normalized("NFC", line):
            raise TableError(path, number, f"not in Unicode normal form C: {line!r}")
        fields = line.split("\t")
        if len(fields) != width:
            raise TableError(path, number, f"{width} fields expected, {len(fields)} found")
        if not trimmed:
            _refuse_blanks(path, number, fields)
        yield number, fields


def _refuse_blanks(path: Path, line: int, fields: list[str]) -> None:
    for field in fields:
        if field != field.strip() or any(blank in field for blank in _BLANKS):
            raise TableError(path, line, f"blanks around {field!r}, or other blanks than spaces in it")
