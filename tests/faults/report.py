"""The table of the fault tests, as a page."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from tests.faults.scale import LONG
from tests.report import Report, Row, page

__all__ = ["Report", "write"]


def write(rows: Sequence[Row]) -> None:
    """Write the page to the file that `DRONETALLY_TEST_REPORT` names, if it names one."""
    if name := os.environ.get("DRONETALLY_TEST_REPORT"):
        form = "long" if LONG else "short"
        preface = (
            f"Written by the {form} form of `tests/faults` on {datetime.now(UTC):%Y-%m-%d}"
            f" ({'`make faults`' if LONG else '`make test`'}). Every count is compared cell by cell with"
            " `drone-tally tally` over the articles that were sent."
        )
        Path(name).write_text(page("What happens when things break", preface, rows), encoding="utf-8")
