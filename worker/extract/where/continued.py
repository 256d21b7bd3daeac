"""The place of the number before, where a text goes on with it: "12 downed over Kursk, 4 of them jammed"."""

from __future__ import annotations

from collections.abc import Sequence

from worker.extract.findings import Finding
from worker.extract.grammar.units import Unit
from worker.extract.grammar.verbs import CASUALTIES, DRONE_MEASURES
from worker.extract.numbers.counted import Count
from worker.extract.sentence import SentenceReading
from worker.extract.where.colons import OF_TIME

# (codes, number of places, how they were found)
Where = tuple[tuple[str, ...], int, str]
_MORE = frozenset(("measure", "claimant", "nation", "place", "drone", "report", "attack"))
_PARTS = 2  # numbers, at least, that add up to another one


def of_same_wave(reading: SentenceReading, count: Count, findings: Sequence[Finding]) -> Where | None:
    """The place of the number before in the sentence, for those of its drones that fared otherwise."""
    before = findings[-1] if findings else None
    if before is None or before.reading is not reading or not before.codes or before.count is None:
        return None
    if before.measure not in DRONE_MEASURES or count.measure not in DRONE_MEASURES:
        return None
    between = reading.units[before.count.last + 1 : count.index]
    if any(unit.has("particle", "total") or unit.has("mark", ";") for unit in between):
        return None
    if any(group.last > before.count.last and group.first != before.count.index for group in reading.targets[1:]):
        return None
    if (
        not count.part
        and not _more_fared_otherwise(reading, count, before)
        and not (_fared_otherwise(count, before) and not _timed(between) and not _of_all(reading, findings))
    ):
        return None
    return before.codes, 1, "the place of the number before"


def _fared_otherwise(count: Count, before: Finding) -> bool:
    """Tell whether a number without a noun is what became of no more drones than were counted there before."""
    bare = count.head is None and not count.further and before.count is not None
    other = count.measure not in ("launched", before.measure)
    return bare and other and before.count is not None and count.low <= before.count.low


def _more_fared_otherwise(reading: SentenceReading, count: Count, before: Finding) -> bool:
    """Tell whether a further number is of those that fared otherwise there ("5 downed over Kursk, 3 more jammed")."""
    between = reading.units[before.count.last + 1 : count.index] if before.count is not None else ()
    fates = {count.measure, before.measure}
    return (
        count.further
        and count.head is None
        and len(fates) > 1
        and fates <= set(DRONE_MEASURES[1:4])
        and not _timed(between)
    )


def _timed(between: Sequence[Unit]) -> bool:
    return any(unit.kind in OF_TIME[:-2] or unit.role == "time" for unit in between)


def _of_all(reading: SentenceReading, findings: Sequence[Finding]) -> bool:
    """Tell whether what was launched at the whole country was told just before: what became of it may be told now."""
    return any(
        finding.measure == "launched" and not finding.codes
        for finding in findings
        if reading.number - finding.reading.number <= 1
    )


def of_all_parts(reading: SentenceReading, findings: Sequence[Finding]) -> Where | None:
    """The place of the number in the sentence before, where those of this one add up to it ("14 were …, six …")."""
    told = [finding for finding in findings if finding.reading.number == reading.number - 1]
    whole = told[0] if len(told) == 1 else None
    if whole is None or whole.count is None or not whole.codes or whole.measure not in DRONE_MEASURES:
        return None
    if whole.reading.paragraph != reading.paragraph or reading.targets or len(reading.counts) < _PARTS:
        return None
    fits = sum(count.low for count in reading.counts) == whole.count.low > len(reading.counts)
    if not fits or any(count.measure in CASUALTIES for count in reading.counts):
        return None
    return whole.codes, len(whole.codes), "the place of the number before"


def of_further(reading: SentenceReading, count: Count, findings: Sequence[Finding]) -> Where | None:
    """The one place of the sentence before, where "a further five" or "last night: five" goes on with its number."""
    goes_on = count.further or (count.head is None and reading.units.lack(_MORE) and bool(reading.times))
    if not goes_on or reading.targets or count.measure in CASUALTIES or reading.counts[0] is not count:
        return None
    if any(unit.value in ("RU", "UA") and " " not in unit.form for unit in reading.units.of("nation")):
        return None  # "a further ten were shot down in the south of Ukraine"
    before = [
        finding
        for finding in findings
        if reading.number - finding.reading.number == 1 and finding.measure in DRONE_MEASURES
    ]
    places = {finding.codes for finding in before}
    if len(before) != 1 or len(places) != 1 or before[0].reading.paragraph != reading.paragraph:
        return None
    codes = before[0].codes
    return (codes, 1, "the place of the number before") if len(codes) == 1 else None
