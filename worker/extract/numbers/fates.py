"""Verbs that say who died or was hurt make people of nouns that no lexicon lists ("a stoker was killed")."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import takewhile

from worker.extract.grammar.clauses import Clauses
from worker.extract.grammar.ellipses import before_hedges
from worker.extract.grammar.units import Units
from worker.extract.grammar.verbs import CASUALTIES
from worker.extract.numbers.counted import PEOPLE_OF_PAIR, Count
from worker.extract.numbers.people import JOINED, companions
from worker.extract.numbers.refusals import of_other_weapon, refused_by_clause
from worker.lexicon import Grammar

BY_VERB = "one by its verb"
# Somebody whom only "he" or "she" names.
BY_PRONOUN = "one by a pronoun"
# Units between an auxiliary and its participle, between a noun and its verb.
_AUXILIARY_REACH = 3
_VERB_REACH = 9
_OBJECT_REACH = 5
_BEFORE_VERB = 3
_BEARING_REACH = 10
# Why a "one" is refused that says who of several it is; clauses from there to the verb behind a relative clause.
_ONE_OF = frozenset(("one of several", "an article", "one of those counted elsewhere"))
_RELATIVE_CLAUSE = 2
# Letters of a noun at least: shorter words are pronouns and particles.
_SHORTEST_NOUN = 4
# What may stand between a noun and the verb that is said of it.
_BETWEEN = frozenset(
    ("word", "place", "head", "nation", "preposition", "age", "bound", "weekday", "part", "relative", "month", "idle")
)


def suffers(sentence: Units, index: int, head: int, clauses: Clauses, grammar: Grammar) -> int | None:
    """Return the verb that makes people of the unknown noun at `head`, counted by the number at `index`, else None."""
    noun = sentence[head]
    if noun.kind != "word" or len(noun.form) < _SHORTEST_NOUN or (grammar.capital_nouns and not noun.capital):
        return None
    first = before_hedges(sentence, index)
    before = sentence[first] if first >= 0 else None
    if before is not None and before.has("measure", *CASUALTIES) and before.form in grammar.fate_of_object:
        return first  # "killed a stoker", "killed at least three bathers"
    governed = before is not None and before.kind in ("preposition", "particle") and not before.has("particle", "and")
    if governed:
        return None
    own, one = clauses.of[index], sentence[index].number == 1
    for verb in sentence.positions("measure"):
        if clauses.of[verb] != own or sentence[verb].value not in CASUALTIES or not head < verb <= head + _VERB_REACH:
            continue
        plain = all(unit.kind in _BETWEEN or unit.article for unit in sentence[head + 1 : verb])
        if plain and (
            _of_subject(sentence, verb, clauses, grammar, one=one) or _reduced(sentence, head, verb, grammar)
        ):
            return verb
    return None


def _reduced(sentence: Units, head: int, verb: int, grammar: Grammar) -> bool:
    """Tell whether a participle without its auxiliary stands behind people ("two bathers slightly hurt by debris")."""
    after = sentence[verb + 1] if verb + 1 < len(sentence) else None
    of_object = after is not None and (after.kind in ("number", "vague", "person", "word") or after.article)
    return sentence[verb].form in grammar.fate_participles and verb - head <= _AUXILIARY_REACH and not of_object


def lone(sentence: Units, clauses: Clauses, grammar: Grammar, found: Sequence[Count]) -> list[Count]:
    """Return the people whom a verb in the singular says to have died or been hurt, and whom nothing else counts."""
    counted: list[Count] = []
    for verb in sentence.positions("measure"):
        if sentence[verb].value not in CASUALTIES or any(count.measure_at == verb for count in found):
            continue
        own = clauses.of[verb]
        if _there_is_one(sentence, verb, grammar):
            said = any(count.measure == sentence[verb].value for count in (*found, *counted))
            if not (said or of_other_weapon(sentence, verb, clauses) or refused_by_clause(sentence, verb, clauses)):
                counted.append(Count(verb, 1, 1, "exact", None, sentence[verb].value, verb, BY_VERB, last=verb))
            continue
        if any(clauses.of[count.index] == own and count.measure in CASUALTIES for count in (*found, *counted)):
            continue
        if any(clauses.of[position] == own and _counts(sentence, position) for position in _countable(sentence)):
            continue
        noun = _lone_noun(sentence, verb, clauses, grammar)
        if (
            noun is not None
            and sentence[noun].role != JOINED
            and not (of_other_weapon(sentence, noun, clauses) or refused_by_clause(sentence, noun, clauses))
        ):
            more, last = (
                companions(sentence, noun, grammar, listed=False) if sentence[noun].kind == "person" else (0, noun)
            )
            low = (PEOPLE_OF_PAIR if sentence[noun].has("person", "pair") else 1) + more
            another = noun > 0 and sentence[noun - 1].form in grammar.possessives
            rule = BY_PRONOUN if sentence[noun].form in grammar.bearing_verbs else BY_VERB
            counted.append(
                Count(noun, low, low, "exact", noun, sentence[verb].value, verb, rule, further=another, last=last)
            )
    return counted


def _there_is_one(sentence: Units, verb: int, grammar: Grammar) -> bool:
    """Tell whether one dead or injured is said to be there, without a noun ("є загиблий та семеро поранених").

    Not where it is asked ("чи є загиблий") or said of a thing ("є постраждалий від удару автомобіль").
    """
    behind = sentence[verb + 1] if verb + 1 < len(sentence) else None
    described = behind is not None and behind.kind in ("person", "age", "unit", "nation", "number")
    phrase = list(takewhile(lambda unit: unit.kind not in ("mark", "clause"), sentence[verb + 1 :]))
    by_something = bool(phrase) and phrase[0].has("preposition", "from")
    described = described or (
        by_something
        and any(unit.kind == "unit" and phrase[at].kind != "preposition" for at, unit in enumerate(phrase[1:]))
    )
    return (
        verb > 0
        and sentence[verb - 1].has("particle", "exist")
        and not (verb > 1 and sentence[verb - 2].has("particle", "no", "or"))
        and sentence[verb].form in grammar.fate_nouns
        and not described
    )


def _countable(sentence: Units) -> Sequence[int]:
    return sentence.positions("number", "vague", "particle")


def _counts(sentence: Units, position: int) -> bool:
    """Tell whether a unit says how many there are, nobody included."""
    unit = sentence[position]
    if unit.kind == "particle":
        return unit.value in ("no", "part", "both", "all", "half", "third", "rest", "others")
    return unit.role in ("", "claim") and not unit.article


def _lone_noun(sentence: Units, verb: int, clauses: Clauses, grammar: Grammar) -> int | None:
    """Return the noun of which a verb tells in the singular, as its subject or its object."""
    own, unit = clauses.of[verb], sentence[verb]
    if _of_subject(sentence, verb, clauses, grammar, one=True):
        people = [
            position
            for position in sentence.positions("person")
            if clauses.of[position] == own and abs(position - verb) <= _VERB_REACH and not sentence[position].role
        ]
        if people:
            person = min(people, key=lambda position: abs(position - verb))
            several = sentence[person].has("person", "group") or sentence[person].form.endswith(grammar.plural_endings)
            return None if several else person
        aged = _aged_alone(sentence, range(verb - 1, max(-1, verb - _BEFORE_VERB - 1), -1), clauses, own)
        if aged is not None:
            return aged
        ahead = _one_of_them(sentence, verb, clauses, grammar) if unit.value == "killed" else None
        if ahead is not None or unit.form in grammar.fate_of_things:
            return ahead
        if grammar.determiners:
            return _spoken_of(sentence, verb, clauses, grammar)
        near: tuple[int, ...] = (verb + 1, verb - 1)
        if unit.form not in grammar.fate_of_one:  # who bore an injury, not what part of the body behind it
            bearing = [p for p in range(max(1, verb - _BEARING_REACH), verb) if clauses.of[p] == own]
            bore = next((p for p in reversed(bearing) if sentence[p].form in grammar.bearing_verbs), None)
            if bore is not None:
                several = sentence[bore].form.endswith(grammar.plural_endings)  # "they suffered": no one person
                near = (bore - 1,) if several else (bore - 1, bore)
        beside = (_beside(sentence, (at,), own, clauses, grammar) for at in near)
        return next((at for at in beside if at is not None), None)
    if unit.form in grammar.fate_of_object:
        aged = _aged_alone(sentence, range(verb + 1, min(verb + _BEFORE_VERB, len(sentence))), clauses, own)
        if aged is not None:
            return aged
    if unit.form in grammar.fate_of_object and grammar.determiners:
        return _object_spoken_of(sentence, verb, clauses, grammar)
    if unit.form in grammar.fate_of_object and grammar.object_endings:
        for position in sentence.positions("person"):
            if verb - _BEFORE_VERB <= position <= verb + _OBJECT_REACH and clauses.of[position] == own:
                single = sentence[position].value != "group"
                return position if single and sentence[position].form.endswith(grammar.object_endings) else None
        noun = _beside(sentence, range(verb + 1, verb + 1 + _AUXILIARY_REACH), own, clauses, grammar)
        if unit.form in grammar.fate_of_things:
            return None  # "не стало света"
        if noun is not None and sentence[noun].form.endswith(grammar.object_endings):
            return None if sentence[noun].form.endswith(_several(grammar)) else noun
    return None


def _aged_alone(sentence: Units, positions: Iterable[int], clauses: Clauses, own: int) -> int | None:
    """Return somebody who is named by nothing but an age ("a 16-year-old was hurt", "killed a 45-year-old")."""
    for position in positions:
        if sentence[position].kind == "age" and clauses.of[position] == own:
            behind = sentence[position + 1] if position + 1 < len(sentence) else None
            noun = behind is not None and behind.kind in ("person", "unit", "drone", "nation", "place")
            described = behind is not None and behind.kind == "word" and len(behind.form) >= _SHORTEST_NOUN
            return None if noun or described else position
    return None


def _spoken_of(sentence: Units, verb: int, clauses: Clauses, grammar: Grammar) -> int | None:
    """Return the unknown noun behind "the" or "his" that is the subject of a verb behind it ("its stoker died")."""
    for noun in range(verb - 1, max(0, verb - _VERB_REACH), -1):
        unit, before = sentence[noun], sentence[noun - 1]
        if clauses.of[noun] != clauses.of[verb]:
            return None
        if unit.kind != "word" or before.form not in grammar.determiners or len(unit.form) < _SHORTEST_NOUN:
            continue
        governed = noun > 1 and sentence[noun - 2].kind in ("preposition", "particle", "bound", "report")
        named = unit.capital or not grammar.capital_nouns
        several = unit.form.endswith(grammar.plural_endings) if grammar.plural_endings else False
        return noun if named and not governed and not several else None
    return None


def _object_spoken_of(sentence: Units, verb: int, clauses: Clauses, grammar: Grammar) -> int | None:
    """Return the one person behind an article that a verb before it has as its object ("tötete den Fahrer")."""
    for position in sentence.positions("person"):
        if not verb < position <= verb + _VERB_REACH or clauses.of[position] != clauses.of[verb]:
            continue
        unit, before = sentence[position], sentence[position - 1]
        single = unit.form in grammar.singular_heads or before.form not in grammar.plural_determiners
        several = unit.value == "group" or (grammar.plural_endings and unit.form.endswith(grammar.plural_endings))
        return position if before.form in grammar.determiners and single and not several else None
    return None


def _one_of_them(sentence: Units, verb: int, clauses: Clauses, grammar: Grammar) -> int | None:
    """Return who dies in the end: "one of the four who were hurt has died", "the man, who was hurt, has died"."""
    for position in sentence.positions("number", "person"):
        unit = sentence[position]
        # A comma and "who" behind it cut twice.
        behind = sentence[position + 2] if position + 2 < len(sentence) else None
        apart = _RELATIVE_CLAUSE + (behind is not None and behind.kind == "clause")
        if position > verb or clauses.of[verb] - clauses.of[position] > apart:
            continue
        if unit.kind == "number" and unit.number == 1 and unit.role in _ONE_OF:
            return position
        if unit.has("person", "plain", "child") and not unit.role and clauses.of[position] == clauses.of[verb] - apart:
            counted = any(other.kind in ("number", "vague") for other in sentence[max(0, position - 3) : position])
            several = grammar.plural_endings and unit.form.endswith(grammar.plural_endings)
            return None if counted or several else position
    return None


def _beside(sentence: Units, positions: Sequence[int], own: int, clauses: Clauses, grammar: Grammar) -> int | None:
    """Return the first unknown noun or person among the words at `positions`, behind adjectives."""
    for position in positions:
        if not 0 <= position < len(sentence) or clauses.of[position] != own:
            continue
        unit = sentence[position]
        if unit.has("person", "plain", "child"):
            return position
        if unit.has("measure", "injured") and unit.form.endswith(_long(grammar)):
            return position  # "the injured has died"
        if unit.kind not in ("word", "age", "nation"):
            return None
        known = unit.kind != "word" or unit.form in grammar.stopwords or unit.form.endswith(_long(grammar))
        if not known and len(unit.form) >= _SHORTEST_NOUN:
            return position
    return None


def _several(grammar: Grammar) -> tuple[str, ...]:
    """The endings that only nouns for several have."""
    return tuple(ending for ending in grammar.plural_endings if len(ending) > 1)


def _long(grammar: Grammar) -> tuple[str, ...]:
    """The endings that only adjectives have: those of one letter nouns share."""
    return tuple(ending for ending in grammar.adjective_endings if len(ending) > 1)


def only_of_one(sentence: Units, verb: int, clauses: Clauses, grammar: Grammar) -> bool:
    """Tell whether a verb is in the singular, so that it is not said of several ("was killed", "загинув")."""
    form, own = sentence[verb].form, clauses.of[verb]
    if grammar.object_endings:
        return form in grammar.fate_of_one and form not in grammar.fate_of_many
    singular = grammar.auxiliaries_of_one - grammar.auxiliaries_of_many
    near = sentence[max(0, verb - _AUXILIARY_REACH) : verb]
    return form in grammar.fate_participles and any(
        unit.form in singular and clauses.of[max(0, verb - _AUXILIARY_REACH) + at] == own
        for at, unit in enumerate(near)
    )


def _of_subject(sentence: Units, verb: int, clauses: Clauses, grammar: Grammar, *, one: bool) -> bool:
    """Tell whether a verb is said of its subject: it died, or an auxiliary makes a passive ("was killed")."""
    form = sentence[verb].form
    if form in grammar.fate_of_one or (not one and form in grammar.fate_of_many):
        return True
    own = clauses.of[verb]
    if sentence[verb].value == "injured" and any(
        sentence[p].form in grammar.bearing_verbs
        for p in range(max(0, verb - _BEARING_REACH), verb)
        if clauses.of[p] == own
    ):
        return True
    if form not in grammar.fate_participles:
        return False
    first = 0 if grammar.capital_nouns else max(0, verb - _AUXILIARY_REACH)
    last = len(sentence) if grammar.capital_nouns else verb
    auxiliaries = grammar.auxiliaries_of_one if one else grammar.auxiliaries_of_one | grammar.auxiliaries_of_many
    joined = any(of == own and sentence[p].has("particle", "and") for p, of in enumerate(clauses.of[:verb]))
    held = (own, own - 1) if joined and grammar.capital_nouns else (own,)  # "sei … beschädigt und … verletzt worden"
    return any(sentence[p].form in auxiliaries for p in range(first, last) if clauses.of[p] in held)
