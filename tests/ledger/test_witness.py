"""What is proved without the solver is what the solver says, and is found where it is most often asked for."""

from __future__ import annotations

import itertools
import random

import pytest

from worker.ledger.program import Program
from worker.ledger.witness import Row, endless, point


def drawn(dice: random.Random) -> tuple[list[tuple[int, int | None]], list[Row]]:
    """A few columns, some open upwards, and rows of sums and differences over them."""
    count = dice.randint(2, 5)
    columns: list[tuple[int, int | None]] = []
    for _ in range(count):
        low = dice.randint(0, 4)
        columns.append((low, None if dice.random() < 0.5 else low + dice.randint(0, 6)))
    rows = []
    for _ in range(dice.randint(1, 5)):
        chosen = sorted(dice.sample(range(count), dice.randint(1, count)))
        terms = tuple((column, dice.choice((1, 1, -1))) for column in chosen)
        low = dice.randint(-6, 14)
        rows.append(Row(terms, low, None if dice.random() < 0.5 else low + dice.randint(0, 5)))
    return columns, rows


@pytest.mark.parametrize("block", range(6))
def test_a_program_says_the_same_as_its_solver_alone(block: int) -> None:
    dice = random.Random(f"witness {block}")
    proved = asked = 0
    for _ in range(60):
        columns, rows = drawn(dice)
        program, alone = Program(columns, rows), Program(columns, rows)
        possible, _ = alone._optimum({}, maximise=False)
        assert program.feasible == possible, (columns, rows)
        for size in range(1, len(columns) + 1) if possible else ():
            for wanted in map(frozenset, itertools.combinations(range(len(columns)), size)):
                costs = dict.fromkeys(wanted, 1)
                least, greatest = alone._optimum(costs, maximise=False)[1], alone._optimum(costs, maximise=True)[1]
                assert (program.least(wanted), program.greatest(wanted)) == (least, greatest), (columns, rows, wanted)
                asked += greatest is None
                proved += greatest is None and endless(columns, rows, wanted)
    assert asked > 100
    assert proved > 0.9 * asked


def test_a_point_keeps_rows_bounds_and_what_is_fixed() -> None:
    columns = [(1, 4), (0, None), (2, 2)]
    rows = [Row(((0, 1), (1, 1)), 7, 9), Row(((1, 1), (2, -1)), 0, None)]
    found = point(columns, rows, {0: 4}, (0,))
    assert found is not None
    assert found[0] == 4
    assert 7 <= found[0] + found[1] <= 9
    assert found[1] >= found[2] == 2


def test_nothing_is_proved_of_what_is_impossible() -> None:
    assert point([(0, 2), (0, 2)], [Row(((0, 1), (1, 1)), 5, None)], {}, ()) is None
    assert (
        point([(0, None), (0, None)], [Row(((0, 1), (1, -1)), 1, None), Row(((1, 1), (0, -1)), 1, None)], {}, ())
        is None
    )


def test_launches_grow_for_ever_with_what_was_shot_down_unless_they_are_counted() -> None:
    shot, launched = (0, None), (0, None)
    covered = Row(((1, 1), (0, -1)), 0, None)
    assert endless([shot, launched], [covered], {0})
    assert not endless([shot, launched], [covered, Row(((1, 1),), None, 60)], {0})
    assert not endless([shot, (0, 60)], [covered], {0})


def test_a_program_that_a_point_proves_needs_no_solver(monkeypatch: pytest.MonkeyPatch) -> None:
    def unasked(*_: object, **__: object) -> None:
        raise AssertionError("the solver was asked")

    monkeypatch.setattr(Program, "_optimum", unasked)
    program = Program([(0, 9), (0, None)], [Row(((1, 1), (0, -1)), 0, None)])
    assert program.feasible
    assert program.least(frozenset({0, 1})) == 0
    assert program.greatest(frozenset({0})) == 9
    assert program.greatest(frozenset({1})) is None
