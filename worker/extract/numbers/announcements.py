"""What a list tells of whose lines have no verb: said by its heading, or by a sentence without a number before it."""

from __future__ import annotations

from worker.extract.grammar.verbs import DRONE_MEASURES
from worker.extract.numbers.counted import ALL_OF
from worker.extract.reading import SentenceReading

# Sentences from the announcement, or from the last line of the list, to its next line.
_REACH = 3
_FATES = DRONE_MEASURES[1:4]  # shot down, suppressed, either


class Announcement:
    """Remembers the sentence that announced what became of drones and counted none ("All were shot down.")."""

    def __init__(self) -> None:
        self._measure: str | None = None
        self._number = 0

    def measure(self, reading: SentenceReading, whole: int | None) -> str | None:
        """Return what the lines that follow tell of; None if a count (of sentence `whole`) was given since."""
        if self._measure is None or reading.number - self._number > _REACH or (whole or 0) > self._number:
            return None
        return self._measure

    def goes_on(self, reading: SentenceReading) -> None:
        """Note that a sentence was a line of the list."""
        self._number = reading.number

    def end(self, reading: SentenceReading) -> None:
        """End a sentence: it announces something if it tells the fate of drones and counts nothing."""
        fates = [unit.value for unit in reading.units.of("measure") if unit.value in _FATES]
        if not fates or any(count.measure_at is not None and count.rule != ALL_OF for count in reading.counts):
            return
        if reading.about_drones or reading.units.any("particle", "all"):
            self._measure, self._number = fates[-1], reading.number
