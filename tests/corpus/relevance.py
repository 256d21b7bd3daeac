"""Learn from the corpora which articles tell of attacks in this war at all: `make train` writes the table.

Every labelled text that names drones is one example, a whole article as many as `WHOLE` sentences: what comes from
Kafka are articles. `relevance.jsonl` holds articles of which nothing is labelled but this, most about something else.
Fitted as the second look at numbers is.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.corpus.training import FOLDS, SEED, SMALLEST, Example, Learner, texts
from worker.extract.gate import may_be_relevant
from worker.extract.language import detect
from worker.extract.reading import read_both
from worker.extract.relevance import SCALE, SURE, TABLE, clues
from worker.lexicon import lexicon
from worker.text import normalise

ARTICLES = Path(__file__).with_name("relevance.jsonl")
WHOLE = 3
_ARTICLE = 5  # sentences


def articles() -> list[dict[str, Any]]:
    """Read the articles that are labelled as relevant or not, and nothing more."""
    return [json.loads(line) for line in ARTICLES.read_text(encoding="utf-8").splitlines()]


def told(raw: dict[str, Any]) -> bool:
    """Tell whether a text tells of an attack by its label."""
    return bool(raw["claims"] if "claims" in raw else raw["relevant"])


def example(raw: dict[str, Any]) -> list[Example]:
    """Make the examples of a text: none where it names no drone."""
    title, body = normalise(raw.get("title") or ""), normalise(raw["body"])
    if not (may_be_relevant(body) or may_be_relevant(title)):
        return []
    readings = read_both(title, body, lexicon(detect(f"{title}\n{body}", raw["language"])))
    found = Example(tuple(clues(readings)), int(told(raw)), "", open=True)
    return [found] * (WHOLE if len(readings) > _ARTICLE else 1)


def learned(groups: Sequence[Sequence[Example]]) -> Learner:
    """Learn from texts."""
    learner = Learner(outcomes=2)
    learner.learn([one for group in groups for one in group])
    return learner


def main() -> None:
    """Print what the table is worth on folds that were left out, then write it."""
    folds = "--no-folds" not in sys.argv
    groups = [group for raw in (*texts(), *articles()) if (group := example(raw))]
    random.Random(SEED).shuffle(groups)
    right = wrong = negatives = 0
    for fold in range(FOLDS if folds else 0):
        learner = learned([group for at, group in enumerate(groups) if at % FOLDS != fold])
        for one, *_ in groups[fold::FOLDS]:
            aside = learner.chances(one)[1] < SURE
            negatives += not one.truth
            right += aside and not one.truth
            wrong += aside and one.truth
    if folds:
        print(f"of {negatives} texts about something else {right} put aside, and {wrong} about attacks")
    rows = {clue: round((row[1] - row[0]) * SCALE) for clue, row in learned(groups).weights.items()}
    lines = [f"{clue}\t{weight}" for clue, weight in sorted(rows.items()) if abs(weight) >= SMALLEST * SCALE]
    TABLE.write_text("\n".join(("clue\tattack", *lines)) + "\n", encoding="utf-8")
    print(f"{len(groups)} texts, {len(lines)} clues written")


if __name__ == "__main__":
    main()
