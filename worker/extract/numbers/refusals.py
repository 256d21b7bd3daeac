"""Numbers that count nothing of an attack, each with the reason a person is told."""

from __future__ import annotations

from bisect import bisect_left

from worker.extract.grammar.clauses import Clauses, behind_ages
from worker.extract.grammar.heads import counts_attacks
from worker.extract.grammar.units import Unit, Units
from worker.extract.grammar.verbs import CASUALTIES
from worker.extract.numbers.mentioned import counts_more_places, is_only_mentioned, leads_to_counted
from worker.extract.numbers.quantities import lower_end
from worker.extract.numbers.rates import between_hours, is_share
from worker.extract.when.stretches import SUMS
from worker.lexicon import Grammar

LARGEST = 10_000
# What a war or a season may add up to, where the sentence says that it adds up.
_YEAR = 4  # digits
LARGEST_SUM = 100_000
_MODEL = "a model number"
_MODELS = frozenset((101, 107, 131, 136, 238, 2, 3))
_PERCENT_OR_MONEY = frozenset(("%", "°", "$", "€", "₽", "-"))
_OLDEST = 110
_LOWEST = 8  # number below the line of a fraction
_FOOTNOTE = frozenset(("]", ",", "–"))
_MONEY_OR_NUMBER = frozenset(("$", "€", "№", "#", "£"))
_COUNTED = ("drone", "person", "weapon", "nation", "age", "measure", "unit")
# A number behind these without a blank was written in haste; behind a name it is one of a model.
_WRITTEN_TOGETHER = ("mark", "measure", "preposition", "attack", "qualifier")
# Units before the weapon that opens a line.
_OPENS_LINE = 3
# Units from a number to another one with which it is a range, a proportion or a pair of hours.
_PAIRED = 3
# A drone so near to another weapon strikes together with it.
_BESIDE = 4
# What a clause that only goes on with the victims does not name.
_ACTING = frozenset(("drone", "attack", "weapon", "clause", "claimant"))
# What "more than" may stand before as a word of how much.
_MEASURED = ("number", "vague", "decimal", "clock")
# Units behind "all three of which" in which it would be told what happened to them.
_NAMED_REACH = 4


