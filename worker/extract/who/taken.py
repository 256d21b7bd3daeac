"""Towns behind the Russian lines: drones that come there are Ukraine's, though the country is its own."""

from __future__ import annotations

from collections.abc import Sequence

from worker.extract.sentence import SentenceReading
from worker.extract.where.lists import is_head
from worker.extract.where.places import PlaceGroup

_RUSSIAN = ("RU", "RU-adjective", "RU-genitive", "enemy")  # whose enemy, a text says elsewhere
_RUSSIAN_FORCES = ("RU-army", "RU-military")
_OCCUPIERS = "held"


def taken_regions(readings: Sequence[SentenceReading]) -> frozenset[str]:
    """Return the regions of which a text names nothing but such towns as places that drones came to.

    Each sentence that names the region has to name such a town in it, and none may tell of Russia: whoever reports
    that Russians struck there, or the region's other towns, too, is believed.
    """
    taken, others = set[str](), set[str]()
    for reading in readings:
        here = taken_in(reading)
        taken |= here
        others.update(code for group in reading.groups for code in group.codes if code not in here)
    return frozenset(taken - others)


def taken_in(reading: SentenceReading) -> frozenset[str]:
    """Return the regions of which one sentence names nothing but such towns as places drones came to, told once."""
    if reading.taken is None:
        reading.taken = _named(reading)
    return reading.taken


def _named(reading: SentenceReading) -> frozenset[str]:
    units = reading.units
    sent_by_them = units.any("measure", "launched") and units.any("claimant", _OCCUPIERS)
    if units.any("nation", *_RUSSIAN) or units.any("claimant", *_RUSSIAN_FORCES) or sent_by_them:
        return frozenset()
    taken, others = set[str](), set[str]()
    for group in reading.groups:
        if _is_taken(reading, group):
            (taken if group.role == "target" else others).update(group.codes)
        elif not _is_region(reading, group):
            others.update(group.codes)
    return frozenset(taken - others)


def _is_taken(reading: SentenceReading, group: PlaceGroup) -> bool:
    """Tell whether all towns of a group lie behind the lines; their region may stand beside them."""
    positions = range(group.first, group.last + 1)
    places = [(at, place) for at in positions if (place := reading.units[at].place) is not None]
    towns = [place for at, place in places if not (place.adjective or _before_region(reading, at))]
    return bool(towns) and all(place.taken for place in towns)


def _is_region(reading: SentenceReading, group: PlaceGroup) -> bool:
    """Tell whether a group names a region as a whole, as behind a town that lies in it."""
    return any(is_head(reading.units[at]) for at in range(group.first, group.last + 1))


def _before_region(reading: SentenceReading, at: int) -> bool:
    return at + 1 < len(reading.units) and is_head(reading.units[at + 1])
