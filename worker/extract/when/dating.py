"""When a count was and of what standing it is by its own sentence: the one decides the other where it is long."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec.structs import replace

from worker.extract.grammar.verbs import DRONE_MEASURES
from worker.extract.numbers.counted import Count
from worker.extract.sentence import SentenceReading
from worker.extract.when.nights import of_one_night
from worker.extract.when.periods import resolve, zone_of
from worker.extract.when.standing import Standing, of_largest, of_record, status_of
from worker.extract.when.stretches import stretch
from worker.extract.when.times import TimeMention
from worker.model import Period

# Bulletins tell of a night, a day or both; what is said of a longer time is a sum of bulletins.
_LONGEST_REPORT = timedelta(hours=60)
# Times that say themselves over how long a sum is.
_OVER = timedelta(hours=10)
_DAY = timedelta(days=1)
_OPENING = 2  # units with which "earlier" opens a sentence
_ARTICLE = 3  # units from an article to its attack
_ITS_DAY = 2  # units from "earlier" to its day
_THEN = 4  # units with which "then" goes back to the sentence before
_TO = 2  # units from "since midnight" to the hour until which
_WEEKS = ("last_week", "past_week", "last_month", "past_month")
_LONG = ("range", "since", "month", "year")
# What is told as the largest ever is a memory where it is older.
_OLD = timedelta(days=7)
# No day has seen more: words for a week that is over ("last week") then tell its sum, not one of its nights.
_MOST_DRONES = 1_000
_MOST_PEOPLE = {"killed": 150, "injured": 600}


def dated(
    reading: SentenceReading,
    count: Count,
    mention: TimeMention | None,
    basis: str,
    period: Period | None,
    published: datetime | None,
    defender: str,
    announced: str | None = None,
) -> tuple[Period | None, Standing]:
    """Return period and standing of a count, whose time is `mention`, found by `basis`, or `period`.

    `announced` is the long time that the sentence before told of without a number.
    """
    index = count.index
    standing = _by_size(count, status_of(reading, index))
    status = standing.status
    if announced is not None and status == "current" and basis != "relative":
        over = stretch(announced, published, zone_of(defender))
        return over or period, Standing("cumulative", "the sum announced before", announced)
    if standing.over == "this_day":
        until = _until(reading, published, defender)
        if until is not None:
            return until, Standing("current", "hours that are over")
    if status in ("current", "cumulative") and _in_one_night(reading, index) and _of_long_time(reading, index):
        return None, Standing("historic", "one night of a time that is over")
    if status == "cumulative":
        said = mention is not None and basis == "relative" and _says_how_long(reading, index, mention)
        over = None if said else stretch(standing.over, published, zone_of(defender))
        return over or period, standing
    if status == "historic" and _of_last_day(mention, basis, period, published):
        return period, Standing("current", "hours of the last day, reported earlier")
    if status == "historic" and _earlier_today(reading, standing.why, period, published):
        return period, Standing("current", "earlier on the day of the report")
    if status == "historic" and _spans_days(mention, basis, period):
        return period, Standing("cumulative", "several days, told for comparison")
    if status != "current" or mention is None:
        return period, standing
    if basis == "relative" and _recalled(reading, mention, period, published):
        return period, Standing("historic", "recalled")
    if mention.shape == "since" and not of_one_night(mention, period):
        return period, Standing("cumulative", "since then")
    if mention.shape in ("month", "year") and basis == "relative":
        if count.low <= _MOST_PEOPLE.get(count.measure, _MOST_DRONES) and _in_one_attack(reading, index):
            return period, Standing("historic", f"one attack of a {mention.shape}")
        one = of_record(reading, index) or (
            count.low <= _MOST_DRONES and mention.first < index and of_largest(reading, mention.first)
        )
        return period, Standing("record" if one else "cumulative", f"a {mention.shape}")
    old = period is not None and published is not None and published - period.end > _OLD
    if old and basis == "relative" and (of_record(reading, index) or of_largest(reading, index)):
        return period, Standing("record", "the largest of a time that is over")
    if period is not None and period.end - period.start > _LONGEST_REPORT:
        few = count.low <= _MOST_PEOPLE.get(count.measure, _MOST_DRONES)
        if few and basis == "anaphoric" and any(unit.has("particle", "then") for unit in reading.units[:_THEN]):
            return period, Standing("historic", "then, in a time told before")
        return period, Standing("cumulative", "several days")
    return period, standing


def _by_size(count: Count, standing: Standing) -> Standing:
    """Return the standing of a count that is larger than any day's: it is a sum."""
    drones = count.measure in DRONE_MEASURES and standing.status == "historic" and count.low > _MOST_DRONES
    people = standing.status == "current" and count.low > _MOST_PEOPLE.get(count.measure, count.low)
    return Standing("cumulative", "more than in any day", "cumulative") if drones or people else standing


