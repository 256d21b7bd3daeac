"""Words that mean one thing or another by what stands beside them: "over 100", "over Kursk", a town named as a word."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from worker.extract.grammar.units import Unit

_UNSETTLED = frozenset(("qualifier", "vague", "particle", "bound", "claimant", "other"))
# What "over", "до" may stand before as a word of how much or until when.
_MEASURED = ("number", "vague", "clock", "part", "weekday", "relative")


# Adjectives between a head word and "of".
_ADJECTIVES = 2
# Bounds that are also prepositions of place, and which.
_BEFORE_PLACES = {"at": "at", "until": "to"}
# What is counted behind "sur" that drones came down on.
_COUNTED_PLACES = ("unit", "word", "head", "place", "person", "number")
# Units from "as many" back to the number it repeats, and to the place it is over; what tells that it only compares.
_SAME, _TO_PLACE = 12, 5
_COMPARING = frozenset(("number", "vague", "drone", "person", "measure", "status", "clause"))
# Letters of an article ("über der Ukraine").
_ARTICLE = 3
# Units of a bracket behind a place that holds its number.
_BRACKET = 5
# Units from a drone to where it was made, articles and "of" among them.
_MADE = 3
# Units from an adjective to the one before it in a list.
_LISTED = 2


def settle(result: list[Unit]) -> None:
    """Decide words that depend on their neighbours: "over 100" and "over Kursk"; places that need support."""
    for index, unit in enumerate(result):
        if unit.place is None and unit.kind not in _UNSETTLED:
            continue
        if unit.kind == "particle":
            if unit.value == "out_of":
                _settle_out_of(result, index)
            elif unit.value == "as_many":
                _settle_as_many(result, index)
            continue
        if unit.kind == "other":
            if unit.value == "supply" and _says_where_made(result, index):
                unit.kind, unit.value = "idle", "plain"
            continue
        if unit.kind == "claimant":
            if unit.value == "RU-military":
                unit.value = "RU-MOD" if _speaks(result, index) else "RU-army"
            elif unit.value == "UA-military":
                if _speaks(result, index) or not _attacks(result, index):
                    unit.value = "UA-AF"
                else:
                    unit.kind, unit.value = "nation", "UA"
            continue
        if unit.kind == "bound":
            if unit.value in _BEFORE_PLACES:
                _settle_bound(result, index)
            continue
        if unit.has("vague", "200") and index and result[index - 1].kind == "qualifier":
            unit.kind, unit.number = "number", 100  # "about a hundred", not "hundreds"
        following = result[index + 1] if index + 1 < len(result) else None
        if unit.kind == "qualifier":
            near = [
                other
                for other in takewhile(_names_no_land, result[index + 1 : index + 4])
                if other.kind in _MEASURED or other.has("particle", "half", "third", "quarter")
            ]
            behind = result[index + 2 : index + 3] if following is not None and _is_article(following) else ()
            named = any(
                other is not None and other.kind in ("place", "nation") and other.capital
                for other in (following, *behind)
            )
            if not near or named or _counts_regions(result, index + 1) or _tells_of(result, index):
                unit.kind, unit.value = "preposition", "at"
        elif unit.kind == "place" and unit.place is not None and unit.place.adjective and _names_street(result, index):
            unit.kind, unit.place = "word", None
        elif unit.place is not None and unit.place.needs_head and unit.kind in ("place", "word"):
            before = result[index - 1] if index else None
            named = following is not None and following.kind == "word" and following.capital  # "Vladimir Smirnov"
            supported = (
                _goes_on_list(result, index)
                or _in_headed_list(result, index)
                or _headed(result, index)
                or any(
                    other is not None
                    and (
                        other.kind == "head"
                        or other.has("unit", "region")
                        or (other.kind == "place" and not named)
                        or other.has("preposition", "at", "to")
                        or (other is before and other.has("particle", "each"))  # "по Днепру"
                        or (other is following and other.has("unit", "district"))  # "и Бобровском районах"
                    )
                    for other in (before, following)
                )
            )
            supported = supported or (not named and (_struck(before) or _opens(result, index)))
            unit.kind = "place" if supported else "word"
            if not supported:
                unit.place = None


def _names_no_land(unit: Unit) -> bool:
    """Tell whether "over" may still stand before an amount: not once a region is named ("over the region at night")."""
    return unit.kind != "head"


def _names_street(result: list[Unit], index: int) -> bool:
    """Tell whether an adjective stands beside a word for a street ("на Харьковской улице", "улица Тульская")."""
    return any(
        unit.has("unit", "street") for unit in (*result[max(0, index - 1) : index], *result[index + 1 : index + 2])
    )


def _speaks(result: list[Unit], index: int) -> bool:
    """Tell whether a word of saying stands right beside a military; else it is the one that attacks."""
    behind = next((unit for unit in result[index + 1 : index + 3] if not _is_article(unit)), None)
    if behind is not None and (behind.kind == "report" or behind.has("preposition", "about", "by")):
        return True
    before = next((unit for unit in reversed(result[max(0, index - 2) : index]) if not _is_article(unit)), None)
    acts = behind is not None and (behind.has("attack", "verb") or behind.has("measure", "launched", "hit"))
    return before is not None and before.kind in ("report", "account") and not acts


def _attacks(result: list[Unit], index: int) -> bool:
    """Tell whether a military stands before a verb of attack, with little between ("украинские военные ударили")."""
    for unit in result[index + 1 : index + 4]:
        if unit.has("attack", "verb") or unit.has("measure", "launched", "hit"):
            return True
        if unit.kind not in ("word", "part", "relative", "month", "number", "weekday"):
            return False
    return False


def _tells_of(result: list[Unit], index: int) -> bool:
    """Tell whether "over" says what reports are about ("Berichte über drei Verletzte", not "nach Angaben über 100")."""
    if not index or not result[index].has("qualifier", "more_than") or not result[index - 1].has("report", "account"):
        return False
    return not any(unit.kind == "preposition" for unit in result[max(0, index - 3) : index - 1])


def _is_article(unit: Unit) -> bool:
    return unit.kind == "word" and len(unit.form) <= _ARTICLE


def _headed(result: list[Unit], index: int) -> bool:
    """Tell whether "of" joins a name to its head word or a place ("región de Vladímir", "Toula et de Kirov")."""
    position = index - 1
    if position < 1 or not result[position].has("particle", "of"):
        return False
    position -= 1
    if result[position].has("mark", ",") or result[position].has("particle", "and"):
        return position > 0 and result[position - 1].kind == "place"
    for _ in range(_ADJECTIVES):
        if position and (result[position].kind == "word" or result[position].value.endswith("-adjective")):
            position -= 1
    return result[position].kind == "head" or result[position].has("unit", "region")


def _counts_regions(result: list[Unit], index: int) -> bool:
    """Tell whether a number counts regions: "over" before it is a preposition ("over five Russian regions")."""
    if index >= len(result) or result[index].kind != "number":
        return False
    for unit in result[index + 1 : index + 3]:
        if unit.kind not in ("word", "nation"):
            return unit.has("unit", "region")
    return False


def _settle_as_many(result: list[Unit], index: int) -> None:
    """Read "as many" before a place as the number before it, for each of the places ("four over A, as many over B")."""
    before = next((unit for unit in reversed(result[max(0, index - _SAME) : index]) if unit.number is not None), None)
    behind = list(takewhile(lambda unit: unit.kind not in _COMPARING, result[index + 1 : index + 1 + _TO_PLACE]))
    over = bool(behind) and (behind[0].kind in ("preposition", "qualifier") or behind[0].has("mark", "–"))
    if not over:
        return  # "as many as the day before over A"
    if before is not None and before.kind == "number" and any(unit.kind in ("place", "head") for unit in behind):
        unit = result[index]
        unit.kind, unit.value, unit.number = "number", "each", before.number


def _settle_out_of(result: list[Unit], index: int) -> None:
    """Read "sur" as "of" before a total ("41 sur 52", "sur 52 drones"), as "on" before what else is counted."""
    unit, ahead = result[index], result[index + 1 : index + 3]
    total = bool(ahead) and ahead[0].kind == "number" and (len(ahead) == 1 or ahead[1].kind not in _COUNTED_PLACES)
    unit.kind, unit.value = ("particle", "of") if total else ("preposition", "at")


def _settle_bound(result: list[Unit], index: int) -> None:
    """Read a word for both hours and places ("à 20 heures", "към 9 ч.") as a preposition before places."""
    unit, following = result[index], result[index + 1] if index + 1 < len(result) else None
    if following is not None and following.kind in ("place", "head", "nation"):
        unit.kind, unit.value = "preposition", _BEFORE_PLACES[unit.value]


def _opens(result: list[Unit], index: int) -> bool:
    """Tell whether a name opens a sentence as its label or stands alone as a heading ("Суми: …", "Броди.")."""
    following = result[index + 1] if index + 1 < len(result) else None
    return (
        following is not None
        and following.has("mark", ":", ".")
        and all(unit.kind == "mark" for unit in result[:index])
    )


def _struck(before: Unit | None) -> bool:
    """Tell whether the unit before a name says that it was struck ("по Сумах", "атакували Суми")."""
    return before is not None and (
        before.has("particle", "each") or before.has("measure", "launched", "hit") or before.has("attack", "verb")
    )


def _in_headed_list(result: list[Unit], index: int) -> bool:
    """Tell whether a name stands in a list of places that regions head ("in den Regionen Kursk, Orel und Tula")."""
    joint = result[index - 1] if index else None
    if joint is None or not (joint.has("mark", ",") or joint.has("particle", "and")):
        return False
    position = index - 1
    while position > 0 and (result[position].kind == "place" or result[position] is joint or _lists(result[position])):
        position -= 1
    return position < index - 2 and result[position].has("unit", "region")


def _lists(unit: Unit) -> bool:
    return unit.has("mark", ",") or unit.has("particle", "and")


def _goes_on_list(result: list[Unit], index: int) -> bool:
    """Tell whether an adjective stands in a list of adjectives of places ("obwodami kurskim, briańskim i tulskim")."""
    place = result[index].place
    if place is None or not place.small or index < _LISTED:
        return False
    joint, before = result[index - 1], index - 2
    if not (joint.has("mark", ",") or joint.has("particle", "and")):
        return False
    if result[before].has("mark", ")"):  # "kurskim (41), rostowskim (12)"
        before = next(
            (p - 1 for p in range(before, max(0, before - _BRACKET), -1) if result[p].has("mark", "(")), before
        )
    elif before > 1 and result[before].kind == "number" and result[before - 1].has("mark", "–"):
        before -= 2  # "kurskim – 41, rostowskim – 12"
    return result[before].kind == "place"


def _says_where_made(result: list[Unit], index: int) -> bool:
    """Tell whether a word for making only says of drones where they were made ("drones de fabrication iranienne").

    It stands beside the country, right behind the drones; the verb of a factory has its own place in the sentence.
    """
    behind = result[index + 1 : index + 3]
    in_it = len(behind) > 1 and behind[0].kind == "preposition" and behind[1].kind == "nation"  # "made in Iran"
    first = index - 1 if index and result[index - 1].kind == "nation" else index
    if first == index and not in_it and not (behind and behind[0].kind == "nation"):
        return False
    between = result[max(0, first - _MADE) : first]
    while between and (between[-1].has("particle", "of") or between[-1].kind == "preposition"):
        between.pop()
    return bool(between) and between[-1].kind == "drone"
