"""Undated wordings: which day of the week before publication says the same numbers?

Articles published on one day with the same undated wordings form one group, so that reprints are matched once.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from worker.ledger.chorus import Chorus
from worker.ledger.homes import Number
from worker.ledger.record import Appearance
from worker.ledger.wording import TELLING, Wording, Wordings

LOOK_BACK = 8
"""Days searched: that of publication and the seven before."""

Dated = Callable[[Number], list[tuple[Wording, Appearance]]]
"""The dated wordings with an exact number on a day, with their first appearances."""


class Placement:
    """Where the undated wordings of a group count: joined to a day, or floating on the day of publication."""

    __slots__ = ("day", "joined")

    def __init__(self, day: date, joined: dict[Wording, Wording]) -> None:
        self.day = day
        self.joined = joined

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Placement) and (self.day, self.joined) == (other.day, other.joined)

    __hash__ = None  # type: ignore[assignment] # compared, never looked up


class Group:
    """Articles published on one day with the same undated wordings."""

    __slots__ = ("choruses", "placement", "published", "wordings")

    def __init__(self, published: date, wordings: frozenset[Wording]) -> None:
        self.published = published
        self.wordings = wordings
        self.choruses: set[Chorus] = set()
        self.placement: Placement | None = None

    def numbers(self) -> set[Number]:
        """The numbers whose appearance on a day may place this group there."""
        return {
            (self.published - timedelta(days=back), w.measure, w.number)
            for w in self.wordings
            if w.number is not None
            for back in range(LOOK_BACK)
        }

    def place(self, dated: Dated, wordings: Wordings) -> Placement:
        """The day on which most numbers agree, then the latest; without one all float."""
        hits: dict[date, dict[Wording, tuple[Wording, Appearance]]] = {}
        for back in range(LOOK_BACK):
            day = self.published - timedelta(days=back)
            for wording in self.wordings:
                same = dated((day, wording.measure, wording.number)) if wording.number is not None else []
                if same:
                    hits.setdefault(day, {})[wording] = min(same, key=lambda x, w=wording: _likeness(w, x))  # type: ignore[misc]
        if not hits:
            return Placement(self.published, {})
        lead = max(hits, key=lambda day: (len(hits[day]), day))
        largest = max(hits[lead].values(), key=lambda x: (x[0].number or 0, x[1].claim_id))[0]
        joined: dict[Wording, Wording] = {}
        for wording in sorted(self.wordings, key=_depth):
            if wording in hits[lead]:
                period = hits[lead][wording][0].dated
            elif (largest.number or 0) >= TELLING:
                period = largest.dated
            else:
                continue
            parent = joined.get(wording.parent) if wording.parent else None
            joined[wording] = wordings.joined(wording, period, parent)
        return Placement(lead, joined)


def _likeness(wording: Wording, candidate: tuple[Wording, Appearance]) -> tuple[bool, bool, Appearance]:
    """Same regions first, then the same claimant, then the earliest."""
    other, first = candidate
    return (other.regions != wording.regions, other.claimant != wording.claimant, first)


def _depth(wording: Wording) -> int:
    depth, at = 0, wording.parent
    while at is not None:
        depth, at = depth + 1, at.parent
    return depth
