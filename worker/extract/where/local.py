"""Whether a whole text is about one place: by what it names, and by who speaks in it."""

from __future__ import annotations

from collections.abc import Sequence

from worker.extract.findings import Finding
from worker.extract.sentence import SentenceReading
from worker.extract.where.attachment import and_others
from worker.extract.where.places import at_sea
from worker.extract.who.sides import HELD
from worker.gazetteer import country_of

MILITARIES = frozenset(("RU-MOD", "UA-AF", "UA-GS", "MOD"))
# Sentences by which it is told whether a text is about one region alone.
_OPENING = 4


def only_region(readings: Sequence[SentenceReading]) -> tuple[str, ...]:
    """The one region that a whole text names."""
    codes = {code for reading in readings for group in reading.groups for code in group.codes}
    return tuple(codes) if len(codes) == 1 and not at_sea(tuple(codes)) and not names_others(readings) else ()


def names_others(readings: Sequence[SentenceReading]) -> bool:
    """Tell whether a text names places that are only some of those meant ("over Moscow, among others")."""
    return any(and_others(reading.units, group) for reading in readings for group in reading.targets)


def only_office(claimants: Sequence[str]) -> tuple[str, ...]:
    """The region whose officials alone speak in a text."""
    if any(name in MILITARIES for name in claimants):
        return ()
    offices = {name[6:] for name in claimants if name.startswith("local:")}
    return tuple(offices) if len(offices) == 1 else ()


def is_local(readings: Sequence[SentenceReading], place: tuple[str, ...], claimants: Sequence[str]) -> bool:
    """Tell whether a text is about one region alone, as far as its opening says; no army of a country speaks in it."""
    if not place or any(name in MILITARIES for name in claimants):
        return False
    opening = readings[:_OPENING]
    titled = any(reading.field == "title" for reading in opening)
    opened = bool(opening and opening[0].targets) and opening[0].targets[0].first == 0  # "Tver region: …"
    return (titled or opened) and all(
        set(group.codes) <= set(place) for reading in opening for group in reading.targets
    )


def is_dateline(reading: SentenceReading) -> bool:
    """Tell whether a capital with a full stop behind it opens a text: who wrote it sat there ("Kyiv. Russia has …")."""
    opens = reading.field == "body" and reading.paragraph == 0
    return opens and len(reading.groups) == 1 and reading.groups[0].role == "actor"


def heads_section(reading: SentenceReading) -> tuple[str, ...]:
    """The one region whose name alone is the heading."""
    groups = reading.groups
    if len(groups) != 1 or any(
        unit.kind not in ("place", "head", "mark", "preposition", "unit") for unit in reading.units
    ):
        return ()
    return groups[0].codes


def of_other_side(place: Sequence[str], reading: SentenceReading, findings: Sequence[Finding]) -> bool:
    """Tell whether the last count of the paragraph is of an attack by the country of a place, so not on the place."""
    last = findings[-1] if findings else None
    if last is None or last.reading.paragraph != reading.paragraph:
        return False
    return any(country_of(code) == last.side.attacker and code not in HELD for code in place)
