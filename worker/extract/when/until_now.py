"""Of what "so far" is told: of one attack that goes on or is just over, or of a long time."""

from __future__ import annotations

from collections.abc import Sequence

from worker.extract.grammar.verbs import CASUALTIES
from worker.extract.sentence import SentenceReading
from worker.extract.when.standing import Standing
from worker.extract.when.stretches import SUMS, UNTIL_NOW

# Units from "an" to its attack ("an overnight drone attack").
_ARTICLE_REACH = 3
# Units from who spoke to the day ("the governor said on Tuesday").
_SPOKEN_REACH = 4


def so_far(standing: Standing, measure: str, most: int | None, told: Sequence[SentenceReading]) -> bool:
    """Tell whether a sum over a time only says what one attack has come to until now, or that nobody was hurt.

    `told` are the sentence of the count and the one before it.
    """
    if standing.over == "until_now":
        return most == 0 or _tell_of_one_attack(told)
    if measure in CASUALTIES and standing.over == "this_day":
        return True
    return most == 0 and standing.over in (*UNTIL_NOW, "cumulative")


def _tell_of_one_attack(told: Sequence[SentenceReading]) -> bool:
    """Tell whether sentences are about one attack, day or night, and about no longer time."""
    for reading in told:
        shapes = {mention.shape for mention in reading.times if mention.weight}
        if reading.units.any("status", *(SUMS - UNTIL_NOW)) or shapes & {"since", "month", "year"}:
            return False
    return any(_tells_when(reading) or _names_one_attack(reading) for reading in told)


def _tells_when(reading: SentenceReading) -> bool:
    """Tell whether a sentence tells a day or night that is not only the day somebody spoke."""
    return any(
        mention.shape == "point"
        and (
            mention.weight > 1
            or not any(
                unit.kind in ("claimant", "report")
                for unit in reading.units[max(0, mention.first - _SPOKEN_REACH) : mention.first]
            )
        )
        for mention in reading.times
        if mention.weight
    )


def _names_one_attack(reading: SentenceReading) -> bool:
    units = reading.units
    return any(
        units[position].value == "verb"
        or any(unit.article for unit in units[max(0, position - _ARTICLE_REACH) : position])
        for position in units.positions("attack")
    )
