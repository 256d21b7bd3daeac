"""One more article costs the same in a small and in a large ledger, counted in calls, which no busy machine changes."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from datetime import date, timedelta
from types import FrameType

import pytest

from benchmarks.ledger import cost
from tests.ledger.writing import FRONT, claim, entry
from worker.ledger import Book

SMALL, LARGE = 200, 6000
FLAT = 1.3


def calls(work: Callable[[], object]) -> int:
    """How many functions were called, built-in ones included."""
    count = 0

    def note(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    gc.collect()
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


def put_all(book: Book, kind: str) -> Callable[[], object]:
    articles = cost._fresh(cost.added(kind))[:60]

    def work() -> None:
        for article in articles:
            book.put(article)
            cost.publish(book)

    return work


@pytest.fixture(scope="module")
def books() -> tuple[Book, Book]:
    return cost.ledger(SMALL), cost.ledger(LARGE)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("kind", ["reprint", "short", "list", "undated", "governor", "new", ""])
def test_an_article_costs_the_same_at_any_size(books: tuple[Book, Book], kind: str) -> None:
    small, large = (calls(put_all(book, kind)) for book in books)
    assert large <= FLAT * small, (kind, small, large)


def undated(reprints: int) -> Book:
    """Reprints without a date, which float until a dated report says their number."""
    book = Book(FRONT, cost.ZONE)
    for n in range(reprints):
        book.put(entry(f"u{n}", claim(f"u{n}.1", 77, period=None), after=20, source=f"outlet{n % 40}.example"))
    cost.publish(book)
    return book


def test_a_report_that_gives_all_reprints_their_day_costs_the_same_at_any_size() -> None:
    took = []
    for reprints in (100, 3000):
        book = undated(reprints)

        def report(book: Book = book) -> None:
            book.put(entry("dated", claim("dated.1", 77), after=9))
            cost.publish(book)

        took.append(calls(report))
        assert book.day(date(2025, 5, 21)).coverage["RU"].articles == reprints + 1
    assert took[1] <= FLAT * took[0], took


@pytest.mark.timeout(300)
def test_forgetting_costs_what_is_forgotten_not_what_stays() -> None:
    took = []
    for articles in (200, 4000):
        book = cost.ledger(articles)
        book.expire(date(2025, 5, 1))
        took.append(calls(lambda book=book: [book.expire(date(2025, 5, 1) + timedelta(days=n)) for n in range(5)]))  # type: ignore[misc]
    assert took[1] <= FLAT * took[0], took


def test_a_claim_takes_less_than_a_kilobyte_of_memory_and_of_changelog() -> None:
    book, entries, changelog = cost.memory(6000, 6)
    assert book + entries < 1000
    assert changelog < 500
