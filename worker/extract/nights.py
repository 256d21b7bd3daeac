"""The night a text tells of: what has no time of its own takes the lead's, earlier nights are the past."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from worker.extract.findings import Finding
from worker.extract.moments import Point
from worker.extract.periods import resolve
from worker.extract.reading import SentenceReading
from worker.extract.times import TimeMention
from worker.model import Period

_LEAD = 3  # paragraphs, the title included
_LATER = timedelta(hours=20)
# Units before the day with which a paragraph opens, and the fewest days of a digest.
_OPENS_DAY = 3
_DAYS_OF_DIGEST = 3
_TODAY = Point(0, 0, offset=0)


def settle_periods(
    findings: Sequence[Finding], readings: Sequence[SentenceReading], published: datetime | None
) -> None:
    """What has no time of its own takes that of the lead, if it is near it or on the front of the lead."""
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
    undated = [finding for finding in findings if finding.period is None and finding.status == "current"]
    if not undated:
        return
    first = next((finding for finding in findings if _in_lead(finding.reading)), None)
    if first is not None and first.side.attacker not in lead and published is not None:
        told = _latest_day(findings, readings, published, first.side.defender)
        if told is not None:
            lead[first.side.attacker] = told
    for finding in undated:
        period = lead.get(finding.side.attacker)
        if period is None and _in_lead(finding.reading) and published is not None:
            period = _latest_day(findings, readings, published, finding.side.defender)
        if period is None:
            continue
        finding.period = Period(start=period.start, end=period.end, basis="lead", precision=period.precision)
        finding.why["period"] = "lead"


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
    if point is None or period is None or point.part not in ("evening", "night"):
        return False
    return period.end - period.start < timedelta(days=1)


def mark_past(findings: Sequence[Finding], readings: Sequence[SentenceReading]) -> None:
    """A dated night well before the newest one of the text is told for comparison, unless the text goes by days.

    A sentence that names both ("142 in the night to Tuesday, 415 in that to Wednesday") tells of both.
    """
    newest: dict[str, Finding] = {}
    for finding in findings:
        if finding.period is not None and finding.status == "current":
            last = newest.get(finding.side.attacker)
            if last is None or last.period is None or finding.period.end > last.period.end:
                newest[finding.side.attacker] = finding
    days: frozenset[int] | None = None
    for finding in findings:
        last = newest.get(finding.side.attacker)
        if finding.period is None or finding.status != "current" or last is None or last.period is None:
            continue
        if last.period.end - finding.period.end <= _LATER or _beside(finding, last):
            continue
        days = _days(readings) if days is None else days
        if finding.reading.field == "body" and finding.reading.paragraph in days:
            continue
        finding.status, finding.why["status"] = "historic", "an earlier night than the newest of the text"


def _beside(finding: Finding, last: Finding) -> bool:
    """Tell whether one sentence names both days, neither of them as "yesterday"."""
    return finding.reading is last.reading and not any(
        mention.start is not None and (mention.start.offset or 0) < 0 for mention in finding.reading.times
    )


def _days(readings: Sequence[SentenceReading]) -> frozenset[int]:
    """The paragraphs of a digest that goes from day to day: each of them opens with another one."""
    opened: dict[int, tuple[object, ...]] = {}
    paragraph = None
    for reading in readings:
        if reading.field == "body" and reading.paragraph != paragraph:
            paragraph = reading.paragraph
            first = reading.times[0] if reading.times else None
            of_day = first is not None and first.shape in ("point", "range") and first.first < _OPENS_DAY
            point = first.start if first is not None and of_day else None
            if point is not None and point.dated and point.offset is None:
                opened[paragraph] = (point.day, point.weekday)
    return frozenset(opened) if len(set(opened.values())) >= _DAYS_OF_DIGEST else frozenset()


def share_periods(findings: Sequence[Finding]) -> None:
    """A part without a time of its own has that of its whole ("36 of those were downed over Crimea")."""
    for finding in findings:
        whole = finding.whole
        if whole is None or whole.period is None or finding.why.get("period") not in ("lead", "none"):
            continue
        if finding.status == whole.status:
            period = whole.period
            finding.period = Period(start=period.start, end=period.end, basis="anaphoric", precision=period.precision)
            finding.why["period"] = "that of its whole"
