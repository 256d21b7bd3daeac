"""From the wordings of a day to statements: what one claimant says in one slot (measure, regions, period).

Outlets resolve "overnight" differently, round hours, or give only the end of a window. Before anything is
added up, moments are aligned, vague periods take the clock's, and one number with overlapping periods is one
statement.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from worker.ledger.addends import addends
from worker.ledger.consecutive import consecutive
from worker.ledger.crowd import Crowd
from worker.ledger.incidents import Span, apart, events, is_moment
from worker.ledger.places import FRONT, PAIRS, Regions, places
from worker.ledger.record import Appearance
from worker.ledger.wording import CLOCK, MINUTE, SAME_MOMENT, TELLING, VAGUE, Stretch, Wording
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
        return any(wording.dated.basis == CLOCK for wording in self.wordings)

    @property
    def order(self) -> tuple[object, ...]:
        """A total order that depends on contents alone."""
        top = (self.high is None, self.high or 0)
        return (*self.slot[:5], *self.period, self.low, *top, self.first)


class Stated(NamedTuple):
    """What a day comes to: statements, wordings that are only parts of others, whether it mattered who prints them."""

    statements: list[Statement]
    subtypes: list[Wording]
    weighed: bool


def statements(crowds: Mapping[Wording, Crowd]) -> Stated:
    """The statements of one family of measures on one day, and the wordings that are only parts of others.

    A part with the regions and period of its whole (a sub-type, children among the injured) states nothing
    about the cell that the whole has not stated.
    """
    present = sorted((w for w in crowds if w.low is not None), key=lambda w: (crowds[w].first, _content(w)))
    spans = _aligned(present)
    known = set(present)
    subtypes = [w for w in present if _is_subtype(w, known, spans)]
    gone = set(subtypes)
    counted = [w for w in present if w not in gone]
    meant = _halves_of_pairs(counted, spans)
    spans, weighed = _best_founded(counted, spans, meant, crowds)
    spans, sided = apart(counted, consecutive(counted, spans, crowds), meant, crowds)
    found: dict[tuple[Slot, int, int | None], Statement] = {}
    summed = addends(counted, spans, meant, crowds)
    for group in summed:
        named = meant.get(group[0], group[0].regions)
        _collect(found, _sum([_statement(w, named, spans[w], crowds[w]) for w in group]))
    for wording in _others(counted, summed):
        named = meant.get(wording, wording.regions)
        each = places(named) if wording.scope == "each" and named else (named,)
        for regions in each:
            _collect(found, _statement(wording, regions, spans[wording], crowds[wording]))
    return Stated(list(found.values()), subtypes, weighed or sided)


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


def _aligned(wordings: Sequence[Wording]) -> dict[Wording, Span]:
    """Periods with ends that lie close together made one moment, and vague ones taken for the clock's."""
    moment: dict[datetime, datetime] = {}
    last: datetime | None = None
    for end in sorted({end for w in wordings for end in w.dated[:2]}):
        moment[end] = moment[last] if last is not None and end - last <= SAME_MOMENT else end
        last = end
    closing = {w.dated for w in wordings if moment[w.dated.start] < moment[w.dated.end]}
    spans = {w.dated: _span(w.dated, moment, closing) for w in wordings}
    clock: dict[tuple[str, str], set[Span]] = {}
    for wording in wordings:
        if wording.dated.basis == CLOCK:
            span = spans[wording.dated]
            clock.setdefault((wording.claimant, wording.measure), set()).add(span)
            clock.setdefault(("", ""), set()).add(span)
    return {wording: _clocked(wording, clock, spans[wording.dated]) for wording in wordings}


def _span(period: Stretch, moment: Mapping[datetime, datetime], closing: Iterable[Stretch]) -> Span:
    """The aligned ends; "about 7:05" stays a minute of its own, inside a window that ends with it, else after."""
    start, end = moment[period.start], moment[period.end]
    if start < end:
        return (start, end)
    ends = any(w.start <= period.start and period.end <= w.end and moment[w.end] == end for w in closing)
    return (start - MINUTE, end) if ends else (start, end + MINUTE)


def _clocked(wording: Wording, clock: Mapping[tuple[str, str], set[Span]], own: Span) -> Span:
    """The clock-given period that a vague one means: its claimant's for the measure first, else anybody's."""
    period = wording.dated
    if period.basis == CLOCK or is_moment(wording):
        return own
    for whose in ((wording.claimant, wording.measure), ("", "")):
        near = [(max(abs(span[0] - period.start), abs(span[1] - period.end)), span) for span in clock.get(whose, ())]
        close = [entry for entry in near if entry[0] <= VAGUE]
        if close:
            return min(close)[1]
    return own


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
                if wording.regions[0] in pair and _overlap(span, spans[wording]):
                    found[wording] = pair
    return found


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _best_founded(
    wordings: Sequence[Wording],
    spans: Mapping[Wording, Span],
    meant: Mapping[Wording, Regions],
    crowds: Mapping[Wording, Crowd],
) -> tuple[dict[Wording, Span], bool]:
    """One claimant's one number in overlapping periods is one statement with the best-founded of them.

    Its parts move with it, and so does what the same claimant says of the same vague period, so that an outlet's
    wrong end of a window leaves nothing outside its total.
    """
    moved = dict(spans)
    alike: dict[tuple[object, ...], list[Wording]] = {}
    for wording in wordings:
        if wording.number is not None:
            named = meant.get(wording, wording.regions)
            key = (wording.claimant, wording.measure, named, wording.scope, wording.decoy, wording.number)
            alike.setdefault(key, []).append(wording)
    statement: dict[Wording, list[Wording]] = {}
    weighed = False
    for group in alike.values():
        chains, sided = _told_alike(group, spans, crowds)
        weighed |= sided
        for chain in chains:
            best = min((is_moment(w), w.dated.basis, spans[w][1] - spans[w][0], *spans[w]) for w in chain)
            moved.update(dict.fromkeys(chain, (best[3], best[4])))
            statement.update(dict.fromkeys(chain, chain))
    _rounded(wordings, spans, moved, meant, alike)
    _follow_totals(wordings, spans, moved, statement)
    known = set(wordings)
    settled: set[Wording] = set()
    for wording in sorted(wordings, key=_depth):
        whole = wording.parent
        if wording not in settled and whole is not None and whole in known and spans[whole] == spans[wording]:
            # One statement has one period: where a part moves with its whole, all that carry it do.
            chain = statement.get(wording, [wording])
            moved.update(dict.fromkeys(chain, moved[whole]))
            settled.update(chain)
    return moved, weighed


