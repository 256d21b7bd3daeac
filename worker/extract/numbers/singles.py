"""Nouns in the singular count one, people named one after another as many as they are."""

from __future__ import annotations

import re
from collections.abc import Sequence

from worker.extract.grammar.clauses import Clauses
from worker.extract.grammar.heads import owned
from worker.extract.grammar.units import Unit, Units
from worker.extract.grammar.verbs import CASUALTIES, DRONE_MEASURES, jammed, nearest_care
from worker.extract.numbers import refusals
from worker.extract.numbers.ages import people_by_age
from worker.extract.numbers.counted import PEOPLE_NAMED, PEOPLE_OF_PAIR, Count
from worker.extract.numbers.people import companions, opens_pair, verb_of_several
from worker.extract.numbers.victims import IN_CARE
from worker.lexicon import Grammar

# Letters of "was", units of "has also been", units from a person to the hospital.
_AUXILIARY = 6
_AUXILIARIES = 3
_BESIDE_CARE = 5
# Units from a noun to its verb, the name of a drone in quotes included, and between a drone and what it hit.
_FARTHEST = 6
_BESIDE_VERB = 3
_FATES = DRONE_MEASURES[1:4]
# Letters of an abbreviation, which says no number ("БпЛА").
_ABBREVIATION = 4
# Units behind it that may name several places.
_PLACES = 12
_OF_A_ROW = "one of a row"
# An ordinal in digits, of which nothing but its letters tells that it is no age: 24th, 67-й, 13-и.
_ORDINAL = re.compile(r"(\d{1,3})(?:st|nd|rd|th|-?(?:й|и|го|ти|ій|ий|ой))")
_FOURTH = 4  # where the ordinals of a language begin that are no other word for "another one"
# Units from the noun back to the other weapon.
_PAIR = 6


def may_be_single(sentence: Units, index: int, grammar: Grammar) -> bool:
    """Tell whether a noun may say without a number how many there are: by its form, as one of a row, a pair, by age."""
    unit = sentence[index]
    if unit.kind in ("drone", "person") and unit.form in grammar.singular_heads:
        return True
    if unit.kind == "drone":
        return bool(in_a_row(sentence, index, grammar))
    return unit.kind == "person" and (opens_pair(sentence, index, grammar) or people_by_age(sentence, index)[0] > 0)


