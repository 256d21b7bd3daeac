"""Which places belong to which number."""

from __future__ import annotations

from collections.abc import Sequence

from worker.extract.grammar.ellipses import stands_apart
from worker.extract.grammar.units import Unit, Units
from worker.extract.grammar.verbs import CASUALTIES
from worker.extract.numbers.counted import Count
from worker.extract.sentence import SentenceReading
from worker.extract.where.colons import OF_TIME, dates_line, explained, heads_line, names_places, told_behind
from worker.extract.where.countries import spots_of_country
from worker.extract.where.flights import flew_there, in_relative, is_claimed
from worker.extract.where.places import PlaceGroup

# Units of a bracket and a preposition.
_LONGEST_OPENING = 2
# Plain words between the place that labels a line and the number.
_LABEL = 2
# Units back to the bracket around a place, and groups of places that it may hold.
_BRACKET = 12
_LABELS = 6
# Units from "among others" to the place it is said of.
_AMONG = 3
_JOINING = frozenset(("particle",))
# Units from a number to the country it is said of.
_COUNTRY = 14
# Units from a country to the names of its regions behind a sign.
_SIGN = 5


def attached(reading: SentenceReading, count: Count, taken: set[tuple[int, int]]) -> PlaceGroup | None:
    """The group of places that belongs to a number: behind a dash or bracket before it, behind it, or leading."""
    sentence = reading.units
    targets = reading.targets
    if _over_unnamed(sentence, count.index):
        return None
    before = _before(sentence, targets, count.index)
    if _of_country(reading, count):
        return None
    if before is not None:
        gap = _behind_label(sentence, before, count.index)
        behind = sentence[count.index + 1] if count.index + 1 < len(sentence) else None
        if not gap and (behind is None or behind.has("mark", "/", ",", ";", ")")) and count.head is None:
            return before  # "Belgorod 14 / Kursk 9"
        signs = [unit for unit in gap if unit.has("mark", "–", ":", "(", "-")]
        if (
            len(gap) <= 6
            and signs
            and not (count.part and _told_inside(gap, behind) and _goes_on_to_place(reading, count))
            and not any(unit.kind == "number" or unit.has("mark", ",", ";", ")") for unit in gap)
            and not any(unit.kind in ("claimant", "report") for unit in gap)  # somebody counts, not the place
            and (gap[0].has("mark", "–", ":", "-") or not any(unit.kind == "measure" for unit in gap))
            and sum(unit.kind == "word" for unit in gap) <= _LABEL
        ):
            return before
    for group in targets:
        if group.first <= count.index:
            continue
        gap = _without_insertion(sentence[count.index + 1 : group.first])
        if stands_apart(sentence, count.index):
            gap = gap[1:]
        if _has_its_own(sentence, group) or (before is not None and _opens_next(reading, count, before, group)):
            break
        if any(unit.has("mark", ":") for unit in gap) and told_behind(sentence, group):
            break  # "27 drones: over Kursk 6 were downed, …"
        listed = _names_only(gap)
        blocked = any(
            (unit.kind in ("number", "vague") and unit.role in ("claim", ""))
            or unit.has("mark", ";")
            or (unit.has("mark", ",") and position < listed)
            or (unit.has("mark", "(") and not _in_brackets(sentence, group, gap))
            or (unit.has("mark", ":") and not names_places(gap, position))
            or unit.kind == "clause"
            or unit.has("particle", "no")
            or (unit.has("particle", "part") and position > 1 and not _closed(gap, position))
            or (count.measure == "launched" and _sent_with(gap, position))
            for position, unit in enumerate(gap)
        )
        if in_relative(sentence, count, group):
            return group
        if (not blocked or flew_there(gap) or _all_of_them(gap)) and len(gap) <= 18:
            return group
        break
    if before is not None and _of_others_gone(reading, count, before):
        return None
    if before is not None and not (count.further and (reading.number, before.first) in taken):
        gap = _behind_label(sentence, before, count.index)
        other = any(unit.kind in ("number", "vague") and unit.role == "claim" for unit in gap)
        if (
            not other
            and (
                not any(unit.has("mark", ";", ":") for unit in gap)
                or dates_line(before, gap)
                or heads_line(sentence, before, gap)
                or explained(reading, before, count.index)
            )
            and (
                before.located
                or _where(gap)
                or before.first == 0
                or heads_line(sentence, before, gap)
                or count.each
                or reading.clauses.of[before.last] == reading.clauses.of[count.index]
                or (len(gap) < count.index - before.last - 1 and not any(unit.kind == "mark" for unit in gap))
            )
        ):
            return before
    return None


