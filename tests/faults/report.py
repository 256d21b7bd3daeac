"""The table of the fault tests: what was tried, what must hold, what was measured, whether it held."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Protocol

from tests.faults.scale import LONG
from worker.broker.jars import kafka_version, pinned_jars


class Report(Protocol):
    """Takes down a test, its bar, what was measured and whether it held; fails the test if it did not.

    Where a bar is known not to be reached, `enough` says whether what the test insists on meanwhile held.
    """

    def __call__(self, test: str, bar: str, measured: str, holds: bool, *, enough: bool = False) -> None: ...


_LIBRARIES = ("faust-streaming", "aiokafka", "mode-streaming", "uvloop")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    test: str
    bar: str
    measured: str
    holds: bool

    def cells(self) -> tuple[str, ...]:
        """Return what stands in the columns."""
        return (self.test, self.bar, self.measured, "holds" if self.holds else "**fails**")


def page(rows: Sequence[Row]) -> str:
    """Write the table as a page, with the machine and the versions it was measured with."""
    form = "long" if LONG else "short"
    lines = [
        "# What happens when things break",
        "",
        f"Written by the {form} form of `tests/faults` on {datetime.now(UTC):%Y-%m-%d}"
        f" ({'`make faults`' if LONG else '`make test`'}). Every count is compared cell by cell with"
        " `drone-tally tally` over the articles that were sent.",
        "",
        f"Machine: {os.cpu_count()} cores, {_memory()}, {platform.system()} {platform.release()},"
        f" Python {platform.python_version()}, Apache Kafka {kafka_version(pinned_jars())},"
        f" {', '.join(f'{name} {version(name)}' for name in _LIBRARIES)}.",
        "",
        "| test | bar | measured | verdict |",
        "|---|---|---|---|",
    ]
    return "\n".join([*lines, *(f"| {' | '.join(row.cells())} |" for row in rows)]) + "\n"


def _memory() -> str:
    pages, size = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    return f"{pages * size / 2**30:.0f} GiB"


def write(rows: Sequence[Row]) -> None:
    """Write the page to the file that `DRONETALLY_TEST_REPORT` names, if it names one."""
    if name := os.environ.get("DRONETALLY_TEST_REPORT"):
        Path(name).write_text(page(rows), encoding="utf-8")
