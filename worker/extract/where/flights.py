"""Where counted drones flew, told by a clause behind them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from worker.extract.grammar.units import Unit, Units
from worker.extract.numbers.counted import Count
from worker.extract.where.places import PlaceGroup

_PRONOUN = 3  # letters of "die", "qui"
_DESCRIBED = 2  # words behind a noun that describe it, before a relative clause about it


def flew_there(gap: Sequence[Unit]) -> bool:
    """Tell whether a relative clause says where they flew ("69 drones that were heading for Moscow")."""
    relative = next((position for position, unit in enumerate(gap) if unit.kind == "clause"), None)
    if relative is None:
        relative = next((p for p, unit in enumerate(gap) if unit.has("measure", "launched")), None)
    return (
        relative is not None
        and relative > 0
        and (gap[relative - 1].has("mark", ",") or _restricts(gap, relative))
        and not any(unit.kind in ("number", "vague", "measure", "mark") for unit in gap[: relative - 1])
        and len(gap) - relative <= 5
        and _leads(gap[-2] if gap[-1].kind == "word" and len(gap) - relative > 1 else gap[-1])
        and all(
            unit.kind in ("word", "preposition", "clause", "relative", "part") or unit.has("measure", "launched")
            for unit in gap[relative:]
        )
    )


def _leads(unit: Unit) -> bool:
    """Tell whether a place is where drones flew behind this unit, or behind an article behind it."""
    return unit.has("preposition", "at", "to") or unit.kind == "part" or unit.has("measure", "launched")


def _restricts(gap: Sequence[Unit], relative: int) -> bool:
    """Tell whether a relative clause without comma stands right behind what is counted ("drones que volaban a")."""
    return gap[relative].kind == "clause" and all(unit.kind in ("drone", "nation") for unit in gap[:relative])


def in_relative(sentence: Units, count: Count, group: PlaceGroup) -> bool:
    """Tell whether a clause right behind what is counted holds the place ("a drone, which was aiming at …, was …")."""
    opening, told = count.last + 1, count.measure_at
    while opening < len(sentence) and (opening == told or (told == opening - 1 and sentence[opening].kind == "word")):
        opening += 1  # "14 drones downed that flew to Moscow"
    if told is None or told > opening:
        described = sentence[opening : opening + _DESCRIBED]
        opening += sum(1 for _ in takewhile(lambda unit: unit.kind == "word", described))  # "drones of several types"
    if opening >= len(sentence) or not sentence[opening].has("mark", ","):
        return False
    behind = (p for p in sentence.positions("mark") if p > group.last and sentence[p].value in (",", "."))
    closing = next(behind, len(sentence))
    pronoun = sentence[opening + 1]
    relative = pronoun.kind == "clause" or (pronoun.kind == "word" and len(pronoun.form) <= _PRONOUN)
    attacked = relative and any(unit.kind in ("attack", "measure") for unit in sentence[group.last + 1 : closing])
    return (
        (attacked or (told is not None and told > closing))
        and not any(
            is_claimed(unit) or unit.kind in ("claimant", "report", "mark")
            for unit in sentence[opening + 1 : group.first]
        )
        and not any(map(is_claimed, sentence[group.last + 1 : closing]))
    )


def is_claimed(unit: Unit) -> bool:
    """Tell whether a number counts something, or nothing is known of it."""
    return unit.kind in ("number", "vague") and unit.role in ("claim", "")
