"""Who attacked whom: decided by the first evidence that speaks, and it is kept which one that was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from worker.extract.units import Unit
from worker.gazetteer import country_of

_OTHER = {"RU": "UA", "UA": "RU"}
_CLAIMANT_SIDE = {
    "RU-MOD": "RU",
    "UA-AF": "UA",
    "UA-GS": "UA",
    "UA-SES": "UA",
    "UA-SBU": "UA",
    "UA-PRES": "UA",
    "UA-MOD": "UA",
}
# Occupied since 2014: who defends there is decided by the speaker, and Russia is where nobody says otherwise.
_DISPUTED = frozenset(("UA-43", "UA-40"))
_NEAR = 3


@dataclass(frozen=True, slots=True)
class Side:
    """A direction and how it was found: adjective, model, actor, claimant, region or context."""

    attacker: str
    defender: str
    how: str


def opposite(country: str) -> str:
    """Return the other of the two warring countries."""
    return _OTHER[country]


def speaks_for(claimant: str | None, side: Side) -> bool:
    """Tell whether a claimant may be the one who reports attacks in this direction: the defender or nobody's."""
    defender = _CLAIMANT_SIDE.get(claimant or "")
    return defender is None or defender == side.defender


def decide(
    sentence: Sequence[Unit],
    index: int,
    head: int | None,
    measure: str,
    codes: Sequence[str],
    claimant: str | None,
    context: Side | None,
    home: str,
) -> Side | None:
    """Return who attacked whom for the number at `index`.

    `head` is the unit that is counted, `claimant` who says so, `context` what the text said before, `home` the side
    an unnamed "enemy" is the enemy of. None where nothing tells.
    """
    side = _of_noun(sentence, index, head, home)
    foreign = next((country for country in map(country_of, codes) if country not in ("RU", "UA", "SEA")), None)
    if foreign is not None:
        return Side(side.attacker if side else "RU", foreign, "region")
    if side is not None:
        return side
    side = _of_actor(sentence, index, measure)
    region = _of_region(codes, claimant)
    if side is not None and (region is None or region.attacker == side.attacker or measure == "launched"):
        return side
    return (
        region
        or _of_claimant(claimant)
        or side
        or (Side(context.attacker, context.defender, "context") if context is not None else None)
    )


def _of_noun(sentence: Sequence[Unit], index: int, head: int | None, home: str) -> Side | None:
    if head is None:
        return None
    value = sentence[head].value
    if sentence[head].kind == "drone" and value in _OTHER:
        return Side(value, _OTHER[value], "model")
    first, last = min(index, head), max(index, head)
    around = [
        *range(first, last),
        *range(last + 1, min(last + 1 + _NEAR, len(sentence))),
        *range(max(0, first - 2), first),
    ]
    if sentence[head].kind != "drone":
        return None
    for position in around:
        unit = sentence[position]
        if unit.kind == "mark" and unit.form in ".,;:–(" and position > last:
            break
        if unit.kind == "nation":
            if unit.value.endswith("-adjective") and not _speaks(sentence, position):
                country = unit.value[:2]
                return Side(country, _OTHER[country], "adjective")
            following = sentence[position + 1] if position + 1 < len(sentence) else None
            owner = last < position <= last + 1 and unit.value in _OTHER
            if owner and not (following is not None and following.kind in ("measure", "defence", "attack", "claimant")):
                return Side(unit.value, _OTHER[unit.value], "owner")
            if unit.value == "enemy" and position < last:
                return Side(_OTHER[home], home, "adjective")
    return None


def _speaks(sentence: Sequence[Unit], position: int) -> bool:
    """Tell whether the adjective belongs to a defence or an official instead of a drone."""
    following = sentence[position + 1] if position + 1 < len(sentence) else None
    return following is not None and following.kind in ("defence", "claimant", "person", "head")


def _of_actor(sentence: Sequence[Unit], index: int, measure: str) -> Side | None:
    """A country that acts: who launches attacks, who shoots down defends; "on Ukraine" names the defender."""
    found: Side | None = None
    for position, unit in enumerate(sentence):
        if (
            measure in ("launched", "attack")
            and unit.has("claimant", "RU-MOD")
            and position < index
            and not any(
                other.has("mark", ",", ":") or other.has("preposition", "by")
                for other in sentence[max(0, position - 1) : index]
            )
        ):
            return Side("RU", "UA", "actor")
        country = _country(unit)
        if country is None:
            continue
        before = sentence[position - 1] if position else None
        if before is not None and before.kind == "word" and len(before.form) <= 3 and position > 1:
            before = sentence[position - 2]
        following = sentence[position + 1] if position + 1 < len(sentence) else None
        if (following is not None and following.kind == "defence") or (before is not None and before.kind == "defence"):
            return Side(_OTHER[country], country, "actor")
        if unit.value.endswith("-adjective"):
            if following is not None and following.kind == "attack":
                return Side(country, _OTHER[country], "actor")
            continue
        if before is not None and before.has("preposition", "to", "at"):
            if measure != "launched" or before.has("preposition", "to") or before.form in ("по",):
                found = found or Side(_OTHER[country], country, "actor")
            continue
        if before is not None and before.kind in ("qualifier",):
            found = found or Side(_OTHER[country], country, "actor")
            continue
        if measure == "launched" and unit.kind == "nation":
            return Side(country, _OTHER[country], "actor")
        if measure in ("intercepted", "suppressed", "neutralised") and unit.kind == "nation" and position < index + 8:
            if before is not None and before.kind == "claimant":
                continue
            found = found or Side(_OTHER[country], country, "actor")
    return found


def _acts(sentence: Sequence[Unit], position: int, index: int) -> bool:
    """Tell whether the Russian army itself attacks instead of reporting (its name is the subject of "attackiert")."""
    return sentence[position].has("claimant", "RU-MOD") and not any(
        unit.has("mark", ",", ":") or unit.has("preposition", "by") for unit in sentence[max(0, position - 1) : index]
    )


def _country(unit: Unit) -> str | None:
    if unit.kind == "nation" and unit.value[:2] in _OTHER:
        return unit.value[:2]
    if unit.kind == "place" and unit.place is not None:
        codes = unit.place.alone
        if codes in (("RU",), ("UA",)):
            return codes[0]
        if unit.place.government and unit.role == "actor":
            return country_of(codes[0]) if codes else None
    return None


def _of_region(codes: Sequence[str], claimant: str | None) -> Side | None:
    countries = {country_of(code) for code in codes if code not in _DISPUTED} - {"SEA"}
    if countries == {"RU"}:
        return Side("UA", "RU", "region")
    if countries == {"UA"}:
        return Side("RU", "UA", "region")
    disputed = not countries and any(code in _DISPUTED for code in codes)
    if disputed and (claimant is None or _CLAIMANT_SIDE.get(claimant) != "UA"):
        return Side("UA", "RU", "region")
    return None


def _of_claimant(claimant: str | None) -> Side | None:
    if claimant is None:
        return None
    defender = _CLAIMANT_SIDE.get(claimant)
    if defender is None and claimant.startswith("local:"):
        side = _of_region((claimant[6:],), None)
        return Side(side.attacker, side.defender, "claimant") if side else None
    return Side(_OTHER[defender], defender, "claimant") if defender else None