def single(sentence: Units, index: int, clauses: Clauses, grammar: Grammar, casualties: bool) -> Count | str | None:
    """A noun in the singular with a verb in the singular and no number says "one"."""
    unit = sentence[index]
    own = clauses.of[index]
    row, first, end = people_by_age(sentence, index) if unit.kind == "person" and casualties else (0, index, index)
    if row:
        return _row(sentence, index, (row, first, end), clauses, grammar)
    near = [
        sentence[p]
        for p in range(max(0, index - 4), index)
        if sentence[p].role != "time" and not sentence[p].role.startswith("counts ") and clauses.of[p] == own
    ]
    joint = _joint_with_weapon(sentence, index) if unit.kind == "drone" else None
    so_far = in_a_row(sentence, index, grammar) if unit.kind == "drone" else None
    if unit.kind == "drone" and so_far is None and any(other.kind == "age" for other in near):
        return _OF_A_ROW
    if (
        so_far is None
        and any(
            other.kind in ("number", "vague", "age", "qualifier") or other.has("particle", "part", "no")
            for other in near
        )
        and (not any(other.kind == "age" for other in near) or any(other.kind == "number" for other in near))
    ):
        return None
    if so_far == 0:
        return "a share"
    abbreviated = unit.kind == "drone" and len(unit.form) <= _ABBREVIATION and so_far is None
    if abbreviated and (
        _in_several_places(sentence, index)
        or _so_many_of(sentence, index, grammar)
        or _numbered_behind(sentence, index)
    ):
        return None
    if unit.has("drone", "fpv"):
        return None  # how many there are of the front line does not count
    if index and sentence[index - 1].has("particle", "each"):
        return None
    allowed = DRONE_MEASURES if unit.kind == "drone" else CASUALTIES
    if unit.kind == "person" and not casualties:
        return None
    if unit.kind == "person":
        if sentence[index + 1 : index + 2] and sentence[index + 1].kind == "person" and _describes(unit, grammar):
            return "describes the person behind"  # "беременная женщина"
        more, last = companions(sentence, index, grammar, listed=True)
        at = verb_of_several(sentence, index, last, clauses) if more else None
        if at is not None:
            number = 1 + more
            return Count(index, number, number, "exact", index, sentence[at].value, at, PEOPLE_NAMED, last=last)
        opens = opens_pair(sentence, index, grammar)
        beside = nearest_care(sentence, last, clauses) if more or opens else None
        if beside is not None and (opens or beside > last or beside == index - 1) and beside - last <= _BESIDE_CARE:
            return Count(index, 1 + more, 1 + more, "exact", index, "injured", beside, IN_CARE, last=last)
        if unit.form not in grammar.singular_heads:
            return None
    for distance in range(1, _FARTHEST):
        for position in (index + distance, index - distance):
            if not 0 <= position < len(sentence):
                continue
            if clauses.of[position] != clauses.of[index] and (joint is None or position > joint):
                continue
            other = sentence[position]
            if other.kind == "number" and other.role != "time":
                if so_far is not None and other.article:
                    continue  # "a fourth drone"
                if position == index + 1 and 1900 <= (other.number or 0) <= 2035:
                    continue  # the year of birth
                return None
            agrees = other.form in grammar.singular_verbs or (joint is not None and other.value in _FATES) or so_far
            if unit.kind == "drone" and other.value in _FATES and unit.form.endswith(grammar.agent_endings):
                continue  # "дроном знищили бліндаж": with it, not it
            if unit.kind == "drone" and other.value in _FATES and position > index and _is_debris(sentence, index):
                continue  # "обломки беспилотника уничтожили дом": what fell down destroyed it
            if other.form in grammar.deeds and not _done_to(sentence, position, index, clauses):
                continue
            if other.kind == "measure" and other.value in allowed and agrees:
                far = distance - _named(sentence, index, position) > _BESIDE_VERB
                if other.value == "hit" and (far or owned(sentence, index, grammar)):
                    continue
                if refusals.refused_by_clause(sentence, index, clauses) or sentence[position - 1].has("particle", "no"):
                    return None
                before = sentence[position - 1] if 0 < position < index else None
                if before is not None and before.kind == "number" and before.role in ("", "claim"):
                    return None  # "of one drone shot down": counted by its number
                measure = jammed(sentence, position, clauses)
                if other.form in grammar.strikes and not unit.form.endswith(grammar.agent_endings):
                    measure = "hit"
                own_kin = index > 0 and sentence[index - 1].form in grammar.possessives
                also = unit.kind == "person" and any(
                    near.has("particle", "further") for near in sentence[max(0, min(index, position) - 2) : index]
                )
                if so_far is not None and measure != "intercepted":
                    if measure == "launched":
                        continue  # "shot down a fourth drone flying to"
                    return _OF_A_ROW
                many = so_far or (PEOPLE_OF_PAIR if unit.has("person", "pair") else 1)
                said_at = index if so_far is None else _before_origin(sentence, index)
                return Count(
                    said_at,
                    many,
                    many,
                    "exact",
                    index,
                    measure,
                    position,
                    "one by grammar",
                    further=own_kin or also,
                    last=index,
                )
    if unit.kind == "person":
        care = nearest_care(sentence, index, clauses)
        if care is None or abs(care - index) > _BESIDE_CARE:
            care = _care_of_him(sentence, index, clauses, grammar)
        if care is not None:
            died = next((p for p in sentence.positions("measure") if p > care and sentence[p].value == "killed"), None)
            if died is not None and clauses.of[died] == clauses.of[index]:  # "a man has succumbed there to his wounds"
                return Count(index, 1, 1, "exact", index, "killed", died, "one by grammar", last=index)
            return Count(index, 1, 1, "exact", index, "injured", care, IN_CARE, last=index)
    return None


