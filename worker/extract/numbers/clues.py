"""What surrounds a number, said in the kinds of the lexicon alone: what a learned reader of numbers looks at.

No clue holds a word of any language, so what is learned from one language holds for all.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cache

from worker.extract.numbers.counted import Count
from worker.extract.sentence import SentenceReading
from worker.extract.when.stretches import SUMS

# Kinds of which the nearest on either side of a number is looked at, and those of which any in the sentence matters.
_NEAR = (
    "measure", "drone", "person", "weapon", "attack", "unit", "other", "status", "casualties", "claimant", "nation",
    "particle", "qualifier", "relative", "jamming", "care", "defence", "idle", "head", "report", "place", "preposition",
    "part", "month",
)  # fmt: skip
_ANYWHERE = ("measure", "attack", "weapon", "status", "other", "drone", "person")
_AROUND = ("measure", "drone", "person", "weapon", "attack", "claimant")
# What a number may have been found to count; undecided ones tell nothing.
_TOLD = frozenset(("launched", "intercepted", "suppressed", "neutralised", "hit", "killed", "injured", "hit_locations"))
_BACK = 3
_SMALL, _LARGE = 10, 100


class Surroundings:
    """The clues of an article's numbers; those of whole sentences are found once."""

    def __init__(self, readings: Sequence[SentenceReading]) -> None:
        self._readings = readings
        self._said: dict[int, list[str]] = {}

    def of_sentence(self, number: int) -> list[str]:
        """Return what all numbers of a sentence share: what it and the sentences around it speak of."""
        reading, units = self._readings[number], self._readings[number].units
        found = [f"field:{reading.field}", f"heading:{reading.heading}", f"first:{number == 0}"]
        found += sorted({f"any:{_named(kind, units[at].value)}" for kind in _ANYWHERE for at in units.positions(kind)})
        for back in range(1, min(_BACK, number) + 1):
            if self._readings[number - back].field == reading.field:
                found += [f"before{back}:{said}" for said in self._around(number - back)]
        if number + 1 < len(self._readings):
            found += [f"behind:{said}" for said in self._around(number + 1)]
        counted = len(units.positions("number", "vague"))
        found.append(f"numbers:{min(counted, 6)}")
        return found

    def of_number(self, number: int, index: int, count: Count | None) -> list[str]:
        """Return what is near the number at `index` of a sentence, and what the rules took it for.

        Numbers before it have been settled when this is asked, those behind it not yet.
        """
        reading, units = self._readings[number], self._readings[number].units
        numbers, of = units.positions("number", "vague"), reading.clauses.of
        rank = bisect_left(numbers, index)
        found: list[str] = []
        for kind in _NEAR:
            places = units.at.get(kind)
            if places is None:
                continue
            behind = bisect_left(places, index)
            if behind < len(places) and places[behind] == index:
                behind += 1
            before = bisect_left(places, index) - 1
            for side, nearest in (("<", before), (">", behind)):
                if not 0 <= nearest < len(places):
                    continue
                at = places[nearest]
                what = _named(kind, units[at].value) if kind != "place" else "place"
                between = abs(bisect_left(numbers, at) - rank) - (at > index)
                found += _of_neighbour(
                    side, what, of[at] == of[index], _distance(abs(at - index)), min(max(between, 0), 3)
                )
        found += self._beside(number, index)
        unit = units[index]
        value = unit.amount
        size = "small" if value < _SMALL else "middle" if value < _LARGE else "large"
        found += (f"size:{value if value < 2 else size}", f"digits:{unit.form[:1].isdigit()}", f"rank:{min(rank, 4)}")
        if count is None:
            found += (
                "rule:none",
                f"refused:{unit.role}" if unit.role.isascii() and ":" not in unit.role else "refused",
            )
        else:
            found += (
                f"measure:{count.measure}",
                f"rule:{count.rule}",
                f"rule:{count.rule}:{count.measure}",
                f"weapon:{count.weapon}",
                f"part:{count.part}{count.further}{count.rest}",
            )
        return found

    def _around(self, number: int) -> list[str]:
        """Say what a sentence tells the numbers of its neighbours; few sentences have any such neighbour."""
        said = self._said.get(number)
        if said is None:
            units = self._readings[number].units
            named = {f"{kind}:{units[at].value}" for kind in _AROUND for at in units.positions(kind)}
            said = self._said[number] = sorted(named)
        return said

    def _beside(self, number: int, index: int) -> list[str]:
        """Say what the numbers before and behind it count."""
        counts = self._readings[number].counts
        before = [other.measure for other in counts if other.index < index and other.measure in _TOLD]
        behind = [other.measure for other in counts if other.index > index and other.measure in _TOLD]
        found = [f"follows:{before[-1]}"] if before else []
        found += [f"precedes:{behind[0]}"] if behind else []
        if before:
            return found
        for back in range(1, min(_BACK, number) + 1):
            told = [other.measure for other in self._readings[number - back].counts if other.measure in _TOLD]
            if told:
                return [*found, f"follows:{told[-1]}:{back}"]
        return found


@cache  # kinds, values and distances are few
def _of_neighbour(side: str, what: str, together: bool, distance: str, between: int) -> tuple[str, str, str]:
    """Say what stands nearest on one side: alone, with its clause and distance, with the numbers between."""
    return (
        f"{side}{what}",
        f"{side}{what}{'=' if together else '/'}{distance}",
        f"{side}{what}#{between}",
    )


@cache
def _named(kind: str, value: str) -> str:
    """Name a kind and its value; over which time a sum is told tells nothing of what is counted."""
    return f"{kind}:{'cumulative' if kind == 'status' and value in SUMS else value}"


def _distance(steps: int) -> str:
    return "1" if steps == 1 else "3" if steps <= 3 else "6" if steps <= 6 else "12" if steps <= 12 else "far"
