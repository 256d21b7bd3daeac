"""One person of whom only a pronoun tells what became of him ("A drone struck near a man. He was hospitalised")."""

from __future__ import annotations

from collections.abc import Sequence

from worker.extract.grammar.clauses import Clauses
from worker.extract.grammar.units import Units
from worker.extract.grammar.verbs import CASUALTIES
from worker.extract.numbers.counted import Count
from worker.extract.numbers.fates import BY_PRONOUN
from worker.lexicon import Grammar

# Units with which a sentence opens ("У нього", "На жаль, вона").
_OPENING = 4
# Units between a person and a word of saying beside it, itself included.
_BESIDE = 2
# Units before a person that may say how many there are, or behind a number whom it counts.
_HOW_MANY = 3
# What may stand between a comma and a pronoun, and units up to the pronoun.
_LEADING = frozenset(("preposition", "mark"))
_TO_PRONOUN = 2
_BOTH = 2
_COUNTING = ("number", "vague", "claimant")


def opening_pronoun(sentence: Units, grammar: Grammar) -> int | None:
    """Where a sentence that counts nothing itself opens with a pronoun for one person, None if it does not."""
    if not grammar.pronouns or not (sentence.any("care") or sentence.any("measure", "killed", "injured")):
        return None
    at = next((p for p, unit in enumerate(sentence[:_OPENING]) if unit.form in grammar.pronouns), None)
    others = any(sentence.any(kind) for kind in ("number", "vague", "person", "weapon", "claimant"))
    return None if at is None or others or sentence.any("particle", "no") else at


def of_pronoun(sentence: Units, at: int, before: Units, grammar: Grammar) -> list[Count]:
    """Count the one person whom the sentence before brings up and to whom nothing happens in it."""
    if not (before.any("attack") or before.any("drone") or before.any("measure", "launched", "hit")):
        return []
    people = before.positions("person")
    if len(people) != 1 or before[people[0]].form not in grammar.singular_heads or before[people[0]].role:
        return []
    near = before[max(0, people[0] - _HOW_MANY) : people[0]]
    if before.any("measure", "killed", "injured") or any(unit.kind in ("number", "vague") for unit in near):
        return []
    if _speaks(before, people[0]):
        return []
    died = [p for p in sentence.positions("measure") if sentence[p].value == "killed"]
    hurt = [p for p in sentence.positions("measure", "care") if sentence[p].value != "killed"]
    if died and sentence[died[0]].form not in grammar.fate_of_one | grammar.fate_of_object:
        return []
    told = (died or hurt)[0]
    if not _of_the_pronoun(sentence, at, told, grammar):
        return []
    if sentence[at].form in grammar.possessives and sentence[told].form in grammar.fate_of_things:
        return []  # "his house has suffered"
    return [Count(at, 1, 1, "exact", None, "killed" if died else "injured", told, BY_PRONOUN, last=at)]


def _speaks(before: Units, person: int) -> bool:
    """Tell whether a person stands beside a word of saying: it is who tells of the attack ("a man told us")."""
    for step in (-1, 1):
        for reach in range(1, _BESIDE + 1):
            at = person + step * reach
            if not 0 <= at < len(before) or before[at].kind == "mark":
                break
            if before[at].kind == "report":
                return True
    return False


def _of_the_pronoun(sentence: Units, at: int, told: int, grammar: Grammar) -> bool:
    """Tell whether a fate is that of the pronoun, not of those whom it tells of or looks after."""
    if sentence.any("report") or sentence.any("clause") or sentence.any("mark", ":") or told < at:
        return False
    form = sentence[told].form
    if sentence[told].kind == "care":
        return not sentence[told - 1].has("preposition", "from")  # "refused to go to hospital"
    of_one = form in grammar.fate_of_one | grammar.fate_of_object
    of_others = form.endswith(tuple(ending for ending in grammar.adjective_endings if len(ending) > 1))
    return of_one or not (of_others or form in grammar.fate_of_many)  # "she treats the wounded"


