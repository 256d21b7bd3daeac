"""Numbers told for comparison, with another time: "twice as many as on Tuesday (52)"."""

from __future__ import annotations

from itertools import pairwise

from worker.extract.sentence import SentenceReading

# Units from "than" to the number behind the time of it.
_COMPARED = 12
# Roles of numbers that count something, or of which nothing is known.
_TOLD = frozenset(("", "claim"))


def compared(reading: SentenceReading, index: int) -> bool:
    """Tell whether a number is told for comparison, with another time ("twice as many as on Tuesday (52)")."""
    units = reading.units
    for opening in reversed(units.positions("status")):
        if not opening < index <= opening + _COMPARED or units[opening].value != "compared":
            continue
        between = units[opening + 1 : _when_then(reading, opening, index)]
        if dashed(reading, opening, index):
            return False  # "fewer than the day before – 364"
        if any(mention.shape in ("month", "year") and opening < mention.first < index for mention in reading.times):
            return False  # a month compared with another one is a sum
        if any(unit.kind == "measure" or (unit.kind in ("number", "vague") and unit.role in _TOLD) for unit in between):
            return False
        return (
            any(unit.has("status", "historic") for unit in between)
            or any(opening < mention.first < index and mention.weight for mention in reading.times)
            or any(one.has("relative", "last") and other.has("unit", "long") for one, other in pairwise(between))
        )
    return False


def _when_then(reading: SentenceReading, than: int, index: int) -> int:
    """Where a clause opens that tells of the time compared with ("fewer than the day before, when 31 were downed")."""
    units = reading.units
    ends = [mention.last for mention in reading.times if than < mention.first]
    ends += [position for position in units.positions("status") if than < position]
    opens = next((end + 1 for end in ends if units[end + 1 : end + 2] and units[end + 1].has("mark", ",")), index)
    when = units[opens + 1 : opens + 2]
    apart = any(unit.has("mark", ":", ";") or unit.kind in ("number", "vague") for unit in units[opens:index])
    told = bool(when) and when[0].kind == "clause" and len(when[0].form) > 1  # not "а 31"
    return opens if told and not apart else index


def dashed(reading: SentenceReading, first: int, index: int) -> bool:
    """Tell whether a dash behind `first` leads to the number ("fewer than the day before – 364"), with no verb."""
    behind = index
    while behind - 1 > first and reading.units[behind - 1].kind == "qualifier":
        behind -= 1
    return behind - 1 > first and reading.units[behind - 1].has("mark", "–")
