"""From the wordings of a day to statements: what one claimant says in one slot (measure, regions, period).

Which period each wording is taken to have is settled before (`periods`, `consecutive`, `incidents`): here its regions
are, and what is told in pieces is added up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple

from worker.ledger.addends import addends
from worker.ledger.consecutive import consecutive
from worker.ledger.crowd import Crowd
from worker.ledger.incidents import Span, apart
from worker.ledger.periods import aligned, best_founded, overlap, tolerance
from worker.ledger.places import PAIRS, Regions, places
from worker.ledger.record import Appearance
from worker.ledger.wording import TELLING, Wording
from worker.model import Measure

_PAIRS: Final = frozenset(tuple(sorted(pair)) for pair in PAIRS)

Slot = tuple[str, str, bool, Regions, bool, Span]


@dataclass(slots=True, eq=False)
class Statement:
    """One value of one claimant in one slot, with everything that carries it.

    `low..high` is what it allows, `point` the number to quote for it, `at` its first appearance.
    """

    claimant: str
    measure: Measure
    decoy: bool
    regions: Regions
    rest: bool
    period: Span
    low: int
    high: int | None
    point: int | None
    siblings: Regions
    first: Appearance
    wordings: list[Wording] = field(default_factory=list)
    crowds: list[Crowd] = field(default_factory=list)

    @property
    def slot(self) -> Slot:
        """Where a newer value of the same claimant replaces an older one."""
        return (self.claimant, self.measure, self.decoy, self.regions, self.rest, self.period)

    @property
    def size(self) -> int:
        """How many regions it joins; 0 for the whole front, whose headline total gives way last."""
        return len(self.regions)

    @property
    def outlets(self) -> int:
        """How many outlets carry it."""
        return len(set().union(*(crowd.outlets for crowd in self.crowds)))

    @property
    def by_clock(self) -> bool:
        """Whether anybody gives its hours."""
        return any(wording.dated.by_clock for wording in self.wordings)

    @property
    def order(self) -> tuple[object, ...]:
        """A total order that depends on contents alone."""
        top = (self.high is None, self.high or 0)
        return (*self.slot[:5], *self.period, self.low, *top, self.first)


class Stated(NamedTuple):
    """What a day comes to: statements, wordings that are only parts of others, whether it mattered who prints them.

    `pieces`: wordings of which it matters whether one text tells them together.
    """

    statements: list[Statement]
    subtypes: list[Wording]
    weighed: bool
    pieces: frozenset[Wording]


def statements(crowds: Mapping[Wording, Crowd]) -> Stated:
    """The statements of one family of measures on one day, and the wordings that are only parts of others.

    A part with the regions and period of its whole (a sub-type, children among the injured) states nothing
    about the cell that the whole has not stated.
    """
    present = sorted((w for w in crowds if w.low is not None), key=lambda w: (crowds[w].first, _content(w)))
    spans = aligned(present)
    known = set(present)
    subtypes = [w for w in present if _is_subtype(w, known, spans)]
    gone = set(subtypes)
    counted = [w for w in present if w not in gone]
    meant = _halves_of_pairs(counted, spans)
    spans, weighed = best_founded(counted, spans, meant, crowds)
    spans, sided = apart(counted, consecutive(counted, spans, crowds), meant, crowds)
    found: dict[tuple[Slot, int, int | None], Statement] = {}
    summed, pieces = addends(counted, spans, meant, crowds)
    echoes = _echoes(counted, spans, meant)
    for group in summed:
        named = meant.get(group[0], group[0].regions)
        _collect(found, _sum([_statement(w, named, spans[w], crowds[w]) for w in group]))
    for wording in _others(counted, summed):
        named = meant.get(wording, wording.regions)
        each = places(named) if wording.scope == "each" and named else (named,)
        for regions in each:
            new = _statement(wording, regions, spans[wording], crowds[wording])
            _collect(found, replace(new, low=new.low - 1) if wording in echoes else new)
    return Stated(list(found.values()), subtypes, weighed or sided, pieces)


def _content(wording: Wording) -> tuple[object, ...]:
    top = (wording.high is None, wording.high or 0)
    return (
        wording.claimant,
        wording.measure,
        wording.regions,
        wording.scope,
        wording.low or 0,
        *top,
        wording.qualifier,
    )


def _statement(wording: Wording, regions: Regions, span: Span, crowd: Crowd) -> Statement:
    low, high, point = wording.low or 0, wording.high, None
    if low == high and wording.qualifier in ("exact", "about"):
        point = low
    if wording.qualifier == "about" and high is not None and low == high:
        low, high = tolerance(low)
    if wording.decoy:  # decoys that are not part of a given number only say that there were at least so many
        high = point = None
    return Statement(
        wording.claimant,
        wording.measure,
        wording.decoy,
        regions,
        wording.scope == "rest",
        span,
        low,
        high,
        point,
        wording.siblings,
        crowd.first,
        [wording],
        [crowd],
    )


def _sum(pieces: Sequence[Statement]) -> Statement:
    """One number told in pieces, as old as the last of them."""
    first = {s.low: min(t.first for t in pieces if t.low == s.low) for s in pieces}
    total = sum(first)
    whole = replace(pieces[0], low=total, high=total, point=total, first=max(first.values()))
    whole.wordings = [w for s in pieces for w in s.wordings]
    whole.crowds = [crowd for s in pieces for crowd in s.crowds]
    return whole


def _others(wordings: Sequence[Wording], groups: Sequence[Sequence[Wording]]) -> list[Wording]:
    gone = {wording for group in groups for wording in group}
    return [wording for wording in wordings if wording not in gone]


def _collect(found: dict[tuple[Slot, int, int | None], Statement], new: Statement) -> None:
    key = (new.slot, new.low, new.high)
    old = found.setdefault(key, new)
    if old is new:
        return
    old.wordings += new.wordings
    old.crowds += new.crowds
    old.first = min(old.first, new.first)
    old.point = new.point if old.point is None else old.point
    old.siblings = tuple(sorted({*old.siblings, *new.siblings}))


def _is_subtype(wording: Wording, known: set[Wording], spans: Mapping[Wording, Span]) -> bool:
    whole = wording.parent
    return (
        whole is not None
        and whole in known
        and (whole.measure, whole.regions, spans[whole]) == (wording.measure, wording.regions, spans[wording])
    )


def _halves_of_pairs(wordings: Sequence[Wording], spans: Mapping[Wording, Span]) -> dict[Wording, Regions]:
    """The pair that a military's figure for half of it means: its own figure for both, which an outlet cut short.

    The ministry says "91 over the Moscow region", an outlet "91 near Moscow": so large a number agrees by no chance.
    """
    whole: dict[tuple[object, ...], list[tuple[Regions, Span]]] = {}
    for wording in wordings:
        if wording.regions in _PAIRS and (wording.number or 0) >= TELLING:
            key = (wording.claimant, wording.measure, wording.decoy, wording.number)
            whole.setdefault(key, []).append((wording.regions, spans[wording]))
    found: dict[Wording, Regions] = {}
    for wording in wordings:
        if len(wording.regions) == 1 and not wording.claimant.startswith("local:"):
            for pair, span in whole.get((wording.claimant, wording.measure, wording.decoy, wording.number), ()):
                if wording.regions[0] in pair and overlap(span, spans[wording]):
                    found[wording] = pair
    return found


def _echoes(
    wordings: Sequence[Wording], spans: Mapping[Wording, Span], meant: Mapping[Wording, Regions]
) -> set[Wording]:
    """Who says "more than 298" where 298 is told exactly repeats that number, and knows of no more."""
    told: dict[tuple[object, ...], list[Wording]] = {}
    for wording in wordings:
        if (wording.number or 0) >= TELLING:
            told.setdefault((wording.measure, meant.get(wording, wording.regions), wording.number), []).append(wording)
    return {
        w
        for w in wordings
        if w.qualifier == "more_than" and w.low is not None
        for other in told.get((w.measure, meant.get(w, w.regions), w.low - 1), ())
        if overlap(spans[w], spans[other])
    }
