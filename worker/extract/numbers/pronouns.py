"""One person of whom only a pronoun tells what became of him ("A drone struck near a man. He was hospitalised")."""

from __future__ import annotations

from worker.extract.grammar.units import Units
from worker.extract.numbers.counted import Count
from worker.extract.numbers.fates import BY_PRONOUN
from worker.lexicon import Grammar

# Units with which a sentence opens ("У нього", "На жаль, вона").
_OPENING = 4
# Units between a person and a word of saying beside it, itself included.
_BESIDE = 2
# Units before a person that may say how many there are.
_HOW_MANY = 3


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
