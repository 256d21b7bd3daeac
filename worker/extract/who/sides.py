"""Who attacked whom: decided by the first evidence that speaks, and it is kept which one that was."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import msgspec

from worker.extract.grammar.units import Unit, Units
from worker.extract.grammar.verbs import CASUALTIES, DRONE_MEASURES
from worker.extract.where.countries import is_soil
from worker.extract.who.actors import (
    ARMIES,
    CLAIMANT_SIDE,
    LAUNCHING,
    OTHER,
    army_acts,
    counting_country,
    country_named,
    is_object,
    owner_of_attack,
    subject,
)
from worker.gazetteer import country_of

# Occupied since 2014: who defends there is decided by the speaker, and Russia is where nobody says otherwise.
_DISPUTED = frozenset(("UA-43", "UA-40"))
# Regions that are partly held by Russia: what its ministry shoots down there came from Ukraine.
HELD = frozenset(("UA-43", "UA-40", "UA-23", "UA-65", "UA-14", "UA-09"))
# Drones that come there have lost their way.
_NEVER_ATTACKED = "BY"
_NEAR = 3
# Attacks next to a number whose doers are looked for: no sentence tells of more, but a hostile one.
_MOST_LAUNCHES = 8
# Units from a number of drones to what they were sent against.
_TO_TARGET = 4
# Units from "reported" to "that".
_SAID_THAT = 2
_QUALIFYING = ("qualifier", "particle", "number", "nation", "age")
_STRUCK = ("hit", "intercepted")
_DEFENDED = ("intercepted", "suppressed", "neutralised")


class Side(msgspec.Struct, frozen=True, gc=False):
    """A direction and how it was found: adjective, model, actor, object, claimant, region or context."""

    attacker: str
    defender: str
    how: str


def speaks_for(claimant: str | None, side: Side) -> bool:
    """Tell whether a claimant may be the one who reports attacks in this direction: the defender or nobody's."""
    defender = CLAIMANT_SIDE.get(claimant or "")
    return defender is None or defender == side.defender


def flew_on(side: Side, measure: str, head: int | None, before: Side | None, *, same_sentence: bool) -> bool:
    """Tell whether drones only left for a third country, of an attack, `before`, on one of the two that are at war."""
    if side.defender in OTHER or measure not in ("launched", "suppressed", "neutralised") or before is None:
        return False
    return side.defender == _NEVER_ATTACKED or (same_sentence and head is None and before.defender in OTHER)


def of_another_war(sentence: Units) -> bool:
    """Tell whether a sentence names another country at war and neither of the two."""
    return sentence.any("nation", "elsewhere") and not any(unit.value[:2] in OTHER for unit in sentence.of("nation"))


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
    enemy_of = context.defender if context is not None and quoted and context.defender in OTHER else home
    side = _of_noun(sentence, index, head, _home(codes, claimant, enemy_of))
    foreign = next((country for country in map(country_of, codes) if country not in ("RU", "UA", "SEA")), None)
    if foreign is not None:
        return Side(side.attacker if side else "RU", foreign, "region")
    if side is None and measure in CASUALTIES and codes and set(codes) <= HELD:
        side = _of_drone_that_hurt(sentence, index, enemy_of)
    region = _of_region(codes, claimant)
    theirs = measure in _STRUCK and sentence.any("attack", "verb")  # "a depot of Shaheds near Oryol was attacked"
    if theirs and side is not None and side.how == "model" and region is not None and region.defender == side.attacker:
        return region
    if side is not None:
        return side
    told = _of_reporter(sentence, index, measure)
    if told is not None and (region is None or region.attacker == told.attacker):
        return told
    side = _of_actor(sentence, index, measure)
    reporter = _of_claimant(claimant) if measure in _DEFENDED else None
    if reporter is not None and claimant == "RU-MOD" and codes and _held_or_told(sentence, codes):
        return reporter
    told = side or context
    in_held = bool(codes) and set(codes) <= HELD
    defended = measure in _DEFENDED and in_held and CLAIMANT_SIDE.get(claimant or "") != "UA"
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


def _held_or_told(sentence: Units, codes: Sequence[str]) -> bool:
    """Tell whether Russia's ministry defends in all of these regions: it holds them, or reports from there itself."""
    return set(codes) <= HELD or (
        sentence.any("claimant", "RU-MOD", "MOD") and all(country_of(code) == "UA" for code in codes)
    )


def _home(codes: Sequence[str], claimant: str | None, home: str) -> str:
    """Whose "enemy" is meant: the enemy of who speaks, else of the region attacked."""
    nearest = _of_claimant(claimant) or _of_region(codes, claimant)
    return nearest.defender if nearest is not None else home