def _before(sentence: Units, targets: Sequence[PlaceGroup], index: int) -> PlaceGroup | None:
    """The last places before a number, or the one whose towns a bracket lists ("Rostov (Azov, Salsk): 4")."""
    position = next((p for p in range(len(targets) - 1, -1, -1) if targets[p].last < index), None)
    if position is None:
        return None
    last = targets[position]
    near = range(last.first - 1, max(last.first - _BRACKET, -1), -1)
    opening = next((p for p in near if sentence[p].has("mark", "(", ")")), None)
    if opening is None or not sentence[opening].has("mark", "("):
        return last
    closed = any(unit.has("mark", ")") for unit in sentence[last.last + 1 : index])
    label = next((group for group in targets[max(0, position - _LABELS) : position] if group.last == opening - 1), None)
    return label if closed and label is not None and label.codes == last.codes else last


def _behind_label(sentence: Units, place: PlaceGroup, index: int) -> Sequence[Unit]:
    """What stands between a place and a number, without a bracket right behind the place ("Rostov (Azov): 4")."""
    gap = sentence[place.last + 1 : index]
    if not gap or not gap[0].has("mark", "("):
        return gap
    closing = next((position for position, unit in enumerate(gap) if unit.has("mark", ")")), None)
    inside = gap[1:closing]
    if closing is None or not inside or any(unit.kind in ("number", "vague") for unit in inside):
        return gap
    return gap[closing + 1 :]


def _of_country(reading: SentenceReading, count: Count) -> bool:
    """Tell whether the clause of a number says that it is the whole country's ("shot down 55 drones across Russia")."""
    of, units = reading.clauses.of, reading.units
    first, last = max(0, count.index - _COUNTRY), count.index + _COUNTRY
    for spot in spots_of_country(units, range(first, min(last, len(units)))):
        between = units[min(spot, count.index) + 1 : max(spot, count.index)]
        if (spot < count.index and _is_taken(reading, count, spot)) or _listed_behind(units, spot):
            continue
        if of[spot] == of[count.index] and not any(is_claimed(unit) or unit.kind == "place" for unit in between):
            return True
    return False


def _listed_behind(sentence: Units, spot: int) -> bool:
    """Tell whether the regions of a country are named behind a sign ("over four regions of Russia – A, B, C and D")."""
    behind = sentence[spot + 1 : spot + _SIGN]
    sign = next((position for position, unit in enumerate(behind) if unit.has("mark", "–", ":", "(")), None)
    return sign is not None and any(unit.kind == "place" for unit in behind[sign + 1 :])


def _is_taken(reading: SentenceReading, count: Count, spot: int) -> bool:
    """Tell whether a country named before a number is that of another one, or a place follows ("of 119 over …, 17")."""
    of = reading.clauses.of
    return any(other.index < spot and of[other.index] == of[spot] for other in reading.counts) or any(
        group.first > count.index and group.located and of[group.first] == of[count.index] for group in reading.targets
    )


def _told_inside(gap: Sequence[Unit], behind: Unit | None) -> bool:
    """Tell whether "of them" stands between a place and a number, or right behind it, not before the place."""
    return any(unit.has("particle", "part", "of") for unit in (*gap, *((behind,) if behind is not None else ())))


def _goes_on_to_place(reading: SentenceReading, count: Count) -> bool:
    """Tell whether the clause of a part leads to a place of its own ("over B (two of them were heading for M)")."""
    own = reading.clauses.of[count.index]
    return any(
        group.first > count.index and group.located and reading.clauses.of[group.first] == own
        for group in reading.targets
    )


def _opens_next(reading: SentenceReading, count: Count, before: PlaceGroup, behind: PlaceGroup) -> bool:
    """Tell whether "and" before a place goes on with the next pair of a list ("over A 30, over B 12 and over C 7")."""
    sentence = reading.units
    joint = any(unit.has("particle", "and") for unit in sentence[count.index + 1 : behind.first])
    if not joint or reading.clauses.of[behind.first] == reading.clauses.of[count.index]:
        return False
    return not any(is_claimed(unit) for unit in sentence[before.last + 1 : count.index]) and any(
        is_claimed(unit) for unit in sentence[behind.last + 1 :]
    )


def _has_its_own(sentence: Sequence[Unit], group: PlaceGroup) -> bool:
    """Tell whether a sign behind a place gives it a number of its own ("49 over Kursk (30), Belgorod (12) …")."""
    behind = sentence[group.last + 1 : group.last + 3]
    one_of_them = any(unit.has("particle", "part", "of") for unit in sentence[group.last + 3 : group.last + 5])
    if one_of_them and behind[0].has("mark", "("):
        return False  # "two over Moscow (one of them was flying to the city)"
    if (
        len(behind) == 2
        and behind[0].kind == "number"
        and (behind[1].has("mark", ",", ".", ";") or behind[1].has("particle", "and"))
    ):
        return True  # "75 were downed: over Kursk 14, over Bryansk 25 and over Belgorod 36"
    return len(behind) == 2 and behind[0].has("mark", "(", ":", "–") and behind[1].kind in ("number", "vague")


