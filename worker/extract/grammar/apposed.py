"""Ages set beside people are theirs and count nobody: "a man, 42, and his wife, 39", "zwei Frauen (51, 63)"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from worker.extract.grammar.units import Unit
    from worker.lexicon import Grammar

_OLDEST = 110


def fold_ages(found: list[Unit], grammar: Grammar) -> None:
    """Let nouns for people in `found` reach over the ages set beside them, so that what joins people stays beside them.

    One person has one age, between commas or in brackets; several have as many in brackets as there are, or more than
    one: "(3)" behind a plural is how many they are.
    """
    people = [p for p, unit in enumerate(found[:-2]) if unit.kind == "person" and found[p + 1].kind == "mark"]
    for position in reversed(people):  # from behind, for what is folded goes
        person = found[position]
        single = person.form in grammar.singular_heads
        behind = _in_brackets(found, position + 1, single) or (_in_commas(found, position + 1) if single else 0)
        if behind:
            person.end = found[behind - 1].end
            del found[position + 1 : behind]


def _in_brackets(found: list[Unit], opening: int, single: bool) -> int:
    """Return the position behind the bracket that closes a list of ages, 0 where there is none."""
    if not found[opening].has("mark", "("):
        return 0
    position, ages = opening + 1, 0
    while position + 1 < len(found) and _is_age(found[position]):
        ages += 1
        position += 1 + found[position + 1].has("unit", "long")
        if position < len(found) and found[position].has("mark", ")"):
            return position + 1 if (ages == 1 and single) or (ages > 1 and not single) else 0
        if position >= len(found) or not (found[position].has("mark", ",") or found[position].has("particle", "and")):
            return 0
        position += 1
    return 0


def _in_commas(found: list[Unit], comma: int) -> int:
    """Return the position behind an age between a comma and what ends it, 0 where there is none.

    The second comma goes, too, before "and" or where the sentence goes on with what happened.
    """
    position = comma + 1
    if not found[comma].has("mark", ",") or position >= len(found):
        return 0
    if found[position].has("particle", "of", "aged") and position + 1 < len(found):
        position += 1  # "una mujer, de 39 años"
    if not _is_age(found[position]):
        return 0
    position += 1
    if position < len(found) and found[position].has("unit", "long"):
        position += 1
    if position == len(found):
        return position
    ahead = found[position]
    if ahead.has("mark", ",") and position + 1 < len(found):
        following = found[position + 1]
        if following.has("particle", "part", "among"):
            return 0  # "killed a man, 5, including a child, were wounded"
        told = position + 2 < len(found) and found[position + 2].kind == "measure"  # "…, 39, and injured five"
        goes_on = (following.has("particle", "and") and not told) or following.kind in ("measure", "word")
        return position + 1 if goes_on else position
    return position if ahead.has("particle", "and") or ahead.has("mark", ".", ";", ")") else 0


def _is_age(unit: Unit) -> bool:
    return unit.kind == "number" and unit.form.isdigit() and unit.number is not None and 0 < unit.number < _OLDEST