def _of_long_time(reading: SentenceReading, index: int) -> bool:
    """Tell whether a week, a month or a year is told before a count."""
    units = reading.units
    return any(position < index and units[position].value in _WEEKS for position in units.positions("status")) or any(
        mention.shape in ("month", "year") and mention.first < index for mention in reading.times
    )


def _in_one_night(reading: SentenceReading, index: int) -> bool:
    """Tell whether a count is that of one night, without saying which ("500 in a single night last week")."""
    units, of = reading.units, reading.clauses.of
    return any(
        mention.shape == "point"
        and mention.start is not None
        and mention.start.part == "night"
        and not mention.start.dated
        and (of[max(mention.first, 0)] == of[index] or _still(reading, mention, index))
        and any(unit.kind == "number" and unit.amount == 1 for unit in units[max(0, mention.first - 2) : mention.first])
        for mention in reading.times
    )


def _still(reading: SentenceReading, night: TimeMention, index: int) -> bool:
    """Tell whether a night told in a clause before a count is still spoken of: no other time has been named since."""
    between = any(night.last < other.first < index for other in reading.times)
    return (
        night.last < index
        and not between
        and not any(unit.has("mark", ";") for unit in reading.units[night.last : index])
    )


def _in_one_attack(reading: SentenceReading, index: int) -> bool:
    """Tell whether the clause of a count is about a single attack ("in May a drone strike killed seven").

    Or its sentence about what was then ("That is not how it was in August: then a drone killed a woman").
    """
    units, of = reading.units, reading.clauses.of
    return any(unit.has("particle", "then") for unit in units[:index]) or any(
        of[position] == of[index] and any(unit.article for unit in units[max(0, position - _ARTICLE) : position])
        for position in units.positions("attack")
        if units[position].value != "verb"
    )


def _spans_days(mention: TimeMention | None, basis: str, period: Period | None) -> bool:
    """Tell whether a sentence gives a stretch of several days ("for comparison: from the 5th to the 11th")."""
    stretched = mention is not None and mention.shape == "range" and basis == "relative"
    return stretched and period is not None and period.end - period.start > _LONGEST_REPORT


def _recalled(
    reading: SentenceReading, mention: TimeMention, period: Period | None, published: datetime | None
) -> bool:
    """Tell whether an earlier day is recalled ("As reported earlier, 21 were downed on Friday")."""
    point = mention.start
    opened = any(unit.has("status", "earlier") for unit in reading.units[:_OPENING])
    if not (opened or reading.units.any("status", "recalled")) or point is None or not point.dated:
        return False
    if mention.shape in ("month", "year"):
        return False  # what is recalled is its sum
    over = _OVER if reading.units.any("status", "recalled") else _DAY
    return period is not None and published is not None and published - period.end > over


def _until(reading: SentenceReading, published: datetime | None, defender: str) -> Period | None:
    """The hours from midnight to one that is said ("from midnight to six")."""
    units = reading.units
    for mention in reading.times:
        point = mention.end
        opened = next((p for p in units.positions("status") if 0 < mention.first - p <= _TO), None)
        if mention.shape != "until" or point is None or point.clock is None or opened is None:
            continue
        if units[opened].value == "this_day":
            start = replace(point, part="midnight", clock=0)
            return resolve(TimeMention(mention.first, mention.last, start, point, "range"), published, defender)
    return None


def _says_how_long(reading: SentenceReading, index: int, mention: TimeMention) -> bool:
    """Tell whether a long time is told before a count or in its clause, not of a part behind it."""
    if mention.shape not in _LONG:
        return False
    return mention.first < index or reading.clauses.of[mention.first] == reading.clauses.of[index]


def _of_last_day(mention: TimeMention | None, basis: str, period: Period | None, published: datetime | None) -> bool:
    """Tell whether the hours of the last day are given, though they were reported earlier."""
    return (
        mention is not None
        and mention.shape == "range"
        and period is not None
        and (basis, period.precision) == ("relative", "minute")
        and published is not None
        and published - period.end < timedelta(days=1)
    )


def _earlier_today(reading: SentenceReading, cue: str, period: Period | None, published: datetime | None) -> bool:
    """Tell whether "earlier" is so on the day of the report ("an earlier attack on Tuesday", "früher am Dienstag")."""
    if period is None or published is None or not period.start <= published <= period.end:
        return False
    units = reading.units
    days = [
        mention.first
        for mention in reading.times
        if mention.start is not None and (mention.start.weekday is not None or mention.start.offset == 0)
    ]
    return any(
        units[position].form == cue
        and (
            any(unit.kind == "attack" for unit in units[position + 1 : position + 3])
            or any(0 < day - position <= _ITS_DAY for day in days)
        )
        for position in units.positions("status")
    )
