"""Learn from the corpora what surrounds numbers that count: `make train` writes the table of weights.

Every number of every labelled text is one example: what it counts by its label, or nothing. Multinomial logistic
regression, fitted by stochastic gradient descent in a fixed order, so that the same corpora give the same table.
First the texts are divided into folds, and each fold is judged by what the others teach: that, beside the rules alone,
is what the table is worth on texts that nobody has seen.
"""

from __future__ import annotations

import json
import random
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from typing import Any

from tests.corpus.languages import LANGUAGES, LEXICON
from worker.extract.language import detect
from worker.extract.numbers.clues import Surroundings
from worker.extract.numbers.verdicts import (
    NOTHING,
    SCALE,
    SURE_TO_ADD,
    SURE_TO_CHANGE,
    SURE_TO_DROP,
    TABLE,
    VERDICTS,
    is_open,
    numbers_of,
    probabilities,
)
from worker.extract.reading import read_both
from worker.extract.sentence import SentenceReading
from worker.lexicon import lexicon
from worker.text import normalise

WHOLE = Path(__file__).parent / "data"
FOLDS = 5
ROUNDS = 12
ORDERS = 5
"""In so many orders the examples are learned; the mean of what comes out depends less on chance than any of them."""
RATE = 0.25
SHRINK = 2e-5
SMALLEST = 0.02
RAREST = 2
SEED = 20261123


@dataclass(frozen=True, slots=True)
class Example:
    """One number: its clues, what it counts, and what the rules took it for ("" undecided); `open` to a second look."""

    clues: tuple[str, ...]
    truth: int
    rule: str
    open: bool


def texts() -> list[dict[str, Any]]:
    """Read every labelled text of the corpora: sentences and whole articles."""
    found = []
    for language in LANGUAGES:
        lines = (LEXICON / language / "corpus.jsonl").read_text(encoding="utf-8").splitlines()
        found += [{"language": language, **json.loads(line)} for line in lines if line.strip()]
    found += [json.loads(path.read_text(encoding="utf-8")) for path in sorted(WHOLE.glob("*.json"))]
    return found


def examples(raw: dict[str, Any]) -> list[Example]:
    """Make an example of each number of a text."""
    title, body = normalise(raw.get("title") or ""), normalise(raw["body"])
    readings = read_both(title, body, lexicon(detect(f"{title}\n{body}", raw["language"])))
    if not any(reading.about_drones for reading in readings):
        return []
    labels = [label for label in raw["claims"] if label["measure"] in VERDICTS and label.get("quantity")]
    surroundings = Surroundings(readings)
    found = []
    for number, reading in enumerate(readings):
        counts = {count.index: count for count in reading.counts}
        shared = surroundings.of_sentence(number)
        for index in numbers_of(reading):
            count = counts.get(index)
            truth = _label(raw, labels, reading, index)
            clues = dict.fromkeys((*shared, *surroundings.of_number(number, index, count)))
            rule = count.measure if count is not None else NOTHING
            found.append(Example(tuple(clues), truth, rule, is_open(reading, index, count)))
    return found


def _label(raw: dict[str, Any], labels: list[dict[str, Any]], reading: SentenceReading, index: int) -> int:
    """Find what a number counts by the label whose words hold it; each label is of one number."""
    unit = reading.units[index]
    text = raw.get(reading.field) or ""
    for label in labels:
        quantity = label["quantity"]
        said = {quantity["low"], quantity["high"], quantity["low"] - (quantity["qualifier"] == "more_than")}
        start = text.find(label["text"])
        if unit.amount in said and start >= 0 and start <= unit.start and unit.end <= start + len(label["text"]):
            labels.remove(label)
            return 0 if label["weapon"] in ("missile", "mixed") else VERDICTS.index(label["measure"])
    return 0


