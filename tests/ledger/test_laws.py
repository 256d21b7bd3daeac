"""The laws of the ledger: the result depends on the newest editions alone, never on how they arrived."""

from __future__ import annotations

import os
import random
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.acceptance.histories import Message, open_books, outcome, play, printed, tell
from tests.ledger.generated import Fiction
from worker.ledger import DayResult
from worker.model import Cell, JointCell

# 5,000 by DRONETALLY_TEST_HISTORIES=5000
EXAMPLES = int(os.environ.get("DRONETALLY_TEST_HISTORIES", "60"))
laws = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
seeds = st.integers(0, 2**32)
zones = st.sampled_from(["Europe/Kyiv", "UTC", "Europe/Moscow"])


def history(seed: int) -> list[Message]:
    """Articles of both directions, some edited, some withdrawn with or without a version."""
    dice = random.Random(seed)
    messages = Fiction(seed, articles=4, claims=4).history()
    others = Fiction(seed + 1, articles=2, claims=3).history()
    for message in others:  # one article may speak of both fronts
        known = next((m for m in messages if m["article_id"] == message["article_id"]), None)
        if known is not None and dice.random() < 0.5:
            extra = [{**c, "claim_id": f"{c['claim_id']}.x", "part_of": None} for c in message["claims"]]
            known["claims"] += extra
    times = [message["published_at"] for message in messages]
    for message in list(messages):
        if dice.random() < 0.4:
            edited = {**message, "version": dice.choice((1, 2)), "claims": message["claims"][dice.randint(0, 2) :]}
            edited["published_at"] = dice.choice(times)
            messages.append(edited)
        if dice.random() < 0.2:
            gone: Message = {"article_id": message["article_id"], "withdrawn": True}
            messages.append({**gone, "version": 1} if dice.random() < 0.5 else gone)
    return messages


@laws
@given(seeds, zones, st.randoms(use_true_random=False))
def test_any_order_any_copies_one_result(seed: int, zone: str, dice: random.Random) -> None:
    messages = history(seed)
    expected = printed(outcome(play(messages, zone)))
    shuffled = messages + dice.choices(messages, k=len(messages))
    dice.shuffle(shuffled)
    assert printed(outcome(play(shuffled, zone))) == expected


@laws
@given(seeds, zones, st.integers(0, 20))
def test_replay_from_the_middle_changes_nothing(seed: int, zone: str, start: int) -> None:
    messages = history(seed)
    books = play(messages, zone)
    expected = printed(outcome(books))
    for book in books.values():
        book.take_dirty()
    replayed = play([*messages, *messages[start % len(messages) :]], zone)
    assert printed(outcome(replayed)) == expected


@laws
@given(seeds, zones)
def test_add_then_withdraw_restores(seed: int, zone: str) -> None:
    messages = history(seed)
    guest = [{**m, "article_id": f"guest-{m['article_id']}"} for m in Fiction(seed + 7, articles=2, claims=4).history()]
    gone: list[Message] = [{"article_id": m["article_id"], "withdrawn": True} for m in guest]
    before = printed(outcome(play(messages, zone)))
    assert printed(outcome(play([*guest[:1], *messages, *guest, *gone], zone))) == before


@laws
@given(seeds, zones, st.randoms(use_true_random=False))
def test_every_day_that_changes_is_marked(seed: int, zone: str, dice: random.Random) -> None:
    """A consumer that asks only for marked days never misses a change."""
    messages = history(seed)
    dice.shuffle(messages)
    books = open_books(messages, zone)
    followed: dict[tuple[str, date], DayResult] = {}
    for message in messages:
        tell(books, message)
        for front, book in books.items():
            for day in book.take_dirty():
                followed[front, day] = book.day(day)
            for day in {day for f, day in followed if f == front} | set(book.days()):
                assert followed.get((front, day)) == book.day(day)


@laws
@given(seeds, zones)
def test_no_day_is_marked_by_what_is_known_already(seed: int, zone: str) -> None:
    messages = history(seed)
    books = play(messages, zone)
    for book in books.values():
        book.take_dirty()
    for message in messages:
        tell(books, message)
    assert not any(book.dirty() for book in books.values())


@laws
@given(seeds, zones)
def test_low_best_and_high_are_in_order(seed: int, zone: str) -> None:
    for result in outcome(play(history(seed), zone)).days.values():
        cells: list[Cell | JointCell] = [*result.cells.values(), *result.joints.values()]
        for cell in cells:
            assert cell.low >= 0
            assert cell.high is None or cell.low <= cell.high
            assert cell.best is None or (cell.low <= cell.best and (cell.high is None or cell.best <= cell.high))
