"""All ledgers of a small world, against brute force over whole numbers.

The world: two regions (and elsewhere), two slices of time, two measures, a few numbers, one or two claimants. A ledger
is up to three statements in it. What every region had in every slice is tried out, number by number, and the least and
greatest of each cell must be what the ledger says: no possible world is left out, and no bound is wider than it must
be. Nothing here propagates or reckons: worlds are listed, and those that break a statement struck out.

Run: `python -m tests.ledger.small_world` for larger grids than the tests take.
"""

from __future__ import annotations

import argparse
import itertools
import os
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache
from multiprocessing import get_context
from typing import Any, NamedTuple, TypeAlias
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from tests.ledger.writing import FRONT, claim, entry, hours
from worker.ledger import Book, DayResult
from worker.model import Measure

HERE, THERE = "RU-BEL", "RU-BRY"
SLICES = ((0, 4), (4, 8))
CLAIMANTS = ("RU-MOD", "UA-GS")
TOP = 8
"""The most that one unknown is tried with; a sum that still grows between TOP - 1 and TOP is unbounded. Numbers up to
three in two slices bound an unknown by six at most."""

Flags: TypeAlias = NDArray[np.bool_]
Kind = tuple[Measure, tuple[str, ...], tuple[int, ...], int, int | None]
"""Measure, regions (none: the whole front), slices, and the least and greatest number."""


class Grid(NamedTuple):
    """Which statements a world knows: all combinations of these, so many at a time."""

    measures: tuple[Measure, ...]
    numbers: tuple[tuple[int, int | None], ...]
    statements: int
    claimants: int

    @property
    def kinds(self) -> list[Kind]:
        """All statements one claimant can make."""
        regions = ((), (HERE,), (THERE,), (HERE, THERE))
        slices = ((0,), (1,), (0, 1))
        said = itertools.product(self.measures, regions, slices, self.numbers)
        return [(measure, where, when, *number) for measure, where, when, number in said]

    def ledgers(self) -> Iterator[tuple[tuple[Kind, int], ...]]:
        """All ledgers, as statements with who makes them; of those that mirror each other in place or time one."""
        kinds = self.kinds
        index = {kind: number for number, kind in enumerate(kinds)}
        mirrors = [[index[_mirrored(kind, *how)] for kind in kinds] for how in ((0, 0), (1, 0), (0, 1), (1, 1))]
        for count in range(1, self.statements + 1):
            for chosen in itertools.combinations(range(len(kinds)), count):
                if any(tuple(sorted(mirror[i] for i in chosen)) < chosen for mirror in mirrors[1:]):
                    continue
                for others in itertools.product(range(self.claimants), repeat=count - 1):
                    yield tuple((kinds[i], who) for i, who in zip(chosen, (0, *others), strict=True))


EXACT = tuple((n, n) for n in range(4))
PAIRS = Grid(("intercepted", "launched"), (*EXACT, (1, None), (3, None), (0, 2)), 2, 2)
TRIPLES = Grid(("intercepted", "launched"), ((1, 1), (2, 2)), 3, 1)
LARGER = (
    Grid(("intercepted", "launched"), (*EXACT, (2, None)), 3, 1),
    Grid(("intercepted", "launched"), ((1, 1), (3, 3), (2, None)), 3, 2),
    Grid(("killed",), (*EXACT, (1, None), (2, None), (0, 1), (0, 2)), 3, 2),
)


def _mirrored(kind: Kind, place: int, when: int) -> Kind:
    measure, regions, slices, low, high = kind
    swap = {HERE: THERE, THERE: HERE}
    where = tuple(sorted(swap[r] for r in regions)) if place else regions
    return (measure, where, tuple(sorted(1 - s for s in slices)) if when else slices, low, high)


# ---- the ledger under test


def told(ledger: Sequence[tuple[Kind, int]]) -> DayResult:
    """What the book says; each statement is an article of its own, one after the other."""
    book = Book(FRONT, ZoneInfo("Europe/Kyiv"))
    for number, ((measure, regions, slices, low, high), who) in enumerate(ledger):
        period = hours(SLICES[slices[0]][0], SLICES[slices[-1]][1])
        said = claim(f"{number}", low, *regions, high=high, measure=measure, period=period, source=CLAIMANTS[who])
        book.put(entry(f"a{number}", said, after=9 + number))
    (day,) = book.days()
    return book.day(day)


# ---- brute force

_SUMS = 2 * TOP + 1
At = tuple[str, int]
"""A region (or elsewhere) and a slice."""


