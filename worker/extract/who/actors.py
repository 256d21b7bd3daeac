"""Which country acts in a sentence: who is the subject of a verb, who only the object."""

from __future__ import annotations

from worker.extract.grammar.units import Unit, Units
from worker.gazetteer import country_of

OTHER = {"RU": "UA", "UA": "RU"}
# For which country who speaks, and whose drones are those "of the army".
CLAIMANT_SIDE = {
    "RU-MOD": "RU",
    "UA-AF": "UA",
    "UA-GS": "UA",
    "UA-SES": "UA",
    "UA-SBU": "UA",
    "UA-PRES": "UA",
    "UA-MOD": "UA",
}
ARMIES = {"RU-army": "RU", "UA-AF": "UA", "UA-GS": "UA"}
LAUNCHING = ("launched", "verb")  # of the kinds measure and attack
# Names that say whose something is: they seldom act themselves.
_OWNING = ("-adjective", "-genitive")
# Units from who attacks to whom, where the verb stands at the end.
_VERB_AT_END = 12
_LONGEST_ARTICLE = 3
# Units from a preposition to the country behind it ("on the north of Ukraine").
_OBJECT = 4
# Units of "of having" between a country and what it is accused of.
_BLAMED = 3
_IN_ATTACK = 6  # units from a number of drones to whose attack they came in
_SUBJECT = 6  # units from a country to the object of its verb
# Units from a participle to who did it ("lancés dans la nuit par les Russes").
_AGENT = 7
# What may stand before the subject of a clause.
_TIME = frozenset(("part", "weekday", "relative", "month", "status", "zone"))
_COUNTING = frozenset(("word", "qualifier", "particle", "clause", "number"))
_BEFORE_COUNTING = 8  # units from "counted" back to who did ("Ukraine, for its part, counted")
_BEFORE_ATTACK = 4  # units from drones to the verb that says they attacked


def army_acts(sentence: Units, index: int) -> bool:
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


def subject(sentence: Units, verb: int) -> str | None:
    """The country that does what the verb says: "by" it, else the nearest noun before, else right behind it."""
    if verb not in sentence.subjects:
        sentence.subjects[verb] = _subject(sentence, verb)
    return sentence.subjects[verb]


def _subject(sentence: Units, verb: int) -> str | None:
    by = next((p for p in range(verb + 1, min(verb + _AGENT, len(sentence))) if _ends_passive(sentence[p])), None)
    if by is not None and sentence[by].has("preposition", "by"):
        agent = next(filter(None, map(country_named, sentence[by + 1 : by + 4])), None)
        agent = agent or _army_behind(sentence, verb, by)
        if agent is not None:
            return agent
    for position in (*range(verb - 1, max(verb - 14, -1), -1), *range(verb + 1, min(verb + 4, len(sentence)))):
        unit = sentence[position]
        if position < verb and unit.has("nation", "enemy"):
            return None
        if unit.has("mark", ";", ":") or (position > verb and unit.has("mark", ",")):
            return None
        if unit.kind == "clause" and verb - 3 < position < verb:
            # "drones that Russia launched" is also said "that launched Russia" where words stand freely.
            country = country_named(sentence[verb + 1]) if verb + 1 < len(sentence) else None
            if sentence[verb].kind == "attack" and _behind_drone(sentence, position):
                country = None  # "drones that attacked Ukraine"
            if country is not None and not sentence[verb + 1].value.endswith(("-adjective", "-object")):
                return country
        if unit.kind == "clause" and position < verb and _tells_of_antecedent(sentence, position, verb):
            antecedent = country_named(sentence[position - 2])  # "attacked by Russia, which launched 111 drones"
            if antecedent is not None and not sentence[position - 2].value.endswith("-adjective"):
                return antecedent
        country = country_named(unit)
        if unit.kind == "place" and position and sentence[position - 1].has("preposition", "by"):
            continue  # "according to Moscow, 30 drones were launched at Belgorod"
        if country is not None and position < verb and _reports(sentence, position, verb):
            return None
        if country is not None and position > verb and _drones_attack(sentence, verb):
            return OTHER[country]
        if country is not None and position < verb and _describes_attack(sentence, position, verb):
            return country
        owns = unit.value.endswith(_OWNING) and not _acts_itself(sentence, position, verb)
        if country is not None and not owns and _is_accused(sentence, position, verb):
            return country
        if country is not None and not owns and not is_object(sentence, position):
            return _before_object(sentence, position, verb) or country
    return None


