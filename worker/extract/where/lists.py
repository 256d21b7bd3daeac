"""How lists of places go on: what may stand between two names of one list."""

from __future__ import annotations

from worker.extract.grammar.units import Unit, Units
from worker.gazetteer import country_of

_ARTICLE = 3  # characters of an article before a name
_REACH = 9  # units from one place of a list to the next
_FILLERS = 3  # short unknown words (articles) that may stand inside a list of places
_NUMBERED = 6  # units between a list of places and a number
_LONGEST_BORDER = 5  # units between commas that name a neighbour
# What becomes of drones over a sea, too.
_OVER_SEAS = ("launched", "intercepted", "suppressed", "neutralised")
_LONGEST_GLOSS = 4  # units between brackets that describe a place


def is_head(unit: Unit) -> bool:
    """Tell whether a word says what kind of place a name is ("region", "regions", "city")."""
    return unit.kind == "head" or unit.has("unit", "region")


def is_district(unit: Unit) -> bool:
    """Tell whether a word is for one district or several."""
    return unit.has("head", "district") or unit.has("unit", "district")


def ends_in_districts(sentence: Units, start: int) -> bool:
    """Tell whether a list of names goes on to "districts" ("в Кировском, Знаменском и Орловском районах")."""
    for unit in sentence[start : start + _REACH]:
        if is_district(unit):
            return True
        named = unit.kind in ("word", "place") and unit.capital
        if not (named or unit.has("particle", "and") or unit.has("mark", ",")):
            return False
    return False


def opened_by_of(sentence: Units, place: int) -> bool:
    """Tell whether "of", alone or in "au-dessus de", stands before a place, behind it at most an article."""
    opening = place - 1
    if opening > 0 and sentence[opening].kind == "word" and len(sentence[opening].form) <= _ARTICLE:
        opening -= 1
    unit = sentence[opening] if opening >= 0 else None
    return unit is not None and (unit.has("particle", "of") or (unit.has("preposition", "at") and " " in unit.form))


def next_place(sentence: Units, start: int, *, opened: bool) -> int | None:
    """The index of a place that continues the list ending before `start`.

    `opened` tells that "of" opened the list: it may be said again before each place ("régions de Toula et d'Orel").
    """
    joined = False
    start = _behind_border(sentence, _behind_gloss(sentence, start))
    for position in range(start, min(start + _REACH, len(sentence))):
        unit = sentence[position]
        if unit.kind == "place":
            if on_coast(sentence, start - 1, position):
                return None
            return position if joined or (position == start and not _speaks_or_acts(sentence, start)) else None
        if unit.has("mark", ",", "/") or unit.has("particle", "and"):
            joined = True
        elif (
            is_head(unit)
            or unit.has("mark", '"')
            or (unit.kind == "word" and len(unit.form) <= _FILLERS)
            or (joined and unit.has("particle", "of") and (opened or is_head(sentence[position - 1])))
        ):
            continue
        elif joined and (unit.has("preposition", "at") or unit.has("particle", "only") or unit.kind == "word"):
            headed = unit.has("preposition", "at") and sentence[position - 1].has("particle", "and")
            ahead = sentence[position : position + (5 if headed else 4)]  # "et dans la république de Mari El"
            if position + 3 < len(sentence) and not any(other.kind == "place" for other in ahead):
                return None
        else:
            return None
    return None


def own_members(sentence: Units, members: list[int]) -> list[int]:
    """Return those places of a list that belong to the number before it ("35 over A, over B and C three each").

    That holds where a comma and the preposition said again open a part of the list with a number behind it.
    """
    opening = members[0]
    if len(members) == 1 or not _number_beside(sentence, range(opening - 1, max(opening - _NUMBERED, -1), -1)):
        return members
    end = members[-1] + 1
    if not _number_beside(sentence, range(end, min(end + _NUMBERED, len(sentence)))):
        return members
    for position in range(1, len(members)):
        gap = sentence[members[position - 1] + 1 : members[position]]
        comma = next((at for at, unit in enumerate(gap) if unit.has("mark", ",")), None)
        if comma is not None and any(unit.has("preposition", "at") for unit in gap[comma + 1 :]):
            return members[:position]
    return members


