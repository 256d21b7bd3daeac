"""Who carries a wording, and what stands behind a region: counters that change in the same time at any size."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from heapq import heapify, heappop, heappush
from typing import NamedTuple

from worker.ledger.reading import EPOCH


class Appearance(NamedTuple):
    """One claim in one article; sorts by the time of the statement."""

    at: datetime
    claim_id: str
    article_id: str


class Crowd:
    """The articles that carry one wording, their outlets, and the earliest of them."""

    # Members are plain tuples: unlike named ones the garbage collector stops visiting them, and there are millions.
    __slots__ = ("_first", "_heap", "members", "outlets")

    def __init__(self) -> None:
        self.members: dict[str, tuple[datetime, str, str]] = {}
        self.outlets: Counter[str] = Counter()
        self._heap: list[tuple[datetime, str, str]] = []
        self._first: Appearance | None = None

    def add(self, at: datetime, claim_id: str, article_id: str, outlet: str) -> None:
        """Count one more article."""
        appearance = (at, claim_id, article_id)
        self.members[article_id] = appearance
        self.outlets[outlet] += 1
        heappush(self._heap, appearance)
        if self._first is not None and appearance < self._first:
            self._first = None

    def remove(self, article_id: str, outlet: str) -> None:
        """Take an article out again."""
        gone = self.members.pop(article_id)
        drop(self.outlets, outlet)
        if gone == self._first:
            self._first = None
        if len(self._heap) > 2 * len(self.members) + 16:  # articles that were edited often leave stale entries
            self._heap = list(self.members.values())
            heapify(self._heap)

    @property
    def first(self) -> Appearance:
        """The earliest appearance: the one claim that stands for all."""
        if self._first is None:
            while self.members.get(self._heap[0][2]) != self._heap[0]:
                heappop(self._heap)
            self._first = Appearance(*self._heap[0])
        return self._first


class Coverage(NamedTuple):
    """How much stands behind a region of a window: articles, outlets, who asserts, languages, newest article."""

    articles: int
    outlets: int
    claimants: tuple[str, ...]
    languages: tuple[str, ...]
    as_of: datetime


class Stamp:
    """The time of an article that stands somewhere; sorts newest first, `live` until it is taken away."""

    __slots__ = ("at", "live")

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.live = True

    def __lt__(self, other: Stamp) -> bool:
        return self.at > other.at


class Presence:
    """The articles that speak of one region in one window, counted, not listed."""

    __slots__ = ("_newest", "articles", "claimants", "languages", "outlets")

    def __init__(self) -> None:
        self.articles = 0
        self.outlets: Counter[str] = Counter()
        self.claimants: Counter[str] = Counter()
        self.languages: Counter[str] = Counter()
        self._newest: list[Stamp] = []

    def add(self, outlet: str, language: str, claimants: Iterable[str], stamp: Stamp | None) -> None:
        """Count an article; weeks need no stamp of their own, they ask their days."""
        self.articles += 1
        self.outlets[outlet] += 1
        self.languages[language] += 1
        for claimant in claimants:
            self.claimants[claimant] += 1
        if stamp is not None:
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

    def coverage(self, as_of: datetime | None = None) -> Coverage:
        """The counts as they are now."""
        claimants, languages = tuple(sorted(self.claimants)), tuple(sorted(self.languages))
        return Coverage(self.articles, len(self.outlets), claimants, languages, as_of or self.as_of)


def drop(counter: Counter[str], key: str) -> None:
    """Count one less and forget what is not there any more."""
    counter[key] -= 1
    if not counter[key]:
        del counter[key]