def in_a_row(sentence: Units, index: int, grammar: Grammar) -> int | None:
    """Return which one of a row a drone is ("the 24th drone", "пятый украинский беспилотник"): so many there were.

    0 where every such one is meant.
    """
    before = _before_origin(sentence, index)
    number = which_one(sentence[before], grammar) if before >= 0 else None
    return 0 if number is not None and before and sentence[before - 1].form in grammar.every else number


def _before_origin(sentence: Units, index: int) -> int:
    """Return where the word before a drone and whose it is stands, its ordinal if it has one; -1 if none does."""
    before = index - 1
    while before >= 0 and (sentence[before].kind == "nation" or sentence[before].has("mark", '"')):
        before -= 1
    return before


def which_one(unit: Unit, grammar: Grammar) -> int | None:
    """Return the number of an ordinal, in digits or from the fourth up in a word."""
    if unit.kind == "age":
        match = _ORDINAL.fullmatch(unit.form)
        return int(match[1]) if match and int(match[1]) > 1 else None
    if unit.kind != "word" and not unit.has("particle", "single"):
        return None
    word = unit.form.rpartition(" ")[2].replace("ё", "е")  # "a fourth"
    for number, stem in enumerate(grammar.fourth_and_on, _FOURTH):
        if word.startswith(stem) and word[len(stem) :] in grammar.ordinal_endings:
            return number
    return None


def _describes(unit: Unit, grammar: Grammar) -> bool:
    """Tell whether a noun for a person is an adjective by its ending, so that the noun behind it is the person."""
    return unit.form.endswith(tuple(ending for ending in grammar.adjective_endings if len(ending) > 1))


def _done_to(sentence: Units, deed: int, index: int, clauses: Clauses) -> bool:
    """Tell whether a noun for a deed is that to the drone right behind it, at a place ("the downing of a drone at")."""
    between = sentence[deed + 1 : index]
    placed = any(clauses.of[spot] == clauses.of[index] for spot in sentence.positions("place"))
    return placed and deed < index <= deed + 2 and all(unit.kind in ("word", "nation") for unit in between)


def _is_debris(sentence: Units, drone: int) -> bool:
    """Tell whether a drone in the genitive only says whose debris it is: the noun of a thing opens the clause."""
    if not drone or sentence[drone - 1].kind != "unit":
        return False
    opening = sentence[drone - 2] if drone > 1 else None
    return opening is None or opening.kind in ("mark", "clause", "place", "head", "nation", "particle")


def _care_of_him(sentence: Units, index: int, clauses: Clauses, grammar: Grammar) -> int | None:
    """The hospital of which the next clause tells with a pronoun alone ("… at a man, he was taken to hospital").

    The clause of the man has to say that something struck.
    """
    own = clauses.of[index]
    if not any(clauses.of[spot] == own for spot in sentence.positions("attack", "drone", "measure")):
        return None
    for care in sentence.positions("care"):
        if clauses.of[care] == own + 1 and sentence[care - 1].form in grammar.possessives:
            return care if sentence[care - 2].has("mark", ",") else None
    return None


def _row(
    sentence: Units, index: int, found: tuple[int, int, int], clauses: Clauses, grammar: Grammar
) -> Count | str | None:
    """Count people by their ages, and whoever is joined to them ("35-year-old and 83-year-old women and a man")."""
    row, first, end = found
    if any(unit.kind in ("number", "vague") and not unit.role for unit in sentence[max(0, first - 2) : first]):
        return None  # "three women, 35, 40 and 50 years old"
    more, last = companions(sentence, index, grammar, listed=True)
    at = verb_of_several(sentence, first, max(last, end), clauses)
    care = nearest_care(sentence, first, clauses) if at is None else None
    if at is None and care is not None and min(abs(care - first), abs(care - end)) <= _BESIDE_CARE:
        return Count(first, row + more, row + more, "exact", index, "injured", care, IN_CARE, last=max(last, end))
    if at is None or refusals.refused_by_clause(sentence, index, clauses):
        return None
    for unit in (*sentence[first:index], *sentence[index + 1 : end + 1]):
        unit.role = unit.role or "an age"
    number = row + more
    return Count(
        first, number, number, "exact", index, sentence[at].value, at, "people by their ages", last=max(last, end)
    )