def _in_brackets(sentence: Sequence[Unit], group: PlaceGroup, gap: Sequence[Unit]) -> bool:
    """Tell whether a bracket right behind the number holds nothing but the place ("22 (Kursk region)")."""
    behind = sentence[group.last + 1] if group.last + 1 < len(sentence) else None
    return len(gap) <= _LONGEST_OPENING and behind is not None and behind.has("mark", ")")


def _names_only(gap: Sequence[Unit]) -> int:
    """Where a list of names that nobody knows opens, behind a verb, that leads to a place ("struck A, B and Kyiv")."""
    opening = len(gap)
    while opening and (_is_name(gap[opening - 1]) or gap[opening - 1].has("mark", ",")):
        opening -= 1
    after_verb = 0 < opening < len(gap) and (gap[opening - 1].kind in ("measure", "attack"))
    return opening if after_verb and _is_name(gap[opening]) else len(gap)


def _is_name(unit: Unit) -> bool:
    return unit.kind == "word" and unit.capital


def _sent_with(gap: Sequence[Unit], position: int) -> bool:
    """Tell whether a number of other weapons was sent too: the place behind it may be theirs alone."""
    return gap[position].kind == "weapon" and any(
        other.kind == "number" for other in gap[max(0, position - 3) : position]
    )


def _over_unnamed(sentence: Units, index: int) -> bool:
    """Tell whether a number is said to be spread over so many regions that are not named ("over 13 regions and …")."""
    for position in range(index + 2, min(index + 12, len(sentence))):
        unit = sentence[position]
        if unit.kind in ("place", "mark", "clause") or (unit.kind == "number" and unit.role == "claim"):
            return False
        if unit.has("particle", "others") and position <= index + 3:
            return sentence[position - 1].kind == "number"
        if unit.has("unit", "region"):
            counted = any(other.kind == "number" for other in sentence[max(index + 1, position - 2) : position])
            return counted and not _listed_behind(sentence, position)
    return False


def _closed(gap: Sequence[Unit], part: int) -> bool:
    """Tell whether a part named by the way ends before the place ("12 drones, including decoys, over Kursk")."""
    return any(unit.has("mark", ",") for unit in gap[part:])


def _all_of_them(gap: Sequence[Unit]) -> bool:
    """Tell whether a remark says where all of them were ("12 drones were shot down, all of them over Belgorod")."""
    comma = next((position for position, unit in enumerate(gap) if unit.has("mark", ",")), None)
    return (
        comma is not None
        and comma + 1 < len(gap)
        and gap[comma + 1].has("particle", "all", "both", "this")
        and not any(unit.kind in ("number", "vague", "mark", "clause") for unit in (*gap[:comma], *gap[comma + 1 :]))
    )


def _where(gap: Sequence[Unit]) -> bool:
    """Tell whether a clause goes on right behind a place ("the main target was Lviv region, where 18 came")."""
    return len(gap) > 1 and gap[0].has("mark", ",") and gap[1].kind == "clause"


def cut_off(reading: SentenceReading, count: Count, before: Count | None) -> bool:
    """Tell whether a list of numbers with their places behind them, at the end of a text, lacks the last place."""
    units = reading.units
    if units[-1].kind == "mark" or reading.counts[-1:] != [count]:
        return False
    if not any(unit.has("preposition", "at") or unit.has("mark", "–") for unit in units[count.index :]):
        return False
    first = before.index if before is not None else 0
    placed = any(first < group.first < count.index for group in reading.targets)
    return placed and not any(group.first > count.index for group in reading.targets)


def attacked(reading: SentenceReading, codes: tuple[str, ...]) -> bool:
    """Tell whether a sentence says that a place was attacked ("during the attack on Sumy, 22 of the 36 …")."""
    return any(
        group.codes == codes and group.first > 0 and reading.units[group.first - 1].has("preposition", "to")
        for group in reading.targets
    )


def _of_others_gone(reading: SentenceReading, count: Count, place: PlaceGroup) -> bool:
    """Tell whether a place of another clause is where others flew on to ("two turned to Belarus, 31 were lost")."""
    of, units = reading.clauses.of, reading.units
    gone = of[place.last]
    return gone != of[count.index] and any(
        units[position].value == "away" and of[position] == gone for position in units.positions("other")
    )


