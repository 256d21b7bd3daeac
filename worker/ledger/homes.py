"""The day in which a dated wording counts: its own, or that of a longer one of the same claimant around it.

An evening bulletin belongs to the overnight total that contains it, though its own day is the one before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from weakref import WeakKeyDictionary
from zoneinfo import ZoneInfo

from worker.ledger.wording import SAME_MOMENT, Stretch, Wording, operational_day

_DAY = timedelta(days=1)
Number = tuple[date, str, int]
"""An exact number of a measure on a day: what undated reports are matched by."""

_Holder = tuple[timedelta, date]
"""Length and own day of the longest wording around one (itself where none is)."""


class Homes:
    """All live dated wordings of a front with the day each counts in.

    Indexed by claimant, measure and own day, since a wording that holds another ends within two days of it.
    """

    def __init__(self, zone: ZoneInfo) -> None:
        self.zone = zone
        self.home: dict[Wording, date] = {}
        self.numbers: dict[Number, set[Wording]] = {}
        self._holder: dict[Wording, _Holder] = {}
        self._ranks: WeakKeyDictionary[Wording, _Holder] = WeakKeyDictionary()
        self._uses: Counter[Wording] = Counter()
        self._index: dict[tuple[str, str, date], set[Wording]] = {}

    def change(self, gone: Iterable[Wording], come: Iterable[Wording]) -> dict[Wording, date]:
        """One article less carries `gone`, one more `come`; returns who moved to another day and from which."""
        lost: list[Wording] = []
        new: list[Wording] = []
        for wording in come:
            self._uses[wording] += 1
            if self._uses[wording] == 1:
                new.append(wording)
        for wording in gone:
            self._uses[wording] -= 1
            if not self._uses[wording]:
                del self._uses[wording]
                lost.append(wording)
        for wording in lost:
            self._forget(wording)
        for wording in new:
            self._index.setdefault(self._key(wording), set()).add(wording)
        moved: dict[Wording, date] = {}
        for inner, holder in self._affected(new, lost).items():
            old = self.home.get(inner)
            self._settle(inner, holder)
            if old is not None and old != self.home[inner]:
                moved[inner] = old
        return moved

    def _affected(self, new: Iterable[Wording], lost: Iterable[Wording]) -> dict[Wording, _Holder]:
        """Who has another holder now: the new ones themselves, and what a new or lost one is longest around."""
        affected = {wording: self._holder_of(wording) for wording in new}
        for outer in new:
            rank = self._rank(outer)
            for inner in self._around(outer, -2, 1):
                if inner not in affected and _holds(outer, inner) and rank > self._holder[inner]:
                    affected[inner] = self._holder_of(inner)
        for outer in lost:
            rank = self._rank(outer)
            for inner in self._around(outer, -2, 1):
                if inner not in affected and self._holder[inner] == rank and _holds(outer, inner):
                    affected[inner] = self._holder_of(inner)
        return affected

    def _key(self, wording: Wording) -> tuple[str, str, date]:
        return (wording.claimant, wording.measure, self._rank(wording)[1])

    def _around(self, wording: Wording, first: int, last: int) -> list[Wording]:
        claimant, measure, own = self._key(wording)
        return [
            near
            for ahead in range(first, last + 1)
            for near in self._index.get((claimant, measure, own + ahead * _DAY), ())
        ]

    def _rank(self, wording: Wording) -> _Holder:
        rank = self._ranks.get(wording)
        if rank is None:
            rank = self._ranks[wording] = (wording.dated.length, operational_day(wording.dated, self.zone))
        return rank

    def _holder_of(self, wording: Wording) -> _Holder:
        """The longest wording around it, of equally long ones the latest; else itself."""
        outer = [self._rank(outer) for outer in self._around(wording, -1, 2) if _holds(outer, wording)]
        return max(outer, default=self._rank(wording))

    def _settle(self, wording: Wording, holder: _Holder) -> None:
        old, day = self.home.get(wording), holder[1]
        self._holder[wording] = holder
        self.home[wording] = day
        if wording.number is not None and old != day:
            if old is not None:
                self._unlist((old, wording.measure, wording.number), wording)
            self.numbers.setdefault((day, wording.measure, wording.number), set()).add(wording)

    def _forget(self, wording: Wording) -> None:
        day = self.home.pop(wording)
        del self._holder[wording]
        if wording.number is not None:
            self._unlist((day, wording.measure, wording.number), wording)
        key = self._key(wording)
        self._index[key].discard(wording)
        if not self._index[key]:
            del self._index[key]

    def _unlist(self, number: Number, wording: Wording) -> None:
        self.numbers[number].discard(wording)
        if not self.numbers[number]:
            del self.numbers[number]


def _holds(outer: Wording, inner: Wording) -> bool:
    """Whether the period of `outer` is longer and contains that of `inner`, about the same or more regions."""
    return (
        _within(inner.dated, outer.dated)
        and _sure(inner.dated, outer.dated)
        and (not outer.regions or (bool(inner.regions) and set(inner.regions) <= set(outer.regions)))
    )


def _sure(inner: Stretch, outer: Stretch) -> bool:
    """Whether the ends of `outer` are known as well as those of `inner`.

    "In the past night" names no hour: what its claimant told of at 21:30 stays in its own day.
    """
    return outer.by_clock or not inner.by_clock


def _within(inner: Stretch, outer: Stretch) -> bool:
    return (
        outer.start - SAME_MOMENT <= inner.start
        and inner.end <= outer.end + SAME_MOMENT
        and inner.length < outer.length
    )
