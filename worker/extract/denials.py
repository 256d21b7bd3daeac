"""What is said not to have happened."""

from __future__ import annotations

from worker.extract.reading import SentenceReading


def denied(reading: SentenceReading, index: int) -> bool:
    """Tell whether a sentence plainly denies the word at `index` ("no dead"), instead of not reporting it."""
    own = reading.clauses.of[index]
    if any(
        unit.kind == "report" and position and reading.units[position - 1].has("particle", "no")
        for position, unit in enumerate(reading.units)
    ):
        return False
    return any(
        unit.has("particle", "no") and abs(reading.clauses.of[position] - own) <= 1 and abs(position - index) <= 7
        for position, unit in enumerate(reading.units)
    ) and not any(
        unit.kind in ("number", "vague") and unit.role in ("claim", "") and abs(position - index) <= 4
        for position, unit in enumerate(reading.units)
    )


def speaks_of_things(reading: SentenceReading, index: int) -> bool:
    """Tell whether houses or other things, not people, are said to be unharmed."""
    own = reading.clauses.of[index]
    near = [unit for position, unit in enumerate(reading.units) if reading.clauses.of[position] == own]
    return any(unit.kind == "unit" for unit in near) and not any(unit.kind == "person" for unit in near)