def refused_by_neighbours(sentence: Units, index: int, number: int) -> str | None:
    """Return why the units right beside a number show that it counts nothing, else None."""
    before = sentence[index - 1] if index else None
    after = sentence[index + 1] if index + 1 < len(sentence) else None
    if after is not None and (after.form in _PERCENT_OR_MONEY or _opens_percentages(sentence, index)):
        return "percent or money"
    if _is_difference(sentence, index):
        return "a difference"
    if _is_fraction(sentence, index) or _is_fraction(sentence, index + 1):
        return "a fraction"
    if number == 1 and is_only_mentioned(sentence, index):
        return "one of those counted"
    if (
        number == 1
        and before is not None
        and before.kind == "unit"
        and after is not None
        and after.has("particle", "part")
    ):
        return "only says whose or of what something is"
    if after is not None and after.has("attack", "noun", "drone") and counts_attacks(sentence, index):
        return "counts attacks"
    form = sentence[index].form
    if len(form) > 1 and form[0] == "0" and form[1].isdigit():
        return "a running number"
    numbers = sentence.positions("number")
    at = bisect_left(numbers, index)
    paired = [other for other in numbers[max(0, at - 1) : at + 2] if 0 < abs(other - index) <= _PAIRED]
    if paired and (between_hours(sentence, index) or between_hours(sentence, index - 2)):
        return "an hour"
    if paired and index + 2 < len(sentence) and lower_end(sentence, index + 2) is not None:
        return "the lower end of a range"
    if (
        after is not None
        and after.has("particle", "others")
        and index > 1
        and sentence[index - 2].role == "claim"
        and sentence[index - 2].kind == "number"
    ):
        return "counts regions that are not named"
    if paired and is_share(sentence, index):
        return "a share"
    if number < _OLDEST and _is_age(sentence, index):
        return "an age"
    beside = before.kind if before is not None else None
    if before is not None and before.has("bound", "at") and not leads_to_counted(sentence, index, _COUNTED):
        return "an hour or a difference"
    elided = before is not None and before.form.endswith("'")  # "d'une vingtaine"
    if before is not None and beside not in _WRITTEN_TOGETHER and before.end == sentence[index].start and not elided:
        return _MODEL
    if before is not None and beside in ("particle", "mark", "drone"):
        if before.has("particle", "no"):
            return "denied"
        # "Rescuers told of seven dead" tells no age.
        dead = after is not None and after.kind == "measure" and after.capital
        if (
            before.has("particle", "of")
            and index > 1
            and sentence[index - 2].has("person", "plain", "child")
            and not dead
        ):
            return "an age"
        if after is not None and before.form == "[" and after.form in _FOOTNOTE:
            return "a footnote"
        if before.form in _MONEY_OR_NUMBER:
            return "money or a running number"
        digits = sentence[index].form.isdigit()
        if before.has("mark", "/") and index > 1 and sentence[index - 2].role == _MODEL:
            return _MODEL  # "Shahed 136/131"
        if before.has("drone", "RU", "UA") and number in _MODELS and digits and before.end + 1 >= sentence[index].start:
            return _MODEL
    if (
        1900 <= number < 1990
        and before is not None
        and before.has("preposition", "at")
        and sentence[index].form.isdigit()
    ):
        return "a year"
    if (
        1990 <= number <= 2035
        and sentence[index].form[:4].isdigit()
        and not any(_is_drone(unit) for unit in _noun_phrase(sentence, index))
    ):
        return "a year"
    if (
        before is not None
        and beside == "preposition"
        and before.value == "from"
        and _opens_days(sentence, index, number)
    ):
        return "a date"
    if (
        after is not None
        and after.has("mark", ".")
        and index + 2 < len(sentence)
        and after.start == sentence[index].end
    ):
        return "an ordinal"
    if paired and _of_days(sentence, index):
        return "counts days"
    if paired and _in_range(sentence, index):
        return "one end of a range"
    if after is not None and after.kind == "month":
        return "a date"
    if _stands_for_named(sentence, index):
        return "says how many were named"
    if after is not None and after.has("particle", "and", "or") and _opens_ages(sentence, index):
        return "an age"
    if number == 1 and after is not None and after.kind == "part":
        return "a time"
    if number == 1 and any(unit is not None and unit.has("particle", "only") for unit in (before, after)):
        return "alone"
    if before is not None and beside == "weapon" and before.end + 1 >= sentence[index].start and before.capital:
        return _MODEL
    return None


def _stands_for_named(sentence: Units, index: int) -> bool:
    """Tell whether a number only takes up what was listed before it ("A, B and C, all three of which border …")."""
    return (
        index > 1
        and sentence[index - 1].has("particle", "all")
        and any(unit.has("particle", "part") for unit in sentence[index + 1 : index + 2])
        and not any(unit.kind == "measure" for unit in sentence[index + 2 : index + 2 + _NAMED_REACH])
    )


def _is_difference(sentence: Units, index: int) -> bool:
    """Tell whether a number says how many more or fewer there were ("twelve fewer than the day before")."""
    after = sentence[index + 1 : index + 3]
    return bool(after) and (
        after[0].has("qualifier", "more_than", "up_to") and (len(after) == 1 or after[1].kind not in _MEASURED)
    )


def _is_fraction(sentence: Units, index: int) -> bool:
    """Tell whether a number is the upper one of a fraction that measures something ("for 7 1/2 hours")."""
    ahead = sentence[index : index + 4]
    return (
        len(ahead) == 4
        and ahead[1].has("mark", "/")
        and ahead[3].kind == "unit"
        and ahead[0].number is not None
        and ahead[2].number is not None
        and ahead[0].number < ahead[2].number <= _LOWEST
    )


def is_agent(sentence: Units, index: int, head: int | None, at: int) -> bool:
    """Tell whether something was destroyed "by a drone": the participle follows, and often the noun it belongs to."""
    before = sentence[index - 1] if index else None
    return (
        before is not None
        and (before.has("particle", "of") or before.has("preposition", "by"))
        and head is not None
        and 0 < at - head <= 2
    )


