"""Of what standing a count is: of now, of the past, a record, a sum over time, a plan."""

from __future__ import annotations

import msgspec

from worker.extract.grammar.verbs import CASUALTIES, DRONE_MEASURES
from worker.extract.sentence import SentenceReading
from worker.extract.when.behind import has_own_number
from worker.extract.when.comparisons import compared, dashed
from worker.extract.when.stretches import ARTICLE, SUMS, UNTIL_NOW, says_how_often, told_length

# Clauses behind a count that a relative clause may reach ("1,000 drones: the arsenal that they used in a week").
_TAIL = 3


# Units with which a sentence opens.
_OPENING = 4
# Units from "the previous record" to the number it introduces.
_ITS_NUMBER = 3

# Units from a plan to what is planned.
_PLANNED_REACH = 8

# Words that give a count no standing of their own.
_OF_NO_STANDING = frozenset(("once", "now", "denied", "earlier", "grown", "present", "compared", "recalled"))
# Why a number is of the past that another one overtook in the same breath.
RISEN = "from so many to so many"


class Standing(msgspec.Struct, frozen=True, gc=False):
    """The standing of a count, the word that decided, and the word of `SUMS` if it is a sum over a time."""

    status: str
    why: str = ""
    over: str = ""


def status_of(reading: SentenceReading, index: int) -> Standing:
    """Return of what standing the count at `index` is by the words of its sentence."""
    denials = [p for p in reading.units.positions("status") if reading.units[p].value == "denied"]
    if any(_denies(reading, denial, index) for denial in denials):
        return Standing("negated", "denied")
    if _risen_from(reading, index):
        return Standing("historic", RISEN)
    if compared(reading, index):
        return Standing("historic", "told for comparison")
    newest = reading.units.any("status", "now")
    cues = [
        (abs(position - index), reading.units[position])
        for position in reading.units.positions("status")
        if reading.units[position].value not in _OF_NO_STANDING and _reaches(reading, position, index)
    ]
    cues.sort(key=lambda cue: cue[0])
    values = {unit.value for _, unit in cues}
    if "past_record" in values or ("record" in values and "historic" in values):
        return Standing("record", "a past record")
    long = told_length(reading.units, reading.clauses, index)
    if long is not None and not newest and not cues:
        return Standing("cumulative", long, "cumulative")
    planned = any(unit.value == "planned" and distance <= _PLANNED_REACH for distance, unit in cues)
    for distance, unit in cues:
        if unit.value in SUMS and not newest and not planned:
            return Standing("cumulative", unit.form, unit.value)
        if unit.value == "historic":
            return Standing("historic", unit.form)
        if unit.value == "planned" and distance <= _PLANNED_REACH:
            return Standing("planned", unit.form)
    return Standing("current")


def _denies(reading: SentenceReading, denial: int, index: int) -> bool:
    """Tell whether a word of denial speaks of the count at `index`."""
    units, of = reading.units, reading.clauses.of
    if denial > index:
        opens = units[0].kind == "clause" and of[denial] - of[index] == 1  # "That 20 had died, the governor denied"
        return of[denial] == of[index] or opens or _called_so(reading, index, denial)
    if of[denial] < of[index] - 1 or _quoted(reading, denial, index):
        return False
    told = any(p < denial for p in _numbers(reading))  # what is denied stands before it
    opened = any(unit.kind == "clause" for unit in units[denial : index + 1])
    return of[denial] == of[index] or opened or not told


def of_record(reading: SentenceReading, index: int) -> bool:
    """Tell whether a sentence calls the count at `index` a record."""
    cues = reading.units.positions("status")
    return any(reading.units[cue].value in ("record", "past_record") and _reaches(reading, cue, index) for cue in cues)


def of_largest(reading: SentenceReading, before: int) -> bool:
    """Tell whether an attack is called the largest in front of the unit at `before` ("the largest raid came in May").

    Not where that is said of a number ("the largest number of drones in May").
    """
    units = reading.units
    return any(
        cue < before
        and units[cue].value == "now"
        and not any(
            unit.kind == "drone" or (unit.kind in ("number", "vague") and unit.role != "time")
            for unit in units[cue + 1 : before]
        )
        for cue in units.positions("status")
    )


def _reaches(reading: SentenceReading, cue: int, index: int) -> bool:
    """Tell whether a word of standing speaks of the count at `index`."""
    unit, of = reading.units[cue], reading.clauses.of
    if _year_of_date(reading, cue) or (unit.value == "cumulative" and says_how_often(reading.units, cue)):
        return False
    if _only_before_its_noun(reading, cue, index) or _only_reported_before(reading, cue, index):
        return False
    if _only_measured_by(reading, cue, index) or _of_record(reading, cue):
        return False
    if cue < index:
        if unit.value in SUMS and _night_singled_out(reading, cue, index):
            return False
        return not (
            _before_semicolon(reading, cue, index) or _now_again(reading, cue, index) or _told_anew(reading, cue, index)
        )
    if unit.value in SUMS and (_of_one_attack(reading, cue, index) or _of_nobody(reading, cue, index)):
        return False
    if of[cue] == of[index]:
        return not _of_another_number(reading, index, cue)
    return unit.value in SUMS and _closes(reading, index, cue)


