"""Periods that follow one another though their words overlap: a night, the morning after it, what came meanwhile.

"The past night" and "this morning" name no hours, so that as stretches of time they overlap; who says both tells of two
times. And a figure for the night that was published at 7:10 cannot hold what the same claimant counts until 7:40.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from worker.ledger.crowd import Crowd
from worker.ledger.incidents import Span, is_moment
from worker.ledger.wording import CLOCK, VAGUE, Wording, family


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
        clock = {span for span, group in periods.items() if any(w.dated.basis == CLOCK for w in group)}
        for span in sorted(periods.keys() - clock):
            first = min(crowds[w].first.at for w in periods[span])
            cut = _without_what_follows(span, sorted(periods.keys() - {span}), clock, first)
            found.update(dict.fromkeys(periods[span], cut))
    return found


def _without_what_follows(span: Span, others: Sequence[Span], clock: set[Span], first: datetime) -> Span:
    start, end = span
    for other in others:
        if _told_before(span, other, first) if other in clock else _follows(span, other):
            end = min(end, other[0])
    return (start, end)


def _follows(one: Span, other: Span) -> bool:
    """Whether `other` starts before `one` ends by no more than hours without a clock are unsure of."""
    return one[0] < other[0] < one[1] < other[1] and one[1] - other[0] <= VAGUE


def _told_before(vague: Span, window: Span, first: datetime) -> bool:
    """Whether a short window by the clock, begun in a vague period, had not ended when that was told."""
    begun = vague[0] < window[0] < min(vague[1], first)
    return begun and first <= window[1] and window[1] - window[0] <= VAGUE
