"""The long stretches of time that sums are told of: "this week", "since the start of the year", "in the past month".

Local days of the reporting side. What is not over ends with the publication; the past week, month and year end with the
day of the publication, or with the week or month before it where the next one has only begun.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from worker.extract.grammar.clauses import Clauses
from worker.extract.grammar.units import Unit, Units
from worker.model import Period, Precision

# Every word for a sum; "cumulative" does not say over which time, "until_now" ("so far") not since when.
SUMS = frozenset(
    (
        "cumulative",
        "until_now",
        "this_day",
        "this_week",
        "past_week",
        "last_week",
        "this_month",
        "past_month",
        "last_month",
        "this_year",
        "past_year",
        "last_year",
        "war",
    )
)
# Those that may also be the hours of one attack.
UNTIL_NOW = frozenset(("this_day", "until_now"))
_WAR = date(2022, 2, 24)
# Until this day of a month "the month" is the one before.
_JUST_BEGUN = 3
_SUNDAY = 6
_WEEK = timedelta(days=7)
_MONTH = timedelta(days=30)
_YEAR = timedelta(days=365)
_DAY = timedelta(days=1)
# Units that say how long a stretch of time is ("over the last three" weeks).
_STRETCH = 5
# Units of "for the fourth" before "time", and from an attack to it.
_ORDINAL, _STRIKE = 3, 8
# Letters of an article ("in den letzten drei Tagen").
ARTICLE = 3


def stretch(value: str, published: datetime | None, zone: ZoneInfo) -> Period | None:
    """Return the period of a word of `SUMS`, None where it does not say or the publication is not known."""
    if published is None or value not in SUMS or value in ("cumulative", "until_now"):
        return None
    today = published.astimezone(zone).date()
    monday, first = today - timedelta(days=today.weekday()), today.replace(day=1)
    begin, end = today, None
    precision: Precision = "day"
    kind = value.rpartition("_")[2]
    if value == "war":
        begin, precision = _WAR, "year"
    elif kind == "week":
        precision = "week"
        begin, end = _week(value, today, monday)
    elif kind == "month":
        precision = "month"
        last = (first - _DAY).replace(day=1)
        over = value == "last_month" or (value == "past_month" and today.day <= _JUST_BEGUN)
        begin, end = (last, first) if over else (first, None) if value == "this_month" else (today - _MONTH, None)
    elif kind == "year":
        precision = "year"
        begin, end = {
            "this_year": (date(today.year, 1, 1), None),
            "last_year": (date(today.year - 1, 1, 1), date(today.year, 1, 1)),
        }.get(value, (today - _YEAR, None))
    start, stop = _midnight(begin, zone), _midnight(end, zone) if end is not None else published
    return Period(start=start, end=stop, basis="relative", precision=precision) if start < stop else None


def _week(value: str, today: date, monday: date) -> tuple[date, date | None]:
    if value == "this_week" and today != monday:
        return monday, None
    if today.weekday() == _SUNDAY:
        return monday, None
    if value == "last_week" or today == monday:
        return monday - _WEEK, monday
    return today - _WEEK + _DAY, None


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


def told_length(units: Units, clauses: Clauses, index: int) -> str | None:
    """Return the stretch of more than a day that the clause of a count is about ("over the last three weeks")."""
    for position in units.positions("unit"):
        if units[position].value not in ("long", "day") or clauses.of[position] != clauses.of[index]:
            continue
        first = position
        while first and position - first < _STRETCH and _measures_time(units[first - 1]):
            first -= 1
        told = units[first:position]
        several = any(unit.kind == "number" and (unit.number or 0) > 1 for unit in told)
        whole = any(unit.has("relative", "last") or unit.has("particle", "all") for unit in told)
        within = any(unit.has("bound", "within") for unit in told)
        if units[position].value == "day" and not several:
            continue
        if whole and any(unit.kind in ("bound", "preposition", "qualifier") for unit in told):
            return " ".join(unit.form for unit in units[first : position + 1])
        if several and within and not _leads_up(units, first, position):
            return " ".join(unit.form for unit in units[first : position + 1])
    return None


def _leads_up(units: Units, first: int, last: int) -> bool:
    """Tell whether "three days" lead up to something, or say how rare it is ("the third raid within three days")."""
    if says_how_often(units, first):
        return True
    ahead = units[last + 1 : last + 3]
    before = units[first - 1] if first else None
    until = len(ahead) == 2 and ahead[0].kind in ("qualifier", "bound", "preposition")
    return (until and ahead[1].kind in ("attack", "measure", "month", "weekday", "relative")) or (
        before is not None and before.kind in ("age", "attack")
    )


def says_how_often(units: Units, before: int) -> bool:
    """Tell whether it is said how often something came by now ("For the third time within five days")."""
    if _attacked_again(units, before):
        return True
    said = units[:before]
    return (
        0 < len(said) <= _STRETCH
        and any(unit.has("unit", "plain") or unit.has("particle", "single") for unit in said[-2:])
        and all(unit.kind in ("word", "bound", "preposition", "particle", "unit") for unit in said)
    )


def _attacked_again(units: Units, before: int) -> bool:
    """Tell whether an attack is called one of several ("is attacked for the fourth time in five days, and one …").

    Not where the times are counted: "attacked four times in five days" is told of all of them.
    """
    times = next((p for p in (before - 1, before - 2) if p > 0 and units[p].has("unit", "plain")), None)
    if times is None or any(unit.kind != "word" for unit in units[times + 1 : before]):
        return False
    ordinal = units[max(0, times - _ORDINAL) : times]
    beside = (*units[times - 1 : times], *units[times + 1 : before])
    if not any(unit.kind == "word" and len(unit.form) > ARTICLE for unit in beside):
        return False
    return not any(unit.kind in ("number", "vague", "mark", "clause") for unit in ordinal) and any(
        unit.kind in ("attack", "measure") for unit in units[max(0, times - _STRIKE) : times]
    )


def _measures_time(unit: Unit) -> bool:
    return (
        unit.kind in ("number", "vague", "qualifier", "bound", "preposition")
        or unit.has("relative", "last", "this")
        or unit.has("particle", "all", "each")
        or (unit.kind == "word" and len(unit.form) <= ARTICLE)
    )
