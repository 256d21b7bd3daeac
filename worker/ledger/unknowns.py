"""The unknowns of a day: how many drones (or people) per measure, region and slice of time.

Each is one bit of a mask, so that a statement is a mask over the unknowns it counts. Only what somebody speaks
of exists: hours nobody speaks of count as none. `neutralised` is no unknown of its own but intercepted and
suppressed together.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from worker.ledger.incidents import Span
from worker.ledger.places import ELSEWHERE, FRONT, Regions, places
from worker.ledger.statements import Statement
from worker.ledger.system import Constraint
from worker.ledger.wording import family, is_military


def parts_of(measure: str) -> tuple[str, ...]:
    """The measures whose unknowns a measure counts."""
    return ("intercepted", "suppressed") if measure == "neutralised" else (measure,)


def _raised_by(measure: str) -> tuple[str, ...]:
    """The measures a statement raises: who says how many were shot down leaves open how many were lost."""
    both = ("intercepted", "suppressed")
    return both if measure in (*both, "neutralised") else (measure,)


class Unknowns:
    """The grid of unknowns that a set of statements speaks of."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        self.cuts = sorted({end for s in statements for end in s.period})
        self.named = sorted({region for s in statements for region in s.regions})
        self._measures = sorted({m for s in statements for m in _raised_by(s.measure)})
        self._regions = [*self.named, ELSEWHERE]
        self._width = max(1, len(self.cuts) - 1)
        self._block = self._width * len(self._regions)
        self._index = {region: i for i, region in enumerate(self._regions)}
        rows = len(self._regions) * len(self._measures)
        self._every = ((1 << (self._width * rows)) - 1) // ((1 << self._width) - 1)  # the first slice of every row
        self.said = 0
        for s in statements:
            regions = (*s.regions, ELSEWHERE) if s.regions else FRONT
            self.said |= self._grid(_raised_by(s.measure), regions) & self.during(s.period)
        self.said |= self._launched_unsaid(statements)

    def _launched_unsaid(self, statements: Sequence[Statement]) -> int:
        """Launches in hours for which a military gives interceptions, and nobody launches.

        "47 launched in the night" says nothing of the day on which the same ministry shot down three more.
        """
        spoken = unsaid = 0
        for s in statements:
            if s.measure == "launched":
                spoken |= self.during(s.period)
        for s in statements:
            if family(s.measure) == "drones" and s.measure != "launched" and is_military(s.claimant):
                regions = (*s.regions, ELSEWHERE) if s.regions else FRONT
                unsaid |= self.during(s.period) & self._grid(("launched",), regions)
        return unsaid & ~spoken

    def speaks_of(self, measure: str) -> bool:
        """Whether any statement speaks of the measure itself."""
        return measure in self._measures

    def slices(self, period: Span) -> range:
        """Indexes of the slices of time inside a period."""
        return range(bisect_left(self.cuts, period[0]), bisect_right(self.cuts, period[1]) - 1)

    def during(self, period: Span) -> int:
        """All unknowns inside a period."""
        inside = self.slices(period)
        return self.within(((1 << len(inside)) - 1) << inside.start if inside else 0)

    def within(self, slices: int) -> int:
        """All unknowns in some slices, given as a mask of slices."""
        return slices * self._every

    def sum(self, measure: str, regions: Regions) -> int:
        """The unknowns that a cell counts; of the whole front those of regions nobody names, too."""
        return self._grid(parts_of(measure), regions) & self.said

    def elsewhere(self, measures: Iterable[str], slices: int) -> int:
        """The unknowns of some measures in regions nobody names, in some slices."""
        return self._grid(measures, (ELSEWHERE,)) & self.within(slices) & self.said

    def count(self, statement: Statement) -> int:
        """The unknowns a statement counts."""
        return self.sum(statement.measure, statement.regions) & self.during(statement.period)

    def reach(self, statement: Statement) -> int:
        """The unknowns of all measures that a statement has in view: its regions, and those nobody names."""
        regions = (*statement.regions, ELSEWHERE) if statement.regions else FRONT
        return self._grid(self._measures, regions) & self.during(statement.period)

    def _grid(self, measures: Iterable[str], regions: Regions) -> int:
        rows = self._regions if regions == FRONT else [r for r in regions if r in self._index]
        area = 0
        for region in rows:
            area |= ((1 << self._width) - 1) << (self._index[region] * self._width)
        found = 0
        for measure in measures:
            if measure in self._measures:
                found |= area << (self._measures.index(measure) * self._block)
        return found

    def constraints(
        self, statements: Iterable[Statement], *, points: bool = False, closed: int = 0
    ) -> Iterator[Constraint]:
        """All that holds if the statements do.

        `points` takes each at the number to quote; `closed` (a mask of unknowns) holds that there was nothing of
        them. Both serve only to find the figure to quote.
        """
        kept = list(statements)
        exact = {s.slot for s in kept if s.point is not None and s.low == s.high}
        for s in kept:
            low, high = s.low, s.high
            if points and s.point is not None and (s.low == s.high or s.slot not in exact):
                low = high = s.point  # in one slot an exact number is quoted before "about" the same
            yield from self._stated(s, low, high)
        yield from self._launches(self.named)
        if closed:
            yield Constraint(closed, 0, 0, 0)

    def _stated(self, s: Statement, low: int, high: int | None) -> Iterator[Constraint]:
        yield Constraint(self.count(s), 0, low, high)
        yield from self._presence(s)
        if s.siblings:
            others = tuple(r for r in self._regions if r not in s.siblings)
            yield Constraint(self.sum(s.measure, others) & self.during(s.period), 0, 0, 0)

    def _presence(self, s: Statement) -> Iterator[Constraint]:
        """A joint count of drones that is large enough for all its places had at least one in each."""
        named = places(s.regions)
        if family(s.measure) == "drones" and s.low >= len(named) > 1:
            for place in named:
                yield Constraint(self.sum(s.measure, place) & self.during(s.period), 0, 1, None)

    def possible(self, statements: Sequence[Statement]) -> Iterator[Constraint]:
        """What decides whether statements can hold together, without what matters for single cells only.

        A region that none of them names needs no launches of its own: what happened there can as well have
        happened where nobody looks.
        """
        for s in statements:
            yield from self._stated(s, s.low, s.high)
        yield from self._launches(sorted({r for s in statements for r in (*s.regions, *s.siblings)}))

    def _launches(self, regions: Iterable[str]) -> Iterator[Constraint]:
        """What was shot down, lost or got through was launched (one that was shot down may still have hit)."""
        if not self.speaks_of("launched"):
            return
        for group in (*((region,) for region in regions), FRONT):
            launched = self.sum("launched", group)
            for outcomes in (("intercepted", "suppressed"), ("hit",)):
                used = 0
                for measure in outcomes:
                    used |= self.sum(measure, group)
                if used and (launched or group == FRONT):
                    yield Constraint(launched, used, 0, None)
