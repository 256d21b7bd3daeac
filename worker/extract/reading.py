"""An article is read once, sentence by sentence: units, times, places, speakers, counts."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from worker.extract.clauses import Clauses
from worker.extract.counts import Count, counts
from worker.extract.places import PlaceGroup, group_places
from worker.extract.times import TimeMention, find_times
from worker.extract.units import Unit, units
from worker.extract.verbs import fuse_measures
from worker.lexicon import Lexicon
from worker.model import Field
from worker.text import Token, sentences, tokens

_OTHER_WEAPONS = ("missile", "bomb", "artillery")


@dataclasses.dataclass(slots=True)
class SentenceReading:
    """All that one sentence says, before anything is decided that needs the text around it."""

    field: Field
    number: int
    paragraph: int
    heading: bool
    units: list[Unit]
    clauses: Clauses
    times: list[TimeMention]
    groups: list[PlaceGroup]
    counts: list[Count] = dataclasses.field(default_factory=list)
    about_drones: bool = False
    other_weapon: bool = False

    @property
    def targets(self) -> list[PlaceGroup]:
        """The groups of places that drones came to."""
        return [group for group in self.groups if group.role == "target"]


# Characters of a field that are read: no news text is longer, and reading a hostile one must end soon.
LONGEST_TEXT = 100_000
# Counts of a field that are looked at, for the same reason.
MOST_COUNTS = 400


def read(field_name: Field, text: str, lexicon: Lexicon, first_number: int = 0) -> list[SentenceReading]:
    """Read one normalised field; sentences are numbered from `first_number`."""
    found = tokens(text, 0, min(len(text), LONGEST_TEXT))
    grammar = lexicon.grammar
    result: list[SentenceReading] = []
    memory = _Memory()
    counted = 0
    for offset, sentence in enumerate(
        sentences(text, found, grammar.abbreviations, grammar.ordinal_dot, lexicon.months)
    ):
        reading = _read_sentence(
            field_name, found[sentence.first : sentence.last], sentence.paragraph, sentence.heading, lexicon
        )
        reading.number = first_number + offset
        memory.enter(reading)
        if counted < MOST_COUNTS:
            reading.counts = counts(
                reading.units,
                reading.clauses,
                grammar,
                drones=memory.drones,
                casualties=memory.drone_casualties(reading),
            )
        counted += len(reading.counts)
        memory.leave(reading)
        result.append(reading)
    return result


def _read_sentence(
    field_name: Field, found: Sequence[Token], paragraph: int, heading: bool, lexicon: Lexicon
) -> SentenceReading:
    read_units = units(found, lexicon)
    groups = group_places(read_units)
    for group in groups:
        if group.role == "actor":
            read_units[group.first].role = "actor"
    fuse_measures(read_units)
    times = find_times(read_units, lexicon)
    reading = SentenceReading(
        field_name, 0, paragraph, heading, read_units, Clauses.cut(read_units, groups), times, groups
    )
    reading.about_drones = any(
        (unit.kind == "drone" and unit.value != "anaphor") or unit.has("attack", "drone") for unit in read_units
    )
    reading.other_weapon = any(unit.has("weapon", *_OTHER_WEAPONS) for unit in read_units)
    return reading


@dataclasses.dataclass(slots=True)
class _Memory:
    """What the sentences before spoke about; it fades with distance."""

    drones_since: int = 99
    weapon_since: int = 99
    attack_since: int = 99

    def enter(self, reading: SentenceReading) -> None:
        self.drones_since += 1
        self.weapon_since += 1
        self.attack_since += 1
        if reading.about_drones:
            self.drones_since = 0
        if reading.other_weapon:
            self.weapon_since = 0
        if any(unit.kind == "attack" for unit in reading.units):
            self.attack_since = 0

    @property
    def drones(self) -> bool:
        """Whether a number without its noun may be one of drones."""
        return self.drones_since <= 3

    def drone_casualties(self, reading: SentenceReading) -> bool:
        """Whether dead and injured are those of an attack with drones, not of another weapon alone."""
        if reading.about_drones:
            return True
        if reading.other_weapon or self.weapon_since < self.drones_since:
            return False
        return self.drones_since <= 8

    def leave(self, reading: SentenceReading) -> None:
        if reading.counts and any(count.measure not in ("killed", "injured") for count in reading.counts):
            self.drones_since = 0
