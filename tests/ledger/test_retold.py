"""Bulletins as outlets retell them: in other words, with the hours of others, with "more than" before the number."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest

from tests.ledger.test_book import DAY, book, cell
from tests.ledger.writing import claim, entry, hours
from worker.model import ArticleClaims, Basis, Cell, Claim, Period, Quantity

EVE = DAY - timedelta(days=1)


def clock(start: float, end: float, basis: Basis = "explicit") -> Period:
    """Hours that a text gives by the minute, or takes up again (any basis but explicit)."""
    return msgspec.structs.replace(hours(start, end, basis), precision="minute")


def on(day: float, basis: Basis = "lead") -> Period:
    """A day of which no hours are said."""
    return msgspec.structs.replace(hours(24 * day, 24 * day + 24, basis), precision="day")


def evening(basis: Basis) -> ArticleClaims:
    """53 from 20:00 to 23:00 the evening before; the list takes the hours up again without saying it is a part."""
    total = claim("e.1", 53, period=clock(-4, -1))
    return entry("e", total, claim("e.2", 29, "SEA-AZOV", period=clock(-4, -1, basis)), after=0)


@pytest.mark.parametrize("basis", ["lead", "anaphoric"])
def test_a_list_stays_with_its_total_where_a_night_without_hours_follows(basis: Basis) -> None:
    night = claim("n.1", 75, period=hours(-4, 8, "relative"))
    made = book(evening(basis), entry("n", night))
    assert cell(made, "SEA-AZOV", day=EVE) == Cell(low=29, best=29, high=29)
    assert cell(made, "SEA-AZOV") is None
    assert cell(made) == Cell(low=75, best=75, high=75)


def test_a_list_goes_with_its_total_into_a_night_by_the_clock() -> None:
    made = book(evening("lead"), entry("n", claim("n.1", 75, period=clock(-4, 8))))
    assert cell(made, "SEA-AZOV", day=EVE) is None
    assert cell(made, "SEA-AZOV").low == 29  # type: ignore[union-attr]


def test_hours_that_only_another_text_gives_are_not_taken_up() -> None:
    other = entry("o", claim("o.1", 4, "RU-BEL", period=clock(-4, -1, "lead")), after=0)
    made = book(other, entry("n", claim("n.1", 75, period=hours(-4, 8, "relative"))))
    assert cell(made, "RU-BEL", day=EVE) is None


def test_a_night_named_by_some_is_the_day_named_by_others() -> None:
    """Three outlets print 355 in the night or "on 26 May", a fourth misreads 364: that corrects nobody."""
    night = hours(-4, 8, "lead")
    texts = [entry(name, claim(f"{name}.1", 355, period=night), after=8) for name in "ab"]
    texts.append(entry("c", claim("c.1", 355, period=on(0, "explicit")), after=9))
    made = book(*texts, entry("x", claim("x.1", 364, period=hours(-4, 8, "relative")), after=12))
    assert cell(made) == Cell(low=355, best=355, high=355)


def test_at_least_as_many_in_other_words_are_not_more() -> None:
    morning = claim("a.1", 479, period=hours(6, 12, "relative"))
    bound = claim("b.1", 479, high=None, period=hours(-4, 8, "relative"))
    assert cell(book(entry("a", morning), entry("b", bound))) == Cell(low=479, best=479, high=479)


def test_at_least_as_many_by_the_clock_are_counted_as_they_are_said() -> None:
    morning = claim("a.1", 479, period=clock(6, 12))
    bound = claim("b.1", 479, high=None, period=clock(-4, 6))
    assert cell(book(entry("a", morning), entry("b", bound))) == Cell(low=958, best=None, high=None)


def more_than(claim_id: str, number: int, period: Period, source: str = "media") -> Claim:
    said = claim(claim_id, number + 1, high=None, period=period, source=source)
    return msgspec.structs.replace(said, quantity=Quantity(low=number + 1, high=None, qualifier="more_than"))


def test_more_than_an_exact_number_is_that_number() -> None:
    exact = entry("a", claim("a.1", 298, period=hours(-4, 8, "relative")))
    assert cell(book(exact, entry("b", more_than("b.1", 298, on(0))))) == Cell(low=298, best=298, high=None)
    assert cell(book(exact, entry("b", more_than("b.1", 300, on(0))))) == Cell(low=301, best=None, high=None)


def test_a_region_of_the_day_is_quoted_inside_the_night_of_its_total() -> None:
    night = claim("a.1", 40, period=clock(-5, 8))
    region = claim("b.1", 4, "RU-BEL", period=on(0))
    made = book(entry("a", night), entry("b", region))
    assert cell(made) == Cell(low=40, best=40, high=None)
    assert cell(made, "RU-BEL") == Cell(low=4, best=4, high=44)


def test_a_region_that_does_not_fit_into_the_total_is_quoted_as_it_is_said() -> None:
    """22 with their whole list from 13:00 to 17:00, and three more over Sevastopol towards the evening."""
    total = claim("a.1", 22, period=clock(13, 17))
    listed = [claim(f"a.{r}", n, r, period=clock(13, 17), part_of="a.1") for n, r in ((19, "SEA-BLACK"), (3, "RU-BEL"))]
    towards = claim("b.1", 3, "UA-40", period=hours(15, 21, "anaphoric"))
    made = book(entry("a", total, *listed, after=18), entry("b", towards, after=22))
    assert cell(made) == Cell(low=25, best=25, high=None)


def hurt(name: str, number: int, period: Period, *counted: Claim, after: float = 8) -> ArticleClaims:
    victims = claim(f"{name}.9", number, "RU-ROS", measure="injured", source="local:RU-ROS", period=period)
    return entry(name, *counted, victims, after=after)


@pytest.mark.parametrize(("basis", "injured"), [("lead", 4), ("anaphoric", 4), ("explicit", 8)])
def test_nobody_was_hurt_in_the_hours_for_which_drones_are_counted(basis: Basis, injured: int) -> None:
    """An evening bulletin recalls those hurt in the night; only where it gives their hours itself are they others."""
    night = hurt("a", 4, hours(-4, 8, "lead"))
    bulletin = hurt("b", 4, clock(20, 23, basis), claim("b.1", 27, period=clock(20, 23)), after=23)
    assert book(night, bulletin).day(DAY).cells["RU-ROS", "injured"].best == injured


def test_victims_of_a_bulletin_alone_are_counted() -> None:
    bulletin = hurt("b", 4, clock(20, 23, "lead"), claim("b.1", 27, period=clock(20, 23)), after=23)
    assert book(bulletin).day(DAY).cells["RU-ROS", "injured"].best == 4


def test_two_numbers_of_a_region_that_its_whole_cannot_hold_are_not_added_up() -> None:
    """13 in all: eight over Belgorod, four over Rostov and one elsewhere, read as Belgorod's too."""
    total = claim("a.1", 13, period=clock(17, 20))
    parts = [(8, "RU-BEL"), (1, "RU-BEL"), (4, "RU-ROS"), (1, "RU-KL")]
    listed = [claim(f"a.{i}", n, region, period=clock(17, 20), part_of="a.1") for i, (n, region) in enumerate(parts, 2)]
    made = book(entry("a", total, *listed, after=21))
    assert made.day(DAY).conflicts == ()
    assert cell(made, "RU-BEL") == Cell(low=8, best=8, high=8)


