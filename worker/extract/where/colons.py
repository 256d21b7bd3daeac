"""What a colon between a place and a number says."""

from __future__ import annotations

from collections.abc import Sequence

from worker.extract.grammar.units import Unit, Units
from worker.extract.sentence import SentenceReading
from worker.extract.where.flights import is_claimed
from worker.extract.where.places import PlaceGroup

# Units of a clause behind a place.
_CLAUSE = 10
OF_TIME = ("clock", "zone", "month", "date", "part", "weekday", "relative", "preposition", "bound")


def told_behind(sentence: Units, group: PlaceGroup) -> bool:
    """Tell whether what follows a place, up to the next comma, says how many came there."""
    for unit in sentence[group.last + 1 : group.last + 1 + _CLAUSE]:
        if unit.has("mark", ",", ";", "."):
            return False
        if is_claimed(unit):
            return True
    return False


def explained(reading: SentenceReading, place: PlaceGroup, index: int) -> bool:
    """Tell whether a colon says what came of the attack on the only place named ("air defence over Kursk: 35 downed").

    Who speaks there before the colon, or a country or its army behind it, counts for anywhere, and so does a sum.
    """
    sentence = reading.units
    colons = [p for p in range(place.last + 1, index) if sentence[p].has("mark", ":", ";")]
    if len(colons) != 1 or not sentence[colons[0]].has("mark", ":") or len(reading.targets) > 1 or not place.located:
        return False
    heading, said = sentence[: colons[0]], sentence[colons[0] : index]
    attacked = any(unit.kind in ("drone", "defence", "attack") for unit in heading)
    elsewhere = any(unit.kind in ("claimant", "report") for unit in sentence[place.last + 1 : colons[0]])
    elsewhere = elsewhere or any(is_claimed(unit) for unit in heading)
    elsewhere = elsewhere or any(unit.kind in ("claimant", "report", "nation") for unit in said)
    return attacked and not elsewhere and not any(unit.has("particle", "total", "further") for unit in said)


def names_places(gap: Sequence[Unit], colon: int) -> bool:
    """Tell whether a colon only leads to the places ("four drones: over the north of Crimea")."""
    regions = any(unit.has("unit", "region") for unit in gap[max(0, colon - 2) : colon])
    return (colon + 1 < len(gap) and gap[colon + 1].has("preposition", "at")) or regions


def heads_line(sentence: Units, place: PlaceGroup, gap: Sequence[Unit]) -> bool:
    """Tell whether a line opens with its place and a colon ("Sevastopol: in the night … eight were shot down")."""
    opens = bool(gap) and gap[0].has("mark", ":") and all(unit.kind == "mark" for unit in sentence[: place.first])
    return opens and not any(unit.has("mark", ";", ":") for unit in gap[1:])


def dates_line(place: PlaceGroup, gap: Sequence[Unit]) -> bool:
    """Tell whether a line opens with place, time and colon: "Kursk region, 14:05 Moscow time: one drone …"."""
    return (
        place.first == 0
        and bool(gap)
        and gap[-1].has("mark", ":")
        and all(unit.kind in OF_TIME or unit.role == "time" or unit.has("mark", ",", ":", ".") for unit in gap)
    )
