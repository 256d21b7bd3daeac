"""Numbers that go on with those of a whole country, told just before."""

from __future__ import annotations

from collections.abc import Sequence

from worker.extract.findings import Finding
from worker.extract.grammar.verbs import CASUALTIES, DRONE_MEASURES
from worker.extract.numbers.counted import Count
from worker.extract.sentence import SentenceReading
from worker.extract.where.unnamed import bare_head
from worker.extract.who.speakers import speakers

_FATES = frozenset(DRONE_MEASURES[1:4])  # shot down, suppressed, either
_JUST_BEFORE = 2  # sentences
OF_A_SEASON = 150  # as many dead or injured are not those of the place last named


def of_country_before(reading: SentenceReading, findings: Sequence[Finding]) -> bool:
    """Tell whether the last number of drones, in the paragraph or just before, is that of the whole country."""
    told = [finding for finding in findings if finding.measure in DRONE_MEASURES]
    latest = told[-1] if told else None
    if latest is None:
        return False
    near = latest is findings[-1] and 0 < reading.number - latest.reading.number <= _JUST_BEFORE and not reading.targets
    same = (latest.reading.paragraph, latest.reading.field) == (reading.paragraph, reading.field)
    return (near or same) and not latest.codes


def fate_of_those(reading: SentenceReading, count: Count, findings: Sequence[Finding]) -> bool:
    """Tell whether a number says what became of the drones launched in the sentence before, in its paragraph."""
    before = findings[-1] if findings else None
    if before is None or before.count is None or (before.measure, count.measure in _FATES) != ("launched", True):
        return False
    here = (before.reading.paragraph, before.reading.field) == (reading.paragraph, reading.field)
    goes_on = here and reading.number - before.reading.number == 1 and count.low <= before.count.low
    placed = bare_head(reading, count) is not None or reading.units.any("particle", "there")
    return goes_on and not (placed or reading.targets or speakers(reading))


def of_one_attack(reading: SentenceReading, count: Count) -> bool:
    """Tell whether as many victims are those of one attack: with few others ("31 dead and 159 hurt"), or of a day."""
    summed = any(unit.value not in ("grown", "now") for unit in reading.units.of("status"))
    if summed or any(mention.shape in ("month", "year", "since") for mention in reading.times):
        return False
    others = (other for other in reading.counts if other is not count and other.measure in CASUALTIES)
    return bool(reading.times) or any(other.low <= OF_A_SEASON for other in others)
