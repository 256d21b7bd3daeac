"""Which of the times a text tells belongs to a count."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import datetime, timedelta
from operator import attrgetter

from msgspec.structs import replace

from worker.extract.grammar.verbs import CASUALTIES, DRONE_MEASURES
from worker.extract.numbers.counted import Count, averts_attack
from worker.extract.sentence import SentenceReading
from worker.extract.when.moments import WHOLE_DAY, Point
from worker.extract.when.periods import resolve
from worker.extract.when.times import TimeMention, lasted

# Sentences that the time told before in a paragraph, or a state "as of" an hour, reaches over.
_REACH = 3
# Before a number and behind it.
_MOST_TIMES = 8
# Units from a number to a time of its own.
_BESIDE = 5
# Units from "than" to the number that is compared.
_COMPARED = 16
# Units before a weekday with which a paragraph opens.
_OPENING = 1
_FATES = DRONE_MEASURES[1:4]
# Units before a month that belongs to what a sentence tells.
_LEADING = 5
# Parts of the day that stand for themselves: what is a night of no said day may also be the one behind it.
_OF_THAT_DAY = ("early", "morning", "noon", "afternoon", "daytime", "evening")


def mention_of(
    reading: SentenceReading,
    count: Count,
    readings: Sequence[SentenceReading],
    published: datetime | None,
    earlier: tuple[TimeMention, int] | None,
    told: TimeMention | None = None,
) -> tuple[TimeMention | None, str]:
    """Return the time a count belongs to and how it was found.

    `readings` are all sentences of the text, `earlier` is the time told before in the paragraph and the number of its
    sentence, `told` the last night told before in the text.
    """
    own = reading.clauses.of[count.index]
    told_in = own if count.measure_at is None else reading.clauses.of[count.measure_at]
    usable = [
        mention
        for mention in _near(reading.times, count.index)
        # A year said beside the clause of the number, or of its verb ("in 2024 they destroyed 1,300 missiles, 11,200
        # drones …"), is another one's ("the peninsula that was annexed in 2014").
        if mention.weight
        and mention.shape != "until"
        and not _of_wound(reading, count, mention)
        and not (_is_since(reading, mention) and _most_since(reading, mention))
        and (mention.shape != "year" or reading.clauses.of[mention.first] in (own, told_in))
    ]
    if earlier is not None and reading.number - earlier[1] <= _REACH:
        usable = [mention for mention in usable if not _of_speech(reading, mention, own)]
    if any(_tells_day(mention) and reading.clauses.of[max(mention.first, 0)] == own for mention in usable):
        # The day of another clause is another one's ("yesterday morning it was 81, today it is 29").
        usable = [m for m in usable if reading.clauses.of[max(m.first, 0)] == own or not _tells_day(m)]
    if usable:
        best = _compared_with(reading, count, usable) or max(
            usable,
            key=lambda mention: (
                count.measure in CASUALTIES and _of_attack(reading, count, mention),
                mention.weight > 1,
                reading.clauses.of[max(mention.first, 0)] == own,
                mention.weight,
                -abs(mention.first - count.index),
            ),
        )
        if best.start is not None and best.start.part == "that_night" and not best.start.dated:
            return (told, "anaphoric") if told is not None else (best, "relative")
        near = earlier[0] if earlier is not None and reading.number - earlier[1] <= _REACH else None
        best = _with_day(reading, count, best, usable, near)
        return _until_told(best, readings[reading.number : reading.number + _REACH], published), "relative"
    length = next((mention for mention in reading.times if mention.shape == "length" and mention.hours), None)
    if length is not None:
        ahead = _of_length(reading, length.hours or 0, readings, published)
        if ahead is not None:
            return ahead, "relative"
    if earlier is not None and reading.number - earlier[1] <= _REACH:
        over = any(unit.value in _FATES for unit in readings[earlier[1]].units.of("measure"))
        # What is told of an attack that was repelled at that moment did not go on.
        mention = earlier[0] if over else _goes_on(earlier[0])
        return _until_told(mention, (reading,), published), "anaphoric"
    return None, "none"


def _near(times: Sequence[TimeMention], index: int) -> Sequence[TimeMention]:
    """The times around a number: in a list of numbers and hours those further off are others'."""
    at = bisect_left(times, index, key=lambda mention: mention.first) if len(times) > _MOST_TIMES else 0
    return times[max(0, at - _MOST_TIMES) : at + _MOST_TIMES]


