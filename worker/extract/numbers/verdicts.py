"""A second look at each number by what was learned from labelled texts: what it counts, or that it counts nothing.

Rules say what a number counts where grammar shows it, and are blind where a writer has another way to say it. What
surrounds a number (`clues`) says the same less surely but in any wording. Where the two differ and the surroundings
are sure enough, they are followed; that a count was settled so can be seen in its explanation.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from math import exp
from pathlib import Path

from worker.extract.grammar.verbs import CASUALTIES
from worker.extract.numbers.clues import Surroundings
from worker.extract.numbers.counted import PLACES_HIT, Count
from worker.extract.numbers.quantities import quantity
from worker.extract.numbers.refusals import of_other_weapon
from worker.extract.sentence import SentenceReading

NOTHING = "nothing"
VERDICTS = (
    NOTHING, "launched", "intercepted", "suppressed", "neutralised", "hit", "killed", "injured", "hit_locations",
)  # fmt: skip
"""What a number may count; the columns of the table of weights, in this order."""

TABLE = Path(__file__).with_name("weights.tsv")
SCALE = 100
LEARNED = "surroundings"
SURE_TO_CHANGE = 0.5
SURE_TO_DROP = 0.8
SURE_TO_ADD = 0.6
SURE_TO_DROP_PEOPLE = 0.85
"""How probable another verdict than that of the rules must be to be followed: rules seldom take people for hurt who
are not, whatever else the text speaks of."""

# Units from drones to their verb, with an auxiliary between.
_BESIDE = 2
# Units of a date between a verb and its number ("derribaron este domingo 90 drones").
_DATED = 3
_WHEN = ("relative", "weekday", "part")

UNDECIDED = frozenset(
    (
        "",
        "counts nothing that is named",
        "drones to which nothing is said to have happened",
        "goes on with what was counted before it",
    )
)
"""Reasons for refusing a number that only say that no rule found what it counts."""

_GRAMMATICAL = frozenset(
    ("number of number", "of number", "number of which", "so many of so many", "none of them", "another")
)
"""Rules by which grammar alone tells what a number counts, whatever surrounds it."""

Weights = Mapping[str, tuple[int, ...]]
"""By clue: how much it speaks for each of `VERDICTS`, in hundredths: whole numbers add up alike in any order."""


@cache
def weights() -> Weights:
    """Read the table that `make train` writes: a clue a line, then its weight for each verdict in hundredths."""
    found: dict[str, tuple[int, ...]] = {}
    for line in TABLE.read_text(encoding="utf-8").splitlines()[1:]:
        clue, *columns = line.split("\t")
        found[clue] = tuple(int(value or 0) for value in columns)
    return found


def look_again(readings: Sequence[SentenceReading]) -> None:
    """Settle the counts of an article's sentences once more."""
    table = weights()
    if not any(reading.about_drones for reading in readings):
        return
    surroundings = Surroundings(readings)
    for number, reading in enumerate(readings):
        numbers = numbers_of(reading)
        if not numbers:
            continue
        counts = {count.index: count for count in reading.counts}
        open_to_it = [index for index in numbers if is_open(reading, index, counts.get(index))]
        if not open_to_it:
            continue
        shared = _score(table, surroundings.of_sentence(number), (0,) * len(VERDICTS))
        for index in open_to_it:
            count = counts.get(index)
            scores = _score(table, surroundings.of_number(number, index, count), shared)
            _follow(reading, index, count, probabilities([score / SCALE for score in scores]))
        left = (count for count in reading.counts if count.measure != NOTHING)
        reading.counts = sorted(left, key=lambda count: count.index)


def numbers_of(reading: SentenceReading) -> list[int]:
    """List the numbers of a sentence that may count something: all but times and dates."""
    units = reading.units
    return [at for at in units.positions("number", "vague") if units[at].role != "time"]


