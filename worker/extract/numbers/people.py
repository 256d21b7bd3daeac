"""People named one after another are added up: "two women and a boy", "ранены мужчина и его дочь"."""

from __future__ import annotations

from collections.abc import Collection

from worker.extract.grammar.clauses import Clauses
from worker.extract.grammar.units import Units
from worker.extract.grammar.verbs import CASUALTIES
from worker.extract.numbers.ages import ages_behind, joins
from worker.extract.numbers.counted import PEOPLE_OF_PAIR
from worker.extract.when.moments import TIME_UNITS
from worker.lexicon import Grammar

# How many a couple are.
JOINED = "counted with the one before"
# Units from a person to the "and" that joins another, itself included.
_DESCRIBED = 4
# Units that may describe a person who is joined to another one: ages, whose relative it is, what he does.
_LONGEST_DESCRIPTION = 7
# Units from a verb to the first person it is said of.
_VERB_BEFORE = 3
# Units from a person to the verb behind, an insertion between them included.
_VERB_BEHIND = 14


def companions(sentence: Units, last: int, grammar: Grammar, *, listed: bool) -> tuple[int, int]:
    """Return how many people are joined by "and" to the person at `last`, and the last of their units.

    With `listed` a comma joins as well if "and" closes the list; behind a number it opens an apposition ("three
    people, a man and …"). Someone with a verb of his own is not joined.
    """
    added, pending, end, position = 0, 0, last, ages_behind(sentence, last)[1]
    told = _told_before(sentence, last)
    along = _along(sentence, position, grammar)
    if along is not None:
        added, position = along
        end = position
    ahead = _joint(sentence, position)
    while ahead is not None:
        closing = sentence[ahead].has("particle", "and")
        if not closing and not listed:
            break
        found = _person(sentence, ahead + 1, grammar)
        if found is None:
            break
        number, position = found
        pending += number
        closing = closing or (
            bool(told) and (_ends_with_row(sentence, ahead, position) or _ends_row(sentence, position))
        )
        if closing:
            if told and (_has_own_verb(sentence, position, grammar) or _fared_otherwise(sentence, position, told)):
                break
            added, pending, end = added + pending, 0, position
        ahead = _joint(sentence, position)
    for unit in sentence[last + 1 : end + 1]:
        if unit.kind in ("number", "person"):
            unit.role = JOINED
    return added, end


def verb_of_several(sentence: Units, first: int, last: int, clauses: Clauses) -> int | None:
    """Return the nearest word that says what happened to the people named from `first` to `last`."""
    own = {clauses.of[first], clauses.of[last]}
    if first and sentence[first - 1].has("mark", "–", ":"):
        own.add(clauses.of[first] - 1)  # "there are injured: a man and a woman"
    spots = [
        position
        for position in sentence.positions("measure")
        if sentence[position].value in CASUALTIES and clauses.of[position] in own
    ]
    return min(spots, key=lambda position: max(first - position, position - last), default=None)


def opens_pair(sentence: Units, index: int, grammar: Grammar) -> bool:
    """Tell whether one person stands before "and" with a number of others ("the priest and two other worshippers")."""
    joint = _joint(sentence, index)
    if joint is None or not sentence[joint].has("particle", "and"):
        return False
    counted = any(unit.kind == "number" and not unit.article for unit in sentence[joint + 1 : joint + 4])
    before = sentence[index - 1].form if index else ""
    spoken_of = before in grammar.determiners and before not in grammar.plural_determiners
    return counted and (spoken_of or _single(sentence, index, grammar)) and sentence[index].value != "child"


def _told_before(sentence: Units, index: int) -> set[str]:
    """What a verb right before a person, in the same clause, says of him."""
    told: set[str] = set()
    for unit in reversed(sentence[max(0, index - _VERB_BEFORE) : index]):
        if unit.has("mark", ",", ";", ":"):
            break
        if unit.has("measure", *CASUALTIES):
            told.add(unit.value)
    return told


def _joint(sentence: Units, position: int) -> int | None:
    """Where "and" or a comma follows a person, behind at most three words that describe them ("de 59 ans")."""
    described = False
    for ahead in range(position + 1, min(position + 1 + _DESCRIBED, len(sentence))):
        unit = sentence[ahead]
        if ahead == position + 1 and unit.kind == "person" and sentence[position].form[-1:] != unit.form[-1:]:
            continue  # "a nine-year-old girl"
        if described and (unit.article or unit.kind == "unit"):
            continue  # "the driver of a bus"
        described = described or unit.has("particle", "of")
        if unit.has("particle", "and") or unit.has("mark", ","):
            return ahead
        following = sentence[ahead + 1] if ahead + 1 < len(sentence) else None
        aged = unit.has("unit", "long") or (  # "a woman of 64", "официантка 22 лет"
            unit.kind == "number"
            and (
                sentence[ahead - 1].has("particle", "of", "aged")
                or (following is not None and following.has("unit", "long"))
            )
        )
        if unit.kind not in ("word", "idle") and not aged and not unit.has("particle", "of", "aged"):
            return None
    return None


