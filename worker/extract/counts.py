"""Which numbers of a sentence count something of a drone attack, what, and with which verb.

A number is judged by what it counts (its head noun, or none: an ellipsis) and by the nearest verb or noun of its own
clause; clauses are cut at commas, dashes and conjunctions, but not inside a list of places. A number that counts
something else gets the reason as its role.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from worker.extract.places import PlaceGroup
from worker.extract.units import Unit
from worker.lexicon import Grammar

LARGEST = 10_000
_DRONE_MEASURES = ("launched", "intercepted", "suppressed", "neutralised", "hit")
_CASUALTIES = ("killed", "injured")
_MODELS = frozenset((101, 107, 131, 136, 238, 2, 3))


@dataclass(slots=True)
class Count:
    """A number that counts: `head` is what (an index), `measure_at` which word says what happened to it."""

    index: int
    low: int
    high: int | None
    qualifier: str
    head: int | None
    measure: str
    measure_at: int | None
    rule: str
    part: bool = False
    further: bool = False
    each: bool = False
    rest: bool = False
    weapon: str = "drone"
    last: int = 0


@dataclass(slots=True)
class Clauses:
    """The clause number of every unit of a sentence."""

    of: list[int]

    @classmethod
    def cut(cls, sentence: Sequence[Unit], groups: Sequence[PlaceGroup]) -> Clauses:
        """Cut a sentence at commas, colons, dashes, brackets, and conjunctions outside lists of places."""
        inside = {position for group in groups for position in range(group.first, group.last + 1)}
        of: list[int] = []
        clause = 0
        for index, unit in enumerate(sentence):
            if index not in inside and (
                (unit.has("mark", ",", ";", ":", "–", "(", ")") and not _links(sentence, index))
                or unit.kind == "clause"
                or (unit.has("particle", "and") and not _joins_measures(sentence, index))
            ):
                clause += 1
            of.append(clause)
        return cls(of)


def _links(sentence: Sequence[Unit], index: int) -> bool:
    """Tell whether a dash only stands for "were" ("5 – подавлено")."""
    if not 0 < index < len(sentence) - 1 or not sentence[index].has("mark", "–"):
        return False
    return sentence[index - 1].kind in ("number", "drone") and sentence[index + 1].kind == "measure"


def _joins_measures(sentence: Sequence[Unit], index: int) -> bool:
    return (
        0 < index < len(sentence) - 1
        and sentence[index - 1].kind == "measure"
        and sentence[index + 1].kind == "measure"
    )


def fuse_measures(sentence: Sequence[Unit]) -> None:
    """One number said of two measures together is of the measure `neutralised`."""
    for index, unit in enumerate(sentence[:-2]):
        joint, other = sentence[index + 1], sentence[index + 2]
        if unit.kind == other.kind == "measure" and (joint.has("particle", "or", "and") or joint.has("mark", "/")):
            pair = {unit.value, other.value}
            if pair == {"intercepted", "suppressed"} or ("neutralised" in pair and pair <= set(_DRONE_MEASURES[1:4])):
                unit.value = other.value = "neutralised"


def counts(
    sentence: Sequence[Unit], clauses: Clauses, grammar: Grammar, *, drones: bool, casualties: bool
) -> list[Count]:
    """Return what the numbers of a sentence count.

    `drones` tells that the text before speaks of drones (so a number may stand without its noun), `casualties` that
    it speaks of an attack with drones and of no other weapon.
    """
    found: list[Count] = []
    made_or_bought = any(unit.has("other", "supply") for unit in sentence)
    count: Count | str | None
    speaks_of_drones = any(unit.kind == "drone" or unit.has("attack", "drone") for unit in sentence)
    for index, unit in enumerate(sentence):
        if (unit.kind == "number" and unit.number is not None and not unit.role) or unit.kind == "vague":
            count = _count(sentence, index, clauses, grammar, found, drones or speaks_of_drones, casualties)
        elif unit.kind in ("drone", "person") and unit.form in grammar.singular_heads:
            count = _single(sentence, index, clauses, grammar, casualties)
        else:
            continue
        if isinstance(count, Count) and count.measure == "launched" and made_or_bought:
            count = "made, bought or practised with, not launched"
        if isinstance(count, str):
            unit.role = unit.role or count
        elif count is not None:
            unit.role = "claim" if unit.kind != "drone" and unit.kind != "person" else unit.role
            found.append(count)
    return found


def _count(
    sentence: Sequence[Unit],
    index: int,
    clauses: Clauses,
    grammar: Grammar,
    before: Sequence[Count],
    drones: bool,
    casualties: bool,
) -> Count | str | None:
    unit = sentence[index]
    number = int(unit.value) if unit.kind == "vague" else unit.number or 0
    if number > LARGEST:
        return "larger than any count"
    refusal = _refused_by_neighbours(sentence, index, number)
    if refusal:
        return refusal
    head, kind, inner = _head(sentence, index, grammar)
    if kind == "other":
        return f"counts {sentence[head].form}" if head is not None else "counts something else"
    if number == 1 and index + 1 < len(sentence) and sentence[index + 1].has("particle", "of") and not unit.article:
        return "one of several"
    if unit.article and kind == "none" and not _stands_for_noun(sentence, index):
        return "an article"
    whole = _whole_of(sentence, index, before)
    if whole is not None and kind in ("none", "drone", "decoy") and drones:
        low, high, qualifier = _quantity(sentence, index, number)
        return Count(index, low, high, qualifier, head, "launched", whole.measure_at, "number of number", last=index)
    if kind in ("none", "drone") and drones and _opens_with_whole(sentence, index):
        low, high, qualifier = _quantity(sentence, index, number)
        return Count(index, low, high, qualifier, head, "launched", None, "of number", last=head or index)
    part, further, each, rest = _cues(sentence, index, head, clauses)
    low, high, qualifier = _quantity(sentence, index, number)
    count = Count(
        index,
        low,
        high,
        qualifier,
        head,
        "",
        None,
        "",
        part,
        further,
        each,
        rest,
        last=head if head is not None and head > index else index,
    )
    if kind == "casualty" and head is not None:
        if not casualties:
            return "casualties of something else"
        count.measure, count.measure_at, count.rule = sentence[head].value, head, "number+casualties"
        return count
    if kind == "person":
        if not casualties:
            return "people, not of a drone attack"
        if part or (sentence[head or 0].value == "child" and before and before[-1].measure in _CASUALTIES):
            return "part of the people counted"
        at = _nearest(sentence, index, clauses, _CASUALTIES, ahead_first=True)
        if at is None:
            return "people to whom nothing is said to have happened"
        count.measure, count.measure_at, count.rule = sentence[at].value, at, "number+people+verb"
        return count
    if kind in ("drone", "decoy"):
        refusal = _refused_by_clause(sentence, index, clauses)
        if refusal:
            return refusal
        count.weapon = "decoy" if kind == "decoy" else "drone"
        at = inner if inner is not None else _nearest(sentence, index, clauses, _DRONE_MEASURES)
        if at is not None and inner is None:
            at = _behind_relative_clause(sentence, index, at, clauses)
        if at is None or (clauses.of[at] != clauses.of[index] and inner is None):
            attack = _attack(sentence, index, clauses, same=True)
            if attack is not None:
                count.measure, count.measure_at, count.rule = "launched", attack, "attack with number+drones"
                return count
        if at is not None:
            count.measure, count.measure_at, count.rule = _jammed(sentence, at, clauses), at, "number+drones+verb"
            if count.measure == "hit" and unit.article:
                return "an attack, not a count of hits"
            return count
        attack = _attack(sentence, index, clauses, same=False)
        if attack is not None or any(other.kind in ("part", "relative", "weekday") for other in sentence):
            count.measure, count.measure_at, count.rule = "launched", attack, "number+drones"
            return count
        if any(other.kind == "status" and other.value == "record" for other in sentence):
            count.measure, count.rule = "launched", "record of drones"
            return count
        if drones and (_place_beside(sentence, index) or count.part or count.further):
            count.rule = "as before"
            return count
        return "drones to which nothing is said to have happened"
    return _ellipsis(sentence, index, clauses, before, drones, casualties, count)


def _opens_with_whole(sentence: Sequence[Unit], index: int) -> bool:
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
    if position and sentence[position - 1].kind != "mark":
        return False
    number = sentence[index].number or 0
    return any(
        (unit.kind == "number" and unit.number is not None and unit.number <= number and unit.role != "time")
        or unit.has("particle", "half")
        for unit in sentence[index + 1 :]
    )


def _whole_of(sentence: Sequence[Unit], index: int, before: Sequence[Count]) -> Count | None:
    """Return the count of which this number is the whole ("29 of 38", "34/44", "57 … out of 437")."""
    if not before or before[-1].measure in ("launched", *_CASUALTIES) or before[-1].low > (sentence[index].number or 0):
        return None
    gap = sentence[before[-1].index + 1 : index]
    if not gap or len(gap) > 10 or any(unit.has("mark", ".", ";", ":", "(") for unit in gap):
        return None
    closing = [unit for unit in gap[-3:] if not unit.has("particle", "total", "all")]
    if closing and closing[-1].kind == "word" and len(closing) > 1:
        closing.pop()
    last = closing[-1] if closing else gap[-1]
    if last.has("mark", "/") or last.has("particle", "of"):
        return before[-1]
    return None


def _ellipsis(
    sentence: Sequence[Unit],
    index: int,
    clauses: Clauses,
    before: Sequence[Count],
    drones: bool,
    casualties: bool,
    count: Count,
) -> Count | str:
    allowed: tuple[str, ...] = (*(_DRONE_MEASURES if drones else ()), *(_CASUALTIES if casualties else ()))
    at = _nearest(sentence, index, clauses, allowed, same_only=True)
    if at is not None and not _refused_by_clause(sentence, index, clauses):
        count.measure, count.measure_at, count.rule = _jammed(sentence, at, clauses), at, "number+verb"
        return count
    if before and _continues_list(sentence, index, before[-1]):
        last = before[-1]
        count.measure, count.measure_at, count.rule = last.measure, last.measure_at, "list"
        return count
    if drones and (count.part or count.further or _place_beside(sentence, index)):
        at = _nearest(sentence, index, clauses, _DRONE_MEASURES)
        if at is not None:
            count.measure, count.measure_at, count.rule = _jammed(sentence, at, clauses), at, "number+place"
        else:
            count.rule = "as before"  # the reader of the paragraph knows what was counted before
        return count
    return "counts nothing that is named"


def _continues_list(sentence: Sequence[Unit], index: int, last: Count) -> bool:
    """Tell whether the number goes on with the list the last count began ("11 in Kursk, seven in Belgorod")."""
    between = sentence[last.last + 1 : index]
    return _place_beside(sentence, index) and len(between) < 40 and not any(unit.has("mark", ".") for unit in between)


def _place_beside(sentence: Sequence[Unit], index: int) -> bool:
    for unit in sentence[index + 1 : index + 7]:
        if unit.kind == "place":
            return True
        if unit.kind in ("number", "measure") or unit.has("mark", ",", ";", ".", ")"):
            break
    for unit in reversed(sentence[max(0, index - 6) : index]):
        if unit.kind == "place":
            return True
        if unit.kind in ("number", "measure") or unit.has("mark", ",", ";", ".", ")"):
            break
    return False


def _single(
    sentence: Sequence[Unit], index: int, clauses: Clauses, grammar: Grammar, casualties: bool
) -> Count | str | None:
    """A noun in the singular with a verb in the singular and no number says "one"."""
    unit = sentence[index]
    near = sentence[max(0, index - 4) : index]
    if any(
        other.kind in ("number", "vague", "age", "qualifier") or other.has("particle", "part", "no", "each")
        for other in near
    ) and (not any(other.kind == "age" for other in near) or any(other.kind == "number" for other in near)):
        return None
    allowed = _DRONE_MEASURES if unit.kind == "drone" else _CASUALTIES
    if unit.kind == "person" and not casualties:
        return None
    for distance in range(1, 6):
        for position in (index + distance, index - distance):
            if not 0 <= position < len(sentence) or clauses.of[position] != clauses.of[index]:
                continue
            other = sentence[position]
            if other.kind == "number":
                return None
            if other.kind == "measure" and other.value in allowed and other.form in grammar.singular_verbs:
                if other.value == "hit":
                    continue
                if _refused_by_clause(sentence, index, clauses) or sentence[position - 1].has("particle", "no"):
                    return None
                measure = _jammed(sentence, position, clauses)
                return Count(index, 1, 1, "exact", index, measure, position, "one by grammar", last=index)
    return None


def _refused_by_neighbours(sentence: Sequence[Unit], index: int, number: int) -> str | None:
    before = sentence[index - 1] if index else None
    after = sentence[index + 1] if index + 1 < len(sentence) else None
    if after is not None and after.form in ("%", "°", "$", "€", "₽", "-"):
        return "percent or money"
    if before is not None and before.form in ("$", "€", "№", "#", "£"):
        return "money or a running number"
    if (
        before is not None
        and before.has("drone", "RU", "UA")
        and number in _MODELS
        and before.end + 1 >= sentence[index].start
    ):
        return "a model number"
    if (
        1990 <= number <= 2035
        and sentence[index].form[:4].isdigit()
        and not (after is not None and after.kind == "drone")
    ):
        return "a year"
    if after is not None and after.kind == "month":
        return "a date"
    if before is not None and before.kind == "weapon" and before.end + 1 >= sentence[index].start and before.capital:
        return "a model number"
    return None


def _refused_by_clause(sentence: Sequence[Unit], index: int, clauses: Clauses) -> str | None:
    for position, unit in enumerate(sentence):
        if unit.kind != "other":
            continue
        if clauses.of[position] == clauses.of[index]:
            return f"context of {unit.value}: {unit.form}"
    return None


def _head(sentence: Sequence[Unit], index: int, grammar: Grammar) -> tuple[int | None, str, int | None]:
    """Return (index, kind, measure inside) of what a number counts; kind is none for an ellipsis."""
    inner: int | None = None
    for position in range(index + 1, min(index + 9, len(sentence))):
        unit = sentence[position]
        kind = unit.kind
        if unit.has("attack", "drone") and inner is None:
            return position, "drone", None
        if kind == "drone":
            return position, "decoy" if unit.value == "decoy" else "drone", inner
        if kind in ("weapon", "unit", "month") or unit.has("other", "sea", "ground", "frontline"):
            return position, "other", None
        if kind == "head":
            return position, "other", None
        if kind == "person":
            return position, "person", None
        if kind == "measure":
            if unit.value in _CASUALTIES:
                return position, "casualty", None
            if inner is not None or not _inside_noun_phrase(sentence, position):
                break
            inner = position
            continue
        if (
            kind in ("nation", "age", "jamming", "number_sign")
            or unit.has("mark", '"')
            or unit.has("particle", "further", "total", "all")
        ):
            continue
        if kind == "attack" and position + 1 < len(sentence) and sentence[position + 1].kind == "drone":
            continue
        if unit.has("mark", "–") and position + 1 < len(sentence) and sentence[position + 1].kind == "drone":
            continue
        if (
            unit.has("particle", "of")
            and position + 1 < len(sentence)
            and sentence[position + 1].kind in ("drone", "word", "nation")
        ):
            continue
        if kind == "word":
            if unit.form in grammar.stopwords:
                if grammar.capital_nouns and unit.form in ("der", "dieser", "den", "die"):
                    continue
                break
            if unit.form.endswith(grammar.adjective_endings or ("\0",)) and not (
                grammar.capital_nouns and unit.capital
            ):
                continue
            if not grammar.adjective_endings and position < index + 6:
                following = sentence[position + 1 : position + 5]
                if any(other.kind in ("drone", "person") for other in following):
                    continue
            return position, "other", None
        break
    return _head_before(sentence, index, inner)


def _inside_noun_phrase(sentence: Sequence[Unit], position: int) -> bool:
    """Tell whether a participle stands between number and noun ("232 abgewehrte Drohnen")."""
    for unit in sentence[position + 1 : position + 4]:
        if unit.kind == "drone":
            return True
        if unit.kind in ("mark", "number", "preposition"):
            return False
    return False


def _head_before(sentence: Sequence[Unit], index: int, inner: int | None) -> tuple[int | None, str, int | None]:
    """Find the noun before the number ("Drohnen: 45", "дронов было 59")."""
    for position in range(index - 1, max(index - 5, -1), -1):
        unit = sentence[position]
        if unit.kind == "drone":
            linked = any(
                other.has("mark", ":", "–") or other.kind == "word" for other in sentence[position + 1 : index]
            )
            return (position, "drone", inner) if linked else (None, "none", inner)
        if unit.has("mark", ":", "–") or unit.kind in ("word", "qualifier"):
            continue
        break
    return None, "none", inner


def _stands_for_noun(sentence: Sequence[Unit], index: int) -> bool:
    """Tell whether "eine", "one" stands for a drone: before "davon", a verb, a place."""
    after = sentence[index + 1] if index + 1 < len(sentence) else None
    if sentence[index].form in ("a", "an", "ein", "einem", "einer", "eines"):
        return False
    return after is not None and (
        after.has("particle", "part", "further", "each", "of")
        or after.has("preposition", "at")
        or after.kind == "measure"
        or (after.kind == "word" and len(after.form) <= 5)
    )


def _cues(sentence: Sequence[Unit], index: int, head: int | None, clauses: Clauses) -> tuple[bool, bool, bool, bool]:
    part = further = each = rest = False
    last = head if head is not None and head > index else index
    for position in range(max(0, index - 5), min(last + 6, len(sentence))):
        unit = sentence[position]
        if unit.kind != "particle" or (clauses.of[position] != clauses.of[index] and position > index):
            continue
        if any(
            other.kind == "number"
            for other in sentence[min(position, last) + 1 : max(position, index)]
            if other is not sentence[index]
        ):
            continue
        part = part or unit.value == "part"
        further = further or (unit.value == "further" and abs(position - index) <= 3)
        each = each or (unit.value == "each" and (position == index - 1 or position > index))
        rest = rest or (unit.value == "rest" and abs(position - index) <= 2)
    return part, further, each, rest


def _quantity(sentence: Sequence[Unit], index: int, number: int) -> tuple[int, int | None, str]:
    if sentence[index].kind == "vague":
        return number, None, "vague"
    if index + 1 < len(sentence) and sentence[index + 1].has("mark", "+"):
        return number, None, "at_least"
    for unit in reversed(sentence[max(0, index - 3) : index]):
        if unit.kind == "qualifier":
            if unit.value == "at_least":
                return number, None, "at_least"
            if unit.value == "more_than":
                return number + 1, None, "more_than"
            if unit.value == "up_to":
                return 0, number, "up_to"
            return number, number, "about"
        if unit.kind in ("mark", "measure", "drone", "place", "number"):
            break
    return number, number, "exact"


def _nearest(
    sentence: Sequence[Unit],
    index: int,
    clauses: Clauses,
    allowed: Sequence[str],
    *,
    same_only: bool = False,
    ahead_first: bool = False,
) -> int | None:
    """The nearest word of an allowed measure: own clause, then backwards, then ahead (or the other way round)."""
    own = clauses.of[index]
    spots = [position for position, unit in enumerate(sentence) if unit.kind == "measure" and unit.value in allowed]
    same = [position for position in spots if clauses.of[position] == own]
    if same:
        return min(same, key=lambda position: (_crossed(sentence, index, position), abs(position - index)))
    if same_only or not spots:
        jam = [p for p, unit in enumerate(sentence) if unit.kind == "jamming" and clauses.of[p] == own]
        return jam[0] if jam and "suppressed" in allowed else None
    behind = [position for position in spots if position < index]
    ahead = [position for position in spots if position > index]
    first, second = (ahead, behind) if ahead_first else (behind, ahead)
    if first:
        return first[0] if first is ahead else first[-1]
    return second[0] if second is ahead else second[-1]


def _behind_relative_clause(sentence: Sequence[Unit], index: int, at: int, clauses: Clauses) -> int:
    """The main verb behind "…, which attacked, …": a launch told in passing is not what the number counts."""
    own = clauses.of[index]
    if sentence[at].value != "launched" or not own < clauses.of[at] <= own + 2:
        return at
    for position in range(at + 1, len(sentence)):
        unit = sentence[position]
        if unit.kind == "number":
            break
        if unit.has("measure", *_DRONE_MEASURES[1:]) and clauses.of[position] <= clauses.of[at] + 1:
            return position if clauses.of[position] != clauses.of[at] else at
    return at


def _crossed(sentence: Sequence[Unit], index: int, position: int) -> int:
    """How many other numbers stand between a number and a verb."""
    first, last = min(index, position), max(index, position)
    return sum(unit.kind == "number" and unit.role != "time" for unit in sentence[first + 1 : last])


def _attack(sentence: Sequence[Unit], index: int, clauses: Clauses, *, same: bool) -> int | None:
    spots = [position for position, unit in enumerate(sentence) if unit.kind == "attack"]
    if same:
        spots = [position for position in spots if clauses.of[position] == clauses.of[index]]
    return min(spots, key=lambda position: abs(position - index), default=None)


def _jammed(sentence: Sequence[Unit], at: int, clauses: Clauses) -> str:
    """What was shot down "by electronic warfare" was suppressed."""
    value = sentence[at].value
    if value == "hit" and any(
        unit.kind == "defence" and clauses.of[position] == clauses.of[at] for position, unit in enumerate(sentence)
    ):
        return "intercepted"
    if sentence[at].kind == "jamming":
        return "suppressed"
    if value == "intercepted" and any(
        unit.kind == "jamming" and clauses.of[position] == clauses.of[at] for position, unit in enumerate(sentence)
    ):
        return "suppressed"
    return value
