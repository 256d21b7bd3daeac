"""What a sentence says of a whole country: "over Russia", "nationwide", "attacked Ukraine"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from worker.extract.grammar.units import Unit, Units

_ARTICLE = 3  # letters of an article
_SPREAD = 3  # units from "across" to the regions, and twice as many from a number to them


def is_country(unit: Unit) -> bool:
    """Tell whether a name is that of one of the two countries, in whatever case it stands."""
    if unit.kind == "nation" and unit.value[2:] in ("", "-genitive", "-object"):
        return True
    return unit.place is not None and unit.place.alone in (("RU",), ("UA",))


def over_country(sentence: Units) -> bool:
    """Tell whether a sentence is about a whole country ("over Russia", "nationwide", "over Russian territory")."""
    spots = sentence.positions("nation", "place", "unit")
    return next(spots_of_country(sentence, spots), None) is not None


def frames_country(sentence: Units) -> bool:
    """Tell whether a sentence sets a scene in the whole country ("It was a hard night across the country").

    Not where it speaks of a city or a region of it.
    """
    whole = any(
        " " in sentence[position].form or (position and sentence[position - 1].has("preposition", "at"))
        for position in sentence.positions("unit")
        if sentence[position].value == "country"
    )
    return whole and "head" not in sentence.at


def country_attacked(sentence: Units) -> str:
    """Return the last of the two countries that a sentence names as what was attacked ("on Ukraine"), "" if none."""
    for position in reversed(sentence.positions("nation", "place")):
        unit = sentence[position]
        before = sentence[max(0, position - 2) : position]
        attacked = unit.value.endswith("-object") or any(
            other.has("preposition", "to", "at") or other.has("attack", "verb") for other in before
        )
        if is_country(unit) and attacked:
            return unit.value[:2] or (unit.place.alone[0] if unit.place is not None else "")
    return ""


def spots_of_country(sentence: Units, positions: Sequence[int]) -> Iterator[int]:
    """Where among `positions` a sentence says that something is about a whole country."""
    for position in positions:
        unit = sentence[position]
        if unit.kind not in ("nation", "place", "unit"):
            continue
        if unit.kind == "unit":
            if unit.value == "country":
                yield position
            continue
        described = [other for other in sentence[position + 1 : position + 3] if other.kind != "word"]
        owns = any(other.kind in ("place", "head") for other in described[:1])  # "Russia's western Rostov region"
        if owns if is_country(unit) else not is_soil(sentence, position):
            continue  # "over Russia's Rostov region"
        first = position - 1
        if first > 1 and sentence[first].has("particle", "of") and sentence[first - 1].has("particle", "all"):
            first -= 2  # "over all of Ukraine"
        if first > 0 and sentence[first].has("unit", "region"):
            first -= 1  # "over the regions of Russia", "over five of them"
            while first > 0 and sentence[first].kind in ("number", "vague", "particle"):
                first -= 1
        if first > 0 and sentence[first].kind == "word":
            article = len(sentence[first].form) <= _ARTICLE
            first -= 1  # an article, or a part of the country: "across western Russia"
            if article and first > 0 and sentence[first].kind == "word":
                first -= 1  # "im Süden der Ukraine"
        if first > 1 and sentence[first].has("head", "region"):
            first -= 1 + (sentence[first - 1].kind == "word")  # "in different parts of Russia"
        # "по Україні": the same word as in "two each".
        if first >= 0 and (
            sentence[first].has("preposition", "at")
            or sentence[first].has("particle", "each")
            or sentence[first].has("measure", "launched")  # "attacked Ukraine"
            or sentence[first].has("attack", "verb")
        ):
            yield position


def is_soil(sentence: Units, position: int) -> bool:
    """Tell whether an adjective of a country describes a word for land ("Russian territory", "territorio ruso")."""
    unit, behind = sentence[position], sentence[position + 1 : position + 4]
    if unit.kind != "nation" or not unit.value.endswith("-adjective"):
        return False
    beside = (*behind[:1], *sentence[max(0, position - 1) : position])
    land = any(other.has("head", "region") or other.has("unit", "region") for other in beside)
    return land and not any(other.kind == "place" for other in behind)


def over_several(sentence: Units, of: Sequence[int], index: int) -> bool:
    """Tell whether the number at `index` is said of a number of regions ("over four regions"); `of` are the clauses."""
    return any(
        (
            sentence[position].value == "country"
            or (
                position
                and sentence[position].value == "region"
                and sentence[position - 1].kind in ("number", "vague", "nation", "particle", "word")
            )
        )
        and of[position] == of[index]
        for position in sentence.positions("unit")
    )


def across_regions(sentence: Units, last: int) -> bool:
    """Tell whether people counted up to `last` are those of several regions ("50 people across multiple regions")."""
    for position in sentence.positions("unit"):
        if sentence[position].value != "region" or not 0 < position - last <= 2 * _SPREAD:
            continue
        before, between = sentence[max(0, position - _SPREAD) : position], sentence[last + 1 : position - 1]
        # "in several towns of the Kharkiv region", "in towns across the region"
        owners = sentence[position + 1 : position + 2 + _SPREAD]
        if (
            any(unit.has("preposition", "at") for unit in before)
            and any(unit.kind in ("number", "vague", "word") for unit in before)
            and not any(unit.kind == "place" for unit in before)
            and not any(unit.kind in ("number", "vague", "place", "measure") for unit in between)
            and not any(unit.kind in ("place", "head") or unit.has("unit", "region") for unit in owners)
        ):
            return not any(unit.value.startswith("local") for unit in sentence.of("claimant"))
    return False
