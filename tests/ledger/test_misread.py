"""Misread claims: one outlet's wrong hours, place or roundness must not spoil what the others say rightly."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest

from tests.ledger.test_book import DAY, book, cell
from tests.ledger.writing import NIGHT, claim, entry, hours
from worker.model import ArticleClaims, Basis, Cell, Period

LIST = {"RU-BRY": 6, "RU-KRS": 9, "RU-SMO": 7}


def bulletin(article_id: str = "a", period: Period = NIGHT) -> ArticleClaims:
    """The ministry's total with its whole list."""
    parts = [
        claim(f"{article_id}.{region}", number, region, period=period, part_of=f"{article_id}.1")
        for region, number in LIST.items()
    ]
    return entry(article_id, claim(f"{article_id}.1", sum(LIST.values()), period=period), *parts)


def figures(*entries: ArticleClaims) -> dict[str, int | None]:
    """What would be quoted for the front and each region of the list."""
    made = book(*entries)
    return {region: (found.best if (found := cell(made, region)) else None) for region in ("RU", *LIST)}


RIGHT = {"RU": 22, **LIST}


def test_a_bound_with_other_hours_leaves_every_region_its_figure() -> None:
    loose = claim("b.1", 21, high=None, period=hours(-8, 6, "relative"))  # "more than 20 in the night"
    assert figures(bulletin(), entry("b", loose)) == RIGHT


def test_a_bound_that_the_exact_number_does_not_satisfy_is_heard() -> None:
    more = claim("b.1", 31, high=None, period=hours(-8, 6, "relative"))
    assert figures(bulletin(), entry("b", more))["RU"] is None


def test_a_smaller_total_of_unclear_hours_is_taken_to_lie_inside_the_larger() -> None:
    early = claim("b.1", 12, period=hours(-9, 3, "lead"))
    assert figures(bulletin(), entry("b", early)) == RIGHT


def test_a_smaller_total_of_other_clock_hours_leaves_regions_open() -> None:
    other = claim("b.1", 12, period=hours(-9, 3))
    assert figures(bulletin(), entry("b", other))["RU-BRY"] is None


def test_a_region_retold_at_other_hours_stays_inside_its_total() -> None:
    vague = hours(-6, 6, "relative")
    retold = claim("b.1", 6, "RU-BRY", period=hours(-1, 9.5, "relative"))
    assert figures(bulletin(period=vague), entry("b", retold)) == RIGHT


def test_what_stands_beside_a_total_moves_with_its_misread_hours() -> None:
    """One outlet prints the total without hours, another its list under the same vague hours, a third both rightly."""
    misread = hours(-9, 2, "relative")
    other = entry("b", claim("b.1", 22, period=misread), claim("b.2", 7, "RU-SMO", period=misread))
    assert figures(bulletin(), other) == RIGHT


def test_a_telling_number_read_at_another_hour_is_no_second_event() -> None:
    evening = claim("b.1", 22, period=hours(8, 12, "lead"))
    assert figures(bulletin(), entry("b", evening, after=13)) == RIGHT


def test_a_small_number_of_another_hour_is_a_second_event() -> None:
    made = book(
        entry("a", claim("a.1", 12, "RU-BEL")), entry("b", claim("b.1", 12, "RU-BEL", period=hours(8, 12, "lead")))
    )
    assert cell(made, "RU-BEL") == Cell(low=24, best=24, high=24)


def test_a_telling_number_by_the_clock_counts_twice() -> None:
    made = book(entry("a", claim("a.1", 50)), entry("b", claim("b.1", 50, period=hours(8, 12))))
    assert cell(made) == Cell(low=100, best=100, high=100)


def parted(when: Period, night: Period) -> ArticleClaims:
    """75 in the night, and a list of its parts that was read with other hours."""
    total = claim("a.1", 75, period=night)
    parts = [claim(f"a.{r}", n, r, period=when, part_of="a.1") for r, n in (("RU-ROS", 46), ("RU-BEL", 29))]
    return entry("a", total, *parts)


@pytest.mark.parametrize("basis", ["relative", "lead", "anaphoric"])
def test_a_list_read_as_of_the_whole_day_lies_inside_its_night(basis: Basis) -> None:
    made = book(parted(hours(0, 24, basis), hours(-4, 8, "relative")))
    assert cell(made) == Cell(low=75, best=75, high=75)
    assert cell(made, "RU-ROS") == Cell(low=46, best=46, high=46)


def test_hours_of_a_part_that_are_better_founded_than_those_of_its_whole_stand() -> None:
    made = book(parted(hours(6, 12), hours(-4, 8, "lead")))
    assert cell(made, "RU-ROS") == Cell(low=46, best=None, high=121)  # some of the night's 75 may have come before 6:00


