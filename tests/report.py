"""Tables of measurements: what was tried, what must hold, what was measured, whether it held, and on which machine."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import Protocol

import pytest

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


_ROWS: pytest.StashKey[list[Row]] = pytest.StashKey()


def rows_of(config: pytest.Config) -> list[Row]:
    """Return the rows taken down so far in this run."""
    return config.stash.setdefault(_ROWS, [])


@pytest.fixture
def report(request: pytest.FixtureRequest) -> Report:
    """Take down a row of the table, and fail the test if its bar was missed."""
    rows = rows_of(request.config)

    def take_down(test: str, bar: str, measured: str, holds: bool, *, enough: bool = False) -> None:
        rows.append(Row(test, bar, measured, holds))
        assert holds or enough, f"{test}: {measured}; must be: {bar}"

    return take_down


def page(title: str, preface: str, rows: Sequence[Row], libraries: Sequence[str] = _LIBRARIES) -> str:
    """Write the table as a page, with the machine and the versions it was measured with."""
    lines = [
        f"# {title}",
        "",
        preface,
        "",
        f"Machine: {machine(libraries)}.",
        "",
        "| test | bar | measured | verdict |",
        "|---|---|---|---|",
    ]
    return "\n".join([*lines, *(f"| {' | '.join(row.cells())} |" for row in rows)]) + "\n"


def machine(libraries: Sequence[str] = _LIBRARIES) -> str:
    """Say what was measured on: the machine, and the versions of what matters."""
    versions = ", ".join(f"{name} {version(name)}" for name in libraries)
    return (
        f"{os.cpu_count()} cores, {_memory()}, {platform.system()} {platform.release()},"
        f" Python {platform.python_version()}, Apache Kafka {kafka_version(pinned_jars())}, {versions}"
    )


def _memory() -> str:
    pages, size = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    return f"{pages * size / 2**30:.0f} GiB"
