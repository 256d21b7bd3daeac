"""Tables as plain columns: one line a row whatever the width of the terminal, so that grep and awk can read them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from worker.logs import printable


def columns(header: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """Lay out rows under a header; every cell is made fit for a terminal, an empty one becomes `-`."""
    cells = [tuple(header), *(tuple(_cell(value) for value in row) for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in cells]


def _cell(value: object) -> str:
    return printable(" ".join(str(value).split())) if value not in (None, "") else "-"