def _army_behind(sentence: Units, verb: int, by: int) -> str | None:
    """The country whose army is named right behind "by", which follows a participle ("launched by Ukraine's army").

    Behind a time it may only report, where it is one that does.
    """
    army = sentence[by + 1].value if by + 1 < len(sentence) and sentence[by + 1].kind == "claimant" else ""
    if by != verb + 1 and army in CLAIMANT_SIDE:
        return None
    return ARMIES.get(army)


def _describes_attack(sentence: Units, position: int, verb: int) -> bool:
    """Tell whether an adjective says whose attack it is that struck ("une attaque russe de 97 drones a visé …")."""
    if not sentence[position].value.endswith("-adjective") or sentence[verb].kind != "attack":
        return False
    beside = (*sentence[max(0, position - 1) : position], *sentence[position + 1 : position + 2])
    between = sentence[position + 1 : verb]
    return any(unit.has("attack", "noun", "drone") for unit in beside) and not any(
        unit.kind in ("mark", "clause", "measure") for unit in between if not unit.has("measure", "launched")
    )


def _tells_of_antecedent(sentence: Units, clause: int, verb: int) -> bool:
    """Tell whether a relative clause behind a comma has no subject of its own ("…, which last night launched 111")."""
    if clause < 2 or not sentence[clause - 1].has("mark", ","):
        return False
    return all(unit.kind in _TIME or unit.kind == "word" for unit in sentence[clause + 1 : verb])


def _ends_passive(unit: Unit) -> bool:
    """Tell whether who did it is named here, or cannot follow any more."""
    return unit.has("preposition", "by") or unit.kind in ("mark", "measure", "clause", "attack", "drone")


def _acts_itself(sentence: Units, position: int, verb: int) -> bool:
    """Tell whether a name without cases stands right before its verb, where only the doer, or what is his, can.

    Only when it was done may stand between; behind the verb it has to end its clause ("запустила за ночь РФ").
    """
    if not sentence[position].value.endswith("-genitive"):
        return False
    first, last = min(position, verb), max(position, verb)
    if any(unit.kind not in _TIME and not unit.has("bound", "within") for unit in sentence[first + 1 : last]):
        return False
    if position > verb:
        ends = position + 1 == len(sentence) or sentence[position + 1].has("mark", ".", ",", ";")
        return ends and sentence[verb].value in LAUNCHING
    alone = position == 0 or sentence[position - 1].kind in ("mark", "clause", "part", "relative", "weekday", "month")
    return alone or (position == verb - 1 and sentence[verb].value in LAUNCHING)


def _is_accused(sentence: Units, noun: int, verb: int) -> bool:
    """Tell whether a country is blamed for what the verb says ("acusó a Rusia de haber lanzado")."""
    between = sentence[noun + 1 : verb]
    return (
        0 < len(between) <= _BLAMED and between[0].has("particle", "of") and all(u.kind == "word" for u in between[1:])
    )


def owner_of_attack(sentence: Units, index: int) -> str | None:
    """Whose attack the drones of a number came in ("17 of 18 drones used in Russia's overnight attack")."""
    for position in sentence.positions("preposition"):
        if not index < position <= index + _IN_ATTACK or sentence[position].value not in ("at", "by"):
            continue
        owner = country_named(sentence[position + 1]) if position + 1 < len(sentence) else None
        behind = position + 2
        while behind < len(sentence) and sentence[behind].kind in ("word", "part", "relative"):
            behind += 1
        if owner is not None and behind < len(sentence) and sentence[behind].has("attack", "noun", "drone"):
            return owner
    return None


