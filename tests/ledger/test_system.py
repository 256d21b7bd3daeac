"""Bounds of sums against brute force over whole numbers, for every way they can be solved."""

from __future__ import annotations

import itertools
import random

import pytest

from worker.ledger.program import Program
from worker.ledger.system import Constraint, System
from worker.ledger.tree import Sum, forest, greatest_inside, least_inside
from worker.ledger.witness import Row

TOP = 5  # the unknowns of a small world go from 0 to this


def worlds(count: int, constraints: list[Constraint]) -> list[tuple[int, ...]]:
    """All assignments of small whole numbers that satisfy the constraints."""

    def total(mask: int, world: tuple[int, ...]) -> int:
        return sum(x for i, x in enumerate(world) if mask >> i & 1)

    def holds(c: Constraint, world: tuple[int, ...]) -> bool:
        value = total(c.plus, world) - total(c.minus, world)
        return c.low <= value and (c.high is None or value <= c.high)

    every = itertools.product(range(TOP + 1), repeat=count)
    return [world for world in every if all(holds(c, world) for c in constraints)]


def small_world(dice: random.Random, *, nested: bool) -> tuple[int, list[Constraint]]:
    """A few unknowns, each at most TOP, and random sums over them."""
    count = dice.randint(2, 4)
    constraints = [Constraint(1 << i, 0, 0, TOP) for i in range(count)]
    for _ in range(dice.randint(1, 5)):
        plus = dice.randrange(1, 1 << count)
        minus = 0 if nested or dice.random() < 0.7 else dice.randrange(1 << count) & ~plus
        if nested:  # prefixes nest
            plus = (1 << dice.randint(1, count)) - 1
        low = dice.randint(-2 if minus else 0, 6)
        constraints.append(Constraint(plus, minus, low, None if dice.random() < 0.4 else low + dice.randint(0, 4)))
    return count, constraints


@pytest.mark.parametrize("nested", [True, False])
@pytest.mark.parametrize("block", range(10))
def test_bounds_are_those_of_all_possible_worlds(block: int, nested: bool) -> None:
    dice = random.Random(f"{block} {nested}")
    for _ in range(30):
        count, constraints = small_world(dice, nested=nested)
        possible = worlds(count, constraints)
        system = System(constraints)
        assert system.possible == bool(possible), constraints
        if not possible:
            continue
        for wanted in range(1, 1 << count):
            values = [sum(x for i, x in enumerate(world) if wanted >> i & 1) for world in possible]
            assert system.bounds(wanted) == (min(values), max(values)), (constraints, bin(wanted))


@pytest.mark.parametrize("block", range(6))
def test_shortcuts_agree_with_the_program_alone_on_large_numbers(block: int) -> None:
    """Propagation that needs many rounds is cut off; what it leaves must still be right."""
    dice = random.Random(f"large {block}")
    for _ in range(40):
        count = dice.randint(2, 5)
        constraints = []
        for _ in range(dice.randint(2, 7)):
            plus = dice.randrange(1, 1 << count)
            minus = 0 if dice.random() < 0.5 else dice.randrange(1 << count) & ~plus
            low = dice.randint(-20 if minus else 0, 90)
            constraints.append(Constraint(plus, minus, low, None if dice.random() < 0.4 else low + dice.randint(0, 9)))
        rows = [Row(terms(c, count), c.low, c.high) for c in constraints]
        program, system = Program([(0, None)] * count, rows), System(constraints)
        assert system.possible == program.feasible, constraints
        for wanted in range(1, 1 << count) if system.possible else ():
            columns = frozenset(i for i in range(count) if wanted >> i & 1)
            if all((c.plus | c.minus) >> i & 1 == 0 for i in columns for c in constraints):
                continue
            assert system.bounds(wanted) == (program.least(columns), program.greatest(columns)), (constraints, wanted)


