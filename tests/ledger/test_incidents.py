"""Incidents: single drones told by the minute, beside what the same claimant sums up later without hours."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.ledger.test_book import DAY, book, cell
from tests.ledger.writing import claim, entry, hours
from worker.model import ArticleClaims, Cell, Period

NIGHT = hours(-4, 8, "anaphoric")
MINUTE = 1 / 60
MINISTRY = "ministry.example"


def minute(hour: float) -> Period:
    return hours(hour, hour + MINUTE)


def post(name: str, *numbers: tuple[int, str], period: Period, source: str = MINISTRY) -> ArticleClaims:
    claims = [claim(f"{name}.{i}", number, region, period=period) for i, (number, region) in enumerate(numbers)]
    return entry(name, *claims, source=source)


def best(*entries: ArticleClaims) -> int | None:
    found = cell(book(*entries))
    return found.best if found else None


def test_an_evening_incident_stays_in_its_day_beside_a_night_without_hours() -> None:
    evening = post("a", (4, "RU-BEL"), period=minute(-1.5))
    night = post("b", (1, "RU-BEL"), period=NIGHT)
    made = book(evening, night)
    assert cell(made, day=DAY - timedelta(days=1)) == Cell(low=4, best=4, high=None)
    assert cell(made) == Cell(low=1, best=1, high=None)


def test_an_evening_bulletin_belongs_to_a_night_by_the_clock() -> None:
    evening = post("a", (4, "RU-BEL"), period=hours(-4, -1))
    night = entry("b", claim("b.1", 9, period=hours(-4, 8)))
    made = book(evening, night)
    assert cell(made, day=DAY - timedelta(days=1)) is None
    assert cell(made) == Cell(low=9, best=9, high=9)


def test_an_incident_told_by_itself_adds_to_a_night_without_hours() -> None:
    night = entry("a", claim("a.1", 5, period=NIGHT), claim("a.2", 5, "RU-BEL", period=NIGHT, part_of="a.1"))
    morning = post("b", (1, "RU-ORL"), period=minute(7))
    assert best(night, morning) == 6


def test_an_incident_inside_hours_by_the_clock_is_part_of_them() -> None:
    night = entry("a", claim("a.1", 5, period=hours(-4, 8)))
    assert best(night, post("b", (1, "RU-ORL"), period=minute(7))) == 5


def test_an_incident_that_is_said_to_be_part_is_part() -> None:
    total = claim("a.1", 5, period=NIGHT)
    of_them = claim("a.2", 1, "RU-ORL", period=minute(7), part_of="a.1")
    assert best(entry("a", total, of_them)) == 5


def test_the_list_of_an_incident_moves_with_it() -> None:
    whole, part = claim("b.1", 3, period=minute(7)), claim("b.2", 2, "RU-ORL", period=minute(7), part_of="b.1")
    assert best(post("a", (4, "RU-BEL"), period=NIGHT), entry("b", whole, part)) == 7


def test_victims_of_a_minute_are_among_those_of_the_evening() -> None:
    blow = claim("a.1", 2, "UA-43", measure="killed", source="local:UA-43", period=minute(16.5))
    later = claim("b.1", 3, "UA-43", measure="killed", source="local:UA-43", period=hours(14, 20, "lead"))
    found = book(entry("a", blow), entry("b", later)).day(DAY).cells["UA-43", "killed"]
    assert found == Cell(low=3, best=3, high=3)


@pytest.mark.parametrize(("outlet", "drones"), [(MINISTRY, 2), ("other.example", 1)])
def test_minutes_close_together_are_two_only_if_one_outlet_gives_both(outlet: str, drones: int) -> None:
    first = post("a", (1, "RU-BRY"), period=minute(14))
    second = post("b", (1, "RU-BRY"), period=minute(14.2), source=outlet)
    assert best(first, second) == drones


def test_a_reprint_of_both_minutes_makes_them_two() -> None:
    first = post("a", (1, "RU-BRY"), period=minute(14))
    second = post("b", (1, "RU-BRY"), period=minute(14.2), source="other.example")
    made = book(first, second)
    assert cell(made) == Cell(low=1, best=1, high=None)
    made.put(post("c", (1, "RU-BRY"), period=minute(14), source="other.example"))
    assert cell(made) == Cell(low=2, best=2, high=None)


def test_an_incident_just_before_hours_by_the_clock_is_no_part_of_them() -> None:
    before = post("a", (2, "RU-KRS"), period=minute(0.25))
    window = post("b", (1, "RU-KRS"), (2, "RU-LIP"), period=hours(0.34, 2))
    assert best(before, window) == 5


def test_a_minute_without_a_date_is_no_vague_window() -> None:
    window = post("a", (26, "UA-43"), period=hours(17.5, 19.5))
    moment = post("b", (6, "UA-43"), period=hours(20, 20 + MINUTE, "lead"))
    assert best(window, moment) == 32


def test_twenty_drones_of_a_loosely_dated_minute_were_counted_until_then() -> None:
    """ "By 20:00, 220", read as a minute, does not add to the 167 counted from 11:00 to 17:00."""
    window = entry("a", claim("a.1", 167, period=hours(11, 17)))
    until = entry("b", claim("b.1", 220, period=hours(20, 20 + MINUTE, "lead")), after=21)
    assert best(window, until) == 220


def test_a_minute_that_is_part_of_an_undated_number_is_counted() -> None:
    night = entry("n", claim("n.1", 5, period=NIGHT))
    undated = entry(
        "a", claim("a.1", 3, period=None), claim("a.2", 1, "RU-BEL", period=minute(2), part_of="a.1"), source=MINISTRY
    )
    assert cell(book(night, undated)) is not None


def test_which_outlets_tell_of_a_minute_matters_not_only_how_many() -> None:
    def post(name: str, hour: float, outlet: str, after: float, version: int = 1) -> ArticleClaims:
        said = claim(f"{name}.1", 1, "RU-BEL", period=minute(hour))
        return entry(name, said, source=outlet, after=after, version=version)

    first, other = post("z", 2, "Z", 3), post("b", 2 + 10 / 60, "Y", 5)
    before, after = post("a", 2, "X", 4), post("a", 2, "Y", 4, version=2)
    looked = book(first, before, other)
    looked.day(DAY)
    looked.put(after)
    assert cell(looked, region="RU-BEL") == cell(book(first, other, after), region="RU-BEL")
