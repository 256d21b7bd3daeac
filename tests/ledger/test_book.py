from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import msgspec
import pytest

from tests.ledger.writing import FRONT, MIDNIGHT, NIGHT, claim, entry, hours
from worker.ledger import Book
from worker.model import ArticleClaims, Cell, Edition

DAY = date(2025, 5, 21)
KYIV = ZoneInfo("Europe/Kyiv")


def book(*entries: ArticleClaims) -> Book:
    made = Book(FRONT, KYIV)
    for one in entries:
        made.put(one)
    return made


def cell(of: Book, region: str = "RU", day: date = DAY) -> Cell | None:
    return of.day(day).cells.get((region, "intercepted"))


def test_an_older_or_equal_edition_changes_nothing() -> None:
    made = book(entry("a", claim("a.1", 10), version=2))
    made.take_dirty()
    assert not made.put(entry("a", claim("a.0", 9), version=1))
    assert not made.put(entry("a", claim("a.1", 10), version=2))
    assert made.dirty() == frozenset()
    assert cell(made) == Cell(low=10, best=10, high=10)


def test_empty_claims_retract_and_stay_remembered() -> None:
    made = book(entry("a", claim("a.1", 10)), entry("a", version=2))
    assert made.days() == ()
    assert not made.put(entry("a", claim("a.1", 10)))
    assert cell(made) is None
    assert made.take_dirty() == frozenset({DAY})


def test_a_withdrawal_sorts_behind_every_text_of_its_version() -> None:
    made = book(entry("a", version=1, withdrawn=True))
    assert not made.put(entry("a", claim("a.1", 10), version=1))
    assert made.put(entry("a", claim("a.1", 10), version=2))


def test_an_entry_about_another_front_is_refused() -> None:
    with pytest.raises(ValueError, match="RU>UA"):
        book(msgspec.structs.replace(entry("a"), front="RU>UA"))


def test_a_reprint_leaves_the_solved_cells_untouched_and_is_counted() -> None:
    made = book(entry("a", claim("a.1", 10)))
    before = made.day(DAY)
    made.put(entry("b", claim("b.1", 10), after=9, source="other.example", language="uk"))
    after = made.day(DAY)
    assert after.cells is before.cells
    assert after.claims["RU"] == ("a.1",)
    assert (after.coverage["RU"].articles, after.coverage["RU"].outlets) == (2, 2)
    assert after.coverage["RU"].languages == ("de", "uk")
    assert after.coverage["RU"].as_of == MIDNIGHT + timedelta(hours=9)


def test_an_earlier_reprint_stands_for_the_statement() -> None:
    made = book(entry("a", claim("a.1", 10), after=9), entry("b", claim("b.1", 10), after=8))
    assert made.day(DAY).claims["RU"] == ("b.1",)
    made.put(entry("b", version=2))
    assert made.day(DAY).claims["RU"] == ("a.1",)


def test_outlets_decide_a_contradiction_also_when_they_come_later() -> None:
    total, part = claim("a.1", 10), claim("a.2", 12, "RU-BEL")
    other = claim("b.2", 10, "RU-KRS")
    made = book(entry("a", total, part), entry("b", claim("b.1", 10), other))
    assert [c.claim_id for c in made.day(DAY).conflicts] == ["a.2"]
    # Nothing fits beside 12 of 10, however many print it: but of two parts of 8, the better carried one stays.
    made = book(entry("a", total, claim("a.2", 8, "RU-BEL")), entry("b", claim("b.2", 8, "RU-KRS"), after=9))
    assert [c.claim_id for c in made.day(DAY).conflicts] == ["a.2"]
    made.put(entry("c", claim("c.2", 8, "RU-BEL"), after=10))
    assert [c.claim_id for c in made.day(DAY).conflicts] == ["b.2"]


def test_a_conflict_names_what_it_cannot_be_true_with() -> None:
    made = book(
        entry("a", claim("a.1", 10), claim("a.2", 4, "RU-BRY")),
        entry("b", claim("b.1", 12, "RU-BEL", source="local:RU-BEL")),
    )
    (conflict,) = made.day(DAY).conflicts
    assert (conflict.claim_id, conflict.reason, conflict.against) == ("b.1", "contradicts", ("a.1",))


def test_what_does_not_count_has_a_named_reason() -> None:
    claims = (
        claim("a.1", 10),
        claim("a.2", 300, status="record"),
        claim("a.3", 4, part_of="a.1"),
        claim("a.4", 900, period=hours(-150, 7)),
        claim("a.5", 33, period=None, source="media"),
    )
    made = book(entry("a", *claims), entry("b", claim("b.1", 11), after=12))
    aside = {s.claim_id: s.reason for s in made.day(DAY).set_aside}
    assert aside == {
        "a.1": "superseded",
        "a.2": "record",
        "a.3": "part_of_same",
        "a.4": "check",
        "a.5": "floating",
    }
    (check,) = made.day(DAY).checks["RU"]
    assert (check.claim_id, check.low, check.start) == ("a.4", 900, hours(-150, 7).start)
    assert cell(made) == Cell(low=11, best=11, high=44, floating=1)


