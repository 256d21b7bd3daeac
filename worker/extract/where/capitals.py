"""Which city "the capital" is, and which of several towns of one name a text means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from worker.extract.sentence import SentenceReading
from worker.extract.where.places import CAPITAL, CAPITAL_REGION, PlaceGroup
from worker.extract.where.surroundings import CAPITALS, counted_apart
from worker.extract.who.sides import Side
from worker.gazetteer import country_of

_UNNAMED = ((CAPITAL,), (CAPITAL_REGION,), (CAPITAL, CAPITAL_REGION))
# Letters that forms of one name may differ in at their end.
_ENDING = 3
# Letters before it that tell a name; of fewer, other names of the region begin the same.
_TELLING_STEM = 4


def name_capitals(readings: Sequence[SentenceReading], text_side: Side | None) -> None:
    """Read "the capital" as the one of the side that the text says is attacked."""
    if not any(group.codes in _UNNAMED for reading in readings for group in reading.groups):
        return
    paragraph: tuple[int, str] = (-1, "")
    country: str | None = None
    for reading in readings:
        if (reading.paragraph, reading.field) != paragraph:
            paragraph = (reading.paragraph, reading.field)
            country = text_side.defender if text_side is not None else None
        named = {country_of(code) for group in reading.groups for code in group.codes if code[0] != "@"}
        country = next(iter(named)) if len(named) == 1 and named < set(CAPITALS) else country
        country = _of_official(reading) or country
        if country not in CAPITALS:  # nobody knows whose it is
            reading.groups = [group for group in reading.groups if group.codes not in _UNNAMED]
            continue
        city, around = CAPITALS[country]
        meant = dict(zip(_UNNAMED, (city, around, tuple(sorted({*city, *around}))), strict=True))
        reading.groups = [
            replace(group, codes=meant[group.codes]) if group.codes in meant else group for group in reading.groups
        ]
        _join(reading, {*city, *around})


def _join(reading: SentenceReading, ours: set[str]) -> None:
    """Make one group of a capital and what lies around it, joined by "and" ("the capital and Kyiv region")."""
    joined: list[PlaceGroup] = []
    for group in reading.groups:
        before = joined[-1] if joined else None
        gap = reading.units[before.last + 1 : group.first] if before is not None else ()
        joint = [unit for unit in gap if unit.kind != "word" or len(unit.form) > _ENDING]
        both = before is not None and {*before.codes, *group.codes} <= ours and before.codes != group.codes
        both = both and len(joint) == 1 and joint[0].has("particle", "and")
        if (
            both
            and before is not None
            and before.located
            and not counted_apart(reading.units, before.first, group.last)
        ):
            codes = tuple(sorted({*before.codes, *group.codes}))
            joined[-1] = replace(before, last=group.last, codes=codes, places=before.places + group.places)
        else:
            joined.append(group)
    reading.groups = joined


def _of_official(reading: SentenceReading) -> str | None:
    """The country of whose capital an official speaks in a sentence."""
    told = {unit.value.partition(":")[2] for unit in reading.units.of("claimant") if unit.value.startswith("local:")}
    return next((country for country, (city, around) in CAPITALS.items() if told & {*city, *around}), None)


def place_namesakes(readings: Sequence[SentenceReading]) -> None:
    """Read a town that the text says once to lie in another region than its better known namesake so everywhere."""
    told: dict[tuple[str, bool, tuple[str, ...]], tuple[str, ...]] = {}
    for reading in readings:
        for group in reading.groups:
            names = [unit for unit in reading.units[group.first : group.last + 1] if unit.place is not None]
            if len(names) == 2 and group.places == 1 and names[0].place is not None:
                known = names[0].place.alone or names[0].place.region
                if known != group.codes and len(names[0].form) >= _ENDING + _TELLING_STEM:
                    told[names[0].form[:-_ENDING], names[0].place.adjective, known] = group.codes
    if not told:
        return
    for reading in readings:
        reading.groups = [_namesake(reading, group, told) for group in reading.groups]


def _namesake(
    reading: SentenceReading, group: PlaceGroup, told: Mapping[tuple[str, bool, tuple[str, ...]], tuple[str, ...]]
) -> PlaceGroup:
    names = [unit for unit in reading.units[group.first : group.last + 1] if unit.place is not None]
    if len(names) != 1 or names[0].place is None:
        return group
    for (stem, adjective, known), codes in told.items():
        if group.codes == known and names[0].place.adjective == adjective and names[0].form.startswith(stem):
            return replace(group, codes=codes)
    return group
