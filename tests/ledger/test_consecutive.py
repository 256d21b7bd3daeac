"""Periods that follow one another, and hours for which nobody gives launches."""

from __future__ import annotations

import pytest

from tests.ledger.test_book import DAY, book, cell
from tests.ledger.writing import claim, entry, hours
from worker.model import Cell, Measure, Period

_LISTED = ((5, "RU-KRS"), (4, "RU-BEL"), (3, "RU-ROS"))
NIGHT, MORNING = hours(-4, 8, "anaphoric"), hours(6, 12, "relative")


def both(
    first: Period, second: Period, *, told: float, measure: Measure = "intercepted", source: str = "RU-MOD"
) -> Cell:
    """The cell of the front after 13 in one period, told at an hour, and eleven in another."""
    one = claim("a.1", 13, period=first, measure=measure, source=source)
    other = claim("b.1", 11, period=second, measure=measure, source=source)
    made = book(entry("a", one, after=told), entry("b", other, after=told + 1))
    return made.day(DAY).cells["RU", measure]


def test_a_night_and_the_morning_after_it_add_up() -> None:
    assert both(NIGHT, MORNING, told=7).best == 24


def test_hours_by_the_clock_may_overlap() -> None:
    assert both(hours(-4, 8), hours(6, 12), told=9).best == 13


def test_an_overlap_longer_than_words_are_unsure_of_stays_one() -> None:
    assert both(hours(-4, 8, "relative"), hours(3, 12, "relative"), told=9).best == 13


def test_the_dead_of_the_morning_may_be_those_of_the_night() -> None:
    assert both(NIGHT, MORNING, told=7, measure="killed", source="local:RU-BEL").best == 13


@pytest.mark.parametrize(("told", "drones"), [(7.2, 24), (7.7, 13)])
def test_a_night_holds_a_window_only_if_it_was_told_after_it(told: float, drones: int) -> None:
    assert both(NIGHT, hours(5.5, 7.5), told=told).best == drones


def test_a_long_window_may_say_better_what_was_told_before_its_end() -> None:
    assert both(NIGHT, hours(0, 7.5), told=5).best == 13


@pytest.mark.parametrize(("told", "drones"), [(7, 42), (15, 21)])
def test_a_telling_number_is_the_same_only_if_it_was_told_afterwards(told: float, drones: int) -> None:
    night = entry("a", claim("a.1", 21, period=NIGHT), after=told)
    noon = entry("b", claim("b.1", 21, period=hours(13, 14.5)), after=16)
    found = cell(book(night, noon))
    assert found is not None
    assert found.best == drones


def test_launches_of_the_night_do_not_limit_the_day() -> None:
    night = [claim("a.1", 47, period=NIGHT, measure="launched"), claim("a.2", 47, period=NIGHT)]
    made = book(entry("a", *night), entry("b", claim("b.1", 3, "RU-BEL", period=hours(14, 15)), after=16))
    assert cell(made) == Cell(low=50, best=50, high=None)
    assert made.day(DAY).cells["RU", "launched"] == Cell(low=50, best=None, high=None)
    assert not made.day(DAY).conflicts


def test_a_governor_does_not_open_the_launches_of_the_day() -> None:
    night = claim("a.1", 47, period=NIGHT, measure="launched", source="RU-MOD")
    later = claim("b.1", 3, "RU-BEL", period=hours(14, 15), source="local:RU-BEL")
    made = book(entry("a", night), entry("b", later, after=16))
    assert made.day(DAY).cells["RU", "launched"] == Cell(low=47, best=47, high=47)


def test_hits_of_the_whole_front_are_no_total_of_what_was_shot_down() -> None:
    hit = entry("a", claim("a.1", 1, period=hours(0, 24, "lead"), measure="hit"))
    assert cell(book(hit, entry("b", claim("b.1", 4, "RU-BEL", period=hours(13, 13.5))))) == Cell(4, 4, None)


@pytest.mark.parametrize(("before", "after", "drones"), [(71, 74, 74), (71, 90, 161), (12, 13, 25)])
def test_a_total_corrected_in_other_words_is_no_second_one(before: int, after: int, drones: int) -> None:
    """71 "in the night", corrected to 74 by outlets that say "in the morning": a tenth of a large number at most."""
    night = entry("a", claim("a.1", before, period=NIGHT), claim("a.2", 5, "RU-BEL", period=NIGHT), after=9)
    made = book(night, entry("b", claim("b.1", after, period=MORNING), after=11))
    assert made.day(DAY).cells["RU", "intercepted"].best == drones
    assert made.day(DAY).cells["RU-BEL", "intercepted"].best == (5 if drones == after else None)


@pytest.mark.parametrize(("tula", "drones"), [(6, 136), (5, 111)])
def test_a_night_does_not_hold_a_window_in_which_a_region_had_more(tula: int, drones: int) -> None:
    """111 "in the night", five of them over Tula; from 7 to 8 it was 25, six of them over Tula."""
    window = hours(6, 7)
    night = entry("a", claim("a.1", 111, period=NIGHT), claim("a.2", 5, "RU-TUL", period=NIGHT), after=12)
    later = entry("b", claim("b.1", 25, period=window), claim("b.2", tula, "RU-TUL", period=window), after=12)
    made = book(night, later)
    assert made.day(DAY).cells["RU", "intercepted"].best == drones
    assert made.day(DAY).cells["RU-TUL", "intercepted"].low == (11 if tula == 6 else 5)
    assert not made.day(DAY).conflicts


@pytest.mark.parametrize(("told", "drones"), [(7.2, 15), (7.7, 9)])
def test_a_small_number_told_before_a_window_was_over_is_not_its_number(told: float, drones: int) -> None:
    """Six over Rostov in the night; six over Rostov and three elsewhere from 5:30 to 7:36."""
    night = claim("a.1", 6, "RU-ROS", period=NIGHT)
    window = [claim("b.1", 6, "RU-ROS", period=hours(5.5, 7.6)), claim("b.2", 3, "RU-BEL", period=hours(5.5, 7.6))]
    found = cell(book(entry("a", night, after=told), entry("b", *window, after=8.5)))
    assert found is not None
    assert found.best == drones


@pytest.mark.parametrize(("elsewhere", "drones"), [(4, 17), (1, 13)])
def test_a_list_without_room_for_a_window_does_not_hold_it(elsewhere: int, drones: int) -> None:
    """Thirteen in the night, twelve of them over three regions; the window from 5:05 names a fourth."""
    night = [claim("a.1", 13, period=NIGHT)]
    night += [claim(f"a.{n}", n, region, period=NIGHT, part_of="a.1") for n, region in _LISTED]
    window = claim("b.1", elsewhere, "RU-VLA", period=hours(5.1, 5.7))
    found = cell(book(entry("a", *night, after=7.4), entry("b", window, after=8.4)))
    assert found == Cell(low=drones, best=drones, high=found.high if found else None)


@pytest.mark.parametrize(("until", "drones"), [(13.2, 15), (13.4, 15)])
def test_a_short_window_does_not_vanish_in_the_next_one(until: float, drones: int) -> None:
    """Three from 13:10 on, and twelve from 13:30 to 14:30: two windows, however near their ends."""
    short = claim("a.1", 3, "RU-BRY", period=hours(13 + 1 / 6, until))
    following = claim("b.1", 12, "RU-BRY", period=hours(13.5, 14.5))
    found = cell(book(entry("a", short, after=13.8), entry("b", following, after=15)), "RU-BRY")
    assert found == Cell(low=drones, best=drones, high=drones)
