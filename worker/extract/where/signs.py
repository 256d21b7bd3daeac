"""What the words around a name show it to be: where a report was written, where drones came from, who acts."""

from __future__ import annotations

from itertools import takewhile

from worker.extract.grammar.units import Units

_DATELINE = 14  # units behind the place where a report was written
_ARTICLE = 3  # characters of an article before a name
_GOVERNED = 3  # units from a preposition to the name it governs
_OPENS = 4  # units before a place that opens a sentence
_TO_REPORT = 8  # units from such a place to the verb by which word comes from there
# Kinds of words that end a list of where drones came from.
_TOLD = frozenset(("measure", "attack", "defence", "drone"))


def dates_a_report(sentence: Units, index: int) -> bool:
    """Tell whether a date, an agency in brackets and a dash follow: "Kyiv, 9 July (Wire).–", "KYIV.–"."""
    bracket = False
    for position, unit in enumerate(sentence[index : index + _DATELINE], index):
        if unit.has("mark", "–"):
            return sentence[position - 1].has("mark", ".", ")")
        bracket = (bracket or unit.has("mark", "(")) and not unit.has("mark", ")")
        if not bracket and unit.kind not in ("mark", "number", "month"):
            return False
    return False


def told_from(sentence: Units, first: int, last: int) -> bool:
    """Tell whether word comes out of a place, not drones ("aus dem Gebiet Rostow meldete man zwei Verletzte").

    The place opens the sentence, and a verb of reporting follows before anything is said to have been launched.
    """
    if first > _OPENS:
        return False
    for unit in sentence[last + 1 : last + 1 + _TO_REPORT]:
        if unit.kind in ("mark", "clause", "drone", "origin") or unit.has("measure", "launched"):
            return False
        if unit.kind == "report":
            return unit.value != "account"
    return False


def sends_drones(sentence: Units, first: int) -> bool:
    """Tell whether a capital behind a verb is the one who attacks: it launches, or its enemy says that it attacked."""
    verb, place = sentence[first - 1], sentence[first].place
    if verb.has("measure", "launched"):
        return not _has_subject(sentence, first - 1) and inverted(sentence, first)
    if place is None or not place.government or not verb.has("attack", "verb"):
        return False
    enemy = "UA-" if place.alone[:1] and place.alone[0].startswith("RU-") else "RU-"
    told = any(unit.value.startswith(enemy) for unit in sentence[: first - 1] if unit.kind == "claimant")
    return told and _opens_clause(sentence, first - 1) and inverted(sentence, first)


def _has_subject(sentence: Units, verb: int) -> bool:
    """Tell whether a country or its army stands right before a verb ("Russia attacked Kyiv with 12 drones")."""
    subject = next((p for p in range(verb - 1, max(-1, verb - 3), -1) if sentence[p].kind != "word"), None)
    if subject is None:
        return False
    leading = sentence[max(0, subject - _GOVERNED) : subject]
    if any(unit.kind in ("preposition", "report") or unit.has("particle", "of") for unit in leading):
        return False  # "according to Russia's army": it only says so
    unit = sentence[subject]
    return unit.has("nation", "RU", "UA", "enemy", "RU-genitive", "UA-genitive") or unit.has("claimant", "RU-army")


def _opens_clause(sentence: Units, verb: int) -> bool:
    """Tell whether a verb has no subject before it ("in the night, said the ministry, attacked Kyiv …")."""
    before = sentence[verb - 1]
    return verb > 0 and (before.kind in ("claimant", "report", "preposition") or before.has("mark", ","))


def attacked_by(sentence: Units, first: int) -> bool:
    """Tell whether a capital stands behind a country that attacks it ("griff die Ukraine Moskau mit 35 Drohnen an")."""
    return (
        first > 1
        and sentence[first - 1].has("nation", "RU", "UA")
        and any(unit.has("attack", "verb") for unit in sentence[max(0, first - 4) : first - 1])
    )


def inverted(sentence: Units, first: int) -> bool:
    """Tell whether a verb before a name has its object behind it: then the name is its subject ("schickte Kiew …")."""
    drones = sentence.positions("drone")
    if not drones or drones[0] < first:
        return False
    before = takewhile(lambda position: position < first, sentence.positions("number", "vague"))
    return all(sentence[position].role == "time" for position in before)


def stands_for_head(sentence: Units, of: int) -> bool:
    """Tell whether an article stands for the word of the place before ("26 over that of Kursk")."""
    while of > 1 and not sentence[of].has("particle", "of"):
        of -= 1
    article = sentence[of - 1]
    return (
        of > 1
        and article.kind == "word"
        and len(article.form) <= _ARTICLE
        and sentence[of - 2].has("preposition", "at", "to")
    )


def in_list_of_origins(sentence: Units, index: int) -> bool:
    """Tell whether a list is headed by where the drones came from ("directions: Kursk – 38; the cape – Crimea")."""
    return any(
        position < index
        and sentence[position + 1].has("mark", ":", "–")
        and not any(unit.has("mark", ".") or unit.kind in _TOLD for unit in sentence[position + 2 : index])
        for position in sentence.positions("origin")
    )
