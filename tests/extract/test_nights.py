"""Which night a number belongs to where its own sentence does not say."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.extract.texts import claims
from worker.extract import extract
from worker.model import Article, Period


def _utc(text: str) -> datetime:
    return datetime.fromisoformat(f"2025-06-{text}").replace(tzinfo=UTC)


def _period(body: str, language: str, number: int) -> Period:
    (period,) = [c.period for c in claims(body, language) if c.quantity is not None and c.quantity.low == number]
    assert period is not None
    return period


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("en", "Over the past day, 12 drones were shot down over the Kursk region."),
        ("ru", "За минувшие сутки над Курской областью сбито 12 БпЛА."),
        ("ru", "За сутки над Курской областью сбито 12 БпЛА."),
        ("uk", "За минулу добу над Сумщиною збито 12 БпЛА."),
        ("uk", "Упродовж доби над Сумщиною збито 12 БпЛА."),
        ("de", "Am vergangenen Tag wurden über Kursk 12 Drohnen abgeschossen."),
    ],
)
def test_the_past_day_is_the_day_before(language: str, body: str) -> None:
    period = _period(body, language, 12)
    assert (period.start, period.end) == (_utc("16T21:00"), _utc("17T21:00"))


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("en", "In the past 24 hours, 12 drones were shot down over the Kursk region."),
        ("de", "In den vergangenen 24 Stunden wurden über Kursk 12 Drohnen abgeschossen."),
    ],
)
def test_the_past_hours_end_with_the_publication(language: str, body: str) -> None:
    period = _period(body, language, 12)
    assert (period.start, period.end) == (_utc("17T07:30"), _utc("18T07:30"))


@pytest.mark.parametrize(
    ("language", "body"),
    [
        (
            "en",
            "Russia attacked at 8 p.m. on June 17 with 45 drones. As of 7:30 a.m., 31 drones had been shot down.",
        ),
        ("uk", "О 20:00 17 червня росіяни атакували 45 дронами. Станом на 07:30 збито 31 дрон."),
    ],
)
def test_an_attack_lasts_from_its_first_hour_to_that_of_the_report(language: str, body: str) -> None:
    found = {claim.quantity.low: claim.period for claim in claims(body, language) if claim.quantity}
    assert {number: period and period.end for number, period in found.items()} == {
        45: _utc("18T04:30"),
        31: _utc("18T04:30"),
    }


@pytest.mark.parametrize(
    ("language", "body"),
    [
        (
            "en",
            "Overnight from June 13 to June 14 drones crossed the border.\n\nRussia launched 90 drones that night.",
        ),
        ("ru", "В ночь на 14 июня дроны атаковали Киев.\n\nТой ночью Россия запустила 90 дронов."),
        ("uk", "У ніч на 14 червня дрони атакували Київ.\n\nТієї ночі Росія запустила 90 дронів."),
    ],
)
def test_that_night_is_the_night_told_before(language: str, body: str) -> None:
    assert _period(body, language, 90).end.date() == _utc("14T00:00").date()


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("en", "On June 10 Ukraine saw a heavy attack: 88 drones were launched overnight."),
        ("uk", "10 червня Україна пережила важкий наліт: 88 дронів запустили за ніч."),
        ("ru", "10 июня Украина пережила тяжелый налет: 88 дронов запустили за ночь."),
    ],
)
def test_a_night_is_that_of_the_day_its_sentence_names(language: str, body: str) -> None:
    assert _period(body, language, 88).end == _utc("10T05:00")


def test_the_time_of_an_entry_is_no_time_of_an_attack() -> None:
    night = "У ніч на 18 червня російські дрони атакували Суми."
    body = f"{night}\n\n15:20. Рятувальники: поранено 7 людей.\n\n09:05. Збито 12 дронів."
    ends = {claim.period.end for claim in claims(body, "uk") if claim.period and claim.quantity}
    assert ends == {_utc("18T05:00")}


def test_a_part_has_the_time_of_its_whole() -> None:
    body = (
        "Overnight 11 drones were shot down over Russia.\n\nThe ministry said earlier that 78 drones were downed "
        "between 8 p.m. and 11 p.m. Moscow time on June 17.\n\n36 of those were downed over Crimea."
    )
    assert _period(body, "en", 36).end == _utc("17T20:00")


@pytest.mark.parametrize("hour", [0, 12])
def test_a_stamp_of_noon_or_midnight_knows_only_the_day(hour: int) -> None:
    body = "С 16:00 до 19:30 мск над Курской областью сбиты 12 БпЛА."
    published = datetime(2025, 6, 18, hour, tzinfo=UTC)
    (claim,) = extract(Article(id="a", body=body, language="ru", published_at=published)).claims
    assert claim.period is not None
    assert claim.period.end == _utc("18T16:30")


def test_an_hour_that_is_not_over_is_of_the_day_before() -> None:
    body = "С 16:00 до 19:30 мск над Курской областью сбиты 12 БпЛА."
    assert _period(body, "ru", 12).end == _utc("17T16:30")


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("de", "Am Dienstagabend hat Russland 74 Drohnen gestartet. Bis 9 Uhr morgens waren 60 abgeschossen."),
        ("en", "Russia launched 74 drones on Tuesday evening. By 9 a.m. 60 of them had been shot down."),
    ],
)
def test_an_evening_s_drones_fly_until_they_are_counted(language: str, body: str) -> None:
    assert _period(body, language, 74).end == _utc("18T06:00")


@pytest.mark.parametrize(
    ("language", "body"),
    [
        (
            "de",
            "In der Nacht fing die Flugabwehr über Woronesch vier Drohnen ab. Verletzt wurde niemand, schrieb der"
            " Gouverneur am Mittwochmorgen.",
        ),
        (
            "en",
            "Overnight air defences shot down four drones over Voronezh. Nobody was hurt, the governor wrote on"
            " Wednesday morning.",
        ),
    ],
)
def test_when_somebody_spoke_is_not_when_it_happened(language: str, body: str) -> None:
    assert _period(body, language, 0).end == _utc("18T05:00")


def test_a_greeting_is_no_time() -> None:
    body = "Guten Morgen! Zur Lage am gestrigen Tag:\n\nDer Landkreis Schebekino wurde mit 14 Drohnen angegriffen."
    assert _period(body, "de", 14).end == _utc("17T21:00")


def test_a_comparison_with_two_nights_ago_returns_to_the_last() -> None:
    body = "Якщо позаминулої ночі летіло 152 дрони, то минулої – 183. Збили 154."
    assert {c.quantity.low: c.status for c in claims(body, "uk") if c.quantity}[154] == "current"


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("ru", "Ночью и утром 18 июня над Брянской областью сбиты 52 беспилотника, сообщило Минобороны."),
        ("uk", "Уночі та вранці 18 червня Повітряні сили збили 52 дрони."),
        ("de", "In der Nacht und am Morgen schoss die ukrainische Luftwaffe 52 russische Drohnen ab."),
        ("de", "In der Nacht zum 18. Juni und am frühen Morgen des 18. Juni startete Russland 52 Drohnen."),
        (
            "en",
            "Russia shot down 52 Ukrainian drones in overnight strikes and on Wednesday morning, the ministry said.",
        ),
        ("pl", "W nocy z 17 na 18 czerwca i rankiem 18 czerwca Rosja wystrzeliła 52 drony."),
    ],
)
def test_a_night_and_the_morning_after_it_are_one_stretch(language: str, body: str) -> None:
    period = _period(body, language, 52)
    assert (period.start, period.end) == (_utc("17T17:00"), _utc("18T05:00"))


def test_a_part_of_what_came_by_night_and_in_the_morning_came_then_too() -> None:
    body = "Russia shot down 52 drones in the night and on Wednesday morning, 11 of which were over Moscow."
    assert _period(body, "en", 11) == _period(body, "en", 52)


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("de", "In der Nacht startete Russland 52 Drohnen des ursprünglich iranischen Typs Shahed."),
        ("en", "Overnight Russia sent 52 drones at Ukraine, fewer than the night before."),
        ("pl", "W nocy Rosjanie użyli niewiele mniej dronów niż dzień wcześniej – 52 drony."),
    ],
)
def test_what_is_only_measured_or_described_by_the_past_is_of_now(language: str, body: str) -> None:
    assert [c.status for c in claims(body, language) if c.quantity and c.quantity.low == 52] == ["current"]


def test_what_is_compared_with_is_of_the_past() -> None:
    told = claims("Руските сили изстреляха тази нощ 52 дрона спрямо 74 предишната нощ.", "bg")
    assert {c.quantity.low: c.status for c in told if c.quantity} == {52: "current", 74: "historic"}


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("uk", "Над областю збили п'ять дронів. Із вечора 16 і в ніч на 17 червня росіяни запустили 62 дрони."),
        ("ru", "Над областью сбили пять дронов. Вечером 16 и в ночь на 17 июня россияне запустили 62 дрона."),
        ("en", "Five drones were downed. On the evening of 16 and in the night of 17 June Russia launched 62 drones."),
        ("de", "Fünf Drohnen abgefangen. Am Abend des 16. und in der Nacht zum 17. Juni startete Moskau 62 Drohnen."),
    ],
)
def test_the_day_of_an_evening_before_a_night_is_no_count(language: str, body: str) -> None:
    counted = [c.quantity.low for c in claims(body, language) if c.quantity is not None]
    assert sorted(counted) == [5, 62]


def test_a_count_of_the_evening_before_a_night_is_one() -> None:
    body = "Вечером сбили 16 беспилотников, а в ночь на 17 июня — ещё 12 беспилотников."
    assert sorted(c.quantity.low for c in claims(body, "ru") if c.quantity is not None) == [12, 16]
