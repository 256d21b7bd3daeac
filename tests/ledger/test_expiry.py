"""Forgetting: the same articles, whether they are found by looking at all or by where they end."""

from __future__ import annotations

import random
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from benchmarks.ledger.articles import FRONT, Newsroom
from tests.ledger.writing import claim, entry, hours
from worker.ledger import Book
from worker.model import ArticleClaims

KYIV = ZoneInfo("Europe/Kyiv")
FIRST = date(2025, 5, 21)


def season(seed: int) -> list[ArticleClaims]:
    articles = list(Newsroom(seed, variety=6).articles(60, nights=12))
    dice = random.Random(seed)
    spanning = [
        entry(
            f"span{n}",
            *(claim(f"span{n}.{day}", 5 + day, period=hours(24 * day - 4, 24 * day + 7)) for day in days),
            after=24 * dice.randint(0, 12),
        )
        for n, days in enumerate(dice.sample(range(12), dice.randint(1, 4)) for _ in range(12))
    ]
    retracted = [entry(f"span{n}", version=2, after=24 * n) for n in range(0, 12, 4)]
    return [*articles, *spanning, *retracted]


@pytest.mark.parametrize("seed", range(12))
def test_days_that_are_kept_are_as_if_nothing_had_been_forgotten(seed: int) -> None:
    articles = season(seed)
    random.Random(seed).shuffle(articles)
    kept, whole = Book(FRONT, KYIV), Book(FRONT, KYIV)
    forgotten: list[str] = []
    horizon = FIRST
    for number, article in enumerate(articles):
        kept.put(article)
        whole.put(article)
        if number % 9 == 0:
            horizon = max(horizon, FIRST + timedelta(days=number // 14))
            forgotten += kept.expire(horizon)
    forgotten += kept.expire(horizon)
    assert kept.expire(horizon) == []
    assert forgotten
    assert all(day >= horizon for day in kept.days())
    clear = horizon + timedelta(days=9)  # undated statements look for their day among the seven before
    for day in whole.days():
        if day >= clear:
            assert kept.day(day) == whole.day(day)
            assert kept.week(day + timedelta(days=6)) == whole.week(day + timedelta(days=6))


def test_an_article_that_says_more_later_is_not_forgotten_with_its_first_day() -> None:
    book = Book(FRONT, KYIV)
    book.put(entry("a", claim("a.1", 5)))
    book.put(entry("a", claim("a.1", 5), claim("a.2", 6, period=hours(44, 55)), version=2))
    assert book.expire(FIRST + timedelta(days=1)) == []
    assert book.week(FIRST + timedelta(days=2)).coverage["RU"].articles == 1
    assert book.expire(FIRST + timedelta(days=3)) == ["a"]
    assert len(book) == 0
