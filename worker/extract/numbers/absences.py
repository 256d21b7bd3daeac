"""Drones that a sentence only names to say that there were none, not the cause, or what they do in peace."""

from __future__ import annotations

from worker.extract.grammar.units import Units
from worker.extract.grammar.verbs import CASUALTIES, DRONE_MEASURES

# What no drone does that films, searches or smuggles; one that smuggles may be shot down.
_ATTACKING = frozenset(("launched", "suppressed", "neutralised", "hit", *CASUALTIES))
# Units from "not" to what is "not ruled out".
_NOT = 3
# Marks that part one statement of a sentence from the next.
_PARTING = (",", ";", ":", "–", "(", ")", ".", "!", "?")


def no_drones(sentence: Units) -> bool:
    """Tell whether all that a sentence says of drones is that there were none, not the cause, or did peaceful work."""
    named = [
        p for p in sentence.positions("drone", "attack") if sentence[p].kind == "drone" or sentence[p].value == "drone"
    ]
    if not named:
        return False
    if all(_denied(sentence, drone) or _civil(sentence, drone) for drone in named):
        return True
    told = {unit.value for unit in sentence.of("measure")}
    if not sentence.any("status", "excluded") or not told.isdisjoint(DRONE_MEASURES):
        return False
    return any(
        sentence[position].value == "excluded"
        and not any(unit.has("particle", "no") for unit in sentence[max(0, position - _NOT) : position])
        for position in sentence.positions("status")
    )


def _denied(sentence: Units, drone: int) -> bool:
    """Tell whether it is denied that there was a drone ("there had been no drone attack", "drones were not used")."""
    if "particle" not in sentence.at:
        return False
    if drone and sentence[drone - 1].has("particle", "no"):
        return True
    first, last = _statement(sentence, drone)
    said = sentence[first:last]
    return any(unit.has("particle", "no") for unit in said) and not any(
        unit.kind in ("number", "vague", "casualties") or (unit.kind == "measure" and unit.value != "launched")
        for unit in said
    )


def _civil(sentence: Units, drone: int) -> bool:
    """Tell whether a drone films, searches or smuggles."""
    if not sentence.any("other", "civil") or "attack" in sentence.at:
        return False
    first, last = _statement(sentence, drone)
    said = sentence[first:last]
    return any(unit.has("other", "civil") for unit in said) and not any(unit.value in _ATTACKING for unit in said)


def _statement(sentence: Units, index: int) -> tuple[int, int]:
    """Return the stretch between marks and conjunctions in which a unit stands."""
    first, last = index, index + 1
    while first and not _parts(sentence, first - 1):
        first -= 1
    while last < len(sentence) and not _parts(sentence, last):
        last += 1
    return first, last


def _parts(sentence: Units, index: int) -> bool:
    return sentence[index].kind == "clause" or sentence[index].has("mark", *_PARTING)
