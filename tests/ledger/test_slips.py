"""Likely slips of the pen: named for people, once, and never a reason to count otherwise."""

from __future__ import annotations

import pytest

from tests.ledger.test_book import DAY, book, cell
from tests.ledger.writing import claim, entry, hours
from worker.ledger import Slip
from worker.ledger.slips import likeness
from worker.model import ArticleClaims


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        (840, 804, "transposed"),
        (97, 79, "transposed"),
        (84, 840, "factor_ten"),
        (1050, 105, "factor_ten"),
        (241, 841, "one_digit"),
        (241, 251, "one_digit"),
        (805, 810, None),
        (804, 804, None),
        (91, 95, None),  # two digits differ by one too often
        (3, 30, None),
        (480, 804, None),
        (1234, 4321, None),
    ],
)
def test_what_a_slip_looks_like(one: int, other: int, kind: str | None) -> None:
    assert likeness(one, other) == likeness(other, one) == kind


def said(name: str, number: int, *, after: float = 8, outlet: str = "", region: str = "RU-BRY") -> ArticleClaims:
    return entry(name, claim(f"{name}.1", number, region), after=after, source=outlet)


def slips(*entries: ArticleClaims) -> tuple[Slip, ...]:
    return book(*entries).day(DAY).slips


def test_the_copy_that_differs_is_the_slip() -> None:
    assert slips(said("a", 840), said("b", 840, after=9), said("c", 804, after=7)) == (
        Slip("c.1", "transposed", ("a.1",)),
    )


def test_of_two_single_copies_the_later_is_the_slip() -> None:
    assert slips(said("a", 840), said("b", 804, after=9)) == (Slip("b.1", "transposed", ("a.1",)),)


def test_a_slip_changes_no_count() -> None:
    """The newest figure counts, whether it looks like a slip (804) or not (815)."""
    for later in (804, 815):
        found = cell(book(said("a", 840), said("b", later, after=9)), "RU-BRY")
        assert found is not None
        assert (found.low, found.best, found.high) == (later, later, later)


def test_a_slip_is_settled_when_its_outlet_prints_the_other_number() -> None:
    copies = (said("a", 840), said("b", 840, after=9), said("c", 804, outlet="c.example"))
    assert slips(*copies)
    assert slips(*copies, said("d", 840, after=12, outlet="c.example")) == ()


def test_a_slip_is_settled_by_a_correction_of_its_article() -> None:
    made = book(said("a", 840), said("b", 840, after=9), said("c", 804))
    assert made.day(DAY).slips
    made.put(entry("c", claim("c.1", 840, "RU-BRY"), version=2))
    assert made.day(DAY).slips == ()


def test_who_prints_the_other_number_matters_also_later() -> None:
    made = book(said("a", 840), said("b", 804, after=9))
    assert [slip.claim_id for slip in made.day(DAY).slips] == ["b.1"]
    made.put(said("c", 804, after=10))
    assert [slip.claim_id for slip in made.day(DAY).slips] == ["a.1"]


def test_sides_of_a_war_make_no_slips() -> None:
    other = entry("b", claim("b.1", 804, "RU-BRY", source="UA-GS"))
    assert slips(said("a", 840), other) == ()


def test_figures_of_different_hours_and_regions_are_no_copies() -> None:
    evening = entry("b", claim("b.1", 804, "RU-BRY", period=hours(10, 14)))
    assert slips(said("a", 840), evening, said("c", 804, region="RU-KRS")) == ()


def test_a_last_digit_is_a_slip_of_one_late_copy_only() -> None:
    many = [said(f"a{i}", 841, after=9 + i) for i in range(3)]
    assert slips(*many, said("b", 842, after=20)) == (Slip("b.1", "one_digit", ("a0.1",)),)
    assert slips(*many, said("b", 840, after=8)) == ()  # an earlier figure of the same night
    assert slips(*many[:2], said("b", 842, after=20)) == ()


def test_a_total_is_checked_against_its_regions() -> None:
    parts = [
        claim(f"a.{region}", number, region, part_of="a.1")
        for region, number in (("RU-BRY", 100), ("RU-KRS", 64), ("RU-BEL", 40))
    ]
    assert slips(entry("a", claim("a.1", 240), *parts)) == (
        Slip("a.1", "transposed", ("a.RU-BEL", "a.RU-BRY", "a.RU-KRS")),
    )
    assert slips(entry("a", claim("a.1", 250), *parts)) == ()  # a list need not be whole


def test_what_is_a_conflict_already_is_told_once() -> None:
    parts = [claim(f"a.{region}", 60, region, part_of="a.1") for region in ("RU-BRY", "RU-KRS", "RU-BEL")]
    found = book(entry("a", claim("a.1", 180), *parts), said("b", 600, after=9)).day(DAY)
    assert [conflict.claim_id for conflict in found.conflicts] == ["b.1"]
    assert found.slips == ()


def test_a_slip_says_in_which_article_its_sides_stand() -> None:
    found = book(said("a", 840), said("b", 804, after=9)).day(DAY)
    assert {"a.1": "a", "b.1": "b"}.items() <= found.articles.items()
    account = {one.claim_id: one for one in book(said("a", 840), said("b", 804, after=9)).accounts(DAY)}["b.1"]
    assert (account.slip, account.verdict, account.against) == ("transposed", "counted", (("a", "a.1"),))
