"""What a sentence says by itself, whatever stands around it."""

from __future__ import annotations

from collections.abc import Sequence

from worker.extract.grammar.units import units
from worker.extract.grammar.verbs import fuse_measures
from worker.extract.numbers.absences import no_drones
from worker.extract.sentence import SentenceReading
from worker.extract.when.times import find_times
from worker.extract.where.described import without_descriptions
from worker.extract.where.places import group_places
from worker.extract.who.patients import mark_attacked, struck_capitals
from worker.lexicon import Lexicon
from worker.model import Field
from worker.text import Token

_OTHER_WEAPONS = ("missile", "bomb", "artillery", "accident")


def read_alone(
    field: Field, found: Sequence[Token], paragraph: int, heading: bool, lexicon: Lexicon
) -> SentenceReading:
    """Read the sentence of these tokens, at least one; its number and its counts are not known yet."""
    read_units = units(found, lexicon)
    offset = found[0].start
    for unit in read_units:
        unit.start -= offset
        unit.end -= offset
    grammar = lexicon.grammar
    groups = group_places(read_units, of_is_from=grammar.of_is_from, name_endings=grammar.name_endings)
    groups = without_descriptions(read_units, struck_capitals(read_units, groups, grammar))
    for group in groups:
        if group.role == "actor":
            read_units[group.first].role = "actor"
    fuse_measures(read_units)
    mark_attacked(read_units, grammar)
    times = find_times(read_units, lexicon)
    if not any(mention.weight for mention in times):  # "in mid-July, on the night of the 15th": not of the past
        for unit in read_units.of("status"):
            unit.value = "historic" if unit.value == "once" else unit.value
    reading = SentenceReading(field, 0, paragraph, heading, offset, read_units, times, groups)
    reading.about_drones = (
        any(unit.value not in ("anaphor", "target") for unit in read_units.of("drone"))
        or read_units.any("attack", "drone")
        or read_units.any("weapon", "mixed")
    )
    if reading.about_drones and no_drones(read_units):
        reading.about_drones, reading.not_by_drones = False, True
    reading.other_weapon = read_units.any("weapon", *_OTHER_WEAPONS)
    return reading
