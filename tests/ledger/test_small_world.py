"""Every ledger of a small world has the bounds that brute force finds: none too narrow, none too wide."""

from __future__ import annotations

import pytest

from tests.ledger import small_world
from tests.ledger.small_world import HERE, PAIRS, THERE, TRIPLES, Grid, Kind
from worker.ledger.system import System
from worker.ledger.tree import Bounds


@pytest.mark.timeout(600)
@pytest.mark.parametrize(("grid", "ledgers"), [(PAIRS, 9884), (TRIPLES, 5584)], ids=["pairs", "triples"])
def test_bounds_are_those_of_all_possible_worlds(grid: Grid, ledgers: int) -> None:
    count, found = small_world.check_all(grid)
    assert found == []
    assert count == ledgers


JOINT: Kind = ("intercepted", (HERE, THERE), (0,), 3, 3)
PART: Kind = ("intercepted", (HERE,), (0,), 1, 1)


@pytest.mark.parametrize("change", [(1, 0), (0, 1), (-1, 0), (0, -1)], ids=["low+1", "high+1", "low-1", "high-1"])
def test_a_bound_that_is_off_by_one_is_seen(monkeypatch: pytest.MonkeyPatch, change: tuple[int, int]) -> None:
    ledger = ((JOINT, 0), (PART, 0))
    assert small_world.wrong(ledger) is None
    bounds = System.bounds

    def off(self: System, unknowns: int) -> Bounds:
        low, high = bounds(self, unknowns)
        return low + change[0], None if high is None else high + change[1]

    monkeypatch.setattr(System, "bounds", off)
    assert small_world.wrong(ledger) is not None


def test_a_statement_given_up_without_need_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("worker.ledger.cells._Family._fits", lambda _, kept: len(kept) < 2)
    assert "could have been kept" in str(small_world.wrong(((JOINT, 0), (PART, 0))))
