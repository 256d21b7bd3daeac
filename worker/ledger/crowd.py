"""Who carries a wording, and what stands behind a region: counters that change in the same time at any size."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING, NamedTuple

from worker.ledger.reading import EPOCH
from worker.ledger.record import Appearance, Record, Stamp

if TYPE_CHECKING:
    from worker.ledger.wording import Wording


class Crowd:
    """The articles that carry one wording, their outlets, and the earliest of them."""

    # Eight bytes for each article: a heap of all, of which those in `_gone` do not count any more.
    __slots__ = ("_first", "_gone", "_heap", "outlets", "wording")

    def __init__(self, wording: Wording) -> None:
        self.wording = wording
        self.outlets: Counter[str] = Counter()
        self._heap: list[Record] = []
        self._gone: set[Record] = set()
        self._first: Appearance | None = None

    def __len__(self) -> int:
        """How many articles carry it."""
        return len(self._heap) - len(self._gone)

    def __iter__(self) -> Iterator[Record]:
        """The articles, in no order."""
        gone = self._gone
        return (record for record in self._heap if record not in gone)

    def add(self, record: Record) -> None:
        """Count one more article, which must know already where its claims stand."""
        self.outlets[record.outlet] += 1
        if record in self._gone:
            self._gone.discard(record)
            self._first = None
            return
        heappush(self._heap, record)
        if self._heap[0] is record:
            self._first = None

    def remove(self, record: Record) -> None:
        """Take an article out again."""
        drop(self.outlets, record.outlet)
        self._gone.add(record)
        if self._heap[0] is record:
            self._first = None
            while self._heap and self._heap[0] in self._gone:
                self._gone.discard(heappop(self._heap))
        if len(self._gone) > len(self._heap) // 2 + 8:
            self._heap = list(self)
            heapify(self._heap)
            self._gone.clear()

    @property
    def first(self) -> Appearance:
        """The earliest appearance: the one claim that stands for all."""
        if self._first is None:
            self._first = self._heap[0].appearance(self.wording)
        return self._first


class Coverage(NamedTuple):
    """How much stands behind a region of a window: articles, outlets, who asserts, languages, newest article."""

    articles: int
    outlets: int
    claimants: tuple[str, ...]
    languages: tuple[str, ...]
    as_of: datetime


class Presence:
    """The articles that speak of one region on one day, counted, not listed."""

    __slots__ = ("_newest", "articles", "claimants", "languages", "outlets")

    def __init__(self) -> None:
        self.articles = 0
        self.outlets: Counter[str] = Counter()
        self.claimants: Counter[str] = Counter()
        self.languages: Counter[str] = Counter()
        self._newest: list[Stamp] = []

    def add(self, outlet: str, language: str, claimants: Iterable[str], stamp: Stamp) -> None:
        """Count an article."""
        self.articles += 1
        self.outlets[outlet] += 1
        self.languages[language] += 1
        for claimant in claimants:
            self.claimants[claimant] += 1
        heappush(self._newest, stamp)

    def remove(self, outlet: str, language: str, claimants: Iterable[str]) -> None:
        """Take an article out again, once its stamp is not live any more."""
        self.articles -= 1
        drop(self.outlets, outlet)
        drop(self.languages, language)
        for claimant in claimants:
            drop(self.claimants, claimant)
        if len(self._newest) > 2 * self.articles + 16:
            self._newest = [stamp for stamp in self._newest if stamp.live]
            heapify(self._newest)

    @property
    def as_of(self) -> datetime:
        """The newest article time."""
        while self._newest and not self._newest[0].live:
            heappop(self._newest)
        return self._newest[0].at if self._newest else EPOCH

    def coverage(self) -> Coverage:
        """The counts as they are now."""
        return together([self])


def together(days: Sequence[Presence], twice: int = 0) -> Coverage:
    """What several days come to; `twice` is how often an article would be counted again because it speaks of more."""
    if len(days) == 1:
        outlets, claimants, languages = len(days[0].outlets), set(days[0].claimants), set(days[0].languages)
    else:
        outlets = len(set().union(*(day.outlets for day in days)))
        claimants = set().union(*(day.claimants for day in days))
        languages = set().union(*(day.languages for day in days))
    articles = sum(day.articles for day in days) - twice
    as_of = max((day.as_of for day in days), default=EPOCH)
    return Coverage(articles, outlets, tuple(sorted(claimants)), tuple(sorted(languages)), as_of)


def drop(counter: Counter[str], key: str) -> None:
    """Count one less and forget what is not there any more."""
    counter[key] -= 1
    if not counter[key]:
        del counter[key]
