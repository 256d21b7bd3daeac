"""What one outlet misreads does not replace what the others print, however new it is."""

from __future__ import annotations

import msgspec
import pytest

from tests.ledger.test_book import DAY, book, cell
from tests.ledger.writing import claim, entry, hours
from worker.model import ArticleClaims, Cell, Quantity


def printed(low: int, *regions: str, by: str, first: float, **said: object) -> list[ArticleClaims]:
    """One number, printed by some outlets an hour apart."""
    return [
        entry(name, claim(f"{name}.1", low, *regions, **said), after=first + hour)  # type: ignore[arg-type]
        for hour, name in enumerate(by)
    ]


@pytest.mark.parametrize("misread", [504, 54])
def test_a_bulletin_is_what_several_outlets_print(misread: int) -> None:
    made = book(*printed(450, by="abc", first=8), *printed(misread, by="x", first=12))
    assert cell(made) == Cell(low=450, best=450, high=450)


def test_a_rounded_number_of_one_outlet_does_not_replace_what_several_print() -> None:
    """The 50 that a governor told of his region, read without the region, beside 728 on the whole front."""
    about = claim("x.1", 50)
    about = msgspec.structs.replace(about, quantity=Quantity(low=50, high=50, qualifier="about"))
    made = book(*printed(728, by="abc", first=8), entry("x", about, after=12))
    assert cell(made) == Cell(low=728, best=728, high=728)


def test_about_so_many_does_not_replace_the_number_itself() -> None:
    """31 over one region in the morning; a later text has "nearly half" of the 74 there."""
    about = msgspec.structs.replace(claim("b.1", 37, "RU-BRY"), quantity=Quantity(low=37, high=37, qualifier="about"))
    made = book(entry("a", claim("a.1", 31, "RU-BRY"), after=8), entry("b", about, after=9))
    assert cell(made, "RU-BRY") == Cell(low=31, best=31, high=31)


def test_a_toll_of_about_so_many_may_be_a_newer_one() -> None:
    about = claim("b.1", 37, "RU-BRY", measure="injured", source="local:RU-BRY")
    about = msgspec.structs.replace(about, quantity=Quantity(low=37, high=37, qualifier="about"))
    first = claim("a.1", 31, "RU-BRY", measure="injured", source="local:RU-BRY")
    made = book(entry("a", first, after=8), entry("b", about, after=9))
    assert made.day(DAY).cells["RU-BRY", "injured"].best == 37


def test_a_correction_counts_as_soon_as_a_second_outlet_prints_it() -> None:
    before, after = printed(805, by="abc", first=8), printed(810, by="xy", first=12)
    assert book(*before, after[0]).day(DAY).cells["RU", "intercepted"].best == 805
    made = book(*before, *after)
    assert cell(made) == Cell(low=810, best=810, high=810)
    made.put(entry("y", version=2))
    assert cell(made) == Cell(low=805, best=805, high=805)


def test_a_correction_of_what_few_print_counts_at_once() -> None:
    made = book(*printed(805, by="ab", first=8), *printed(810, by="x", first=12))
    assert cell(made) == Cell(low=810, best=810, high=810)


@pytest.mark.parametrize(("newer", "believed"), [(9, 9), (2, 3)])
def test_victims_grow_but_do_not_shrink_by_one_outlet(newer: int, believed: int) -> None:
    who = {"measure": "injured", "source": "local:RU-BEL"}
    made = book(*printed(3, "RU-BEL", by="abc", first=8, **who), *printed(newer, "RU-BEL", by="x", first=12, **who))
    assert made.day(DAY).cells["RU-BEL", "injured"].best == believed


def test_an_outlet_that_joins_later_is_heard() -> None:
    """The answer is the same as if all had been there from the start, though reprints are only counted."""
    made = book(*printed(450, by="ab", first=8), *printed(504, by="x", first=12))
    assert cell(made) == Cell(low=504, best=504, high=504)
    made.put(entry("c", claim("c.1", 450), after=14))
    assert cell(made) == Cell(low=450, best=450, high=450)


def test_what_stands_only_beside_another_number_is_no_news() -> None:
    """Of 58 shot down one text says "three more were downed by jamming", which reads as a second number."""
    text = entry("b", claim("b.1", 58), claim("b.2", 3), after=12)
    assert cell(book(entry("a", claim("a.1", 58)), text)) == Cell(low=58, best=58, high=58)


def test_of_two_numbers_that_no_other_text_tells_apart_the_larger_stays() -> None:
    assert cell(book(entry("b", claim("b.1", 58), claim("b.2", 61)))) == Cell(low=61, best=61, high=61)


def test_almost_a_number_in_other_vague_hours_is_that_number() -> None:
    night = claim("a.1", 67, period=hours(-4, 8, "relative"))
    morning = claim("b.1", 70, period=hours(6, 12, "relative"))
    rough = Quantity(low=70, high=70, qualifier="about")
    made = book(entry("a", night), entry("b", msgspec.structs.replace(morning, quantity=rough), after=12))
    assert cell(made) == Cell(low=67, best=67, high=67)
    further = claim("b.1", 90, period=hours(6, 12, "relative"))
    assert cell(book(entry("a", night), entry("b", further, after=12))) == Cell(low=157, best=157, high=157)
