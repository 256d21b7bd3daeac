"""The cells of one family of measures on one day: what is certain, possible, and to be quoted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from worker.ledger.choice import MOST, MOST_WORDINGS, Clash, by_precedence, one_claimant
from worker.ledger.crowd import Crowd
from worker.ledger.incidents import Span
from worker.ledger.places import FRONT, Regions
from worker.ledger.slips import Pair, pairs
from worker.ledger.statements import Statement, statements
from worker.ledger.system import System
from worker.ledger.tree import Bounds
from worker.ledger.unknowns import Unknowns, parts_of
from worker.ledger.wording import Wording, is_military
from worker.model import Cell, Measure

_SHOT_DOWN_OR_LOST = ("intercepted", "suppressed", "neutralised")


@dataclass(slots=True)
class Solution:
    """What the statements of one family come to.

    `weighed`: numbers of outlets may have decided; `doubted`: whether they are few;
    `pieces`: wordings of which it matters whether one text tells them together.
    """

    cells: dict[tuple[Regions, Measure], Cell] = field(default_factory=dict)
    kept: list[Statement] = field(default_factory=list)
    clashes: list[tuple[Clash, str]] = field(default_factory=list)
    aside: list[tuple[Statement, str]] = field(default_factory=list)
    subtypes: list[Wording] = field(default_factory=list)
    crowded: list[Wording] = field(default_factory=list)
    pairs: list[Pair] = field(default_factory=list)
    weighed: bool = False
    doubted: bool = False
    pieces: frozenset[Wording] = frozenset()


def solve(crowds: Mapping[Wording, Crowd], front: str) -> Solution:
    """Reconcile the wordings of one family on one day; keys of cells with () are the whole front."""
    solution = Solution()
    if len(crowds) > MOST_WORDINGS:
        strongest = sorted(crowds, key=lambda w: (len(w.regions), -len(crowds[w].outlets), _newest_first(crowds[w])))
        solution.crowded = strongest[MOST_WORDINGS:]
        solution.weighed = True
        crowds = {wording: crowds[wording] for wording in strongest[:MOST_WORDINGS]}
    stated, solution.subtypes, weighed, solution.pieces = statements(crowds)
    solution.weighed |= weighed
    if len(stated) > MOST:
        stated.sort(key=lambda s: (s.size, -s.outlets, -s.first.at.timestamp(), s.order))
        solution.aside += [(s, "crowded_out") for s in stated[MOST:]]
        solution.weighed = True
        del stated[MOST:]
    solution.pairs = pairs(stated)
    if stated:
        _Family(sorted(stated, key=lambda s: s.order), front, solution).fill()
    return solution


def _newest_first(crowd: Crowd) -> tuple[float, str]:
    return (-crowd.first.at.timestamp(), crowd.first.claim_id)


class _Family:
    """The statements of one family of measures and the systems made from them."""

    def __init__(self, stated: Sequence[Statement], front: str, solution: Solution) -> None:
        self.attacker, self.defender = front.split(">")
        self.stated = stated
        self.unknowns = Unknowns(stated)
        self.solution = solution
        self.own: dict[str, list[Statement]] = {}
        self.kept: list[Statement] = []
        self.rejected: list[Statement] = []
        self._quoting: dict[tuple[int, str, int], System] = {}
        self._quotable: dict[tuple[int, str], Sequence[Statement]] = {}

    def fill(self) -> None:
        """Choose what is kept, then compute every cell that anything is said about."""
        self._choose()
        self.kept_set = set(map(id, self.kept))
        spoken = {s.measure for s in self.stated}
        extra: set[Measure] = set(spoken)
        if spoken & {"intercepted", "suppressed", "hit", "neutralised"}:
            extra.add("launched")
        if spoken & {"intercepted", "suppressed"}:
            extra.add("neutralised")
        if "neutralised" in spoken:
            extra |= {"intercepted", "suppressed"}
        for measure in sorted(extra):
            groups = {FRONT}
            groups |= {(r,) for s in self.stated if _touches(s, measure) for r in s.regions}
            groups |= {s.regions for s in self.stated if len(s.regions) > 1 and s.measure == measure}
            for group in sorted(groups):
                self.solution.cells[group, measure] = self._cell(measure, group)

    def _choose(self) -> None:
        for claimant in sorted({s.claimant for s in self.stated}):
            chosen = one_claimant([s for s in self.stated if s.claimant == claimant], self._fits)
            self.own[claimant] = list(chosen.statements)
            self.solution.clashes += [(clash, "impossible_sum") for clash in chosen.clashes]
            self.solution.aside += [(s, "superseded") for s in chosen.superseded]
            self.solution.weighed |= chosen.weighed
            self.solution.doubted |= chosen.doubted
        everyone = sorted(
            (s for kept in self.own.values() for s in kept),
            key=lambda s: (self._rank(s), s.size, -s.first.at.timestamp(), s.order),
        )
        self.kept, clashes = by_precedence(everyone, self._fits)
        self.rejected = [clash.statement for clash in clashes]
        self.solution.clashes += [(clash, "contradicts") for clash in clashes]
        self.solution.kept = self.kept

    def _fits(self, kept: Sequence[Statement]) -> bool:
        return System(self.unknowns.possible(kept)).possible

    def _rank(self, statement: Statement) -> int:
        """Whose word counts first: who sees the drones fall, or for people, who counts them on the spot."""
        who = statement.claimant
        if who.startswith("local:"):
            side = 1
        elif who.startswith(f"{self.defender}-"):
            side = 0
        else:
            side = 3 if who.startswith(f"{self.attacker}-") else 2
        if statement.measure in ("killed", "injured"):
            return {0: 1, 1: 0}.get(side, side)
        return side

    @cached_property
    def _whole(self) -> System:
        return System(self.unknowns.constraints(self.kept))

    @cached_property
    def _of_front(self) -> tuple[Unknowns, System]:
        """The system of the front's own cells: local figures do not move a measure that has a front total."""
        totals = {s.measure for s in self.kept if s.regions == FRONT}
        moving = [s for s in self.kept if not (s.claimant.startswith("local:") and s.regions and s.measure in totals)]
        if len(moving) == len(self.kept):
            return self.unknowns, self._whole
        unknowns = Unknowns(moving)
        system = System(unknowns.constraints(moving))
        # Hours that only local authorities speak of may be what makes the totals possible.
        return (unknowns, system) if system.possible else (self.unknowns, self._whole)

    def _cell(self, measure: Measure, group: Regions) -> Cell:
        unknowns, system = self._of_front if group == FRONT else (self.unknowns, self._whole)
        low, high = _bounds(unknowns, system, measure, group)
        best = low if low == high else None
        contested = False
        for s in self.rejected:
            if s.measure == measure and s.regions == group:
                contested = True
                own_low, own_high = self._alone(s.claimant).bounds(self.unknowns.sum(measure, group))
                low, high = min(low, own_low), None if high is None or own_high is None else max(high, own_high)
        if best is None:
            best = self._best(unknowns, measure, group, low, high)
        return Cell(low=low, best=best, high=high, contested=contested)

    def _alone(self, claimant: str) -> System:
        return System(self.unknowns.constraints(self.own[claimant]))

    def _best(self, unknowns: Unknowns, measure: Measure, group: Regions, low: int, high: int | None) -> int | None:
        """The figure of the first claimant by precedence who has one for exactly this cell and which is possible."""

        def precedence(claimant: str) -> tuple[int, str]:
            ranks = (self._rank(s) for s in self.own[claimant] if s.measure == measure)
            return (min(ranks, default=9), claimant)

        for claimant in sorted(self.own, key=precedence):
            figure = self._quoted(unknowns, measure, group, claimant, self._meant(unknowns, claimant))
            if figure is not None and low <= figure and (high is None or figure <= high):
                return figure
        return None

    def _meant(self, unknowns: Unknowns, claimant: str) -> Sequence[Statement]:
        """A claimant's kept statements as they are quoted: regions inside their totals, if they fit in there."""
        key = (id(unknowns), claimant)
        if key not in self._quotable:
            mine = _said_better([s for s in self.own[claimant] if id(s) in self.kept_set])
            inside = _inside_totals(mine)
            fits = System(unknowns.constraints(inside, points=True)).possible
            self._quotable[key] = inside if fits else mine
        return self._quotable[key]

    def _quoted(
        self, unknowns: Unknowns, measure: Measure, group: Regions, claimant: str, mine: Sequence[Statement]
    ) -> int | None:
        """The number a claimant would be quoted with for a cell, going by its own statements alone."""
        about = _SHOT_DOWN_OR_LOST if measure == "neutralised" else (measure,)
        if not any(s.measure in about for s in mine):
            return None
        near = [s for s in mine if s.measure in (*about, *_combined(measure))]
        if group != FRONT and not any(s.regions == group for s in near):
            return None
        closed = 0
        if group == FRONT and is_military(claimant):
            # A military lists all regions it knows of: elsewhere there was nothing, unless it gives a total.
            totals = _slices(unknowns, (s.period for s in near if s.regions == FRONT))
            every = (1 << max(0, len(unknowns.cuts) - 1)) - 1
            closed = unknowns.elsewhere(parts_of(measure), every & ~totals)
        asked = unknowns.sum(measure, group) & _spoken(unknowns, near, group)
        if not asked:
            return None
        system = self._quoting_system(unknowns, claimant, mine, closed)
        if not system.possible:
            return None
        low, high = system.bounds(asked)
        if low == high:
            return low
        direct = [s for s in mine if s.measure == measure and s.regions == group]
        exact = [s for s in direct if s.point is not None]
        covered = unknowns.within(_slices(unknowns, (s.period for s in exact)))
        vague = (s for s in direct if s.point is None)
        if exact and all(any(_inside(s.period, e.period) for e in exact) for s in vague) and not asked & ~covered:
            return low  # periods that overlap without nesting: the larger is sure
        return None

    def _quoting_system(self, unknowns: Unknowns, claimant: str, mine: Sequence[Statement], closed: int) -> System:
        key = (id(unknowns), claimant, closed)
        if key not in self._quoting:
            self._quoting[key] = System(unknowns.constraints(mine, points=True, closed=closed))
        return self._quoting[key]


