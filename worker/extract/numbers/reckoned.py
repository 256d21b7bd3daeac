"""Counts told by other words: all but two, half of them, both, none of the nine, the rest, the line of a list."""

from __future__ import annotations

from collections.abc import Sequence

from worker.extract.grammar.clauses import Clauses
from worker.extract.grammar.ellipses import place_beside
from worker.extract.grammar.heads import head_of
from worker.extract.grammar.units import Units
from worker.extract.grammar.verbs import DRONE_MEASURES, jammed, nearest_verb
from worker.extract.numbers.counted import ALL_BUT, ALL_OF, Count
from worker.extract.numbers.quantities import quantity
from worker.extract.numbers.shares import SHARES, all_but, all_of, share
from worker.lexicon import Grammar

# Particles that may say a number by another one.
RECKONED = frozenset((*SHARES, "all", "both", "no", "rest"))
REST = "the rest"
_FATES = DRONE_MEASURES[1:4]
# Units between "none" and the number of those it is said of.
_NONE_REACH = 5
_LONGEST_ARTICLE = 6  # letters
_SEVERAL = 2
# Units from "the rest" to its verb.
_LONGEST_SUBJECT = 5


def reckon(
    sentence: Units,
    index: int,
    clauses: Clauses,
    found: Sequence[Count],
    earlier: int | None,
    left: int | None,
) -> Count | None:
    """Count what the particle at `index` says of another number; `left` are those launched that nothing is told of."""
    value = sentence[index].value
    if value == "no":
        return _none(sentence, index, clauses)
    if value == "rest":
        return _rest(sentence, index, clauses, found, left)
    return _share(sentence, index, clauses, found, earlier)


def count_all_but(
    sentence: Units, index: int, clauses: Clauses, found: Sequence[Count], earlier: int | None
) -> Count | None:
    """Count "all but two of them": what is left of the whole."""
    left = all_but(sentence, index, [count.low for count in found], earlier)
    at = nearest_verb(sentence, index, clauses, DRONE_MEASURES[1:]) if left is not None else None
    if left is None or at is None:
        return None
    return Count(index, left, left, "exact", None, jammed(sentence, at, clauses), at, ALL_BUT, last=index)


def line_of_list(sentence: Units, index: int, grammar: Grammar, listed: str) -> Count:
    """Count drones of a line without a verb by what the sentence before the list tells ("were shot down: 585 UAVs")."""
    head, kind, _ = head_of(sentence, index, grammar)
    low, high, qualifier = quantity(sentence, index, sentence[index].number or 0)
    last = head if head is not None else index
    return Count(index, low, high, qualifier, head, listed, None, "line of a list", weapon=kind, last=last)


def only_named(count: Count) -> bool:
    """Tell whether drones are only named with their number, and no word says what happened to them."""
    return count.rule == "number+drones" and count.measure_at is None


def none_of(sentence: Units, index: int) -> int | None:
    """Where "none of" stands before the number at `index` ("not a single one of the 23 drones"), None if nowhere."""
    if (sentence[index].number or 0) < _SEVERAL:
        return None
    for position in range(index - 1, max(index - _NONE_REACH, -1), -1):
        unit = sentence[position]
        if unit.has("particle", "no"):
            return position if position < index - 1 else None
        small = unit.kind == "word" and len(unit.form) <= _LONGEST_ARTICLE
        if not (small or (unit.kind == "number" and unit.number == 1) or unit.has("particle", "of", "only")):
            return None
    return None


def _none(sentence: Units, index: int, clauses: Clauses) -> Count | None:
    """Count "none of the 23 drones reached its target" as zero hits, "none of the nine was shot down" as zero."""
    number = next(
        (p for p in sentence.positions("number") if index < p < index + _NONE_REACH and none_of(sentence, p) == index),
        None,
    )
    if number is None or number + 1 >= len(sentence) or not any(unit.kind == "drone" for unit in sentence[number:]):
        return None
    spots = [p for p in sentence.positions("measure") if p > number and sentence[p].value in DRONE_MEASURES[1:]]
    at = next((p for p in spots if clauses.of[p] == clauses.of[index]), spots[0] if spots else None)
    if at is None:
        return None
    measure = "hit" if sentence[at].value == "suppressed" else sentence[at].value  # "none failed to" is not said
    return Count(index, 0, 0, "exact", None, measure, at, "none of them", last=number)


