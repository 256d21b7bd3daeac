"""What one more article costs in a small and in a large ledger of one front and day, and what a claim takes in memory.

Run: `python -m benchmarks.ledger.cost`. Both ledgers hold the same mix of reprints, lists, undated numbers, governors'
figures and wordings of outlets' own, and get the same articles on top: each is put in, and the day is solved and its
tallies made where it says something new. Only ratios are promised: they hold on other machines, and busy ones.
"""

from __future__ import annotations

import gc
import itertools
import sys
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec

from benchmarks.ledger.articles import FRONT, KINDS, Newsroom
from worker import codec
from worker.ledger import Book
from worker.model import ArticleClaims
from worker.tally import Scene, day_tallies

SMALL, LARGE = 100, 100_000
ADDED = 200
ROUNDS = 3
ZONE = ZoneInfo("Europe/Kyiv")
SCENE = Scene(front=FRONT, zone=ZONE, name_of=str, quiet=timedelta(days=2))


def ledger(articles: int, variety: int = 24) -> Book:
    """A book of one night in which every wording that outlets come up with has been printed already."""
    room = Newsroom(variety=variety)
    book = Book(FRONT, ZONE)
    for kind in KINDS:
        for variant in range(variety):
            book.put(room.article(0, kind, variant))
    for article in room.articles(max(0, articles - variety * len(KINDS))):
        book.put(article)
    for day in book.take_dirty():
        book.day(day)
    return book


def added(kind: str = "") -> list[ArticleClaims]:
    """Articles to put on top; "new" says in wordings of its own what nobody has printed, "" is the usual mix."""
    room = Newsroom(seed=1, variety=24)
    room.skip(10 * LARGE)
    if kind == "new":
        return [room.article(0, "wording", 1000 + n) for n in range(ADDED // 10)]
    return [room.article(0, kind) for _ in range(ADDED)]


def publish(book: Book) -> None:
    """What follows an article: the days it changed, their tallies."""
    for day in book.take_dirty():
        day_tallies(SCENE, book.day(day))


def seconds(book: Book, articles: Sequence[ArticleClaims], after: Callable[[Book], object]) -> float:
    """Processor time for each article; what was put in is taken out again."""
    gc.collect()
    started = time.process_time()
    for article in articles:
        book.put(article)
        after(book)
    took = time.process_time() - started
    for article in articles:
        book.put(_withdrawal(article))
    publish(book)
    return took / len(articles)


def ratios(small: int, large: int, rounds: int = ROUNDS) -> dict[str, tuple[float, float]]:
    """By what is added: seconds for each article in the small ledger and in the large one, the best of some rounds."""
    books = ledger(small), ledger(large)
    found: dict[str, tuple[float, float]] = {}
    # An edition that was withdrawn stays known, so each round adds other articles.
    for name, kind, after in (
        ("put only, usual mix", "", Book.take_dirty),
        ("reprint, published", "reprint", publish),
        ("list, published", "list", publish),
        ("undated, published", "undated", publish),
        ("new wording, published", "new", publish),
        ("usual mix, published", "", publish),
    ):
        best = [float("inf"), float("inf")]
        for _ in range(rounds):
            for which, book in enumerate(books):
                best[which] = min(best[which], seconds(book, _fresh(added(kind)), after))
        found[name] = (best[0], best[1])
    return found


_rounds = itertools.count()


def _fresh(articles: Sequence[ArticleClaims]) -> list[ArticleClaims]:
    """The same articles under ids that no book has seen."""
    number = next(_rounds)
    return [_renamed(article, f"{article.article_id}?{number}") for article in articles]


def _renamed(article: ArticleClaims, article_id: str) -> ArticleClaims:
    return msgspec.structs.replace(article, article_id=article_id)


def _withdrawal(article: ArticleClaims) -> ArticleClaims:
    edition = article.edition
    return msgspec.structs.replace(
        article, claims=(), edition=edition and msgspec.structs.replace(edition, withdrawn=True)
    )


def memory(articles: int, nights: int) -> tuple[float, float, float]:
    """Bytes per claim: in the book, in the entries that a worker keeps beside it, and of those in the changelog."""
    entries: dict[bytes, bytes] = {}
    claims = 0
    for article in Newsroom().articles(articles, nights):
        entries[f"{FRONT}|{article.article_id}".encode()] = codec.pack(codec.encode(article))
        claims += len(article.claims)
    stored = sum(sys.getsizeof(key) + sys.getsizeof(value) for key, value in entries.items()) + sys.getsizeof(entries)
    written = sum(len(key) + len(value) for key, value in entries.items())
    gc.collect()
    before = _resident()
    book = Book(FRONT, ZONE)
    for value in entries.values():
        book.put(codec.decode_entry(value))
    gc.collect()
    return (_resident() - before) / claims, stored / claims, written / claims


def _resident() -> int:
    return int(Path("/proc/self/statm").read_text(encoding="utf-8").split()[1]) * 4096


def main() -> None:
    """Measure and print."""
    print("bytes per claim             book  entries  changelog")
    for articles, nights in ((100_000, 1), (100_000, 300)):
        book, stored, written = memory(articles, nights)
        print(f"{articles:>7} articles, {nights:>3} nights {book:6.0f} {stored:8.0f} {written:10.0f}", flush=True)
    print(f"\nmicroseconds per article   in {SMALL}  in {LARGE}   ratio")
    for name, (small, large) in ratios(SMALL, LARGE).items():
        print(f"{name:24} {small * 1e6:8.0f} {large * 1e6:10.0f} {large / small:8.2f}", flush=True)


if __name__ == "__main__":
    main()
