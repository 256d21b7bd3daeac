"""What a number that counts says, before it is known where, when and of whom."""

from __future__ import annotations

from dataclasses import dataclass

from worker.extract.grammar.units import Units

PLACES_HIT = "hit_locations"
ALL_BUT = "all but"
ALL_OF = "all of them"
NUMBER_OF_NUMBER = "number of number"
PEOPLE_NAMED = "people named"
# A number said again more exactly ("more than 300 … the ministry spoke of 337").
RESTATED = "said again"
SUM = "a sum of drones"
SPOKEN_OF = "speaks of drones"
PEOPLE_OF_PAIR = 2


@dataclass(slots=True)
class Count:
    """A number that counts: `head` is what (an index), `measure_at` which word says what happened to it.

    `judged` tells where its surroundings outweighed the rule.
    """

    index: int
    low: int
    high: int | None
    qualifier: str
    head: int | None
    measure: str
    measure_at: int | None
    rule: str
    part: bool = False
    further: bool = False
    each: bool = False
    rest: bool = False
    weapon: str = "drone"
    last: int = 0
    judged: str = ""


def averts_attack(sentence: Units, count: Count) -> bool:
    """Tell whether the verb is about an attack, and the number about what that was made with."""
    if count.measure_at is None or count.measure_at > count.index:
        return False
    return any(unit.kind == "attack" for unit in sentence[count.measure_at + 1 : count.index])
