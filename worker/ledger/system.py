"""A system of sums over unknown whole numbers: is it possible at all, and how small and great can a sum be?

Unknowns are bits of a mask (see `unknowns`). Those that appear in the same rows are one column: together they
can take any value that one of them can. Then, in this order, each cheap and exact where it applies:
propagation of column bounds, splitting into independent parts, trees of nested sums, and for what is left a
whole-number program.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from worker.ledger.program import Program
from worker.ledger.tree import Bounds, Node, Sum, add, forest, greatest_inside, least_inside
from worker.ledger.witness import Row

ROUNDS: Final = 40
"""Rounds of propagation; two sums that push each other up for ever are left to the solver."""


class Constraint(NamedTuple):
    """`low <= (unknowns in plus) - (unknowns in minus) <= high`; high None is infinity."""

    plus: int
    minus: int
    low: int
    high: int | None


class Part(NamedTuple):
    """An independent part of a system: trees where its sums nest, else a program over its own columns."""

    columns: tuple[int, ...]
    trees: tuple[Node, ...] | None
    program: Program | None


class System:
    """Constraints over non-negative whole unknowns, solved exactly."""

    def __init__(self, constraints: Iterable[Constraint]) -> None:
        self.possible = True
        kept = []
        for constraint in dict.fromkeys(constraints):
            if not constraint.plus and not constraint.minus:
                self.possible &= constraint.low <= 0 and (constraint.high is None or constraint.high >= 0)
            elif constraint.minus or constraint.low > 0 or constraint.high is not None:
                kept.append(constraint)
        self._answers: dict[tuple[int, frozenset[int], bool], int | None] = {}
        self._columns = _columns(kept)
        self._bound = 0
        for column in self._columns:
            self._bound |= column
        rows = [_row(constraint, self._columns) for constraint in kept]
        bounds: list[Bounds] = [(0, None)] * len(self._columns)
        self._parts: list[Part] = []
        self._limits = bounds
        if not self.possible or not _propagate(rows, bounds):
            self.possible = False
            return
        parts = _parts(rows, bounds)
        if parts is None or not all(_part_possible(part, bounds) for part in parts):
            self.possible = False
            return
        self._parts = parts

    def bounds(self, unknowns: int) -> Bounds:
        """Least and greatest sum of the unknowns; what no constraint mentions is free upwards.

        Only for possible systems.
        """
        touched = frozenset(i for i, column in enumerate(self._columns) if column & unknowns)
        whole = frozenset(i for i in touched if self._columns[i] & unknowns == self._columns[i])
        low, high = 0, None if unknowns & ~self._bound else 0
        settled: set[int] = set()
        for index, part in enumerate(self._parts):
            settled.update(part.columns)
            low += self._extreme(index, part, whole, greatest=False) or 0
            if high is not None:
                high = add(high, self._extreme(index, part, touched, greatest=True))
        for column in touched - settled:
            least_one, most = self._limits[column]
            low += least_one if column in whole else 0
            high = add(high, most)
        return low, high

    def _extreme(self, index: int, part: Part, wanted: frozenset[int], *, greatest: bool) -> int | None:
        inside = wanted.intersection(part.columns)
        if not inside:
            return 0
        key = (index, inside, greatest)
        if key not in self._answers:
            self._answers[key] = self._solve(part, inside, greatest=greatest)
        return self._answers[key]

    def _solve(self, part: Part, inside: frozenset[int], *, greatest: bool) -> int | None:
        if part.trees is not None:
            total: int | None = 0
            for tree in part.trees:
                shape = (greatest_inside if greatest else least_inside)(tree, self._limits, inside)
                if shape is None:  # excluded when the part was built
                    return None
                total = add(total, add(shape.wanted, shape.room) if greatest else shape.wanted)
            return total
        if part.program is None:
            return None
        local = frozenset(i for i, column in enumerate(part.columns) if column in inside)
        return part.program.greatest(local) if greatest else part.program.least(local)


def _columns(constraints: Sequence[Constraint]) -> list[int]:
    """Unknowns that appear in the same constraints with the same sign, as one mask each."""
    everything = 0
    for constraint in constraints:
        everything |= constraint.plus | constraint.minus
    columns = [everything] if everything else []
    for mask in dict.fromkeys(m for c in constraints for m in (c.plus, c.minus) if m):
        columns = [piece for column in columns for piece in (column & mask, column & ~mask) if piece]
    return columns


def _row(constraint: Constraint, columns: Sequence[int]) -> Row:
    terms = [(i, 1) for i, column in enumerate(columns) if column & constraint.plus]
    terms += [(i, -1) for i, column in enumerate(columns) if column & constraint.minus]
    return Row(tuple(terms), constraint.low, constraint.high)


def _propagate(rows: Sequence[Row], bounds: list[Bounds]) -> bool:
    """Tighten the bounds of single columns until nothing changes; False where a row cannot hold."""
    for _ in range(ROUNDS):
        changed = False
        for row in rows:
            least_sum, most_sum, open_below, open_above = 0, 0, 0, 0
            for column, factor in row.terms:
                low, high = bounds[column]
                if factor > 0:
                    least_sum += low
                    most_sum, open_above = (most_sum, open_above + 1) if high is None else (most_sum + high, open_above)
                else:
                    most_sum -= low
                    least_sum, open_below = (
                        (least_sum, open_below + 1) if high is None else (least_sum - high, open_below)
                    )
            if row.high is not None and not open_below and least_sum > row.high:
                return False
            if row.low is not None and not open_above and most_sum < row.low:
                return False
            for column, factor in row.terms:
                low, high = bounds[column]
                new_low, new_high = low, high
                # What the others leave: they take at least `rest_least` and at most `rest_most`.
                own_below, own_above = (low, high) if factor > 0 else (None if high is None else -high, -low)
                rest_open_below = open_below - (own_below is None)
                rest_open_above = open_above - (own_above is None)
                if row.high is not None and not rest_open_below:
                    room = row.high - (least_sum - (own_below or 0))
                    if factor > 0:
                        new_high = room if new_high is None else min(new_high, room)
                    else:
                        new_low = max(new_low, -room)
                if row.low is not None and not rest_open_above:
                    need = row.low - (most_sum - (own_above or 0))
                    if factor > 0:
                        new_low = max(new_low, need)
                    else:
                        new_high = -need if new_high is None else min(new_high, -need)
                if (new_low, new_high) == (low, high):
                    continue
                if new_high is not None and new_low > new_high:
                    return False
                bounds[column] = (new_low, new_high)  # the sums of this row follow in the next round
                changed = True
        if not changed:
            break
    return True


def _parts(rows: Sequence[Row], bounds: Sequence[Bounds]) -> list[Part] | None:
    """Independent parts: fixed columns are put in, rows that always hold are left out. None: a row cannot hold."""
    open_rows: list[Row] = []
    for row in rows:
        shift, least_sum, most_sum = 0, 0, 0
        least_open = most_open = False
        terms = []
        for column, factor in row.terms:
            low, high = bounds[column]
            if low == high:
                shift += factor * low
                continue
            terms.append((column, factor))
            below, above = (low, high) if factor > 0 else (None if high is None else -high, -low)
            least_open, least_sum = (True, least_sum) if below is None else (least_open, least_sum + below)
            most_open, most_sum = (True, most_sum) if above is None else (most_open, most_sum + above)
        low_left = None if row.low is None else row.low - shift
        high_left = None if row.high is None else row.high - shift
        if low_left is not None and not least_open and least_sum >= low_left:
            low_left = None
        if high_left is not None and not most_open and most_sum <= high_left:
            high_left = None
        if low_left is None and high_left is None:
            continue
        if not terms:  # propagation may have been cut off before it saw this
            return None
        open_rows.append(Row(tuple(terms), low_left, high_left))
    return [_part(group, bounds) for group in _groups(open_rows)]


def _groups(rows: Sequence[Row]) -> list[list[Row]]:
    """Rows that share columns, directly or through others."""
    root: dict[int, int] = {}

    def find(column: int) -> int:
        while root.setdefault(column, column) != column:
            root[column] = root[root[column]]
            column = root[column]
        return column

    for row in rows:
        first = find(row.terms[0][0])
        for column, _ in row.terms:
            root[find(column)] = first
    groups: dict[int, list[Row]] = {}
    for row in rows:
        groups.setdefault(find(row.terms[0][0]), []).append(row)
    return list(groups.values())


def _part(rows: Sequence[Row], bounds: Sequence[Bounds]) -> Part:
    columns = tuple(sorted({column for row in rows for column, _ in row.terms}))
    sums: list[Sum] | None = []
    for row in rows:
        signs = {factor for _, factor in row.terms}
        if len(signs) > 1:
            sums = None
            break
        low, high = row.low, row.high
        if signs == {-1}:
            low, high = None if high is None else -high, None if low is None else -low
        if sums is not None:
            sums.append(Sum(frozenset(column for column, _ in row.terms), low or 0, high))
    trees = None if sums is None else forest(sums)
    if trees is not None:
        return Part(columns, trees, None)
    local = {column: i for i, column in enumerate(columns)}
    return Part(
        columns,
        None,
        Program(
            [bounds[column] for column in columns],
            [Row(tuple((local[c], factor) for c, factor in row.terms), row.low, row.high) for row in rows],
        ),
    )


def _part_possible(part: Part, bounds: Sequence[Bounds]) -> bool:
    if part.trees is not None:
        return all(least_inside(tree, bounds, frozenset()) is not None for tree in part.trees)
    return part.program is None or part.program.feasible
