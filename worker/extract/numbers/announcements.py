"""What a number tells whose sentence does not say it: lines of a list, and raids whose end is told afterwards."""

from __future__ import annotations

from collections.abc import Sequence

from worker.extract.findings import Finding
from worker.extract.grammar.verbs import DRONE_MEASURES
from worker.extract.numbers.counted import ALL_OF, averts_attack
from worker.extract.sentence import SentenceReading

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


def mark_raids(findings: Sequence[Finding]) -> None:
    """Count the drones of an averted raid as launched where the text goes on to tell what became of them all.

    "An attack with 28 drones was averted. Seventeen were shot down, eleven suppressed." Where only parts with the
    same end follow ("127 of them over three regions"), the first has told it; not if they add up to it elsewhere.
    """
    for index, raid in enumerate(findings):
        if raid.count is None or raid.measure not in _FATES or not averts_attack(raid.reading.units, raid.count):
            continue
        following = [
            later for later in findings[index + 1 :] if 0 < later.reading.number - raid.reading.number <= _REACH
        ]
        told = [later for later in following if later.count is not None and later.measure in _FATES]
        if all(later.count is not None and later.count.further for later in told):
            continue  # "later two more were shot down"
        numbers = [later.count.low for later in told if later.count is not None]
        outside = sum(numbers) == raid.count.low and any(not set(later.codes) <= set(raid.codes) for later in told)
        elsewise = any(later.measure != raid.measure for later in told) or (outside and bool(raid.codes))
        if numbers and max(numbers) <= raid.count.low and (elsewise or raid.count.low in numbers):
            raid.measure = raid.count.measure = "launched"