def and_others(sentence: Units, group: PlaceGroup) -> bool:
    """Tell whether regions that are not named go with the named ones ("on Kyiv and other parts of the country")."""
    if sentence.lack(_JOINING):
        return False
    for position in range(max(1, group.first - _AMONG), group.first):
        some, previous = sentence[position], sentence[position - 1]
        apart = some.has("particle", "part") and previous.kind in ("mark", "drone", "measure", "word")
        if (apart or some.has("particle", "among")) and not any(
            unit.kind in ("number", "vague", "measure") for unit in sentence[position : group.first]
        ):
            return not _counted_behind(sentence, group)
    behind = sentence[group.last + 1 : group.last + 5]
    if not behind or not behind[0].has("particle", "and"):
        return False
    other = next((p for p, unit in enumerate(behind) if unit.has("particle", "further", "others")), None)
    return other is not None and any(unit.has("unit", "region") for unit in behind[other + 1 :])


def _counted_behind(sentence: Units, group: PlaceGroup) -> bool:
    """Tell whether a place has its number right behind it ("including over Kursk (33), Bryansk (13) and …")."""
    behind = sentence[group.last + 1 : group.last + 3]
    if behind and behind[0].has("mark", "(", ":", "–"):
        behind = behind[1:]
    return bool(behind) and behind[0].kind == "number"


def _without_insertion(gap: Sequence[Unit]) -> list[Unit]:
    """Leave out what stands between two commas: who says so ("…, the ministry said, over …"), or the date."""
    commas = [position for position, unit in enumerate(gap) if unit.has("mark", ",")]
    if len(commas) == 2:
        inside = gap[commas[0] + 1 : commas[1]]
        named = any(unit.kind in ("claimant", "report") for unit in inside)
        among = inside and inside[0].has("particle", "part") and not any(u.kind in ("place", "measure") for u in inside)
        if named or among or _is_time(inside) or (inside and inside[0].has("preposition", "by") and not _tells(inside)):
            return [*gap[: commas[0]], *gap[commas[1] + 1 :]]
    return _without_bracket(gap)


def _without_bracket(gap: Sequence[Unit]) -> list[Unit]:
    """Leave out a closed bracket that counts and places nothing ("at 1.45 (0.45 in Berlin) over Kursk")."""
    opening = next((position for position, unit in enumerate(gap) if unit.has("mark", "(")), None)
    closing = next((position for position, unit in enumerate(gap) if unit.has("mark", ")")), None)
    if opening is None or closing is None or closing < opening:
        return list(gap)
    inside = gap[opening + 1 : closing]
    if any(is_claimed(unit) or unit.kind == "place" for unit in inside):
        return list(gap)
    return [*gap[:opening], *gap[closing + 1 :]]


def _tells(inside: Sequence[Unit]) -> bool:
    """Tell whether an insertion says what happened, so that it is more than who says so ("according to …")."""
    return any(unit.kind in ("measure", "drone", "number", "place") for unit in inside)


def _is_time(inside: Sequence[Unit]) -> bool:
    return bool(inside) and all(unit.kind in OF_TIME or unit.role == "time" for unit in inside)


def sums_up(reading: SentenceReading, count: Count, place: PlaceGroup) -> bool:
    """Tell whether a number adds up those of the sentence before it ("five over A and one over B, that is six")."""
    of = reading.clauses.of
    if of[place.last] == of[count.index] or reading.units[count.index - 1].has("mark", "–", ":", "("):
        return False  # "A – 2, B – 1, C – 3", "over A 2, over B 1"
    before = [other for other in reading.counts if other.index < count.index and other.measure == count.measure]
    return len(before) > 1 and count.low == sum(other.low for other in before) and count.qualifier == "exact"


def struck_there(reading: SentenceReading, count: Count, place: PlaceGroup) -> bool:
    """Tell whether the next clause, without a comma, says where it was ("five were hurt when a drone hit X")."""
    of, units = reading.clauses.of, reading.units
    if count.measure not in CASUALTIES or not place.located or of[place.first] != of[count.index] + 1:
        return False
    opens = next(position for position in range(count.index, place.first) if of[position] == of[place.first])
    return units[opens].kind == "clause" and units[opens - 1].kind != "mark"


def tells_more(reading: SentenceReading) -> bool:
    """Tell whether a sentence does more than name its source ("This was reported by the commander.")."""
    units = reading.units
    return bool(reading.counts or reading.targets or units.any("measure")) or not units.any("report")


def is_offshore(group: PlaceGroup, count: Count) -> bool:
    """Tell whether a place behind a number is a sea, which may only say where off a coast it was."""
    return group.first > count.index and all(code.startswith("SEA-") for code in group.codes)


def is_land_before(reading: SentenceReading, group: PlaceGroup, count: Count) -> bool:
    """Tell whether a place leads the clause of a number, with no other number between."""
    return (
        group.last < count.index
        and group.located
        and reading.clauses.of[group.last] == reading.clauses.of[count.index]
        and not any(group.last < other.index < count.index for other in reading.counts)
    )
