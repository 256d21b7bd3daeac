"""Which period a wording is taken to have: outlets resolve "overnight" differently, round hours, or say only "Monday".

Before anything is added up, moments are aligned, vague periods take the clock's, and one number with overlapping
periods is one statement with the best-founded of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from worker.ledger.consecutive import told_before
from worker.ledger.crowd import Crowd
from worker.ledger.incidents import Span, events, is_moment
from worker.ledger.places import FRONT, Regions
from worker.ledger.wording import (
    BORROWED,
    CLOCK,
    LEAD,
    MINUTE,
    SAME_MOMENT,
    TELLING,
    VAGUE,
    Stretch,
    Wording,
    family,
)


def aligned(wordings: Sequence[Wording]) -> dict[Wording, Span]:
    """Periods with ends that lie close together made one moment, and vague ones taken for the clock's.

    The two ends of a short window by the clock are two, though: it holds what fell in it, and nothing of the next one.
    """
    begun: dict[datetime, set[datetime]] = {}
    for wording in wordings:
        if wording.dated.by_clock and not is_moment(wording):
            begun.setdefault(wording.dated.end, set()).add(wording.dated.start)
    moment: dict[datetime, datetime] = {}
    last: datetime | None = None
    for end in sorted({end for w in wordings for end in w.dated[:2]}):
        near = last is not None and end - last <= SAME_MOMENT
        joined = moment[last] if near and last is not None else end
        moment[end] = end if any(moment[start] == joined for start in begun.get(end, ())) else joined
        last = end
    closing = {w.dated for w in wordings if moment[w.dated.start] < moment[w.dated.end]}
    spans = {w.dated: _span(w.dated, moment, closing) for w in wordings}
    clock: dict[tuple[str, str], set[Span]] = {}
    for wording in wordings:
        if wording.dated.by_clock:
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
    if period.by_clock or is_moment(wording):
        return own
    for whose in ((wording.claimant, wording.measure), ("", "")):
        near = [(max(abs(span[0] - period.start), abs(span[1] - period.end)), span) for span in clock.get(whose, ())]
        close = [entry for entry in near if entry[0] <= VAGUE]
        if close:
            return min(close)[1]
    return own


def overlap(one: Span, other: Span) -> bool:
    """Whether two stretches share any time."""
    return one[0] < other[1] and other[0] < one[1]


def best_founded(
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
            moved.update(dict.fromkeys(chain, _best(chain, spans)))
            statement.update(dict.fromkeys(chain, chain))
    bounds = _rounded(wordings, spans, moved, meant, alike)
    _follow_totals([w for w in wordings if w not in bounds], wordings, spans, moved, statement)
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


def _best(chain: Sequence[Wording], spans: Mapping[Wording, Span]) -> Span:
    """The best-founded period of one statement; a day of which no hours are said is the night that others name."""

    def foundation(w: Wording) -> tuple[bool, bool, int, timedelta, Span]:
        return (is_moment(w), w.dated.basis == BORROWED, w.dated.basis, spans[w][1] - spans[w][0], spans[w])

    best = min(chain, key=foundation)
    if best.dated.is_day:
        nights = [w for w in chain if w.dated.basis <= LEAD and not w.dated.is_day and _turns(spans[w], spans[best])]
        best = min(nights, key=foundation, default=best)
    return spans[best]


def _turns(night: Span, day: Span) -> bool:
    """Whether it goes on over one of the midnights of a day."""
    return any(night[0] < midnight < night[1] for midnight in day)


def _rounded(
    wordings: Sequence[Wording],
    spans: Mapping[Wording, Span],
    moved: dict[Wording, Span],
    meant: Mapping[Wording, Regions],
    alike: Mapping[tuple[object, ...], Sequence[Wording]],
) -> set[Wording]:
    """What is "almost 70", or "at least 65", in unclear hours is its claimant's 67 at an overlapping time, not more.

    Returns the bounds ("at least") that moved. Only numbers that tell and lie near are meant: "at least 30" in the
    morning are not the 479 of the night.
    """
    bounds: set[Wording] = set()
    exact: dict[tuple[object, ...], list[Wording]] = {}
    for key, group in alike.items():
        exact.setdefault(key[:-1], []).extend(group)
    for wording in wordings:
        low = wording.low
        if low is None or low < TELLING or wording.dated.by_clock:
            continue
        about = low == wording.high
        if wording.qualifier != "about" if about else family(wording.measure) != "drones":
            continue
        least, most = tolerance(low)
        if not about:
            least = low - (wording.qualifier == "more_than")
            most = most if wording.high is None else min(most, wording.high)
        named = meant.get(wording, wording.regions)
        key = (wording.claimant, wording.measure, named, wording.scope, wording.decoy)
        found = [
            (abs((w.number or 0) - low), moved[w])
            for w in exact.get(key, ())
            if least <= (w.number or 0) <= most
            and overlap(spans[w], spans[wording])
            and (about or not w.dated.by_clock)
        ]
        if found:
            moved[wording] = min(found)[1]
            if not about:
                bounds.add(wording)
    return bounds


def tolerance(number: int) -> tuple[int, int]:
    """What "about" a number allows: a tenth on both sides, outwards ("almost 270" is 243 to 297)."""
    return number * 9 // 10, -(-number * 11 // 10)


def _follow_totals(
    leading: Iterable[Wording],
    wordings: Sequence[Wording],
    spans: Mapping[Wording, Span],
    moved: dict[Wording, Span],
    statement: Mapping[Wording, Sequence[Wording]],
) -> None:
    """What a claimant says of a vague period moves where its total of the front with that period has moved."""
    targets: dict[tuple[str, Span], set[Span]] = {}
    for wording in leading:
        if wording.regions == FRONT and not wording.dated.by_clock:
            targets.setdefault((wording.claimant, spans[wording]), set()).add(moved[wording])
    for wording in wordings:
        found = targets.get((wording.claimant, moved[wording]), set())
        by_clock = any(w.dated.by_clock for w in statement.get(wording, (wording,)))
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
    So is one that only takes hours up: it may be recalled. And a smaller one that was told while a short window was not
    over is not the number of that window.
    Also whether it mattered which outlets tell of them.
    """
    others = _told_too_early(group, spans, crowds) if (group[0].number or 0) < TELLING else set()
    chains = _overlapping([w for w in group if w not in others], spans)
    chains += _overlapping([w for w in group if w in others], spans)
    if (group[0].number or 0) < TELLING:
        chains = _without_borrowed(chains, spans)
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