def _rest(sentence: Units, index: int, clauses: Clauses, found: Sequence[Count], left: int | None) -> Count | None:
    """Count "the rest disappeared from the radar": what the numbers before leave of those launched."""
    spread = _rest_of_regions(sentence, index, found)
    if spread is not None:
        return spread
    if any(unit.kind in ("number", "vague") for unit in sentence[index + 1 : index + 4]):
        return None
    at = next(
        (
            p
            for p in sentence.positions("measure")
            if index < p <= index + _LONGEST_SUBJECT and clauses.of[p] == clauses.of[index]
        ),
        None,
    )
    if at is None or sentence[at].value not in DRONE_MEASURES[1:]:
        return None
    number = remainder(found, left)
    if number is None or number < 1 or _unread(sentence, index, found):
        return None
    return Count(index, number, number, "exact", None, jammed(sentence, at, clauses), at, REST, rest=True, last=index)


def _rest_of_regions(sentence: Units, index: int, found: Sequence[Count]) -> Count | None:
    """Count "the rest over four other regions": at least one in each of them, of those stopped before."""
    ahead = range(index + 1, min(index + 1 + _LONGEST_SUBJECT, len(sentence)))
    number = next((position for position in ahead if sentence[position].kind == "number"), None)
    if number is None or not found or found[-1].measure not in _FATES:
        return None
    between, behind = sentence[index + 1 : number], sentence[number + 1 : number + 3]
    over = any(unit.has("preposition", "at") or unit.has("qualifier", "more_than") for unit in between[-1:])
    told = [unit.value for unit in between if unit.kind == "measure"]
    bare = all(unit.kind in ("preposition", "qualifier", "particle") for unit in between)
    if not over or not (bare or told == [found[-1].measure]) or not any(unit.has("unit", "region") for unit in behind):
        return None
    least, at = sentence[number].number or 0, found[-1].measure_at
    return Count(index, least, None, "vague", None, found[-1].measure, at, REST, rest=True, last=number)


def _unread(sentence: Units, index: int, found: Sequence[Count]) -> bool:
    """Tell whether a number or share before `index` was not understood: it may be a part of the whole, too."""
    told = {count.index for count in found}
    return any(
        position < index and position not in told and (unit.kind == "particle" or not unit.role)
        for position in sentence.positions("number", "vague", "particle")
        for unit in (sentence[position],)
        if unit.kind != "particle" or unit.value in SHARES
    )


def remainder(found: Sequence[Count], left: int | None) -> int | None:
    """Return what the counts of a sentence leave of those launched, in it or before it (`left`)."""
    for count in found:
        if count.part or count.each or count.high != count.low or count.weapon == "mixed":
            return None
        if count.measure == "launched":
            left = count.low
        elif count.measure in DRONE_MEASURES and left is not None:
            left -= count.low
    return left


def _share(sentence: Units, index: int, clauses: Clauses, found: Sequence[Count], earlier: int | None) -> Count | None:
    """Count "half of them" and "all of them"; "more than half" only bounds what is known anyhow."""
    value = sentence[index].value
    all_of_them = value in ("all", "both")
    reckoned = (all_of if all_of_them else share)(sentence, index, [count.low for count in found], earlier)
    if (value == "both" and reckoned != 2) or reckoned == 0:
        return None
    of_these = found and index + 1 < len(sentence) and sentence[index + 1].has("particle", "part")
    of_these = of_these or (bool(found) and place_beside(sentence, index))  # "…, half over Crimea"
    at = nearest_verb(sentence, index, clauses, DRONE_MEASURES[1:], same_only=True) if reckoned is not None else None
    if at is None and all_of_them and reckoned is not None:  # behind an insertion ("all of them, he said, were downed")
        told = next((p for p in sentence.positions("measure") if p > index), None)
        at = told if told is not None and sentence[told].value in DRONE_MEASURES[1:] else None
    if at is None and of_these and found[-1].measure in DRONE_MEASURES[1:]:
        at = found[-1].measure_at  # "…, half of them over one region"
    if reckoned is None or at is None:
        return None
    low, high, qualifier = quantity(sentence, index, reckoned)
    if qualifier not in ("exact", "about"):
        return None
    measure = jammed(sentence, at, clauses)
    if all_of_them and measure == "hit" and sentence.any("measure", *_FATES) and sentence.any("particle", "or"):
        return None  # "all hit their targets or were shot down"
    if all_of_them and any(unit.has("measure", *_FATES) and unit.value != measure for unit in sentence[index:]):
        measure = "neutralised"  # "all were shot down or jammed"
    rule = ALL_OF if all_of_them else "share"
    weapon = found[-1].weapon if of_these and found and found[-1].measure == "launched" else "drone"
    return Count(index, low, high, qualifier, None, measure, at, rule, weapon=weapon, last=index)
