"""Exact bounds where the sums nest: sets that are pairwise nested or disjoint form trees.

Of a node with total t the greatest amount that can lie inside a wanted set W is concave in t and rises by one
or not at all (the least one is convex, likewise); so four numbers describe a whole subtree: least total,
greatest total, the wanted amount at the least total, and the room before that amount changes its slope. Both
are kept by adding disjoint children and by bounding a node, over whole numbers: no rounding, no search.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

Bounds = tuple[int, int | None]
"""Least and greatest whole number, both inclusive; None is unbounded."""


class Sum(NamedTuple):
    """`low <= sum of the columns <= high`; columns are small integers."""

    columns: frozenset[int]
    low: int
    high: int | None


class Node(NamedTuple):
    """A sum with the nested sums directly inside it and the columns in none of these."""

    low: int
    high: int | None
    inner: tuple[Node, ...]
    loose: tuple[int, ...]


class Shape(NamedTuple):
    """A subtree seen from above: its totals, the wanted amount at the least one, the room until the slope turns."""

    low: int
    high: int | None
    wanted: int
    room: int | None


def add(a: int | None, b: int | None) -> int | None:
    """Sum of two upper bounds."""
    return None if a is None or b is None else a + b


def least(a: int | None, b: int | None) -> int | None:
    """The tighter of two upper bounds."""
    return b if a is None else a if b is None else min(a, b)


def forest(sums: Sequence[Sum]) -> tuple[Node, ...] | None:
    """The trees that the sums form, or None where two of them cross."""
    merged: dict[frozenset[int], Bounds] = {}
    for columns, low, high in sums:
        old = merged.get(columns, (0, None))
        merged[columns] = (max(old[0], low), least(old[1], high))
    sets = sorted(merged, key=lambda c: (len(c), sorted(c)))
    owner: dict[int, int] = {}  # column -> index of the largest set so far that holds it
    inner: list[list[int]] = []
    loose: list[list[int]] = []
    tops: set[int] = set()
    for index, columns in enumerate(sets):
        inside = {owner[c] for c in columns if c in owner}
        if any(not sets[i] <= columns for i in inside):
            return None
        inner.append(sorted(inside))
        loose.append(sorted(c for c in columns if c not in owner))
        owner.update(dict.fromkeys(columns, index))
        tops = (tops - inside) | {index}
    nodes: list[Node] = []
    for index, columns in enumerate(sets):
        low, high = merged[columns]
        nodes.append(Node(low, high, tuple(nodes[i] for i in inner[index]), tuple(loose[index])))
    return tuple(nodes[i] for i in sorted(tops))


def greatest_inside(node: Node, columns: Sequence[Bounds], wanted: frozenset[int]) -> Shape | None:
    """Shape of the greatest wanted amount: rises with the total until the room is used up. None: impossible."""
    low, high, amount, room = 0, 0, 0, 0
    total: tuple[int, int | None, int, int | None] = (low, high, amount, room)
    for column in node.loose:
        least_one, most = columns[column]
        span = None if most is None else most - least_one
        if column in wanted:
            total = (total[0] + least_one, add(total[1], most), total[2] + least_one, add(total[3], span))
        else:
            total = (total[0] + least_one, add(total[1], most), total[2], total[3])
    for child in node.inner:
        shape = greatest_inside(child, columns, wanted)
        if shape is None:
            return None
        total = (total[0] + shape.low, add(total[1], shape.high), total[2] + shape.wanted, add(total[3], shape.room))
    bound = _bound(node, total)
    if bound is None:
        return None
    raised, low, top = bound
    gained = raised if total[3] is None else min(raised, total[3])
    room_left = None if total[3] is None else total[3] - gained
    return Shape(low, top, total[2] + gained, least(room_left, None if top is None else top - low))


def least_inside(node: Node, columns: Sequence[Bounds], wanted: frozenset[int]) -> Shape | None:
    """Shape of the least wanted amount: rises with the total once the room outside is used up. None: impossible."""
    total: tuple[int, int | None, int, int | None] = (0, 0, 0, 0)
    for column in node.loose:
        least_one, most = columns[column]
        span = None if most is None else most - least_one
        if column in wanted:
            total = (total[0] + least_one, add(total[1], most), total[2] + least_one, total[3])
        else:
            total = (total[0] + least_one, add(total[1], most), total[2], add(total[3], span))
    for child in node.inner:
        shape = least_inside(child, columns, wanted)
        if shape is None:
            return None
        total = (total[0] + shape.low, add(total[1], shape.high), total[2] + shape.wanted, add(total[3], shape.room))
    bound = _bound(node, total)
    if bound is None:
        return None
    raised, low, top = bound
    forced = 0 if total[3] is None else max(0, raised - total[3])
    room_left = None if total[3] is None else max(0, total[3] - raised)
    return Shape(low, top, total[2] + forced, least(room_left, None if top is None else top - low))


def _bound(node: Node, total: tuple[int, int | None, int, int | None]) -> tuple[int, int, int | None] | None:
    """Cut a total to the node's own bounds: (how far the least total rises, least, greatest)."""
    low, top = max(total[0], node.low), least(total[1], node.high)
    if top is not None and low > top:
        return None
    return low - total[0], low, top
