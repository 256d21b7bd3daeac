"""Each language's corpus against the extractor: the floors only ever rise."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.corpus.languages import LANGUAGES, LEXICON, known
from worker.extract import extract
from worker.extract.evaluation.evaluate import Case, Evaluation, evaluate, labels
from worker.model import Article

WHOLE = Path(__file__).parent / "data"

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
    for language in LANGUAGES:
        assert len(_texts(language)) >= LEAST_SENTENCES
        assert set(known(language).floor) == {"value", "full"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_extraction_keeps_its_floor(language: str) -> None:
    found = evaluation(language)
    for level, floor in known(language).floor.items():
        assert found.scores[level, "all"].f1 >= floor, _report(found)


@pytest.mark.parametrize("language", LANGUAGES)
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
