"""What holds for any text: no failure, exact spans, nothing out of nothing, and no difference by how it is typed."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.extract.texts import WEDNESDAY
from worker.extract import extract
from worker.extract.evaluation.particulars import span_holds
from worker.lexicon import languages, lexicon
from worker.model import Article, ArticleClaims

LEXICON = Path(__file__).parents[2] / "worker/lexicon"
CALM = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=150)
# Kinds of words that say how many, or that somebody or something is one.
SAYING_HOW_MANY = ("number", "round", "vague", "particle")


@cache
def _corpus() -> tuple[dict[str, Any], ...]:
    texts: list[dict[str, Any]] = []
    for language in languages():
        lines = (LEXICON / language / "corpus.jsonl").read_text(encoding="utf-8").splitlines()
        texts += [{"language": language, **json.loads(line)} for line in lines if line.strip()]
    return tuple(texts)


def _read(raw: dict[str, Any], body: str) -> ArticleClaims:
    published = datetime.fromisoformat(raw["published_at"]) if raw["published_at"] else None
    title = raw.get("title") or ""
    return extract(Article(id="a", title=title, body=body, language=raw["language"], published_at=published))


def _said(found: ArticleClaims) -> list[tuple[object, ...]]:
    """Everything about the claims that does not depend on where they stand."""
    order = {claim.claim_id: index for index, claim in enumerate(found.claims)}
    return [
        (
            *(claim.measure, claim.weapon, claim.quantity, claim.attacker, claim.defender, claim.regions, claim.scope),
            *(claim.period, claim.status, claim.source, order.get(claim.part_of or "")),
        )
        for claim in found.claims
    ]


_known: dict[int, list[tuple[object, ...]]] = {}


def _as_it_stands(raw: dict[str, Any]) -> list[tuple[object, ...]]:
    """What the unchanged text says, read once for all tests."""
    if id(raw) not in _known:
        _known[id(raw)] = _said(_read(raw, raw["body"]))
    return _known[id(raw)]


def _wrapped(text: str, width: int) -> str:
    """The text as a page breaks it: a line ends at the last blank before the width."""
    lines = []
    for line in text.split("\n"):
        while (end := line.rfind(" ", 0, width)) > 0 and len(line) > width:
            lines.append(line[:end])
            line = line[end + 1 :]
        lines.append(line)
    return "\n".join(lines)


TYPED: dict[str, Callable[[str], str]] = {
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "composed": lambda text: unicodedata.normalize("NFC", text),
    "curly apostrophes": lambda text: text.replace("'", "\u2019"),
    "letter apostrophes": lambda text: re.sub("['\u2019]", "\u02bc", text),
    "em dashes": lambda text: text.replace(" – ", " — "),
    "hyphens for dashes": lambda text: re.sub(" [–—] ", " - ", text),
    "unbreakable blanks": lambda text: text.replace(" ", "\u00a0"),
    "thin blanks behind numbers": lambda text: re.sub(r"(?<=\d) ", "\u202f", text),
    "two blanks between words": lambda text: re.sub(r"(?<=[^\W\d]) (?=[^\W\d])", "  ", text),
    "soft hyphens": lambda text: re.sub(r"([^\W\d_]{4})(?=[^\W\d_]{4})", "\\1\u00ad", text),
    "zero width blanks": lambda text: re.sub(r"(?<=[^\W\d]) (?=[^\W\d])", "\u200b ", text),
    "carriage returns": lambda text: text.replace("\n", "\r\n"),
    "blank lines around": lambda text: f"\n {text}\n\n",
}


@pytest.mark.parametrize("typed", TYPED)
def test_how_a_text_is_typed_changes_nothing(typed: str) -> None:
    changed = 0
    for raw in _corpus():
        body = TYPED[typed](raw["body"])
        if body != raw["body"]:
            changed += 1
            assert _said(_read(raw, body)) == _as_it_stands(raw), raw["name"]
    assert changed


# Lines shorter than this may have been ended by their author.
@pytest.mark.parametrize("width", [60, 72, 95])
def test_lines_broken_by_a_page_change_next_to_nothing(width: int) -> None:
    texts = [raw for raw in _corpus() if len(raw["body"]) > width and "\n" not in raw["body"]]
    torn = [raw["name"] for raw in texts if _said(_read(raw, _wrapped(raw["body"], width))) != _as_it_stands(raw)]
    assert len(torn) <= len(texts) // 50, torn


def _words(language: str, *, counting: bool) -> st.SearchStrategy[str]:
    known = lexicon(language)
    words = [form for form, word in known.exact.items() if counting or word.kind not in SAYING_HOW_MANY]
    words = [word for word in words if counting or word not in known.grammar.articles]
    stems = sorted(form for form, word in known.stems.items() if counting or word.kind not in SAYING_HOW_MANY)
    names = [place.capitalize() for place in sorted(known.places)]
    marks = [",", ".", ":", ";", "–", "-", "(", ")", "\n", "\n\n", "•", '"', "…", "!"]
    numbers = ["1", "2", "7", "12", "1 000", "1.110", "34.", "20:00", "5–6", "+3", "136", "2025"] if counting else []
    pools = [st.sampled_from(sorted(words)), st.sampled_from(stems), st.sampled_from(names), st.sampled_from(marks)]
    if counting:
        pools.append(st.sampled_from(numbers))
    return st.lists(st.one_of(*pools), max_size=40).map(" ".join)


@pytest.mark.parametrize("language", languages())
@CALM
@given(data=st.data())
def test_any_words_are_read_with_exact_spans(language: str, data: st.DataObject) -> None:
    body = data.draw(_words(language, counting=True))
    article = Article(id="a", body=body, language=language, published_at=WEDNESDAY)
    found = extract(article)
    for claim in found.claims:
        assert span_holds(claim, article, language), claim
        assert claim.period is None or claim.period.start < claim.period.end, claim


def _spliced(language: str) -> st.SearchStrategy[str]:
    """The beginning of one text and the end of another, with something put between."""
    bodies = st.sampled_from([raw["body"].split(" ") for raw in _corpus() if raw["language"] == language])
    between = st.sampled_from(["", "12", "1", "1 000", "–", ",", "(", ")", ";", "\n", "2025", "no", "5–6"])
    return st.builds(
        lambda first, last, cut, begin, put: " ".join([*first[: cut % len(first)], put, *last[begin % len(last) :]]),
        *(bodies, bodies, st.integers(0, 99), st.integers(0, 99), between),
    )


@pytest.mark.parametrize("language", languages())
@CALM
@given(data=st.data())
def test_spliced_texts_are_read_with_exact_spans(language: str, data: st.DataObject) -> None:
    article = Article(id="a", body=data.draw(_spliced(language)), language=language, published_at=WEDNESDAY)
    for claim in extract(article).claims:
        assert span_holds(claim, article, language), claim
        assert claim.quantity is None or claim.quantity.high is None or claim.quantity.low <= claim.quantity.high


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("de", "Russische Drohnen haben Charkiw angegriffen, keine Opfer"),
        ("en", "Russian drones attacked Kharkiv, no casualties"),
        ("ru", "Российские дроны атаковали Харьков, погибших и пострадавших нет"),
        ("uk", "Російські дрони атакували Харків, загиблих і постраждалих немає"),
    ],
)
def test_a_text_may_end_with_a_denial_without_a_stop(language: str, body: str) -> None:
    found = extract(Article(id="a", body=body, language=language, published_at=WEDNESDAY))
    counted = [(claim.measure, claim.quantity.low) for claim in found.claims if claim.quantity]
    assert counted == [("killed", 0), ("injured", 0)]


@pytest.mark.parametrize("language", languages())
@CALM
@given(data=st.data())
def test_no_number_comes_from_a_text_without_one(language: str, data: st.DataObject) -> None:
    body = data.draw(_words(language, counting=False))
    found = extract(Article(id="a", body=body, language=language, published_at=WEDNESDAY))
    counted = [claim for claim in found.claims if claim.quantity is not None and claim.quantity.low > 1]
    assert not counted
