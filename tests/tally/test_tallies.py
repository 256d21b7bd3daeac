from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import msgspec
import pytest

from tests.ledger.writing import FRONT, MIDNIGHT, claim, entry, hours
from worker.ledger import Book, DayResult
from worker.model import ArticleClaims, Cell, Tally
from worker.tally import Scene, day_tallies, week_tallies

DAY = date(2025, 5, 21)
KYIV = ZoneInfo("Europe/Kyiv")
NAMES = {"RU": "Russia", "RU-BEL": "Belgorod Oblast", "RU-KRS": "Kursk Oblast"}
SCENE = Scene(front=FRONT, zone=KYIV, name_of=NAMES.__getitem__)


def book(*entries: ArticleClaims) -> Book:
    made = Book(FRONT, KYIV)
    for one in entries:
        made.put(one)
    return made


def test_a_day_without_claims_has_no_tallies() -> None:
    assert day_tallies(SCENE, DayResult(DAY)) == {}
    assert week_tallies(SCENE, book().week(DAY)) == {}


def test_a_tally_carries_everything_about_one_region_and_day() -> None:
    made = book(
        entry("a", claim("a.1", 30), claim("a.2", 12, "RU-BEL", "RU-KRS", part_of="a.1")),
        entry("b", claim("b.1", 30), source="two.example", language="uk", after=9),
    )
    tallies = day_tallies(SCENE, made.day(DAY))
    assert list(tallies) == ["RU|UA>RU|2025-05-21", "RU-BEL|UA>RU|2025-05-21", "RU-KRS|UA>RU|2025-05-21"]
    front, belgorod = tallies["RU|UA>RU|2025-05-21"], tallies["RU-BEL|UA>RU|2025-05-21"]
    assert front.measures["intercepted"] == Cell(low=30, best=30, high=30)
    assert (front.articles, front.outlets, front.claimants, front.languages) == (2, 2, ("RU-MOD",), ("de", "uk"))
    assert front.claims == ("a.1", "a.2")
    assert front.as_of == MIDNIGHT + timedelta(hours=9)
    assert belgorod.region_name == "Belgorod Oblast"
    assert belgorod.measures["intercepted"] == Cell(low=1, best=None, high=11)
    assert (belgorod.articles, belgorod.claims) == (1, ("a.2",))
    (joint,) = belgorod.joint
    assert (joint.regions, joint.low, joint.best, joint.high) == (("RU-BEL", "RU-KRS"), 12, 12, 12)
    assert {t.revision for t in tallies.values()} == {0}


def test_a_tally_survives_its_encoding() -> None:
    for tally in day_tallies(SCENE, book(entry("a", claim("a.1", 30))).day(DAY)).values():
        assert msgspec.json.decode(msgspec.json.encode(tally), type=Tally) == tally


@pytest.mark.parametrize(("late", "final"), [(-1, False), (0, False), (1, True)])
def test_final_is_set_once_the_quiet_time_has_passed_in_event_time(late: int, final: bool) -> None:
    quiet = timedelta(hours=36)
    watermark = MIDNIGHT + timedelta(days=1) + quiet + timedelta(seconds=late)
    scene = Scene(front=FRONT, zone=KYIV, name_of=str, watermark=watermark, quiet=quiet)
    made = book(entry("a", claim("a.1", 30)))
    assert {t.final for t in day_tallies(scene, made.day(DAY)).values()} == {final}
    assert not any(t.final for t in day_tallies(SCENE, made.day(DAY)).values())


def test_a_week_sums_its_days_and_has_a_best_only_where_all_have() -> None:
    made = book(
        entry("a", claim("a.1", 30), claim("a.2", 5, "RU-BEL")),
        entry("b", claim("b.1", 40, high=None, period=hours(20, 31)), after=40),
    )
    last = DAY + timedelta(days=1)
    tallies = week_tallies(SCENE, made.week(last))
    assert tallies["RU|UA>RU|2025-05-22"].measures["intercepted"] == Cell(low=70, best=None, high=None)
    assert tallies["RU-BEL|UA>RU|2025-05-22"].measures["intercepted"] == Cell(low=5, best=5, high=5)
    assert tallies["RU|UA>RU|2025-05-22"].window.size == "P7D"
    assert tallies["RU|UA>RU|2025-05-22"].articles == 2
    only = week_tallies(SCENE, made.week(last + timedelta(days=6)))
    assert only["RU|UA>RU|2025-05-28"].measures["intercepted"] == Cell(low=40, best=None, high=None)
    assert week_tallies(SCENE, made.week(last + timedelta(days=7))) == {}


