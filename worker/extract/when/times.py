"""Stretches of time as a sentence says them: points, ranges, "since", "until", months, lengths."""

from __future__ import annotations

from itertools import pairwise

import msgspec
from msgspec.structs import replace

from worker.extract.grammar.units import Unit, Units
from worker.extract.when.moments import SAID_BY, TIME_UNITS, Point, find_points, merge, narrowed, year_at
from worker.lexicon import Lexicon

# More days or weeks than these are counted in longer units.
_FEW = 12
_DAY = 24  # hours
# Units between the two hours of a stretch: a joint and "o'clock".
_SHORT = 2
_OPENING = 2  # units before a month that opens a sentence
# Parts of the day from which something goes on until now ("from the evening the enemy kept attacking").
_OPEN = ("midnight", "evening")
_OF_A_DATE = ("date", "weekday", "month", "number", "mark")


class TimeMention(msgspec.Struct, frozen=True, gc=False):
    """A stretch of time as said by units `first..last` (inclusive)."""

    first: int
    last: int
    start: Point | None
    end: Point | None
    shape: str
    hours: int | None = None

    @property
    def weight(self) -> int:
        """How much the expression says: an hour more than a part of the day, that more than a bare day."""
        if self.shape in ("range", "since", "from"):
            return 4
        if self.shape in ("length", "stamp"):
            return 0
        if self.shape == "past":
            return 2
        point = self.start or self.end
        if point is None:
            return 0
        if self.shape in ("month", "year"):
            return 1
        return 3 if point.clock is not None else 2 if point.part is not None else 1


def find_times(sentence: Units, lexicon: Lexicon) -> list[TimeMention]:
    """Return the time expressions of a sentence in order; numbers used by them get the role "time"."""
    mentions: list[TimeMention] = []
    if sentence.lack(SAID_BY):
        return mentions
    said = [point for point in find_points(sentence, lexicon) if not _of_rate(point, sentence)]
    points = narrowed(merge(_in_one_zone(said, sentence), sentence), sentence, lexicon)
    index = 0
    while index < len(points):
        point = points[index]
        following = points[index + 1] if index + 1 < len(points) else None
        if following is not None and (
            _is_same_night(point, following, sentence) or _goes_on_till_morning(point, following, sentence)
        ):
            day = replace(point, last=following.last)
            if following.dated:
                day = replace(day, day=following.day, weekday=following.weekday, offset=following.offset)
                day = replace(day, trailing_part=False, begins=False)
            mentions.append(TimeMention(day.first, day.last, day, None, "point"))
            index += 2
            continue
        if _is_stamp(sentence, point):
            mentions.append(TimeMention(point.first, point.last, point, None, "stamp"))
            index += 1
            continue
        inside = _beginning(sentence, point)
        before = inside or _before(sentence, point.first)
        if following is not None and (
            _is_days_of_month(point, following)
            or ((inside or _is_from(before)) and _is_until(sentence, point, following, before))
        ):
            mentions.append(TimeMention(point.first - 1, following.last, point, following, "range"))
            index += 2
            continue
        if (
            (before is not None and before.has("bound", "since"))
            or (point.part in _OPEN and _is_from(before))
            or _opens_from_date(sentence, point, before)
        ):
            mentions.append(TimeMention(point.first, point.last, point, None, "since"))
        elif (before is not None and before.has("bound", "until")) or (
            not point.dated
            and before is not None
            and (
                (point.clock is not None and (before.has("qualifier", "up_to") or before.has("preposition", "to")))
                or ((point.clock is not None or point.part is not None) and before.has("preposition", "by"))
            )
        ):
            mentions.append(TimeMention(point.first, point.last, None, point, "until"))
        elif point.clock is not None and before is not None and _is_begin(before):
            mentions.append(TimeMention(point.first, point.last, point, None, "from"))
        else:
            mentions.append(TimeMention(point.first, point.last, point, None, "point"))
        index += 1
    used = {position for mention in mentions for position in range(mention.first, mention.last + 1)}
    for position in sentence.positions("month"):
        if (
            position not in used
            and position
            and (
                sentence[position - 1].kind in ("preposition", "relative", "bound", "particle", "idle")
                or _opens_with_month(sentence, position)
            )
        ):
            year, behind = year_at(sentence, position + 1)
            last = behind if year else position
            mentions.append(
                TimeMention(
                    position, last, Point(position, last, day=(1, int(sentence[position].value), year)), None, "month"
                )
            )
    mentions.extend(_years(sentence, used))
    mentions.extend(_lengths(sentence, lexicon, used))
    mentions = _closed(mentions)
    for mention in mentions:
        for unit in sentence[max(mention.first, 0) : mention.last + 1]:
            if unit.kind == "number":
                unit.role = "time"
    return mentions


def _opens_with_month(sentence: Units, month: int) -> bool:
    """Tell whether a sentence opens with the beginning, middle or end of a month ("Fin août", "Pod koniec maja").

    Not with somebody's name ("Juan Mayo").
    """
    return (
        month <= _OPENING
        and sentence[month - 1].kind == "word"
        and not sentence[month].capital
        and not (month + 1 < len(sentence) and sentence[month + 1].number is not None)
    )