def test_an_undated_number_moves_when_its_day_becomes_known() -> None:
    undated = entry("a", claim("a.1", 50, period=None), after=30)
    made = book(undated)
    assert cell(made, day=DAY + timedelta(days=1)) == Cell(low=0, best=None, high=50, floating=1)
    made.take_dirty()
    made.put(entry("b", claim("b.1", 50)))
    assert made.take_dirty() == {DAY, DAY + timedelta(days=1)}
    assert cell(made, day=DAY + timedelta(days=1)) is None
    assert cell(made) == Cell(low=50, best=50, high=50)
    assert made.day(DAY).coverage["RU"].articles == 2
    made.put(entry("b", version=2))
    assert cell(made, day=DAY + timedelta(days=1)) == Cell(low=0, best=None, high=50, floating=1)


def test_an_evening_piece_moves_into_the_total_that_contains_it() -> None:
    evening = entry("a", claim("a.1", 4, period=hours(-4, -1)))
    made = book(evening)
    assert cell(made, day=DAY - timedelta(days=1)) == Cell(low=4, best=4, high=4)
    made.put(entry("b", claim("b.1", 9)))
    assert cell(made, day=DAY - timedelta(days=1)) is None
    assert cell(made) == Cell(low=9, best=9, high=9)
    made.put(entry("b", version=2))
    assert cell(made, day=DAY - timedelta(days=1)) == Cell(low=4, best=4, high=4)


def test_without_a_publication_time_the_message_dates_the_statements() -> None:
    undated = msgspec.structs.replace(
        entry("a", claim("a.1", 7, period=None)), published_at=None, received_at=MIDNIGHT + timedelta(days=3)
    )
    assert book(undated).days() == (DAY + timedelta(days=3),)


def test_a_moment_after_a_window_is_added_to_it() -> None:
    made = book(entry("a", claim("a.1", 10), claim("a.2", 1, "RU-BEL", period=hours(7.05, 7.1))))
    assert made.day(DAY).conflicts == ()
    assert cell(made) == Cell(low=11, best=11, high=None)


def test_a_moment_that_ends_a_window_is_part_of_it() -> None:
    made = book(entry("a", claim("a.1", 10), claim("a.2", 1, "RU-BEL", period=hours(6.95, 7))))
    assert cell(made) == Cell(low=10, best=10, high=10)


def test_the_remainder_elsewhere_does_not_contradict_its_whole() -> None:
    claims = (
        claim("a.1", 30),
        claim("a.2", 20, "RU-BEL", part_of="a.1"),
        claim("a.3", 10, scope="rest", part_of="a.1"),
    )
    made = book(entry("a", *claims))
    assert made.day(DAY).conflicts == ()
    assert cell(made) == Cell(low=30, best=30, high=30)


def test_claims_that_are_parts_of_each_other_in_a_circle_are_read() -> None:
    made = book(entry("a", claim("a.1", 3, part_of="a.2"), claim("a.2", 3, "RU-BEL", part_of="a.1")))
    assert cell(made) == Cell(low=3, best=3, high=3)


def test_absurd_periods_and_quantities_are_set_aside() -> None:
    made = book(entry("a", claim("a.1", 5, period=hours(3, 1)), claim("a.2", 5, high=4), claim("a.3", 5, period=NIGHT)))
    assert cell(made) == Cell(low=5, best=5, high=5)
    reasons = {s.reason for day in made.days() for s in made.day(day).set_aside}
    assert reasons == {"impossible_period", "impossible_quantity"}


def test_expiry_forgets_whole_articles_and_keeps_old_days_empty() -> None:
    made = book(
        entry("old", claim("old.1", 5)),
        entry("both", claim("both.1", 5), claim("both.2", 6, period=hours(22, 30))),
        entry("gone", version=3, withdrawn=True),
        entry("new", claim("new.1", 6, period=hours(22, 30)), after=40),
    )
    assert made.expire(DAY + timedelta(days=1)) == ["gone", "old"]
    assert made.days() == (DAY + timedelta(days=1),)
    assert made.dirty() <= {DAY + timedelta(days=1)}
    made.put(entry("late", claim("late.1", 5)))
    assert cell(made) is None
    made.put(entry("both", version=2))
    assert made.day(DAY + timedelta(days=1)).coverage["RU"].articles == 1
    assert made.edition("old") is None
    assert made.edition("both") == Edition(version=2)


def test_a_week_counts_an_article_once_and_its_outlets_over_all_days() -> None:
    made = book(
        entry("a", claim("a.1", 5), claim("a.2", 6, period=hours(22, 30)), source="one.example"),
        entry("b", claim("b.1", 6, period=hours(22, 30)), source="two.example", after=40),
    )
    week = made.week(DAY + timedelta(days=1))
    assert (week.coverage["RU"].articles, week.coverage["RU"].outlets) == (2, 2)
    assert week.coverage["RU"].as_of == MIDNIGHT + timedelta(hours=40)
    assert [day.date for day in week.days] == [DAY + timedelta(days=back) for back in range(-5, 2)]
