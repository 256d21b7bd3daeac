"""Place names next to each other are one group; its role says whether drones came there or only a word did."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import takewhile

import msgspec

from worker.extract.grammar.units import Units
from worker.extract.where.countries import is_country
from worker.extract.where.lists import (
    ends_in_districts,
    is_district,
    is_head,
    next_place,
    on_coast,
    opened_by_of,
    own_members,
)
from worker.extract.where.signs import (
    attacked_by,
    dates_a_report,
    in_list_of_origins,
    sends_drones,
    stands_for_head,
    told_from,
)
from worker.extract.where.surroundings import CAPITALS, just_outside, with_capital, with_surroundings

# Stand for a capital and its surroundings until it is known whose.
CAPITAL, CAPITAL_REGION = "@capital", "@capital-region"
_PENINSULA = "UA-43"  # the only one that reports of this war leave unnamed
# A city that is a region of its own, and what it lies on.
_LIES_ON: dict[tuple[str, ...], tuple[str, ...]] = {("UA-40",): (_PENINSULA,)}
_DESCRIBED = 4  # units from a city to what it lies on
_YEAR = 4  # digits
_ARTICLE = 3  # characters of an article before a name
_LONGEST_ARTICLE = 5  # characters of "seine", "their" before "capital"
_ADJECTIVES = 2  # behind the head word of a place
_FILLERS = 3  # short unknown words (articles) that may stand inside a list of places


class PlaceGroup(msgspec.Struct, frozen=True, gc=False):
    """Places named together by units `first..last` (inclusive); `places` counts names, `codes` are sorted.

    `role`: target, origin (launch sites), speaker (the place of an official), actor (a capital as government).
    """

    first: int
    last: int
    codes: tuple[str, ...]
    places: int
    role: str
    located: bool


def group_places(
    sentence: Units, *, of_is_from: bool, name_endings: tuple[str, ...] = (), near: Collection[str] = ()
) -> list[PlaceGroup]:
    """Return the groups of places of a sentence, in order."""
    groups: list[PlaceGroup] = []
    after, size = 0, len(sentence)
    for index in sentence.positions("place", "head"):
        if index < after:
            continue
        if sentence[index].kind == "head":
            if sentence[index].value in ("capital", "capital_region", "peninsula"):
                group = _unnamed(sentence, index, name_endings)
                if group is not None:
                    groups.append(group)
            continue
        members = [index]
        position = index + 1
        opened = not of_is_from and opened_by_of(sentence, index)
        while position < size:
            ahead = next_place(sentence, position, opened=opened)
            if ahead is None:
                break
            members.append(ahead)
            position = ahead + 1
        owned = len(members) > 1 and members[1] == index + 1 and sentence[index].form.endswith(name_endings)
        if owned:
            del members[0]  # "Crimea's Belbek"
        members = own_members(sentence, members)
        last = members[-1]
        while last + 1 < size and is_head(sentence[last + 1]):
            last += 1
        first = index if owned else members[0]
        head = _head_before_of(sentence, first)
        while head is not None:
            first, head = head, _head_before_of(sentence, head)
        while first and (is_head(sentence[first - 1]) or sentence[first - 1].has("mark", '"')):
            first -= 1
        if first > 1 and sentence[first - 1].has("mark", ",") and sentence[first - 2].has("head", "capital"):
            first -= 2  # "over the capital, Kyiv"
        if len(members) == 2 and _lies_in(sentence, members[0], 1, members[1:]):
            members = members[1:]  # "Миколаївка Сумського району"
        codes = () if _whole_country(sentence, members) else _codes(sentence, members)
        if codes:
            codes = with_capital(sentence, last, codes)
            if groups and _is_landmark(sentence, groups[-1], first, codes):
                index = last + 1
                continue
            if last > members[-1] and sentence[last].has("head", "city") and at_sea(codes):
                after = last + 1  # "the Black Sea port of Odesa"
                continue
            if at_sea(codes) and last + 1 < size and sentence[last + 1].has("unit", "fleet"):
                after = last + 1  # "the headquarters of the Black Sea Fleet"
                continue
            if groups and _lies_in(sentence, groups[-1].last, groups[-1].places, members):
                inner = groups.pop()
                groups.append(PlaceGroup(inner.first, last, codes, 1, inner.role, inner.located))
                after = last + 1
                continue
            role, located = _role(sentence, first, last, members, of_is_from, name_endings)
            if role == "speaker" and at_sea(codes):
                role = "target"  # nobody speaks for a sea ("the ministry named the Azov Sea, where …")
            around = just_outside(sentence, first, codes, near)
            if around:
                codes, role, located = around, "target", True
            if groups and groups[-1].role == "origin" and first - groups[-1].last <= _FILLERS + 1:
                gap = sentence[groups[-1].last + 1 : first]
                within = set(codes) <= set(groups[-1].codes)  # "from the cape in Crimea"
                # "from Yeysk (the coast of the Azov Sea) and Kursk"
                opened, closed = (gap[0].has("mark", "("), gap[0].has("mark", ")")) if gap else (False, False)
                explained = opened or (closed and gap[-1].has("particle", "and"))
                role = "origin" if within or explained else role
            groups.append(PlaceGroup(first, last, codes, len(members), role, located))
        after = last + 1
    return groups


def _lies_in(sentence: Units, before: int, places: int, members: Sequence[int]) -> bool:
    """Tell whether a district or region follows the one place that ends at `before`, to say where that lies."""
    place, behind = sentence[members[0]].place, sentence[members[0] + 1 : members[0] + 2]
    return (
        len(members) == places == 1
        and place is not None
        and place.adjective
        and any(unit.has("head", "district", "region") for unit in behind)
        and all(unit.kind == "head" for unit in sentence[before + 1 : members[0]])
    )


def _is_landmark(sentence: Units, before: PlaceGroup, first: int, codes: tuple[str, ...]) -> bool:
    """Tell whether a sea or peninsula only says where the place before it lies ("Odesa on the Black Sea")."""
    if on_coast(sentence, before.last, first):
        return True
    gap = [unit for unit in sentence[before.last + 1 : first] if not unit.value.endswith("-adjective")]
    if not gap or not all(unit.kind in ("preposition", "word", "bound") for unit in gap):
        return False
    on_it = codes == _LIES_ON.get(before.codes) and gap[0].kind == "preposition" and len(gap) <= _DESCRIBED
    return on_it or (at_sea(codes) and len(gap) <= _DESCRIBED // 2)


def _unnamed(sentence: Units, index: int, name_endings: tuple[str, ...]) -> PlaceGroup | None:
    """Read "over the capital", "on the peninsula" as a place, unless its name follows or somebody speaks there."""
    for position in range(max(0, index - 2), min(index + 3, len(sentence))):
        between = sentence[index + 1 : position]
        apart = any(unit.has("particle", "and") for unit in between)  # "over the capital and the Kyiv region"
        if sentence[position].kind in ("place", "claimant") and not apart:
            return None
    before, value = sentence[max(0, index - 3) : index], sentence[index].value
    if value == "peninsula" and index > 3 and any(is_head(unit) for unit in before):
        before = sentence[max(0, index - 5) : index]  # "over the southern part of the peninsula"
    described = before and before[-1].kind in ("word", "unit") and len(before[-1].form) > _LONGEST_ARTICLE
    of = sentence[index + 1 : index + 4]
    described = described or (bool(of) and of[0].has("particle", "of") and any(is_head(unit) for unit in of[1:]))
    if value == "capital" and described:
        return None  # "the regional capital", "the capital of the region"
    if value != "capital_region" and not any(
        unit.has("preposition", "at", "to") or unit.has("attack", "verb") or unit.has("measure", "launched", "hit")
        for unit in before
    ):
        return None
    if value == "peninsula":
        if before[-1].capital and len(before) > 1:  # one with a name that nobody knows
            return None
        return PlaceGroup(index, index, (_PENINSULA,), 1, "target", located=True)
    around = value == "capital_region"
    both = not around and with_surroundings(sentence, index)
    for unit in (*sentence[index + 1 : index + 2], *sentence[index - 1 : index]):
        owner = unit.value in CAPITALS and unit.form.endswith(name_endings)  # "Ukraine's capital"
        if unit.kind == "nation" and (owner or unit.value.endswith("-adjective")):
            city, region = CAPITALS[unit.value[:2]]
            codes = tuple(sorted({*city, *region})) if both else region if around else city
            return PlaceGroup(index, index, codes, 1, "target", located=True)
    unnamed = (CAPITAL, CAPITAL_REGION) if both else (CAPITAL_REGION if around else CAPITAL,)
    return PlaceGroup(index, index, unnamed, 1, "target", located=True)


def _head_before_of(sentence: Units, place: int) -> int | None:
    """The head word before "of" and its adjectives ("the Russian region of Kursk", "las regiones rusas de Kursk")."""
    position = place - 1
    while position > 0 and sentence[position].kind == "word" and len(sentence[position].form) <= _ARTICLE:
        position -= 1
    if position < 1 or not sentence[position].has("particle", "of"):
        return None
    position -= 1
    for _ in range(_ADJECTIVES):
        unit = sentence[position]  # "la région voisine de": the word for a neighbour, too
        if position > 0 and (unit.kind in ("word", "person") or unit.value.endswith("-adjective")):
            position -= 1
    if position > 1 and sentence[position].has("particle", "of") and sentence[position + 1].capital:
        position -= 1  # "the district of Shevchenko of Kyiv"
    return position if is_head(sentence[position]) else None


def _codes(sentence: Units, members: Sequence[int]) -> tuple[str, ...]:
    leading = _head_before_of(sentence, members[0])
    several = any(
        sentence[position].has("unit", "region")
        for position in (members[0] - 1 if leading is None else leading, members[-1] + 1)
        if 0 <= position < len(sentence)
    )
    codes: set[str] = set()
    districts = ends_in_districts(sentence, members[-1] + 1)
    for index in members:
        place = sentence[index].place
        if place is None:
            continue
        before = _head_before_of(sentence, index)
        opening = index - 1 if before is None else before
        beside = [sentence[p] for p in (opening, index + 1) if 0 <= p < len(sentence)]
        # "in Kharkiv and in the regions of Odesa and Kyiv": the plural holds for all that follow.
        several = several or (opening >= 0 and sentence[opening].has("unit", "region"))
        behind = index + 1 < len(sentence) and is_district(sentence[index + 1])
        of_others = place.region_only and (districts or any(is_district(unit) for unit in beside))
        if of_others or (place.government and behind):
            continue  # districts of other regions or cities bear the name
        regional = several or any(
            unit.has("head", "region", "district") or unit.has("unit", "region") for unit in beside
        )
        city = any(unit.has("head", "city", "capital", "peninsula") for unit in beside)
        city = city and not beside[-1].has("head", "region")  # "the outskirts of the Kyiv region"
        city = city or (
            place.government
            and any(unit.has("head", "district") for unit in beside)
            and not beside[-1].has("head", "region")
        )  # "a district of Kyiv"
        city = city or _district_of(sentence, opening, index)
        village = city and not any(unit.has("head", "peninsula") for unit in beside)
        if village and not regional and place.adjective:
            continue  # a village is called so: "в станице Полтавской"
        if with_surroundings(sentence, index):
            codes.update(place.alone, place.region)
        codes.update(
            (place.region or place.alone) if (regional or not place.alone) and not city else place.alone or place.region
        )
    return tuple(sorted(code for code in codes if code not in ("RU", "UA")))


def _district_of(sentence: Units, head: int, place: int) -> bool:
    """Tell whether a city stands behind a district with a name of its own ("in the Solomianskyi district of Kyiv")."""
    if not 0 < head < place or not sentence[head].has("head", "district"):
        return False
    if place + 1 < len(sentence) and is_head(sentence[place + 1]):
        return False  # "the Brovary district of Kyiv region"
    name, city = sentence[head - 1], sentence[place].place
    named = name.kind == "place" or (name.kind == "word" and name.capital)
    return named and city is not None and not city.adjective


def _whole_country(sentence: Units, members: Sequence[int]) -> bool:
    """Tell whether a list is the country itself and what it holds besides ("over Russia and Crimea")."""
    if any(is_country(sentence[index]) for index in members):
        return True
    first = members[0]
    while first and (
        sentence[first - 1].kind in ("head", "word")
        or sentence[first - 1].value.endswith("-adjective")
        or (sentence[first - 1].kind == "number" and len(sentence[first - 1].form) == _YEAR)  # "annexed in 2014"
        or (sentence[first - 1].has("preposition", "at") and first > 1 and sentence[first - 2].has("particle", "and"))
    ):
        first -= 1
    before = [unit for unit in sentence[max(0, first - 4) : first] if len(unit.form) > _ARTICLE or unit.kind != "word"]
    before = before[-3:]
    return (
        len(before) == 3
        and before[2].has("particle", "and")
        and (is_country(before[1]) or before[1].has("unit", "region") or before[1].value.endswith("-genitive"))
        and (
            before[0].has("preposition", "at")
            or before[0].value.endswith("-adjective")
            or before[0].has("unit", "region")
        )
    )


def of_many_names(sentence: Units, head: int) -> bool:
    """Tell whether a district has a name that districts of several regions bear: it is one of the place spoken of."""
    before = sentence[head - 1] if head else None
    return (
        sentence[head].has("head", "district")
        and before is not None
        and before.place is not None
        and before.place.region_only
    )


def at_sea(codes: Sequence[str]) -> bool:
    """Tell whether only seas are named: nobody lives there."""
    return all(code.startswith("SEA-") for code in codes)


def _role(
    sentence: Units, first: int, last: int, members: Sequence[int], of_is_from: bool, name_endings: tuple[str, ...]
) -> tuple[str, bool]:
    before = [sentence[position] for position in range(first - 1, max(first - 5, -1), -1)]
    after = [sentence[position] for position in range(last + 1, min(last + 3, len(sentence)))]
    distance, nearest = next(
        (
            (distance, unit)
            for distance, unit in enumerate(before)
            if unit.kind != "word"
            and not unit.value.endswith("-adjective")
            and not (unit.kind == "nation" and unit.form.endswith(name_endings))  # "over Russia's Kursk region"
        ),
        (0, None),
    )
    located = nearest is not None and (
        nearest.has("preposition", "at", "to")
        or nearest.has("particle", "each")  # "по Києву": the same word as in "two each"
        or nearest.has("measure", "launched", "hit")
        or nearest.has("attack", "verb")
    )
    if located and first > 1 and sentence[first - 2].has("claimant", "local", "MOD"):
        counted = any(unit.kind == "drone" for unit in sentence[max(0, first - 3) : first - 2])
        return ("target", True) if counted else ("speaker", False)  # "the military in Moscow", "officials in Sumy"
    told = sentence[members[0]].place
    if located and first > 1 and sentence[first - 2].kind == "report" and told is not None and told.government:
        return "actor", False  # "they say in Kyiv"
    near = takewhile(lambda unit: unit.kind not in ("measure", "attack"), before[:4])
    if any(unit.kind == "origin" for unit in near):
        return "origin", False
    if nearest is not None and nearest.has("particle", "of") and stands_for_head(sentence, first - 1):
        return "target", True
    if nearest is not None and (nearest.has("preposition", "from") or nearest.has("particle", "of")):
        previous = before[distance + 1] if distance + 1 < len(before) else None
        named = previous is not None and (
            previous.kind in ("claimant", "head", "unit", "measure", "attack")
            or (previous.kind == "word" and previous.capital and nearest.kind == "particle")  # "Hafen von Odessa"
        )
        of = nearest.kind == "particle" and not of_is_from
        if not named and told_from(sentence, first, last):
            return "target", True
        out_of = nearest.has("preposition", "from") or of_is_from
        came = previous is not None and previous.has("measure", "launched") and out_of
        if came or (not of and (not named or previous is None)):
            return "origin", False
        if previous is not None and previous.kind == "claimant":
            return "speaker", False
        located = located or (of and previous is not None and previous.kind in ("unit", "head"))
    if nearest is not None and nearest.has("claimant", "local", "MOD"):
        return "speaker", False
    if not located and after and after[0].has("claimant", "local", "MOD"):
        return "speaker", False
    if (
        first == 0
        and after
        and (after[0].has("mark", "(", "–", "-", "/"))
        and sentence[members[0]].form.isalpha()
        and not (after[0].has("mark", "(") and after[-1].kind in ("place", "head"))
    ):
        following = sentence[last + 1 : last + 6]
        if any(unit.has("mark", "(", "/", "-", "–") for unit in following) and not any(
            u.kind == "number" for u in following
        ):
            return "dateline", False
    if in_list_of_origins(sentence, first):
        return "origin", False
    if first == 0 and dates_a_report(sentence, last + 1):
        return "dateline", False
    place = sentence[members[0]].place
    speaks = bool(after) and (after[0].has("report", "account") or after[0].kind in ("claimant", "defence"))
    if place is not None and place.adjective and speaks and last == members[0]:
        return "actor", False
    sends = first > 0 and sends_drones(sentence, first)
    if (
        len(members) == 1
        and place is not None
        and place.government
        and first == members[0] == last
        and (sends or not located)
        and not attacked_by(sentence, first)
    ):
        return "actor", False
    return "target", located


def spoken_for(groups: Sequence[PlaceGroup]) -> tuple[str, ...]:
    """The regions whose officials speak in the sentence."""
    return tuple(sorted({code for group in groups if group.role == "speaker" for code in group.codes}))
