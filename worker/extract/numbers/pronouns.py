"""One person of whom only a pronoun tells what became of him ("A drone struck near a man. He was hospitalised")."""

from __future__ import annotations

from worker.extract.grammar.units import Units
from worker.extract.numbers.counted import Count
from worker.extract.numbers.fates import BY_PRONOUN
from worker.lexicon import Grammar

# Units with which a sentence opens ("У нього", "На жаль, вона").
_OPENING = 4
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
    died = [p for p in sentence.positions("measure") if sentence[p].value == "killed"]
    hurt = [p for p in sentence.positions("measure", "care") if sentence[p].value != "killed"]
    if died and sentence[died[0]].form not in grammar.fate_of_one | grammar.fate_of_object:
        return []
    told = (died or hurt)[0]
    if sentence[at].form in grammar.possessives and sentence[told].form in grammar.fate_of_things:
        return []  # "his house has suffered"
    return [Count(at, 1, 1, "exact", None, "killed" if died else "injured", told, BY_PRONOUN, last=at)]
