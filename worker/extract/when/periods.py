"""When something is said to have happened: an expression is resolved against the publication.

No expression looks at a clock: "today" is the local day of `published_at` in the zone of the side that reports.
A night is 20:00 of the evening before to 08:00; evening 18:00-24:00; morning 06:00-12:00; early morning
04:00-08:00; a day 00:00-24:00; "since midnight" ends at the publication. "The past 24 hours" end with it too, "the
past day" is the local day before.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from worker.extract.when.moments import WHOLE_DAY, Point
from worker.extract.when.spoken_days import THIS_MONTH
from worker.extract.when.times import TimeMention
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
    "midnight": (0, 1),
    "that_night": (-4, 8),
    "whole_day": (0, 24),
}
# Until this hour "the day and night that are over" are yesterday's.
_DAY_IS_TOLD = 16
# As the first or last point of a range a part of the day means the moment a night begins or ends with.
_FROM = {"evening": 20, "night": 20, "morning": 6, "early": 4, "noon": 12, "afternoon": 14, "midnight": 0}
_STILL_TOLD = timedelta(hours=20)  # after the end of a night its bulletin is printed
_NOON = 12  # what happened "in the daytime" is not told in the morning of that day
_NIGHT = 20  # what begins later in the evening is told of the night before
_LATE = 22  # and so is what ends later
_ONLY_A_DAY = (time(0), time(12))
_DAY = 24
_TWO_MONTHS = 62  # days
_EVENING = 16  # a night's bulletin begins between 16:00 and 22:00
_SMALL_HOURS = 6  # what begins before lasts no longer than the night
_UNTIL = {"evening": 20, "night": 8, "morning": 8, "early": 8, "noon": 12, "afternoon": 16, "midnight": 0}


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def zone_of(side: str) -> ZoneInfo:
    """Return the local time of the country that reports ("RU" or "UA")."""
    return _zone(_ZONES.get(side, "Europe/Kyiv"))


@lru_cache(maxsize=256)  # all numbers of a sentence ask for the same
def resolve(mention: TimeMention, published: datetime | None, side: str, basis: Basis = "relative") -> Period | None:
    """Return the period a mention means, in UTC, or None where the publication would be needed and is unknown.

    `side` is the country whose local time is meant when no zone is said ("RU" or "UA").
    """
    point = mention.start or mention.end
    if mention.shape == "past" and published is not None:
        return _period(published - timedelta(hours=mention.hours or 0), published, basis, "hour")
    if point is None:
        return None
    zone_name = next((p.zone for p in (mention.start, mention.end) if p is not None and p.zone), None)
    zone = _zone(_ZONES.get(zone_name or side, "Europe/Kyiv"))
    local = _latest_moment(published, zone) if published is not None else None
    if mention.shape == "range" and mention.start is not None and mention.end is not None:
        return _range(mention.start, mention.end, published, local, zone, basis)
    if mention.shape == "since":
        if local is None or published is None or point.part not in (None, "midnight", *_FROM):
            return None
        hour = point.clock / 60 if point.clock is not None else _FROM.get(point.part or "", 0)
        since_day = _day(point, local) or local.date()
        if _at(since_day, hour, zone) > published:
            since_day -= timedelta(days=1)
        begin = _at(since_day, hour, zone)
        if begin == published:
            return None  # a feed that knows only the day: nothing has gone on yet
        over = _at(since_day, 32, zone)
        if point.part in ("evening", "night") and published - over < _STILL_TOLD:  # a bulletin about a night
            return _period(begin, min(published, over), basis, "part_of_day")
        return _period(begin, published, basis, "hour")
    if mention.shape == "from":
        return _from(point, published, local, zone)
    if mention.shape == "until":
        return None
    if mention.shape == "month":
        first_day = _day(point, local)
        if first_day is None:
            return None
        following = (first_day.replace(day=28) + timedelta(days=4)).replace(day=1)
        return _period(_at(first_day, 0, zone), _at(following, 0, zone), "explicit", "month")
    if mention.shape == "year" and point.day is not None and point.day[2] is not None:
        year = point.day[2]
        return _period(_at(date(year, 1, 1), 0, zone), _at(date(year + 1, 1, 1), 0, zone), "explicit", "year")
    day: date | None = _day(point, local)
    if point.clock is not None:
        if day is None:
            if local is None:
                return None
            over = local if point.clock < _NIGHT * 60 or published is None else published.astimezone(zone)
            day = local.date() if point.clock <= over.hour * 60 + over.minute else local.date() - timedelta(days=1)
        moment = _at(day, point.clock / 60, zone)
        return _period(moment, moment + timedelta(minutes=1), "explicit", "minute")
    if day is None:
        if local is None:
            return None
        day = local.date()
        begins = _PARTS[point.part or "day"][0]
        if point.part == WHOLE_DAY:
            day -= timedelta(days=1 if published is None or published.astimezone(zone).hour < _DAY_IS_TOLD else 0)
        elif point.part != "night" and (_NOON if point.part == "daytime" else begins) > local.hour:
            day -= timedelta(days=1)
    first, last = _PARTS[point.part or "day"]
    if point.part == "night" and (
        point.begins or (point.weekday is not None and (point.trailing_part or _told_the_day_after(point, local)))
    ):
        first, last = 20, 32
        if published is not None and _at(day, first, zone) > published:
            day -= timedelta(days=1)  # "Friday's night", told on Friday morning: the one that ended then
    precision: Precision = "day" if point.part in (None, "day", WHOLE_DAY) else "part_of_day"
    return _period(_at(day, first, zone), _at(day, last, zone), "explicit" if point.day else basis, precision)


def _told_the_day_after(point: Point, local: datetime | None) -> bool:
    """Tell whether a night beside a bare weekday is the one just over ("overnight Saturday", said on Sunday)."""
    return point.bare and local is not None and (local.weekday() - (point.weekday or 0)) % 7 == 1


def _latest_moment(published: datetime, zone: ZoneInfo) -> datetime:
    """The local time up to which an article may tell: feeds that know only its day write noon or midnight."""
    local = published.astimezone(zone)
    if published.astimezone(UTC).timetz().replace(tzinfo=None) in _ONLY_A_DAY:
        return max(local, local.replace(hour=23, minute=59))
    return local


def _from(point: Point, published: datetime | None, local: datetime | None, zone: ZoneInfo) -> Period | None:
    """From an hour on, without an end: in the evening a night begins so, else it lasts until it is told."""
    if local is None or published is None:
        return None
    hour = (point.clock or 0) / 60
    day = _day(point, local) or local.date()
    begin = _at(day, hour, zone)
    if begin > published:
        day -= timedelta(days=1)
        begin = _at(day, hour, zone)
    end = min(published, _at(day, 32 if hour >= _EVENING else 8 if hour < _SMALL_HOURS else 24, zone))
    return _period(begin, end, "explicit", "part_of_day") if begin < end else None


def _range(
    start: Point, end: Point, published: datetime | None, local: datetime | None, zone: ZoneInfo, basis: Basis
) -> Period | None:
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
            told_today = begin_hour < _NIGHT and not _LATE < end_hour < _DAY
            over = local if told_today or published is None else published.astimezone(zone)
            if end_hour * 60 > over.hour * 60 + over.minute + 30:
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
        if month == THIS_MONTH:
            return _latest(day, local)
        found = date(local.year, month, day)
        return found if found <= local.date() + timedelta(days=1) else date(local.year - 1, month, day)
    except ValueError:
        return None


def _latest(day: int, local: datetime) -> date | None:
    """The latest day of that number up to the day behind the publication."""
    found = local.date() + timedelta(days=1)
    for _ in range(_TWO_MONTHS):
        if found.day == day:
            return found
        found -= timedelta(days=1)
    return None


def _at(day: date, hours: float, zone: ZoneInfo) -> datetime:
    """A wall clock time: 24 h or more is the next day, less than 0 the day before."""
    whole = timedelta(minutes=round(hours * 60))
    return (datetime(day.year, day.month, day.day) + whole).replace(tzinfo=zone)


def _period(start: datetime, end: datetime, basis: Basis, precision: Precision) -> Period:
    return Period(start=start.astimezone(UTC), end=end.astimezone(UTC), basis=basis, precision=precision)
