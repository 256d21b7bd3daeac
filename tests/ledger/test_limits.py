"""Hostile and large ledgers: they end in time, and what they cost does not depend on reprints."""

from __future__ import annotations

import random
from datetime import date
from zoneinfo import ZoneInfo

import pytest

from tests.ledger.writing import FRONT, claim, entry, hours
from worker.ledger import Book
from worker.ledger.choice import MOST

DAY = date(2025, 5, 21)
REGIONS = [f"RU-{n:02}" for n in range(60)]


@pytest.mark.timeout(60)
def test_a_thousand_contradictions_of_one_claimant_end() -> None:
    dice = random.Random(5)
    book = Book(FRONT, ZoneInfo("Europe/Kyiv"))
    book.put(entry("total", claim("total.1", 5)))
    for n in range(1000):
        regions = sorted(dice.sample(REGIONS, 3))
        book.put(entry(f"a{n}", claim(f"a{n}.1", 10 + n, *regions), after=9 + n / 1000))
    result = book.day(DAY)
    assert result.cells["RU", "intercepted"].best == 5
    assert len(result.conflicts) == MOST - 1
    assert sum(s.reason == "crowded_out" for s in result.set_aside) == 1001 - MOST


@pytest.mark.timeout(60)
def test_a_thousand_values_of_one_slot_are_one_revision() -> None:
    book = Book(FRONT, ZoneInfo("Europe/Kyiv"))
    for n in range(1000):
        book.put(entry(f"a{n}", claim(f"a{n}.1", n), after=9 + n / 1000))
    result = book.day(DAY)
    assert result.cells["RU", "intercepted"].best == 999
    assert result.conflicts == ()


@pytest.mark.timeout(60)
def test_a_thousand_windows_of_one_claimant_end() -> None:
    dice = random.Random(6)
    book = Book(FRONT, ZoneInfo("Europe/Kyiv"))
    for n in range(1000):
        window = hours(dice.random() * 12 - 4, 8 + dice.random() * 10)
        book.put(entry(f"a{n}", claim(f"a{n}.1", dice.randint(0, 50), "RU-BEL", period=window), after=9 + n / 1000))
    assert book.day(DAY).cells["RU-BEL", "intercepted"].low >= 0


def test_reprints_are_counted_without_being_solved_again() -> None:
    book = Book(FRONT, ZoneInfo("Europe/Kyiv"))
    cells = None
    for n in range(300):
        claims = (claim(f"a{n}.1", 30), claim(f"a{n}.2", 12, "RU-BEL", part_of=f"a{n}.1"))
        book.put(entry(f"a{n}", *claims, after=9 + n / 1000))
        result = book.day(DAY)
        assert cells is None or result.cells is cells
        cells = result.cells
    assert book.day(DAY).coverage["RU-BEL"].articles == 300
    assert len(book.day(DAY).claims["RU"]) == 2
