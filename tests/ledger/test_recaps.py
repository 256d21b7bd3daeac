"""Recaps: what an article tells as the past of the last days counts where nothing else speaks of it."""

from __future__ import annotations

from tests.ledger.test_book import DAY, book
from tests.ledger.writing import NIGHT, claim, entry, hours
from worker.ledger import Book
from worker.model import ArticleClaims, Cell, Measure

NEXT_DAY = 30


def cell(of: Book, region: str = "RU", measure: Measure = "intercepted") -> Cell:
    return of.day(DAY).cells[region, measure]


def recap(low: int, *regions: str, after: float = NEXT_DAY, **said: object) -> ArticleClaims:
    """An article that tells of the night as the past."""
    return entry("late", claim("late.1", low, *regions, status="historic", **said), after=after)  # type: ignore[arg-type]


def test_what_only_the_next_day_tells_is_counted() -> None:
    made = book(recap(6, "RU-BEL", measure="injured", source="media"))
    assert cell(made, "RU-BEL", "injured") == Cell(low=6, best=6, high=6)
    assert [account.verdict for account in made.accounts(DAY)] == ["counted"]
    assert made.day(DAY).coverage["RU-BEL"].articles == 1


def test_a_recap_changes_nothing_that_is_reported() -> None:
    reported = entry("a", claim("a.1", 337))
    made = book(reported, recap(343, source="media"))
    assert cell(made) == Cell(low=337, best=337, high=337)
    assert {a.claim_id: a.verdict for a in made.accounts(DAY)} == {"a.1": "counted", "late.1": "historic"}


def test_shot_down_and_lost_are_one_matter() -> None:
    reported = entry("a", claim("a.1", 40, measure="neutralised"))
    assert cell(book(reported, recap(38, measure="intercepted"))).low == 0


def test_a_recap_of_other_hours_or_regions_is_counted_beside_the_report() -> None:
    evening = claim("a.1", 3, "RU-BRY", period=hours(16, 20))
    made = book(entry("a", evening), recap(7, "RU-BRY"))
    assert cell(made, "RU-BRY") == Cell(low=10, best=10, high=10)


def test_the_list_of_a_recap_details_a_bare_total() -> None:
    whole = claim("late.1", 337, status="historic")
    parts = [
        claim(f"late.{r}", n, r, status="historic", part_of="late.1") for r, n in (("RU-BRY", 300), ("RU-KRS", 37))
    ]
    made = book(entry("a", claim("a.1", 337)), entry("late", whole, *parts, after=NEXT_DAY))
    assert cell(made, "RU-KRS") == Cell(low=37, best=37, high=37)


def test_children_among_the_injured_of_a_recap_are_no_second_number() -> None:
    injured = claim("late.1", 6, "RU-BEL", measure="injured", status="historic", source="media")
    children = claim("late.2", 2, "RU-BEL", measure="injured", status="historic", source="media", part_of="late.1")
    assert cell(book(entry("late", injured, children, after=NEXT_DAY)), "RU-BEL", "injured").best == 6


def test_a_comparison_counts_nowhere() -> None:
    """Days back, without a time of its own, a record, the rest of something: none of these recaps."""
    further_back = recap(99, after=24 * 4)
    undated = recap(99, period=None)
    taken_for_the_lead = recap(99, period=hours(-4, 7, "lead"))
    record = entry("late", claim("late.1", 99, status="record"), after=NEXT_DAY)
    rest = recap(99, "RU-BRY", scope="rest")
    assert all(
        not book(article).day(DAY).cells for article in (further_back, undated, taken_for_the_lead, record, rest)
    )


def test_the_report_that_comes_after_its_recap_takes_its_place() -> None:
    late, reported = recap(5, "RU-BEL"), entry("a", claim("a.1", 4, "RU-BEL", period=NIGHT))
    assert book(late, reported).day(DAY) == book(reported, late).day(DAY)
    assert cell(book(late, reported), "RU-BEL") == Cell(low=4, best=4, high=4)
