"""Which country or capital an attack is done to, where only the form or the place of its verb tells."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from worker.extract.grammar.units import Unit, Units
from worker.extract.where.places import PlaceGroup
from worker.extract.who.actors import ARMIES, CLAIMANT_SIDE, country_named
from worker.gazetteer import country_of
from worker.lexicon import Grammar

_OBJECT = "-object"
# Units from a country to the verb of its clause ("Ukraine was on the same night … attacked").
_REACH = 24
# Units of a subject that opens its clause ("die russischen Angreifer haben").
_OPENING = 3
# Units from a verb to what its subject attacks.
_BEHIND = 8
# A time and a verb at least.
_SHORTEST_OPENING = 2
# Units from a capital to what is done to it.
_NEAR = 6
# Units from a preposition to the name it governs, adjectives and articles between.
_GOVERNED = 3
_ARTICLE = 3
# What a clause says before it, instead of who acts: "according to", "after the attack of".
_ASIDE = ("report", "status")
_TIMES = ("part", "weekday", "relative", "month")
_ACTING = CLAIMANT_SIDE | ARMIES
_ENDS = frozenset((",", ";", ":", "–", "(", ")"))


def mark_attacked(sentence: Units, grammar: Grammar) -> None:
    """Mark each country that an attack is done to as an object, as a case would: "Ukraine was hit", "Россия атакована".

    A verb that sends something is never done to a country, so only the verbs of attack that the grammar lists count.
    """
    countries = [position for position in sentence.positions("nation") if sentence[position].value in ("RU", "UA")]
    if not countries:
        return
    for verb in sentence.positions("attack", "measure"):
        if not _can_befall(sentence[verb], grammar):
            continue
        first = _start(sentence, verb)
        other = next((p for p in range(verb - 1, first, -1) if sentence[p].has("attack", "verb")), first)
        attacked = [p for p in countries if other <= p < verb and not _is_governed(sentence, p, first, grammar)]
        if not attacked:
            continue
        if _is_passive(sentence, attacked[-1], first, verb, grammar):
            sentence[attacked[-1]].value += _OBJECT
        elif grammar.perfects:
            _mark_before_verb(sentence, attacked[-1], first, grammar)


def struck_capitals(sentence: Units, groups: list[PlaceGroup], grammar: Grammar) -> list[PlaceGroup]:
    """Take a capital for the city it is where an attack is done to it ("Kyiv was struck with 40 drones").

    And for who attacks where only a time opens the clause before its verb ("In der Nacht griff Moskau … an").
    """
    result: list[PlaceGroup] = []
    for group in groups:
        if group.role == "actor" and (
            _struck(sentence, group, groups, grammar)
            or (grammar.capital_nouns and _behind_attacker(sentence, group, grammar))
        ):
            group = replace(group, role="target", located=True)
        elif group.role == "target" and grammar.capital_nouns and _attacks(sentence, group):
            group = replace(group, role="actor", located=False)
        result.append(group)
    return result


def _behind_attacker(sentence: Units, group: PlaceGroup, grammar: Grammar) -> bool:
    """Tell whether a capital follows a verb of attack and who does it ("In der Nacht griffen 53 Drohnen Moskau an")."""
    verb = next(
        (p for p in range(group.first - 1, max(group.first - _BEHIND, -1), -1) if sentence[p].has("attack", "verb")),
        None,
    )
    if verb is None or _is_governed(sentence, group.first, verb + 1, grammar):
        return False
    between = sentence[verb + 1 : group.first]
    if any(unit.kind in ("mark", "clause", "preposition", "measure", "attack") for unit in between):
        return False
    own = country_of(group.codes[0])
    return any(
        unit.kind == "drone" or unit.has("nation", "enemy") or _other(sentence, position, own)
        for position, unit in enumerate(between, verb + 1)
    )


def _attacks(sentence: Units, group: PlaceGroup) -> bool:
    """Tell whether a capital stands right behind a verb of attack, and nothing before that could have attacked it."""
    place = sentence[group.first].place
    if place is None or not place.government or group.first != group.last or group.first < _SHORTEST_OPENING:
        return False
    verb = group.first - 1
    if not sentence[verb].has("attack", "verb"):
        return False
    opening = sentence[_start(sentence, verb) : verb]
    times = [unit for unit in opening if unit.kind in _TIMES]
    return bool(times) and all(
        unit in times
        or unit.kind in ("preposition", "bound", "clock")
        or unit.role == "time"
        or (unit.kind == "word" and not unit.capital)
        for unit in opening
    )


def _struck(sentence: Units, group: PlaceGroup, groups: Sequence[PlaceGroup], grammar: Grammar) -> bool:
    """Tell whether the first verb behind a capital, in its clause, is one of attack and is done to it."""
    # Where verbs stand at the end, the auxiliary may stand before the capital ("wurde Kiew von Drohnen angegriffen").
    last = len(sentence) if grammar.capital_nouns else group.last + _NEAR
    for position in range(group.last + 1, min(last, group.last + _REACH, len(sentence))):
        unit = sentence[position]
        if unit.kind == "clause" or (unit.kind == "mark" and unit.value in _ENDS):
            return False
        if unit.kind == "measure" or unit.has("attack", "verb"):
            if not _can_befall(unit, grammar):
                return False
            if grammar.plural_verbs and unit.form.endswith(grammar.plural_verbs):
                return _stands_alone(sentence, group, groups, position)  # "Киев атаковали 23 дронами": a town is one
            if not grammar.passives:
                return False
            first = _start(sentence, position) if grammar.capital_nouns else group.first
            if first < group.first and _is_governed(sentence, group.first, first, grammar):
                first = group.first
            attacks = unit.has("attack", "verb") and _attacked_by_others(sentence, group, groups, first, grammar)
            return attacks or _is_passive(sentence, group.last, first, position, grammar)
    return False


def _stands_alone(sentence: Units, group: PlaceGroup, groups: Sequence[PlaceGroup], verb: int) -> bool:
    """Tell whether a place opens its clause but for a time, and no other one that the verb may strike is behind it."""
    opening = sentence[_start(sentence, group.first) : group.first]
    if not all(unit.kind in ("preposition", *_TIMES) or unit.role == "time" for unit in opening):
        return False
    marks = (p for p in sentence.positions("mark") if p > verb and sentence[p].value in _ENDS)
    end = next(marks, len(sentence))
    return not any(verb < other.first < end for other in groups)


def _attacked_by_others(
    sentence: Units, group: PlaceGroup, groups: Sequence[PlaceGroup], first: int, grammar: Grammar
) -> bool:
    """Tell whether who attacks stands before a capital and the participle behind ("haben Drohnen Kiew angegriffen")."""
    auxiliary = next((p for p in range(first, group.first) if sentence[p].form in grammar.perfects), None)
    if auxiliary is None:
        return False
    if sentence[group.last + 1].kind == "preposition" and sentence[group.last + 1].value == "by":
        return False  # "Kiew zufolge": it only says so
    own = country_of(group.codes[0])
    capitals = (other for other in groups if other.role == "actor" and first <= other.first < group.first)
    return (
        any(_other(sentence, position, own) for position in range(first, group.first))
        or any(country_of(other.codes[0]) != own for other in capitals)
        or any(
            sentence[position].kind == "drone" and _is_subject(sentence, start, position, grammar)
            for start, end in ((first, auxiliary), (auxiliary + 1, group.first))
            for position in range(start, end)
        )
    )


def _is_subject(sentence: Units, start: int, noun: int, grammar: Grammar) -> bool:
    """Tell whether a noun opens its clause, or stands behind the auxiliary, with nothing before but what counts it."""
    return all(
        unit.kind in ("number", "vague", "qualifier", "nation", "part", "weekday")
        or unit.form in grammar.articles
        or unit.form in grammar.determiners
        for unit in sentence[start:noun]
    )


def _start(sentence: Units, verb: int) -> int:
    """Return where the clause of a verb begins."""
    for position in range(verb - 1, max(verb - _REACH, -1), -1):
        unit = sentence[position]
        if unit.kind == "clause" or (unit.kind == "mark" and unit.value in _ENDS):
            return position + 1
    return max(0, verb - _REACH)


def _can_befall(verb: Unit, grammar: Grammar) -> bool:
    """Tell whether a country can suffer what a verb says: it is attacked, hit, targeted, but never launched."""
    if verb.kind == "measure" and verb.value == "launched":
        return verb.form.startswith(grammar.befalling)
    return verb.value in ("verb", "hit")


def _is_passive(sentence: Units, country: int, first: int, verb: int, grammar: Grammar) -> bool:
    """Tell whether a verb is done to its subject."""
    form = sentence[verb].form
    if not any(word.endswith(grammar.passive_endings) for word in form.split()):
        return False
    if not grammar.passives:
        return not sentence[country].form.endswith(grammar.agent_endings)
    if form.split()[0] in grammar.passives:
        return True
    if grammar.capital_nouns and any(unit.form in grammar.passives for unit in sentence[verb : verb + 2]):
        return True  # "dass die Ukraine angegriffen wurde"
    begin = first if grammar.capital_nouns else country
    auxiliary = next((p for p in range(verb - 1, begin - 1, -1) if sentence[p].form in grammar.passives), None)
    return auxiliary is not None and not any(
        unit.has("particle", "and") or not grammar.active_marks.isdisjoint(unit.form.split())
        for unit in sentence[max(country, auxiliary) + 1 : verb + 1 + grammar.capital_nouns]
    )


def _is_governed(sentence: Units, country: int, first: int, grammar: Grammar) -> bool:
    """Tell whether a name depends on a noun or preposition before it ("on Ukraine", "the attack of Russia")."""
    if grammar.capital_nouns and country > first and sentence[country - 1].kind in ("part", "weekday"):
        return False  # "haben in der Nacht Kiew angegriffen"
    before = sentence[max(first, country - _GOVERNED) : country]
    if any(unit.kind == "preposition" or unit.kind in _ASIDE or unit.has("particle", "of") for unit in before):
        return True
    noun = next((unit for unit in reversed(before) if not _is_article(unit)), None)
    if noun is None:
        return False
    if noun is before[-1]:
        return noun.has("attack", "noun", "drone")
    return before[-1].form in grammar.genitives and noun.kind in ("attack", "drone", "claimant")


def _mark_before_verb(sentence: Units, country: int, first: int, grammar: Grammar) -> None:
    """Mark a country that stands between who attacks it and the verb ("haben die Russen … die Ukraine angegriffen")."""
    auxiliary = next((p for p in range(first, country) if sentence[p].form in grammar.perfects), None)
    clause = sentence[first:country]
    if auxiliary is None or any(unit.kind in _ASIDE for unit in clause):
        return
    beside = all(_is_article(unit) for unit in sentence[auxiliary + 1 : country])
    if beside and auxiliary - first > _OPENING:
        return  # "in der Nacht zum Montag hat die Ukraine …": it acts itself
    own = sentence[country].value
    if any(_other(sentence, place, own) for place in range(first, auxiliary if beside else country - 1)):
        sentence[country].value += _OBJECT


def _other(sentence: Units, position: int, own: str) -> bool:
    """Tell whether a unit names the other country or its army as who acts."""
    unit = sentence[position]
    country = _ACTING.get(unit.value) if unit.kind == "claimant" else country_named(unit)
    if country in (None, own):
        return False
    if any(other.kind == "preposition" for other in sentence[max(0, position - _GOVERNED) : position]):
        return False
    behind = sentence[position + 1]
    return not unit.value.endswith("-adjective") or behind.kind in ("word", "defence", "person")


def _is_article(unit: Unit) -> bool:
    return unit.kind == "word" and len(unit.form) <= _ARTICLE
