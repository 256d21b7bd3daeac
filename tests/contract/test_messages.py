"""Whatever the program can write passes its schema and is read back as it was."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.contract import catalogue, strategies
from tests.contract.catalogue import SCHEMAS, case_name, current, validator
from worker import codec
from worker.codec import MessageError
from worker.model import Article, ArticleClaims, ConflictReport, Tally

READERS: dict[str, Callable[[bytes], msgspec.Struct]] = {
    "drone.tally": codec.decode_tally,
    "drone.conflicts": codec.decode_conflicts,
}
MANY = settings(max_examples=100, deadline=None)


@MANY
@given(strategies.article_claims())
def test_written_claims_pass_and_come_back(claims: ArticleClaims) -> None:
    value = codec.encode(claims)
    validator(current("drone.claims")).validate(json.loads(value))
    if claims.front is None:
        with pytest.raises(MessageError):
            codec.decode_claims(value)
    else:
        assert codec.decode_claims(value) == claims


@MANY
@given(strategies.tallies())
def test_written_tallies_pass_and_come_back(tally: Tally) -> None:
    value = codec.encode(tally)
    validator(current("drone.tally")).validate(json.loads(value))
    assert codec.decode_tally(value) == tally


@MANY
@given(strategies.conflict_reports())
def test_written_conflicts_pass_and_come_back(report: ConflictReport) -> None:
    value = codec.encode(report)
    validator(current("drone.conflicts")).validate(json.loads(value))
    assert codec.decode_conflicts(value) == report


@MANY
@given(strategies.articles)
def test_written_articles_pass_and_come_back(article: Article) -> None:
    value = codec.encode(article)
    validator(current("news.article")).validate(json.loads(value))
    assert codec.decode_article(value) == article


@MANY
@given(strategies.articles, st.binary(max_size=40))
def test_the_edition_of_any_article_can_be_written(article: Article, value: bytes) -> None:
    claims = ArticleClaims(article_id=article.id, front="UA>RU", edition=codec.edition_of(article, value))
    validator(current("drone.claims")).validate(json.loads(codec.encode(claims)))


@pytest.mark.parametrize("headers", [{}, {"version": b"0"}, {"version": b"2147483648"}])
def test_the_edition_of_any_withdrawal_can_be_written(headers: dict[str, bytes]) -> None:
    edition = codec.withdrawal_edition(headers)
    claims = ArticleClaims(article_id="a", version=edition.version, front="UA>RU", edition=edition)
    validator(current("drone.claims")).validate(json.loads(codec.encode(claims)))


@pytest.mark.parametrize(
    "path", [path for path in catalogue.examples("valid") if catalogue.message_of(path) in READERS], ids=case_name
)
def test_valid_example_is_what_the_program_would_write(path: Path) -> None:
    example = json.loads(path.read_bytes())
    written = json.loads(codec.encode(READERS[catalogue.message_of(path)](path.read_bytes())))
    assert {name: value for name, value in written.items() if name in example} == example


@pytest.mark.parametrize(
    "path", sorted((SCHEMAS / "drone.claims" / "examples" / "valid").glob("*.json")), ids=case_name
)
def test_valid_claims_are_what_the_program_would_write(path: Path) -> None:
    example = json.loads(path.read_bytes())
    if example.get("front") is None:
        with pytest.raises(MessageError):  # printed lines are not messages of the topic
            codec.decode_claims(path.read_bytes())
    read = msgspec.json.decode(path.read_bytes(), type=ArticleClaims)
    written = json.loads(codec.encode(read))
    assert {name: value for name, value in written.items() if name in example} == example


@pytest.mark.parametrize("path", catalogue.examples("valid"), ids=case_name)
def test_valid_example_keeps_the_rules_beyond_json_schema(path: Path) -> None:
    example = json.loads(path.read_bytes())
    assert list(_broken(example)) == []
    if "key" in example:
        parts = [example.get("region"), example["front"], example.get("date") or example["window"]["date"]]
        assert example["key"] == "|".join(part for part in parts if part)


def test_spans_of_the_example_point_into_the_example_article() -> None:
    article = _example("news.article", "full-german-article-with-soft-hyphen-and-line-breaks")
    claims = _example("drone.claims", "joint-group-over-four-regions")
    assert claims["article_id"] == article["id"]
    for claim in claims["claims"]:
        span = claim["span"]
        assert article[span["field"]][span["start"] : span["end"]] == span["text"]


def _example(message: str, name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((SCHEMAS / message / "examples" / "valid" / f"{name}.json").read_bytes())
    return found


def _broken(node: Any) -> list[Any]:
    """List bounds out of order, periods turned round and spans of another length, at any depth."""
    if isinstance(node, list):
        return [bad for inner in node for bad in _broken(inner)]
    if not isinstance(node, dict):
        return []
    found = [bad for inner in node.values() for bad in _broken(inner)]
    bounds = [node[name] for name in ("low", "best", "high") if node.get(name) is not None]
    if bounds != sorted(bounds):
        found.append(node)
    if "start" in node and node["start"] > node["end"]:
        found.append(node)
    if "field" in node and node["end"] - node["start"] != len(node["text"]):
        found.append(node)
    return found
