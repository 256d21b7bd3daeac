"""The table of docs/performance.md: one row for each bar, written anew after each row that was measured.

What stands around the table is written by people and stays; so do rows that were not measured this time.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tests.report import machine

PAGE = Path(__file__).parents[1] / "docs/performance.md"
_BEGIN, _END = "<!-- measured -->", "<!-- end -->"
_HEAD = ("row", "what", "against", "bar", "measured", "on", "verdict")


@dataclass(frozen=True, slots=True)
class Row:
    """One line: what was measured against what, what is wanted, what came out; `holds` None where nothing is judged."""

    name: str
    what: str
    against: str
    bar: str
    measured: str
    holds: bool | None
    day: str = ""

    def line(self) -> str:
        """Return the row as it stands in the page."""
        verdict = "–" if self.holds is None else "holds" if self.holds else "**misses**"
        day = self.day or f"{datetime.now(UTC):%Y-%m-%d}"
        return f"| `{self.name}` | {self.what} | {self.against} | {self.bar} | {self.measured} | {day} | {verdict} |"


def show(rows: Iterable[Row]) -> str:
    """Write rows as a table."""
    lines = [f"| {' | '.join(_HEAD)} |", "|" + "---|" * len(_HEAD), *(row.line() for row in rows)]
    return "\n".join(lines) + "\n"


def enter(rows: Sequence[Row], libraries: Sequence[str], order: Sequence[str], page: Path = PAGE) -> None:
    """Put rows into the page in place of those of the same name; `order` names all rows there may be."""
    text = page.read_text(encoding="utf-8")
    before, table, after = (
        text[: text.index(_BEGIN)],
        text[text.index(_BEGIN) : text.index(_END)],
        text[text.index(_END) :],
    )
    lines = {found[1]: line for line in table.splitlines() if (found := re.match(r"\| `([^`]+)` ", line))}
    lines |= {row.name: row.line() for row in rows}
    ordered = [lines[name] for name in order if name in lines]
    head = [f"| {' | '.join(_HEAD)} |", "|" + "---|" * len(_HEAD)]
    told = f"Measured last on: {machine(libraries)}."
    page.write_text("\n".join([before + _BEGIN, told, "", *head, *ordered, ""]) + after, encoding="utf-8")


def middle(values: Iterable[float], form: str = ".2f") -> str:
    """Tell the median, and from where to where the values lie."""
    found = sorted(values)
    return f"{statistics.median(found):{form}} ({found[0]:{form}}–{found[-1]:{form}})"