def _rounded(
    wordings: Sequence[Wording],
    spans: Mapping[Wording, Span],
    moved: dict[Wording, Span],
    meant: Mapping[Wording, Regions],
    alike: Mapping[tuple[object, ...], Sequence[Wording]],
) -> None:
    """What is "almost 70" in unclear hours is its claimant's 67 at an overlapping time, and no second count."""
    exact: dict[tuple[object, ...], list[Wording]] = {}
    for key, group in alike.items():
        exact.setdefault(key[:-1], []).extend(group)
    for wording in wordings:
        about = wording.qualifier == "about" and wording.low == wording.high and wording.dated.basis != CLOCK
        if not about or wording.low is None or wording.low < TELLING:
            continue
        named = meant.get(wording, wording.regions)
        key = (wording.claimant, wording.measure, named, wording.scope, wording.decoy)
        low, high = tolerance(wording.low)
        found = [
            (abs((w.number or 0) - wording.low), moved[w])
            for w in exact.get(key, ())
            if low <= (w.number or 0) <= high and _overlap(spans[w], spans[wording])
        ]
        if found:
            moved[wording] = min(found)[1]


def tolerance(number: int) -> tuple[int, int]:
    """What "about" a number allows: a tenth on both sides, outwards ("almost 270" is 243 to 297)."""
    return number * 9 // 10, -(-number * 11 // 10)


def _follow_totals(
    wordings: Sequence[Wording],
    spans: Mapping[Wording, Span],
    moved: dict[Wording, Span],
    statement: Mapping[Wording, Sequence[Wording]],
) -> None:
    """What a claimant says of a vague period moves where its total of the front with that period has moved."""
    targets: dict[tuple[str, Span], set[Span]] = {}
    for wording in wordings:
        if wording.regions == FRONT and wording.dated.basis != CLOCK:
            targets.setdefault((wording.claimant, spans[wording]), set()).add(moved[wording])
    for wording in wordings:
        found = targets.get((wording.claimant, moved[wording]), set())
        by_clock = any(w.dated.basis == CLOCK for w in statement.get(wording, (wording,)))
        if len(found) == 1 and not by_clock:
            (moved[wording],) = found


def _depth(wording: Wording) -> int:
    depth, at = 0, wording.parent
    while at is not None:
        depth, at = depth + 1, at.parent
    return depth


def _told_alike(
    group: Sequence[Wording], spans: Mapping[Wording, Span], crowds: Mapping[Wording, Crowd]
) -> tuple[list[list[Wording]], bool]:
    """The wordings of one number that are one statement: their periods overlap, one with the next.

    A number of 20 and more agrees by chance as rarely here as in an undated report: one without the clock's hours
    is the other read at another hour, and no second event of the day; unless it was told before those hours began.
    Also whether it mattered which outlets tell of them.
    """
    chains = _overlapping(group, spans)
    if (group[0].number or 0) < TELLING:
        told_of = [events(chain, crowds) for chain in chains]
        return [event for found, _ in told_of for event in found], any(sided for _, sided in told_of)
    if len(chains) == 1:
        return chains, False
    clocked = [chain for chain in chains if any(w.dated.basis == CLOCK for w in chain)]
    vague = [chain for chain in chains if all(w.dated.basis != CLOCK for w in chain)]
    if not clocked:
        return [[w for chain in vague for w in chain]], False
    early: list[list[Wording]] = []
    for chain in vague:
        told = min(crowds[w].first.at for w in chain)
        begun = [other for other in clocked if spans[other[0]][0] < told]
        if begun:
            nearest = min(begun, key=lambda other: (_gap(spans[chain[0]], spans[other[0]]), spans[other[0]]))
            nearest += chain
        else:
            early.append(chain)
    return clocked + early, False


def _gap(one: Span, other: Span) -> timedelta:
    return max(one[0] - other[1], other[0] - one[1])


def _overlapping(group: Sequence[Wording], spans: Mapping[Wording, Span]) -> list[list[Wording]]:
    """Chains of wordings whose periods overlap, one with the next."""
    chains: list[list[Wording]] = []
    until: datetime | None = None
    for wording in sorted(group, key=lambda w: spans[w]):
        start, end = spans[wording]
        if until is not None and start < until:
            chains[-1].append(wording)
            until = max(until, end)
        else:
            chains.append([wording])
            until = end
    return chains
