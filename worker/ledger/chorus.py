"""Articles that say the same and were published on the same day: they count together and move together.

Whatever depends on what is said is done once for all of them; one more voice is counted and no more.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING

from worker.ledger.reading import EPOCH, Reading
from worker.ledger.record import Record, Stamp

if TYPE_CHECKING:
    from worker.ledger.plan import Plan
    from worker.ledger.undated import Group


class Chorus:
    """The articles of one reading and one day of publication, with the days where they all count."""

    __slots__ = ("_gone", "_heap", "_newest", "group", "languages", "outlets", "plan", "published", "reading")

    def __init__(self, reading: Reading, published: date) -> None:
        self.reading = reading
        self.published = published
        self.outlets: dict[str, int] = {}
        self.languages: dict[str, int] = {}
        self.group: Group | None = None
        self.plan: Plan | None = None
        # Heaps of all, from which those in `_gone`, and stamps that are not live, do not count any more.
        self._heap: list[Record] = []
        self._gone: set[Record] | None = None
        self._newest: list[Stamp] = []

    def __len__(self) -> int:
        """How many articles there are."""
        return len(self._heap) - len(self._gone or ())

    def __iter__(self) -> Iterator[Record]:
        """The articles, in no order."""
        gone = self._gone or ()
        return (record for record in self._heap if record not in gone)

    def add(self, record: Record) -> None:
        """Count one more article."""
        self.outlets[record.outlet] = self.outlets.get(record.outlet, 0) + 1
        self.languages[record.language] = self.languages.get(record.language, 0) + 1
        heappush(self._heap, record)
        heappush(self._newest, record.stamp)

    def remove(self, record: Record) -> None:
        """Take an article out for good."""
        _drop(self.outlets, record.outlet)
        _drop(self.languages, record.language)
        gone = self._gone = self._gone or set()
        gone.add(record)
        while self._heap and self._heap[0] in gone:
            gone.discard(heappop(self._heap))
        if len(gone) > len(self._heap) // 2 + 8:
            self._heap = [record for record in self._heap if record not in gone]
            heapify(self._heap)
            gone.clear()
        record.stamp.live = False
        if len(self._newest) > 2 * len(self) + 16:
            self._newest = [stamp for stamp in self._newest if stamp.live]
            heapify(self._newest)

    @property
    def first(self) -> Record:
        """The earliest article."""
        return self._heap[0]

    @property
    def newest(self) -> datetime:
        """The time of the newest article."""
        while self._newest and not self._newest[0].live:
            heappop(self._newest)
        return self._newest[0].at if self._newest else EPOCH

    @property
    def last_day(self) -> date:
        """The last day they speak of; that of publication if they speak of none."""
        return (self.plan.last if self.plan else None) or self.published


def _drop(counts: dict[str, int], key: str) -> None:
    """Count one less and forget what is not there any more."""
    counts[key] -= 1
    if not counts[key]:
        del counts[key]
