"""Numbers that one article gives for one place and time beside each other, and minutes beside the number of a night."""

from __future__ import annotations

import pytest

from tests.ledger.test_book import book, cell
from tests.ledger.writing import claim, entry, hours
from worker.model import ArticleClaims, Cell, Period

NIGHT = hours(-4, 8, "anaphoric")


def test_two_numbers_of_one_article_for_one_region_add_up() -> None:
    made = book(entry("a", claim("a.1", 2, "RU-BEL", period=NIGHT), claim("a.2", 5, "RU-BEL", period=NIGHT)))
    assert cell(made, "RU-BEL") == Cell(low=7, best=7, high=7)


def test_told_by_two_articles_the_newer_number_wins() -> None:
    two = (
        entry("a", claim("a.1", 2, "RU-BEL", period=NIGHT)),
        entry("b", claim("b.1", 5, "RU-BEL", period=NIGHT), after=9),
    )
    assert cell(book(*two), "RU-BEL") == Cell(low=5, best=5, high=5)


def test_a_reprint_of_one_of_the_numbers_changes_nothing() -> None:
    both = entry("a", claim("a.1", 2, "RU-BEL", period=NIGHT), claim("a.2", 5, "RU-BEL", period=NIGHT))
    assert cell(book(both, entry("b", claim("b.1", 2, "RU-BEL", period=NIGHT), after=9)), "RU-BEL") == Cell(7, 7, 7)


def test_a_part_adds_nothing_to_its_whole() -> None:
    part = claim("a.2", 2, "RU-BEL", period=NIGHT, part_of="a.1")
    assert cell(book(entry("a", claim("a.1", 5, "RU-BEL", period=NIGHT), part)), "RU-BEL") == Cell(5, 5, 5)


@pytest.mark.parametrize(("regions", "source"), [((), "RU-MOD"), (("RU-BEL",), "local:RU-BEL")])
def test_headlines_and_governors_correct_themselves(regions: tuple[str, ...], source: str) -> None:
    numbers = [claim(f"a.{n}", n, *regions, period=NIGHT, source=source) for n in (2, 5)]
    found = cell(book(entry("a", *numbers)), regions[0] if regions else "RU")
    assert found is not None
    assert found.best != 7


def minute(hour: float) -> Period:
    return hours(hour, hour + 1 / 60)


def tells(name: str, period: Period, *, after: float, source: str = "ministry.example") -> ArticleClaims:
    return entry(name, claim(f"{name}.1", 2, "RU-BEL", period=period), after=after, source=source)


def drones(*entries: ArticleClaims) -> int | None:
    found = cell(book(*entries), "RU-BEL")
    return found.best if found else None


def test_a_minute_after_the_night_was_told_is_another_event() -> None:
    assert drones(tells("a", NIGHT, after=6.3), tells("b", minute(6.5), after=7.4, source="other.example")) == 4


def test_a_minute_told_by_the_outlet_after_its_night_is_another_event() -> None:
    assert drones(tells("a", NIGHT, after=7.1), tells("b", minute(6.7), after=7.6)) == 4


def test_a_minute_summed_up_in_the_evening_is_one_event() -> None:
    day = hours(0, 24, "lead")
    assert drones(tells("a", minute(6.7), after=7), tells("b", day, after=23)) == 2


def test_another_outlet_may_give_the_minute_of_the_night() -> None:
    assert drones(tells("a", NIGHT, after=7.1), tells("b", minute(5), after=7.6, source="other.example")) == 2


def test_a_text_that_tells_both_pieces_is_heard_however_many_tell_one() -> None:
    """Numbers known for long become one when a text tells them together, and are two again when it goes."""
    alone = [
        entry(f"{name}{i}", claim(f"{name}{i}.1", number, "RU-KRS"), after=after + i / 10)
        for name, number, after in (("a", 9, 8), ("b", 8, 9))
        for i in range(4)
    ]
    both = entry("c", claim("c.1", 9, "RU-KRS"), claim("c.2", 8, "RU-KRS"), after=10)
    made = book(*alone)
    assert cell(made, "RU-KRS") == Cell(low=8, best=8, high=8)
    made.put(both)
    assert cell(made, "RU-KRS") == cell(book(*alone, both), "RU-KRS") == Cell(low=17, best=17, high=17)
    made.put(entry("c", version=2))
    assert cell(made, "RU-KRS") == Cell(low=8, best=8, high=8)
