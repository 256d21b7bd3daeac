"""The table of the fault tests: what was tried, what must hold, what was measured, whether it held.

The page is written anew after each row, and rows that were not measured this time stay, so that the long form can be
run row by row. What the short form measures does not take the place of what the long form did.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tests.faults.scale import LONG
from tests.report import Report, machine

__all__ = ["Report", "Row", "measured_now", "write"]

_HOLDS, _FAILS = "holds", "**fails**"
_FORM = "long" if LONG else "short"
_LINE = re.compile(
    r"^\| `(?P<name>[^`]+)` \| (?P<test>.*) \| (?P<bar>.*) \| (?P<measured>.*) \| (?P<when>[^|]+)"
    r" \| (?P<verdict>.*) \|$"
)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; `name` is what `make faults ROWS=…` takes, `when` says the day and the form."""

    name: str
    test: str
    bar: str
    measured: str
    when: str
    holds: bool

    def line(self) -> str:
        """Return the row as it stands in the page."""
        cells = (f"`{self.name}`", self.test, self.bar, self.measured, self.when, _HOLDS if self.holds else _FAILS)
        return f"| {' | '.join(cells)} |"

    @classmethod
    def read(cls, line: str) -> Row | None:
        """Read a line of the page, if it is a row."""
        if (found := _LINE.match(line)) is None:
            return None
        return cls(
            found["name"], found["test"], found["bar"], found["measured"], found["when"], found["verdict"] == _HOLDS
        )


def measured_now(name: str, test: str, bar: str, measured: str, holds: bool) -> Row:
    """Make a row of today; names come from pytest, which allows what a table does not."""
    return Row(
        name.replace("|", "/"), test, bar, measured.replace("|", "/").replace("\n", " "), f"{_today()}, {_FORM}", holds
    )


def page(rows: Iterable[Row]) -> str:
    """Write the table as a page, with the machine and the versions it was measured with."""
    lines = [
        "# What happens when things break",
        "",
        "Written by `tests/faults`. Every count is compared cell by cell with `drone-tally tally` over the articles"
        " that were sent. `make faults` measures the long form of all rows, `make faults ROWS=name` of some; the short"
        " form is part of `make test`.",
        "",
        f"Machine, last on {_today()}: {machine()}.",
        "",
        "| row | test | bar | measured | on, form | verdict |",
        "|---|---|---|---|---|---|",
    ]
    return "\n".join([*lines, *(row.line() for row in sorted(rows, key=lambda row: row.name))]) + "\n"


def write(rows: Iterable[Row]) -> None:
    """Write rows to the page that `DRONETALLY_TEST_REPORT` names, if it names one, beside those that stand there."""
    name = os.environ.get("DRONETALLY_TEST_REPORT")
    if not name:
        return
    file = Path(name)
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    merged = {row.name: row for row in map(Row.read, lines) if row}
    for row in rows:
        if row.when.endswith("long") or row.name not in merged or not merged[row.name].when.endswith("long"):
            merged[row.name] = row
    file.write_text(page(merged.values()), encoding="utf-8")


def _today() -> str:
    return f"{datetime.now(UTC):%Y-%m-%d}"
