"""Two numbers of which one is a share of the other: "17 of the 22 drones", "of 93 drones 60 were"."""

from __future__ import annotations

from worker.extract.grammar.clauses import Clauses
from worker.extract.grammar.heads import head_of
from worker.extract.grammar.units import Units
from worker.extract.grammar.verbs import DRONE_MEASURES, nearest_verb
from worker.lexicon import Grammar

_INSERTION = 12  # units
_PAIR = 2
# Smaller wholes are no night's work.
_FEWEST = 5
WHOLE_OF_FATES = "number of which"
SO_MANY_OF = "so many of so many"
_LONGEST_SCORE = 7  # units
# Units from a number to "of them" with what happened to some.
_FATES_REACH = 14


def of_larger(sentence: Units, index: int, grammar: Grammar) -> tuple[int | None, str]:
    """The noun of "17 of the 22 drones", "7 von 9 Raketen" for the first of the two numbers, and its kind."""
    position = index + 1
    if position >= len(sentence) or not (
        sentence[position].has("particle", "of") or sentence[position].form in grammar.genitives
    ):
        return None, "none"
    while position < min(index + 4, len(sentence) - 1) and sentence[position].kind in ("word", "particle", "qualifier"):
        position += 1
    larger = sentence[position]
    if larger.kind != "number" or (larger.number or 0) < (sentence[index].number or 0):
        return None, "none"
    head, kind, _ = head_of(sentence, position, grammar)
    weapons = kind == "other" and head is not None and sentence[head].kind == "weapon"
    return (head, kind) if kind == "drone" or weapons else (None, "none")


def one_of_several(sentence: Units, index: int) -> bool:
    """Tell whether "one of" goes on without a number ("one of the drones", but not "one of the three")."""
    if index + 1 >= len(sentence) or not sentence[index + 1].has("particle", "of"):
        return False
    behind = sentence[index + 2 : index + 4]
    return not any(unit.kind == "number" and (unit.number or 0) > 1 for unit in behind)


def opens_with_whole(sentence: Units, index: int) -> bool:
    """Tell whether a clause begins with "of (a total of) N" and goes on with a smaller number or a half."""
    position = index - 1
    while position >= 0 and (
        sentence[position].kind in ("qualifier",)
        or sentence[position].has("particle", "total")
        or (sentence[position].kind == "word" and len(sentence[position].form) <= 3)
    ):
        position -= 1
    if position < 0 or not sentence[position].has("particle", "of"):
        return False
    if position and (sentence[position - 1].kind != "mark" or _goes_on(sentence, position - 1)):
        return False
    number = sentence[index].number or 0
    return any(
        (unit.kind == "number" and unit.number is not None and unit.number <= number and unit.role != "time")
        or unit.has("particle", "half")
        for unit in sentence[index + 1 :]
    )


def _goes_on(sentence: Units, mark: int) -> bool:
    """Tell whether "of" behind a comma goes on with a noun before an insertion ("the downing, overnight, of 33")."""
    opening = next((p for p in range(mark - 1, max(mark - _INSERTION, 0), -1) if sentence[p].has("mark", ",")), None)
    return (
        opening is not None
        and sentence[mark].has("mark", ",")
        and sentence[opening - 1].kind == "measure"
        and not any(unit.kind in ("measure", "drone") for unit in sentence[opening:mark])
    )


def told_behind(sentence: Units, head: int | None, clauses: Clauses) -> int | None:
    """The verb of a relative clause right behind a noun ("44 of the 84 drones that were downed overnight")."""
    if head is None or head + 1 >= len(sentence) or sentence[head + 1].kind != "clause":
        return None
    own = clauses.of[head + 1]
    spots = [p for p in sentence.positions("measure") if p > head and clauses.of[p] == own]
    return spots[0] if spots and sentence[spots[0]].value in DRONE_MEASURES else None


def told_of_whole(sentence: Units, index: int, clauses: Clauses) -> int | None:
    """The participle of a whole in a clause of its own ("of 131 drones destroyed overnight, 89 were over Crimea")."""
    own = clauses.of[index]
    numbers = [p for p in sentence.positions("number") if sentence[p].role != "time"]
    parts = [p for p in sentence.positions("particle") if sentence[p].value in ("half", "third")]
    if any(p > index and clauses.of[p] == own for p in (*numbers, *parts)):
        return None
    return nearest_verb(sentence, index, clauses, DRONE_MEASURES, same_only=True)


def whole_of(sentence: Units, index: int, part: int, low: int, grammar: Grammar) -> bool:
    """Tell whether a number is the whole of the one at `part`, `low` ("29 of 38", "34/44", "57 … out of 437")."""
    gap = sentence[part + 1 : index]
    if low > (sentence[index].number or 0) or not gap or len(gap) > 10:
        return False
    if any(unit.has("mark", ".", ";", ":", "(") for unit in gap) or sum(unit.capital for unit in gap[1:]) > 1:
        return False  # a name stands between
    closing = [unit for unit in gap[-3:] if unit.kind != "nation" and not unit.has("particle", "total", "all")]
    if closing and closing[-1].kind == "word" and len(closing) > 1:
        closing.pop()
    last = closing[-1] if closing else gap[-1]
    return last.has("mark", "/") or last.has("particle", "of") or (last.form in grammar.genitives and len(gap) == 1)


def whole_of_fates(sentence: Units, index: int, head: int | None, clauses: Clauses) -> bool:
    """Tell whether a bare number of drones is followed by what became of some ("18 drones, 16 of them shot down")."""
    last = max(index, head or index)
    for part in sentence.positions("particle"):
        if not last < part <= last + _FATES_REACH or sentence[part].value != "part":
            continue
        if any(unit.kind == "measure" for unit in sentence[last:part]) or clauses.of[part] == clauses.of[index]:
            return False
        beside = [p for p in (part - 1, part + 1, part + 2) if 0 <= p < len(sentence)]
        number = next((p for p in beside if sentence[p].kind == "number" and p > last), None)
        if number is None or (sentence[number].number or 0) > (sentence[index].number or 0):
            return False
        return nearest_verb(sentence, number, clauses, DRONE_MEASURES[1:], same_only=True) is not None
    return False


def score_of(sentence: Units) -> int | None:
    """Where a sentence that says nothing but "45 of 59" and perhaps whose they are has its first number, else None."""
    numbers = [position for position in sentence.positions("number") if sentence[position].role != "time"]
    if len(numbers) != _PAIR or len(sentence) > _LONGEST_SCORE + 2 * sum(unit.kind == "mark" for unit in sentence):
        return None
    first, second = numbers
    joint = sentence[first + 1 : second]
    if len(joint) > 1 or not joint or not (joint[0].has("particle", "of") or joint[0].has("mark", "/")):
        return None
    if (sentence[first].number or 0) > (sentence[second].number or 0) or (sentence[second].number or 0) < _FEWEST:
        return None
    others = sentence[:first] + sentence[second + 1 :]
    return first if all(unit.kind in ("word", "mark", "qualifier", "claimant", "defence") for unit in others) else None
