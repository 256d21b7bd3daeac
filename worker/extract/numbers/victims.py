"""People who were killed or injured: counted with a verb, or told to be in hospital."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from worker.extract.grammar.clauses import Clauses
from worker.extract.grammar.units import Units
from worker.extract.grammar.verbs import CASUALTIES, DRONE_MEASURES, nearest_care, nearest_verb
from worker.extract.numbers.ages import ages_behind
from worker.extract.numbers.counted import PEOPLE_OF_PAIR, Count
from worker.extract.numbers.fates import only_of_one
from worker.extract.numbers.people import companions, told_of_others, verb_of_several
from worker.extract.numbers.refusals import of_other_weapon
from worker.lexicon import Grammar

# Units from a number in brackets back to its place.
_PLACED = 2
# Units from the injured to how badly they are.
_PREDICATE = 3
# Units from the injured to the hospital they were taken to.
_CARED_FOR = 7
# Units from someone injured to the verb of a relative clause about him.
_WHO = 10
# Of two places whose numbers share noun and verb, the first.
_EACH_PLACE = "number+place, people and verb behind the next"
# Units from a number to the people of the next one ("and in the region of B two people").
_IN_TURN = 8
# Heading, colon, place and dash before the first number of a list.
_SHORTEST_LIST = 4
# Units of a label before its colon ("Killed in Odesa by drones:").
_LABEL = 9
# People in hospital: injured, but mostly some of those counted before.
IN_CARE = "number+people+care"


def count_victims(
    count: Count,
    sentence: Units,
    kind: str,
    clauses: Clauses,
    grammar: Grammar,
    before: Sequence[Count],
    *,
    casualties: bool,
) -> Count | str:
    """Complete a count whose head is a person or a word for casualties (`kind`), else say why it counts nothing."""
    index, head = count.index, count.head
    unit = sentence[index]
    if of_other_weapon(sentence, index, clauses):
        return "casualties of another weapon"
    if kind == "casualty" and head is not None:
        if not casualties:
            return "casualties of something else"
        if count.low == 1 and sentence[head].value == "injured" and _died(sentence, head, clauses):
            return "one of the injured, who died"
        if count.part and before and before[-1].measure == sentence[head].value:
            return "part of the people counted"
        count.measure, count.measure_at, count.rule = sentence[head].value, head, "number+casualties"
        behind = sentence[head + 1 : head + _CARED_FOR]
        if _badly(sentence, head, grammar) or any(unit.kind == "care" for unit in behind):
            count.rule = IN_CARE
        return count
    if not casualties:
        return "people, not of a drone attack"
    at = nearest_verb(sentence, index, clauses, CASUALTIES, ahead_first=True)
    alone = unit.form in grammar.articles
    if alone and not count.part and at is not None and before and before[-1].measure_at == at:
        return "part of the people counted"
    child = sentence[head or 0].value == "child" and before and before[-1].measure in CASUALTIES
    # "Two civilians died and a teenager was injured": the verb behind is the child's own.
    own = child and at is not None and at > index and sentence[at].value != before[-1].measure
    if count.part or (child and not own):
        return "part of the people counted"
    shared = bool(before) and at is not None and before[-1].measure_at == at and before[-1].rule != _EACH_PLACE
    if shared and count.low < before[-1].low:
        return "part of the people counted"
    more = 0
    if count.qualifier == "exact" and head is not None and head > index:
        more, count.last = companions(sentence, head, grammar, listed=alone)
    if alone and at is not None and at < index and any(one.measure_at == at for one in before):
        return "somebody told of beside those counted"
    care = None
    if at is None or clauses.of[at] != clauses.of[index]:
        care = nearest_care(sentence, index, clauses)
        if care is None and head is not None and head > index:  # "a man and a woman", "two men of 19 and 23"
            last = max(count.last, ages_behind(sentence, head)[1])
            beside = nearest_care(sentence, last, clauses) if last > head else None
            care = beside if beside is not None and last < beside <= last + _CARED_FOR else None
    if at is not None and at < index and count.low > 1 and clauses.of[at] != clauses.of[index]:
        at = None if only_of_one(sentence, at, clauses, grammar) else at
    if _came_away(sentence, index, clauses):
        return "came away unhurt"
    if at is not None and at > index and at - 1 > index and sentence[at - 1].has("particle", "no"):
        return "said not to have been hurt"
    if at is not None and at > index and count.low == count.high == 1:
        at = _death_of(sentence, at, grammar)
    if care is not None:
        count.measure, count.measure_at, count.rule = "injured", care, IN_CARE
    elif at is None or told_of_others(sentence, index, at, clauses):
        return "people to whom nothing is said to have happened"
    else:
        count.measure, count.measure_at = sentence[at].value, at
        count.rule = IN_CARE if _badly(sentence, at, grammar) else "number+people+verb"
    died = _who_died(sentence, head, grammar) if head is not None and count.low == 1 else None
    if died is not None:
        count.measure, count.measure_at = "killed", died
    if head is not None and sentence[head].has("person", "pair") and count.high == count.low:
        count.low = count.high = count.low * PEOPLE_OF_PAIR
    if more:
        count.low = count.high = count.low + more
    if alone and before and _hurt_alike(before[-1], count):
        before[-1].low = before[-1].high = before[-1].low + count.low
        return "counted with the one before"
    return count


def _came_away(sentence: Units, index: int, clauses: Clauses) -> bool:
    """Tell whether people are said to be unhurt, or brought to safety and that no clause about them tells of harm."""
    own = clauses.of[index]
    of_them = {own}
    for at in range(index + 1, min(index + _WHO, len(sentence))):
        if sentence[at].kind == "clause" and sentence[at - 1].has("mark", ","):
            of_them.add(clauses.of[at])  # "two people, who were wounded"
            break
    told = {sentence[position].value for position in sentence.positions("unhurt") if clauses.of[position] == own}
    harmed = any(
        clauses.of[position] in of_them
        and (sentence[position].kind == "care" or sentence[position].value in CASUALTIES)
        for position in sentence.positions("measure", "care")
    )
    return "plain" in told or ("moved" in told and not harmed)


def _badly(sentence: Units, at: int, grammar: Grammar) -> bool:
    """Tell whether the injured of the word at `at` are badly hurt: mostly some of those counted before."""
    if not grammar.badly or sentence[at].value != "injured":
        return False
    near = [*sentence[max(0, at - 1) : at + 1], *sentence[at + 1 : at + _PREDICATE]]
    told = takewhile(lambda unit: unit.kind != "mark", near)
    return any(unit.form.startswith(grammar.badly) for unit in told)


def _who_died(sentence: Units, head: int, grammar: Grammar) -> int | None:
    """Where a relative clause says that the one injured died ("one person was hurt, who, sadly, died")."""
    opening = sentence[head + 1 : head + 3]
    if len(opening) < _PLACED or not opening[0].has("mark", ",") or opening[1].kind != "clause":
        return None
    for position in range(head + 3, min(head + _WHO, len(sentence))):
        unit = sentence[position]
        if unit.kind in ("number", "person", "clause"):
            return None
        if unit.has("measure", "killed"):
            return position if unit.form in grammar.fate_of_one else None
    return None


def _died(sentence: Units, head: int, clauses: Clauses) -> bool:
    """Tell whether the clause of someone injured says that he died."""
    spots = [position for position in sentence.positions("measure") if sentence[position].value == "killed"]
    return any(clauses.of[position] == clauses.of[head] for position in spots)


def _death_of(sentence: Units, hurt: int, grammar: Grammar) -> int:
    """Where it is told that the one who was hurt has died ("a man who was wounded in April has died"), else `hurt`."""
    if sentence[hurt].value != "injured":
        return hurt
    for position in range(hurt + 1, len(sentence)):
        unit = sentence[position]
        if unit.kind in ("person", "casualties") or (
            unit.kind in ("number", "vague") and not (unit.role or unit.article)
        ):
            return hurt
        if unit.has("measure", "killed"):
            return position if unit.form in grammar.fate_of_one else hurt
    return hurt


def in_care(
    count: Count, sentence: Units, clauses: Clauses, before: Sequence[Count], *, casualties: bool
) -> Count | str | None:
    """Complete a count without a noun of people told to be in hospital; None where no such word is near."""
    care = nearest_care(sentence, count.index, clauses)
    if care is None:
        return None
    of_more = any(one.measure == "injured" and one.low > count.low for one in before) and not count.further
    if count.part or of_more or not casualties:
        return "part of the people counted"
    count.measure, count.measure_at, count.rule = "injured", care, IN_CARE
    return count


def _out_of_the_injured(count: Count, sentence: Units, clauses: Clauses) -> bool:
    """Complete a count of some of the injured spoken of before ("six of the injured are in a bad way"), if it is one.

    They may have died since.
    """
    of, head = sentence[count.index + 1 : count.index + 3], count.index + 2
    if len(of) <= 1 or not of[0].has("particle", "of") or not of[1].has("measure", "injured"):
        return False
    dead = next((p for p in sentence.positions("measure") if p > head and sentence[p].value == "killed"), None)
    if dead is not None and clauses.of[dead] == clauses.of[count.index]:
        count.measure, count.measure_at, count.rule = "killed", dead, "number+people+verb"
    else:
        count.measure, count.measure_at, count.rule = "injured", head, IN_CARE
    return True


def count_together(count: Count, sentence: Units, clauses: Clauses, grammar: Grammar) -> bool:
    """Complete a count of a couple and who is joined to it, of some of the injured, or in brackets, if it is one."""
    index = count.index
    if _out_of_the_injured(count, sentence, clauses):
        return True
    if sentence[index].form in grammar.collectives and count.high == count.low:
        more, count.last = companions(sentence, index, grammar, listed=False)
        at = count.measure_at if count.measure_at is not None else verb_of_several(sentence, index, count.last, clauses)
        if more and at is not None:
            count.low = count.high = count.low + more
    elif count.measure_at is None:
        at = in_brackets(sentence, index)
        in_turn = _of_places_in_turn(sentence, index) if at is None else None
        if in_turn is not None:
            count.measure, count.measure_at, count.rule = sentence[in_turn].value, in_turn, _EACH_PLACE
            return True
        at = _risen_to(sentence, index) if at is None else at
    else:
        return False
    if at is None:
        return False
    count.measure, count.measure_at, count.rule = sentence[at].value, at, count.rule or "number+casualties"
    return True


def stands_alone(sentence: Units, index: int) -> bool:
    """Tell whether a number is all that brackets hold ("Kharkiv (four)")."""
    return (
        0 < index < len(sentence) - 1 and sentence[index - 1].has("mark", "(") and sentence[index + 1].has("mark", ")")
    )


def in_brackets(sentence: Units, index: int) -> int | None:
    """The casualties, of one kind only and not counted otherwise, that bracketed numbers behind places divide."""
    if not stands_alone(sentence, index) or index < _PLACED:
        return None
    told = [at for at in sentence.positions("measure") if sentence[at].value in CASUALTIES]
    if len({sentence[at].value for at in told}) != 1:
        return None
    return told[0] if sentence[index - _PLACED].kind in ("place", "head", "word") else None


def part_of_people(sentence: Units, index: int) -> bool:
    """Tell whether a part is one of people ("six were hurt, two of them children")."""
    after = sentence[index + 1 : index + 3]
    return len(after) == 2 and after[0].has("particle", "part") and after[1].kind == "person"


def _hurt_alike(before: Count, count: Count) -> bool:
    """Tell whether of two people named one by one the one was injured and the other taken to hospital."""
    return (
        before.measure == count.measure == "injured"
        and IN_CARE in (before.rule, count.rule)
        and before.low == before.high == 1
    )


def of_heading(sentence: Units, index: int) -> int | None:
    """The word for dead or injured that heads a list whose first place has this number ("Injured: Kherson – 8")."""
    if index < _SHORTEST_LIST or not sentence[index - 1].has("mark", "–", ":"):
        return None
    if sentence[index - 2].kind != "place":
        return _of_label(sentence, index)
    colon = next((p for p in range(index - 2, 0, -1) if sentence[p].has("mark", ":")), None)
    if colon is None or any(unit.kind not in ("place", "head", "mark") for unit in sentence[colon:index]):
        return None
    heading = sentence[:colon]
    told = [p for p, unit in enumerate(heading) if unit.kind == "measure" and unit.value in CASUALTIES]
    return told[0] if len({sentence[p].value for p in told}) == 1 else None


def _of_places_in_turn(sentence: Units, index: int) -> int | None:
    """Where the verb stands that two numbers of people share ("in A six and in B two people were injured")."""
    behind = sentence[index + 1 : index + 1 + _IN_TURN]
    if not (index and sentence[index - 1].kind == "place" and behind and behind[0].has("particle", "and")):
        return None
    place = next((p for p, unit in enumerate(behind) if unit.kind == "place"), None)
    if place is None or [unit.kind for unit in behind[place + 1 : place + 3]] != ["number", "person"]:
        return None
    if any(unit.kind not in ("preposition", "head", "word") for unit in behind[1:place]):
        return None
    if any(p < index for p in sentence.positions("drone")) or any(
        sentence[p].value in DRONE_MEASURES for p in sentence.positions("measure") if p < index
    ):
        return None  # "over A six were shot down, over B four and in C two people were hurt"
    spots = [p for p in sentence.positions("measure") if sentence[p].value in CASUALTIES]
    return next((p for p in spots if p > index), spots[-1] if spots else None)


def _of_label(sentence: Units, index: int) -> int | None:
    """The word for dead or injured that opens a line, where a number is all that follows its colon ("Killed in A: 8").

    Not where the line names another weapon or counts anything else.
    """
    behind = sentence[index + 1 : index + 2]
    alone = not behind or behind[0].has("mark", ".", ",", ";")
    label = sentence[: index - 1]
    if not alone or not sentence[index - 1].has("mark", ":") or len(label) > _LABEL or not label[0].has("measure"):
        return None
    if label[0].value not in CASUALTIES or any(unit.kind in ("number", "vague", "weapon", "mark") for unit in label):
        return None
    return 0 if {unit.value for unit in label if unit.kind == "measure"} == {label[0].value} else None


def _risen_to(sentence: Units, index: int) -> int | None:
    """Where the word for dead or injured stands whose number rose to this one ("the injured rose from 23 to 46")."""
    before = sentence[max(0, index - 3) : index]
    if len(before) < 3 or before[1].kind != "number" or not before[2].has("preposition", "to"):
        return None
    opened = before[0].has("preposition", "from") or before[0].has("particle", "of")
    if not (opened and sentence.any("status", "grown")):
        return None
    spots = [p for p in sentence.positions("measure") if p < index and sentence[p].value in CASUALTIES]
    return spots[-1] if spots else None
