"""Each language's corpus against the extractor: the floors only ever rise."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest

from worker.extract import extract
from worker.extract.evaluate import Case, Evaluation, evaluate, labels
from worker.lexicon import languages
from worker.model import Article

LEXICON = Path(__file__).parents[2] / "worker" / "lexicon"
WHOLE = Path(__file__).parent / "data"

# F1 of (value, full) that must not be lost again; raise them as extraction improves.
FLOORS: dict[str, tuple[float, float]] = {
    "de": (0.885, 0.805),
    "en": (0.90, 0.845),
    "uk": (0.89, 0.85),
    "ru": (0.89, 0.82),
}
LEAST_SENTENCES = 40


def _texts(language: str) -> list[dict[str, Any]]:
    lines = (LEXICON / language / "corpus.jsonl").read_text(encoding="utf-8").splitlines()
    return [{"language": language, **json.loads(line)} for line in lines if line.strip()]


def _case(raw: dict[str, Any]) -> Case:
    article = msgspec.convert(
        {
            "id": raw["name"],
            "title": raw.get("title") or "",
            "body": raw["body"],
            "published_at": raw["published_at"],
            "language": raw["language"],
            "source": raw.get("source"),
        },
        Article,
    )
    return Case(article_id=raw["name"], language=raw["language"], claims=extract(article).claims, labels=labels(raw))


@cache
def evaluation(language: str) -> Evaluation:
    return evaluate(_case(raw) for raw in _texts(language))


def _report(found: Evaluation) -> str:
    lines = [
        f"{level} {group}: P {score.precision:.3f} R {score.recall:.3f} F1 {score.f1:.3f}"
        for (level, group), score in found.scores.items()
    ]
    lines += [f"missed {miss.article_id}: {miss.statement}" for miss in found.misses if miss.level == "value"]
    lines += [f"false {claim.article_id}: {claim.statement}" for claim in found.false_claims if claim.level == "value"]
    return "\n".join(lines)


def test_every_language_has_a_floor_and_a_corpus() -> None:
    assert set(FLOORS) == set(languages())
    for language in languages():
        assert len(_texts(language)) >= LEAST_SENTENCES


@pytest.mark.parametrize("language", languages())
def test_extraction_keeps_its_floor(language: str) -> None:
    found = evaluation(language)
    value, full = FLOORS[language]
    assert found.scores["value", "all"].f1 >= value, _report(found)
    assert found.scores["full", "all"].f1 >= full, _report(found)


@pytest.mark.parametrize("language", languages())
def test_most_irrelevant_texts_claim_nothing(language: str) -> None:
    negatives = [raw for raw in _texts(language) if not raw["claims"]]
    claiming = [raw["name"] for raw in negatives if _case(raw).claims]
    assert len(claiming) <= len(negatives) * 0.25, claiming


@pytest.mark.parametrize("path", sorted(WHOLE.glob("*-first-article.json")), ids=lambda path: path.stem)
def test_first_article_gives_exactly_its_facts(path: Path) -> None:
    raw = json.loads(path.read_text(encoding="utf-8"))
    case = _case({**raw, "name": path.stem})
    found = evaluate([case])
    assert found.scores["full", "all"].f1 == 1.0, _report(found)
