"""What was said before that a count goes on with, says again, or is some of."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from worker.extract.findings import Finding
from worker.extract.grammar.ellipses import GONE_ON
from worker.extract.grammar.verbs import CASUALTIES, DRONE_MEASURES
from worker.extract.numbers.counted import PLACES_HIT, RESTATED, SUM, Count
from worker.extract.sentence import SentenceReading
from worker.extract.where.countries import over_country
from worker.extract.who.actors import CLAIMANT_SIDE
from worker.extract.who.sides import Side

# How a noun itself tells whose drones it counts.
_OF_NOUN = ("model", "adjective", "owner")
# Units from a number to its place.
_PLACED = 3
# Roles of numbers of which no rule knows what they count.
_COUNTS_NOTHING = "counts nothing"
# Sentences over which a number without a verb goes on with the drones counted before.
_REACH = 3
# Sentences back to what "it was so many" speaks of.
_SPOKEN_OF = 2
# Units of a sentence that leaves out what the one before it said.
_SHORT = 10
OF_THOSE_THAT_CAME = "the place of those that came"
# Sentences in which those taken to hospital are some of the injured just counted.
_STILL_THE_SAME, _JUST_NOW = 5, 2


def latest_drones(findings: Sequence[Finding], reading: SentenceReading) -> Finding | None:
    """The last number of drones that the sentences before gave."""
    for finding in reversed(findings):
        if reading.number - finding.reading.number > _REACH:
            return None
        mixed = finding.count is not None and finding.count.weapon == "mixed"
        if finding.measure not in (*CASUALTIES, PLACES_HIT, "attack") and not mixed:
            return finding
    return None


def of_other_things(reading: SentenceReading, count: Count, readings: Sequence[SentenceReading]) -> bool:
    """Tell whether a part without noun and verb is one of other things just counted ("seven houses, one of them")."""
    if not count.part or count.head is not None:
        return False
    if any(0 < group.first - count.index <= _PLACED for group in reading.targets):
        return False  # "four over Chechnya"
    before = readings[reading.number - 1] if reading.number else reading
    same = (before.paragraph, before.field) == (reading.paragraph, reading.field)
    for units, end in ((reading.units, count.index), (before.units, len(before.units) if same else 0)):
        told = [units[p] for p in units.positions("number", "vague") if p < end and units[p].role != "time"]
        roles = [unit.role for unit in told if not unit.article]
        if roles:
            other = roles[-1].startswith("counts ") and not roles[-1].startswith(_COUNTS_NOTHING)
            return other and "claim" not in roles
    return False


def hurt_too(findings: Sequence[Finding], reading: SentenceReading, count: Count) -> Finding | None:
    """The casualties of the sentence before that a number without noun and verb goes on with ("In B two.")."""
    told = [finding for finding in findings if reading.number - finding.reading.number == 1]
    if (
        count.head is not None
        or count.part
        or len(reading.units) > _SHORT
        or not told
        or any(finding.measure not in CASUALTIES for finding in told)
    ):
        return None
    return told[-1] if told[-1].reading.paragraph == reading.paragraph else None


def spoken_of(findings: Sequence[Finding], reading: SentenceReading, count: Count) -> Finding | None:
    """What "it was so many" counts: the first thing the last sentences counted, drones if they are named."""
    latest = next((f for f in reversed(findings) if f.measure not in (PLACES_HIT, "attack")), None)
    if latest is None or reading.number - latest.reading.number > _SPOKEN_OF:
        return None
    told = [f for f in findings if f.reading is latest.reading and f.measure not in (PLACES_HIT, "attack")]
    drones = [f for f in told if f.measure not in CASUALTIES]
    if count.head is not None and not drones:
        return None
    return (drones or told)[0]


def counted_hurt(findings: Sequence[Finding], reading: SentenceReading, count: Count) -> bool:
    """Tell whether at least as many were just counted injured as are now said to be in hospital."""
    here = findings[-1].codes if findings and count.further else ()
    # One person told of without a place or an attack of his own is one of several for longer.
    goes_on = not (reading.targets or reading.about_drones or count.further)
    last = next((finding.codes for finding in reversed(findings) if finding.measure in CASUALTIES), ())
    return any(
        finding.measure == "injured"
        and finding.count is not None
        and finding.count.low >= count.low
        and finding.codes == last  # else those of another place have been told of since
        and (finding.codes == here or not (finding.codes and here))
        and all(group.codes == finding.codes for group in reading.targets)
        and reading.number - finding.reading.number
        <= (_STILL_THE_SAME if count.low > 1 or (goes_on and finding.count.low > count.low) else _JUST_NOW)
        for finding in findings
    )


def hurt_before(findings: Sequence[Finding], spared: Finding, determiners: Collection[str]) -> bool:
    """Tell whether only some are said to be unhurt: the text has counted injured of the same place and time."""
    of, units = spared.reading.clauses.of, spared.reading.units
    some = [p for p in units.positions("person") if p and of[p] == of[spared.at] and units[p - 1].form in determiners]
    return bool(some) and any(
        finding.measure == spared.measure
        and finding.count is not None
        and finding.count.low > 0
        and (finding.side.attacker, finding.codes, finding.status)
        == (spared.side.attacker, spared.codes, spared.status)
        for finding in findings
    )


def restates(count: Count, whole: Finding) -> bool:
    """Tell whether a number is the exact one behind a rough one that was given before."""
    rough = whole.count
    return rough is not None and rough.qualifier != "exact" and rough.low <= count.low <= rough.low * 3 // 2


def may_go_on(count: Count, whole: Finding) -> bool:
    """Tell whether a number without a verb may be one of what was counted before: said again, or some of it."""
    if count.rule == RESTATED:
        return restates(count, whole)
    # "A drone hit a bus, hurting 14. Ten of them …", "The other four …": of one drone that hit there are no ten.
    return not (
        (count.part or count.further)
        and whole.measure == "hit"
        and whole.count is not None
        and count.low > whole.count.low
    )


def outgrows(count: Count, before: Finding) -> bool:
    """Tell whether more were downed than came in the past night told before: then today is spoken of again.

    Or more hurt than were spoken of at first ("two at first, by noon it was four").
    """
    if count.rule == GONE_ON and before.count is not None and before.measure in CASUALTIES:
        return count.low > before.count.low
    return (
        before.count is not None
        and before.measure == "launched" != count.measure
        and count.measure not in CASUALTIES
        and count.low > before.count.low
    )


def same_breath(previous: Finding, reading: SentenceReading) -> bool:
    """Tell whether the same thing is still spoken of: the same paragraph, or the next line of a list."""
    if previous.reading is not reading and reading.units.any("status", "earlier"):
        return False
    return reading.number - previous.reading.number <= 1 and (
        previous.reading.paragraph == reading.paragraph or previous.reading.units[-1].has("mark", ":", ";", ",")
    )


def said(findings: Sequence[Finding], count: Count) -> bool:
    """Tell whether the same of the same number was said before ("20 were downed. … All were downed over …")."""
    return any(
        finding.measure == count.measure and finding.count is not None and finding.count.low == count.low
        for finding in findings
    )


def of_those(reading: SentenceReading, count: Count, before: Finding, side: Side | None) -> bool:
    """Tell whether a number without a noun, or of drones shot down, is some of those that the one before told of.

    "33 were sent towards Odesa, 26 drones were shot down": not where the sentence speaks of a whole country, nor where
    the other side tells what it shot down itself ("Kyiv said it downed 60; Moscow said it downed 33").
    """
    if side is not None and side.attacker != before.side.attacker:
        between = reading.units[before.at + 1 : count.index]
        theirs = side.how == "claimant" and any(unit.value in CLAIMANT_SIDE for unit in between)
        if (theirs and count.measure in DRONE_MEASURES[1:4]) or side.how in _OF_NOUN:
            return False
    if count.head is None or reading.units[count.head].has("drone", "anaphor"):
        return True
    sent = before.count if before.measure == "launched" else None
    if sent is None or over_country(reading.units):
        return False
    return count.measure in DRONE_MEASURES[1:] and count.low <= sent.low


def goes_on_with(previous: Finding, reading: SentenceReading, count: Count) -> bool:
    """Tell whether a number without noun and place says what became of drones that the sentence before sent to one."""
    whole = previous.count
    if whole is None or count.head is not None or count.measure not in DRONE_MEASURES[1:]:
        return False
    if previous.reading is reading:
        return previous.why.get("region") == OF_THOSE_THAT_CAME
    return (
        bool(previous.codes)
        and previous.measure == "launched"
        and count.low <= whole.low
        and reading.number - previous.reading.number == 1
        and (reading.paragraph, reading.field) == (previous.reading.paragraph, previous.reading.field)
        and not reading.targets
    )


def spotted(reading: SentenceReading, count: Count, fewer: Finding) -> bool:
    """Tell whether all that came were seen, more than were shot down ("34 were downed. In all 81 were spotted")."""
    return (
        count.rule == SUM
        and fewer.measure in DRONE_MEASURES[1:]
        and fewer.count is not None
        and fewer.count.low < count.low
        and any(unit.value == "counted" for unit in reading.units.of("report"))
    )


def back_then(readings: Sequence[SentenceReading], reading: SentenceReading) -> bool:
    """Tell whether "then" leads back to a sentence about the past."""
    if not any(unit.kind == "particle" and unit.value == "then" for unit in reading.units[:4]):
        return False
    before = readings[max(0, reading.number - 2) : reading.number]
    return any(
        other.units.any("status", "historic", "record", "past_record")
        or any(mention.shape == "month" for mention in other.times)  # "At the end of May … Then 26 were downed"
        for other in before
        if (other.paragraph, other.field) == (reading.paragraph, reading.field)
    )
