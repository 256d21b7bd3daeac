"""Which places belong to which number."""

from __future__ import annotations

from collections.abc import Sequence

from worker.extract.counts import Count
from worker.extract.places import PlaceGroup
from worker.extract.reading import SentenceReading
from worker.extract.units import Unit

_OF_TIME = ("clock", "zone", "month", "date", "part", "weekday", "relative", "preposition", "bound")


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
        gap = _without_insertion(sentence[count.index + 1 : group.first])
        blocked = any(
            (unit.kind in ("number", "vague") and unit.role in ("claim", ""))
            or unit.has("mark", ";", ",", "(", ":")
            or unit.kind == "clause"
            or unit.has("particle", "no")
            for unit in gap
        )
        if (not blocked or _flew_there(gap)) and len(gap) <= 18:
            return group
        break
    if before is not None and not (count.further and (reading.number, before.first) in taken):
        gap = sentence[before.last + 1 : count.index]
        other = any(unit.kind in ("number", "vague") and unit.role == "claim" for unit in gap)
        if (
            not other
            and (not any(unit.has("mark", ";", ":") for unit in gap) or _dates_line(before, gap))
            and (
                before.located
                or before.first == 0
                or count.each
                or reading.clauses.of[before.last] == reading.clauses.of[count.index]
            )
        ):
            return before
    return None


def _flew_there(gap: Sequence[Unit]) -> bool:
    """Tell whether a relative clause says where they flew ("69 drones that were heading for Moscow")."""
    relative = next((position for position, unit in enumerate(gap) if unit.kind == "clause"), None)
    return (
        relative is not None
        and relative > 0
        and gap[relative - 1].has("mark", ",")
        and not any(unit.kind in ("number", "vague", "measure", "mark") for unit in gap[: relative - 1])
        and len(gap) - relative <= 5
        and gap[-1].has("preposition", "at", "to")
        and all(
            unit.kind in ("word", "preposition", "clause", "relative") or unit.has("measure", "launched")
            for unit in gap[relative:]
        )
    )


def _without_insertion(gap: Sequence[Unit]) -> list[Unit]:
    """Leave out who says so, between two commas: "eight drones each, the ministry said, over …"."""
    commas = [position for position, unit in enumerate(gap) if unit.has("mark", ",")]
    if len(commas) == 2:
        inside = gap[commas[0] + 1 : commas[1]]
        if any(unit.kind in ("claimant", "report") for unit in inside):
            return [*gap[: commas[0]], *gap[commas[1] + 1 :]]
    return list(gap)


def _dates_line(place: PlaceGroup, gap: Sequence[Unit]) -> bool:
    """Tell whether a line opens with place, time and colon: "Kursk region, 14:05 Moscow time: one drone …"."""
    return (
        place.first == 0
        and bool(gap)
        and gap[-1].has("mark", ":")
        and all(unit.kind in _OF_TIME or unit.role == "time" or unit.has("mark", ",", ":", ".") for unit in gap)
    )