def test_sixty_drones_of_a_minute_by_the_clock_were_counted_until_then() -> None:
    """ "Until 7:00, 63", misread as a minute, is what others give from 23:00 to 7:00; its list goes with it."""
    minute = clock(7, 7 + 1 / 60)
    misread = [claim("a.1", 63, period=minute), claim("a.2", 23, "RU-BEL", period=minute, part_of="a.1")]
    made = book(entry("a", *misread), entry("b", claim("b.1", 63, period=clock(-1, 7)), after=9))
    assert cell(made) == Cell(low=63, best=63, high=63)
    assert cell(made, "RU-BEL") == Cell(low=23, best=23, high=23)


def test_a_total_recalled_beside_a_window_is_not_counted_again() -> None:
    """112 from 8:00 to 13:00; the evening's bulletin tells of 53 more and recalls the 112, and 30 of a region."""
    noon = [claim("a.1", 112, period=clock(8, 13)), claim("a.2", 30, "RU-BEL", period=clock(8, 13), part_of="a.1")]
    recalled = [
        claim("b.2", 112, period=clock(20, 23, "lead")),
        claim("b.3", 30, "RU-BEL", period=clock(20, 23, "lead")),
    ]
    made = book(entry("a", *noon, after=14), entry("b", claim("b.1", 53, period=clock(20, 23)), *recalled, after=23.5))
    assert cell(made) == Cell(low=165, best=165, high=165)
    assert cell(made, "RU-BEL").low == 30  # type: ignore[union-attr]