def _only_before_its_noun(reading: SentenceReading, cue: int, index: int) -> bool:
    """Tell whether "earlier" only describes other drones than those counted ("debris of previously downed drones")."""
    units = reading.units
    behind = units[cue + 1 : cue + 3]
    if units[cue].value != "historic" or len(behind) < 2:
        return False
    if behind[0].has("nation", "abroad") and index < cue - 1 and units[cue - 1].kind == "word":
        return True  # "of the originally Iranian type"
    return behind[0].kind == "measure" and behind[1].kind == "drone" and index != cue - 1


def _only_measured_by(reading: SentenceReading, cue: int, index: int) -> bool:
    """Tell whether "than the day before" only measures what is counted, ahead of it or behind a dash."""
    units = reading.units
    than = [p for p in range(max(0, cue - 2), cue) if units[p].has("status", "compared")]
    return bool(than) and units[cue].value == "historic" and (index < than[0] or dashed(reading, cue, index))


def _of_record(reading: SentenceReading, cue: int) -> bool:
    """Tell whether a sum only says how long a record has stood ("a record since the invasion")."""
    units = reading.units
    gap = next((p for p in range(cue - 1, max(cue - 1 - ARTICLE, -1), -1) if units[p].has("status", "record")), None)
    return (
        units[cue].value in SUMS
        and gap is not None
        and all(unit.kind in ("word", "mark") for unit in units[gap + 1 : cue])
    )


def _only_reported_before(reading: SentenceReading, cue: int, index: int) -> bool:
    """Tell whether "earlier" says when drones were reported, not when they came ("Earlier X had said that …")."""
    units, of = reading.units, reading.clauses.of
    if units[cue].value != "historic" or cue >= _OPENING or of[cue] == of[index]:
        return False
    opening = next((p for p in units.positions("clause") if cue < p < index and of[p] == of[index]), None)
    if opening is None or opening < 2 or not any(unit.kind == "report" for unit in units[opening - 2 : opening]):
        return False
    return any(count.index == index and count.measure in DRONE_MEASURES for count in reading.counts)


def _of_nobody(reading: SentenceReading, cue: int, index: int) -> bool:
    """Tell whether a time behind a count is that of nobody hurt ("nine downed, with no casualties reported so far")."""
    if reading.units[cue].value not in UNTIL_NOW:
        return False  # "500 downed with no deaths since the start of the year"
    between = reading.units[index + 1 : cue]
    denied = next((position for position, unit in enumerate(between) if unit.has("particle", "no")), None)
    return denied is not None and any(
        unit.kind == "casualties" or unit.has("measure", *CASUALTIES) for unit in between[denied:]
    )


def _of_one_attack(reading: SentenceReading, cue: int, index: int) -> bool:
    """Tell whether a count is that of one day's attack ("Friday's raid by 133 drones was the fifth this month")."""
    units, of = reading.units, reading.clauses.of
    return any(
        mention.shape == "point"
        and mention.first < cue
        and of[max(mention.first, 0)] == of[index]
        and any(unit.kind == "attack" for unit in units[mention.last + 1 : mention.last + 3])
        for mention in reading.times
    )


def _night_singled_out(reading: SentenceReading, cue: int, index: int) -> bool:
    """Tell whether one night of a long time is named before a count ("this month, most on the 7th: 805")."""
    return any(
        cue < mention.first < index
        and mention.shape == "point"
        and mention.start is not None
        and mention.start.part == "night"
        and mention.start.dated
        for mention in reading.times
    )


def _told_anew(reading: SentenceReading, cue: int, index: int) -> bool:
    """Tell whether another time is told for a count behind the number that a word of standing is about.

    "104 the night before, 88 last night", "the record of 810 is history: 847 came on Tuesday", "two at first, by noon
    it was four".
    """
    of = reading.clauses.of
    if of[cue] == of[index]:
        return False
    own = of[cue]
    about = next((p for p in _numbers(reading) if p > cue or of[p] == own), index)
    if about >= index:
        return False
    behind = max(cue, about)
    return any(
        mention.weight
        and mention.shape not in ("year", "until")
        and behind < mention.first
        and of[mention.first] != own
        and (mention.first < index or of[mention.first] == of[index])
        for mention in reading.times
    ) or any(
        behind < position and (position < index or of[position] == of[index])
        for position in reading.units.positions("status", "particle")
        if reading.units[position].value in ("present", "were") or reading.units[position].value in SUMS
    )


def _numbers(reading: SentenceReading) -> list[int]:
    """Where the numbers stand that count anything."""
    units = reading.units
    return [p for p in units.positions("number", "vague") if units[p].role != "time" and not units[p].article]


def _year_of_date(reading: SentenceReading, cue: int) -> bool:
    """Tell whether "this year" only belongs to a date ("on 7 September this year")."""
    units = reading.units
    return units[cue].value in SUMS and cue > 1 and units[cue - 1].kind == "month" and units[cue - 2].role == "time"


