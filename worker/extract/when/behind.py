"""Hours that a sentence of their own gives to the drones counted before it ("It came between 18:00 and 23:00")."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from worker.extract.findings import Finding
from worker.extract.grammar.units import Unit
from worker.extract.grammar.verbs import DRONE_MEASURES
from worker.extract.sentence import SentenceReading
from worker.extract.when.periods import resolve, zone_of
from worker.extract.when.times import TimeMention
from worker.model import Period

# Sentences from a count to the hours of it.
_REACH = 2
_VAGUE = ("day", "part_of_day")
_SHORT = 3  # letters of an article


def take_hours_behind(
    findings: Sequence[Finding], readings: Sequence[SentenceReading], published: datetime | None
) -> None:
    """Date counts of drones without hours by the sentence behind them that tells nothing else than hours."""
    counting = {finding.reading.number for finding in findings if finding.count is not None}
    for reading in readings:
        hours = _only_hours(reading) if reading.number not in counting else None
        if hours is None:
            continue
        before = [f for f in findings if 0 < reading.number - f.reading.number <= _REACH and _may_take(f)]
        for finding in before:
            if finding.reading is before[-1].reading:
                _date(finding, hours, published)


def _only_hours(reading: SentenceReading) -> TimeMention | None:
    """The one stretch by the clock of a sentence about drones or an attack that counts nothing and names no place."""
    if reading.other_weapon or reading.targets:
        return None
    times = [mention for mention in reading.times if mention.weight]
    clocked = [
        m for m in times if m.shape == "range" and m.start and m.end and None not in (m.start.clock, m.end.clock)
    ]
    told = [p for p in reading.units.positions("number", "vague") if reading.units[p].role != "time"]
    if len(times) != 1 or not clocked or told:
        return None
    return clocked[0] if _is_subject(reading.units[: max(clocked[0].first, 0)]) else None


def _is_subject(before: Sequence[Unit]) -> bool:
    """Tell whether drones or an attack do what the hours tell of, not an airport, a siren or an alert over drones.

    They open the sentence and a single word, the verb, stands between them and the hours.
    """
    said = [unit for unit in before if unit.kind != "word" or len(unit.form) > _SHORT]
    opens = bool(said) and (said[0].kind == "drone" or said[0].has("attack", "noun", "drone"))
    return opens and sum(unit.kind == "word" for unit in said) <= 1


def _may_take(finding: Finding) -> bool:
    vague = finding.period is None or finding.period.precision in _VAGUE
    return vague and finding.measure in DRONE_MEASURES and finding.status == "current"


def _date(finding: Finding, hours: TimeMention, published: datetime | None) -> None:
    period, vague = resolve(hours, published, finding.side.defender), finding.period
    if period is None:
        return
    zone = finding.side.defender
    if vague is None or (
        period.start < vague.end and vague.start < period.end and _day(period, zone) == _day(vague, zone)
    ):
        finding.period, finding.why["period"] = period, "the hours told behind"


def _day(period: Period, side: str) -> date:
    """The local day on which a period ends: an end at midnight belongs to the day before."""
    return (period.end - timedelta(microseconds=1)).astimezone(zone_of(side)).date()


def has_own_number(reading: SentenceReading, index: int, cue: int) -> bool:
    """Tell whether a long time leads to a sum behind it ("12 came, bringing the number downed this year to 2,395").

    The sum counts drones, and more than the number at `index` before it: fewer may be some of them, or people.
    """
    units, of = reading.units, reading.clauses.of
    others = {count.index for count in reading.counts if count.part or count.measure not in DRONE_MEASURES}
    return any(
        units[position].role in ("", "claim")
        and not units[position].article
        and position not in others
        and (units[position].number or 0) > (units[index].number or 0)
        for position in units.positions("number", "vague")
        if position > cue and of[position] == of[cue]
    )
