"""Which statements are kept where not all can be true.

One claimant: the newest value of a slot wins; where the slots of one claimant cannot all hold, as few as
possible give way. Different claimants: what can be true at once is kept, else statements enter by precedence.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from worker.ledger.doubt import is_doubtful
from worker.ledger.statements import Slot, Statement

BUDGET: Final = 400
"""Systems to try in search of the fewest that give way; what it leaves open, the strongest-first order decides."""

EXPLAINED: Final = 16
"""Clashes of one claimant (or between claimants) that name what they clash with; a flood of them does not."""

CHANGES: Final = 6
"""More slots than this giving way are not weighed against each other, but taken strongest first."""

OLDER: Final = 12
"""How many older values of a slot may take the place of its newest."""

MOST: Final = 160
"""Statements of one family and day that are weighed at all; a hostile flood beyond is set aside, weakest first."""

MOST_WORDINGS: Final = 1000
"""The same before wordings are made statements: comparing periods takes the square of their number."""

Fits = Callable[[Sequence[Statement]], bool]


class Clash(NamedTuple):
    """A statement that could not hold, and the kept ones it cannot hold with."""

    statement: Statement
    against: tuple[Statement, ...]


class Kept(NamedTuple):
    """What one claimant is taken to say. `weighed`: numbers of outlets may have decided; `doubted`: one or several."""

    statements: tuple[Statement, ...]
    clashes: tuple[Clash, ...]
    superseded: tuple[Statement, ...]
    weighed: bool
    doubted: bool


class _Slot:
    """The values of one slot, newest first, and what is kept with each: older ones that agree with it."""

    def __init__(self, values: Sequence[Statement]) -> None:
        doubtful = {id(s) for s in values if len(values) > 1 and is_doubtful(s, values)}
        self.values = sorted(values, key=lambda s: (id(s) not in doubtful, *_newest(s)), reverse=True)
        self._kept: dict[int, tuple[Statement, ...]] = {}

    def kept(self, pick: int) -> tuple[Statement, ...]:
        """The statements kept if value number `pick` is believed; -1: none."""
        if pick < 0:
            return ()
        if pick not in self._kept:
            chosen = self.values[pick]
            kept, low, high = [chosen], chosen.low, chosen.high
            for older in self.values[pick + 1 :]:
                both_low = max(low, older.low)
                both_high = older.high if high is None else high if older.high is None else min(high, older.high)
                if both_high is None or both_low <= both_high:
                    kept.append(older)
                    low, high = both_low, both_high
            self._kept[pick] = tuple(kept)
        return self._kept[pick]

    def lost(self, pick: int) -> bool:
        """Whether nothing stands in for the newest value: an older one that only says less ("at least 20") does not."""
        return pick < 0 or any(self.values[pick] is kept for kept in self.kept(0))

    @property
    def others(self) -> tuple[int, ...]:
        """What may take the place of the newest value: older ones, then nothing."""
        return (*range(1, min(len(self.values), OLDER + 1)), -1)

    @property
    def strength(self) -> tuple[object, ...]:
        """Who gives way last comes first: headline totals, then few regions, many outlets, the newest."""
        head = self.values[0]
        return (head.size, -head.outlets, -head.first.at.timestamp(), _by_name(head))


Changes = frozenset[tuple[int, int]]


def one_claimant(statements: Sequence[Statement], fits: Fits) -> Kept:
    """Keep as many slots as possible, and of each its newest value that fits."""
    grouped: dict[Slot, list[Statement]] = {}
    for statement in statements:
        grouped.setdefault(statement.slot, []).append(statement)
    slots = [_Slot(values) for _, values in sorted(grouped.items())]
    changes: Changes = frozenset()
    if weighed := not fits(_kept(slots, changes)):
        changes = _fewest(slots, fits) or _strongest_first(slots, fits)
    kept = _kept(slots, changes)
    hurt = [slots[index].values[0] for index, _ in sorted(changes)]
    lost = {id(statement) for statement in hurt} | {id(statement) for statement in kept}
    return Kept(
        tuple(kept),
        tuple(_clash(statement, kept, fits, explain=n < EXPLAINED) for n, statement in enumerate(hurt)),
        tuple(s for slot in slots for s in slot.values if id(s) not in lost),
        weighed,
        any(len(slot.values) > 1 for slot in slots),
    )


def by_precedence(statements: Sequence[Statement], fits: Fits) -> tuple[list[Statement], list[Clash]]:
    """Take statements in the given order; one that fits nothing taken before it is a conflict."""
    kept: list[Statement] = []
    clashes: list[Clash] = []
    left = list(statements)
    while left:
        fitting = _longest(kept, left, fits)
        kept += left[:fitting]
        if fitting < len(left):
            clashes.append(_clash(left[fitting], kept, fits, explain=len(clashes) < EXPLAINED))
        left = left[fitting + 1 :]
    return kept, clashes


def _clash(statement: Statement, kept: Sequence[Statement], fits: Fits, *, explain: bool) -> Clash:
    return Clash(statement, core([statement], kept, fits) if explain else ())


def core(fixed: Sequence[Statement], others: Sequence[Statement], fits: Fits) -> tuple[Statement, ...]:
    """A smallest choice of `others` that cannot hold together with `fixed` (none of it can be spared)."""
    found: list[Statement] = []
    if fits([*fixed, *others]):
        return ()
    left = list(others)
    while fits([*fixed, *found]):
        fitting = _longest([*fixed, *found], left, fits)
        found.append(left[fitting])
        left = left[:fitting]
    return tuple(found)


def _newest(statement: Statement) -> tuple[object, ...]:
    """Of what was first said at one time the exact number: "hundreds" in the same text was said of more than this."""
    exact = statement.low == statement.high
    return (statement.first.at, exact, statement.low, statement.high is None, statement.high or 0)


def _by_name(statement: Statement) -> str:
    """A last tie-break that depends on contents alone."""
    return str(statement.slot)


def _kept(slots: Sequence[_Slot], changes: Changes) -> list[Statement]:
    picks = dict(changes)
    return [statement for index, slot in enumerate(slots) for statement in slot.kept(picks.get(index, 0))]


def _longest(kept: Sequence[Statement], left: Sequence[Statement], fits: Fits) -> int:
    """How many of `left` fit behind `kept`: what does not fit never does with more, so halving finds it."""
    if fits([*kept, *left]):
        return len(left)
    low, step = 0, 1
    while low + step < len(left) and fits([*kept, *left[: low + step]]):
        low, step = low + step, step * 2
    high = min(len(left), low + step)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if fits([*kept, *left[:middle]]) else (low, middle)
    return low


def _fewest(slots: Sequence[_Slot], fits: Fits) -> Changes | None:
    """The smallest set of slots to change, level by level; None if that would take too long.

    In every group of slots that cannot hold together at least one must change: only those are tried.
    """
    budget = min(BUDGET, 20_000 // len(slots))
    spent = 0

    def counted(statements: Sequence[Statement]) -> bool:
        nonlocal spent
        spent += 1
        return fits(statements)

    level: set[Changes] = {frozenset()}
    for _ in range(CHANGES):
        following: set[Changes] = set()
        for changes in sorted(level, key=sorted):
            if spent > budget:
                return None
            changed = {index for index, _ in changes}
            for index in _culprits(slots, changes, counted):
                if index not in changed:
                    following |= {changes | {(index, pick)} for pick in slots[index].others}
        if len(following) + spent > budget:
            return None
        good = [changes for changes in sorted(following, key=sorted) if counted(_kept(slots, changes))]
        if good:
            return min(good, key=lambda changes: _price(slots, changes))
        level = following
    return None


def _culprits(slots: Sequence[_Slot], changes: Changes, fits: Fits) -> list[int]:
    """Slots that cannot all hold as they are."""
    owner = {
        id(statement): index for index, slot in enumerate(slots) for statement in slot.kept(dict(changes).get(index, 0))
    }
    return sorted({owner[id(statement)] for statement in core((), _kept(slots, changes), fits)})


def _price(slots: Sequence[_Slot], changes: Changes) -> tuple[object, ...]:
    """What a change costs: slots lost; then of what gives way the size, the outlets, the age."""
    heads = [slots[index].values[0] for index, _ in sorted(changes)]
    return (
        sum(slots[index].lost(pick) for index, pick in changes),
        sorted(-head.size for head in heads),
        sum(head.outlets for head in heads),
        sorted(head.first.at for head in heads),
        sorted(_by_name(head) for head in heads),
        sum(pick < 0 for _, pick in changes),  # what says less is better than nothing
        sorted(changes),
    )


def _strongest_first(slots: Sequence[_Slot], fits: Fits) -> Changes:
    """Take the slots by strength; one that does not fit gives way to its newest older value that does."""
    order = sorted(range(len(slots)), key=lambda index: slots[index].strength)
    heads = [slot.kept(0) for slot in slots]
    kept: list[Statement] = []
    changes: set[tuple[int, int]] = set()
    while order:
        fitting = _most_slots(kept, [heads[index] for index in order], fits)
        kept += [statement for index in order[:fitting] for statement in heads[index]]
        if fitting < len(order):
            index = order[fitting]
            pick = next((p for p in slots[index].others if p < 0 or fits([*kept, *slots[index].kept(p)])), -1)
            kept += slots[index].kept(pick)
            changes.add((index, pick))
        order = order[fitting + 1 :]
    return frozenset(changes)


def _most_slots(kept: Sequence[Statement], left: Sequence[tuple[Statement, ...]], fits: Fits) -> int:
    """How many whole slots fit behind `kept`."""
    flat = [statement for values in left for statement in values]
    fitting = _longest(kept, flat, fits)
    count = 0
    for values in left:
        fitting -= len(values)
        if fitting < 0:
            break
        count += 1
    return count
