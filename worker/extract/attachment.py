"""Which places belong to which number."""

from __future__ import annotations

from worker.extract.counts import Count
from worker.extract.places import PlaceGroup
from worker.extract.reading import SentenceReading


def attached(reading: SentenceReading, count: Count, taken: set[tuple[int, int]]) -> PlaceGroup | None:
    """The group of places that belongs to a number: behind a dash or bracket before it, behind it, or leading."""
    sentence = reading.units
    targets = reading.targets
    before = next((group for group in reversed(targets) if group.last < count.index), None)
    if before is not None:
        gap = sentence[before.last + 1 : count.index]
        signs = [unit for unit in gap if unit.has("mark", "–", ":", "(", "-")]
        if (
            len(gap) <= 6
            and signs
            and not any(unit.kind in ("number", "measure") or unit.has("mark", ",", ";", ")") for unit in gap)
        ):
            return before
    for group in targets:
        if group.first <= count.index:
            continue
        gap = sentence[count.index + 1 : group.first]
        blocked = any(
            (unit.kind in ("number", "vague") and unit.role in ("claim", ""))
            or unit.has("mark", ";", ",", "(", ":")
            or unit.kind == "clause"
            for unit in gap
        )
        if not blocked and len(gap) <= 18:
            return group
        break
    if before is not None and not (count.further and (reading.number, before.first) in taken):
        gap = sentence[before.last + 1 : count.index]
        other = any(unit.kind in ("number", "vague") and unit.role == "claim" for unit in gap)
        if (
            not other
            and not any(unit.has("mark", ";", ":") for unit in gap)
            and (
                before.located
                or before.first == 0
                or count.each
                or reading.clauses.of[before.last] == reading.clauses.of[count.index]
            )
        ):
            return before
    return None