def _of_noun(sentence: Units, index: int, head: int | None, home: str) -> Side | None:
    if head is None:
        return None
    value = sentence[head].value
    if sentence[head].kind == "drone" and value in OTHER:
        return Side(value, OTHER[value], "model")
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
        if 0 < position < first - 1 and sentence[position - 1].kind in ("claimant", "defence"):
            continue  # "shot down by the Ukrainian army, and 62 …"
        if unit.kind == "nation":
            of_another = position > last + 1 and _describes_behind(sentence, position)
            if unit.value.endswith("-adjective") and not of_another and not _speaks(sentence, position):
                country = unit.value[:2]
                return Side(country, OTHER[country], "adjective")
            following = sentence[position + 1] if position + 1 < len(sentence) else None
            if unit.value.endswith("-genitive") and _behind_noun(sentence, last, position):
                return Side(unit.value[:2], OTHER[unit.value[:2]], "owner")
            owner = position == head + 1 and position > last and unit.value in OTHER
            if owner and not (following is not None and following.kind in ("measure", "defence", "attack", "claimant")):
                return Side(unit.value, OTHER[unit.value], "owner")
            if unit.value == "enemy" and position < last:
                return Side(OTHER[home], home, "adjective")
        elif unit.kind == "claimant" and position > last and sentence[position - 1].has("particle", "of"):
            country = ARMIES.get(unit.value)
            if country is not None:
                return Side(country, OTHER[country], "owner")
    return None


def _ends_noun(unit: Unit) -> bool:
    return unit.kind in ("measure", "preposition") or unit.has("mark", *".,;:–(")


def _describes_behind(sentence: Units, position: int) -> bool:
    """Tell whether an adjective belongs to a noun behind it ("drones entering Ukrainian airspace")."""
    following = sentence[position + 1] if position + 1 < len(sentence) else None
    if (
        following is not None
        and following.kind == "word"
        and any(unit.kind == "measure" for unit in sentence[position + 2 : position + 3])
    ):
        return False  # an auxiliary: "drones de tipo avión ucranianos fueron derribados"
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


def _of_reporter(sentence: Units, index: int, measure: str) -> Side | None:
    """A country that tells what it shot down, or of an attack by so many, was attacked ("Russia reported 48 downed").

    Not where the sentence names the other country, too, or tells that drones were launched, or only what they were
    sent against: of that, who attacked tells, too ("reported an attack with 40 drones on an airfield").
    """
    counting = counting_country(sentence, index) if measure in ("launched", *_DEFENDED) else None
    if counting is not None:
        return Side(OTHER[counting], counting, "reporter")
    attacked = measure in ("launched", "attack") and sentence.any("attack") and not sentence.any("measure", "launched")
    if not (attacked or measure in _DEFENDED) or (attacked and _strikes_target(sentence, index)):
        return None
    for position in sentence.positions("nation", "place"):
        country = country_named(sentence[position])
        if country is None or position > index:
            continue
        ahead = position + 1
        while ahead < len(sentence) and sentence[ahead].kind in ("word", "claimant", "head", "mark"):
            if sentence[ahead].kind == "mark" and sentence[ahead].value != '"':
                break
            ahead += 1
        if not (position < ahead <= position + _NEAR and ahead < min(index, len(sentence))):
            continue
        told = sentence[ahead].kind == "report" or (
            sentence[ahead].has("preposition", "about") and " " in sentence[ahead].form
        )
        governed = position > 0 and sentence[position - 1].has("preposition", "to", "by", "from")
        # "… reported that 48 were downed", but not "… speaks of peace, and 48 were downed".
        apart = any(ahead + _SAID_THAT < clause < index for clause in sentence.positions("clause"))
        others = {country_named(unit) for unit in sentence if not unit.value.endswith("-adjective")} - {None, country}
        others |= {CLAIMANT_SIDE.get(unit.value) for unit in sentence.of("claimant")} - {None, country}
        if told and not (governed or apart or others):
            return Side(OTHER[country], country, "reporter")
    return None


def _strikes_target(sentence: Units, index: int) -> bool:
    """Tell whether an attack of so many drones is one on something that is no place known by name."""
    for position in range(index + 1, min(index + _TO_TARGET, len(sentence))):
        if sentence[position].has("preposition", "to", "at"):
            target = sentence[position + 1 : position + 1 + _NEAR]
            known = any(
                unit.kind == "part"
                or unit.has("unit", "region")
                or country_named(unit) is not None
                or unit.place is not None
                for unit in target
            )
            return not known and any(unit.kind in ("word", "unit") for unit in target)
    return False


