"""Recaps: what an article tells as the past of the last days ("the day before, one was killed in Belgorod").

Such a number is cited beside the news and mostly repeats what was reported. But of some regions and hours nobody else
speaks, since their first report never came: there the recap is all there is, and it counts. A record, and what lies
further back, is cited for comparison and counts nowhere.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence
from datetime import date, timedelta
from operator import itemgetter
from typing import Final
from zoneinfo import ZoneInfo

from worker.ledger.incidents import Span
from worker.ledger.wording import RECALLED, RECAP, Wording, assumed, mixes_days

_RECENT: Final = timedelta(days=2)
"""How far before its publication an article recaps; what it cites of older days it compares."""

_SHOT_DOWN_OR_LOST: Final = frozenset({"intercepted", "suppressed", "neutralised"})


_WHOLE_FRONT: Final = ""
_Matter = tuple[str, str]


def recalls(wording: Wording, day: date, published: date, zone: ZoneInfo) -> bool:
    """Whether a wording told as the past is a recap of `day`, and says itself when it was."""
    period = wording.period
    return (
        wording.reason == RECALLED
        and wording.low is not None
        and wording.scope != "rest"
        and period is not None
        and not assumed(period)
        and timedelta() <= published - day <= _RECENT
        and not mixes_days(period, zone)
    )


def unspoken(wordings: Collection[Wording]) -> set[Wording]:
    """The recaps of a day about which nothing else said of it speaks: no such measure, region and time."""
    recaps = [wording for wording in wordings if wording.reason == RECAP]
    if not recaps:
        return set()
    told: dict[_Matter, list[Span]] = {}
    for wording in wordings:
        if not wording.reason and wording.low is not None and wording.period is not None:
            for matter in _matters(wording):
                told.setdefault(matter, []).append(wording.period[:2])
    spoken = {matter: _union(spans) for matter, spans in told.items()}
    return {w for w in recaps if not any(_overlaps(w, spoken.get(matter, ())) for matter in _matters(w))}


def _matters(wording: Wording) -> list[_Matter]:
    """What it is about; the whole front is a matter of its own, since a total leaves open what was where."""
    about = "shot down or lost" if wording.measure in _SHOT_DOWN_OR_LOST else wording.measure
    return [(about, region) for region in wording.regions or (_WHOLE_FRONT,)]


def _union(spans: list[Span]) -> list[Span]:
    """The same stretches of time without overlaps, in order."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def _overlaps(wording: Wording, spans: Sequence[Span]) -> bool:
    start, end, _ = wording.dated
    last = bisect_left(spans, end, key=itemgetter(0))
    return last > 0 and start < spans[last - 1][1]