def _said_better(mine: Sequence[Statement]) -> list[Statement]:
    """Without numbers that another one about the same, at an overlapping time, already says better.

    "More than 300 in the night" beside 337 from 20:00 is no second count, only one with other hours; nor is a smaller
    one of unclear hours that the larger may contain. They bound what may be; to the figure to quote they add nothing.
    """
    exact = [s for s in mine if s.point is not None and s.low == s.high]
    return [s for s in mine if not any(_covers(other, s) for other in exact)]


def _inside_totals(mine: Sequence[Statement]) -> list[Statement]:
    """With figures of regions for unclear hours read as parts of the one total of the front that they overlap.

    "Eight over Kursk on Monday" beside 60 in the night to Monday is no second attack: the total and the region have
    their figures. But where the region has another figure within those hours, that one may be of the eight, too. What
    may be stays as it was said.
    """
    found: list[Statement] = []
    for s in mine:
        totals = {
            t.period
            for t in mine
            if t.regions == FRONT != s.regions
            and t.measure in (s.measure, *_combined(s.measure))
            and t.decoy == s.decoy
            and t.low == t.high
            and s.low <= t.low
            and t.period[0] < s.period[1]
            and s.period[0] < t.period[1]
        }
        vague = not s.by_clock and not any(_inside(s.period, period) for period in totals)
        alone = vague and len(totals) == 1 and not any(_within(other, s) for other in mine)
        found.append(replace(s, period=totals.pop()) if alone else s)
    return found


