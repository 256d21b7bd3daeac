"""Where a sentence speaks of "the region", "the city" without its name."""

from __future__ import annotations

from collections.abc import Sequence

from worker.extract.grammar.units import Unit, Units
from worker.extract.numbers.counted import Count
from worker.extract.sentence import SentenceReading
from worker.extract.where.places import of_many_names

_ARTICLE = 4  # units from a preposition to "the region", "the city"
# Units that open a sentence: "in the city itself, officials said" frames all of it.
_FRAME = 4
OTHER_SEA = "a sea that is no region"
_COAST = 3  # units from a preposition behind a sea to a place
_SEA = 5  # units from a number to the sea over which it was
# Units from "the region" to the verb by which it is attacked.
_STRUCK = 4


def bare_head(reading: SentenceReading, count: Count) -> int | None:
    """Where "over the region", "in the city" without a name stands in the clause of a number."""
    units = reading.units
    for head in units.positions("unit"):
        alone = head > 0 and units[head].value == "region" and units[head - 1].kind in ("part", "mark", "relative")
        if alone and reading.clauses.of[head] == reading.clauses.of[count.index] and _is_struck(units, head):
            return head  # "за ночь регион атаковали 16 дронов"
    for head in units.positions("head"):
        if units[head].value not in ("region", "city") and not of_many_names(units, head):
            continue
        apart = reading.clauses.of[head] - reading.clauses.of[count.index]
        if apart in (0, 1) and _is_struck(units, head):
            return head
        if apart and head >= _FRAME:
            continue
        around = units[max(0, head - 2) : head + 3]
        before = units[max(0, head - _ARTICLE) : head]
        named = any(unit.kind == "place" for unit in around) and not of_many_names(units, head)
        named = named or any(group.first <= head <= group.last for group in reading.groups)
        if named or not before or _opens_name(units, head):
            continue
        if head + 1 < len(units) and (
            units[head + 1].value.endswith("-adjective") or units[head + 1].has("nation", "RU", "UA")
        ):
            continue  # "sobre territorio ruso", "in parts of Russia": the whole country
        pointed = any(unit.has("relative", "this") for unit in before)  # "in this Russian region"
        skipped = ("word", "place", "nation", "relative") if pointed else ("word", "place")
        owned = before[-1].kind in ("unit", "head")  # "attacked communities of the region"
        described = before[:-1] if owned else before
        leading = next(
            (unit for unit in reversed(described) if unit.kind not in skipped and not unit.has("particle", "only")),
            None,
        )
        along = before[-1].has("particle", "each")  # "выпустили по городу шесть дронов"
        if leading is not None and (leading.has("preposition", "at", "to") or along or (owned and _strikes(leading))):
            return head
        told = units[head + 1] if head + 1 < len(units) else None
        source = leading is not None and (leading.has("particle", "of") or leading.has("preposition", "from"))
        if source and told is not None and told.kind == "report":
            return head  # "from the region they report two injured"
    return None


def other_sea(units: Units, index: int) -> bool:
    """Tell whether a number is over a sea that is no region of the war ("eight over the Caspian Sea")."""
    named = False
    over = False
    for position, unit in enumerate(units[index + 1 : index + 2 + _SEA], index + 1):
        if not over:
            if unit.has("preposition", "at"):
                over = True
            elif unit.kind != "drone" and not unit.has("mark", "–"):
                return False
        elif unit.has("head", "sea"):
            return named and not _off_coast(units[position + 1 : position + 2 + _COAST])
        elif unit.kind != "word":
            return False
        else:
            named |= unit.capital
    return False


def _off_coast(behind: Sequence[Unit]) -> bool:
    """Tell whether a region is named right behind a sea, which only says where off it ("at the coast of Dagestan")."""
    place = next((p for p, unit in enumerate(behind) if unit.place is not None), None)
    if place is None or behind[0].kind != "preposition":
        return False
    return all(unit.kind in ("preposition", "word", "particle", "head") for unit in behind[:place])


def another_region(units: Units) -> bool:
    """Tell whether "one more region" is spoken of: it is not the one named before."""
    return any(
        head > 1
        and units[head].value == "region"
        and units[head - 1].kind == "number"
        and units[head - 2].has("particle", "further")
        for head in units.positions("head")
    )


def _opens_name(units: Units, head: int) -> bool:
    """Tell whether a head of several words has what it heads behind it ("in this part of the front")."""
    return " " in units[head].form and any(unit.kind == "word" for unit in units[head + 1 : head + 2])


def _is_struck(units: Units, head: int) -> bool:
    """Tell whether "the region" is what is attacked ("the region was attacked", "eight drones attacked the city")."""
    around = units[max(0, head - 2) : head + 2]
    if any(unit.kind in ("place", "number", "vague") or unit.has("particle", "each") for unit in around):
        return False
    verb = units[head + 1] if head + 1 < len(units) else None
    source = any(unit.kind in ("preposition", "bound") for unit in units[max(0, head - 2) : head])
    if verb is not None and verb.has("measure", "launched") and not source:
        return True  # "область атакували 16 «шахедів»"
    behind = next((unit for unit in units[head + 1 : head + _STRUCK] if unit.kind not in ("word", "particle")), None)
    before = next((unit for unit in reversed(units[max(0, head - 2) : head]) if unit.kind != "word"), None)
    return any(unit is not None and unit.has("attack", "verb") for unit in (behind, before))


def _strikes(unit: Unit) -> bool:
    """Tell whether what stands behind a unit is struck ("по селах області", "атакували громади області")."""
    return unit.has("particle", "each") or unit.has("measure", "launched") or unit.has("attack", "verb")
