"""Who attacked whom: decided by the first evidence that speaks, and it is kept which one that was."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import msgspec

from worker.extract.grammar.units import Unit, Units
from worker.extract.grammar.verbs import CASUALTIES, DRONE_MEASURES
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
# Regions that are partly held by Russia: what its ministry shoots down there came from Ukraine.
# Names that say whose something is: they never act themselves.
_OWNING = ("-adjective", "-genitive")
HELD = frozenset(("UA-43", "UA-40", "UA-23", "UA-65", "UA-14", "UA-09"))
# Drones that come there have lost their way.
_NEVER_ATTACKED = "BY"
_NEAR = 3
# Units from who attacks to whom, where the verb stands at the end.
_VERB_AT_END = 12
_LONGEST_ARTICLE = 3
# Units from a preposition to the country behind it ("on the north of Ukraine").
_OBJECT = 4
_BEFORE_ATTACK = 4  # units from drones to the verb that says they attacked
# Units of "of having" between a country and what it is accused of.
_BLAMED = 3
# Attacks next to a number whose doers are looked for: no sentence tells of more, but a hostile one.
_MOST_LAUNCHES = 8
_LAUNCHING = ("launched", "verb")  # of the kinds measure and attack
_QUALIFYING = ("qualifier", "particle", "number", "nation", "age")
_DEFENDED = ("intercepted", "suppressed", "neutralised")


class Side(msgspec.Struct, frozen=True, gc=False):
    """A direction and how it was found: adjective, model, actor, object, claimant, region or context."""

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


def flew_on(side: Side, measure: str, head: int | None, before: Side | None, *, same_sentence: bool) -> bool:
    """Tell whether drones only left for a third country, of an attack, `before`, on one of the two that are at war."""
    if side.defender in _OTHER or measure not in ("launched", "suppressed", "neutralised") or before is None:
        return False
    return side.defender == _NEVER_ATTACKED or (same_sentence and head is None and before.defender in _OTHER)


def of_another_war(sentence: Units) -> bool:
    """Tell whether a sentence names another country at war and neither of the two."""
    return sentence.any("nation", "elsewhere") and not any(unit.value[:2] in _OTHER for unit in sentence.of("nation"))


def decide(
    sentence: Units,
    index: int,
    head: int | None,
    measure: str,
    codes: Sequence[str],
    claimant: str | None,
    context: Side | None,
    home: str,
    held: Collection[str] = (),
) -> Side | None:
    """Return who attacked whom for the number at `index`.

    `head` is the unit that is counted, `claimant` who says so, `context` what the text said before, `home` the side
    an unnamed "enemy" is the enemy of, `held` the regions whose occupiers the text quotes. None where nothing tells.
    """
    if codes and held and set(codes) <= set(held):
        return _of_noun(sentence, index, head, "RU") or Side("UA", "RU", "claimant")
    quoted = context is not None and claimant in ("MOD", "local")
    enemy_of = context.defender if context is not None and quoted and context.defender in _OTHER else home
    side = _of_noun(sentence, index, head, _home(codes, claimant, enemy_of))
    foreign = next((country for country in map(country_of, codes) if country not in ("RU", "UA", "SEA")), None)
    if foreign is not None:
        return Side(side.attacker if side else "RU", foreign, "region")
    if side is None and measure in CASUALTIES and codes and set(codes) <= HELD:
        side = _of_drone_that_hurt(sentence, index, enemy_of)
    if side is not None:
        return side
    side = _of_actor(sentence, index, measure)
    region = _of_region(codes, claimant)
    reporter = _of_claimant(claimant) if measure in _DEFENDED else None
    if reporter is not None and claimant == "RU-MOD" and set(codes) & HELD and set(codes) <= HELD:
        return reporter
    told = side or context
    in_held = bool(codes) and set(codes) <= HELD
    defended = measure in _DEFENDED and in_held and _CLAIMANT_SIDE.get(claimant or "") != "UA"
    if side is not None and in_held and measure in CASUALTIES:
        return side
    if defended and told is not None and told.attacker == "UA":
        return told
    acts = side is not None and side.how == "actor" and measure == "launched"  # "from Kursk": where they came from
    if side is not None and (region is None or region.attacker == side.attacker or acts):
        return side
    return (
        region
        or _of_claimant(claimant)
        or side
        or (Side(context.attacker, context.defender, "context") if context is not None else None)
    )


def _home(codes: Sequence[str], claimant: str | None, home: str) -> str:
    """Whose "enemy" is meant: the enemy of who speaks, else of the region attacked."""
    nearest = _of_claimant(claimant) or _of_region(codes, claimant)
    return nearest.defender if nearest is not None else home


def _of_noun(sentence: Units, index: int, head: int | None, home: str) -> Side | None:
    if head is None:
        return None
    value = sentence[head].value
    if sentence[head].kind == "drone" and value in _OTHER:
        return Side(value, _OTHER[value], "model")
    first, last = min(index, head), max(index, head)
    if sentence[head].kind != "drone":
        return None
    ahead = last + 1
    while ahead < min(last + 1 + _NEAR, len(sentence)) and not _ends_noun(sentence[ahead]):
        ahead += 1
    for position in (*range(first, last), *range(last + 1, ahead), *range(max(0, first - 2), first)):
        unit = sentence[position]
        if position < first and any(other.kind not in _QUALIFYING for other in sentence[position + 1 : first]):
            continue  # it describes a noun of its own
        if unit.kind == "nation":
            of_another = position > last + 1 and _describes_behind(sentence, position)
            if unit.value.endswith("-adjective") and not of_another and not _speaks(sentence, position):
                country = unit.value[:2]
                return Side(country, _OTHER[country], "adjective")
            following = sentence[position + 1] if position + 1 < len(sentence) else None
            if unit.value.endswith("-genitive") and _behind_noun(sentence, last, position):
                return Side(unit.value[:2], _OTHER[unit.value[:2]], "owner")
            owner = last < position <= last + 1 and unit.value in _OTHER
            if owner and not (following is not None and following.kind in ("measure", "defence", "attack", "claimant")):
                return Side(unit.value, _OTHER[unit.value], "owner")
            if unit.value == "enemy" and position < last:
                return Side(_OTHER[home], home, "adjective")
    return None


def _ends_noun(unit: Unit) -> bool:
    return unit.kind in ("measure", "preposition") or unit.has("mark", *".,;:–(")


def _describes_behind(sentence: Units, position: int) -> bool:
    """Tell whether an adjective belongs to a noun behind it ("drones entering Ukrainian airspace")."""
    following = sentence[position + 1] if position + 1 < len(sentence) else None
    return following is not None and following.kind in ("word", "unit", "place")


def _of_drone_that_hurt(sentence: Units, index: int, home: str) -> Side | None:
    """Whose the drone is that hurt people, where a region does not tell ("a Ukrainian drone killed two in …")."""
    drones = sorted(sentence.positions("drone"), key=lambda position: abs(position - index))
    return next(filter(None, (_of_noun(sentence, drone, drone, home) for drone in drones)), None)


def _behind_noun(sentence: Units, noun: int, position: int) -> bool:
    """Tell whether a name in the genitive follows the noun it owns ("drones [of that type] of the army")."""
    between = sentence[noun + 1 : position]
    return position > noun and len(between) <= 2 and all(unit.kind in ("word", "drone", "unit") for unit in between)


def _speaks(sentence: Units, position: int) -> bool:
    """Tell whether the adjective belongs to a defence or an official instead of a drone."""
    following = sentence[position + 1] if position + 1 < len(sentence) else None
    return following is not None and following.kind in ("defence", "claimant", "person", "head")


def _of_actor(sentence: Units, index: int, measure: str) -> Side | None:
    """A country that acts: who launches attacks, who shoots down defends; "on Ukraine" names the defender."""
    if measure in ("launched", "attack") and _army_acts(sentence, index):
        return Side("RU", "UA", "actor")
    launches = [
        position for position in sentence.positions("measure", "attack") if sentence[position].value in _LAUNCHING
    ]
    for launch in sorted(launches, key=lambda position: abs(position - index))[:_MOST_LAUNCHES]:
        if measure in _DEFENDED and _of_other_number(sentence, index, launch):
            continue
        country = _subject(sentence, launch)
        if country is not None:
            return Side(country, _OTHER[country], "actor")
    named = [(position, sentence[position]) for position in sentence.positions("nation", "place")]
    for position, unit in named:
        country = _country(unit)
        if country is None:
            continue
        around = (*sentence[max(0, position - 1) : position], *sentence[position + 1 : position + 2])
        if any(other.kind == "defence" for other in around):
            return Side(_OTHER[country], country, "actor")
        hurting = measure not in DRONE_MEASURES and around[-1].kind == "drone"
        if unit.value.endswith("-adjective") and (hurting or around[-1].kind == "attack"):
            return Side(country, _OTHER[country], "actor")
        if unit.value.endswith("-genitive") and around[0].kind == "attack":
            return Side(country, _OTHER[country], "actor")
    for position, unit in named:
        country = _country(unit)
        counted = any(
            (other.kind == "number" and other.role != "time" and not other.role.startswith("counts "))
            or other.has("mark", ",")
            for other in sentence[index + 1 : max(index + 1, position)]
        )
        if (
            country is not None
            and not counted
            and not unit.value.endswith("-adjective")
            and _is_object(sentence, position)
        ):
            return Side(_OTHER[country], country, "object")
    if measure in _DEFENDED:
        for position in sentence.positions("measure"):
            if position < index + 8 and sentence[position].value in _DEFENDED:
                country = _subject(sentence, position)
                if country is not None:
                    return Side(_OTHER[country], country, "actor")
    return None


def _of_other_number(sentence: Units, index: int, verb: int) -> bool:
    """Tell whether a verb behind a conjunction has a number of its own ("44 were downed, while B says A sent 81")."""
    between = sentence[index + 1 : verb + 3]
    conjunction = next((position for position, unit in enumerate(between) if unit.kind == "clause"), None)
    return (
        verb > index
        and conjunction is not None
        and any(unit.kind == "number" and unit.role in ("", "claim") for unit in between[conjunction:])
    )


def _army_acts(sentence: Units, index: int) -> bool:
    """Tell whether the Russian army itself attacks instead of reporting."""
    for position in sentence.positions("claimant"):
        if sentence[position].value != "RU-army":
            continue
        if position and sentence[position - 1].has("measure", "launched"):
            return True  # "launched by the army"
        if position < index:
            between = sentence[max(0, position - 1) : index]
            return not any(other.has("mark", ",", ":") or other.has("preposition", "by") for other in between)
    return False


def _subject(sentence: Units, verb: int) -> str | None:
    """The country that does what the verb says: "by" it, else the nearest noun before, else right behind it."""
    behind = sentence[verb + 1 : verb + 4]
    if behind and behind[0].has("preposition", "by"):
        agent = next(filter(None, map(_country, behind[1:])), None)
        if agent is not None:
            return agent
    for position in (*range(verb - 1, max(verb - 14, -1), -1), *range(verb + 1, min(verb + 4, len(sentence)))):
        unit = sentence[position]
        if position < verb and unit.has("nation", "enemy"):
            return None
        if position < verb and unit.has("mark", ";", ":"):
            return None
        if unit.kind == "clause" and verb - 3 < position < verb:
            # "drones that Russia launched" is also said "that launched Russia" where words stand freely.
            country = _country(sentence[verb + 1]) if verb + 1 < len(sentence) else None
            if sentence[verb].kind == "attack" and _behind_drone(sentence, position):
                country = None  # "drones that attacked Ukraine"
            if country is not None and not sentence[verb + 1].value.endswith("-adjective"):
                return country
        country = _country(unit)
        if country is not None and position > verb and _drones_attack(sentence, verb):
            return _OTHER[country]
        if (
            country is not None
            and not unit.value.endswith(_OWNING)
            and (not _is_object(sentence, position) or _is_accused(sentence, position, verb))
        ):
            return _before_object(sentence, position, verb) or country
    return None


def _is_accused(sentence: Units, noun: int, verb: int) -> bool:
    """Tell whether a country is blamed for what the verb says ("acusó a Rusia de haber lanzado")."""
    between = sentence[noun + 1 : verb]
    return (
        0 < len(between) <= _BLAMED and between[0].has("particle", "of") and all(u.kind == "word" for u in between[1:])
    )


def _drones_attack(sentence: Units, verb: int) -> bool:
    """Tell whether counted drones themselves attack what stands behind the verb ("80 drones attacked Ukraine")."""
    if sentence[verb].kind != "attack":
        return False
    near = range(verb - 1, max(verb - _BEFORE_ATTACK, 0) - 1, -1)
    first = next((position for position in near if sentence[position].kind == "drone"), None)
    if first is None:
        return False
    if any(unit.kind == "clause" for unit in sentence[first + 1 : verb]) and _behind_drone(sentence, verb - 1):
        return True  # "drones that attacked Ukraine"
    while first and sentence[first - 1].kind in ("number", "vague", "qualifier", "nation"):
        first -= 1
    opening = sentence[first - 1] if first else None
    return opening is None or opening.kind in ("mark", "part", "weekday", "clause")


def _behind_drone(sentence: Units, clause: int) -> bool:
    """Tell whether a relative clause is about drones: they stand right before it, or before its comma."""
    before = clause - 2 if clause > 1 and sentence[clause - 1].has("mark", ",") else clause - 1
    return clause > 0 and sentence[clause].kind == "clause" and sentence[before].kind == "drone"


def _before_object(sentence: Units, noun: int, verb: int) -> str | None:
    """The country before an object that stands far from its verb ("Moscow has Ukraine with 20 drones attacked")."""
    counted = any(unit.kind in ("number", "vague") for unit in sentence[noun:verb])
    if noun > verb:
        return None
    reach = _VERB_AT_END if sentence[verb].kind == "attack" else 7 if counted else 3
    for position in range(noun - 1, max(noun - reach, -1), -1):
        unit = sentence[position]
        if unit.kind in ("mark", "clause", "measure"):
            return None
        country = _country(unit)
        if country is not None and country != _country(sentence[noun]) and not unit.value.endswith("-adjective"):
            told = position and sentence[position - 1].kind == "preposition"  # "according to Moscow, Ukraine has …"
            return None if told or _is_object(sentence, position) else country
    return None


def _is_object(sentence: Units, position: int) -> bool:
    """Tell whether a preposition stands before the name ("on Ukraine", "gegen die Ukraine", "по Украине")."""
    adjectives = 0
    for before in reversed(sentence[max(0, position - _OBJECT) : position]):
        if before.kind in ("preposition", "qualifier") or before.has("particle", "each", "of"):
            return not before.has("preposition", "by", "from", "about") and not before.has("particle", "of")
        if before.kind == "head" and position < len(sentence) - 1 and sentence[position + 1].has("attack", "verb"):
            return True  # "das Gebiet der Ukraine angegriffen"
        adjectives += len(before.form) > _LONGEST_ARTICLE
        if before.kind != "word" or adjectives > 1:
            return False
    return False


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