def _along(sentence: Units, position: int, grammar: Grammar) -> tuple[int, int] | None:
    """Return (how many, index) of the people right behind "with", by the case they stand in ("бабушка с внуком").

    Only a verb of several tells that both were hurt ("ранены бабушка с внуком", not "ранена"), or one without a subject
    before them ("вбило чоловіка з сином").
    """
    joint = position + 1
    if joint >= len(sentence) or sentence[joint].form not in grammar.along:
        return None
    told = [p for p in sentence.positions("measure") if sentence[p].value in CASUALTIES]
    nearest = min(told, key=lambda p: abs(p - joint), default=None)
    if nearest is None:
        return None
    befell = nearest < position and sentence[nearest].form in grammar.befell
    if sentence[nearest].form not in grammar.fate_of_many and not befell:
        return None
    found = _person(sentence, joint + 1, grammar)
    return found if found is not None and sentence[found[1]].form.endswith(grammar.along_endings) else None


def _ends_with_row(sentence: Units, first: int, last: int) -> bool:
    """Tell whether the "and" that closes a list stands between the last ages ("a man, 35- and 83-year-old women")."""
    return any(
        sentence[p].has("particle", "and") and sentence[p + 1].kind == "age"
        for p in range(first + 1, min(last, len(sentence) - 1))
    )


def _ends_row(sentence: Units, last: int) -> bool:
    """Tell whether "and" and another verb follow the last of a row ("killed one, a man and injured five others")."""
    ahead = last + 1 + (last + 1 < len(sentence) and sentence[last + 1].has("mark", ","))
    behind = sentence[ahead : ahead + 2]
    return len(behind) > 1 and behind[0].has("particle", "and") and behind[1].has("measure", *CASUALTIES)


def _person(sentence: Units, first: int, grammar: Grammar) -> tuple[int, int] | None:
    """Return (how many, index) of the people that begin at `first`, None if nobody does."""
    number: int | None = None
    ages = 0
    for position in range(first, min(first + _LONGEST_DESCRIPTION, len(sentence))):
        unit = sentence[position]
        if unit.has("particle", "others") and number is not None:
            return number, position
        following = sentence[position + 1] if position + 1 < len(sentence) else None
        if unit.kind == "person":
            row, last = ages_behind(sentence, position)
            row = row if row > 1 else ages if ages > 1 else 0
            known = unit.form in grammar.singular_heads or unit.value == "pair"
            if number is None and not (row or known or _single(sentence, position, grammar)):
                return None
            return (number or row or 1) * (PEOPLE_OF_PAIR if unit.value == "pair" else 1), last
        ages += unit.kind == "age"
        if ages and following is not None and following.kind == "age" and joins(unit):
            continue
        if unit.kind == "number" and unit.number is not None:
            aged = following is not None and following.has("unit", *TIME_UNITS)
            if not aged:
                if number is not None or unit.role:
                    return None
                number = unit.number
        elif (
            unit.kind not in ("word", "age", "nation")
            and not unit.has("unit", *TIME_UNITS)
            and not unit.has("particle", "further", "both", "them")
        ):
            return None
        elif unit.has("particle", "both"):
            number = PEOPLE_OF_PAIR
    return None


def _single(sentence: Units, position: int, grammar: Grammar) -> bool:
    """Tell whether a noun for one person is in the singular by its ending ("and their granddaughter")."""
    unit = sentence[position]
    if unit.value == "group" or not grammar.plural_endings:
        return False
    return not unit.form.endswith(grammar.plural_endings) or unit.form.endswith(grammar.singular_endings)


def _fared_otherwise(sentence: Units, position: int, told: Collection[str]) -> bool:
    """Tell whether something else is said behind of the second ("died a woman and three people, …, were injured")."""
    apart = False
    for verb in range(position + 1, min(position + _VERB_BEHIND, len(sentence))):
        unit = sentence[verb]
        apart = apart or unit.has("mark", ",")
        inside = any(other.has("particle", "part") for other in sentence[position:verb])
        another = apart and not inside and unit.kind == "person"  # "two medics and a driver were hurt, a patient died"
        if unit.has("mark", ".", ";", ":") or unit.kind == "clause" or another:
            return False
        if unit.kind == "number" and not inside:
            return False  # the verb is of others: "a mother and her son died, another seven were hurt"
        if unit.has("measure", *CASUALTIES):
            following = sentence[verb + 1 : verb + 1 + _VERB_BEFORE]
            return unit.value not in told and not any(other.kind in ("person", "number") for other in following)
    return False


def _has_own_verb(sentence: Units, position: int, grammar: Grammar) -> bool:
    """Tell whether a verb for one follows ("a woman was killed and her son was hurt")."""
    for unit in sentence[position + 1 : position + 4]:
        if unit.kind in ("mark", "clause", "person", "number"):
            return False
        if unit.has("measure", *CASUALTIES):
            return unit.form in grammar.singular_verbs
    return False


def told_of_others(sentence: Units, index: int, at: int, clauses: Clauses) -> bool:
    """Tell whether the verb of another clause speaks of people counted there, or denies ("no dead, 38 evacuated")."""
    own = clauses.of[at]
    if own == clauses.of[index]:
        return False
    for position in sentence.positions("number", "vague", "particle"):
        unit = sentence[position]
        if clauses.of[position] != own:
            continue
        ahead = unit.kind in ("number", "vague") and not (unit.role or unit.article) and index < position < at
        # "Seven people, five of them civilians, were hurt": the verb is that of the seven, not so "one of them died".
        apart = any(other.kind == "mark" for other in sentence[position:at])
        among = apart and any(
            other.has("particle", "part", "of") for other in sentence[max(0, position - 2) : position + 3]
        )
        counted = unit.role == "claim" or (ahead and not among)
        if unit.has("particle", "no") or counted:
            return True
    return False