def _of_days(sentence: Units, index: int) -> bool:
    """Tell whether a number is one of a number of days or nights ("on 26 of 31 days")."""
    following = sentence[index + 1 : index + 4]
    return (
        len(following) == 3
        and following[0].has("particle", "of")
        and following[1].kind == "number"
        and following[2].kind == "unit"
        and following[2].value in ("time", "day", "long", "hours", "oclock")
    )


def _in_range(sentence: Units, index: int) -> bool:
    """Tell whether a number is one end of "between 15 and 20"."""
    for first in (index, index - 2):
        if first < 1 or first + 2 >= len(sentence) or not sentence[first - 1].has("bound", "between"):
            continue
        low, joint, high = sentence[first : first + 3]
        if low.kind == high.kind == "number" and joint.has("particle", "and") and high.role != "time":
            return True
    return False


def one_of_people(sentence: Units, index: int, kind: str, grammar: Grammar) -> bool:
    """Tell whether somebody is one of dead or injured who are known ("einer der Verletzten")."""
    following = sentence[index + 1 : index + 3]
    return (
        kind == "casualty"
        and sentence[index].article
        and len(following) > 1
        and (following[0].has("particle", "of") or following[0].form in grammar.genitives)
    )


def too_large(sentence: Units, number: int, kind: str) -> bool:
    """Tell whether a number is larger than any count of its `kind`: only sums of drones go beyond ten thousand."""
    if number <= LARGEST:
        return False
    long = sentence.any("status", *SUMS) or any(
        unit.role == "time" and unit.number is not None and len(unit.form) == _YEAR for unit in sentence.of("number")
    )
    return number > LARGEST_SUM or not (kind == "drone" and long)


def not_told_as_news(sentence: Units, *, tried: bool) -> str | None:
    """Return why nothing in a sentence is news of an attack (practised, or what somebody is tried for), else None."""
    if sentence.any("other", "exercise"):
        return "practised, not fought"
    if _line_of_weapon(sentence):
        return "a line about another weapon"
    if points_elsewhere(sentence):
        return "the title of another report"
    return "what somebody is tried for" if tried or sentence.any("other", "court") else None


def points_elsewhere(sentence: Units) -> bool:
    """Tell whether a sentence only gives the title of another report ("Read also: nobody hurt as drones …")."""
    return any(p < _OPENS_LINE and sentence[p].value == "pointer" for p in sentence.positions("other"))


def _line_of_weapon(sentence: Units) -> bool:
    """Tell whether a line of a table or list is about a missile, bomb or gun ("Iskander-M: launched 2, downed 0")."""
    if "weapon" not in sentence.at or "drone" in sentence.at or sentence.any("measure", *CASUALTIES):
        return False
    first = sentence.at["weapon"][0]
    if sentence[first].value == "mixed" or any(unit.kind not in ("mark", "word") for unit in sentence[:first]):
        return False
    behind = next((unit for unit in sentence[first + 1 : first + 3] if unit.kind not in ("word", "nation")), None)
    return first < _OPENS_LINE and behind is not None and behind.has("mark", ":", "–", "/", "|")


def _is_age(sentence: Units, index: int) -> bool:
    """Tell whether a number stands among ages ("three siblings aged 8, 12 and 17", "children aged 5 to 17")."""
    if "particle" not in sentence.at:
        return False
    position = index - 1
    while position >= 0 and (
        sentence[position].kind in ("number", "qualifier")
        or sentence[position].has("mark", ",", "–", "-")
        or sentence[position].has("particle", "and")
        or (sentence[position].has("preposition", "to") and sentence[position - 1].kind == "number")
    ):
        position -= 1
    aged = position >= 0 and sentence[position].has("particle", "aged")
    return aged and not behind_ages(sentence, position, index)


def _noun_phrase(sentence: Units, index: int) -> list[Unit]:
    """The units behind a number as far as adjectives reach."""
    found: list[Unit] = []
    for unit in sentence[index + 1 : index + 4]:
        if unit.kind not in ("word", "nation", "drone"):
            break
        found.append(unit)
    return found


def _opens_ages(sentence: Units, index: int) -> bool:
    """Tell whether a number behind people is the first of their ages ("men of 44 and 51 years")."""
    ahead = sentence[index + 2 : index + 4]
    people = any(unit.kind == "person" or unit.role == "claim" for unit in sentence[max(0, index - 3) : index])
    return people and len(ahead) == 2 and ahead[0].kind == "number" and ahead[1].has("unit", "time", "long")