class _Worlds:
    """Every world of one measure: what each place that is spoken of had in each slice; elsewhere nothing."""

    def __init__(self, spoken: frozenset[At]) -> None:
        axes = np.meshgrid(*[np.arange(TOP + 1, dtype=np.int16)] * len(spoken), indexing="ij")
        self.values = {at: axis.ravel() for at, axis in zip(sorted(spoken), axes, strict=True)}
        self.below = np.logical_and.reduce([values < TOP for values in self.values.values()])
        here, there = (self.sum([(region, s) for s in (0, 1)]) for region in (HERE, THERE))
        # What matters of a world beyond its own measure: how much here, there and in all.
        self.cell = (here.astype(np.int32) * _SUMS + there) * (3 * _SUMS) + self.sum(self.values)

    def sum(self, places: Iterable[At]) -> NDArray[np.int16]:
        """How much some places had together."""
        return sum((self.values[at] for at in places if at in self.values), start=np.zeros(len(self.below), np.int16))

    @lru_cache(maxsize=64)  # noqa: B019 (all worlds are kept for good)
    def holds(self, kind: Kind) -> Flags:
        """In which worlds a statement is true."""
        measure, regions, slices, low, high = kind
        where = regions or (HERE, THERE, "elsewhere")
        total = self.sum([(r, s) for r in where for s in slices])
        flags: Flags = np.asarray(total >= low)
        if high is not None:
            flags &= total <= high
        if len(regions) > 1 and measure != "killed" and low >= len(regions):  # every place that is named had one
            for region in regions:
                flags &= self.sum([(region, s) for s in slices]) >= 1
        return flags


_worlds = lru_cache(maxsize=None)(_Worlds)


@lru_cache(maxsize=2048)
def _possible(kinds: frozenset[Kind], spoken: frozenset[At]) -> tuple[Flags, Flags]:
    """Which (here, there, in all) the worlds of one measure come to in which all statements hold, as a cube of flags.

    Once with numbers up to TOP and once with smaller ones only.
    """
    known = _worlds(spoken)
    flags = np.ones(len(known.below), bool)
    for kind in kinds:
        flags &= known.holds(kind)
    cubes = []
    for chosen in (flags, flags & known.below):
        cube = np.zeros(_SUMS * _SUMS * 3 * _SUMS, bool)
        cube[known.cell[chosen]] = True
        cubes.append(cube.reshape(_SUMS, _SUMS, 3 * _SUMS))
    return cubes[0], cubes[1]


def _spoken(kinds: Sequence[Kind], measure: str) -> frozenset[tuple[str, int]]:
    """The places and slices somebody speaks of: those named, and with every number those that nobody names."""
    named = {region for kind in kinds for region in kind[1]}
    found: set[tuple[str, int]] = set()
    for said, regions, slices, _, _ in kinds:
        if said == measure:
            found |= {(r, s) for r in (*(regions or named), "elsewhere") for s in slices}
    if found and measure == "launched":  # what was shot down in hours of whose launches nobody speaks was launched, too
        hours_said = {s for _, s in found}
        for _, regions, slices, _, _ in kinds:
            found |= {(r, s) for r in (*(regions or named), "elsewhere") for s in slices if s not in hours_said}
    return frozenset(found)


def _couple(shot: Flags, launched: Flags, where: set[str]) -> tuple[Flags, Flags]:
    """What was shot down was launched: in each region of whose launches somebody speaks, and in all."""
    enough, few = launched, shot
    for axis, needed in ((0, HERE in where), (1, THERE in where), (2, True)):
        if not needed:  # as if any number would do
            enough = np.broadcast_to(enough.any(axis=axis, keepdims=True), enough.shape)
            few = np.broadcast_to(few.any(axis=axis, keepdims=True), few.shape)
        enough = np.flip(np.logical_or.accumulate(np.flip(enough, axis), axis=axis), axis)
        few = np.logical_or.accumulate(few, axis=axis)
    return shot & enough, launched & few


def worlds(kept: Sequence[Kind], spoken: Sequence[Kind], named: set[str]) -> dict[Measure, tuple[Flags, Flags]]:
    """By measure, what the possible worlds come to: `kept` holds, `spoken` says what there is to speak of."""
    measures: set[Measure] = {kind[0] for kind in spoken}
    places = {measure: _spoken(spoken, measure) for measure in measures}
    cubes = {m: _possible(frozenset(kind for kind in kept if kind[0] == m), places[m]) for m in measures}
    if {"launched", "intercepted"} <= measures:
        where = named & {region for region, _ in places["launched"]}
        pairs = [_couple(cubes["intercepted"][i], cubes["launched"][i], where) for i in (0, 1)]
        cubes["intercepted"], cubes["launched"] = ((pairs[0][i], pairs[1][i]) for i in (0, 1))
    return cubes


