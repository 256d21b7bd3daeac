"""Places that are named only to say where another one lies."""

from __future__ import annotations

from worker.extract.grammar.units import Units
from worker.extract.where.places import PlaceGroup

# What a clause about a place tells of more than where it lies.
_TELLING = ("measure", "attack", "drone", "person", "casualties", "weapon", "care", "unhurt", "defence", "claimant")


def without_descriptions(sentence: Units, groups: list[PlaceGroup]) -> list[PlaceGroup]:
    """Leave out places that a relative clause only describes another by ("Kerch, which connects Russia with Crimea").

    A clause that tells of drones or counts anybody tells where it was ("Kharkiv, where a drone hit Saltivka").
    """
    kept: list[PlaceGroup] = []
    end = 0
    for group in groups:
        if group.first < end:
            continue
        kept.append(group)
        opening = sentence[group.last + 1 : group.last + 3]
        clause = len(opening) == 2 and opening[0].has("mark", ",") and opening[1].kind == "clause"
        if clause and opening[1].value != "but":  # "Odesa, but also Kherson"
            end = _end_of_description(sentence, group.last + 3)
    return kept


def _end_of_description(sentence: Units, first: int) -> int:
    """Where a clause that begins at `first` ends, 0 if it tells more than where a place lies."""
    for position in range(first, len(sentence)):
        unit = sentence[position]
        if unit.has("mark", ",", ".", ";", "–", ")"):
            return position
        following = sentence[position + 1] if position + 1 < len(sentence) else None
        measured = following is not None and following.kind == "unit"
        counted = unit.kind in ("number", "vague") and unit.role != "time" and not (unit.article or measured)
        if counted or unit.kind in _TELLING:
            return 0
    return len(sentence)
