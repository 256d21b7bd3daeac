"""Numbers that one article gives for one place and time beside each other: "two shot down, another five intercepted".

One article does not correct itself by saying both: they add up. Only what a military counts of drones in regions; a
number of the whole front said twice is a headline, and of victims the later one holds the earlier.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from worker.ledger.chorus import Chorus
from worker.ledger.crowd import Crowd
from worker.ledger.incidents import Span
from worker.ledger.places import Regions, places
from worker.ledger.record import Appearance
from worker.ledger.wording import Wording, family, is_military


def addends(
    wordings: Sequence[Wording],
    spans: Mapping[Wording, Span],
    meant: Mapping[Wording, Regions],
    crowds: Mapping[Wording, Crowd],
) -> tuple[list[list[Wording]], frozenset[Wording]]:
    """Groups of wordings whose different numbers are one number together, each wording in one group at most.

    Also all wordings that may be in one: it matters which of them the same texts tell.
    """
    slots: dict[tuple[object, ...], list[Wording]] = {}
    for wording in wordings:
        named = meant.get(wording, wording.regions)
        counts = family(wording.measure) == "drones" and wording.scope == "total" and not wording.decoy
        if counts and named and wording.number is not None and is_military(wording.claimant):
            slots.setdefault((wording.claimant, wording.measure, named, spans[wording]), []).append(wording)
    shared = [slot for slot in slots.values() if len({wording.number for wording in slot}) > 1]
    told = [group for slot in shared for group in _told_together(slot, crowds)]
    maybe = frozenset(wording for slot in shared for wording in slot)
    return [group for group in told if not _too_many(group, wordings, crowds)], maybe


def _too_many(group: Sequence[Wording], wordings: Sequence[Wording], crowds: Mapping[Wording, Crowd]) -> bool:
    """Whether their whole is exactly its list if the numbers are not added up: then one of them was misread."""
    whole = group[0].parent
    if whole is None or whole.number is None or any(wording.parent is not whole for wording in group):
        return False
    choruses = crowds[group[0]].choruses
    parts = [w for w in wordings if w.parent is whole and w.measure == whole.measure and w.number is not None]
    listed = sum(_counted(w) for w in parts if not choruses.keys().isdisjoint(crowds[w].choruses))
    return whole.number == listed - sum(sorted(w.number or 0 for w in group)[:-1])


def _counted(wording: Wording) -> int:
    return (wording.number or 0) * (len(places(wording.regions)) if wording.scope == "each" else 1)


def _told_together(slot: Sequence[Wording], crowds: Mapping[Wording, Crowd]) -> list[list[Wording]]:
    known = set(slot)
    first: dict[int, Appearance] = {}
    said: dict[Chorus, set[int]] = {}
    nested: set[Chorus] = set()
    for wording in slot:
        number = wording.number or 0
        first[number] = min(first.get(number, crowds[wording].first), crowds[wording].first)
        for chorus in crowds[wording].choruses:
            said.setdefault(chorus, set()).add(number)
            if wording.parent in known:  # one is said to be part of another
                nested.add(chorus)
    free = set(first)
    found: list[list[Wording]] = []
    told = (numbers for chorus, numbers in said.items() if chorus not in nested)
    for numbers in sorted(told, key=lambda told: (-len(told), sorted(first[n] for n in told))):
        if len(numbers) > 1 and numbers <= free:
            free -= numbers
            found.append([wording for wording in slot if wording.number in numbers])
    return found