def _range(cube: Flags, group: tuple[str, ...]) -> tuple[int, int]:
    here, there, total = np.nonzero(cube)
    values: Any = {(): total, (HERE,): here, (THERE,): there, (HERE, THERE): here + there}[group]
    return int(values.min()), int(values.max())


# ---- what is compared


def _one_statement(ledger: Sequence[tuple[Kind, int]]) -> list[Kind]:
    """One number of one claimant in overlapping periods is one statement, of the shortest, then earliest period."""
    kinds: list[Kind] = []
    for kind, who in ledger:
        measure, regions, slices, low, high = kind
        alike = [
            k[2] for k, other in ledger if other == who and (k[0], k[1], k[3], k[4]) == (measure, regions, low, high)
        ]
        if low == high and (0, 1) in alike:  # the whole overlaps both halves and joins them
            slices = min(alike, key=lambda s: (len(s), s))
        kinds.append((measure, regions, slices, low, high))
    return kinds


def wrong(ledger: Sequence[tuple[Kind, int]]) -> str | None:
    """How the ledger differs from brute force; None if in nothing."""
    result = told(ledger)
    kinds = _one_statement(ledger)
    clashing = {int(c.claim_id) for c in result.conflicts}
    gone = {int(s.claim_id) for s in result.set_aside if s.reason == "superseded"}
    named = {region for kind in kinds for region in kind[1]}
    kept = [kind for number, kind in enumerate(kinds) if number not in clashing | gone]
    cubes = worlds(kept, kinds, named)
    if not all(cube.any() for cube, _ in cubes.values()):
        return f"what is kept is impossible: {kept}"
    if clashing:
        together = [kind for number, kind in enumerate(kinds) if number not in gone]
        own = {region for kind in together for region in kind[1]}
        if all(cube.any() for cube, _ in worlds(together, kinds, own).values()):
            return f"{sorted(clashing)} could have been kept"
    contested = {(kinds[number][1], kinds[number][0]) for number in clashing if ledger[number][1]}
    for measure, (cube, fewer) in cubes.items():
        for group in ((), *((region,) for region in sorted(named)), *({k[1] for k in kinds if k[:1] == (measure,)})):
            if (group, measure) in contested:
                continue
            low, high = _range(cube, group)
            want = (low, None if _range(fewer, group)[1] < high else high)
            code = group[0] if group else "RU"
            cell: Any = result.joints.get((group, measure)) if len(group) > 1 else result.cells.get((code, measure))
            if cell is None:
                if group == () or any(group[0] in kind[1] and kind[0] == measure for kind in kinds):
                    return f"{measure} of {group} is missing"
                continue
            if (cell.low, cell.high) != want:
                return f"{measure} of {group}: {(cell.low, cell.high)}, brute force {want}"
    return None


def check(part: tuple[Grid, int, int]) -> tuple[int, list[str]]:
    """Go through every so many-th ledger of a grid; how many there were, and the first few that are wrong."""
    grid, offset, step = part
    count, found = 0, list[str]()
    for ledger in itertools.islice(grid.ledgers(), offset, None, step):
        count += 1
        verdict = wrong(ledger)
        if verdict is not None and len(found) < 10:
            found.append(f"{ledger}: {verdict}")
    return count, found


def check_all(grid: Grid, processes: int | None = None) -> tuple[int, list[str]]:
    """Go through all ledgers of a grid on all cores."""
    step = processes or os.cpu_count() or 1
    with ProcessPoolExecutor(step, mp_context=get_context("spawn")) as pool:
        parts = list(pool.map(check, [(grid, offset, step) for offset in range(step)]))
    return sum(count for count, _ in parts), [line for _, lines in parts for line in lines]


def main() -> int:
    """Go through the larger grids."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    failed = False
    for grid in (PAIRS, TRIPLES, *LARGER):
        started = time.monotonic()
        count, found = check_all(grid)
        failed |= bool(found)
        print(f"{grid}\n  {count} ledgers, {len(found)} wrong, {time.monotonic() - started:.0f} s", flush=True)
        print("".join(f"  {line}\n" for line in found), end="", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
