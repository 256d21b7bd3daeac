"""Where counted drones flew, told by a clause behind them."""

from __future__ import annotations

from collections.abc import Sequence

from worker.extract.grammar.units import Unit


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