def test_a_cut_off_propagation_hides_no_impossible_row() -> None:
    """60 launched do not cover 20 shot down and 41 lost; propagation creeps there by one a round."""
    names = (
        "shot here",
        "shot there",
        "launched here",
        "launched there",
        "launched elsewhere",
        "lost here",
        "lost there",
    )
    bit = {name: 1 << i for i, name in enumerate(names)}
    launched = bit["launched here"] | bit["launched there"] | bit["launched elsewhere"]
    shot, lost = bit["shot here"] | bit["shot there"], bit["lost here"] | bit["lost there"]
    later = [1 << len(names) + i for i in range(3)]  # what others shot down or lost, here, there, elsewhere
    constraints = [
        Constraint(bit["shot here"], 0, 1, 1),
        Constraint(shot, 0, 20, None),
        Constraint(launched, 0, 60, 60),
        Constraint(lost, 0, 41, None),
        Constraint(bit["lost here"], 0, 1, None),
        Constraint(bit["lost there"], 0, 1, None),
        Constraint(bit["launched here"], bit["shot here"] | bit["lost here"] | later[0], 0, None),
        Constraint(bit["launched there"], bit["shot there"] | bit["lost there"] | later[1], 0, None),
        Constraint(launched, shot | lost | sum(later), 0, None),
    ]
    assert not System(constraints).possible


def terms(constraint: Constraint, count: int) -> tuple[tuple[int, int], ...]:
    signs = [(i, (constraint.plus >> i & 1) - (constraint.minus >> i & 1)) for i in range(count)]
    return tuple((i, sign) for i, sign in signs if sign)


def test_what_nobody_mentions_is_free_upwards() -> None:
    system = System([Constraint(0b011, 0, 3, 3)])
    assert system.bounds(0b001) == (0, 3)
    assert system.bounds(0b111) == (3, None)
    assert system.bounds(0b100) == (0, None)


def test_difference_bounds_the_greater_side_from_below_only() -> None:
    launched_covers_shot_down = Constraint(0b01, 0b10, 0, None)
    system = System([launched_covers_shot_down, Constraint(0b10, 0, 7, 7)])
    assert system.bounds(0b01) == (7, None)


def test_whole_numbers_are_tighter_than_fractions() -> None:
    # Three sums of pairs that are each 1: only halves would do.
    odd = [Constraint(pair, 0, 1, 1) for pair in (0b011, 0b110, 0b101)]
    assert not System(odd).possible
    # At most 1 in each pair: halves would allow 3 halves in all, whole numbers 1.
    assert System([Constraint(pair, 0, 0, 1) for pair in (0b011, 0b110, 0b101)]).bounds(0b111) == (0, 1)


def test_sums_that_push_each_other_up_for_ever_are_impossible() -> None:
    assert not System([Constraint(0b01, 0b10, 1, None), Constraint(0b10, 0b01, 1, None)]).possible


def test_an_empty_sum_must_be_nothing() -> None:
    assert System([Constraint(0, 0, 0, None)]).possible
    assert not System([Constraint(0, 0, 1, None)]).possible


def test_crossing_sums_are_no_forest() -> None:
    assert forest([Sum(frozenset({0, 1}), 0, 3), Sum(frozenset({1, 2}), 0, 3)]) is None
    assert forest([Sum(frozenset({0, 1}), 0, 3), Sum(frozenset({0}), 0, 3), Sum(frozenset({2}), 0, 3)]) is not None


def test_tree_answers_for_parts_of_columns_that_no_sum_names() -> None:
    # 127 of 159 over four places, each with at least one: what can two of them together have?
    trees = forest([Sum(frozenset({0, 1, 2, 3}), 127, 127), Sum(frozenset({0, 1, 2, 3, 4}), 159, 159)])
    assert trees is not None
    columns = [(1, None)] * 4 + [(0, None)]
    pair = frozenset({0, 1})
    most, fewest = greatest_inside(trees[0], columns, pair), least_inside(trees[0], columns, pair)
    assert most is not None
    assert fewest is not None
    assert most.room is not None
    assert (fewest.wanted, most.wanted + most.room) == (2, 125)


def test_program_finds_the_whole_optimum_behind_a_fractional_one() -> None:
    pairs = [((0, 1), (1, 1)), ((1, 1), (2, 1)), ((0, 1), (2, 1))]
    program = Program([(0, None)] * 3, [Row(pair, None, 3) for pair in pairs])
    assert program.feasible
    assert program.greatest(frozenset({0, 1, 2})) == 4  # 4.5 with halves
    assert program.least(frozenset({0, 1, 2})) == 0


def test_program_tells_unbounded_from_impossible() -> None:
    assert Program([(0, None)], [Row(((0, 1),), 3, None)]).greatest(frozenset({0})) is None
    assert not Program([(0, 2)], [Row(((0, 1),), 3, None)]).feasible
