"""Numbers that say how many there are in a time or out of a whole, not how many there were."""

from __future__ import annotations

from worker.extract.grammar.heads import head_of
from worker.extract.grammar.units import Units
from worker.extract.grammar.verbs import CASUALTIES
from worker.lexicon import Grammar

RATE = "a rate"
# Units from "a day" to the number it follows or, rarer, opens; what may not stand between them.
_RATE_BEHIND, _RATE_BEFORE = 3, 2
_ENDING_RATE = frozenset(("number", "measure", "clause"))
_MOST_PARTS = 10
_HOURS = 24


def is_share(sentence: Units, index: int) -> bool:
    """Tell whether a number is one of the two of a proportion ("four in five", "two of every five")."""
    return _is_proportion(sentence, index) or _is_proportion(sentence, index - 2) or _of_every(sentence, index)


def is_rate(sentence: Units, index: int, head: int | None) -> bool:
    """Tell whether a number is one per hour, day or night ("five drones per hour"): an ability, not a count."""
    last = max(index, head or index)
    if index > 1 and sentence[index - 2].role == RATE and sentence[index - 1].kind in ("mark", "particle"):
        return True  # "ten, twelve drones every day"
    for position in sentence.positions("other"):
        if not (index - _RATE_BEFORE <= position < index or last < position <= last + _RATE_BEHIND):
            continue
        between = sentence[last + 1 : position] if position > last else sentence[position + 1 : index]
        if sentence[position].value == "rate" and not any(
            unit.kind in _ENDING_RATE or (unit.kind == "mark" and unit.value != '"') for unit in between
        ):
            return True
    if _happens_daily(sentence, index):
        return True
    for position in (last + 1, index - 2):
        if 0 <= position < len(sentence) - 1 and sentence[position].has("particle", "each"):
            unit = sentence[position + 1]
            if unit.has("unit", "time", "hours", "oclock", "day", "long") or unit.kind == "part":
                return True
    return False


def _happens_daily(sentence: Units, index: int) -> bool:
    """Tell whether a verb behind "every day" leads to a number ("every day they launch up to 150 drones")."""
    if "other" not in sentence.at or "part" in sentence.at or "relative" in sentence.at:
        return False
    position = index - 1
    while position >= 0 and sentence[position].kind in ("qualifier", "particle", "preposition", "nation", "place"):
        position -= 1
    if position < 1 or not sentence[position].has("measure", "launched"):
        return False
    return any(unit.has("other", "rate") for unit in sentence[max(0, position - _RATE_BEFORE) : position])


def part_of_other(sentence: Units, index: int, grammar: Grammar) -> str | None:
    """Return the noun of other things of which a number is a part ("two of its three shifts"), else None."""
    if index + 3 >= len(sentence) or not sentence[index + 1].has("particle", "of"):
        return None
    whole = next((p for p in range(index + 2, index + 4) if sentence[p].number is not None), None)
    if whole is None or sentence[whole].role == "time":
        return None
    head, kind, _ = head_of(sentence, whole, grammar)
    return sentence[head].form if kind == "other" and head is not None and head > whole else None


def _is_proportion(sentence: Units, index: int) -> bool:
    """Tell whether a number opens "four in five": one number of things out of another, not a place or a time."""
    if index < 0 or index + 2 >= len(sentence):
        return False
    one, joint, other = sentence[index : index + 3]
    if one.number is None or other.number is None or not joint.has("preposition", "at") or one.number >= other.number:
        return False
    after = sentence[index + 3] if index + 3 < len(sentence) else None
    return other.number <= _MOST_PARTS and (
        after is None or after.kind in ("mark", "measure") or after.has("particle", "of")
    )


def _of_every(sentence: Units, index: int) -> bool:
    """Tell whether a number is one of the two of "two of every five", "nine of ten"."""
    for first in (index, index - 3):
        if first < 0 or first + 3 >= len(sentence):
            continue
        one, joint, every, other = sentence[first : first + 4]
        if one.number is not None and other.number is not None and joint.has("particle", "of"):
            return every.has("particle", "each", "all") and one.number < other.number <= _MOST_PARTS
    for first in (index, index - 2):
        if first < 0 or first + 2 >= len(sentence):
            continue
        one, joint, other = sentence[first : first + 3]
        if one.number == _MOST_PARTS - 1 and other.number == _MOST_PARTS and joint.has("particle", "of"):
            told = sentence.any("claimant", "UA-AF", "RU-MOD") or "part" in sentence.at  # of one night
            return not (told or one.form[:1].isdigit() or other.form[:1].isdigit())  # "nine of ten": a way of speaking
    return False


def between_hours(sentence: Units, index: int) -> bool:
    """Tell whether a number is the first of two hours without a noun ("downed from 8 to 11")."""
    if index < 1 or index + 2 >= len(sentence):
        return False
    before, one, joint, other = sentence[index - 1 : index + 3]
    if not (before.has("preposition", "from") or before.has("bound", "from", "since")):
        return False
    if sentence.any("status", "grown") or sentence.any("measure", *CASUALTIES):
        return False  # "rose from 8 to 13"
    if one.number is None or other.number is None or not one.number < other.number <= _HOURS:
        return False
    after = sentence[index + 3] if index + 3 < len(sentence) else None
    return (joint.has("bound", "until") or joint.has("qualifier", "up_to") or joint.has("preposition", "to")) and (
        after is None or after.kind == "mark"
    )
