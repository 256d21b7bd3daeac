"""What was read before changes nothing that is read later, and what is remembered is bounded and never written to."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.extract.texts import WEDNESDAY
from worker.extract import extract, reading, reprints
from worker.extract.explain import explain
from worker.extract.reprints import LONGEST, MOST_WAYS, Reprints
from worker.lexicon import languages, lexicon
from worker.model import Article
from worker.text import normalise, sentences, tokens

ROOT = Path(__file__).parents[2]
CALM = settings(
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture], deadline=None, max_examples=60
)
OUTLETS = ("tass.ru", "ukrinform.ua", "paper.example", None)


@cache
def _texts() -> tuple[dict[str, Any], ...]:
    """All texts of the corpora: those of the lexicon, and the whole articles of the tests."""
    texts: list[dict[str, Any]] = []
    for language in languages():
        lines = (ROOT / "worker/lexicon" / language / "corpus.jsonl").read_text(encoding="utf-8").splitlines()
        texts += [{"language": language, **json.loads(line)} for line in lines if line.strip()]
    for path in sorted((ROOT / "tests/corpus/data").rglob("*.json")):
        text = json.loads(path.read_text(encoding="utf-8"))
        texts += [text] if isinstance(text, dict) and "body" in text else []
    return tuple(texts)


def _article(number: int, hours: int = 0, *others: int, told: bool = True) -> Article:
    text = _texts()[number]
    bodies = (text["body"], *(_texts()[other]["body"] for other in others))
    return Article(
        id=f"article {number} of {hours}",
        title=text.get("title") or "",
        body="\n\n".join(bodies),
        language=text["language"] if told else None,
        published_at=WEDNESDAY + timedelta(hours=hours) if hours % 5 else None,
        source=OUTLETS[hours % len(OUTLETS)],
    )


def _said(article: Article) -> str:
    return repr((extract(article), explain(article)))


def _remember(monkeypatch: pytest.MonkeyPatch, most_units: int = reprints.MOST_UNITS) -> Reprints:
    memory = Reprints(most_units)
    monkeypatch.setattr(reading, "REPRINTS", memory)
    return memory


def _cold(monkeypatch: pytest.MonkeyPatch, article: Article) -> str:
    """What an article says where nothing is remembered."""
    _remember(monkeypatch, 0)
    return _said(article)


def test_every_text_of_the_corpora_says_the_same_the_third_time_with_another_date_and_outlet(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    memory = _remember(monkeypatch)
    # The first two bring a text into memory; what is asked is read from there.
    for number in range(0, len(_texts()), 3):
        for hours in (1, 14):
            extract(_article(number, hours))
        article = _article(number, 39 + number)
        warm = _said(article)
        assert warm == _cold(monkeypatch, article), article.body
        monkeypatch.setattr(reading, "REPRINTS", memory)
    assert len(memory) > 500


@CALM
@given(data=st.data())
def test_articles_in_any_order_say_what_they_say_alone(monkeypatch: pytest.MonkeyPatch, data: st.DataObject) -> None:
    count = len(_texts())
    some = data.draw(st.lists(st.integers(0, count - 1), min_size=1, max_size=4))
    articles = [
        _article(one, hours, *others, told=told)
        for one, hours, others, told in data.draw(
            st.lists(
                st.tuples(
                    st.sampled_from(some),
                    st.integers(0, 2_000),
                    st.lists(st.sampled_from(some), max_size=2),
                    st.booleans(),
                ),
                min_size=3,
                max_size=8,
            )
        )
    ]
    alone = [_cold(monkeypatch, article) for article in articles]
    _remember(monkeypatch, data.draw(st.sampled_from((400, 5_000, reprints.MOST_UNITS))))
    for _ in range(2):
        for article, expected in zip(articles, alone, strict=True):
            assert _said(article) == expected


def _copy(memory: Reprints) -> str:
    return repr([
        (known.reading.units, known.reading.units.at, known.reading.units.subjects, known.reading.times,
         known.reading.groups, known.reading.counts,
         [(key, way.units, way.units.at, way.units.subjects, vars(way.clauses), way.counts)
          for key, way in known.ways.items()])
        for known in memory
    ])  # fmt: skip


def test_what_is_remembered_is_never_written_to(monkeypatch: pytest.MonkeyPatch) -> None:
    memory = _remember(monkeypatch)
    numbers = random.Random(3).sample(range(len(_texts())), 60)
    for _ in range(3):
        for number in numbers:
            extract(_article(number))
    before = _copy(memory)
    assert len(memory) > 50
    for hours in range(1, 40, 13):
        for number in numbers:
            extract(_article(number, hours))
    assert _copy(memory) == before


def test_memory_is_bounded_by_units_and_forgets_what_was_not_read_for_longest(monkeypatch: pytest.MonkeyPatch) -> None:
    memory = _remember(monkeypatch, 4_000)
    for number in range(200):
        for _ in range(2):
            extract(_article(number))
        held = sum(len(k.reading.units) + sum(len(way.units) for way in k.ways.values()) for k in memory)
        assert held <= sum(known.weight for known in memory) <= 4_000
        assert all(len(known.ways) <= MOST_WAYS for known in memory)
    assert len(memory)


def test_what_comes_once_or_is_endless_is_not_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    memory = _remember(monkeypatch)
    for number in range(100):
        extract(Article(id="a", body=f"Air defences shot down {number} drones over Kursk region.", language="en"))
    assert not len(memory)
    endless = "Air defences shot down drones " + "over Kursk region and " * LONGEST
    for _ in range(3):
        extract(Article(id="a", body=endless, language="en"))
    assert all(len(known.reading.units) <= LONGEST for known in memory)


def test_threads_share_what_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    articles = [_article(number, number) for number in range(0, len(_texts()), 97)] * 4
    alone = {article.id: _cold(monkeypatch, article) for article in articles}
    _remember(monkeypatch, 3_000)
    with ThreadPoolExecutor(4) as pool:
        assert all(said == alone[article.id] for article, said in zip(articles, pool.map(_said, articles), strict=True))


@given(st.sampled_from(languages()), st.text("aЖ’'l.-1 ,\n:5\u00adσΣ", max_size=60), st.integers(0, 12))
def test_a_token_is_told_by_its_characters_where_it_stands_and_where_it_is_cut(
    language: str, text: str, moved: int
) -> None:
    """The key under which a sentence is remembered tells its tokens."""
    grammar = lexicon(language).grammar
    told: dict[object, Sequence[tuple[object, ...]]] = {}
    for whole in (text, "A" * moved + text, text + "1" * moved, text + " ," + text):
        read = normalise(whole)
        found = tokens(read, elided=grammar.elided)
        for sentence in sentences(read, found, grammar.abbreviations, grammar.ordinals):
            some = found[sentence.first : sentence.last]
            offset = some[0].start
            key = (read[offset : some[-1].end], tuple(token.end - offset for token in some), some[0].form)
            said = [(t.kind, t.form, t.capital, t.start - offset, t.end - offset) for t in some]
            assert told.setdefault(key, said) == said