def _only_closes(mention: TimeMention, reading: SentenceReading) -> bool:
    """Tell whether a month only closes a sentence without numbers ("it was the tenth attack in October")."""
    counts = any(reading.units[position].role != "time" for position in reading.units.positions("number"))
    return mention.shape == "month" and mention.first > _LEADING and not counts


def weightiest(reading: SentenceReading) -> TimeMention | None:
    """Return the time of a sentence that says most, of equal ones the last."""
    told = [mention for mention in reversed(reading.times) if mention.shape != "year"]
    return max((mention for mention in told if not _only_closes(mention, reading)), key=_weight, default=None)


_weight = attrgetter("weight")


def is_night(mention: TimeMention) -> bool:
    """Tell whether a time is one night."""
    point = mention.start
    return point is not None and point.part == "night" and mention.shape == "point"


def _of_wound(reading: SentenceReading, count: Count, mention: TimeMention) -> bool:
    """Tell whether a time is when somebody was hurt who is now told to have died ("a man hurt in April has died")."""
    at = count.measure_at
    return (
        count.measure == "killed"
        and at is not None
        and count.index < mention.first < at
        and any(
            count.index < position < mention.first and reading.units[position].value == "injured"
            for position in reading.units.positions("measure")
        )
    )


def _is_since(reading: SentenceReading, mention: TimeMention) -> bool:
    """Tell whether a time begins with "since", or says when what it begins with was ("since the invasion of 2022")."""
    before = reading.units[max(0, mention.first - 2) : max(0, mention.first)]
    return mention.shape == "since" or any(
        unit.has("status", "war") or (unit.has("bound", "since") and unit is before[-1]) for unit in before
    )


def _most_since(reading: SentenceReading, mention: TimeMention) -> bool:
    """Tell whether "since" only says how rare something is ("the quietest night since 3 October")."""
    of = reading.clauses.of
    own = of[max(mention.first, 0)]
    return any(
        position < mention.first and of[position] == own and reading.units[position].value in ("now", "record")
        for position in reading.units.positions("status")
    )


def _compared_with(reading: SentenceReading, count: Count, usable: Sequence[TimeMention]) -> TimeMention | None:
    """The time that "than" opens for the number behind it ("more than in all of May, when it was 397")."""
    units = reading.units
    for opening in reversed(units.positions("status")):
        if units[opening].value == "compared" and opening < count.index <= opening + _COMPARED:
            between = [mention for mention in usable if opening < mention.first < count.index]
            first = next((p for p in units.positions("number", "vague") if p > opening and units[p].role != "time"), 0)
            return between[0] if between and first == count.index else None
    return None


def _of_attack(reading: SentenceReading, count: Count, mention: TimeMention) -> bool:
    """Tell whether a day stands right at the attack that it is the day of ("Thursday's drone strike on a bus")."""
    if any(unit.has("mark", ";") for unit in reading.units[count.index : max(mention.first, 0)]):
        return False  # another attack
    behind = reading.units[mention.last + 1 : mention.last + 3]
    return mention.start is not None and any(unit.kind == "attack" for unit in behind)


def _tells_day(mention: TimeMention) -> bool:
    point = mention.start
    return mention.shape == "point" and point is not None and point.dated


def of_own_time(reading: SentenceReading, index: int) -> bool:
    """Tell whether a month or day of its own stands beside a number ("17 of them in July")."""
    return any(
        mention.shape in ("month", "year", "point") and 0 < mention.first - index <= _BESIDE
        for mention in reading.times
    )


def opens_report(reading: SentenceReading, mention: TimeMention) -> bool:
    """Tell whether a sentence gives the hours of a raid and not its end: those of the sentence behind are as plain."""
    point = mention.start
    announces = all(averts_attack(reading.units, count) for count in reading.counts)
    return announces and mention.shape in ("point", "range") and point is not None and point.clock is not None


