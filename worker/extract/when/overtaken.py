"""What was said earlier still holds until the same text says more of the same place and time."""

from __future__ import annotations

from collections.abc import Sequence

from worker.extract.findings import Finding
from worker.extract.grammar.verbs import CASUALTIES
from worker.model import Period

# Letters that tell two names of places apart in whatever case they stand.
_NAME = 4
# Clauses from "earlier it was reported that" to the number, units from "rose to" to it.
_EARLIER_REACH = 2
_GROWN_REACH = 8
# Units with which a sentence opens.
_OPENING = 3


def mark_overtaken(findings: Sequence[Finding]) -> None:
    """An earlier number below a newer one, and dead or injured below what their number rose to, are the past."""
    alike: dict[tuple[str, str, tuple[str, ...]], list[Finding]] = {}  # only of one place can overtake each other
    grown: dict[tuple[str, str, tuple[str, ...]], list[Finding]] = {}
    for finding in findings:
        if _may_overtake(finding):
            place = finding.measure, finding.side.attacker, finding.codes
            alike.setdefault(place, []).append(finding)
            if _cued(finding, "grown"):
                grown.setdefault(place, []).append(finding)
    for finding in findings:
        if finding.count is None or finding.status != "current":
            continue
        earlier = _cued(finding, "earlier") or _told_at(finding)
        if not earlier and (finding.measure not in CASUALTIES or finding.count.part):
            continue
        others = (alike if earlier else grown).get((finding.measure, finding.side.attacker, finding.codes), ())
        newer = next((other for other in others if _overtakes(other, finding, earlier=earlier)), None)
        if newer is not None and not earlier and _adds_to(finding, newer):
            finding.whole = newer
        elif newer is not None:
            finding.status, finding.why["status"] = "historic", "the text has a newer number"


def mark_reported_before(findings: Sequence[Finding]) -> None:
    """What a later sentence tells of the day before, and the text has told newly of the place, is the past."""
    told: dict[tuple[str, str, tuple[str, ...]], tuple[int, int]] = {}
    for finding in findings:
        if finding.count is None or finding.status != "current":
            continue
        place, number = (finding.measure, finding.side.attacker, finding.codes), finding.reading.number
        first, low = told.setdefault(place, (number, finding.count.low))
        newer = first < number and low != finding.count.low  # the same number is what was reported
        if newer and not finding.count.further and _of_day_before(finding):
            finding.status, finding.why["status"] = "historic", "the day before, of which the text has newer numbers"


def _of_day_before(finding: Finding) -> bool:
    """Tell whether a sentence opens with the bare day before ("Yesterday nine were shot down")."""
    first = finding.reading.times[0] if finding.reading.times else None
    point = first.start if first is not None and first.shape == "point" and first.first < _OPENING else None
    return point is not None and (point.offset or 0) < 0 and point.part is None and point.clock is None


def _may_overtake(finding: Finding) -> bool:
    return finding.count is not None and not finding.count.part and not _cued(finding, "earlier")


def _overtakes(newer: Finding, finding: Finding, *, earlier: bool) -> bool:
    one, other = newer.count, finding.count
    if one is None or other is None or newer is finding or one.low <= other.low or newer.status != "current":
        return False
    if not other.low and not earlier:
        return False  # nobody was hurt in that attack
    if _apart(newer.period, finding.period):
        return False
    here, there = _names(newer), _names(finding)
    return not here or not there or bool(here & there)


def _told_at(finding: Finding) -> bool:
    """Tell whether casualties are only what was spoken of at an hour ("in the morning four had been spoken of")."""
    reading, before = finding.reading, finding.at - 1
    units = reading.units
    while before > 0 and units[before].kind == "qualifier":
        before -= 1
    own = reading.clauses.of[finding.at]
    if finding.measure not in CASUALTIES or before < 0:
        return False
    if units[before].has("preposition", "from"):
        return True  # "13, up from eight at noon"
    return units[before].has("preposition", "about") and any(
        mention.start is not None
        and (mention.start.clock is not None or mention.start.part is not None)
        and own - reading.clauses.of[max(mention.first, 0)] in (0, 1)
        for mention in reading.times
    )


def _adds_to(finding: Finding, newer: Finding) -> bool:
    """Tell whether a number made the newer one what it is ("a driver died in hospital, bringing the toll to three")."""
    count = finding.count
    if newer.reading is finding.reading and not finding.reading.units.any("status", "grown"):
        return False  # "at dawn one was dead, now there are two"
    beside = abs(newer.reading.number - finding.reading.number) <= 1
    same = (newer.reading.paragraph, newer.reading.field) == (finding.reading.paragraph, finding.reading.field)
    return beside and same and count is not None and (count.low == 1 or count.further)


def _apart(one: Period | None, other: Period | None) -> bool:
    return one is not None and other is not None and (one.start >= other.end or other.start >= one.end)


def _cued(finding: Finding, cue: str) -> bool:
    reading, index = finding.reading, finding.at
    for position in reading.units.positions("status"):
        value = reading.units[position].value
        here = reading.clauses.of[index] - reading.clauses.of[position] in (0, 1) and position < index
        if cue == "grown" and value == "present" and here:
            return True  # "at midnight two, by now eight"
        if value != cue:
            continue
        if cue == "grown" and abs(position - index) <= _GROWN_REACH:
            return True
        apart = reading.clauses.of[index] - reading.clauses.of[position]
        if cue == "earlier" and position < index and apart <= _EARLIER_REACH:
            return True
    return False


def _names(finding: Finding) -> set[str]:
    units = finding.reading.units
    return {units[group.first].form[:_NAME] for group in finding.reading.targets}