class Learner:
    """Weights of clues for each verdict, fitted with steps that shrink where a clue was seen often (AdaGrad)."""

    def __init__(self, outcomes: int = len(VERDICTS)) -> None:
        self._outcomes = outcomes
        self.weights: dict[str, list[float]] = {}
        self._squares: dict[str, list[float]] = {}

    def learn(self, given: Sequence[Example]) -> None:
        """Fit the weights to examples; those that are not open are never asked about."""
        seen = [example for example in given if example.open]
        often: dict[str, int] = defaultdict(int)
        for example in seen:
            for clue in example.clues:
                often[clue] += 1
        known = [clue for clue, times in often.items() if times >= RAREST]
        total = {clue: [0.0] * self._outcomes for clue in known}
        chance = random.Random(SEED)
        for _ in range(ORDERS):
            self.weights = {clue: [0.0] * self._outcomes for clue in known}
            self._squares = {clue: [1e-3] * self._outcomes for clue in known}
            order = list(range(len(seen)))
            for _ in range(ROUNDS):
                chance.shuffle(order)
                for at in order:
                    self._step(seen[at])
            for clue, row in self.weights.items():
                total[clue] = [one + other for one, other in zip(total[clue], row, strict=True)]
        self.weights = {clue: [weight / ORDERS for weight in row] for clue, row in total.items()}

    def _step(self, example: Example) -> None:
        rows = [(self.weights[clue], self._squares[clue]) for clue in example.clues if clue in self.weights]
        chances = probabilities([sum(row[verdict] for row, _ in rows) for verdict in range(self._outcomes)])
        for verdict, chance in enumerate(chances):
            error = chance - (verdict == example.truth)
            if abs(error) < 1e-3:
                continue
            for row, squares in rows:
                slope = error + SHRINK * row[verdict] * 100
                squares[verdict] += slope * slope
                row[verdict] -= RATE * slope / sqrt(squares[verdict]) / sqrt(len(rows))

    def chances(self, example: Example) -> list[float]:
        """Return how probable each verdict is."""
        rows = [self.weights[clue] for clue in example.clues if clue in self.weights]
        return probabilities([sum(row[verdict] for row in rows) for verdict in range(self._outcomes)])


def followed(example: Example, chances: Sequence[float]) -> str:
    """Say what the number is taken for in the end, as `look_again` does it."""
    best = max(range(len(VERDICTS)), key=chances.__getitem__)
    verdict, chance = VERDICTS[best], chances[best]
    sure = SURE_TO_ADD if example.rule == NOTHING else SURE_TO_DROP if verdict == NOTHING else SURE_TO_CHANGE
    return verdict if example.open and chance >= sure else example.rule


def score(pairs: Iterable[tuple[str, int]]) -> str:
    """Say precision, recall and F1 of what numbers were taken for."""
    right = taken = true = 0
    for got, truth in pairs:
        right += got == VERDICTS[truth] != NOTHING
        taken += got != NOTHING
        true += truth != 0
    precision, recall = right / max(1, taken), right / max(1, true)
    return f"P {precision:.3f} R {recall:.3f} F1 {2 * precision * recall / max(1e-9, precision + recall):.3f} of {true}"


def main() -> None:
    """Print what the table is worth on folds that were left out, then write it."""
    groups = [examples(raw) for raw in texts()]
    random.Random(SEED).shuffle(groups)
    alone: list[tuple[str, int]] = []
    together: list[tuple[str, int]] = []
    for fold in range(FOLDS if "--no-folds" not in sys.argv else 0):
        learner = Learner()
        learner.learn([example for at, group in enumerate(groups) if at % FOLDS != fold for example in group])
        for group in groups[fold::FOLDS]:
            asked = [example for example in group if example.open]
            alone += [(example.rule, example.truth) for example in asked]
            together += [(followed(example, learner.chances(example)), example.truth) for example in asked]
    if alone:
        print("rules alone:            ", score(alone))
        print("rules and surroundings: ", score(together))
    learner = Learner()
    learner.learn([example for group in groups for example in group])
    rows = []
    for clue, row in sorted(learner.weights.items()):
        columns = [str(round(weight * SCALE)) if abs(weight) >= SMALLEST else "" for weight in row]
        if any(columns):
            rows.append("\t".join((clue, *columns)))
    TABLE.write_text("\n".join(("\t".join(("clue", *VERDICTS)), *rows)) + "\n", encoding="utf-8")
    print(f"{sum(map(len, groups))} numbers, {len(rows)} clues written")


if __name__ == "__main__":
    main()
