"""The night a text tells of: what has no time of its own takes the lead's, earlier nights are the past."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from worker.extract.findings import Finding
from worker.extract.sentence import SentenceReading
from worker.extract.when.behind import take_hours_behind
from worker.extract.when.moments import WHOLE_DAY, Point
from worker.extract.when.periods import resolve
from worker.extract.when.times import TimeMention
from worker.model import Period

_HEAD = 2  # sentences, the title included, that say what a report is about
_LEAD = 3  # paragraphs, the title included
_LATER = timedelta(hours=20)
# From midnight to the reports of a morning.
_MORNING = timedelta(hours=15)
# Units before the day with which a paragraph opens, and the fewest days of a digest.
_OPENS_DAY = 3
_DAYS_OF_DIGEST = 3
_MEMORY = timedelta(days=330)
_BY_CLOCK = ("hour", "minute", "part_of_day")
_EVENING = 16 * 60  # minutes; what began later and is told in the morning is a night
_TODAY = Point(0, 0, offset=0)


def settle_periods(
    findings: Sequence[Finding], readings: Sequence[SentenceReading], published: datetime | None
) -> None:
    """What has no time of its own takes that of the lead: of its front, else of the other one's."""
    take_hours_behind(findings, readings, published)
    lead: dict[str, Period] = {}
    for finding in findings:
        front = finding.side.attacker
        if (
            finding.period is not None
            and front not in lead
            and finding.status == "current"
            and _in_lead(finding.reading)
        ):
            lead[front] = finding.period
    _day_told_first(lead, findings, readings, published)
    undated = [finding for finding in findings if finding.period is None and finding.status == "current"]
    if not undated:
        return
    first = next((finding for finding in findings if _in_lead(finding.reading)), None)
    if first is not None and first.side.attacker not in lead and published is not None:
        told = _latest_day(findings, readings, published, first.side.defender)
        if told is not None:
            lead[first.side.attacker] = told
    latest: dict[str, Period | None] = {}  # told once: a count that was dated so takes its sentence from no other
    for finding in undated:
        period = lead.get(finding.side.attacker)
        if period is None and _in_lead(finding.reading) and published is not None:
            if finding.side.defender not in latest:
                latest[finding.side.defender] = _latest_day(findings, readings, published, finding.side.defender)
            period = latest[finding.side.defender]
        if period is None:
            period = next(iter(lead.values()), None)  # the other side tells of the same night
        if period is None:
            continue
        finding.period = Period(start=period.start, end=period.end, basis="lead", precision=period.precision)
        finding.why["period"] = "lead"


def _day_told_first(
    lead: dict[str, Period],
    findings: Sequence[Finding],
    readings: Sequence[SentenceReading],
    published: datetime | None,
) -> None:
    """A report that opens with the day and night it is about tells of them, whatever is dated first in it."""
    taken = {finding.reading.number for finding in findings}
    for reading in readings[:_HEAD]:
        for mention in reading.times:
            whole = mention.start is not None and mention.start.part == WHOLE_DAY and mention.shape == "point"
            if not whole or reading.number in taken or published is None:
                continue
            for finding in findings:
                period = resolve(mention, published, finding.side.defender)
                if period is not None:
                    lead[finding.side.attacker] = period
            return


def _latest_day(
    findings: Sequence[Finding], readings: Sequence[SentenceReading], published: datetime, defender: str
) -> Period | None:
    """The time the lead tells apart from the counts that have one, else the day of the publication."""
    taken = {finding.reading.number for finding in findings if finding.period is not None}
    for reading in readings:
        for mention in reading.times:
            if _in_lead(reading) and reading.number not in taken and _tells_when(mention, reading):
                return resolve(mention, published, defender)
    return resolve(TimeMention(0, 0, _TODAY, None, "point"), published, defender, "lead")


def _tells_when(mention: TimeMention, reading: SentenceReading) -> bool:
    """Tell whether a time is that of what is reported: a bare day often is the day somebody spoke."""
    if mention.shape == "until":
        return False
    past = mention.start is not None and (mention.start.offset or 0) < 0
    return mention.weight > 1 or (mention.weight == 1 and past and not reading.units.any("report"))


def _in_lead(reading: SentenceReading) -> bool:
    return reading.field == "title" or reading.paragraph < _LEAD - 1


def split_nights(findings: Sequence[Finding]) -> None:
    """End the first count where "a further 32 in the early hours" begins: the two numbers add up.

    Only a time that is not given by the clock is cut so.
    """
    for first, further in pairwise(findings):
        if further.count is None or not further.count.further or first.reading is not further.reading:
            continue
        one, other = first.period, further.period
        if (
            one is None
            or other is None
            or (first.measure, first.side.attacker)
            != (
                further.measure,
                further.side.attacker,
            )
        ):
            continue
        if one.precision == "part_of_day" and one.start < other.start < one.end <= other.end:
            first.period = Period(start=one.start, end=other.start, basis=one.basis, precision=one.precision)


