"""Where a number belongs: to the places beside it, else to those of its sentence, paragraph, section or text."""

from __future__ import annotations

from collections.abc import Sequence

from worker.extract.attachment import attached
from worker.extract.counts import Count
from worker.extract.findings import Finding
from worker.extract.places import spoken_for
from worker.extract.reading import SentenceReading
from worker.extract.speakers import speakers
from worker.extract.topics import topic
from worker.extract.verbs import CASUALTIES

Where = tuple[tuple[str, ...], int, str]
# Units from "there" to a number of another clause.
_THERE = 9


class Whereabouts:
    """Goes through an article with the composer and remembers which places were named last."""

    def __init__(self, readings: Sequence[SentenceReading]) -> None:
        self._topic = topic(readings)
        self._paragraph: tuple[int, str] = (-1, "")
        self._named: tuple[str, ...] = ()
        self._taken: set[tuple[int, int]] = set()

    def begin(self, reading: SentenceReading) -> None:
        """Begin a sentence."""
        if (reading.paragraph, reading.field) != self._paragraph:
            self._paragraph = (reading.paragraph, reading.field)
            self._named = ()

    def end(self, reading: SentenceReading) -> None:
        """End a sentence: what it named last is what the next one may mean."""
        spoken = spoken_for(reading.groups)
        codes = [group.codes for group in reading.targets] or ([spoken] if spoken else [])
        if codes:
            # Behind a list of places nobody knows which one of them the next sentence means.
            self._named = codes[-1] if len(set(codes)) == 1 or reading.heading else ()

    def of(self, reading: SentenceReading, count: Count, claimant: str | None, findings: Sequence[Finding]) -> Where:
        """Return (codes, number of places, how they were found) for a number that `claimant` gives."""
        group = attached(reading, count, self._taken)
        if group is not None:
            if group.first > count.index:
                self._taken.add((reading.number, group.first))
            return group.codes, group.places, "named beside the number"
        if _over_several(reading, count):
            return (), 0, "several regions that are not named"
        return (
            self._there(reading, count)
            or _of_official(reading, claimant)
            or self._of_casualty(reading, count, findings)
            or self._of_unnamed_official(claimant)
            or ((), 0, "the whole front")
        )

    def _there(self, reading: SentenceReading, count: Count) -> Where | None:
        particles = reading.units.positions("particle")
        there = next((index for index in particles if reading.units[index].value == "there"), None)
        if there is None:
            return None
        if reading.clauses.of[there] != reading.clauses.of[count.index] and there < count.index - _THERE:
            return None  # too far from the number
        named = [found.codes for found in reading.targets if found.last < there] or [self._named]
        return (named[-1], len(named[-1]), "there: the place named before") if named[-1] else None

    def _of_casualty(self, reading: SentenceReading, count: Count, findings: Sequence[Finding]) -> Where | None:
        """Dead and injured, and drones without a number, are of the place that is spoken of."""
        if count.measure not in CASUALTIES and count.rule != "one by grammar":
            return None
        leading = [found for found in reading.targets if found.last < count.index and found.located]
        if leading:
            return leading[-1].codes, leading[-1].places, "the place of the sentence"
        same = [finding for finding in findings if finding.reading is reading and finding.codes]
        if same:
            return same[-1].codes, 1, "the place of the sentence"
        if self._named:
            return self._named, 1, "the place of the paragraph"
        return (self._topic, 1, "the place of the text") if self._topic else None

    def _of_unnamed_official(self, claimant: str | None) -> Where | None:
        if claimant == "local" and (self._named or self._topic):
            return self._named or self._topic, 1, "the place of the paragraph or of the text"
        if claimant is not None and claimant.startswith("local:"):
            return (claimant[6:],), 1, "the region of the official"
        return None


def _of_official(reading: SentenceReading, claimant: str | None) -> Where | None:
    """The region whose official is quoted in the sentence itself."""
    if claimant is None or not claimant.startswith("local"):
        return None
    spoken = spoken_for(reading.groups)
    if spoken:
        return spoken, 1, "the region of the official"
    if claimant.startswith("local:") and claimant in (name for _, name in speakers(reading)):
        return (claimant[6:],), 1, "the region of the official"
    return None


def _over_several(reading: SentenceReading, count: Count) -> bool:
    """Tell whether the count is said of a number of regions ("over four regions")."""
    units, of = reading.units, reading.clauses.of
    return any(
        position
        and units[position].value == "region"
        and units[position - 1].kind in ("number", "vague", "nation", "particle")
        and of[position] == of[count.index]
        for position in units.positions("unit")
    )
