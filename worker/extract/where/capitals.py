"""Which city "the capital" is."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from worker.extract.reading import SentenceReading
from worker.extract.where.places import CAPITAL, CAPITAL_REGION, CAPITALS
from worker.extract.who.sides import Side
from worker.gazetteer import country_of

_UNNAMED = ((CAPITAL,), (CAPITAL_REGION,))


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
        if country not in CAPITALS:  # nobody knows whose it is
            reading.groups = [group for group in reading.groups if group.codes not in _UNNAMED]
            continue
        city, around = CAPITALS[country]
        reading.groups = [
            replace(group, codes=city if group.codes == (CAPITAL,) else around) if group.codes in _UNNAMED else group
            for group in reading.groups
        ]
