"""When something is said to have happened: expressions are found once and resolved against the publication.

No expression looks at a clock: "today" is the local day of `published_at` in the zone of the side that reports.
A night is 20:00 of the evening before to 08:00; evening 18:00-24:00; morning 06:00-12:00; early morning
04:00-08:00; a day 00:00-24:00; "since midnight" ends at the publication.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from worker.extract.units import Unit
from worker.lexicon import Lexicon
from worker.model import Basis, Period, Precision

_ZONES = {"moscow": "Europe/Moscow", "kyiv": "Europe/Kyiv", "utc": "UTC", "RU": "Europe/Moscow", "UA": "Europe/Kyiv"}
# Hours of a part of the day, counted from its midnight.
_PARTS = {
    "night": (-4, 8),
    "evening": (18, 24),
    "morning": (6, 12),
    "early": (4, 8),
    "noon": (11, 14),
    "afternoon": (12, 18),
    "daytime": (6, 20),
    "day": (0, 24),
    "midnight": (0, 0),
}
# As the first or last point of a range a part of the day means the moment a night begins or ends with.
_FROM = {"evening": 20, "night": 20, "morning": 6, "early": 4, "noon": 12, "afternoon": 14, "midnight": 0}
_UNTIL = {"evening": 20, "night": 8, "morning": 8, "early": 8, "noon": 12, "afternoon": 16, "midnight": 0}


@dataclass(frozen=True, slots=True)
class Point:
    """A moment or day as said; a missing part is decided by its partner or by the publication."""

    first: int
    last: int
    day: tuple[int, int, int | None] | None = None
    weekday: int | None = None
    offset: int | None = None
    part: str | None = None
    clock: int | None = None
    zone: str | None = None
    trailing_part: bool = False

    @property
    def dated(self) -> bool:
        """Whether the day is said."""
        return self.day is not None or self.weekday is not None or self.offset is not None


@dataclass(frozen=True, slots=True)
class TimeMention:
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
        if self.shape in ("range", "since"):
            return 4
        if self.shape == "length":
            return 0
        point = self.start or self.end
        if point is None:
            return 0
        if self.shape == "month":
            return 1
        return 3 if point.clock is not None else 2 if point.part is not None else 1


def find_times(sentence: Sequence[Unit], lexicon: Lexicon) -> list[TimeMention]:
    """Return the time expressions of a sentence in order; numbers used by them get the role "time"."""
    points = _merge(_points(sentence, lexicon), sentence)
    mentions: list[TimeMention] = []
    index = 0
    while index < len(points):
        point = points[index]
        following = points[index + 1] if index + 1 < len(points) else None
        before = _before(sentence, point.first)
        if following is not None and _is_from(before) and _is_until(sentence, point, following, before):
            mentions.append(TimeMention(point.first - 1, following.last, point, following, "range"))
            index += 2
            continue
        if (before is not None and before.has("bound", "since")) or (point.part == "midnight" and _is_from(before)):
            mentions.append(TimeMention(point.first, point.last, point, None, "since"))
        elif (before is not None and before.has("bound", "until")) or (
            point.clock is not None and not point.dated and before is not None and before.has("qualifier", "up_to")
        ):
            mentions.append(TimeMention(point.first, point.last, None, point, "until"))
        else:
            mentions.append(TimeMention(point.first, point.last, point, None, "point"))
        index += 1
    used = {position for mention in mentions for position in range(mention.first, mention.last + 1)}
    for position, unit in enumerate(sentence):
        if (
            unit.kind == "month"
            and position not in used
            and position
            and sentence[position - 1].kind in ("preposition", "relative", "bound", "particle")
        ):
            year, last = _year(sentence, position + 1)
            mentions.append(
                TimeMention(position, last, Point(position, last, day=(1, int(unit.value), year)), None, "month")
            )
    mentions.extend(_lengths(sentence))
    for mention in mentions:
        for unit in sentence[max(mention.first, 0) : mention.last + 1]:
            if unit.kind == "number":
                unit.role = "time"
    return mentions


def _before(sentence: Sequence[Unit], index: int) -> Unit | None:
    for position in range(index - 1, max(index - 3, -1), -1):
        unit = sentence[position]
        if unit.kind == "word" and len(unit.form) <= 3:
            continue
        return unit
    return None


def _is_from(before: Unit | None) -> bool:
    return before is not None and (
        before.has("preposition", "from")
        or before.has("bound", "from", "between", "since")
        or before.has("particle", "of")
    )


def _is_until(sentence: Sequence[Unit], point: Point, following: Point, before: Unit | None) -> bool:
    gap = sentence[point.last + 1 : following.first]
    if len(gap) > 5 or any(unit.kind in ("measure", "drone", "number") for unit in gap):
        return False
    joined = before is not None and before.has("bound", "between")
    return any(
        unit.has("bound", "until")
        or unit.has("qualifier", "up_to")
        or unit.has("preposition", "to")
        or (joined and unit.has("particle", "and"))
        or (unit.has("mark", "–") and len(gap) == 1)
        or unit.form == "до"
        for unit in gap
    )


def _points(sentence: Sequence[Unit], lexicon: Lexicon) -> list[Point]:
    found: list[Point] = []
    index, last = 0, len(sentence)
    while index < last:
        unit = sentence[index]
        if unit.kind == "number" and unit.number is not None:
            point = _from_number(sentence, index)
            if point is not None:
                found.append(point)
                index = point.last + 1
                continue
        elif unit.kind == "clock":
            point = _from_clock(sentence, index)
            if point is not None:
                found.append(point)
                index = point.last + 1
                continue
        elif unit.kind == "date":
            day, month, *year = (int(part) for part in unit.form.split("."))
            if 1 <= day <= 31 and 1 <= month <= 12:
                full = (year[0] if year[0] > 99 else 2000 + year[0]) if year else None
                found.append(Point(index, index, day=(day, month, full)))
        elif unit.kind == "month":
            point = _from_month(sentence, index)
            if point is not None:
                found.append(point)
                index = point.last + 1
                continue
        elif unit.kind == "weekday":
            found.append(Point(index, index, weekday=int(unit.value), part=_grown_part(unit.form, lexicon)))
        elif unit.kind == "part":
            found.append(Point(index, index, part=unit.value, trailing_part=True))
        elif unit.has("relative", "today", "yesterday", "day_before", "two_days_ago"):
            offset = {"today": 0, "yesterday": -1, "day_before": -1, "two_days_ago": -2}[unit.value]
            found.append(Point(index, index, offset=offset))
        elif unit.kind == "zone" and found and index - found[-1].last <= 2:
            found[-1] = _replace(found[-1], last=index, zone=unit.value)
        index += 1
    return found


def _replace(point: Point, **changes: object) -> Point:
    values = {name: getattr(point, name) for name in Point.__slots__}
    values.update(changes)
    return Point(**values)


def _from_number(sentence: Sequence[Unit], index: int) -> Point | None:
    unit = sentence[index]
    number = unit.number or 0
    ahead = index + 1
    if ahead < len(sentence) and sentence[ahead].has("mark", "."):
        ahead += 1
    following = sentence[ahead] if ahead < len(sentence) else None
    if following is None:
        return None
    if following.kind == "month" and 1 <= number <= 31:
        year, last = _year(sentence, ahead + 1)
        return Point(index, last if year else ahead, day=(number, int(following.value), year))
    if following.kind == "meridiem" and number <= 24:
        return Point(index, ahead, clock=_twelve(number * 60, following.value))
    return None


def _from_clock(sentence: Sequence[Unit], index: int) -> Point | None:
    hours, minutes = (int(part) for part in sentence[index].form.replace(":", ".").split("."))
    following = sentence[index + 1] if index + 1 < len(sentence) else None
    clock, last = hours * 60 + minutes, index
    if following is not None and following.kind == "meridiem":
        clock, last = _twelve(clock, following.value), index + 1
    return Point(index, last, clock=clock)


def _twelve(clock: int, meridiem: str) -> int:
    if meridiem == "pm" and clock < 12 * 60:
        return clock + 12 * 60
    if meridiem == "am" and clock >= 12 * 60:
        return clock - 12 * 60
    return clock


def _from_month(sentence: Sequence[Unit], index: int) -> Point | None:
    """English order: "May 20", "Feb. 9, 2024"."""
    ahead = index + 1
    if ahead < len(sentence) and sentence[ahead].has("mark", "."):
        ahead += 1
    if ahead >= len(sentence):
        return None
    unit = sentence[ahead]
    if unit.kind == "number" and unit.number is not None and 1 <= unit.number <= 31 and unit.form.isdigit():
        skip = ahead + 2 if ahead + 1 < len(sentence) and sentence[ahead + 1].has("mark", ",") else ahead + 1
        year, last = _year(sentence, skip)
        return Point(index, last if year else ahead, day=(unit.number, int(sentence[index].value), year))
    return None


def _year(sentence: Sequence[Unit], index: int) -> tuple[int | None, int]:
    if index < len(sentence) and sentence[index].number is not None and 2014 <= (sentence[index].number or 0) <= 2099:
        last = index
        if index + 1 < len(sentence) and sentence[index + 1].has("unit", "time"):
            last = index + 1
        return sentence[index].number, last
    return None, index


def _grown_part(form: str, lexicon: Lexicon) -> str | None:
    """The part of the day inside one word ("Dienstagabend")."""
    for cut in range(5, len(form) - 2):
        word = lexicon.exact.get(form[cut:])
        if word is not None and word.kind == "part":
            return word.value
    return None


def _merge(points: list[Point], sentence: Sequence[Unit]) -> list[Point]:
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
                trailing_part=previous.part is None and point.part is not None and point.first == previous.last + 1,
            )
        else:
            merged.append(point)
    return merged


def _offset(previous: Point, point: Point) -> int | None:
    if previous.day or previous.weekday is not None or point.day or point.weekday is not None:
        return None
    return previous.offset if previous.offset is not None else point.offset


def _completes(previous: Point, point: Point, sentence: Sequence[Unit]) -> bool:
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


def _lengths(sentence: Sequence[Unit]) -> list[TimeMention]:
    found: list[TimeMention] = []
    for index, unit in enumerate(sentence):
        if unit.kind != "number" or unit.role or unit.number is None:
            continue
        following = sentence[index + 1] if index + 1 < len(sentence) else None
        if following is not None and following.has("unit", "time"):
            hours = unit.number if following.form[:4] in ("stun", "hour", "час", "часа", "часо", "годи") else None
            found.append(TimeMention(index, index + 1, None, None, "length", hours))
    return found


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def resolve(mention: TimeMention, published: datetime | None, side: str, basis: Basis = "relative") -> Period | None:
    """Return the period a mention means, in UTC, or None where the publication would be needed and is unknown.

    `side` is the country whose local time is meant when no zone is said ("RU" or "UA").
    """
    point = mention.start or mention.end
    if point is None:
        return None
    zone_name = next((p.zone for p in (mention.start, mention.end) if p is not None and p.zone), None)
    zone = _zone(_ZONES.get(zone_name or side, "Europe/Kyiv"))
    local = published.astimezone(zone) if published is not None else None
    if mention.shape == "range" and mention.start is not None and mention.end is not None:
        return _range(mention.start, mention.end, local, zone, basis)
    if mention.shape == "since":
        if local is None or published is None or point.part not in (None, "midnight"):
            return None
        begin = _at(_day(point, local) or local.date(), (point.clock or 0) / 60, zone)
        return _period(begin, published, basis, "hour")
    if mention.shape == "until":
        return None
    if mention.shape == "month":
        first_day = _day(point, local)
        if first_day is None:
            return None
        following = (first_day.replace(day=28) + timedelta(days=4)).replace(day=1)
        return _period(_at(first_day, 0, zone), _at(following, 0, zone), "explicit", "month")
    day: date | None = _day(point, local)
    if point.clock is not None:
        if day is None:
            if local is None:
                return None
            day = local.date() if point.clock <= local.hour * 60 + local.minute else local.date() - timedelta(days=1)
        moment = _at(day, point.clock / 60, zone)
        return _period(moment, moment + timedelta(minutes=1), "explicit" if point.day else basis, "minute")
    if day is None:
        if local is None:
            return None
        day = local.date()
        begins = _PARTS[point.part or "day"][0]
        if point.part != "night" and begins > local.hour:
            day -= timedelta(days=1)
    first, last = _PARTS[point.part or "day"]
    if point.part == "night" and point.trailing_part and point.weekday is not None:
        first, last = 20, 32
        if published is not None and _at(day, last, zone) > published + timedelta(hours=1):
            day -= timedelta(days=7) if _at(day, first, zone) > published else timedelta()
    precision: Precision = "day" if point.part in (None, "day") else "part_of_day"
    return _period(_at(day, first, zone), _at(day, last, zone), "explicit" if point.day else basis, precision)


def _range(start: Point, end: Point, local: datetime | None, zone: ZoneInfo, basis: Basis) -> Period | None:
    last_day, first_day = _day(end, local), _day(start, local)
    explicit = start.day is not None or end.day is not None
    begin_hour = start.clock / 60 if start.clock is not None else _FROM.get(start.part or "", 0)
    end_hour = end.clock / 60 if end.clock is not None else _UNTIL.get(end.part or "", 24)
    if last_day is None:
        if first_day is not None:
            last_day = first_day + timedelta(days=1 if end_hour <= begin_hour else 0)
        elif local is None:
            return None
        else:
            last_day = local.date()
            if end_hour * 60 > local.hour * 60 + local.minute + 30:
                last_day -= timedelta(days=1)
    if first_day is None:
        first_day = last_day - timedelta(days=1 if begin_hour >= end_hour else 0)
    if first_day > last_day:
        first_day -= timedelta(days=7 if start.weekday is not None else 0)
    begin, finish = _at(first_day, begin_hour, zone), _at(last_day, end_hour, zone)
    if finish <= begin:
        return None
    clocked = start.clock is not None and end.clock is not None
    return _period(begin, finish, "explicit" if explicit or clocked else basis, "minute" if clocked else "part_of_day")


def _day(point: Point, local: datetime | None) -> date | None:
    if point.day is not None:
        day, month, year = point.day
        return _calendar(day, month, year, local)
    if local is None:
        return None
    if point.weekday is not None:
        return local.date() - timedelta(days=(local.weekday() - point.weekday) % 7)
    if point.offset is not None:
        return local.date() + timedelta(days=point.offset)
    return None


def _calendar(day: int, month: int, year: int | None, local: datetime | None) -> date | None:
    """Without a year it is the latest such day that is not after the day behind the publication."""
    try:
        if year is not None:
            return date(year, month, day)
        if local is None:
            return None
        found = date(local.year, month, day)
        return found if found <= local.date() + timedelta(days=1) else date(local.year - 1, month, day)
    except ValueError:
        return None


def _at(day: date, hours: float, zone: ZoneInfo) -> datetime:
    """A wall clock time: 24 h or more is the next day, less than 0 the day before."""
    whole = timedelta(minutes=round(hours * 60))
    return (datetime(day.year, day.month, day.day) + whole).replace(tzinfo=zone)


def _period(start: datetime, end: datetime, basis: Basis, precision: Precision) -> Period:
    return Period(start=start.astimezone(UTC), end=end.astimezone(UTC), basis=basis, precision=precision)
