"""A moment or day as a sentence says it: a date, a weekday, an hour, a part of the day, or several of them."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from worker.extract.grammar.units import Units
from worker.extract.when.evenings import JOINTS, grown_part, night_after
from worker.extract.when.hours import (
    at_hour,
    counts_next,
    describes_counted,
    ends_at_hour,
    oclock,
    opens_hours,
    tells_hour,
    twelve,
)
from worker.extract.when.spoken_days import THIS_MONTH, day_before, day_of_night, first_of_two, next_day, ordinal
from worker.lexicon import Grammar, Lexicon


class Point(msgspec.Struct, frozen=True, gc=False):
    """A moment or day as said; a missing part is decided by its partner or by the publication.

    `begins` marks a night that is named after the day on which it begins ("la noche del martes"), unless
    `both_days` of it are said ("del 20 al 21"); `bare` one with a weekday right behind it ("overnight Saturday").
    """

    first: int
    last: int
    day: tuple[int, int, int | None] | None = None
    weekday: int | None = None
    offset: int | None = None
    part: str | None = None
    clock: int | None = None
    zone: str | None = None
    trailing_part: bool = False
    begins: bool = False
    both_days: bool = False
    bare: bool = False

    @property
    def dated(self) -> bool:
        """Whether the day is said."""
        return self.day is not None or self.weekday is not None or self.offset is not None


# Units of time, of which a number counts nothing of an attack: minutes and nights, hours, days, and longer ones.
TIME_UNITS = ("time", "hours", "oclock", "day", "long")
_LAST_DAY = 31
_TWELVE = 12
_HALF_DAY = 12
_LAST_HOUR = 24
_HOUR = 60  # minutes
# A day and a night in a row, told when they were over.
WHOLE_DAY = "whole_day"
# Hours told as those of the night.
_SMALL_HOURS = 5
# The kinds of the words of any time.
SAID_BY = frozenset(("number", "clock", "date", "month", "weekday", "part", "relative", "zone", "bound"))
# Without any of these a number is neither a day nor an hour.
_TELLING = SAID_BY - {"number", "zone"} | {"meridiem"}


def find_points(sentence: Units, lexicon: Lexicon) -> list[Point]:
    """Return every moment or day of a sentence, each word of it on its own, in order."""
    found: list[Point] = []
    if sentence.lack(_TELLING) and not sentence.any("unit", "oclock"):
        return found
    after = 0
    for index in sentence.positions(*SAID_BY):
        if index < after:
            continue
        unit = sentence[index]
        if unit.kind == "number" and unit.number is not None:
            point = _from_number(sentence, index)
            if point is not None:
                found.append(point)
                after = point.last + 1
        elif unit.kind == "clock":
            point = _from_clock(sentence, index)
            if point is not None:
                found.append(point)
                after = point.last + 1
        elif unit.kind == "date":
            day, month, *year = (int(part) for part in unit.form.split("."))
            if 1 <= day <= 31 and 1 <= month <= 12:
                full = (year[0] if year[0] > 99 else 2000 + year[0]) if year else None
                found.append(Point(index, index, day=(day, month, full)))
        elif unit.kind == "month":
            # Where a day stands before its month, a number behind may count ("Ende Mai 27 Drohnen").
            counts = lexicon.grammar.capital_nouns and counts_next(sentence, index + 1)
            point = _from_words(sentence, index, found, lexicon.grammar)
            point = point or (_from_month(sentence, index) if not counts else None)
            if point is not None:
                found.append(point)
                after = point.last + 1
                later = _same_month(sentence, point)
                if later is not None:
                    found.append(later)
                    after = later.last + 1
        elif unit.kind == "weekday":
            found.append(Point(index, index, weekday=int(unit.value), part=grown_part(unit.form, lexicon)))
        elif unit.kind == "part":
            begins = unit.value == "night_of"
            part = "night" if begins else unit.value
            found.append(Point(index, index, part=part, trailing_part=True, begins=begins))
            to = day_of_night(sentence, index, lexicon.grammar)
            if to is not None:
                found.append(Point(index + 1, to[0], day=(to[1], THIS_MONTH, None)))
                after = to[0] + 1
        elif unit.has("relative", "today", "yesterday", "day_before", "two_days_ago"):
            offset = {"today": 0, "yesterday": -1, "day_before": -1, "two_days_ago": -2}[unit.value]
            found.append(Point(index, index, offset=offset))
        elif unit.has("relative", "last") or unit.has("bound", "within"):
            point = _whole_day(sentence, index)
            if point is not None:
                found.append(point)
                after = point.last + 1
        elif unit.kind == "zone" and found and index - found[-1].last <= 2:
            found[-1] = replace(found[-1], last=index, zone=unit.value)
    return found


def _whole_day(sentence: Units, index: int) -> Point | None:
    """A day and a night that are over: "за минувшие сутки", "over the past day", "за добу"."""
    last = index + 1 if sentence[index].kind == "bound" else index
    if last < len(sentence) and (sentence[last].has("relative", "last") or sentence[last].has("particle", "all")):
        last += 1
    if last < len(sentence) and sentence[last].has("unit", "day"):
        return Point(index, last, part=WHOLE_DAY)
    return None


def _from_number(sentence: Units, index: int) -> Point | None:
    unit = sentence[index]
    number = unit.number or 0
    ahead = index + 1
    if ahead < len(sentence) and sentence[ahead].has("mark", "."):
        ahead += 1
    hour = _hour_of_part(sentence, index)
    if hour is not None:
        return hour
    if ends_at_hour(sentence, index):
        return Point(index, index, clock=number * _HOUR)
    ahead = _behind_of(sentence, ahead)
    following = sentence[ahead] if ahead < len(sentence) else None
    if following is None:
        return None
    second = next_day(sentence, ahead, number)
    if second is not None:
        later = _from_number(sentence, second)
        return replace(later, first=index, both_days=True) if later is not None and later.day is not None else None
    if following.kind == "month" and 1 <= number <= 31:
        year, last = year_at(sentence, ahead + 1)
        return Point(index, last if year else ahead, day=(number, int(following.value), year))
    later_day = _later_day(sentence, ahead, number)
    if later_day is not None:
        return Point(index, index, day=(number, later_day[1], later_day[2]))
    if following.has("meridiem", "oclock") or (following.has("unit", "hours") and at_hour(sentence, index, ahead)):
        minutes = sentence[ahead + 1].number if ahead + 1 < len(sentence) else None
        # "20 h 30", but not "bis 8 Uhr 31 Drohnen"
        said = minutes is not None and minutes < _HOUR and not counts_next(sentence, ahead + 1)
        return (
            Point(index, ahead + said, clock=number * _HOUR + (minutes or 0) * said) if number <= _LAST_HOUR else None
        )
    if following.kind == "meridiem" and number <= _LAST_HOUR:
        return Point(index, ahead, clock=twelve(number * _HOUR, following.value))
    hour = _hour(sentence, index, ahead)
    if hour is not None:
        return hour
    told = oclock(sentence, index, ahead)
    if told is not None:
        return Point(index, told[1], clock=told[0])
    if number <= 24 and opens_hours(sentence, ahead):
        return Point(index, index, clock=number * 60)
    if (
        following.kind == "zone"
        and len(unit.form) == len("2230")
        and number // 100 < _LAST_HOUR
        and number % 100 < _HOUR
    ):
        return Point(index, index, clock=number // 100 * _HOUR + number % 100)  # "2230 GMT"
    return None


def _behind_of(sentence: Units, index: int) -> int:
    """Skip "of" between day, month and year ("21 de mayo de 2025", "the 8th of June")."""
    return index + 1 if index < len(sentence) and sentence[index].has("particle", "of") else index


def _hour_of_part(sentence: Units, index: int) -> Point | None:
    """An hour named with its part of the day ("5 in the morning", "las 8 de la tarde")."""
    number, position = sentence[index].number or 0, index + 1
    if not 1 <= number <= _HALF_DAY or position >= len(sentence):
        return None
    if not (sentence[position].has("particle", "of") or sentence[position].has("preposition", "at")):
        return None
    position += 1
    while position < len(sentence) and sentence[position].kind == "word" and position <= index + 3:
        position += 1
    if position >= len(sentence) or sentence[position].kind != "part":
        return None
    later = sentence[position].value in ("afternoon", "evening") or (
        sentence[position].value.startswith("night") and number > _HALF_DAY // 2
    )
    return Point(index, position, clock=(number % _HALF_DAY + _HALF_DAY * later) * 60)


def _hour(sentence: Units, index: int, ahead: int) -> Point | None:
    """An hour told by its part of the day ("в пять утра"), or by that of the next one ("с шести до девяти вечера")."""
    number = sentence[index].number or 0
    if not 1 <= number <= _TWELVE or (sentence[index].article and sentence[index + 1].kind == "part"):
        return None  # "after a morning attack"
    last, part = index, sentence[ahead]
    if part.kind in ("qualifier", "bound", "preposition") and ahead + 2 < len(sentence):
        second = sentence[ahead + 1]
        if second.kind != "number" or not number < (second.number or 0) <= _TWELVE:
            return None
        part = sentence[ahead + 2]
    else:
        last = ahead
    of_night = 1 < number <= _SMALL_HOURS or sentence[index].form == "1"  # "in one night" tells no hour
    night = part.has("part", "night") and of_night and index > 0 and not describes_counted(sentence, part, last + 1)
    if not part.has("part", "morning", "evening") and not (night and tells_hour(sentence[index - 1])):
        return None
    return Point(index, last, clock=twelve(number * 60, "pm" if part.value == "evening" else "am"))


def _later_day(sentence: Units, index: int, number: int) -> tuple[int, int, int | None] | None:
    """Return the later day of two in one month behind the first ("8. bis 14. Juni", "с 8 по 14 июня", "8–14 June").

    Parts of two days in a row may stand before them ("the evening of 18 and the night of 19 October").
    """
    night = night_after(sentence, index, number)
    if night is not None:
        index = night
    elif (sentence[index].kind in JOINTS or sentence[index].has("mark", "–")) and index + 1 < len(sentence):
        index += 1
    if sentence[index].kind != "number" or not 1 <= number < _LAST_DAY:
        return None
    later = _from_number(sentence, index)
    return later.day if later is not None and later.day is not None and later.day[0] > number else None


def _from_clock(sentence: Units, index: int) -> Point | None:
    hours, minutes = (int(part) for part in sentence[index].form.replace(":", ".").split("."))
    following = sentence[index + 1] if index + 1 < len(sentence) else None
    clock, last = hours * 60 + minutes, index
    if following is not None and following.kind == "meridiem":
        clock, last = twelve(clock, following.value), index + 1
    return Point(index, last, clock=clock)


def _from_words(sentence: Units, month: int, found: list[Point], grammar: Grammar) -> Point | None:
    """A day in words before its month ("восьмого июня"); the first of two ("с первого по пятое") goes to `found`."""
    told = day_before(sentence, month, grammar)
    if told is None:
        return None
    value, (year, last) = int(sentence[month].value), year_at(sentence, month + 1)
    first = first_of_two(sentence, told[0], grammar)
    if first is not None and first[1] < told[1]:
        found.append(Point(first[0], first[0], day=(first[1], value, year)))
    return Point(told[0], last if year else month, day=(told[1], value, year))


def _from_month(sentence: Units, index: int) -> Point | None:
    """English order: "May 20", "Feb. 9, 2024"; an ordinal on either side ("June 1st", "1er juin", "1st of June")."""
    before = index - 2 if index > 1 and sentence[index - 1].has("particle", "of") else index - 1
    day = ordinal(sentence[before]) if before >= 0 else None
    if day is not None:
        year, last = year_at(sentence, _behind_of(sentence, index + 1))
        return Point(before, last if year else index, day=(day, int(sentence[index].value), year))
    ahead = index + 1
    if ahead < len(sentence) and sentence[ahead].has("mark", "."):
        ahead += 1
    if ahead >= len(sentence):
        return None
    unit, number = sentence[ahead], ordinal(sentence[ahead])
    if unit.kind == "number" and unit.number is not None and 1 <= unit.number <= 31 and unit.form.isdigit():
        number = unit.number
    if number is not None:
        second = next_day(sentence, ahead + 1, number)
        if second is not None:
            ahead, number = second, number + 1
        skip = ahead + 2 if ahead + 1 < len(sentence) and sentence[ahead + 1].has("mark", ",") else ahead + 1
        year, last = year_at(sentence, skip)
        return Point(index, last if year else ahead, day=(number, int(sentence[index].value), year))
    return None


def _same_month(sentence: Units, point: Point) -> Point | None:
    """The second of two days behind one month ("between June 7 and 13", "from May 3 to 9", "June 7–13")."""
    index = point.last + 2
    if index >= len(sentence) or point.day is None or sentence[index].kind != "number":
        return None
    joint, unit = sentence[index - 1], sentence[index]
    behind = sentence[index + 1] if index + 1 < len(sentence) else None
    before = sentence[point.first - 1] if point.first else None
    opened = before is not None and (before.kind == "bound" or before.has("preposition", "from"))
    if not (joint.has("mark", "–") or (opened and (joint.kind in JOINTS or joint.has("particle", "and")))):
        return None
    number = unit.number or 0
    if not point.day[0] < number <= _LAST_DAY or not unit.form.isdigit():
        return None
    if behind is not None and behind.kind not in ("mark", "preposition", "particle", "bound", "clause"):
        return None
    year, last = year_at(sentence, index + 2 if behind is not None and behind.has("mark", ",") else index + 1)
    return Point(index, last if year else index, day=(number, point.day[1], year or point.day[2]))


def year_at(sentence: Units, index: int) -> tuple[int | None, int]:
    """Return the year said at `index`, if one is, and the index of the last unit that belongs to it."""
    index = _behind_of(sentence, index)
    if index < len(sentence) and sentence[index].number is not None and 2014 <= (sentence[index].number or 0) <= 2099:
        last = index
        if index + 1 < len(sentence) and sentence[index + 1].has("unit", *TIME_UNITS):
            last = index + 1
        return sentence[index].number, last
    return None, index


def merge(points: list[Point], sentence: Units) -> list[Point]:
    """Neighbouring points that complete each other are one: "20.00" + "20 мая", "night" + "to Wednesday"."""
    merged: list[Point] = []
    for point in points:
        previous = merged[-1] if merged else None
        if previous is not None and _completes(previous, point, sentence):
            merged[-1] = Point(
                previous.first,
                point.last,
                day=previous.day or point.day,
                weekday=previous.weekday if previous.weekday is not None else point.weekday,
                offset=_offset(previous, point),
                part=previous.part or point.part,
                clock=previous.clock if previous.clock is not None else point.clock,
                zone=previous.zone or point.zone,
                begins=(previous.begins or point.begins) and not (previous.both_days or point.both_days),
                both_days=previous.both_days or point.both_days,
                trailing_part=previous.part is None and point.part is not None and point.first == previous.last + 1,
                bare=previous.part == "night"
                and point.weekday is not None
                and point.first == previous.last + 1
                and " " not in sentence[previous.last].form,
            )
        else:
            merged.append(point)
    return merged


def narrowed(points: list[Point], sentence: Units, lexicon: Lexicon) -> list[Point]:
    """Days of which only the beginning or the end is meant ("early on Tuesday", "late on 20 May")."""
    grammar = lexicon.grammar
    if not grammar.early_on:
        return points
    return [replace(p, part=_end_of_day(sentence, p, grammar) or p.part) for p in points]


def _end_of_day(sentence: Units, point: Point, grammar: Grammar) -> str | None:
    if not point.dated or point.part is not None or point.clock is not None:
        return None
    before = point.first - 1
    if before > 0 and sentence[before].kind == "preposition":
        before -= 1
    form = sentence[before].form if before >= 0 else ""
    return "early" if form in grammar.early_on else "evening" if form in grammar.late_on else None


def _offset(previous: Point, point: Point) -> int | None:
    if previous.day or previous.weekday is not None or point.day or point.weekday is not None:
        return None
    return previous.offset if previous.offset is not None else point.offset


def _completes(previous: Point, point: Point, sentence: Units) -> bool:
    gap = sentence[previous.last + 1 : point.first]
    if len(gap) > 2 or any(
        unit.kind not in ("preposition", "bound", "word", "particle", "mark", "zone", "relative", "status")
        or unit.has("bound", "until", "between")
        or unit.has("mark", "–", ";", ":", "(")
        or unit.has("particle", "and")
        for unit in gap
    ):
        return False
    if any(unit.kind == "mark" for unit in gap) and not (point.dated and not previous.dated and previous.clock is None):
        return (point.day is not None and previous.weekday is not None) or (
            point.weekday is not None and previous.day is not None
        )
    both_days = (previous.weekday is not None) == (point.weekday is not None)
    if previous.dated and point.dated:
        return not both_days and (previous.offset is None) == (point.offset is None)
    if previous.part and point.part:
        return False
    return not (previous.clock is not None and point.clock is not None)
