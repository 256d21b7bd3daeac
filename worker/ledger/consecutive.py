"""Periods that follow one another though their words overlap: a night, the morning after it, what came meanwhile.

"The past night" and "this morning" name no hours, so that as stretches of time they overlap; who says both tells of two
times, unless the two totals are one, corrected. And a figure for the night that was published at 7:10 cannot hold what
the same claimant counts until 7:40, nor can a list of the night hold a window in which one of its regions had more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from worker.ledger.crowd import Crowd
from worker.ledger.incidents import Span, is_moment
from worker.ledger.places import FRONT, Regions, places
from worker.ledger.wording import TELLING, VAGUE, Wording, family
from worker.model import Measure

Numbers = dict[tuple[Measure, Regions], set[int]]


def consecutive(
    wordings: Sequence[Wording], spans: Mapping[Wording, Span], crowds: Mapping[Wording, Crowd]
) -> dict[Wording, Span]:
    """The spans of drone counts without the overlaps that only their words have."""
    told: dict[str, dict[Span, list[Wording]]] = {}
    for wording in wordings:
        if family(wording.measure) == "drones" and not is_moment(wording):
            told.setdefault(wording.claimant, {}).setdefault(spans[wording], []).append(wording)
    found = dict(spans)
    for periods in told.values():
        clock = {span for span, group in periods.items() if any(w.dated.by_clock for w in group)}
        numbers = {span: _numbers(group) for span, group in periods.items()}
        _join_corrected(periods, clock, numbers)
        for span in sorted(periods.keys() - clock):
            first = min(crowds[w].first.at for w in periods[span])
            cut = _without_what_follows(span, clock, numbers, first)
            found.update(dict.fromkeys(periods[span], cut))
    return found


def _join_corrected(periods: dict[Span, list[Wording]], clock: set[Span], numbers: dict[Span, Numbers]) -> None:
    """Take what follows a vague period for that period where their totals of the front are one, corrected."""
    for span in sorted(periods.keys() - clock):
        for other in sorted(periods.keys() - clock) if span in periods else ():
            if _follows(span, other) and _corrected(numbers[span], numbers[other]):
                periods[span] += periods.pop(other)
                numbers[span] = _numbers(periods[span])
                del numbers[other]


def _without_what_follows(span: Span, clock: set[Span], numbers: Mapping[Span, Numbers], first: datetime) -> Span:
    start, end = span
    for other in sorted(numbers.keys() - {span}):
        if other in clock:
            late = span[0] < other[0] < span[1] and span[1] - other[0] <= VAGUE
            follows = told_before(span, other, first) or (
                late and (_has_more(numbers[span], numbers[other]) or _too_many(numbers[span], numbers[other]))
            )
        else:
            follows = _follows(span, other)
        if follows:
            end = min(end, other[0])
    return (start, end)


def _follows(one: Span, other: Span) -> bool:
    """Whether `other` starts before `one` ends by no more than hours without a clock are unsure of."""
    return one[0] < other[0] < one[1] < other[1] and one[1] - other[0] <= VAGUE


def told_before(vague: Span, window: Span, first: datetime) -> bool:
    """Whether a short window by the clock, begun in a vague period, had not ended when that was told."""
    begun = vague[0] < window[0] < min(vague[1], first)
    return begun and first <= window[1] and window[1] - window[0] <= VAGUE


def _has_more(around: Numbers, window: Numbers) -> bool:
    """Whether a window by the clock has more in a region, not on the front, than the vague period around it."""
    more = {key[1] for key, counts in window.items() if key in around and min(counts) > max(around[key])}
    return bool(more) and FRONT not in more


def _too_many(around: Numbers, window: Numbers) -> bool:
    """Whether the list of a vague period has no room in its total for the regions that only a window names."""
    for (measure, regions), totals in around.items():
        if regions != FRONT:
            continue
        listed = {key: max(counts) for key, counts in around.items() if key[0] == measure and len(key[1]) == 1}
        beyond = sum(
            min(counts)
            for key, counts in window.items()
            if key[0] == measure and len(key[1]) == 1 and key not in listed
        )
        if beyond and sum(listed.values()) <= max(totals) < sum(listed.values()) + beyond:
            return True
    return False


def _corrected(one: Numbers, other: Numbers) -> bool:
    """Whether totals of the front differ by a tenth at most: two outlets date one figure in other words."""
    return any(
        regions == FRONT and abs(n - m) * 10 <= max(n, m) and min(n, m) >= TELLING
        for (measure, regions), counts in one.items()
        for n in counts
        for m in other.get((measure, regions), ())
    )


def _numbers(group: Sequence[Wording]) -> Numbers:
    """The exact numbers of a period by measure and place."""
    found: Numbers = {}
    for w in group:
        if w.number is not None and not w.decoy and w.scope != "rest":
            for place in places(w.regions) if w.scope == "each" else (w.regions,):
                found.setdefault((w.measure, place), set()).add(w.number)
    return found