def _of_actor(sentence: Units, index: int, measure: str) -> Side | None:
    """A country that acts: who launches attacks, who shoots down defends; "on Ukraine" names the defender."""
    if measure in ("launched", "attack") and army_acts(sentence, index):
        return Side("RU", "UA", "actor")
    owner = owner_of_attack(sentence, index)
    if owner is not None:
        return Side(owner, OTHER[owner], "actor")
    launches = [
        position for position in sentence.positions("measure", "attack") if sentence[position].value in LAUNCHING
    ]
    for launch in sorted(launches, key=lambda position: abs(position - index))[:_MOST_LAUNCHES]:
        if measure in _DEFENDED and _of_other_number(sentence, index, launch):
            continue
        country = subject(sentence, launch)
        if country is not None:
            return Side(country, OTHER[country], "actor")
    named = [
        (position, country)
        for position in sentence.positions("nation", "place")
        if (country := country_named(sentence[position])) is not None
    ]
    for position, country in named:
        unit = sentence[position]
        around = (*sentence[max(0, position - 1) : position], *sentence[position + 1 : position + 2])
        if any(other.kind == "defence" for other in around):
            return Side(OTHER[country], country, "actor")
        hurting = measure not in DRONE_MEASURES and around[-1].kind == "drone"
        hurting = hurting or (measure in CASUALTIES and _of_drone_before(sentence, position))
        # "a Russian attack", "un ataque ruso"
        described = around[-1].kind == "attack" or (position > 0 and around[0].has("attack", "noun"))
        if unit.value.endswith("-adjective") and (hurting or described):
            return Side(country, OTHER[country], "actor")
        if unit.value.endswith("-genitive") and around[0].has("attack", "noun", "drone"):
            return Side(country, OTHER[country], "actor")
    for position, country in named:
        if sentence[position].value.endswith("-adjective") and not is_soil(sentence, position):
            continue
        counted = any(
            (other.kind == "number" and other.role != "time" and not other.role.startswith("counts "))
            or other.has("mark", ",")
            for other in sentence[index + 1 : max(index + 1, position)]
        )
        if not counted and is_object(sentence, position):
            return Side(OTHER[country], country, "object")
    if measure in _DEFENDED:
        for position in sentence.positions("measure"):
            if position < index + 8 and sentence[position].value in _DEFENDED:
                country = subject(sentence, position)
                if country is not None:
                    return Side(OTHER[country], country, "actor")
    return None


def side_of_attack(sentence: Units) -> Side | None:
    """Who attacked whom in an attack that a sentence tells of without a number: the next one may go on with it."""
    attacks = sentence.positions("attack")[:_MOST_LAUNCHES]
    sides = (_of_actor(sentence, position, "attack") for position in attacks)
    return next(filter(None, sides), None)


def defenders_told(sentence: Units) -> Iterator[str]:
    """Yield who is attacked by what a sentence says without a place: who launches, and whose military reports."""
    for position in sentence.positions("measure", "attack"):
        if sentence[position].value in LAUNCHING:
            country = subject(sentence, position)
            if country is not None:
                yield OTHER[country]
    for unit in sentence.of("claimant"):
        if unit.value in CLAIMANT_SIDE:
            yield CLAIMANT_SIDE[unit.value]


def _of_drone_before(sentence: Units, position: int) -> bool:
    """Tell whether an adjective stands behind the drones it describes ("une attaque de drones ukrainiens")."""
    before = sentence[position - 1] if position else None
    drones = before is not None and (before.kind == "drone" or before.has("attack", "drone"))
    return drones and not _describes_behind(sentence, position)


def _of_other_number(sentence: Units, index: int, verb: int) -> bool:
    """Tell whether a verb behind a conjunction has a number of its own ("44 were downed, while B says A sent 81")."""
    between = sentence[index + 1 : verb + 3]
    conjunction = next((position for position, unit in enumerate(between) if unit.kind == "clause"), None)
    return (
        verb > index
        and conjunction is not None
        and any(unit.kind == "number" and unit.role in ("", "claim") for unit in between[conjunction:])
    )


def _of_region(codes: Sequence[str], claimant: str | None) -> Side | None:
    countries = {country_of(code) for code in codes if code not in _DISPUTED} - {"SEA"}
    if countries == {"RU"}:
        return Side("UA", "RU", "region")
    if countries == {"UA"}:
        return Side("RU", "UA", "region")
    disputed = not countries and any(code in _DISPUTED for code in codes)
    if disputed and (claimant is None or CLAIMANT_SIDE.get(claimant) != "UA"):
        return Side("UA", "RU", "region")
    return None


def _of_claimant(claimant: str | None) -> Side | None:
    if claimant is None:
        return None
    defender = CLAIMANT_SIDE.get(claimant)
    if defender is None and claimant.startswith("local:"):
        side = _of_region((claimant[6:],), None)
        return Side(side.attacker, side.defender, "claimant") if side else None
    return Side(OTHER[defender], defender, "claimant") if defender else None
