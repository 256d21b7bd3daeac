"""This program beside two baselines on the same texts: how much is right, and how fast.

Run: `make compare`, or `python -m benchmarks.comparison` (without spaCy its row is left out, and said to be).

The texts are the project's own: the corpus of every language folder and the whole articles of the tests, with their
labels. The program was made with them in sight, so its figures are those of texts it knows; the baselines get the same
names of places. Each extractor is told the language. Speed is the best of three rounds over all texts, on one core.
"""

from __future__ import annotations

import importlib.util
import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

import worker.lexicon
from benchmarks.baselines import expressions
from worker.extract import extract
from worker.extract.evaluation.evaluate import LEVELS, Score, Statement, evaluate_statements, labels, of_claim
from worker.lexicon import languages
from worker.model import Article

_LEXICON = Path(worker.lexicon.__file__).parent
_WHOLE = Path(__file__).parents[1] / "tests/corpus/data"
_ROUNDS = 3
OURS, EXPRESSIONS, MATCHER = "drone-tally", "regular expressions", "spaCy Matcher"

Extractor = Callable[[Article], Sequence[Statement]]


@dataclass(frozen=True, slots=True)
class Measured:
    """What one extractor is worth: scores by level, and articles for each second of a core."""

    scores: Mapping[str, Score]
    per_second: float


def main() -> None:
    """Print one table: each extractor, precision, recall and F1 at both levels, articles per second."""
    texts = texts_with_labels()
    statements = sum(len(labels(raw)) for _, raw in texts)
    print(f"{len(texts)} texts, {statements} statements, {', '.join(languages())}\n")
    print(f"{'':<22}{'value':^23}{'full':^23}{'articles/s':>12}{'µs/article':>12}")
    print(f"{'':<22}" + f"{'P':>7}{'R':>7}{'F1':>7}  " * 2)
    found = measure(texts)
    for name, measured in found.items():
        figures = "".join(
            f"{score.precision:>7.3f}{score.recall:>7.3f}{score.f1:>7.3f}  " for score in measured.scores.values()
        )
        print(f"{name:<22}{figures}{measured.per_second:>12,.0f}{1e6 / measured.per_second:>12,.0f}")
    if MATCHER not in found:
        print("\nspaCy is not installed: make compare installs it")


def measure(texts: Sequence[tuple[Article, dict[str, Any]]]) -> dict[str, Measured]:
    """Let each extractor read labelled texts; speeds by turns, so that a busy machine slows all of them."""
    articles = [article for article, _ in texts]
    extractors = _extractors()
    scores = {}
    for name, extractor in extractors.items():
        evaluated = evaluate_statements(
            (article.id, raw["language"], list(extractor(article)), labels(raw)) for article, raw in texts
        ).scores
        scores[name] = {str(level): evaluated[level, "all"] for level in sorted(LEVELS, reverse=True)}
    speeds = speed(articles)
    return {name: Measured(scores[name], speeds[name]) for name in extractors}


def speed(articles: Sequence[Article], rounds: int = _ROUNDS) -> dict[str, float]:
    """Articles for each second of a core, by extractor: the best of some rounds, by turns."""
    best = dict.fromkeys(_extractors(), float("inf"))
    for _ in range(rounds):
        for name, extractor in _extractors().items():
            best[name] = min(best[name], _seconds(extractor, articles))
    return {name: len(articles) / seconds for name, seconds in best.items()}


def _extractors() -> dict[str, Extractor]:
    found: dict[str, Extractor] = {OURS: _program, EXPRESSIONS: expressions.extract}
    if importlib.util.find_spec("spacy") is not None:
        from benchmarks.baselines import matcher

        found[MATCHER] = matcher.extract
    return found


def _program(article: Article) -> list[Statement]:
    return [statement for claim in extract(article).claims for statement in of_claim(claim)]


def _seconds(extractor: Extractor, articles: Sequence[Article]) -> float:
    started = time.process_time()
    for article in articles:
        extractor(article)
    return time.process_time() - started


def texts_with_labels() -> list[tuple[Article, dict[str, Any]]]:
    """Read the project's own labelled texts, each with its label."""
    raws: list[dict[str, Any]] = []
    for language in languages():
        lines = (_LEXICON / language / "corpus.jsonl").read_text(encoding="utf-8").splitlines()
        raws += [{"language": language, **json.loads(line)} for line in lines if line.strip()]
    raws += [json.loads(path.read_text(encoding="utf-8")) for path in sorted(_WHOLE.glob("*.json"))]
    fields = ("title", "body", "published_at", "language", "source")
    return [
        (
            msgspec.convert(
                {
                    "id": f"{number}",
                    **{name: raw.get(name) or ("" if name in ("title", "body") else None) for name in fields},
                },
                Article,
            ),
            raw,
        )
        for number, raw in enumerate(raws)
    ]


if __name__ == "__main__":
    main()