def _reports(sentence: Units, country: int, verb: int) -> bool:
    """Tell whether a country's army only tells of what the verb says ("Ukraine's army reported 86 drones launched")."""
    if sentence[country].value.endswith("-adjective") or sentence[verb].value not in LAUNCHING:
        return False  # who reports what was downed has downed it
    between = sentence[country + 1 : verb]
    told = next((position for position, unit in enumerate(between) if unit.has("report", "plain")), None)
    return (
        told is not None
        and all(unit.kind in ("word", "claimant", "defence") for unit in between[:told])
        and any(unit.kind in ("number", "vague", "head", "drone") for unit in between[told:])
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
    if first and sentence[verb - 1].has("mark", ","):
        return True  # "the raid involved 80 drones, targeting Ukraine"
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
    if noun > verb or (not counted and _governs_number(sentence, verb)):
        return None  # "Ukraine said Russia attacked it with 88 drones"
    reach = _VERB_AT_END if sentence[verb].kind == "attack" else 7 if counted else 3
    for position in range(noun - 1, max(noun - reach, -1), -1):
        unit = sentence[position]
        if unit.kind in ("mark", "clause", "measure"):
            return None
        country = country_named(unit)
        if country is not None and country != country_named(sentence[noun]) and not unit.value.endswith("-adjective"):
            told = position and sentence[position - 1].kind == "preposition"  # "according to Moscow, Ukraine has …"
            return None if told or is_object(sentence, position) else country
    return None


def _governs_number(sentence: Units, verb: int) -> bool:
    """Tell whether a verb leads to a number behind it: then who does it stands right before, not far ahead."""
    for unit in sentence[verb + 1 : verb + 1 + _BEFORE_ATTACK]:
        if unit.kind in ("mark", "clause", "measure") or unit.has("particle", "and"):
            return False
        if unit.kind in ("number", "vague") and not unit.article and unit.role != "time":
            return True
    return False


def is_object(sentence: Units, position: int) -> bool:
    """Tell whether a name is not that of who acts, by its case ("Украину") or a preposition ("on Ukraine")."""
    if sentence[position].value.endswith("-object"):
        return True
    adjectives = 0
    for before in reversed(sentence[max(0, position - _OBJECT) : position]):
        if before.kind in ("preposition", "qualifier") or before.has("particle", "each", "of"):
            return not before.has("preposition", "by", "from", "about") and not before.has("particle", "of")
        if before.kind == "head" and position < len(sentence) - 1 and sentence[position + 1].has("attack", "verb"):
            return True  # "das Gebiet der Ukraine angegriffen"
        if before.has("attack", "verb"):
            return _attacked_by_other(sentence, position)
        adjectives += len(before.form) > _LONGEST_ARTICLE
        if before.kind != "word" or adjectives > 1:
            return False
    return False


def _attacked_by_other(sentence: Units, position: int) -> bool:
    """Tell whether the other country stands before the verb that a name follows ("Russia attacked Ukraine using …")."""
    country = country_named(sentence[position])
    before = sentence[max(0, position - _SUBJECT) : position]
    if any(country_named(unit) not in (None, country) for unit in before):
        return True
    verb = next((p for p in range(position - 1, -1, -1) if sentence[p].has("attack", "verb")), 0)
    army = next((unit for unit in reversed(sentence[max(0, verb - _SUBJECT) : verb]) if unit.kind not in _TIME), None)
    return army is not None and army.kind == "claimant" and ARMIES.get(army.value) == OTHER.get(country or "")


def counting_country(sentence: Units, index: int) -> str | None:
    """The country that counts drones itself, so sees them come ("Ukraine, for its part, counted 33 launched at it").

    None where the sentence names the other country, too, or a place: then that tells whom they were sent against.
    """
    counted = [p for p in sentence.positions("report") if sentence[p].value == "counted" and p < index]
    if not counted or any(unit.kind not in _COUNTING for unit in sentence[counted[-1] + 1 : index]):
        return None
    named = {country_named(unit) for unit in sentence} - {None}
    placed = any(unit.kind == "place" and country_named(unit) is None for unit in sentence)
    if len(named) != 1 or placed or sentence.any("claimant"):
        return None
    for position in range(counted[-1] - 1, max(counted[-1] - _BEFORE_COUNTING, -1), -1):
        unit = sentence[position]
        if country_named(unit) is not None:
            told = position and sentence[position - 1].kind == "preposition"
            return (
                None if told or unit.value.endswith(_OWNING) or is_object(sentence, position) else country_named(unit)
            )
        if unit.kind not in ("word", "mark", "preposition", "clause", "idle"):
            return None
    return None


def country_named(unit: Unit) -> str | None:
    """Return which of the two countries a word names, its army, its capital as government or its people included."""
    if unit.kind == "nation" and unit.value[:2] in OTHER:
        return unit.value[:2]
    if unit.kind == "place" and unit.place is not None:
        codes = unit.place.alone
        if codes in (("RU",), ("UA",)):
            return codes[0]
        if unit.place.government and unit.role == "actor":
            return country_of(codes[0]) if codes else None
    return None