def is_open(reading: SentenceReading, index: int, count: Count | None) -> bool:
    """Whether surroundings may outweigh the rules about the number at `index`.

    Not where it was refused for what it is (an age, a share, an end of a range), nor where a rule reckoned ("all but
    two") or left the word to what the paragraph has counted before, nor for places hit.
    """
    unit = reading.units[index]
    if count is None:
        return unit.role in UNDECIDED and not of_other_weapon(reading.units, index, reading.clauses)
    if count.weapon == "mixed" or count.measure in ("", PLACES_HIT) or count.rule in _GRAMMATICAL:
        return False
    at = count.measure_at
    if count.measure == "hit" and at is not None and reading.units[at].has("measure", "intercepted", "neutralised"):
        return False  # denied: "17 were not stopped"
    if (
        count.measure == "suppressed"
        and at is not None
        and reading.units[at].has("measure", "intercepted", "neutralised")
    ):
        return False  # "30 were downed by electronic warfare": who did it tells
    return unit.amount in (count.low, count.high, count.low - 1)


def probabilities(scores: Sequence[float]) -> list[float]:
    """Turn scores into probabilities that add up to one."""
    top = max(scores)
    raised = [exp(score - top) for score in scores]
    total = sum(raised)
    return [value / total for value in raised]


def _score(table: Weights, clues: Sequence[str], begin: Sequence[int]) -> list[int]:
    return list(map(sum, zip(begin, *filter(None, map(table.get, clues)), strict=True)))


def _beside_verb(reading: SentenceReading, count: Count) -> bool:
    """Tell whether drones stand right beside the verb that says they were stopped, or nothing says that they came."""
    first, last = min(count.index, count.head or count.index), count.last
    at = count.measure_at
    stopped = count.measure in ("intercepted", "suppressed", "neutralised")
    if not stopped or at is None or count.head is None:
        return False
    units, of = reading.units, reading.clauses.of
    told = units.any("measure", "launched") or units.any("attack")  # that they came
    noun = first - at == _BESIDE and units[at + 1].has("particle", "of")  # "the destruction of 50 drones"
    between = units[at + 1 : first] if at < first else ()
    dated = at < first and len(between) <= _DATED and all(u.kind in _WHEN or u.role == "time" for u in between)
    return dated or noun or 0 < at - last <= _BESIDE or (at > last and of[at] == of[count.index] and not told)


def _of_another_kind(reading: SentenceReading, count: Count, verdict: str) -> bool:
    """Tell whether a verdict makes victims of drones that are named, or drones of people."""
    head = reading.units[count.head].kind if count.head is not None else ""
    return (head == "drone" and verdict in CASUALTIES) or (head == "person" and verdict not in CASUALTIES)


def _by_another_weapon(reading: SentenceReading, verdict: str) -> bool:
    """Tell whether a verdict makes dead or injured of a number in a sentence about what another weapon did."""
    return verdict in CASUALTIES and reading.other_weapon and not reading.of_drones


def _follow(reading: SentenceReading, index: int, count: Count | None, chances: Sequence[float]) -> None:
    best = max(range(len(VERDICTS)), key=chances.__getitem__)
    verdict, chance = VERDICTS[best], chances[best]
    unit = reading.units[index]
    if count is None:
        if verdict == NOTHING or chance < SURE_TO_ADD or _by_another_weapon(reading, verdict):
            return
        low, high, qualifier = quantity(reading.units, index, unit.amount)
        unit.role = "claim"
        reading.counts.append(Count(index, low, high, qualifier, None, verdict, None, LEARNED, last=index))
    elif verdict == count.measure:
        return
    elif verdict == NOTHING:
        if chance >= (SURE_TO_DROP_PEOPLE if count.measure in CASUALTIES else SURE_TO_DROP):
            unit.role, count.measure = "counts nothing by its surroundings", NOTHING
    elif chance >= SURE_TO_CHANGE and _by_another_weapon(reading, verdict):
        unit.role, count.measure = "casualties of another weapon", NOTHING
    elif (
        chance >= SURE_TO_CHANGE and not _beside_verb(reading, count) and not _of_another_kind(reading, count, verdict)
    ):
        count.judged = f"{count.measure} by rule, {verdict} by its surroundings"
        count.measure = verdict
