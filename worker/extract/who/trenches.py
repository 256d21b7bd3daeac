"""Texts of the front line: what crews and air defence of troops shoot down there is no part of an air raid."""

from __future__ import annotations

from collections.abc import Sequence

from worker.extract.grammar.verbs import CASUALTIES
from worker.extract.sentence import SentenceReading
from worker.extract.who.sides import Side
from worker.gazetteer import country_of

# Sentences, the title included, that say whether a text is one of the front line.
_HEAD = 2
_CRIMEA = frozenset(("UA-43", "UA-40"))


def of_front_line(readings: Sequence[SentenceReading]) -> bool:
    """Tell whether a text opens with troops in the field, their crews, or the small drones they fly."""
    return any(_tells_of_troops(reading) for reading in readings[:_HEAD])


def _tells_of_troops(reading: SentenceReading) -> bool:
    """Tell whether a sentence names troops, their crews or drones, not as one more number behind that of others."""
    units = reading.units
    if units.any("drone", "fpv"):
        return True
    named = [position for position in units.positions("other") if units[position].value == "frontline"]
    first = reading.counts[0].index if reading.counts else len(units)
    return any(
        position < first
        or not (units[position - 1].kind in ("number", "vague") or units[position - 1].has("other", "frontline"))
        for position in named
    )


def counts_in_field(reading: SentenceReading, measure: str, codes: Sequence[str], side: Side) -> bool:
    """Tell whether a number of such a text is one of the front line: of no region, or of one that Russia attacks in.

    Air defence that names no region is that of the troops where the sentence names them, else that of the country.
    """
    if measure == "launched" or measure in CASUALTIES:
        return False
    if codes:
        return side.defender == "RU" and all(country_of(code) == "UA" and code not in _CRIMEA for code in codes)
    return not reading.units.any("defence") or reading.units.any("other", "frontline")