def test_the_total_of_a_list_by_the_clock_stays_with_it() -> None:
    total, part = claim("e.1", 95, period=clock(-4, 0, "lead")), claim("e.2", 30, "RU-BEL", period=clock(-4, 0))
    made = book(entry("e", total, msgspec.structs.replace(part, part_of="e.1"), after=1))
    made.put(entry("n", claim("n.1", 120, period=hours(-4, 8, "relative"))))
    assert cell(made, day=EVE) == Cell(low=95, best=95, high=95)


def test_victims_of_the_night_are_no_others_than_those_of_the_day() -> None:
    """Four hurt on Monday are told without hours beside a window of the evening, too: perhaps of the night's six."""
    night, day = hurt("a", 6, hours(-4, 8, "relative"), after=20), hurt("b", 4, on(0, "explicit"), after=18)
    bulletin = hurt("c", 4, clock(20, 23, "lead"), claim("c.1", 27, period=clock(20, 23)), after=23)
    assert book(night, day, bulletin).day(DAY).cells["RU-ROS", "injured"] == Cell(low=6, best=6, high=10)


def test_victims_of_a_local_window_were_hurt_in_it() -> None:
    """A governor counts 15 drones from 8:00 to 20:00 and tells of two hurt by them; two others were hurt at night."""
    counted = claim("b.1", 15, "RU-ROS", source="local:RU-ROS", period=clock(8, 20))
    made = book(hurt("a", 2, hours(-4, 7, "relative")), hurt("b", 2, clock(8, 20, "anaphoric"), counted, after=21))
    assert made.day(DAY).cells["RU-ROS", "injured"] == Cell(low=4, best=4, high=4)


def test_a_day_is_not_the_evening_that_a_hint_gives() -> None:
    night, day = hurt("a", 9, hours(-4, 8, "relative")), hurt("b", 5, on(0, "explicit"), after=20)
    evening = hurt("c", 5, hours(18, 24, "anaphoric"), after=22)
    assert book(night, day, evening).day(DAY).cells["RU-ROS", "injured"] == Cell(low=9, best=9, high=14)


def test_a_region_of_the_day_with_another_figure_within_it_is_not_quoted_beside_that() -> None:
    """Three from 15:00 to 17:00 may be of the four of Monday: Belgorod has no seven."""
    within = entry("c", claim("c.1", 3, "RU-BEL", period=clock(15, 17)), after=18)
    day = entry("b", claim("b.1", 4, "RU-BEL", period=on(0)), after=20)
    made = book(entry("a", claim("a.1", 40, period=clock(-5, 8)), after=9), day, within)
    assert cell(made, "RU-BEL") == Cell(low=4, best=None, high=44)


def test_a_bound_far_below_a_number_is_none_of_it() -> None:
    night = entry("a", claim("a.1", 479, period=hours(-4, 8, "relative")), after=9)
    morning = entry("b", claim("b.1", 30, high=None, period=hours(6, 12, "relative")), after=13)
    assert cell(book(night, morning)) == Cell(low=509, best=None, high=None)


def test_at_least_one_killed_stays_open() -> None:
    night = claim("a.1", 1, "RU-ROS", measure="killed", source="local:RU-ROS", period=hours(-4, 8, "relative"))
    morning = claim(
        "b.1", 1, "RU-ROS", high=None, measure="killed", source="local:RU-ROS", period=hours(6, 12, "relative")
    )
    killed = book(entry("a", night), entry("b", morning, after=13)).day(DAY).cells["RU-ROS", "killed"]
    assert killed == Cell(low=1, best=1, high=None)


def test_pieces_are_added_up_where_their_whole_is_not_its_list_without_them() -> None:
    """12 in all: five and four over Belgorod, three over Rostov, and two misread: nothing says whose they are."""
    parts = [(5, "RU-BEL"), (4, "RU-BEL"), (3, "RU-ROS"), (2, "RU-KRS")]
    listed = [claim(f"a.{i}", n, region, period=clock(17, 20), part_of="a.1") for i, (n, region) in enumerate(parts, 2)]
    made = book(entry("a", claim("a.1", 12, period=clock(17, 20)), *listed, after=21))
    assert cell(made, "RU-BEL").best is None  # type: ignore[union-attr]


def test_a_region_is_quoted_inside_a_total_of_shot_down_and_lost_together() -> None:
    """40 shot down or lost in the night; four over one region, told of the day."""
    both = claim("a.1", 40, period=hours(-4, 8, "relative"), measure="neutralised")
    made = book(entry("a", both), entry("b", claim("b.1", 4, "RU-BEL", period=on(0)), after=9))
    assert made.day(DAY).cells["RU", "neutralised"] == Cell(low=40, best=40, high=None)
    assert made.day(DAY).cells["RU-BEL", "intercepted"].best == 4
