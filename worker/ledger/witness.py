"""Answers to whole-number programs that a point or a direction proves, found without a solver.

Bounds of columns are often exact as they stand. A point that keeps every row and takes the asked columns at their
bounds proves it, and so does a direction in which every row holds for ever where there is no bound. Both are only
tried for and checked in whole numbers: what is found is certain, what is not found says nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import islice
from typing import Final, NamedTuple

ROUNDS: Final = 6
"""Rounds of putting rows right, each of which may put others wrong; few need more than two."""
TRIES: Final = 16
"""So many columns are tried as what grows: a system made to be hard costs no more than this."""


class Row(NamedTuple):
    """`low <= sum of factor * column <= high`; low None is minus infinity, high None is infinity."""

    terms: tuple[tuple[int, int], ...]
    low: int | None
    high: int | None


def point(
    columns: Sequence[tuple[int, int | None]], rows: Sequence[Row], start: dict[int, int], fixed: Collection[int]
) -> list[int] | None:
    """Whole numbers within the bounds of columns that keep all rows, with the `fixed` columns where they `start`.

    Columns that are not in `start` begin at their lower bound. None: none was found, which proves nothing.
    """
    values = [start.get(column, low) for column, (low, _) in enumerate(columns)]
    for _ in range(ROUNDS):
        kept = True
        for terms, low, high in rows:
            total = 0
            for column, factor in terms:
                total += factor * values[column]
            if low is not None and total < low:
                need = low - total
            elif high is not None and total > high:
                need = high - total
            else:
                continue
            kept = False
            for column, factor in terms:
                if column in fixed:
                    continue
                least, most = columns[column]
                value = values[column]
                wanted = value + (need if factor > 0 else -need)
                moved = least if wanted < least else wanted if most is None or wanted < most else most
                values[column] = moved
                need -= factor * (moved - value)
                if not need:
                    break
            else:
                return None
        if kept:
            return values
    return None


def endless(columns: Sequence[tuple[int, int | None]], rows: Sequence[Row], wanted: Collection[int]) -> bool:
    """Whether a direction was found in which the sum of the wanted columns grows for ever, from any possible point."""
    free = [(0, 0 if most is not None else None) for _, most in columns]
    level = [Row(terms, None if low is None else 0, None if high is None else 0) for terms, low, high in rows]
    growing = islice(sorted(column for column in wanted if columns[column][1] is None), TRIES)
    return any(point(free, level, {column: 1}, (column,)) is not None for column in growing)
