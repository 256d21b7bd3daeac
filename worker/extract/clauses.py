"""Clauses of a sentence: what a number and a verb of the same one say belongs together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from worker.extract.places import PlaceGroup
from worker.extract.units import Unit


@dataclass(slots=True)
class Clauses:
    """The clause number of every unit of a sentence."""

    of: list[int]

    @classmethod
    def cut(cls, sentence: Sequence[Unit], groups: Sequence[PlaceGroup]) -> Clauses:
        """Cut a sentence at commas, colons, dashes, brackets, and conjunctions outside lists of places."""
        inside = {position for group in groups for position in range(group.first, group.last + 1)}
        of: list[int] = []
        clause = 0
        for index, unit in enumerate(sentence):
            if index not in inside and (
                (unit.has("mark", ",", ";", ":", "–", "(", ")") and not _links(sentence, index))
                or unit.kind == "clause"
                or (unit.has("particle", "and") and not _joins_measures(sentence, index))
            ):
                clause += 1
            of.append(clause)
        return cls(of)


def _links(sentence: Sequence[Unit], index: int) -> bool:
    """Tell whether a dash only stands for "were" ("5 – подавлено")."""
    if not 0 < index < len(sentence) - 1 or not sentence[index].has("mark", "–"):
        return False
    return sentence[index - 1].kind in ("number", "drone") and sentence[index + 1].kind == "measure"


def _joins_measures(sentence: Sequence[Unit], index: int) -> bool:
    return (
        0 < index < len(sentence) - 1
        and sentence[index - 1].kind == "measure"
        and sentence[index + 1].kind == "measure"
    )
