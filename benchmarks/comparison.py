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
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec

import worker.lexicon
from benchmarks.baselines import expressions
from worker.extract import extract
from worker.extract.evaluation.evaluate import LEVELS, Statement, evaluate_statements, labels, of_claim
from worker.lexicon import languages
from worker.model import Article

_LEXICON = Path(worker.lexicon.__file__).parent
_WHOLE = Path(__file__).parents[1] / "tests/corpus/data"
_ROUNDS = 3

Extractor = Callable[[Article], Sequence[Statement]]


def main() -> None:
    """Print one table: each extractor, precision, recall and F1 at both levels, articles per second."""
    texts = _texts()
    wanted = [labels(raw) for _, raw in texts]
    articles = [article for article, _ in texts]
    print(f"{len(texts)} texts, {sum(map(len, wanted))} statements, {', '.join(languages())}\n")
    print(f"{'':<22}{'value':^23}{'full':^23}{'articles/s':>12}{'µs/article':>12}")
    print(f"{'':<22}" + f"{'P':>7}{'R':>7}{'F1':>7}  " * 2)
    for name, extractor in _extractors().items():
        found = [list(extractor(article)) for article in articles]
        scores = evaluate_statements(
            (article.id, raw["language"], claimed, label)
            for (article, raw), claimed, label in zip(texts, found, wanted, strict=True)
        ).scores
        seconds = min(_seconds(extractor, articles) for _ in range(_ROUNDS)) / len(articles)
        figures = "".join(
            f"{score.precision:>7.3f}{score.recall:>7.3f}{score.f1:>7.3f}  "
            for score in (scores[level, "all"] for level in sorted(LEVELS, reverse=True))
        )
        print(f"{name:<22}{figures}{1 / seconds:>12,.0f}{seconds * 1e6:>12,.0f}")
    if "spaCy Matcher" not in _extractors():
        print("\nspaCy is not installed: make compare installs it")


def _extractors() -> dict[str, Extractor]:
    found: dict[str, Extractor] = {"drone-tally": _program, "regular expressions": expressions.extract}
    if importlib.util.find_spec("spacy") is not None:
        from benchmarks.baselines import matcher

        found["spaCy Matcher"] = matcher.extract
    return found


def _program(article: Article) -> list[Statement]:
    return [statement for claim in extract(article).claims for statement in of_claim(claim)]


def _seconds(extractor: Extractor, articles: Sequence[Article]) -> float:
    started = time.process_time()
    for article in articles:
        extractor(article)
    return time.process_time() - started


def _texts() -> list[tuple[Article, dict[str, Any]]]:
    raws: list[dict[str, Any]] = []
    for language in languages():
        lines = (_LEXICON / language / "corpus.jsonl").read_text(encoding="utf-8").splitlines()
        raws += [{"language": language, **json.loads(line)} for line in lines if line.strip()]
    raws += [json.loads(path.read_text(encoding="utf-8")) for path in sorted(_WHOLE.glob("*.json"))]
    fields = ("title", "body", "published_at", "language", "source")
    return [
        (
            msgspec.convert(
                {"id": f"{number}", **{name: raw.get(name) or ("" if name == "title" else None) for name in fields}},
                Article,
            ),
            raw,
        )
        for number, raw in enumerate(raws)
    ]


if __name__ == "__main__":
    main()
