"""Numbers that count nothing, as the words beside them or their noun show."""

from __future__ import annotations

from collections.abc import Sequence

from worker.extract.grammar.heads import stands_for_noun
from worker.extract.grammar.units import Unit, Units
from worker.extract.numbers.ages import opens_ages
from worker.extract.numbers.mentioned import debris_of
from worker.extract.numbers.quantities import opens_range
from worker.extract.numbers.rates import RATE, is_rate, part_of_other
from worker.extract.numbers.refusals import one_of_people, refused_by_neighbours, too_large
from worker.extract.numbers.shares import is_numerator
from worker.extract.numbers.singles import in_a_row
from worker.extract.numbers.victims import stands_alone
from worker.extract.numbers.wholes import one_of_several
from worker.lexicon import Grammar

# Units from "one of" to the noun that it is one of.
_ONE_OF = 6
_COUNTED = ("drone", "person", "measure", "casualties", "mark", "number", "age")


def refused_beside(sentence: Units, index: int) -> str | None:
    """Return why the words beside a number show that it counts nothing, else None."""
    refusal = refused_by_neighbours(sentence, index, sentence[index].amount)
    if refusal:
        return refusal
    if _closes_name(sentence, index):
        return "a model number"
    if opens_ages(sentence, index):
        return "an age"
    if is_numerator(sentence, index):
        return "a share"
    if index and sentence[index - 1].has("particle", "but"):
        return "left out of a whole that is not known"
    if _of_other_things(sentence, index):
        return "some of other things"
    return "the lower end of a range" if opens_range(sentence, index) else None


def _closes_name(sentence: Units, index: int) -> bool:
    """Tell whether quotes hold nothing but a name and the number behind it (the car "VAZ 2109")."""
    if index < 2 or index + 1 >= len(sentence):
        return False
    opening, name, closing = sentence[index - 2], sentence[index - 1], sentence[index + 1]
    return opening.has("mark", '"') and name.kind == "word" and name.capital and closing.has("mark", '"')


def _of_other_things(sentence: Units, index: int) -> bool:
    """Tell whether "one of them" is one of what was counted just before ("seven houses, one of them burned down")."""
    if index + 1 >= len(sentence) or not sentence[index + 1].has("particle", "part"):
        return False
    before = next((p for p in range(index - 1, -1, -1) if sentence[p].kind in ("number", "vague", "drone")), None)
    if before is None or not sentence[before].role.startswith("counts "):
        return False
    if sentence[before].amount < sentence[index].amount:
        return False  # "drones attacked a refinery; 31 of them were shot down"
    noun = next((unit for unit in sentence[before + 1 : index] if unit.kind == "unit"), None)
    return noun is not None and noun.value == "plain"  # not regions, places or days


def refused_by_noun(sentence: Units, index: int, head: int | None, kind: str, grammar: Grammar) -> str | None:
    """Return why a number whose noun is the unit `head`, of a `kind`, counts nothing, else None."""
    unit = sentence[index]
    number = unit.amount
    if (
        number == 1
        and not unit.article
        and one_of_several(sentence, index)
        and not _one_that_hit(sentence, index, grammar)
    ):
        return "one of several"
    if kind == "drone" and head is not None and debris_of(sentence, index, head, grammar.wreckage):
        return "only says whose or of what something is"
    if unit.article and kind == "drone" and head is not None and in_a_row(sentence, head, grammar):
        return "an article"  # "a fourth drone"
    if unit.article and (
        (kind == "none" and not stands_for_noun(sentence, index, grammar) and not stands_alone(sentence, index))
        or (kind == "drone" and head is not None and head < index)
    ):
        return "an article"
    if kind == "none" and _one_of_things(sentence, index, grammar):
        return "one of other things"
    if number == 1 and kind == "none" and _one_owns(sentence, index, grammar):
        return "only says whose or of what something is"
    if one_of_people(sentence, index, kind, grammar):
        return "one of those counted elsewhere"
    if too_large(sentence, number, kind):
        return "larger than any count"
    if is_rate(sentence, index, head):
        return RATE
    of_what = part_of_other(sentence, index, grammar) if kind == "none" else None
    return f"counts {of_what}" if of_what is not None else None


def _one_that_hit(sentence: Units, index: int, grammar: Grammar) -> bool:
    """Tell whether one of the drones told of is said to have hit something ("one of the drones hit a house")."""
    reach = range(index + 2, min(index + _ONE_OF, len(sentence)))
    drone = next((position for position in reach if sentence[position].kind == "drone"), None)
    if drone is None or any(sentence[p].kind not in ("nation", "word", "mark") for p in range(index + 2, drone)):
        return False
    behind = [unit for unit in sentence[drone + 1 : drone + 3] if not unit.has("mark", '"')]
    return bool(behind) and behind[0].has("measure", "hit") and behind[0].form in grammar.singular_verbs


def _one_of_things(sentence: Units, index: int, grammar: Grammar) -> bool:
    """Tell whether "one" is one of its other kind ("one of the largest refineries", "one of their heaviest raids")."""
    following = sentence[index + 1 : index + _ONE_OF]
    if not sentence[index].article or not following:
        return False
    if not (following[0].has("particle", "of") or following[0].form in grammar.genitives):
        return False
    noun = next((unit for unit in following[1:] if unit.kind in _COUNTED or _names_thing(unit, grammar)), None)
    return noun is not None and noun.kind not in _COUNTED


def _names_thing(unit: Unit, grammar: Grammar) -> bool:
    return unit.kind in ("attack", "unit", "head", "defence") or (
        grammar.capital_nouns and unit.kind == "word" and unit.capital
    )


def _one_owns(sentence: Units, index: int, grammar: Grammar) -> bool:
    """Tell whether a noun of "one of them" stands before it ("through the fall of one of them a fire broke out")."""
    before = sentence[index - 1] if index else None
    behind = sentence[index + 1] if index + 1 < len(sentence) else None
    if before is None or behind is None or not behind.has("particle", "part") or before.kind != "word":
        return False
    return before.form not in grammar.stopwords and not before.form.endswith(_long(grammar.adjective_endings))


def _long(endings: Sequence[str]) -> tuple[str, ...]:
    """The endings that only adjectives have: those of one letter nouns share."""
    return tuple(ending for ending in endings if len(ending) > 1)