def _named(sentence: Units, index: int, position: int) -> int:
    """How many units between a drone and its verb only give its name in quotes."""
    first, last = min(index, position), max(index, position)
    quotes = [at for at in sentence.positions("mark") if first < at < last and sentence[at].value == '"']
    return quotes[-1] - quotes[0] + 1 if len(quotes) > 1 else 0


def another(sentence: Units, index: int, clauses: Clauses, before: Sequence[Count], *, drones: bool) -> Count | None:
    """Take "another", "the second" with a verb for one of those counted before ("two were killed, another wounded").

    `drones` tells that the sentences before counted drones.
    """
    at = index + 1
    while at < min(index + _AUXILIARIES + 1, len(sentence)) and (
        (sentence[at].kind == "word" and len(sentence[at].form) <= _AUXILIARY) or sentence[at].kind == "particle"
    ):
        at += 1
    if not (before or drones) or at >= len(sentence) or sentence[at].kind != "measure":
        return None
    same = CASUALTIES if before and before[-1].measure in CASUALTIES else DRONE_MEASURES
    if sentence[at].value not in same:
        return None
    measure = jammed(sentence, at, clauses)
    return Count(index, 1, 1, "exact", None, measure, at, "another", further=True, last=index)


def _in_several_places(sentence: Units, index: int) -> bool:
    """Tell whether what has no plural of its own came to several places ("уничтожены БПЛА в …, … и …")."""
    following = [sentence[p] for p in range(index + 1, min(index + _PLACES, len(sentence)))]
    ends = next(
        (position for position, unit in enumerate(following) if unit.kind in ("number", "clause")), len(following)
    )
    named = [position for position, unit in enumerate(following[:ends]) if unit.kind == "place"]
    return len(named) > 1 and any(unit.has("particle", "and") for unit in following[named[0] : named[-1]])


def _numbered_behind(sentence: Units, index: int) -> bool:
    """Tell whether brackets behind the first place say how many came there ("downed UAV over … (17), … (3)")."""
    for position in range(index + 1, min(index + _PLACES, len(sentence) - 1)):
        unit = sentence[position]
        if unit.has("mark", "("):
            return sentence[position + 1].kind in ("number", "vague")
        if unit.kind in ("mark", "clause", "number", "measure"):
            return False
    return False


def _so_many_of(sentence: Units, index: int, grammar: Grammar) -> bool:
    """Tell whether what has no plural of its own stands behind a noun of quantity ("a record number of UAV")."""
    noun = index
    adjectives = tuple(ending for ending in grammar.adjective_endings if len(ending) > 1)
    while noun > 1 and sentence[noun - 1].kind in ("word", "nation") and sentence[noun - 1].form.endswith(adjectives):
        noun -= 1  # "most of the hostile UAV"
    if noun == index:
        return index > 0 and (sentence[index - 1].has("status", "now") or owned(sentence, index, grammar))
    return bool(grammar.amounts) and sentence[noun - 1].form.startswith(grammar.amounts)


def _joint_with_weapon(sentence: Units, index: int) -> int | None:
    """Where "and" joins a drone to another weapon, so that the verb is in the plural ("a missile and a drone were")."""
    if len(sentence[index].form) <= _ABBREVIATION:
        return None
    for joint in range(index - 1, max(index - _PAIR, 0), -1):
        unit = sentence[joint]
        if unit.has("particle", "and"):
            return joint if any(other.kind == "weapon" for other in sentence[max(0, joint - 2) : joint]) else None
        if unit.kind in ("number", "weapon", "mark"):
            return None
    return None