def of_pronoun_behind(sentence: Units, clauses: Clauses, grammar: Grammar, counted: Sequence[Count]) -> list[Count]:
    """Count those whom a sentence brings up, and of whom a later clause tells by a pronoun how they fared.

    "A drone attacked a man, he has a leg wound", "two workers came under fire, both are in hospital".
    """
    if not grammar.pronouns or any(count.measure in CASUALTIES for count in counted):
        return []
    if not (sentence.any("attack") or sentence.any("drone")):
        return []
    for at in _opening_pronouns(sentence, clauses, grammar):
        of = clauses.of
        own = [p for p in range(at, len(sentence)) if of[p] == of[at]]
        told = next((p for p in own if sentence[p].kind == "care" or sentence[p].has("measure", *CASUALTIES)), None)
        if told is None or any(sentence[p].has("particle", "no") or sentence[p].kind in _COUNTING for p in own):
            continue
        killed = sentence[told].value == "killed"
        if sentence[at].form in grammar.pronouns:
            has = sentence[at - 1].kind == "preposition"  # "у него осколочные ранения"
            his = has or _of_the_pronoun(_part(sentence, own), 0, told - at, grammar)
            if his and _one_before(sentence, at, grammar):
                return [Count(at, 1, 1, "exact", None, "killed" if killed else "injured", told, BY_PRONOUN, last=at)]
            continue
        number = _number_before(sentence, at)
        if number is not None and not (sentence[at].has("particle", "both") and sentence[number].number != _BOTH):
            low = sentence[number].number or 0
            return [
                Count(number, low, low, "exact", None, "killed" if killed else "injured", told, BY_PRONOUN, last=at)
            ]
    return []


def _opening_pronouns(sentence: Units, clauses: Clauses, grammar: Grammar) -> list[int]:
    """Where clauses behind the first open with a pronoun, a preposition before it included ("…, у него")."""
    found = []
    for comma in sentence.positions("mark"):
        opening = next((p for p in range(comma + 1, len(sentence)) if sentence[p].kind not in _LEADING), None)
        if opening is None or opening - comma > _TO_PRONOUN or clauses.of[opening] == 0:
            continue
        many = sentence[opening].has("particle", "both", "them", "all")
        behind = sentence[opening + 1 : opening + 2]
        looked_after = bool(behind) and behind[0].kind == "care"  # "…, его госпитализировали", but not "его машина"
        alone = sentence[opening].form in grammar.pronouns and (
            looked_after or sentence[opening].form not in grammar.possessives
        )
        if many or alone:
            found.append(opening)
    return found


def _one_before(sentence: Units, at: int, grammar: Grammar) -> bool:
    """Tell whether one person alone is brought up before a pronoun, and nothing is said of him yet."""
    people = [p for p in sentence.positions("person") if p < at]
    if len(people) != 1 or sentence[people[0]].form not in grammar.singular_heads or sentence[people[0]].role:
        return False
    near = sentence[max(0, people[0] - _HOW_MANY) : people[0]]
    told = any(unit.has("measure", *CASUALTIES) or unit.kind in ("claimant", "report") for unit in sentence[:at])
    return not (told or any(unit.kind in ("number", "vague") for unit in near) or _speaks(sentence, people[0]))


def _number_before(sentence: Units, at: int) -> int | None:
    """The one number of people before a pronoun, of whom nothing is said yet."""
    numbers = [p for p in sentence.positions("number", "vague") if p < at and sentence[p].role != "time"]
    told = any(unit.has("measure", *CASUALTIES) for unit in sentence[:at])
    if len(numbers) != 1 or told or sentence[numbers[0]].number is None:
        return None
    people = any(unit.kind == "person" for unit in sentence[numbers[0] + 1 : numbers[0] + 1 + _HOW_MANY])
    return numbers[0] if people else None


def _part(sentence: Units, positions: Sequence[int]) -> Units:
    return Units(sentence[position] for position in positions)
