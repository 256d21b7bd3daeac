"""Articles by the last day they speak of: what is to be forgotten is found without looking at what stays."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from worker.ledger.record import Record


class Ending:
    """Lists records by day; one that moved to another day, or is gone, is told from the others when its day comes."""

    def __init__(self, last_day: Callable[[Record], date]) -> None:
        self._last_day = last_day
        self._by_day: dict[date, list[Record]] = {}
        self._listed = 0

    def add(self, record: Record, alive: Iterable[Record], count: int) -> None:
        """List a record where it ends now; `alive`, `count` of them, are all there are, to clear up by."""
        self._by_day.setdefault(self._last_day(record), []).append(record)
        self._listed += 1
        if self._listed > 2 * count + 16:
            self._by_day = {}
            for living in alive:
                self._by_day.setdefault(self._last_day(living), []).append(living)
            self._listed = sum(len(records) for records in self._by_day.values())

    def take(self, before: date) -> list[Record]:
        """Remove the days before a day; the records that end there, each once, gone ones included."""
        ended: dict[Record, None] = {}
        for day in [day for day in self._by_day if day < before]:
            records = self._by_day.pop(day)
            self._listed -= len(records)
            ended.update((record, None) for record in records if self._last_day(record) < before)
        return list(ended)
