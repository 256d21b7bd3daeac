from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from worker.tally import weeks_of, window

KYIV = ZoneInfo("Europe/Kyiv")


@pytest.mark.parametrize(("day", "hours"), [(date(2025, 10, 26), 25), (date(2025, 3, 30), 23), (date(2025, 5, 21), 24)])
def test_a_day_is_as_long_as_the_local_one(day: date, hours: int) -> None:
    span = window(day, "P1D", KYIV)
    assert span.end - span.start == timedelta(hours=hours)


def test_windows_start_at_local_midnight_in_utc() -> None:
    span = window(date(2025, 5, 21), "P1D", KYIV)
    assert span.start == datetime(2025, 5, 20, 21, tzinfo=UTC)
    assert span.start.tzinfo is UTC


def test_a_week_is_named_by_its_last_day() -> None:
    span = window(date(2025, 5, 21), "P7D", KYIV)
    assert (span.date, span.start) == (date(2025, 5, 21), datetime(2025, 5, 14, 21, tzinfo=UTC))
    assert span.end == window(date(2025, 5, 21), "P1D", KYIV).end


def test_a_day_is_part_of_seven_weeks() -> None:
    assert weeks_of(date(2025, 5, 28)) == tuple(date(2025, 5, 28) + timedelta(days=n) for n in range(7))


def test_days_without_gaps_make_up_a_week_over_the_clock_change() -> None:
    week = window(date(2025, 10, 29), "P7D", KYIV)
    days = [window(date(2025, 10, 23) + timedelta(days=n), "P1D", KYIV) for n in range(7)]
    assert [d.start for d in days[1:]] == [d.end for d in days[:-1]]
    assert (week.start, week.end) == (days[0].start, days[-1].end)
