"""Days of the month said in words ("восьмого июня"), or without their month ("в ночь на 8-е")."""

from __future__ import annotations

import re
from collections.abc import Sequence

from worker.extract.grammar.units import Unit, Units
from worker.lexicon import Grammar

THIS_MONTH = 0
"""Stands for the month of a day that is said without one: the latest such day."""

_ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|-?(?:го|ого|е|ое|му|ому|ге|те|ме|ше|go|ego|tego))")
_LAST_DAY = 31
_TENS = (20, 30)
_BELOW_TEN = 9


def ordinal(unit: Unit) -> int | None:
    """Return the day that an ordinal grown together with its ending says ("1st", "22nd", "1er", "8-го")."""
    match = _ORDINAL.fullmatch(unit.form) if unit.kind in ("age", "number") else None
    return int(match[1]) if match is not None and 1 <= int(match[1]) <= _LAST_DAY else None


def day_before(sentence: Units, month: int, grammar: Grammar) -> tuple[int, int] | None:
    """Return (index, day) of the ordinal before a month, None if there is none."""
    number = ordinal(sentence[month - 1]) if month else None
    return (month - 1, number) if number is not None else _ending_at(sentence, month - 1, grammar.days)


def first_of_two(sentence: Units, second: int, grammar: Grammar) -> tuple[int, int] | None:
    """Return (index, day) of the first of two days of one month ("с первого по пятое июня"), the other at `second`."""
    joint = sentence[second - 1] if second > 1 else None
    if joint is None or not (joint.has("preposition", "to") or joint.has("particle", "each") or joint.kind == "bound"):
        return None
    number = ordinal(sentence[second - 2])
    return (second - 2, number) if number is not None else _ending_at(sentence, second - 2, grammar.days)


def day_of_night(sentence: Units, part: int, grammar: Grammar) -> tuple[int, int] | None:
    """Return (index, day) of the day behind "in the night to", where its month is not said ("в ночь на восьмое")."""
    at = part + 1
    if sentence[part].value != "night" or " " not in sentence[part].form or at >= len(sentence):
        return None
    number = ordinal(sentence[at])
    if number is None and grammar.days:
        tens = sentence[at].number in _TENS and not sentence[at].form.isdigit()
        found = _ending_at(sentence, at + tens, grammar.days) if at + tens < len(sentence) else None
        at, number = (at + tens, found[1]) if found is not None else (at, None)
    behind = sentence[at + 1] if at + 1 < len(sentence) else None
    apart = behind is None or behind.kind not in ("month", "number", "drone", "unit", "word")
    return (at, number) if number is not None and apart else None


def next_day(sentence: Units, index: int, number: int) -> int | None:
    """Return where the second of two days in a row stands ("21-22 September"): a night is named by both."""
    if index + 1 < len(sentence) and (
        sentence[index].has("mark", "–") or sentence[index].has("preposition", "to") or sentence[index].kind == "bound"
    ):
        second = sentence[index + 1]
        if second.kind == "number" and second.number == number + 1 <= _LAST_DAY:
            return index + 1
    return None


def _ending_at(sentence: Units, last: int, days: Sequence[str]) -> tuple[int, int] | None:
    if last < 0 or sentence[last].form.isdigit():
        return None
    number = _day(sentence[last].form, days)
    if number is None:
        return None
    before = sentence[last - 1] if last else None
    if before is not None and number <= _BELOW_TEN:
        tens = before.number if before.number is not None and not before.form.isdigit() else _day(before.form, days)
        if tens in _TENS and tens + number <= _LAST_DAY:
            return last - 1, tens + number
    return last, number


def _day(form: str, days: Sequence[str]) -> int | None:
    """The day that a word says by its place in the list of the language, each with its forms."""
    return next((number for number, forms in enumerate(days, 1) if form in forms.split()), None)
