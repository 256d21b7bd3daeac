"""Hours of the day as words tell them, where the same words also count hours."""

from __future__ import annotations

from worker.extract.grammar.units import Unit, Units

# Behind these an hour is told, not how many hours.
_DATING = ("month", "weekday", "date", "relative")
_TWELVE = 12
_LATE = 9  # from this hour on a clock of twelve hours the night is that before midnight
_LAST_HOUR = 24
_LASTING = 6  # units from the hour until which something lasted back to midnight
_SHORT_NOUN = 4  # letters of "ночи": only such a noun says whose hour it is


def at_hour(sentence: Units, index: int, ahead: int) -> bool:
    """Tell whether hours are told by the clock, not counted ("à 20 heures", "de 20 heures à 8 heures")."""
    before = sentence[index - 1] if index else None
    if before is None:
        return False
    until = sentence[ahead + 1 : ahead + 3]
    opens = len(until) > 1 and until[0].has("bound", "at") and until[1].kind == "number"
    joined = len(until) > 1 and until[0].has("particle", "and") and until[1].kind == "number"
    behind = before.has("particle", "and") and index > 2 and sentence[index - 2].has("unit", "hours")
    return (
        before.has("bound", "at")
        or (opens and before.has("particle", "of"))
        or (joined and before.has("bound", "between"))
        or behind
    )


def oclock(sentence: Units, index: int, ahead: int) -> tuple[int, int] | None:
    """An hour told in words that also count hours ("около 3 часов 30 минут", "в районе 12 часов", "11 часов утра").

    Return the minute of the day and the index of the last unit that tells it; None if hours are counted.
    """
    number = sentence[index].number or 0
    if number > 24 or not sentence[ahead].has("unit", "oclock"):
        return None
    last, minutes, half = ahead, 0, ""
    behind = [*sentence[ahead + 1 : ahead + 3], None, None]
    if (
        behind[0] is not None
        and behind[1] is not None
        and behind[0].number is not None
        and behind[1].has("unit", "time")
    ):
        last, minutes = ahead + 2, behind[0].number
        behind = [*sentence[last + 1 : last + 2], None]
    told = last > ahead or (behind[0] is not None and behind[0].kind in ("zone", "part"))
    if behind[0] is not None and behind[0].kind == "part":
        last, half = last + 1, _half(behind[0], number)
    opening = index - 1
    while opening >= 0 and sentence[opening].has("qualifier", "about"):
        opening -= 1
    opens = opening < 0 or (opening == 0 and sentence[0].kind == "mark")
    before = None if opens else sentence[opening]
    dated = before is not None and before.kind in _DATING and not before.has("relative", "last")  # "the last 24 hours"
    told |= opening < index - 1 if before is None else before.has("preposition", "at") or dated
    return (twelve(number * 60 + minutes, half), last) if told and minutes < 60 else None


def _half(part: Unit, hour: int) -> str:
    """The half of the day that a part behind an hour means; "" where the hour counts from midnight anyway."""
    if hour > _TWELVE:
        return ""
    late = part.has("part", "night") and _LATE <= hour < _TWELVE  # "в 11 часов ночи"
    return "pm" if late or part.value in ("evening", "afternoon", "daytime") else "am"


def opens_hours(sentence: Units, index: int) -> bool:
    """Tell whether an hour behind "to" makes the number before it one too ("12 bis 19 Uhr")."""
    if index + 2 >= len(sentence):
        return False
    joint, second = sentence[index], sentence[index + 1]
    joined = joint.has("bound", "until") or joint.has("mark", "–") or joint.has("particle", "and")
    if second.kind == "clock":
        return joined
    hour = sentence[index + 2]
    return joined and second.kind == "number" and hour.has("meridiem", "oclock") and (second.number or 0) <= 24


def ends_at_hour(sentence: Units, index: int) -> bool:
    """Tell whether a bare number is the hour until which a stretch lasts ("between midnight and seven").

    Only behind midnight or noon, and where nothing follows that it could count.
    """
    number, behind = sentence[index].number or 0, sentence[index + 1 : index + 2]
    if not 0 < number <= _LAST_HOUR or any(unit.kind not in ("mark", "preposition", "clause") for unit in behind):
        return False
    begin = next((p for p in range(index - 1, max(index - _LASTING, 0), -1) if sentence[p].kind == "part"), None)
    if begin is None or sentence[begin].value not in ("midnight", "noon"):
        return False
    opening = [unit for unit in sentence[max(0, begin - 2) : begin] if unit.kind != "word"]
    if not opening:
        return False
    joint = [unit for unit in sentence[begin + 1 : index] if unit.kind != "word" and not unit.has("unit", "hours")]
    if len(joint) != 1:
        return False
    if opening[-1].has("bound", "between"):
        return joint[0].has("particle", "and") or joint[0].kind == "clause"
    opens = opening[-1].has("bound", "from", "since") or opening[-1].has("preposition", "from")
    return opens and (
        joint[0].has("bound", "until") or joint[0].has("qualifier", "up_to") or joint[0].has("preposition", "to")
    )


def tells_hour(before: Unit) -> bool:
    """Tell whether an hour may stand behind a word ("about three at night"); nothing else tells it from a count."""
    if before.kind == "bound":
        return not before.has("bound", "within")  # "за три ночи" counts nights
    return before.has("qualifier", "about") or before.has("preposition", "at")


def describes_counted(sentence: Units, part: Unit, index: int) -> bool:
    """Tell whether a part of the day says which drones are counted ("about 4 night drones", not "трёх ночи дрон")."""
    describes = len(part.form) > _SHORT_NOUN
    return describes and index < len(sentence) and sentence[index].kind in ("drone", "measure", "weapon")


def twelve(clock: int, meridiem: str) -> int:
    """Return a minute of the day from one on a clock of twelve hours ("pm" or "am")."""
    if meridiem == "pm" and clock < 12 * 60:
        return clock + 12 * 60
    if meridiem == "am" and clock >= 12 * 60:
        return clock - 12 * 60
    return clock


def counts_next(sentence: Units, index: int) -> bool:
    """Tell whether a number stands before what it counts, drones or people, and perhaps whose they are."""
    behind = sentence[index + 1 : index + 3]
    if len(behind) == 2 and behind[0].kind == "nation":
        behind = behind[1:]
    return bool(behind) and behind[0].kind in ("drone", "person", "weapon")
