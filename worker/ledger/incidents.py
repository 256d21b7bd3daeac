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
from worker.ledger.wording import MINUTE, SAME_MOMENT, TELLING, Stretch, Wording, family

_BESIDE: Final = timedelta(days=36_525)
"""Far from every window, where what lies in none of them is counted by itself."""

Span = tuple[datetime, datetime]


def is_moment(wording: Wording) -> bool:
    """Whether it tells when something happened, not for how long it was counted."""
    return wording.dated.length <= MINUTE


def events(chain: Sequence[Wording], crowds: Mapping[Wording, Crowd]) -> tuple[list[list[Wording]], bool]:
    """One number in overlapping periods as one event or more, and whether it mattered which outlets tell of them.

    A minute and hours are one event told by two outlets, or told by the minute and summed up later. What was told
    before the minute came is another event, and so is what its own outlet told before it.
    """
    longer = [w for w in chain if not is_moment(w)]
    minutes = [w for w in chain if is_moment(w) and w.parent is None and family(w.measure) == "drones"]
    if not longer or not minutes or (chain[0].number or 0) >= TELLING:
        return [list(chain)], False
    alone = [w for w in minutes if all(_two(w, other, crowds) for other in longer)]
    if not alone:
        return [list(chain)], True
    return [[w for w in chain if w not in alone], *_close(alone)], True


def _two(minute: Wording, longer: Wording, crowds: Mapping[Wording, Crowd]) -> bool:
    """Whether a minute is another event than one told by the hour or without hours."""
    if longer.dated.by_clock:
        return not _holds(longer.dated, minute.dated) and _one_outlet(minute, longer, crowds)
    told = crowds[longer].first.at
    return told <= minute.dated.start or (told < crowds[minute].first.at and _one_outlet(minute, longer, crowds))


def _one_outlet(one: Wording, other: Wording, crowds: Mapping[Wording, Crowd]) -> bool:
    return bool(crowds[one].outlets.keys() & crowds[other].outlets.keys())


def _close(minutes: Sequence[Wording]) -> list[list[Wording]]:
    """Minutes grouped where they lie close together."""
    found: list[list[Wording]] = []
    for wording in sorted(minutes, key=lambda w: w.dated[:2]):
        if found and wording.dated.start - found[-1][-1].dated.start <= SAME_MOMENT:
            found[-1].append(wording)
        else:
            found.append([wording])
    return found


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
            if any(_one_outlet(wording, other, crowds) for other in others):
                found[wording] = (wording.dated.start, wording.dated.start + MINUTE)
    windows: dict[tuple[str, str], list[Wording]] = {}
    for wording in wordings:
        if not is_moment(wording):
            windows.setdefault((wording.claimant, wording.measure), []).append(wording)
    for wording in incidents:
        start, end = found[wording]
        around = windows.get((wording.claimant, wording.measure), ())
        holding = [w for w in around if spans[w][0] <= start and end <= spans[w][1]]
        known = any(w.dated.by_clock and _holds(w.dated, wording.dated) for w in around)
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