def test_an_evening_told_beside_a_night_is_not_taken_into_it() -> None:
    evening = claim("a.2", 20, "RU-BEL", period=hours(-6, 0, "anaphoric"), part_of="a.1")
    made = book(entry("a", claim("a.1", 75, period=hours(-4, 8, "relative")), evening))
    assert ("RU-BEL", "intercepted") not in made.day(DAY).cells
    assert made.day(DAY - timedelta(days=1)).cells["RU-BEL", "intercepted"].best == 20


def test_a_ministry_figure_for_half_of_the_pair_is_its_figure_for_the_pair() -> None:
    pair = claim("a.1", 91, "RU-MOS", "RU-MOW")
    half = claim("b.1", 91, "RU-MOW", period=hours(-5, 6, "relative"))
    mayor = claim("c.1", 74, "RU-MOW", source="local:RU-MOW")
    made = book(entry("a", pair), entry("b", half), entry("c", mayor))
    assert made.day(DAY).conflicts == ()
    assert cell(made, "RU-MOW") == Cell(low=74, best=74, high=74)


def test_a_small_ministry_figure_for_half_of_the_pair_stands() -> None:
    made = book(entry("a", claim("a.1", 3, "RU-MOS", "RU-MOW"), claim("a.2", 3, "RU-MOW")))
    assert cell(made, "RU-MOW") == Cell(low=3, best=3, high=3)


def test_a_mayor_quoted_about_city_and_oblast_speaks_of_the_city() -> None:
    made = book(
        entry("a", claim("a.1", 2, "UA-30", "UA-32", source="local:UA-30", measure="injured")),
        entry("b", claim("b.1", 5, "UA-30", source="local:UA-30", measure="injured"), after=12),
    )
    assert made.day(DAY).conflicts == ()
    assert made.day(DAY).cells["UA-30", "injured"].best == 5
    assert ("UA-32", "injured") not in made.day(DAY).cells


def test_hundreds_in_the_same_text_do_not_replace_an_exact_number() -> None:
    hundreds = claim("a.2", 200, "RU-MOW", high=None, source="local:RU-MOW")
    made = book(entry("a", claim("a.1", 74, "RU-MOW", source="local:RU-MOW"), hundreds))
    assert cell(made, "RU-MOW") == Cell(low=74, best=74, high=74)


def test_a_headline_total_does_not_give_way_to_a_bound_it_satisfies() -> None:
    bound = claim("b.1", 20, high=None, period=hours(-6, 6, "relative"))
    misplaced = claim("c.1", 6, "RU-TVE")
    made = book(bulletin(), bulletin("a2"), entry("b", bound), entry("c", misplaced, after=12))
    assert [c.claim_id for c in made.day(DAY).conflicts] == ["c.1"]
    assert cell(made) == Cell(low=22, best=22, high=22)


@pytest.mark.parametrize("shift", [-1, 1, 2.5])
def test_a_day_of_another_zone_is_the_day(shift: float) -> None:
    """Midnight in Moscow is 23:00 in Kyiv for half the year: "on 21 May" is no mix of two days."""
    day = msgspec.structs.replace(hours(shift, 24 + shift, "lead"), precision="day")
    made = book(entry("a", claim("a.1", 40, period=day)))
    assert cell(made) == Cell(low=40, best=40, high=40)


def test_the_past_24_hours_are_no_day() -> None:
    past = msgspec.structs.replace(hours(-12, 12, "relative"), precision="day")
    made = book(entry("a", claim("a.1", 40, period=past)))
    assert [s.reason for s in made.day(DAY).set_aside] == ["check"]


def test_the_night_of_a_named_date_is_not_given_by_the_clock() -> None:
    named = msgspec.structs.replace(hours(-5, 8), precision="part_of_day")
    made = book(entry("a", claim("a.1", 22)), entry("b", claim("b.1", 20, period=named), after=12))
    assert made.day(DAY).conflicts == ()  # the correction of the clock's night, not a longer one around it
    assert cell(made) == Cell(low=20, best=20, high=20)


def test_a_count_covers_its_hours_though_an_outlet_names_the_moment() -> None:
    blow, evening = hours(16.5, 16.5), hours(16.5, 18)
    injured = [
        claim(f"{who}.1", 16, "UA-43", measure="injured", source="local:UA-43", period=period)
        for who, period in (("a", blow), ("b", evening))
    ]
    bound = claim("c.1", 12, "UA-43", high=None, measure="injured", source="local:UA-43", period=evening)
    made = book(entry("a", injured[0]), entry("b", injured[1]), entry("c", bound))
    assert made.day(DAY).cells["UA-43", "injured"] == Cell(low=16, best=16, high=16)
