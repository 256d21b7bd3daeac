"""The places of a number in the next sentence, which only says where it was."""

from __future__ import annotations

from collections.abc import Sequence

from worker.extract.grammar.units import Units
from worker.extract.grammar.verbs import DRONE_MEASURES
from worker.extract.numbers.counted import Count
from worker.extract.sentence import SentenceReading
from worker.extract.where.attachment import tells_more
from worker.extract.where.continued import Where
from worker.extract.where.places import PlaceGroup

FATES = frozenset(DRONE_MEASURES[1:4])  # shot down, suppressed, either


def told_next(readings: Sequence[SentenceReading], reading: SentenceReading, count: Count) -> Where | None:
    """The places of the next sentence if it only says where ("The drones were destroyed over …")."""
    if count.measure not in FATES or reading.number + 1 >= len(readings):
        return None
    if any(group.located and group.first > count.index for group in reading.targets):
        return None  # the sentence says where itself
    following = next(filter(tells_more, readings[reading.number + 1 : reading.number + 3]), reading)
    units = following.units
    places = [group for group in following.targets if group.located or _is_listed(units, group)]
    if following.field != reading.field or not places or following.counts or len(reading.counts) > 1:
        return None
    if units.any("particle", "this"):
        told = not (units.any("measure") or units.any("attack"))
    else:
        told = units.any("drone") and any(unit.value == count.measure for unit in units.of("measure"))
    if not told or any(unit.value in ("further", "part", "only", "no", "rest") for unit in units.of("particle")):
        return None
    if any(units[p].value == "all" and p > places[0].last for p in units.positions("particle")):
        return None  # "in the capital all were downed": all that came there
    if len({code[:2] for group in places for code in group.codes} - {"SE"}) > 1:
        return None
    codes = sorted({code for group in places for code in group.codes})
    return tuple(codes), len(codes), "told in the next sentence"


def _is_listed(units: Units, group: PlaceGroup) -> bool:
    """Tell whether a colon announces places as regions ("it was in these regions: …")."""
    head = units[group.first - 2] if group.first > 1 else None
    return head is not None and units[group.first - 1].has("mark", ":") and head.value == "region"
