"""What is only mentioned: one drone of those stopped, what fell down of one, more places that were struck."""

from __future__ import annotations

from collections.abc import Collection

from worker.extract.grammar.units import Units
from worker.extract.when.stretches import ARTICLE

_BEHIND_ARTICLE = 3  # units behind a number: an article, perhaps an adjective, drones
_STOPPED = ("intercepted", "suppressed")


def is_only_mentioned(sentence: Units, index: int) -> bool:
    """Tell whether the "one" at `index` counts no drone of its own."""
    return _one_of_downed(sentence, index) or _debris_of_one(sentence, index) or _debris_of_downed(sentence, index)


def debris_of(sentence: Units, index: int, head: int, wreckage: Collection[str]) -> bool:
    """Tell whether a number of drones only says of how many debris came down, not that they were downed themselves."""
    opening = index - 1
    if opening > 0 and (sentence[opening].has("particle", "of") or sentence[opening].has("preposition", "from")):
        opening -= 1
    if opening < 0 or sentence[opening].form.partition(" ")[0] not in wreckage:
        return False
    return not any(unit.has("measure", *_STOPPED, "neutralised") for unit in sentence[index + 1 : head + 2])


def _debris_of_downed(sentence: Units, index: int) -> bool:
    """Tell whether wreckage is told of, and of the drone only that it was downed ("debris from a destroyed drone")."""
    ahead = sentence[index + 1 : index + 4]
    drone = next((position for position, unit in enumerate(ahead) if unit.kind == "drone"), 0)
    before = sentence[index - 1] if index > 1 else None
    return (
        sentence[index].article
        and before is not None
        and (before.has("preposition", "from") or before.has("particle", "of"))
        and sentence[index - 2].kind == "word"
        and drone > 0
        and ahead[0].has("measure", *_STOPPED)
        and all(unit.kind in ("word", "nation") for unit in ahead[1:drone])
    )


def _debris_of_one(sentence: Units, index: int) -> bool:
    """Tell whether something of one of the drones is told of ("fragments of one of the drones fell on a road")."""
    behind = sentence[index + 1 : index + 4]
    drone = next((unit for unit in behind if unit.kind != "word" and not unit.has("particle", "of")), None)
    return (
        index > 1
        and sentence[index - 1].has("particle", "of")
        and sentence[index - 2].kind == "word"
        and bool(behind)
        and (behind[0].has("particle", "of") or (behind[0].has("particle", "part") and len(behind[0].form.split()) > 1))
        and (behind[0].value == "part" or (drone is not None and drone.kind == "drone"))
    )


def _one_of_downed(sentence: Units, index: int) -> bool:
    """Tell whether one drone is some of those that were stopped ("debris of one of the downed drones")."""
    ahead = sentence[index + 1 : index + 5]
    stopped = next((p for p, unit in enumerate(ahead) if unit.has("measure", *_STOPPED)), 0)
    return (
        stopped > 0
        and (ahead[0].has("particle", "of", "part") or ahead[0].kind == "word")
        and all(unit.kind in ("word", "particle", "number") for unit in ahead[:stopped])
        and any(unit.kind == "drone" for unit in ahead[stopped + 1 : stopped + 2])
        and any(unit.has("particle", "of") for unit in ahead[:stopped])
    )


def counts_more_places(sentence: Units, index: int) -> bool:
    """Tell whether a number goes on counting places ("hit 14 locations, debris came down on another six")."""
    before, behind = sentence[max(0, index - 2) : index], sentence[index + 1 : index + 2]
    return (
        len(before) > 1
        and before[0].has("preposition", "at")
        and before[1].has("particle", "further")
        and (not behind or behind[0].kind == "mark")
        and any(p < index for p in sentence.positions("unit") if sentence[p].value == "location")
    )


def leads_to_counted(sentence: Units, index: int, counted: Collection[str]) -> bool:
    """Tell whether what a number counts follows it, or its article and drones ("a chiffré à 57 les drones abattus")."""
    behind = sentence[index + 1 : index + 1 + _BEHIND_ARTICLE]
    if not behind:
        return False
    article = index > 1 and (behind[0].kind == "idle" or (behind[0].kind == "word" and len(behind[0].form) <= ARTICLE))
    drones = next((unit.kind for unit in behind[1:] if unit.kind != "word"), "") if article else ""
    return behind[0].kind in counted or drones == "drone"
