"""Boats without a crew: as long as a text has told of such boats alone, its plain "drones" are boats too."""

from __future__ import annotations

from collections.abc import Sequence

from worker.extract.grammar.units import Units
from worker.extract.grammar.verbs import DRONE_MEASURES
from worker.extract.sentence import SentenceReading

_FLEET = 20  # boats that one report tells of, at most
_ABBREVIATION = 4  # letters of "UAV", which flies
_OF_ITS_OWN = frozenset(("claimant", "nation", "head"))
_OPENING = 2  # units in which a sentence says that it goes on with something else


def leave_out_boats(readings: Sequence[SentenceReading]) -> None:
    """Take the counts of plain drones from the sentences of a paragraph that has told of boats only."""
    told: int | None = None  # the paragraph
    for reading in readings:
        if reading.units.any("other", "sea"):
            told = reading.paragraph
        elif reading.units.any("drone"):
            if told != reading.paragraph or _tells_of_more(reading) or _tells_of_flight(reading.units):
                return
            for count in reading.counts:
                if count.measure in DRONE_MEASURES and count.low <= _FLEET:
                    reading.units[count.index].role = "a boat"
            reading.counts = [count for count in reading.counts if reading.units[count.index].role != "a boat"]


def _tells_of_more(reading: SentenceReading) -> bool:
    """Tell whether a sentence has a place, time, side or launch of its own, so that it may be about other drones."""
    own = reading.groups or reading.times or not reading.units.lack(_OF_ITS_OWN)
    return bool(own) or reading.units.any("measure", "launched")


def _tells_of_flight(sentence: Units) -> bool:
    """Tell whether drones of a sentence fly: by their name or kind, who shoots, or as something further."""
    if sentence.any("defence") or any(
        unit.has("particle", "further", "and") or unit.kind == "clause" for unit in sentence[:_OPENING]
    ):
        return True
    for position in sentence.positions("drone"):
        unit, behind = sentence[position], sentence[position + 1 : position + 2]
        abbreviated = unit.capital and position > 0 and len(unit.form) <= _ABBREVIATION
        if unit.value != "plain" or abbreviated or " " in unit.form:
            return True
        if any(other.kind == "unit" for other in behind):
            return True  # "drones of the type of aeroplanes"
    return False