def _told_too_early(
    group: Sequence[Wording], spans: Mapping[Wording, Span], crowds: Mapping[Wording, Crowd]
) -> set[Wording]:
    """Counts of drones in unclear hours, told before each short window of the same number was over."""
    if family(group[0].measure) != "drones":
        return set()
    windows = {spans[w] for w in group if w.dated.by_clock and not is_moment(w)}
    told: dict[Span, datetime] = {}
    for w in group:
        if not w.dated.by_clock:
            told[spans[w]] = min(told.get(spans[w], crowds[w].first.at), crowds[w].first.at)
    early = {span for span, first in told.items() if windows and all(told_before(span, x, first) for x in windows)}
    return {w for w in group if not w.dated.by_clock and spans[w] in early}


def _without_borrowed(chains: list[list[Wording]], spans: Mapping[Wording, Span]) -> list[list[Wording]]:
    """Victims timed only by a count of drones are those of the same number told with a time of their own."""
    own = [chain for chain in chains if any(w.dated.basis != BORROWED for w in chain)]
    if not own or len(own) == len(chains):
        return chains
    for chain in chains:
        if all(w.dated.basis == BORROWED for w in chain):
            nearest = min(own, key=lambda other: (_gap(spans[chain[0]], spans[other[0]]), spans[other[0]]))
            nearest += chain
    return own


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
