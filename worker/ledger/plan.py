"""Where the claims of an article go: shared by all articles that say the same, so that reprints are small."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final
from weakref import WeakValueDictionary

from worker.ledger.wording import Wording

WEEK: Final = 7
Footprint = tuple[tuple[str, tuple[str, ...]], ...]
"""(region, claimants): what one article adds to the presence of a window."""

Places = tuple[tuple[date, tuple[tuple[Wording, int], ...]], ...]
"""(day, its wordings), each wording with the position of its claim in the article."""


class Plan:
    """Days with their wordings, and what an article with this plan adds to each day.

    `twice` is what counting by days counts too often in each week: an article counts once in a week, however many of
    its days it speaks of.
    """

    __slots__ = ("__weakref__", "days", "first", "footprints", "last", "twice")

    def __init__(self, days: Places, defender: str) -> None:
        self.days = days
        self.first = min((day for day, _ in days), default=date.max)
        self.last = max((day for day, _ in days), default=None)
        named = {day: _named((wording for wording, _ in wordings), defender) for day, wordings in days}
        self.footprints = {day: _footprint(regions) for day, regions in named.items()}
        self.twice: dict[date, dict[str, int]] = {}
        if len(days) > 1:
            for last in sorted({day + timedelta(days=ahead) for day in named for ahead in range(WEEK)}):
                inside = Counter(r for day, regions in named.items() if 0 <= (last - day).days < WEEK for r in regions)
                again = {region: times - 1 for region, times in inside.items() if times > 1}
                if again:
                    self.twice[last] = again


class Plans:
    """All plans in use, each once."""

    def __init__(self, defender: str) -> None:
        self._defender = defender
        self._known: WeakValueDictionary[Places, Plan] = WeakValueDictionary()

    def canon(self, days: Places) -> Plan:
        """The one plan with these places."""
        known = self._known.get(days)
        if known is None:
            known = self._known[days] = Plan(days, self._defender)
        return known


def _named(wordings: Iterable[Wording], defender: str) -> dict[str, set[str]]:
    """The regions named by what may enter a day, all of them part of the front, with who speaks of them."""
    named: dict[str, set[str]] = {}
    for wording in wordings:
        if not wording.reason:
            for region in (defender, *wording.regions):
                named.setdefault(region, set()).add(wording.claimant)
    return named


def _footprint(named: dict[str, set[str]]) -> Footprint:
    return tuple((region, tuple(sorted(claimants))) for region, claimants in sorted(named.items()))
