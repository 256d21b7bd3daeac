"""Sums that one sentence announces and the next one counts ("what Russia launched in a week. More than 2,000 …")."""

from __future__ import annotations

from worker.extract.sentence import SentenceReading
from worker.extract.when.stretches import SUMS, UNTIL_NOW

# Units with which a sentence opens.
_OPENING = 3
# Words that tell of drones that came, and their kinds.
_CAME = {"launched": "measure", "intercepted": "measure", "verb": "attack"}


class AnnouncedSum:
    """Remembers the long time that a sentence told of, if it gave no number for it."""

    def __init__(self) -> None:
        self._over: str | None = None
        self._reading: SentenceReading | None = None

    def over(self, reading: SentenceReading) -> str | None:
        """Return the word of `SUMS` that the sentence right before, in the same paragraph, announced; else None."""
        before = self._reading
        if before is None or reading.number - before.number != 1 or reading.paragraph != before.paragraph:
            return None
        return self._over

    def end(self, reading: SentenceReading, *, counted: bool) -> None:
        """End a sentence: `counted` tells that something in it was."""
        self._over = None if counted else _announced(reading)
        self._reading = reading


def _announced(reading: SentenceReading) -> str | None:
    """The long time with which a sentence opens, or in which many drones are said to have come."""
    units = reading.units
    if "status" not in units.at or "age" in units.at or units.any("particle", "single"):
        return None  # "the third attack this year"
    of, largest = reading.clauses.of, False
    came = {of[p] for p in units.positions("measure", "attack") if _CAME.get(units[p].value) == units[p].kind}
    for position in units.positions("status"):
        value = units[position].value
        largest = largest or value == "now"
        if value not in SUMS or value in UNTIL_NOW or largest:
            continue  # "the largest attack since the war began": of the one that is told
        if position < _OPENING or (reading.about_drones and of[position] in came):
            return value
    return None