def _now_again(reading: SentenceReading, said: int, index: int) -> bool:
    """Tell whether a sentence comes back to now ("the night before it was 60, last night 80")."""
    units, of = reading.units, reading.clauses.of
    if units[said].value != "historic" and units[said].value not in SUMS:
        return False
    for position in units.positions("relative"):
        if not said < position < index or of[position] == of[said]:
            continue
        unit, following = units[position], units[position + 1]
        if unit.value == "today" or (
            unit.value in ("this", "last") and (following.kind in ("part", "number") or following.has("mark", "–", ":"))
        ):
            return True
    return False


def _quoted(reading: SentenceReading, denied: int, index: int) -> bool:
    """Tell whether a colon opens what the one who denies says himself."""
    return any(unit.has("mark", ":") for unit in reading.units[denied:index])


def _called_so(reading: SentenceReading, index: int, denied: int) -> bool:
    """Tell whether a number is called wrong behind a dash ("the report of 2,000 drones – a fake")."""
    units = reading.units
    return units[denied - 1].has("mark", "–") and not any(
        unit.kind in ("number", "measure") for unit in units[index + 1 : denied]
    )


def _of_another_number(reading: SentenceReading, index: int, cue: int) -> bool:
    """Tell whether a word of the past behind a number belongs to another one ("45, up from 40 the night before")."""
    if reading.units[cue].value not in ("historic", "record", "past_record"):
        return False
    return any(index < number <= cue + _ITS_NUMBER for number in _numbers(reading))


def _before_semicolon(reading: SentenceReading, position: int, index: int) -> bool:
    """Tell whether a semicolon ends the past or long time told of ("at first nine; by 8 a.m. it was 14")."""
    units = reading.units
    return units[position].has("status", "historic", "cumulative", "until_now") and any(
        position < mark < index
        and units[mark].value == ";"
        and not any(unit.has("particle", "then") for unit in units[mark:index])  # "on Friday it was hit; then one died"
        for mark in units.positions("mark")
    )


def _risen_from(reading: SentenceReading, index: int) -> bool:
    """Tell whether a number is the first of "climbed from four to seven": it has been overtaken."""
    units = reading.units
    following = units[index + 1 : index + 3]
    return (
        index > 0
        and (units[index - 1].has("preposition", "from") or units[index - 1].has("particle", "of"))
        and len(following) == 2
        and following[0].has("preposition", "to")
        and following[1].kind == "number"
        and following[1].role != "time"
    )


def _closes(reading: SentenceReading, index: int, position: int) -> bool:
    """Tell whether a word behind a count still speaks of it: in the next clause, or with no other number between."""
    apart = reading.clauses.of[position] - reading.clauses.of[index]
    if apart and any(unit.has("attack", "noun", "drone") for unit in reading.units[index + 1 : position]):
        return False  # "it is the third attack this summer"
    if apart and (_tells_of_place(reading, index, position) or has_own_number(reading, index, position)):
        return False
    between = [p for p in reading.units.positions("number", "vague") if index < p < position]
    if apart <= _TAIL and not any(reading.units[p].role in ("", "claim") for p in between):
        return True
    return apart == 1


def _tells_of_place(reading: SentenceReading, index: int, position: int) -> bool:
    """Tell whether a relative clause goes on with a place ("eight fell on Kharkiv, which since the war …")."""
    units = reading.units
    for group in reading.groups:
        behind = units[group.last + 1 : group.last + 3]
        if index < group.last < position - 2 and len(behind) == 2 and behind[0].has("mark", ","):
            pronoun = behind[1].kind == "word" and len(behind[1].form) <= ARTICLE and position == group.last + 3
            return pronoun or behind[1].kind == "clause"  # "Charkiw, das seit dem Krieg …"
    return False


def back_to_now(reading: SentenceReading, index: int) -> bool:
    """Tell whether the clause of a number comes back to the present ("then it was 133, now 180")."""
    of = reading.clauses.of
    return any(
        reading.units[position].value == "present" and position < index and of[index] - of[position] in (0, 1)
        for position in reading.units.positions("status")
    )


def carried(status: str) -> tuple[str, str]:
    """Return (status, why) of a count that goes on with the one before, whose status is given."""
    return (status, "as the sentence before") if status in ("historic", "cumulative") else ("current", "")


def only_reported_before(reading: SentenceReading) -> bool:
    """Tell whether a sentence only says how many dead or injured had been spoken of ("Earlier three were reported")."""
    units = reading.units
    return (
        units.any("status", "historic")
        and "report" in units.at
        and units.any("measure", *CASUALTIES)
        and not units.any("measure", *DRONE_MEASURES)
        and not any(mention.weight for mention in reading.times)
    )


def opens_past(reading: SentenceReading) -> bool:
    """Tell whether a sentence leads back to the past, for itself and what follows ("A day earlier it was worse")."""
    if "status" not in reading.units.at or only_reported_before(reading):
        return False
    first = next(iter(reading.units.positions("number", "vague")), len(reading.units))
    return any(
        position < min(first, _OPENING) and reading.units[position].value in ("historic", "past_record")
        for position in reading.units.positions("status")
    )
