"""Who carries a wording, and what stands behind a region: what a chorus changes, not each of its articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from worker.ledger.chorus import Chorus
from worker.ledger.reading import EPOCH
from worker.ledger.record import Appearance


class Crowd:
    """The choruses that carry one wording with where it stands in them, their outlets, and the earliest article."""

    __slots__ = ("_first", "_lead", "choruses", "outlets")

    def __init__(self) -> None:
        self.choruses: dict[Chorus, int] = {}
        self.outlets: Counter[str] = Counter()
        self._first: Appearance | None = None
        self._lead: Chorus | None = None

    @property
    def articles(self) -> int:
        """How many articles carry it."""
        return sum(map(len, self.choruses))

    def enter(self, chorus: Chorus, position: int) -> bool:
        """Count one more chorus; whether it holds the earliest appearance now."""
        self.choruses[chorus] = position
        self.outlets.update(chorus.outlets.keys())
        return self.risen(chorus)

    def leave(self, chorus: Chorus) -> bool:
        """Take a chorus out again; whether it held the earliest appearance."""
        del self.choruses[chorus]
        for outlet in chorus.outlets:
            drop(self.outlets, outlet)
        return self.fallen(chorus)

    def risen(self, chorus: Chorus) -> bool:
        """Look at the first article of a chorus that may be earlier than all before; whether it is."""
        if self._first is None and len(self.choruses) > 1:
            return True  # not known, so nothing rests on it
        appearance = chorus.first.appearance(self.choruses[chorus])
        if self._first is not None and self._first < appearance:
            return False
        self._first, self._lead = appearance, chorus
        return True

    def fallen(self, chorus: Chorus) -> bool:
        """The first article of a chorus is another one, or gone; whether it was the earliest of all."""
        if self._first is not None and self._lead is not chorus:
            return False
        self._first = self._lead = None
        return True

    @property
    def first(self) -> Appearance:
        """The earliest appearance: the one claim that stands for all."""
        if self._first is None:
            self._first, self._lead = min(
                ((chorus.first.appearance(position), chorus) for chorus, position in self.choruses.items()),
                key=lambda found: found[0],
            )
        return self._first


class Coverage(NamedTuple):
    """How much stands behind a region of a window: articles, outlets, who asserts, languages, newest article."""

    articles: int
    outlets: int
    claimants: tuple[str, ...]
    languages: tuple[str, ...]
    as_of: datetime


class Presence:
    """What speaks of one region on one day: articles counted, and in how many choruses each outlet and language is."""

    __slots__ = ("articles", "as_of", "claimants", "languages", "outlets")

    def __init__(self) -> None:
        self.articles = 0
        self.outlets: Counter[str] = Counter()
        self.claimants: Counter[str] = Counter()
        self.languages: Counter[str] = Counter()
        self.as_of: datetime | None = EPOCH  # None: to be looked up among the choruses

    def enter(self, chorus: Chorus, claimants: Iterable[str]) -> None:
        """Count one more chorus."""
        self.articles += len(chorus)
        self.outlets.update(chorus.outlets.keys())
        self.languages.update(chorus.languages.keys())
        self.claimants.update(claimants)
        self.seen(chorus.newest)

    def leave(self, chorus: Chorus, claimants: Iterable[str]) -> None:
        """Take a chorus out again."""
        self.articles -= len(chorus)
        for outlet in chorus.outlets:
            drop(self.outlets, outlet)
        for language in chorus.languages:
            drop(self.languages, language)
        for claimant in claimants:
            drop(self.claimants, claimant)
        self.lost(chorus.newest)

    def seen(self, at: datetime) -> None:
        """Take note of the time of an article."""
        if self.as_of is not None and self.as_of < at:
            self.as_of = at

    def lost(self, at: datetime) -> None:
        """An article of that time is gone."""
        if at == self.as_of:
            self.as_of = None


def together(days: Sequence[Presence], twice: int = 0) -> Coverage:
    """What several days come to; `twice` is how often articles would be counted again because they speak of more."""
    if len(days) == 1:
        outlets, claimants, languages = len(days[0].outlets), set(days[0].claimants), set(days[0].languages)
    else:
        outlets = len(set().union(*(day.outlets for day in days)))
        claimants = set().union(*(day.claimants for day in days))
        languages = set().union(*(day.languages for day in days))
    articles = sum(day.articles for day in days) - twice
    as_of = max((day.as_of for day in days if day.as_of is not None), default=EPOCH)
    return Coverage(articles, outlets, tuple(sorted(claimants)), tuple(sorted(languages)), as_of)


def drop(counter: Counter[str], key: str) -> None:
    """Count one less and forget what is not there any more."""
    counter[key] -= 1
    if not counter[key]:
        del counter[key]
