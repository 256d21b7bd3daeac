"""Ages in a row say how many people there are: "35-year-old and 83-year-old women", "women of 76 and 68 years"."""

from __future__ import annotations

from worker.extract.grammar.units import Unit, Units

# Units from people to the first of their ages ("aged", "im Alter von").
_OPENING = 3
_OLDEST = 110


def people_by_age(sentence: Units, index: int) -> tuple[int, int, int]:
    """Return (how many, first unit, last unit) of the people at `index` by the ages in a row before or behind them.

    How many is 0 where no ages, or only one, are told.
    """
    first, number = _before(sentence, index)
    if number > 1:
        return number, first, index
    number, last = ages_behind(sentence, index)
    return (number, index, last) if number > 1 else (0, index, index)


def ages_behind(sentence: Units, index: int) -> tuple[int, int]:
    """Return how many ages stand behind the people at `index`, and the last unit of them (`index` if none)."""
    position, number = index + 1, 0
    while position < min(index + 1 + _OPENING, len(sentence)) and not number:
        unit = sentence[position]
        if _years(unit):
            break
        if unit.kind != "word" and not unit.has("particle", "of", "aged"):
            return 0, index
        position += 1
    while position < len(sentence) and _years(sentence[position]):
        number += 1
        following = sentence[position + 1] if position + 1 < len(sentence) else None
        if following is not None and following.has("unit", "long"):
            return number, position + 1
        if following is None or not joins(following):
            return 0, index
        position += 2
    return 0, index


def opens_ages(sentence: Units, index: int) -> bool:
    """Tell whether the number at `index` is an age of which only the next one says so ("a 35- and an 83-year-old")."""
    position = index + 1
    while position + 1 < len(sentence) and _years(sentence[position - 1]):
        position += sentence[position].has("mark", "-", "–")
        if position + 1 >= len(sentence) or not joins(sentence[position]):
            return False
        if sentence[position + 1].kind == "age":
            return True
        position += 2
    return False


def _before(sentence: Units, index: int) -> tuple[int, int]:
    """Return (first unit, how many) of the ages in a row before the people at `index`."""
    position = index - 1
    while position > 0 and sentence[position].kind == "word" and position > index - _OPENING:
        position -= 1
    first, number = index, 0
    while position >= 0 and (sentence[position].kind == "age" or (number and _years(sentence[position]))):
        first, number, position = position, number + 1, position - 1
        while position > 0 and sentence[position].has("mark", "-", "–"):
            position -= 1
        if position < 1 or not joins(sentence[position]):
            break
        position -= 1
        while position > 0 and sentence[position].has("mark", "-", "–"):
            position -= 1
    return first, number


def _years(unit: Unit) -> bool:
    return unit.kind == "number" and unit.number is not None and unit.number < _OLDEST and unit.form.isdigit()


def joins(unit: Unit) -> bool:
    """Tell whether a unit joins one age or person to the next."""
    return unit.has("particle", "and") or unit.has("mark", ",")
