"""A sentence that was read before is not read again: what agencies write is reprinted by many, word for word.

Remembered is what a sentence says by itself, and what its numbers count in so much of the text around it as that
depends on. Neither knows of the article: its date, its outlet, where in it the sentence stands. What is remembered is
never handed out: whoever reads gets copies, for what is read is written to while the text is understood.

A sentence is remembered when it comes for the second time, for most never do. All is bounded: by units, whatever
comes. Threads may share it: what a text says is the same whether it, or anything else, was read before, and a count of
units that two threads change at once only moves the moment at which the older half is forgotten.
"""

from __future__ import annotations

import array
from collections.abc import Hashable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from worker.extract.alone import read_alone
from worker.extract.grammar.clauses import Clauses
from worker.extract.grammar.units import Units
from worker.extract.numbers.counted import Count
from worker.extract.numbers.counts import counts
from worker.extract.sentence import SentenceReading
from worker.lexicon import Grammar, Lexicon
from worker.model import Field
from worker.text import Token

# Units that are remembered; each takes some 250 bytes with what belongs to it.
MOST_UNITS = 80_000
# Around in which the numbers of one sentence are remembered.
MOST_WAYS = 3
# Units of a sentence that is remembered: longer ones are rare, or made to fill the memory.
LONGEST = 120
# Sentences of which is known that they came once; a power of two. Each takes eight bytes.
_SEEN = 1 << 16


class Around(NamedTuple):
    """What the text before a sentence adds to its numbers: see `counts`, whose arguments these are."""

    drones: bool
    casualties: bool
    earlier: int | None
    listed: str | None
    tried: bool
    left: int | None


@dataclass(frozen=True, slots=True)
class Counted:
    """A sentence whose numbers were counted, as it was right behind that."""

    units: Units
    clauses: Clauses
    counts: tuple[Count, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """A sentence that was read, and how its numbers were counted in which surroundings."""

    lexicon: Lexicon
    reading: SentenceReading
    ways: dict[Hashable, Counted] = field(default_factory=dict)

    @property
    def weight(self) -> int:
        """How many units it may hold at most, with those of all its ways."""
        return len(self.reading.units) * (1 + MOST_WAYS)


class Reprints:
    """The sentences that were read last, of those that came more than once: two halves, of which the older one goes."""

    def __init__(self, most_units: int = MOST_UNITS) -> None:
        self.most_units = most_units
        self.forget()

    def __iter__(self) -> Iterator[Known]:
        return iter(({**self._older, **self._newer}).values())

    def __len__(self) -> int:
        return len({**self._older, **self._newer})

    def read(
        self, sort: Field, text: str, found: Sequence[Token], paragraph: int, heading: bool, lexicon: Lexicon
    ) -> SentenceReading:
        """Return what the sentence of these tokens of `text` says by itself, for the caller to write to."""
        if len(found) > LONGEST:
            return read_alone(sort, found, paragraph, heading, lexicon)
        # Characters and where they are cut tell the tokens; the first form is told by what stands before, too.
        offset = found[0].start
        cuts = tuple([token.end - offset for token in found])
        key = (lexicon.language, text[offset : found[-1].end], cuts, found[0].form)
        known = self._newer.get(key)
        if known is None:
            known = self._older.get(key)
            if known is not None:
                self._keep(key, known)
        if known is not None and known.lexicon is lexicon:
            return _again(known, sort, offset, paragraph, heading)
        reading = read_alone(sort, found, paragraph, heading, lexicon)
        if self._came_before(key):
            known = Known(lexicon, _as_read(reading))
            self._keep(key, known)
            reading.known = known
        return reading

    def forget(self) -> None:
        """Read all sentences anew from here on: for measurements, of which none may live by the one before."""
        self.units = 0  # that the newer half may come to hold
        self._newer: dict[Hashable, Known] = {}
        self._older: dict[Hashable, Known] = {}
        self._seen = array.array("q", bytes(8 * _SEEN))

    def _came_before(self, key: Hashable) -> bool:
        """Tell whether a sentence came before, as far as is known, and note that it came."""
        told = hash(key)
        before = self._seen[told % _SEEN] == told
        self._seen[told % _SEEN] = told
        return before

    def _keep(self, key: Hashable, known: Known) -> None:
        weight, most = known.weight, self.most_units // 2
        if weight > most:
            return
        if self.units + weight > most:
            self._older, self._newer, self.units = self._newer, {}, 0
        self.units += weight
        self._newer[key] = known


def count_again(reading: SentenceReading, grammar: Grammar, around: Around) -> list[Count]:
    """Return what the numbers of a sentence count, as `counts` does, which is asked once for equal surroundings."""
    known = reading.known
    if not isinstance(known, Known) or reading.cut is not None:
        return _counts(reading, grammar, around)
    # What else may have been written to since the sentence was read: whose fire it is.
    key = (around, reading.units.any("weapon", "fire"))
    way = known.ways.get(key)
    if way is not None:
        reading.units = way.units.again()
        reading.cut = way.clauses.over(reading.units, reading.groups)
        return list(map(copy, way.counts))
    found = _counts(reading, grammar, around)
    if len(known.ways) < MOST_WAYS:
        own = reading.units.again()
        known.ways[key] = Counted(own, reading.clauses.over(own, list(reading.groups)), tuple(map(copy, found)))
    return found


def _counts(reading: SentenceReading, grammar: Grammar, around: Around) -> list[Count]:
    return counts(
        reading.units,
        reading.clauses,
        grammar,
        drones=around.drones,
        casualties=around.casualties,
        earlier=around.earlier,
        listed=around.listed,
        tried=around.tried,
        left=around.left,
    )


def _as_read(reading: SentenceReading) -> SentenceReading:
    """Return a copy to be remembered: nothing of it is shared that is written to."""
    return replace(reading, units=reading.units.again(), times=list(reading.times), groups=list(reading.groups))


def _again(known: Known, sort: Field, offset: int, paragraph: int, heading: bool) -> SentenceReading:
    kept = known.reading
    return SentenceReading(
        sort,
        0,
        paragraph,
        heading,
        offset,
        kept.units.again(),
        list(kept.times),
        list(kept.groups),
        about_drones=kept.about_drones,
        not_by_drones=kept.not_by_drones,
        other_weapon=kept.other_weapon,
        known=known,
    )


REPRINTS = Reprints()