def _is_stamp(sentence: Units, point: Point) -> bool:
    """Tell whether a line opens with the time of its entry ("15:20. Rescuers say …"): no time of an attack.

    Day and hour that stand alone on a line are those at which the page was written.
    """
    if point.clock is None or point.part is not None:
        return False
    if point.last + 1 == len(sentence):
        return all(unit.kind in _OF_A_DATE for unit in sentence[: point.first])
    if point.first or point.dated:
        return False
    behind = sentence[point.last + 1]
    return behind.has("mark", ".", ":", "–", "|") or (behind.capital and behind.start > sentence[point.last].end)


def _in_one_zone(points: list[Point], sentence: Units) -> list[Point]:
    """Leave out hours that a bracket says once more for another zone ("11 p.m. Moscow time (8 p.m. GMT)")."""
    kept: list[Point] = []
    for point in points:
        before = kept[-1] if kept else None
        if (
            before is not None
            and before.clock is not None
            and point.clock is not None
            and point.zone
            and sentence[point.first - 1].has("mark", "(")
            and point.first - 2 <= before.last + 1
            and sentence[point.last + 1 : point.last + 2]
            and sentence[point.last + 1].has("mark", ")")
        ):
            kept[-1] = replace(before, last=point.last + 1)
        else:
            kept.append(point)
    return kept


def _of_rate(point: Point, sentence: Units) -> bool:
    """Tell whether a part of the day only measures how often ("144 per night")."""
    return point.part is not None and point.first > 0 and sentence[point.first - 1].has("particle", "each")


def _goes_on_till_morning(night: Point, morning: Point, sentence: Units) -> bool:
    """Tell whether a night and the morning after it are one stretch ("in the night and on Sunday morning 52 …")."""
    if night.part != "night" or morning.part not in ("early", "morning") or _apart(night, morning):
        return False
    between = sentence[night.last + 1 : morning.first]
    linking = all(
        unit.kind in ("preposition", "attack")
        or unit.has("bound", "on", "at")
        or unit.has("unit", "plain")
        or unit.has("particle", "and")
        or (unit.kind == "word" and len(unit.form) <= 3)
        for unit in between
    )
    return linking and any(unit.has("particle", "and") for unit in between)


def _apart(one: Point, other: Point) -> bool:
    """Tell whether two days are said ("in der Nacht zum Samstag und am Sonntagmorgen")."""
    days = [(point.day, point.weekday, point.offset) for point in (one, other) if point.dated]
    return len(days) > 1 and days[0] != days[1]


def _is_same_night(point: Point, following: Point, sentence: Units) -> bool:
    """Tell whether a night is said by both its days ("in the night from Sunday to Monday")."""
    gap = sentence[point.last + 1 : following.first]
    if point.part != "night" or following.part or following.clock is not None or not 0 < len(gap) <= 3:
        return False
    if any(unit.kind in ("mark", "number", "particle", "measure", "drone") for unit in gap):
        return False
    if point.weekday is not None and following.weekday is not None:
        return following.weekday == (point.weekday + 1) % 7
    return point.day is not None and following.day is not None and following.day[0] in (point.day[0] + 1, 1)


def _before(sentence: Units, index: int) -> Unit | None:
    for position in range(index - 1, max(index - 3, -1), -1):
        unit = sentence[position]
        if unit.kind == "word" and len(unit.form) <= 3:
            continue
        return unit
    return None


def _is_days_of_month(point: Point, following: Point) -> bool:
    """Tell whether two days are said with one month ("8–14 June", "June 8–14"): one of them is a lone number."""
    return (
        (point.first == point.last or following.first == following.last)
        and point.day is not None
        and following.day is not None
        and following.first - point.last <= 2
        and point.day[0] < following.day[0]
        and point.day[1:] == following.day[1:]
    )


def _beginning(sentence: Units, point: Point) -> Unit | None:
    """The word for "from" inside what was joined ("today from 13:00"); behind the hour it is "of" ("20.00 del 5")."""
    if point.clock is None:
        return None
    for unit, behind in pairwise(sentence[point.first : point.last + 1]):
        if unit.kind in ("clock", "number"):
            return None
        if _is_begin(unit) or (unit.kind == "part" and behind.kind == "clock" and " " in unit.form):  # "ночи с" 23:00
            return unit
    return None


def _is_begin(unit: Unit) -> bool:
    return unit.has("preposition", "from") or unit.has("bound", "from") or unit.has("particle", "of")  # uk "з 20:00"


def _is_from(before: Unit | None) -> bool:
    return before is not None and (
        before.has("preposition", "from")
        or before.has("bound", "from", "between", "since")
        or before.has("particle", "of")
    )


