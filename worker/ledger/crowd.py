"""Who carries a wording, and what stands behind a region: counters that change in the same time at any size."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from heapq import heapify, heappop, heappush
from typing import NamedTuple

from worker.ledger.wording import EPOCH


class Appearance(NamedTuple):
    """One claim in one article; sorts by the time of the statement."""

    at: datetime
    claim_id: str
    article_id: str


class Crowd:
    """The articles that carry one wording, their outlets, and the earliest of them."""

    __slots__ = ("_heap", "members", "outlets")

    def __init__(self) -> None:
        self.members: dict[str, Appearance] = {}
        self.outlets: Counter[str] = Counter()
        self._heap: list[Appearance] = []

    def add(self, appearance: Appearance, outlet: str) -> None:
        """Count one more article."""
        self.members[appearance.article_id] = appearance
        self.outlets[outlet] += 1
        heappush(self._heap, appearance)

    def remove(self, article_id: str, outlet: str) -> None:
        """Take an article out again."""
        del self.members[article_id]
        drop(self.outlets, outlet)
        if len(self._heap) > 2 * len(self.members) + 16:  # articles that were edited often leave stale entries
            self._heap = list(self.members.values())
            heapify(self._heap)

    @property
    def first(self) -> Appearance:
        """The earliest appearance: the one claim that stands for all."""
        while self.members.get(self._heap[0].article_id) != self._heap[0]:
            heappop(self._heap)
        return self._heap[0]


class Coverage(NamedTuple):
    """How much stands behind a region of a window: articles, outlets, who asserts, languages, newest article."""

    articles: int
    outlets: int
    claimants: tuple[str, ...]
    languages: tuple[str, ...]
    as_of: datetime


class Newest(NamedTuple):
    """An article time that sorts newest first."""

    age: float
    article_id: str
    at: datetime


class Presence:
    """The articles that speak of one region in one window, counted, not listed."""

    __slots__ = ("_newest", "articles", "claimants", "languages", "outlets")

    def __init__(self) -> None:
        self.articles = 0
        self.outlets: Counter[str] = Counter()
        self.claimants: Counter[str] = Counter()
        self.languages: Counter[str] = Counter()
        self._newest: list[tuple[Newest, list[bool]]] = []

    def add(self, outlet: str, language: str, claimants: Iterable[str], newest: Newest, live: list[bool]) -> None:
        """Count an article; `live` is one shared flag that its owner clears when the article goes."""
        self.articles += 1
        self.outlets[outlet] += 1
        self.languages[language] += 1
        self.claimants.update(claimants)
        heappush(self._newest, (newest, live))

    def remove(self, outlet: str, language: str, claimants: Iterable[str]) -> None:
        """Take an article out again, once its flag is cleared."""
        self.articles -= 1
        drop(self.outlets, outlet)
        drop(self.languages, language)
        for claimant in claimants:
            drop(self.claimants, claimant)
        if len(self._newest) > 2 * self.articles + 16:
            self._newest = [entry for entry in self._newest if entry[1][0]]
            heapify(self._newest)

    def coverage(self) -> Coverage:
        """The counts as they are now."""
        while self._newest and not self._newest[0][1][0]:
            heappop(self._newest)
        as_of = self._newest[0][0].at if self._newest else EPOCH
        return Coverage(
            self.articles, len(self.outlets), tuple(sorted(self.claimants)), tuple(sorted(self.languages)), as_of
        )


def drop(counter: Counter[str], key: str) -> None:
    """Count one less and forget what is not there any more."""
    counter[key] -= 1
    if not counter[key]:
        del counter[key]
