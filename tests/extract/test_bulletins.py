"""Short bulletins of a ministry: hours in words, raids averted, regions in brackets, and the front line."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.extract.texts import WEDNESDAY
from worker.extract import extract
from worker.model import Article, Claim


def read(body: str) -> tuple[Claim, ...]:
    return extract(Article(id="a", body=body, published_at=WEDNESDAY, language="ru")).claims


def counts(body: str) -> list[tuple[str, int, tuple[str, ...]]]:
    return [(c.measure, c.quantity.low, c.regions) for c in read(body) if c.quantity is not None]


@pytest.mark.parametrize(
    ("said", "hour", "minute"),
    [
        ("Около 10 часов", 7, 0),
        ("Сегодня в районе 9 часов", 6, 0),
        ("Сегодня около 8 часов 20 минут мск", 5, 20),
        ("18 июня около 7 часов утра мск", 4, 0),
        ("В 6 часов 40 минут", 3, 40),
        ("Сегодня около 11 часов утра", 8, 0),
        ("Сегодня около 12 часов", 9, 0),
        ("Сегодня около 12 часов дня", 9, 0),
        ("Сегодня около 16 часов", 13, 0),
        ("Сегодня в 17 часов 5 минут мск", 14, 5),
    ],
)
def test_an_hour_in_words_is_the_hour(said: str, hour: int, minute: int) -> None:
    (claim,) = read(f"{said} над Курской областью сбит украинский беспилотник, сообщило Минобороны РФ.")
    assert claim.period is not None
    assert (claim.period.precision, claim.period.start) == ("minute", datetime(2025, 6, 18, hour, minute, tzinfo=UTC))


@pytest.mark.parametrize("said", ["Около 12 часов ночи", "В 12 часов ночи"])
def test_twelve_at_night_is_midnight(said: str) -> None:
    (claim,) = read(f"{said} над Курской областью сбит украинский беспилотник, сообщило Минобороны РФ.")
    assert claim.period is not None
    assert claim.period.start == datetime(2025, 6, 17, 21, tzinfo=UTC)


def test_hours_that_last_are_no_hour_of_the_day() -> None:
    (claim,) = read("Атака длилась около 3 часов, над Курской областью сбиты два украинских беспилотника.")
    assert claim.period is None or claim.period.precision != "minute"


def test_an_averted_raid_whose_end_is_told_was_launched() -> None:
    raid = "Сорвана и пресечена атака двадцатью дронами на Крым."
    told = f"{raid} Двенадцать украинских дронов сбиты ПВО. Еще восемь подавлены РЭБ."
    assert [(measure, number) for measure, number, _ in counts(told)] == [
        ("launched", 20),
        ("intercepted", 12),
        ("suppressed", 8),
    ]


def test_an_averted_raid_of_which_parts_are_told_was_shot_down() -> None:
    told = "ПВО отразила атаку 30 украинских беспилотников. 18 из них сбиты над Курской областью."
    assert ("intercepted", 30, ()) in counts(told)


@pytest.mark.parametrize(
    ("place", "region"), [("Крымским полуостровом", "UA-43"), ("северной частью акватории Чёрного моря", "SEA-BLACK")]
)
def test_a_lone_drone_over_the_peninsula_or_the_sea_is_the_enemys(place: str, region: str) -> None:
    (claim,) = read(f"Вечером силами ПВО украинский беспилотник уничтожен над {place}. Минобороны России")
    assert (claim.attacker, claim.source, claim.regions) == ("UA", "RU-MOD", (region,))


def test_numbers_in_brackets_tell_where_the_number_before_them_is() -> None:
    told = "Беспилотник сбит над Курской областью, семь БПЛА сбиты над Брянской (4 БПЛА) и Тульской (3 БПЛА) областями."
    assert ("intercepted", 7, ("RU-BRY", "RU-TUL")) in counts(told)


@pytest.mark.parametrize(
    "body",
    [
        "Снайперы группировки войск сбили беспилотник противника в полёте, сообщило Минобороны РФ.",
        "Расчёты беспилотников уничтожили опорный пункт под Работино, сбит украинский дрон. Минобороны России",
    ],
)
def test_what_crews_shoot_down_at_the_front_is_no_raid(body: str) -> None:
    assert [claim for claim in read(body) if claim.front == "UA>RU" and claim.measure == "intercepted"] == []


def test_a_sum_since_a_year_began_enters_no_day() -> None:
    (claim,) = read("С начала 2025 года над Россией сбито 9000 украинских беспилотников, сообщило Минобороны РФ.")
    assert claim.status == "cumulative"