def _opens_from_date(sentence: Units, point: Point, before: Unit | None) -> bool:
    """Tell whether a clause opens with a day from which on something is summed up ("From 1 January they launched")."""
    if point.day is None or point.part is not None or point.clock is not None or not _is_from(before):
        return False
    opening = sentence[point.first - 2] if point.first > 1 else None
    return opening is None or opening.kind in ("mark", "clause") or opening.has("particle", "total", "only")


def _is_until(sentence: Units, point: Point, following: Point, before: Unit | None) -> bool:
    gap = sentence[point.last + 1 : following.first]
    if len(gap) > 5 or any(unit.kind in ("measure", "drone", "number") for unit in gap):
        return False
    joined = before is not None and before.has("bound", "between")
    return any(
        unit.has("bound", "until")
        or unit.has("qualifier", "up_to")
        or unit.has("preposition", "to")
        or (joined and (unit.has("particle", "and") or (unit.kind == "clause" and len(gap) <= _SHORT)))  # pl "a"
        or ((unit.has("mark", "–") or unit.has("bound", "at")) and len(gap) == 1)
        or (unit.has("particle", "each") and len(gap) == 1 and _is_from(before))
        for unit in gap
    )


def _years(sentence: Units, used: set[int]) -> list[TimeMention]:
    """A year that stands alone behind a preposition ("in 2025")."""
    found: list[TimeMention] = []
    for index in sentence.positions("number"):
        unit = sentence[index]
        if index in used or len(unit.form) != 4 or not unit.form.isdigit():
            continue
        year, last = year_at(sentence, index)
        before = sentence[index - 1] if index else None
        following = sentence[last + 1] if last + 1 < len(sentence) else None
        counts = following is not None and following.kind in ("drone", "word", "nation", "person", "measure", "unit")
        if before is None:  # "2026 schickte Russland …"
            alone = following is not None and following.kind in ("measure", "attack")
            if year is not None and alone:
                found.append(TimeMention(index, last, Point(index, last, day=(1, 1, year)), None, "year"))
            continue
        if year is not None and before.has("bound", "since") and not (counts and last == index):  # "с начала 2024 года"
            found.append(TimeMention(index, last, Point(index, last, day=(1, 1, year)), None, "since"))
            continue
        opened = before.has("preposition", "at") or (before.has("bound", "within") and last > index)
        if year is not None and opened and not (counts and last == index):
            found.append(TimeMention(index, last, Point(index, last, day=(1, 1, year)), None, "year"))
    return found


def _closed(mentions: list[TimeMention]) -> list[TimeMention]:
    """Give hours whose end alone is said their beginning ("in three hours, a period that ended at 23:00")."""
    lengths = [mention for mention in mentions if mention.shape == "length" and mention.hours]
    ends = [
        mention for mention in mentions if mention.shape == "until" and mention.end and mention.end.clock is not None
    ]
    if len(lengths) != 1 or len(ends) != 1:
        return mentions
    end = ends[0].end
    closed = lasted(lengths[0].hours or 0, ends[0]) if end is not None else None
    return [closed if closed is not None and mention is ends[0] else mention for mention in mentions]


def lasted(hours: int, mention: TimeMention) -> TimeMention | None:
    """Return the stretch of so many hours, less than a day, that ends when `mention` ends, if that is an hour."""
    end = mention.end
    if end is None or end.clock is None or not 0 < hours < _DAY:
        return None
    begin = end.clock - hours * 60
    same_day = end.day if begin >= 0 else None
    start = replace(end, clock=begin % (_DAY * 60), day=same_day, offset=None, weekday=None)
    return TimeMention(mention.first, mention.last, start, end, "range", hours)


def _lengths(sentence: Units, lexicon: Lexicon, used: set[int]) -> list[TimeMention]:
    found: list[TimeMention] = []
    if "unit" not in sentence.at and "status" not in sentence.at:
        return found
    for index in sentence.positions("number"):
        unit = sentence[index]
        if unit.role or unit.number is None or index in used:
            continue
        following = sentence[index + 1] if index + 1 < len(sentence) else None
        if following is not None and following.has("unit", *TIME_UNITS):
            hours = unit.number if following.has("unit", "hours", "oclock") else None
            over = hours is not None and index > 0 and sentence[index - 1].has("relative", "last")
            found.append(TimeMention(index, index + 1, None, None, "past" if over else "length", hours))
        elif following is not None and following.has("status", "historic") and unit.number <= _FEW:
            measured = lexicon.entry(following.form.partition(" ")[0]).word
            if measured is not None and measured.kind == "unit" and measured.value in TIME_UNITS:
                found.append(TimeMention(index, index, None, None, "length"))  # "three weeks ago"
    return found


def tells_day(mention: TimeMention, sentence: Units) -> bool:
    """Tell whether a time says when something was, not only within how long ("in mid-July, 35 shot down in a day")."""
    within = any(unit.has("bound", "within") for unit in sentence[max(0, mention.first - 2) : mention.first + 1])
    dated = mention.start is not None and mention.start.dated
    return mention.weight > 0 and (dated or not within)
