"""Whether an article tells of attacks in this war at all, by what was learned from labelled texts.

Drones are also made, sold, tried, flown at festivals and fought with in other wars, and news of these names the same
countries, regions and verbs. No single word tells them apart: what all sentences speak of together does. It is asked in
kinds of the lexicon alone, so that what was learned in one language holds in the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from math import exp
from pathlib import Path

from worker.extract.sentence import SentenceReading
from worker.gazetteer import country_of

TABLE = Path(__file__).with_name("relevance.tsv")
SCALE = 100
"""Weights are written in hundredths: whole numbers add up alike in any order."""
SURE = 0.15
"""How probable an attack in this war must be at least: a text is put aside only where much speaks against it."""
OF_SOMETHING_ELSE = "the article is about something else"

_OFTEN = 3  # sentences that speak of a thing
_LARGE_SHARE = 0.3  # of all sentences
_SHORT, _LONG = 2, 6  # sentences of a text
_LARGEST = 30.0  # behind it a probability is 0 or 1
_SAID_ELSEWHERE = frozenset(("mark", "place", "number", "vague"))  # kinds whose values are no matter, or counted apart


@cache
def weights() -> Mapping[str, int]:
    """Read the table that `make train` writes: a clue a line, and how much it speaks for an attack in hundredths."""
    lines = (line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines()[1:])
    return {clue: int(weight) for clue, weight in lines}


def put_aside(readings: Sequence[SentenceReading]) -> bool:
    """Take back what the numbers of an article were taken for if it is not about attacks with drones in this war.

    Returns whether it was put aside; `explain` shows why its numbers count nothing.
    """
    table = weights()
    score = sum(filter(None, map(table.get, clues(readings)))) / SCALE
    if 1 / (1 + exp(-max(-_LARGEST, min(_LARGEST, score)))) >= SURE:
        return False
    for reading in readings:
        reading.counts = []
        for unit in (*reading.units.of("number"), *reading.units.of("vague")):
            if unit.role == "claim":
                unit.role = OF_SOMETHING_ELSE
    return True


def clues(readings: Sequence[SentenceReading]) -> list[str]:
    """Return what an article speaks of: in its title or first sentence, anywhere, often, beside drones."""
    found = {"any text", "short" if len(readings) <= _SHORT else "long" if len(readings) > _LONG else "middling"}
    often: Counter[str] = Counter()
    for number, reading in enumerate(readings):
        said = set(_spoken_of(reading))
        if number == 0 or reading.of_title:
            found.update(f"first: {clue}" for clue in said)
        if reading.about_drones:
            said.update([f"drones and {clue}" for clue in said])
        often.update(said)
    large = len(readings) * _LARGE_SHARE if len(readings) > _OFTEN else len(readings)
    for clue, times in often.items():
        found.add(clue)
        if times >= _OFTEN:
            found.add(f"often: {clue}")
        if times > large:
            found.add(f"mostly: {clue}")
    return sorted(found)


def _spoken_of(reading: SentenceReading) -> Iterator[str]:
    units = reading.units
    for kind, positions in units.at.items():
        if kind not in _SAID_ELSEWHERE:
            for position in positions:
                yield f"{kind} {units[position].value}"
    if any(unit.role != "time" for kind in ("number", "vague") for unit in units.of(kind)):
        yield "number"
    for group in reading.groups:
        for code in group.codes:
            yield f"{group.role} in {country_of(code) if '-' in code else code}"
    for mention in reading.times:
        yield f"time {mention.shape}"
    if reading.about_drones:
        yield "drones"