def on_coast(sentence: Units, last: int, sea: int) -> bool:
    """Tell whether a sea between commas only says where the place ending at `last` lies ("Odesa, on the Black Sea, …").

    Not where drones were shot down: that may be over the sea as well.
    """
    gap, behind = sentence[last + 1 : sea], sentence[sea + 1 : sea + 3]
    if len(gap) < 2 or not gap[0].has("mark", ",") or gap[1].kind != "preposition" or not _is_sea(sentence[sea]):
        return False
    closes = not behind or behind[0].has("mark", ",", ".", ")")
    goes_on = any(unit.has("particle", "and") for unit in behind)
    articles = all(unit.kind == "word" and len(unit.form) <= _ARTICLE for unit in gap[2:])
    told = sentence.any("measure", *_OVER_SEAS) or _is_sea(sentence[last])
    return closes and articles and not goes_on and not told


def _is_sea(unit: Unit) -> bool:
    return unit.place is not None and all(code.startswith("SEA-") for code in (*unit.place.alone, *unit.place.region))


def _number_beside(sentence: Units, positions: range) -> bool:
    """Tell whether a number stands at `positions`, with nothing before it but signs, verbs and what is counted."""
    for position in positions:
        unit = sentence[position]
        if unit.kind in ("number", "vague") and unit.role != "time":
            return True
        sign = unit.has("mark", "–", "-", ":", '"') or unit.has("particle", "each") or unit.has("preposition", "at")
        if not (sign or is_head(unit) or unit.kind in ("drone", "measure", "nation")):
            return False
    return False


def _speaks_or_acts(sentence: Units, start: int) -> bool:
    """Tell whether a capital right before another name is who speaks or attacks ("laut Kiew Cherson")."""
    before = sentence[start - 1].place if start else None
    return before is not None and before.government


def _behind_border(sentence: Units, start: int) -> int:
    """Where a list goes on behind what only tells whose neighbour its last place is ("A, bordering Ukraine, and B")."""
    if start >= len(sentence) or not sentence[start].has("mark", ","):
        return start
    for position in range(start + 1, min(start + _LONGEST_BORDER + 2, len(sentence) - 1)):
        unit = sentence[position]
        if unit.has("mark", ","):
            kinds = {other.kind for other in sentence[start + 1 : position]}
            told = kinds == {"nation", "word"} and sentence[position + 1].has("particle", "and")
            return position if told and _of_one_country(sentence, start, position) else start
        if unit.kind not in ("word", "nation") and not unit.has("particle", "of"):
            return start
    return start


def _of_one_country(sentence: Units, last: int, behind: int) -> bool:
    """Tell whether the places beside a clause between commas lie in one country ("Kharkiv, eastern Ukraine, and …")."""
    before = [unit.place for unit in sentence[max(0, last - _FILLERS) : last] if unit.place is not None]
    after = [unit.place for unit in sentence[behind : behind + _REACH] if unit.place is not None]
    countries = {country_of(code) for place in (*before[-1:], *after[:1]) for code in place.alone or place.region}
    return len(countries) == 1


def _behind_gloss(sentence: Units, start: int) -> int:
    """Where a list goes on behind brackets that only describe its last place ("Cherkasy (centre), Kharkiv")."""
    if start >= len(sentence) or not sentence[start].has("mark", "("):
        return start
    for position in range(start + 1, min(start + _LONGEST_GLOSS + 2, len(sentence))):
        unit = sentence[position]
        if unit.has("mark", ")"):
            return position + 1
        if unit.kind in ("number", "vague", "drone", "measure", "person", "place"):
            break
    return start
