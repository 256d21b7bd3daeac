"""Bare numbers of Russia's ministry of defence: it tells of nothing but drones shot down."""

from __future__ import annotations

from worker.extract.findings import Finding
from worker.extract.numbers.counted import SPOKEN_OF, Count

OF_MINISTRY = "number of the ministry"


def without_verb(count: Count, before: Finding | None) -> bool:
    """Tell whether only a bare number of drones is given, or a list goes on that began so."""
    if count.rule == "list":
        return before is not None and before.rule == OF_MINISTRY
    return count.rule in ("number+drones", "there were", SPOKEN_OF) and count.measure_at is None
