"""Numbers without a noun: what stands beside them tells that they go on counting drones."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from worker.extract.grammar.units import Unit, Units
from worker.extract.grammar.verbs import CASUALTIES, DRONE_MEASURES

_LONGEST_PRONOUN = 3
_OF_TIME = frozenset(("part", "weekday", "relative", "month", "date", "preposition", "bound", "mark"))
# Units from a number to its place, and those that the words before the name may add.
_PLACE_REACH = 6
_LONGEST_NAME = 5
# Units between two numbers of a list.
_LONGEST_LINK = 40
_LONGEST_ROW = 12  # units of numbers joined to one another, whose places follow in their order
# From the number of "the day before it had been 44" to the end of the sentence.
_CLOSING = 3
# A number of what the sentence before counted ("by now it is 13").
GONE_ON = "it is now"
RISEN_TO = "it rose to"
# Units from "it was" to its number ("waren es nach Angaben des Gouverneurs 13").
_PRONOUN_REACH = 8
# From "in all" to its number, with a time between.
_SUM = 12
# Units from a month to the number it stands before.
_MONTH_REACH = 4


def ends_there(sentence: Units, index: int) -> bool:
    """Tell whether nothing is named behind a number ("there were 107, and …", "there were 45 overnight")."""
    after = sentence[index + 1] if index + 1 < len(sentence) else None
    return after is None or after.kind in ("mark", "part", "relative", "weekday") or after.has("particle", "and")


def ends_line(sentence: Units, index: int) -> bool:
    """Tell whether a line says nothing but a place and, behind a colon or dash, its number ("Pskov region: 6")."""
    before, after = sentence[:index], sentence[index + 1 :]
    return (
        bool(before)
        and before[-1].has("mark", ":", "–")
        and any(unit.kind == "place" for unit in before)
        and all(unit.kind in ("place", "head", "mark", "unit") or unit.has("particle", "and", "of") for unit in before)
        and all(unit.kind == "mark" for unit in after)
    )


def place_beside(sentence: Units, index: int) -> bool:
    """Tell whether a place stands beside a number, with no other number or verb between."""
    first = index + 2 if stands_apart(sentence, index) else _behind_row(sentence, index)
    reach = _PLACE_REACH
    for unit in sentence[first : index + _PLACE_REACH + _LONGEST_NAME]:
        if unit.kind == "place":
            return True
        reach -= not (unit.kind == "head" or unit.has("particle", "of"))  # "over the territory of the region of Kursk"
        if not reach:
            break
        counted = unit.kind == "number" and not unit.article  # "two in a village near Nikopol"
        if counted or unit.kind == "measure" or unit.has("mark", ",", ";", ".", ")"):
            break
    before = sentence[max(0, index - 6) : index]
    if len(before) > 2 and before[-2].has("mark", ",") and before[-1].kind in ("word", "qualifier"):
        before = before[:-2]  # "over Samara, with 20"
    dash = False
    for unit in reversed(before):
        if unit.kind == "place" or (dash and unit.has("head", "region", "city", "district")):
            return True  # "in the region – three more"
        if unit.kind in ("number", "measure") or unit.has("mark", ",", ";", ".", ")"):
            break
        dash = unit.has("mark", "–")
    return False


def _behind_row(sentence: Units, index: int) -> int:
    """Return what stands behind a number and those joined to it, if places follow in their order ("13 and 11 over")."""
    following = index + 1
    if not sentence.any("particle", "respectively"):
        return following
    at = following
    while at < min(len(sentence), index + _LONGEST_ROW) and (
        sentence[at].kind == "number" or sentence[at].has("particle", "and", "each") or sentence[at].has("mark", ",")
    ):
        at += 1
    return at if sentence[at - 1].kind == "number" else following


def continues_list(sentence: Units, index: int, last: int) -> bool:
    """Tell whether a number goes on with the list whose last count ends at `last` ("11 in Kursk, 7 in Belgorod")."""
    between = sentence[last + 1 : index]
    return (
        len(between) < _LONGEST_LINK
        and not any(unit.has("mark", ".") for unit in between)
        and (place_beside(sentence, index) or (time_behind(sentence, index) and _lists(between)))
    )


def time_behind(sentence: Units, index: int) -> bool:
    """Tell whether a part of the day or a weekday follows a number ("64 in the night to Sunday")."""
    for unit in sentence[index + 1 : index + 5]:
        if unit.kind in ("part", "weekday"):
            return True
        if unit.kind not in ("preposition", "bound", "word", "relative"):
            return False
    return False


def _lists(between: Sequence[Unit]) -> bool:
    """Tell whether only times and "and" or a comma stand between two numbers."""
    return all(
        unit.kind in ("preposition", "bound", "word", "relative", "part", "weekday", "month")
        or unit.has("particle", "and", "further")
        or unit.has("mark", ",")
        or unit.role == "time"
        for unit in between
    )


def stands_apart(sentence: Units, index: int) -> bool:
    """Tell whether a number is an apposition between two marks ("the largest number, 30, was over …")."""
    if not 0 < index < len(sentence) - 1:
        return False
    opening = index - 1
    if opening and sentence[opening].kind in ("word", "qualifier"):
        opening -= 1  # "most of them, namely 30, were over …"
    before, behind = sentence[opening], sentence[index + 1]
    return (before.has("mark", ",", "–") and behind.has("mark", before.value)) or _comma_for_verb(sentence, index)


def _comma_for_verb(sentence: Units, index: int) -> bool:
    """Tell whether a comma stands for the verb of a list ("36 were downed over A; three, over B, and one, over C")."""
    joint = sentence[index - 1]
    if not joint.has("mark", ";", ",") and not joint.has("particle", "and"):
        return False
    behind = sentence[index + 1 : index + 3]
    return len(behind) > 1 and behind[0].has("mark", ",") and behind[1].has("preposition", "at")


def of_one_time(sentence: Units, index: int) -> bool:
    """Tell whether a number ends a sentence that has only a time of its own ("In the night to Sunday it was 150")."""
    if _names_time(sentence, index):
        return True
    before, after = sentence[:index], sentence[index + 1 : index + 2]
    while before and before[-1].kind == "qualifier":
        before = before[:-1]
    return (
        bool(before)
        and before[-1].kind == "word"
        and len(before[-1].form) <= _LONGEST_PRONOUN
        and all(unit.has("mark", ".") or unit.kind == "word" for unit in after)
        and index + _CLOSING >= len(sentence)
        and any(unit.kind in ("part", "weekday", "relative") for unit in before)
        and not any(unit.kind in ("measure", "drone", "person", "weapon", "attack", "other") for unit in sentence)
    )


def _names_time(sentence: Units, index: int) -> bool:
    """Tell whether a sentence says nothing but a time and, behind a dash or colon, its number ("Last night: 19.")."""
    before, after = sentence[:index], sentence[index + 1 :]
    return (
        len(before) > 1
        and before[-1].has("mark", "–", ":")
        and any(unit.kind in ("part", "weekday", "relative") for unit in before)
        and all(unit.kind in _OF_TIME or unit.role == "time" or len(unit.form) <= _LONGEST_PRONOUN for unit in before)
        and all(unit.kind == "mark" for unit in after)
    )


def _official_reports(sentence: Units, index: int) -> bool:
    """Tell whether an official only says how many he reports, of what was counted before ("another, of eight")."""
    opening = before_hedges(sentence, index)
    return (
        opening > 0
        and sentence[opening].has("preposition", "about")
        and sentence[opening - 1].kind == "report"
        and ends_there(sentence, index)
        and official_speaks(sentence)
    )


def of_one_place(sentence: Units, index: int) -> bool:
    """Tell whether a number belongs to a place singled out before ("over Voronezh alone there were more than 30")."""
    for only in sentence.positions("particle"):
        if sentence[only].value != "only" or only > index:
            continue
        between = sentence[only + 1 : index]
        if any(unit.kind in ("place", "part", "weekday") for unit in between[:5]) and not any(
            unit.kind in ("number", "measure", "drone", "person", "unit", "weapon") for unit in between
        ):
            return True
    return False


def compares(sentence: Units, index: int) -> bool:
    """Tell whether a number stands at the end of a comparison ("the last record was in May: 298")."""
    after = sentence[index + 1] if index + 1 < len(sentence) else None
    of_then = after is not None and after.has("particle", "of") and _past(sentence, index + 2)
    return of_then or (
        sentence.any("status", "historic", "earlier", "record", "past_record")
        and (after is None or after.kind in ("mark", "preposition", "part"))
    )


def _past(sentence: Units, position: int) -> bool:
    """Tell whether a word of the past stands here ("the 29 of the night before")."""
    return position < len(sentence) and sentence[position].has("status", "historic")


def before_hedges(sentence: Units, index: int) -> int:
    """Return where the unit before a number and its hedges ("about", "at least") stands; -1 if there is none."""
    before = index - 1
    while before > 0 and sentence[before].kind == "qualifier":
        before -= 1
    return before


def says_how_many(sentence: Units, index: int) -> bool:
    """Tell whether a number says how many "it was" of what was counted before; who says so may stand between."""
    for position in range(index - 1, max(index - _PRONOUN_REACH, -1), -1):
        unit = sentence[position]
        if unit.has("particle", "were"):
            return True
        if (unit.kind == "number" and not unit.article) or unit.kind in ("mark", "measure", "drone", "person"):
            return False
    return False


def goes_on(sentence: Units, index: int) -> bool:
    """Tell whether a number without a noun goes on with what was counted before ("it was 13", "before that, of 14")."""
    return says_how_many(sentence, index) or told_before(sentence, index) or _official_reports(sentence, index)


def told_before(sentence: Units, index: int) -> bool:
    """Tell whether a number closes what was reported earlier of the same ("before that, 14 had been spoken of")."""
    opening = before_hedges(sentence, index)
    return (
        sentence[max(0, opening)].has("preposition", "about")
        and ends_there(sentence, index)
        and sentence.any("status", "earlier", "historic")
    )


def behind_month(sentence: Units, index: int) -> bool:
    """Tell whether a month stands right before a number ("4,980 in January, in December 5,410")."""
    for unit in reversed(sentence[max(0, index - _MONTH_REACH) : index]):
        if unit.kind == "month":
            return True
        if unit.kind not in ("mark", "qualifier") and unit.role != "time":
            return False
    return False


def reported_then(sentence: Units, index: int, same_clause: Callable[[int], bool]) -> bool:
    """Tell whether a clause says when so many were reported ("on Monday it had reported 141")."""
    own = [p for p in sentence.positions("report") if same_clause(p)]
    when = [p for p in sentence.positions("weekday", "relative", "status") if same_clause(p)]
    told = any(sentence[p].kind != "status" or sentence[p].value == "historic" for p in when)
    return bool(own) and told and ends_there(sentence, index)


def of_total(sentence: Units, index: int) -> bool:
    """Tell whether a sum is given without what it counts ("In all since midnight: 11", "Итого – 54 БПЛА")."""
    for unit in reversed(sentence[max(0, index - _SUM) : index]):
        if unit.has("particle", "total"):
            return True
        if unit.kind in ("measure", "number", "drone", "person", "weapon", "attack") and unit.role != "time":
            return False
    return False


def lists_other(sentence: Units, index: int, last: int) -> bool:
    """Tell whether the number before counts something else in a list ("62 flights in one city, 48 in the other")."""
    before = next((p for p in reversed(sentence.positions("number")) if last < p < index), None)
    return (
        before is not None
        and sentence[before].role.startswith("counts ")
        and not any(unit.kind == "measure" for unit in sentence[before:index])
        and not any(unit.has("particle", "part") for unit in sentence[before:index])
    )


# What a sentence without a verb may not hold if it only names the drones that came.
_TELLING_KINDS = frozenset(("measure", "attack", "other", "clause", "unit", "person", "defence", "jamming", "status"))
_MOST_WORDS = 2


def names_only(sentence: Units, index: int) -> bool:
    """Tell whether a sentence only names drones, with a place or a time ("Over the town now: 8 drones, 2 missiles")."""
    before = next((unit for unit in reversed(sentence[:index]) if unit.kind != "qualifier"), None)
    if before is not None and (before.kind == "preposition" or before.has("particle", "of", "each")):
        return False
    words = 0
    for unit in sentence:
        if unit.kind in _TELLING_KINDS and not unit.has("status", "present"):
            return False
        words += unit.kind == "word"
    return words <= _MOST_WORDS


def of_date(sentence: Units, index: int) -> bool:
    """Tell whether a number is given behind the dash or colon of a date ("21 серпня – 574 дрони")."""
    before = index - 1
    while before > 1 and sentence[before].kind == "qualifier":
        before -= 1
    return before > 1 and sentence[before].has("mark", "–", ":") and sentence[before - 1].kind == "month"


def of_one_month(sentence: Units) -> bool:
    """Tell whether a sentence speaks of a month ("in May there were 3,900"), not of one of its days."""
    return any(position and sentence[position - 1].kind == "preposition" for position in sentence.positions("month"))


def official_speaks(sentence: Units) -> bool:
    """Tell whether a ministry or an official speaks: they go on telling what they told before, outlets do not."""
    return any(unit.value in ("MOD", "RU-MOD") or unit.value.startswith("local") for unit in sentence.of("claimant"))


def there_were(sentence: Units, index: int) -> bool:
    """Tell whether "there were" stands before a number, or before how exactly it is meant ("було близько 90 БпЛА")."""
    before = before_hedges(sentence, index)
    return before >= 0 and sentence[before].has("particle", "exist")


def counts_victims(sentence: Units, index: int, of: Sequence[int]) -> bool:
    """Tell whether a number without a noun is one of people ("killed two and injured eight others", "the toll is 18").

    `of` are the clauses: its own tells of dead or injured, and of nothing that drones did.
    """
    own = [unit for position, unit in enumerate(sentence) if of[position] == of[index]]
    people = any(unit.kind == "casualties" or unit.has("measure", *CASUALTIES) for unit in own)
    return people and not any(unit.kind == "drone" or unit.has("measure", *DRONE_MEASURES) for unit in own)


def rose_to(sentence: Units, index: int) -> bool:
    """Tell whether a number closes a clause by which something rose to it ("three; later it rose to five")."""
    if index + 1 < len(sentence) and sentence[index + 1].kind not in ("mark", "clause"):
        return False
    before = sentence[index - 1] if index else None
    if before is None or not before.has("preposition", "to"):
        return False
    for position in range(index - 2, max(index - _PRONOUN_REACH - 2, -1), -1):
        unit = sentence[position]
        if unit.has("status", "grown"):
            return True
        if unit.kind in ("mark", "number", "measure", "drone", "person", "clause"):
            return False
    return False
