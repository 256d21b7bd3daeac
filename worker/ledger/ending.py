"""Choruses by the last day they speak of: what is to be forgotten is found without looking at what stays."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from worker.ledger.chorus import Chorus


class Ending:
    """Lists choruses by day; one that moved to another day, or is gone, is told from the others when its day comes."""

    def __init__(self) -> None:
        self._by_day: dict[date, list[Chorus]] = {}
        self._listed = 0

    def add(self, chorus: Chorus, alive: Collection[Chorus]) -> None:
        """List a chorus where it ends now; `alive` are all there are, to clear up by."""
        self._by_day.setdefault(chorus.last_day, []).append(chorus)
        self._listed += 1
        if self._listed > 2 * len(alive) + 16:
            self._by_day, self._listed = {}, len(alive)
            for living in alive:
                self._by_day.setdefault(living.last_day, []).append(living)

    def take(self, before: date) -> list[Chorus]:
        """Remove the days before a day; the choruses that end there, each once, gone ones included."""
        ended: dict[Chorus, None] = {}
        for day in [day for day in self._by_day if day < before]:
            choruses = self._by_day.pop(day)
            self._listed -= len(choruses)
            ended.update((chorus, None) for chorus in choruses if chorus.last_day < before)
        return list(ended)
