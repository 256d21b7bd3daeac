"""The laws of the ledger, all of them over each of many generated histories.

The result depends on the newest editions alone, never on how they arrived; and whoever asks only for the days that
are marked as changed misses nothing.

Run: `python -m tests.ledger.laws --histories 50000`, from a seed of the moment unless `--first` gives one. One history
that breaks a law is printed without the messages it breaks the law without.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context
from zoneinfo import ZoneInfo

from tests.acceptance.histories import Message, outcome, play, printed, tell
from tests.ledger.histories import ZONES, guests, history
from worker.ledger import Book, DayResult
from worker.model import Cell, JointCell

BLOCK = 50
Books = dict[str, Book]
Broken = str | None


class Story:
    """One history in one zone, told in the order in which it was written."""

    def __init__(self, seed: int, messages: list[Message] | None = None) -> None:
        self.seed = seed
        self.zone = random.Random(f"zone {seed}").choice(ZONES)
        self.messages = history(seed) if messages is None else messages
        self.books = play(self.messages, self.zone)
        self.final = outcome(self.books)
        self.bytes = printed(self.final)

    def opened(self) -> Books:
        """An empty book for each front that the history speaks of."""
        return {front: Book(front, ZoneInfo(self.zone)) for front in self.books}

    def dice(self, law: str) -> random.Random:
        """Lots for one law."""
        return random.Random(f"{law} {self.seed}")


def any_order_any_copies_and_every_change_marked(story: Story) -> Broken:
    """Shuffled, some of it twice, asked after each message for the days that are marked: nothing else changed."""
    dice = story.dice("order")
    shuffled = story.messages + dice.choices(story.messages, k=len(story.messages) // 2)
    dice.shuffle(shuffled)
    books = story.opened()
    followed: dict[tuple[str, date], DayResult] = {}
    for number, message in enumerate(shuffled):
        tell(books, message)
        if dice.random() < 0.3 and number < len(shuffled) - 1:
            continue  # batches differ
        for front, book in books.items():
            for day in book.take_dirty():
                followed[front, day] = book.day(day)
            for day in {day for f, day in followed if f == front} | set(book.days()):
                if followed.get((front, day)) != book.day(day):
                    return f"{day} of {front} changed after message {number} and was not marked"
    return None if printed(outcome(books)) == story.bytes else "another order came to another result"


def replay_changes_and_marks_nothing(story: Story) -> Broken:
    """What is known already, from somewhere in the middle."""
    start = story.dice("replay").randrange(len(story.messages))
    for book in story.books.values():
        book.take_dirty()
    for message in story.messages[start:]:
        tell(story.books, message)
    if any(book.dirty() for book in story.books.values()):
        return f"a replay from message {start} marked days"
    return None if printed(outcome(story.books)) == story.bytes else f"a replay from message {start} changed the result"


def adding_and_withdrawing_restores(story: Story) -> Broken:
    """Guests come and go, in any order, some looked at in between."""
    dice = story.dice("guests")
    come = [guest for guest in guests(story.seed) if story.messages]
    gone: list[Message] = [{"article_id": guest["article_id"], "withdrawn": True} for guest in come]
    visits = [*come, *gone, *dice.choices(come, k=1)]
    dice.shuffle(visits)
    for message in visits:
        tell(story.books, message)
        if dice.random() < 0.3:
            for book in story.books.values():
                for day in book.days():
                    book.day(day)
    return None if printed(outcome(story.books)) == story.bytes else "guests left something behind"


def newest_editions_alone_say_the_same(story: Story) -> Broken:
    """What a worker reads back after a crash: one edition of each article, in any order."""
    newest: dict[str, Message] = {}
    for message in story.messages:
        known = newest.get(message["article_id"])
        book = next(iter(story.opened().values()), None)
        if book is None:
            return None
        if known is not None:
            tell({book.front: book}, known)
        edition = book.edition(message["article_id"])
        tell({book.front: book}, message)
        if known is None or book.edition(message["article_id"]) != edition:
            newest[message["article_id"]] = message
    read_back = list(newest.values())
    story.dice("crash").shuffle(read_back)
    books = story.opened()
    for message in read_back:
        tell(books, message)
    return None if printed(outcome(books)) == story.bytes else "read back from the newest editions it differs"


def low_best_and_high_are_in_order(story: Story) -> Broken:
    """Of every cell of every day."""
    for (front, day), result in story.final.days.items():
        cells: list[Cell | JointCell] = [*result.cells.values(), *result.joints.values()]
        for cell in cells:
            top = cell.low if cell.high is None else cell.high
            if not 0 <= cell.low <= top or (cell.best is not None and not cell.low <= cell.best <= max(top, cell.best)):
                return f"{day} of {front}: {cell}"
            if cell.high is not None and cell.best is not None and cell.best > cell.high:
                return f"{day} of {front}: {cell}"
    return None


LAWS: tuple[Callable[[Story], Broken], ...] = (
    low_best_and_high_are_in_order,
    any_order_any_copies_and_every_change_marked,
    newest_editions_alone_say_the_same,
    replay_changes_and_marks_nothing,
    adding_and_withdrawing_restores,
)


def broken(seed: int, messages: list[Message] | None = None) -> Broken:
    """The first law that the history of a seed breaks."""
    story = Story(seed, messages)
    for law in LAWS:
        verdict = law(story) if story.messages else None
        if verdict is not None:
            return f"{law.__name__}: {verdict}"
    return None


def smallest(seed: int) -> list[Message]:
    """The history of a seed that breaks a law, without the messages it can do without."""
    messages = history(seed)
    left = 0
    while left < len(messages):
        fewer = messages[:left] + messages[left + 1 :]
        if fewer and broken(seed, fewer):
            messages = fewer
        else:
            left += 1
    return messages


def check(seeds: range) -> tuple[int, str] | None:
    """The first seed of a block whose history breaks a law, and how."""
    for seed in seeds:
        verdict = broken(seed)
        if verdict is not None:
            return seed, verdict
    return None


def failures(first: int, histories: int, processes: int | None = None) -> Iterator[tuple[int, str] | None]:
    """Check so many histories on all cores; yields what each block of them came to."""
    blocks: Iterable[range] = (
        range(start, min(start + BLOCK, first + histories)) for start in range(first, first + histories, BLOCK)
    )
    # Spawned: each process has hash seeds of its own, and nothing inherited could make two results equal.
    with ProcessPoolExecutor(processes or os.cpu_count(), mp_context=get_context("spawn")) as pool:
        yield from pool.map(check, blocks)


def main() -> int:
    """Check histories and say which break a law."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--histories", type=int, default=50_000)
    parser.add_argument("--first", type=int, default=None, help="seed of the first history")
    parser.add_argument("--processes", type=int, default=None)
    asked = parser.parse_args()
    first = time.time_ns() % 2**32 if asked.first is None else asked.first
    print(f"{asked.histories} histories from seed {first}, {len(LAWS)} laws each", flush=True)
    started, found, done = time.monotonic(), [], 0
    for verdict in failures(first, asked.histories, asked.processes):
        done = min(done + BLOCK, asked.histories)
        if verdict is not None:
            found.append(verdict)
            print(f"seed {verdict[0]} {verdict[1]}\n{json.dumps(smallest(verdict[0]), indent=1)}", flush=True)
        if done % (100 * BLOCK) == 0:
            print(f"{done} done in {time.monotonic() - started:.0f} s", flush=True)
    print(f"{asked.histories} histories, {len(found)} blocks with a broken law, {time.monotonic() - started:.0f} s")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
