"""All fronts' ledgers together: claims of articles in, changed windows out.

Holds no tallies of its own: what was published is the caller's table, and what is true now is a function of the live
claims, so a caller may ask for any window again at any time.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

from worker.ledger import Account, Book, DayResult
from worker.model import ArticleClaims, Period, Struct, Tally, WindowSize
from worker.tally import Scene, day_tallies, week_tallies, weeks_of

WEEK_DAYS = 7
UNDATED_DAYS = 7
"""How many days before its publication an undated statement may find its day."""
NEIGHBOUR_DAYS = 2
"""How far from its own day a statement may count, as part of a longer one."""


class WindowKey(Struct, frozen=True, order=True):
    """One window of one front, named by its last local day."""

    front: str
    size: WindowSize
    day: date


class Reconciler:
    """The live claims of every front this process is responsible for.

    Args:
        zone: where midnight cuts the days.
        region_name: the name to publish for a region's code.
        final_after: event time after the end of a window until its tallies are final.
        retention: how long windows are kept, in event time; None keeps everything.
    """

    def __init__(
        self,
        zone: ZoneInfo,
        region_name: Callable[[str], str],
        final_after: timedelta,
        retention: timedelta | None = None,
    ) -> None:
        self._zone = zone
        self._region_name = region_name
        self._final_after = final_after
        self._retention = retention
        self._books: dict[str, Book] = {}
        self._settled: dict[str, datetime] = {}  # by front: the watermark up to which `final` was decided

    def put(self, entry: ArticleClaims) -> bool:
        """Take in what one article says about one front; False if an edition as new is there already.

        What was past the retention when it was said never counts: it would move the time by which windows are kept,
        and take that back when it is forgotten.
        """
        if entry.front is None:
            raise ValueError("an entry belongs to one front")
        book = self._books.get(entry.front)
        if book is None:
            book = self._books[entry.front] = Book(entry.front, self._zone)
        return book.put(msgspec.structs.replace(entry, claims=()) if self._came_too_late(entry) else entry)

    def fronts(self) -> tuple[str, ...]:
        """List the fronts there are entries for."""
        return tuple(sorted(self._books))

    def watermark(self, front: str) -> datetime | None:
        """Tell the newest article time among a front's live claims."""
        return self._books[front].watermark

    def take_changed(self) -> list[WindowKey]:
        """List the windows that may have changed since this was last asked, in order."""
        return self._windows(
            {front: set(book.take_dirty()) | self._newly_final(front, book) for front, book in self._books.items()}
        )

    def all_windows(self) -> list[WindowKey]:
        """List every window that has claims, in order."""
        return self._windows({front: set(book.days()) for front, book in self._books.items()})

    def tallies(self, window: WindowKey) -> dict[str, Tally]:
        """Compute all tallies of a window by key; empty if nothing is said about it any more."""
        book = self._books[window.front]
        scene = Scene(window.front, self._zone, self._region_name, book.watermark, self._final_after)
        if window.size == "P1D":
            return day_tallies(scene, book.day(window.day))
        return week_tallies(scene, book.week(window.day))

    def day(self, front: str, day: date) -> DayResult:
        """Show everything known of one day of one front, conflicts included."""
        return self._books[front].day(day)

    def accounts(self, front: str, day: date) -> list[Account]:
        """Tell what became of each statement about one day of one front; empty if nothing is said about it."""
        return self._books[front].accounts(day) if front in self._books else []

    def horizon(self, front: str) -> date | None:
        """Tell the first day whose windows are kept; None keeps everything."""
        watermark = self._books[front].watermark if front in self._books else None
        return None if watermark is None else self._horizon_at(watermark)

    def expire(self) -> dict[str, list[str]]:
        """Forget claims too old for any window that is kept; list by front the articles with nothing left."""
        gone: dict[str, list[str]] = {}
        for front, book in self._books.items():
            horizon = self.horizon(front)
            if horizon is not None:
                articles = book.expire(_first_needed(horizon))
                if articles:
                    gone[front] = articles
        return gone

    def _horizon_at(self, watermark: datetime) -> date | None:
        return None if self._retention is None else (watermark - self._retention).astimezone(self._zone).date()

    def _came_too_late(self, entry: ArticleClaims) -> bool:
        """Whether all that is said was of no window any more at the time it was said."""
        horizon = self._horizon_at(entry.stated_at) if entry.stated_at else None
        if horizon is None or not entry.claims:
            return False
        first = _first_needed(horizon)
        return all(claim.period is not None and self._last_day(claim.period) < first for claim in entry.claims)

    def _last_day(self, period: Period) -> date:
        return (period.end - timedelta.resolution).astimezone(self._zone).date()  # midnight ends the day before

    def _windows(self, days: dict[str, set[date]]) -> list[WindowKey]:
        """Name the days themselves and the weeks they lie in, as far as they are kept."""
        windows: set[WindowKey] = set()
        for front, mine in days.items():
            windows.update(WindowKey(front=front, size="P1D", day=day) for day in mine)
            windows.update(WindowKey(front=front, size="P7D", day=last) for day in mine for last in weeks_of(day))
        return sorted(window for window in windows if not self._expired(window))

    def _expired(self, window: WindowKey) -> bool:
        horizon = self.horizon(window.front)
        return horizon is not None and window.day < horizon

    def _newly_final(self, front: str, book: Book) -> set[date]:
        """Find the days whose windows, or those they lie in, pass into final or back with the watermark."""
        now, before = book.watermark, self._settled.get(front)
        if now is None or now == before:
            return set()
        self._settled[front] = now
        low, high = (now, now) if before is None else (min(now, before), max(now, before))
        days = book.days()
        # A day of slack on both sides covers zones and summer time; a week's window ends up to six days later.
        first = date.min if before is None else (low - self._final_after).date() - timedelta(days=WEEK_DAYS + 1)
        last = (high - self._final_after).date() + timedelta(days=1)
        return set(days[bisect_left(days, first) : bisect_right(days, last)])


def _first_needed(horizon: date) -> date:
    """Find the first day whose claims bear on a window that is kept.

    A week that is kept sums six days more; what was published in these may look for its day, or for the numbers that
    keep it from one, in the days before; and where those numbers stand is decided with their neighbours.
    """
    return horizon - timedelta(days=WEEK_DAYS - 1 + UNDATED_DAYS + NEIGHBOUR_DAYS)