def _within(inner: Statement, s: Statement) -> bool:
    """Whether it gives another figure for the same, of some of the same hours."""
    same = (inner.measure, inner.regions, inner.decoy) == (s.measure, s.regions, s.decoy)
    return same and inner.period != s.period and _inside(inner.period, s.period)


def _covers(exact: Statement, s: Statement) -> bool:
    if exact.slot[:5] != s.slot[:5] or not (s.period[0] < exact.period[1] and exact.period[0] < s.period[1]):
        return False
    if s.low != s.high:
        return s.low <= exact.low and (s.high is None or exact.low <= s.high)
    nested = _inside(s.period, exact.period) or _inside(exact.period, s.period)
    return not nested and not s.by_clock and s.low < exact.low


def _touches(statement: Statement, measure: Measure) -> bool:
    """Whether a statement says anything about a measure of its regions."""
    return (
        statement.measure == measure
        or measure == "launched"
        or (measure in _SHOT_DOWN_OR_LOST and statement.measure in _SHOT_DOWN_OR_LOST)
    )


def _combined(measure: Measure) -> tuple[Measure, ...]:
    return ("neutralised",) if measure in ("intercepted", "suppressed") else ()


def _bounds(unknowns: Unknowns, system: System, measure: Measure, group: Regions) -> Bounds:
    """Least and greatest value of a cell; launches nobody speaks of are at least what became of them."""
    if measure != "launched" or unknowns.speaks_of("launched"):
        return system.bounds(unknowns.sum(measure, group))
    outcomes = (unknowns.sum("neutralised", group), unknowns.sum("hit", group))
    return max(system.bounds(outcome)[0] for outcome in outcomes), None


def _slices(unknowns: Unknowns, periods: Iterable[Span]) -> int:
    """The slices of time inside any of the periods, as a mask."""
    found = 0
    for period in periods:
        inside = unknowns.slices(period)
        if inside:
            found |= ((1 << len(inside)) - 1) << inside.start
    return found


def _spoken(unknowns: Unknowns, near: Sequence[Statement], group: Regions) -> int:
    """Where a claimant's own statements leave a cell open: elsewhere its silence is a zero.

    Who names regions for some time and not this one has seen none there; a bare total leaves it open.
    """
    if group == FRONT:
        spoken = 0
        for s in near:
            spoken |= unknowns.reach(s)
        return spoken
    own = _slices(unknowns, (s.period for s in near if s.regions == group))
    holding = _slices(unknowns, (s.period for s in near if s.regions == FRONT or set(group) & set(s.regions)))
    elsewhere = _slices(unknowns, (s.period for s in near if s.regions and not set(group) & set(s.regions)))
    return unknowns.within(own | (holding & ~elsewhere))


def _inside(inner: Span, outer: Span) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]