def _of_speech(reading: SentenceReading, mention: TimeMention, own: int) -> bool:
    """Tell whether a time is when somebody said it ("nobody was hurt, the mayor wrote on Sunday morning")."""
    clause = reading.clauses.of[max(mention.first, 0)]
    if clause <= own:
        return False
    speech = [p for p in reading.units.positions("report", "claimant") if reading.clauses.of[p] == clause]
    return bool(speech) and not any(reading.clauses.of[p] == clause for p in reading.units.positions("measure"))


def _with_day(
    reading: SentenceReading,
    count: Count,
    mention: TimeMention,
    usable: Sequence[TimeMention],
    earlier: TimeMention | None,
) -> TimeMention:
    """Add the day that is said apart from the part of the day ("on November 10 … 145 in one night")."""
    bare = mention.start
    if mention.shape != "point" or bare is None or bare.dated or bare.part == WHOLE_DAY:
        return mention
    for other in usable:
        if other is not mention and _is_bare_day(other) and not _has_number(reading, count, other):
            return _joined(mention, bare, other)
    if earlier is not None and earlier.start is not None and earlier.shape == "point":
        day = earlier.start
        later = day.clock is None or bare.clock is None or bare.clock >= day.clock
        if (
            later
            and (day.day is not None or (day.weekday is not None and earlier.first <= _OPENING))
            and (bare.part in _OF_THAT_DAY or (bare.part is None and bare.clock is not None))
        ):
            return _joined(mention, bare, earlier)
    return mention


def _is_bare_day(mention: TimeMention) -> bool:
    point = mention.start
    return mention.shape == "point" and point is not None and point.dated and point.part is None and point.clock is None


def _has_number(reading: SentenceReading, count: Count, mention: TimeMention) -> bool:
    """Tell whether the clause of a day counts something else: then the day belongs to that."""
    of = reading.clauses.of
    clause = of[max(mention.first, 0)]
    return clause != of[count.index] and any(
        of[other.index] == clause for other in reading.counts if other is not count
    )


def _joined(mention: TimeMention, bare: Point, other: TimeMention) -> TimeMention:
    day = other.start or bare
    start = replace(bare, day=day.day, weekday=day.weekday, offset=day.offset, trailing_part=False, begins=False)
    return replace(mention, start=start)


def _until_told(mention: TimeMention, ahead: Sequence[SentenceReading], published: datetime | None) -> TimeMention:
    """An hour with which an attack began lasts to the hour for which the numbers are told ("as of 08:00")."""
    begin = mention.start
    if mention.shape not in ("point", "from") or begin is None or (begin.clock is None and begin.part != "evening"):
        return mention
    for reading in ahead:
        for other in reading.times:
            if other.shape == "until" and other.end is not None and (other.end.clock is not None or other.end.part):
                whole = TimeMention(mention.first, mention.last, begin, other.end, "range")
                period = resolve(whole, published, "UA")
                if period is not None and period.end - period.start <= timedelta(days=1):
                    return whole
    return mention


def _goes_on(mention: TimeMention) -> TimeMention:
    """What is told after a moment ("at 00:15 the sirens went off") happened from then on."""
    point = mention.start
    if mention.shape == "point" and point is not None and point.clock is not None:
        return replace(mention, shape="from")
    return mention


def _of_length(
    reading: SentenceReading, hours: int, readings: Sequence[SentenceReading], published: datetime | None
) -> TimeMention | None:
    """The stretch of that many hours that the next sentences of the paragraph tell ("within twelve hours").

    Or that ends with the last hours told there: "in nine hours … The latest report has 53 in the three until 23:00".
    """
    for other in readings[reading.number + 1 : reading.number + 3]:
        same = (other.paragraph, other.field) == (reading.paragraph, reading.field)
        for mention in other.times if same else ():
            period = resolve(mention, published, "UA") if mention.shape == "range" else None
            if period is not None and period.end - period.start == timedelta(hours=hours):
                return mention
            if mention.hours and mention.hours < hours:
                return lasted(hours, mention)
    return None
