"""Clauses of a sentence: what a number and a verb of the same one say belongs together."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate, pairwise

from worker.extract.grammar.units import Units
from worker.extract.where.places import PlaceGroup

_REMARK = 8  # units
# Units between two commas that tell the ages of people, letters of "aged", "im Alter von", years of the oldest.
_AGES = 8
# Units from people to the comma before their ages.
_DESCRIBED = 3
# Units of who says so between two commas.
_CLOSING = 6
_ASIDE = 12
_EXPLAINED = 20
_AGED = 5
# Units from "and" to the noun of the number behind it, and from there to the verb of both.
_NOUN_REACH = 5
_VERB_REACH = 5
_OLDEST = 110
_CUTTING = frozenset((",", ";", ":", "–", "(", ")"))


class Clauses:
    """The clause number of every unit of a sentence, cut when first asked for: most numbers are refused without."""

    def __init__(self, sentence: Units, groups: Sequence[PlaceGroup]) -> None:
        self._sentence = sentence
        self._groups = groups
        self._ages = _ages(sentence)

    @cached_property
    def of(self) -> list[int]:
        """Cut the sentence at commas, colons, dashes, brackets, and conjunctions outside lists of places."""
        sentence = self._sentence
        inside: set[int] = set()
        for group in self._groups:
            inside.update(range(group.first, group.last + 1))
        begins = [0] * len(sentence)
        for index in sentence.positions("mark"):
            if sentence[index].value in _CUTTING and index not in inside and not _links(sentence, index):
                begins[index] = 1
        for index in sentence.positions("clause"):
            if index not in inside:
                begins[index] = 1
        for index in sentence.positions("particle"):
            if sentence[index].value != "and" or index in inside:
                continue
            if not (_joins_measures(sentence, index) or _joins_weapons(sentence, index)):
                begins[index] = 1
        aside = [*_insertions(sentence, begins), *_remarks(sentence, begins)]
        for first, last in self._ages:
            begins[first + 1 : last] = [0] * (last - first - 1)
            if sentence[last].has("mark", ","):
                aside.append((first, last))
        for first, last in _rows_of_ages(sentence):
            begins[first:last] = [0] * (last - first)
        for first, last in (*aside, *_asides(sentence), *_between_dashes(sentence)):
            begins[last] = -sum(begins[first:last])
        return list(accumulate(begins))


def _insertions(sentence: Units, begins: Sequence[int]) -> list[tuple[int, int]]:
    """Return the commas around insertions ("3,205, including 195 minors, were injured"): the clause goes on behind."""
    found: list[tuple[int, int]] = []
    for part in sentence.positions("particle"):
        if sentence[part].value == "part" and part + 2 < len(sentence) and sentence[part + 1].has("mark", ","):
            opening = next((p for p in range(part - 1, max(0, part - _CLOSING), -1) if begins[p]), None)
            named = opening is not None and sentence[opening].has("mark", ",")
            if opening is not None and named and sentence[part + 2].kind in ("word", "measure"):
                found.append((opening, part + 1))  # "a family of four, two small boys among them, died"
                continue
        if sentence[part].value != "part" or not part or not sentence[part - 1].has("mark", ","):
            continue
        closing = next((p for p in sentence.positions("mark") if p > part and begins[p]), None)
        if closing is None or closing + 1 >= len(sentence) or not sentence[closing].has("mark", ","):
            continue
        inside, behind = sentence[part:closing], sentence[closing + 1]
        if behind.kind in ("word", "measure") and not any(unit.kind == "measure" for unit in inside):
            found.append((part - 1, closing))
    return found


def _asides(sentence: Units) -> list[tuple[int, int]]:
    """Return the commas around who says so behind "that" ("drones that, the ministry said, were downed")."""
    found: list[tuple[int, int]] = []
    for clause in sentence.positions("clause"):
        first = clause + 1
        if first >= len(sentence) or not sentence[first].has("mark", ","):
            continue
        last = next(
            (p for p in range(first + 1, min(first + _ASIDE, len(sentence))) if sentence[p].kind == "mark"), first
        )
        inside = sentence[first + 1 : last]
        if sentence[last].has("mark", ",") and any(unit.kind in ("claimant", "report") for unit in inside):
            found.append((first, last))
    return found


def _between_dashes(sentence: Units) -> list[tuple[int, int]]:
    """Return the dashes around an explanation between what is counted and its verb ("38 decoys – … – fell without")."""
    dashes = [p for p in sentence.positions("mark") if sentence[p].value == "–"]
    return [
        (first, last)
        for first, last in pairwise(dashes)
        if last - first <= _EXPLAINED
        and first
        and sentence[first - 1].kind in ("drone", "word", "number")
        and any(unit.kind == "measure" for unit in sentence[last + 1 : last + 3])
        and not any(unit.kind == "number" and not unit.article for unit in sentence[first:last])
    ]


def _ages(sentence: Units) -> list[tuple[int, int]]:
    """Return the marks around how old people are ("two passengers, aged 34 and 61, ended up in hospital").

    The numbers between them get the role "an age".
    """
    found: list[tuple[int, int]] = []
    if "person" not in sentence.at:
        return found
    described = {person + words for person in sentence.at["person"] for words in range(1, _DESCRIBED + 1)}
    for first in sentence.positions("mark"):
        if first not in described or sentence[first].value != "," or sentence[first - 1].kind not in ("person", "word"):
            continue
        last = first + 1
        while last < len(sentence) and last - first <= _AGES and _tells_age(sentence, last):
            last += 1
        numbers = [p for p in range(first + 1, last) if sentence[p].kind == "number"]
        if not numbers or last >= len(sentence) or not sentence[last].has("mark", ",", ".", ")"):
            continue
        for position in numbers:
            sentence[position].role = sentence[position].role or "an age"
        found.append((first, last))
    return found


def _rows_of_ages(sentence: Units) -> list[tuple[int, int]]:
    """Return first and end of the rows of ages behind "aged" ("two men aged 45 and 52 were killed"): no clauses.

    The numbers of a row, or of a span ("aged 5 to 17"), get the role "an age".
    """
    found: list[tuple[int, int]] = []
    for aged in sentence.positions("particle"):
        if sentence[aged].value != "aged":
            continue
        last, end = aged + 1, aged
        while last < len(sentence) and last - aged <= _AGES:
            unit = sentence[last]
            if unit.kind == "number" and unit.number is not None and unit.number < _OLDEST and unit.form.isdigit():
                if behind_ages(sentence, aged, last):
                    break
                unit.role = unit.role or "an age"
                end = last
            elif not (
                unit.has("particle", "and")
                or unit.has("mark", ",", "–")
                or unit.has("preposition", "to", "from")
                or unit.has("bound", "between", "from", "until")
            ):
                break
            last += 1
        if end > aged + 1:
            found.append((aged, end))
    return found


def behind_ages(sentence: Units, aged: int, number: int) -> bool:
    """Tell whether a number behind "aged" and the first age counts people ("a man aged 45 and 12 others")."""
    if number == aged + 1 or not any(unit.kind == "number" for unit in sentence[aged + 1 : number]):
        return False
    if any(
        unit.kind == "person" or unit.has("particle", "others", "further") for unit in sentence[number + 1 : number + 2]
    ):
        return True
    one = next((p for p in range(aged - 1, max(-1, aged - 1 - _DESCRIBED), -1) if sentence[p].article), None)
    return one is not None and not any(unit.has("particle", "and") for unit in sentence[max(0, one - 1) : one])


def _tells_age(sentence: Units, position: int) -> bool:
    unit = sentence[position]
    aged = unit.kind == "number" and unit.number is not None and unit.number < _OLDEST and unit.form.isdigit()
    return (
        aged
        or unit.kind == "age"
        or unit.has("particle", "and", "aged", "of")
        or (unit.kind == "word" and len(unit.form) <= _AGED)
    )


def _remarks(sentence: Units, begins: Sequence[int]) -> list[tuple[int, int]]:
    """Return the commas around a remark on a number ("38 more, mostly decoys, were jammed"): its verb stands behind."""
    found: list[tuple[int, int]] = []
    commas = [p for p in sentence.positions("mark") if begins[p] and sentence[p].value == ","]
    for first, last in pairwise(commas):
        if last - first > _REMARK or any(begins[first + 1 : last]) or last + 2 >= len(sentence):
            continue
        opening = first - 1
        while opening > 0 and not begins[opening]:
            opening -= 1
        before, inside, behind = sentence[opening:first], sentence[first + 1 : last], sentence[last + 1 : last + 3]
        if (
            any(unit.kind == "number" for unit in before[-4:])
            and not any(unit.kind in ("measure", "attack") for unit in before)
            and not any(unit.kind in ("measure", "number", "place", "clause", "claimant", "report") for unit in inside)
            and (behind[0].kind == "measure" or (behind[0].kind == "word" and behind[1].kind == "measure"))
        ):
            found.append((first, last))
    return found


def _links(sentence: Units, index: int) -> bool:
    """Tell whether a dash only stands for "were" ("5 – подавлено")."""
    if not 0 < index < len(sentence) - 1 or not sentence[index].has("mark", "–", ":"):
        return False
    if sentence[index - 1].kind in ("measure", "jamming"):  # "shot down: 97"
        ahead = sentence[index + 1 : index + 3]
        return ahead[0].kind == "number" or (ahead[0].kind == "qualifier" and ahead[-1].kind == "number")
    if sentence[index].value == ":":
        return False
    return sentence[index - 1].kind in ("number", "drone") and sentence[index + 1].kind == "measure"


def _joins_weapons(sentence: Units, index: int) -> bool:
    """Tell whether an "and" joins two counts of drones or weapons to one subject ("20 drones and a missile hit")."""
    if not 1 < index < len(sentence) - 3 or sentence[index + 1].kind != "number":
        return False
    noun = next((p for p in range(index + 2, index + _NOUN_REACH) if _names_weapon(sentence, p)), None)
    if noun is None or not (
        _names_weapon(sentence, index - 1) and "drone" in (sentence[index - 1].kind, sentence[noun].kind)
    ):
        return False
    behind = sentence[noun + 1 : noun + _VERB_REACH]
    verb = next((at for at, unit in enumerate(behind) if unit.kind not in ("word", "particle", "nation")), None)
    return verb is not None and behind[verb].kind == "measure"


def _names_weapon(sentence: Units, position: int) -> bool:
    return position < len(sentence) and sentence[position].kind in ("drone", "weapon")


def _joins_measures(sentence: Units, index: int) -> bool:
    """Tell whether an "and" joins two verbs of one subject, or guns and jammers to one subject."""
    if not 0 < index < len(sentence) - 1:
        return False
    kinds = {sentence[index - 1].kind, sentence[index + 1].kind}
    return kinds in ({"measure"}, {"defence", "jamming"})