def _opens_percentages(sentence: Units, index: int) -> bool:
    """Tell whether a number is the first of two shares in percent ("from 80 to 93 %")."""
    ahead = sentence[index + 1 : index + 4]
    return (
        len(ahead) == 3
        and ahead[2].form in _PERCENT_OR_MONEY
        and ahead[1].kind in ("number", "decimal")
        and ahead[0].kind in ("qualifier", "mark", "preposition", "bound", "particle")
    )


def _opens_days(sentence: Units, index: int, number: int) -> bool:
    """Tell whether a number is the first of two days of one month ("from 8 to 14 November")."""
    following = sentence[index + 1 : index + 4]
    return (
        len(following) == 3
        and following[0].kind in ("particle", "preposition", "bound", "qualifier", "mark")
        and following[1].kind == "number"
        and following[1].number is not None
        and number < following[1].number <= 31
        and following[2].kind == "month"
    )


def refused_by_clause(sentence: Units, index: int, clauses: Clauses) -> str | None:
    """Return why nothing in the clause of a number counts (drones that were bought, ships), else None."""
    for position in sentence.positions("origin"):
        if position < index and sentence[position + 1].has("mark", ":"):
            return "launched from there"
    for position in sentence.positions("other"):
        unit = sentence[position]
        if unit.value == "rate":
            continue  # said of the number it stands beside
        if unit.value == "average" and position < index:
            return "an average"
        if unit.value == "frontline" and any(clauses.of[p] == clauses.of[index] for p in sentence.positions("defence")):
            continue  # a brigade that shoots drones down over a region
        if clauses.of[position] == clauses.of[index] or unit.value == "losses":
            return f"context of {unit.value}: {unit.form}"
    return "more places" if counts_more_places(sentence, index) else None


def of_other_weapon(sentence: Units, index: int, clauses: Clauses) -> bool:
    """Tell whether the clause of a number names a missile, bomb or gun, and no drone beside it."""
    if "weapon" not in sentence.at:
        return False
    own = (clauses.of[index], _antecedent(sentence, index, clauses))
    drones = (*sentence.positions("drone"), *sentence.positions("attack"))
    return any(
        sentence[position].value not in ("mixed", "drones")
        and clauses.of[position] in own
        # A clause behind an insertion may bear the number of one inside it: then a lower one stands between them.
        and min(clauses.of[min(position, index) : max(position, index) + 1]) >= clauses.of[position]
        and not any(_is_drone(sentence[drone]) and _together(sentence, drone, position) for drone in drones)
        for position in sentence.positions("weapon")
    )


def _antecedent(sentence: Units, index: int, clauses: Clauses) -> int:
    """The clause that a relative clause is about ("a missile strike that killed two"), else that of the number.

    Of a clause that only goes on with the victims ("shelling killed two and wounded nine") it is the one before.
    """
    own = clauses.of[index]
    for position in range(max(0, index - 2), index + 1):
        if sentence[position].has("measure", *CASUALTIES) and position > 1:
            before = position - 1
            if sentence[before].kind == "clause" and clauses.of[before] == own:
                return clauses.of[before - 1]
    first = index
    while first and clauses.of[first - 1] == own:
        first -= 1
    if not first or not sentence[first].has("particle", "and"):
        return own
    inside = (unit for position, unit in enumerate(sentence) if clauses.of[position] == own)
    before = clauses.of[first - 1]
    told = any(clauses.of[p] == before and sentence[p].value in CASUALTIES for p in sentence.positions("measure"))
    return before if told and not any(unit.kind in _ACTING for unit in inside) else own


def _together(sentence: Units, drone: int, weapon: int) -> bool:
    """Tell whether both struck: named side by side, or in one list of weapons ("with drones, guns and bombs")."""
    between = sentence[min(drone, weapon) + 1 : max(drone, weapon)]
    if all(
        unit.kind in ("weapon", "attack") or unit.has("mark", ",") or unit.has("particle", "and") for unit in between
    ):
        return True
    return len(between) < _BESIDE and not any(unit.has("mark", ",", ";", ".") for unit in between)


def _is_drone(unit: Unit) -> bool:
    return unit.kind == "drone" or unit.value == "drone"