def of_one_night(mention: TimeMention, period: Period | None) -> bool:
    """Tell whether "since the evening" means the night just told of, not days that add up."""
    point = mention.start
    if point is None or period is None:
        return False
    if point.part not in ("evening", "night") and (point.clock is None or point.clock < _EVENING):
        return False
    return period.end - period.start < timedelta(days=1)


def mark_past(findings: Sequence[Finding], readings: Sequence[SentenceReading], published: datetime | None) -> None:
    """A dated night well before the newest one of the text is told for comparison, unless the text goes by days.

    A sentence that names both ("142 in the night to Tuesday, 415 in that to Wednesday") tells of both.
    """
    newest: dict[str, Finding] = {}
    for finding in findings:
        if finding.period is not None and finding.status == "current":
            if published is not None and published - finding.period.end > _MEMORY:
                finding.status, finding.why["status"] = "historic", "so long ago that it is a memory"
                continue
            last = newest.get(finding.side.attacker)
            if last is None or last.period is None or finding.period.end > last.period.end:
                newest[finding.side.attacker] = finding
    days: frozenset[int] | None = None
    news = _news(findings)
    for finding in findings:
        last = newest.get(finding.side.attacker)
        if finding.period is None or finding.status != "current" or last is None or last.period is None:
            continue
        if _end(last.period, finding.period, published) - finding.period.end <= _LATER or _beside(finding, last):
            continue
        if _day_just_over(finding, readings, published):
            continue
        if news is not None and (finding.period.start, finding.period.end) == (news.start, news.end):
            continue
        days = _days(readings) if days is None else days
        if finding.reading.number in days:
            continue
        finding.status, finding.why["status"] = "historic", "an earlier night than the newest of the text"


def _day_just_over(finding: Finding, readings: Sequence[SentenceReading], published: datetime | None) -> bool:
    """Tell whether a morning's report tells of the day and night before it ("over the past day"): that is its news."""
    if finding.period is None or published is None or published - finding.period.end > _MORNING:
        return False
    own = finding.reading
    for reading in reversed(readings[: own.number + 1]):
        if (reading.paragraph, reading.field) != (own.paragraph, own.field):
            return False
        if reading.times:
            return any(
                mention.start is not None and mention.start.part == WHOLE_DAY and not mention.start.dated
                for mention in reading.times
            )
    return False


def _end(last: Period, period: Period, published: datetime | None) -> datetime:
    """When the newest period ends, as far as an earlier one compares with it: a day is not over when it is told.

    Hours of the evening before are no memory beside "today"; whole days are compared as they are.
    """
    return min(last.end, published) if published is not None and period.precision in _BY_CLOCK else last.end


def _news(findings: Sequence[Finding]) -> Period | None:
    """The time of the first thing a text tells, in its lead: that is the news, even where a later night is told too."""
    first = next((finding for finding in findings if finding.status == "current"), None)
    if first is None or not _in_lead(first.reading) or first is not findings[0]:
        return None
    past = any(mention.start is not None and (mention.start.offset or 0) < 0 for mention in first.reading.times)
    return first.period if not past else None


def _beside(finding: Finding, last: Finding) -> bool:
    """Tell whether one sentence names both days, neither of them as "yesterday"."""
    return finding.reading is last.reading and not any(
        mention.start is not None and (mention.start.offset or 0) < 0 for mention in finding.reading.times
    )


def _days(readings: Sequence[SentenceReading]) -> frozenset[int]:
    """The sentences of a digest that goes from day to day: its paragraphs, or lines of a list, open with one each."""
    told: dict[int, tuple[object, ...]] = {}
    day: tuple[object, ...] | None = None
    paragraph, headed, listed = None, False, False
    for reading in readings:
        if reading.field != "body":
            continue
        if reading.paragraph != paragraph:
            paragraph = reading.paragraph
            day = day if headed else None
            headed = False
            listed = opened_by(reading) is not None
        opened = opened_by(reading) if listed else None
        if opened is not None and opened.start is not None:
            day = (opened.start.day, opened.start.weekday)
            headed = only_day(reading) is not None
        if day is not None:
            told[reading.number] = day
    return frozenset(told) if len(set(told.values())) >= _DAYS_OF_DIGEST else frozenset()


def opened_by(reading: SentenceReading) -> TimeMention | None:
    """The day with which a sentence opens ("Monday: …", "On 9 June 71 drones came"), else none."""
    first = reading.times[0] if reading.times else None
    if first is None or first.shape not in ("point", "range") or first.first >= _OPENS_DAY or first.start is None:
        return None
    return first if first.start.dated and first.start.offset is None else None


def only_day(reading: SentenceReading) -> TimeMention | None:
    """The day that is all a line says: a heading of what follows."""
    day = opened_by(reading)
    if day is None:
        return None
    rest = len(reading.units) - reading.units.number_of("mark", "preposition", "bound")
    return day if rest <= day.last - day.first + 1 else None