def test_a_claimed_weekly_total_stands_beside_the_week_that_it_ends_and_adds_nothing() -> None:
    weekly = claim("a.2", 500, period=hours(-161, 7), status="cumulative")
    made = book(entry("a", claim("a.1", 30), weekly))
    tally = week_tallies(SCENE, made.week(DAY))["RU|UA>RU|2025-05-21"]
    assert [(c.claim_id, c.low, c.high, c.source) for c in tally.checks] == [("a.2", 500, 500, "RU-MOD")]
    assert tally.measures["intercepted"] == Cell(low=30, best=30, high=30)
    later = week_tallies(SCENE, made.week(DAY + timedelta(days=1)))["RU|UA>RU|2025-05-22"]
    assert later.checks == ()


def test_a_total_over_several_regions_stands_beside_each_of_them_and_the_front() -> None:
    numbers = claim("a.1", 30, "RU-BEL"), claim("a.2", 4, "RU-KRS")
    weekly = claim("a.3", 500, "RU-BEL", "RU-KRS", period=hours(-161, 7), status="cumulative")
    tallies = day_tallies(SCENE, book(entry("a", *numbers, weekly)).day(DAY))
    for region in ("RU", "RU-BEL", "RU-KRS"):
        (check,) = tallies[f"{region}|UA>RU|2025-05-21"].checks
        assert (check.low, check.regions, check.undated) == (500, ("RU-BEL", "RU-KRS"), False)


def test_a_total_of_each_of_several_regions_is_one_of_its_own_there() -> None:
    numbers = claim("a.1", 30, "RU-BEL"), claim("a.2", 4, "RU-KRS")
    weekly = claim("a.3", 500, "RU-BEL", "RU-KRS", scope="each", period=hours(-161, 7), status="cumulative")
    tallies = day_tallies(SCENE, book(entry("a", *numbers, weekly)).day(DAY))
    assert [c.regions for c in tallies["RU-BEL|UA>RU|2025-05-21"].checks] == [("RU-BEL",)]
    assert tallies["RU|UA>RU|2025-05-21"].checks == ()


def test_a_total_since_nobody_says_when_stands_beside_the_day_on_which_it_was_told() -> None:
    told = claim("a.2", 9000, period=None, status="cumulative")
    made = book(entry("a", claim("a.1", 30), told, after=8), entry("b", told, after=7))
    (check,) = day_tallies(SCENE, made.day(DAY))["RU|UA>RU|2025-05-21"].checks
    assert (check.low, check.undated) == (9000, True)
    assert check.start == check.end == hours(7, 7).start
    assert made.day(DAY).cells["RU", "intercepted"] == Cell(low=30, best=30, high=30)


def test_a_claimed_yearly_total_stands_beside_the_day_and_the_week_that_it_ends_and_adds_nothing() -> None:
    year_so_far = claim("a.2", 9000, "RU-BEL", period=hours(-24 * 140, 7), status="cumulative")
    made = book(entry("a", claim("a.1", 30, "RU-BEL"), year_so_far))
    day = day_tallies(SCENE, made.day(DAY))["RU-BEL|UA>RU|2025-05-21"]
    week = week_tallies(SCENE, made.week(DAY))["RU-BEL|UA>RU|2025-05-21"]
    for tally in (day, week):
        assert [(check.claim_id, check.low) for check in tally.checks] == [("a.2", 9000)]
        assert tally.measures["intercepted"] == Cell(low=30, best=30, high=30)


def test_silence_is_no_zero_and_coverage_says_who_spoke() -> None:
    """Nobody speaks of Kursk: it has no tally; of Belgorod one article in one language does."""
    made = book(
        entry("a", claim("a.1", 30)),
        entry("b", claim("b.1", 5, "RU-BEL", source="local:RU-BEL"), language="ru", after=9),
    )
    tallies = day_tallies(SCENE, made.day(DAY))
    assert "RU-KRS|UA>RU|2025-05-21" not in tallies
    found = tallies["RU-BEL|UA>RU|2025-05-21"]
    assert (found.articles, found.outlets, found.claimants, found.languages) == (1, 1, ("local:RU-BEL",), ("ru",))
    front = tallies["RU|UA>RU|2025-05-21"]
    assert (front.articles, front.claimants, front.languages) == (2, ("RU-MOD", "local:RU-BEL"), ("de", "ru"))
