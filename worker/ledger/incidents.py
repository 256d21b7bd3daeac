"""Incidents: what a claimant tells of a single minute ("about 21:30 one drone") beside what it sums up later.

A military that reports each drone as it falls does not put it into the next morning's figure for "the past night" as
well: in two years of such reports the later list lacked the earlier region as often as the list of any other night. So
an incident is no part of a figure whose hours nobody gives. Only counts of drones: who fell victim at 16:30 is among
those whom the evening's figure counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from worker.ledger.crowd import Crowd
from worker.ledger.places import Regions
from worker.ledger.wording import CLOCK, MINUTE, Stretch, Wording, family

_BESIDE: Final = timedelta(days=36_525)
"""Far from every window, where what lies in none of them is counted by itself."""

Span = tuple[datetime, datetime]


def is_moment(wording: Wording) -> bool:
    """Whether it tells when something happened, not for how long it was counted."""
    return wording.dated.length <= MINUTE


def apart(
    wordings: Sequence[Wording],
    spans: Mapping[Wording, Span],
    meant: Mapping[Wording, Regions],
    crowds: Mapping[Wording, Crowd],
) -> tuple[dict[Wording, Span], bool]:
    """The spans with incidents told by themselves, and whether it mattered which outlets tell of them.

    Two minutes that lie close together are one, told by two outlets; one outlet that gives both tells of two.
    """
    found = dict(spans)
    incidents = [w for w in wordings if _is_incident(w, spans)]
    alike: dict[tuple[object, ...], list[Wording]] = {}
    for wording in incidents:
        key = (wording.claimant, wording.measure, meant.get(wording, wording.regions), spans[wording])
        alike.setdefault(key, []).append(wording)
    weighed = False
    for group in alike.values():
        if len({w.dated.start for w in group}) < 2:
            continue
        weighed = True
        for wording in group:
            others = (w for w in group if w.dated.start != wording.dated.start)
            if any(crowds[wording].outlets.keys() & crowds[other].outlets.keys() for other in others):
                found[wording] = (wording.dated.start, wording.dated.start + MINUTE)
    windows: dict[tuple[str, str], list[Wording]] = {}
    for wording in wordings:
        if not is_moment(wording):
            windows.setdefault((wording.claimant, wording.measure), []).append(wording)
    for wording in incidents:
        start, end = found[wording]
        around = windows.get((wording.claimant, wording.measure), ())
        holding = [w for w in around if spans[w][0] <= start and end <= spans[w][1]]
        known = any(w.dated.basis == CLOCK and _holds(w.dated, wording.dated) for w in around)
        whole = wording.parent
        if holding and not known and (whole is None or (whole.period is not None and is_moment(whole))):
            found[wording] = (start + _BESIDE, end + _BESIDE)
    return found, weighed


def _holds(window: Stretch, moment: Stretch) -> bool:
    """Whether the minute lies in the hours themselves, not only in the quarter of an hour that ends may be off."""
    return window.start <= moment.start and moment.end <= window.end


def _is_incident(wording: Wording, spans: Mapping[Wording, Span]) -> bool:
    start, end = spans[wording]
    return family(wording.measure) == "drones" and is_moment(wording) and end - start <= MINUTE
