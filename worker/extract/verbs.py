"""Which word of a sentence says what happened to the things a number counts."""

from __future__ import annotations

from collections.abc import Sequence

from worker.extract.clauses import Clauses
from worker.extract.units import Unit

DRONE_MEASURES = ("launched", "intercepted", "suppressed", "neutralised", "hit")
CASUALTIES = ("killed", "injured")


def fuse_measures(sentence: Sequence[Unit]) -> None:
    """One number said of two measures together is of the measure `neutralised`."""
    for index, unit in enumerate(sentence[:-2]):
        joint, other = sentence[index + 1], sentence[index + 2]
        if unit.kind == other.kind == "measure" and (joint.has("particle", "or", "and") or joint.has("mark", "/")):
            pair = {unit.value, other.value}
            if pair == {"intercepted", "suppressed"} or ("neutralised" in pair and pair <= set(DRONE_MEASURES[1:4])):
                unit.value = other.value = "neutralised"


def nearest_verb(
    sentence: Sequence[Unit],
    index: int,
    clauses: Clauses,
    allowed: Sequence[str],
    *,
    same_only: bool = False,
    ahead_first: bool = False,
) -> int | None:
    """The nearest word of an allowed measure: own clause, then backwards, then ahead (or the other way round)."""
    own = clauses.of[index]
    spots = [position for position, unit in enumerate(sentence) if unit.kind == "measure" and unit.value in allowed]
    same = [position for position in spots if clauses.of[position] == own]
    if same:
        return min(same, key=lambda position: (_crossed(sentence, index, position), abs(position - index)))
    if same_only or not spots:
        jam = [p for p, unit in enumerate(sentence) if unit.kind == "jamming" and clauses.of[p] == own]
        return jam[0] if jam and "suppressed" in allowed else None
    behind = [position for position in spots if position < index]
    ahead = [position for position in spots if position > index]
    first, second = (ahead, behind) if ahead_first else (behind, ahead)
    if first:
        return first[0] if first is ahead else first[-1]
    return second[0] if second is ahead else second[-1]


def _crossed(sentence: Sequence[Unit], index: int, position: int) -> int:
    """How many other numbers stand between a number and a verb."""
    first, last = min(index, position), max(index, position)
    return sum(unit.kind == "number" and unit.role != "time" for unit in sentence[first + 1 : last])


def behind_relative_clause(sentence: Sequence[Unit], index: int, at: int, clauses: Clauses) -> int:
    """The main verb behind "…, which attacked, …": a launch told in passing is not what the number counts."""
    own = clauses.of[index]
    if sentence[at].value != "launched" or at < index or clauses.of[at] > own + 2:
        return at
    for position in range(at + 1, len(sentence)):
        unit = sentence[position]
        if unit.kind in ("number", "mark", "clause") or unit.has("particle", "and", "part"):
            break
        if unit.has("measure", *DRONE_MEASURES[1:4]):
            return position
    if clauses.of[at] == own:
        return at
    for position in range(at + 1, len(sentence)):
        unit = sentence[position]
        if unit.kind == "number":
            break
        if unit.has("measure", *DRONE_MEASURES[1:]) and clauses.of[position] <= clauses.of[at] + 1:
            return position if clauses.of[position] != clauses.of[at] else at
    return at


def nearest_attack(sentence: Sequence[Unit], index: int, clauses: Clauses, *, same: bool) -> int | None:
    """Return the index of the nearest word for an attack, in the same clause only if `same`."""
    spots = [position for position, unit in enumerate(sentence) if unit.kind == "attack"]
    if same:
        spots = [position for position in spots if clauses.of[position] == clauses.of[index]]
    return min(spots, key=lambda position: abs(position - index), default=None)


def jammed(sentence: Sequence[Unit], at: int, clauses: Clauses) -> str:
    """What was shot down "by electronic warfare" was suppressed; by it and by guns together: neutralised."""
    value = sentence[at].value
    near = [unit.kind for position, unit in enumerate(sentence) if clauses.of[position] == clauses.of[at]]
    defended = "defence" in near
    if value == "hit" and (defended or _acts(sentence, at, clauses)):
        return "intercepted"
    if sentence[at].kind == "jamming":
        return "suppressed"
    if value in ("intercepted", "suppressed") and "jamming" in near:
        return "neutralised" if defended and value == "intercepted" else "suppressed"
    return value


def _acts(sentence: Sequence[Unit], at: int, clauses: Clauses) -> bool:
    """Tell whether an air defence before an insertion in commas is the subject of the verb behind it."""
    own = clauses.of[at]
    before = [position for position in range(at) if clauses.of[position] == own - 2]
    between = [sentence[position] for position in range(at) if clauses.of[position] >= own - 2]
    return any(sentence[position].kind == "defence" for position in before) and not any(
        unit.kind in ("measure", "drone") for unit in between
    )
