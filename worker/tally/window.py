"""Windows of local days: midnight to midnight of the configured zone, 23 to 25 hours each, and weeks of them."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from worker.ledger.wording import midnight
from worker.model import Window, WindowSize

DAYS: dict[WindowSize, int] = {"P1D": 1, "P7D": 7}


def window(last: date, size: WindowSize, zone: ZoneInfo) -> Window:
    """The window of a size that ends with the local day `last`; start and end in UTC, end exclusive."""
    first = last - timedelta(days=DAYS[size] - 1)
    return Window(date=last, size=size, start=midnight(first, zone), end=midnight(last + timedelta(days=1), zone))


def weeks_of(day: date) -> tuple[date, ...]:
    """The last days of the seven weeks that a day is part of: what a change of the day touches."""
    return tuple(day + timedelta(days=ahead) for ahead in range(DAYS["P7D"]))
