"""An evening and the night after it, told together with their days: "the evening of 18 and the night of 19 October"."""

from __future__ import annotations

from worker.extract.grammar.units import Units
from worker.lexicon import Lexicon

JOINTS = ("bound", "particle", "preposition", "qualifier")
"""The kinds of the words that stand between two days."""

_BEFORE = 4  # units from the number back to the part of its day


def night_after(sentence: Units, index: int, number: int) -> int | None:
    """Return where the next day stands if `number`, which ends before `index`, is the day of the evening before."""
    if index < 2 or not sentence[index].has("particle", "and") or not _behind_part(sentence, index):
        return None
    ahead = index
    while ahead + 2 < len(sentence) and _leads_to_day(sentence, ahead):
        ahead += 1
    part = any(unit.kind == "part" for unit in sentence[index:ahead])
    return ahead if part and sentence[ahead].number == number + 1 else None


def _leads_to_day(sentence: Units, index: int) -> bool:
    """Tell whether a word may stand between the two: a joint, a part of the day or its article."""
    kind = sentence[index].kind
    return kind in JOINTS or kind == "part" or (kind == "word" and sentence[index + 1].kind == "part")


def _behind_part(sentence: Units, index: int) -> bool:
    """Tell whether a part of a day stands before the number ("am Abend des 18.")."""
    before = [unit for unit in sentence[max(0, index - _BEFORE) : index] if unit.kind != "mark"][:-1]
    while before and (before[-1].kind in JOINTS or before[-1].kind == "word"):
        before.pop()
    return bool(before) and before[-1].kind == "part"


def grown_part(form: str, lexicon: Lexicon) -> str | None:
    """The part of the day inside one word ("Dienstagabend")."""
    for cut in range(5, len(form) - 2):
        word = lexicon.exact.get(form[cut:])
        if word is not None and word.kind == "part":
            return word.value
    return None
