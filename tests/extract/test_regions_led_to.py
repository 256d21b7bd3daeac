"""Places that a number has from a row, a dash, the next sentence, or a city spoken of without its name."""

from __future__ import annotations

import pytest

from tests.extract.texts import claims

# name → language, body, and every count with its regions.
CASES = {
    "ru-row-behind-another-number": (
        "ru",
        "17 дронов сбили над Рязанской областью, по 14 и 8 — над Тульской и Калужской соответственно.",
        {("intercepted", 17, "RU-RYA"), ("intercepted", 14, "RU-TUL"), ("intercepted", 8, "RU-KLU")},
    ),
    "ru-row-before-its-places": (
        "ru",
        "Ночью сбили 30 беспилотников. По семь и пять аппаратов — над Липецкой и Орловской областями соответственно.",
        {("intercepted", 30, ""), ("intercepted", 7, "RU-LIP"), ("intercepted", 5, "RU-ORL")},
    ),
    "uk-row-behind-another-number": (
        "uk",
        "Уночі збили 9 дронів над Сумщиною, 6 і 4 — над Полтавщиною та Черкащиною відповідно.",
        {("intercepted", 9, "UA-59"), ("intercepted", 6, "UA-53"), ("intercepted", 4, "UA-71")},
    ),
    "ru-each-without-a-row": (
        "ru",
        "17 дронов сбили над Рязанской областью, по 8 — над Тульской и Калужской.",
        {("intercepted", 17, "RU-RYA"), ("intercepted", 8, "RU-KLU RU-TUL")},
    ),
    "ru-in-the-city": (
        "ru",
        "Беспилотники атаковали Новочеркасск. В городе сбито семь дронов, в Аксайском районе — ещё три.",
        {("intercepted", 7, "RU-ROS"), ("intercepted", 3, "RU-ROS")},
    ),
    "ru-in-a-city-with-its-name": (
        "ru",
        "Беспилотники атаковали Новочеркасск. В городе Энгельс сбито семь дронов.",
        {("intercepted", 7, "RU-SAR")},
    ),
    "ru-at-the-city": (
        "ru",
        "Дроны атаковали Чернигов. Ранены двое. По городу выпустили восемь «гераней».",
        {("injured", 2, "UA-74"), ("launched", 8, "UA-74")},
    ),
    "ru-at-the-country": (
        "ru",
        "Дроны атаковали Чернигов. Ранены двое. По стране выпустили 80 «гераней».",
        {("injured", 2, "UA-74"), ("launched", 80, "")},
    ),
    "ru-people-behind-a-dash": (
        "ru",
        "Дроны ударили по Харькову: там ранены восемь человек, в области — ещё двое.",
        {("injured", 8, "UA-63"), ("injured", 2, "UA-63")},
    ),
    "ru-houses-behind-a-dash": (
        "ru",
        "Дроны ударили по Харькову: там ранены восемь человек, в области — ещё 40 домов без света.",
        {("injured", 8, "UA-63")},
    ),
    "uk-regions-behind-a-colon": (
        "uk",
        "Уночі ППО збила 46 «шахедів». Сталося це в таких областях: Волинська, Рівненська та Житомирська.",
        {("intercepted", 46, "UA-07 UA-18 UA-56")},
    ),
    "uk-damage-behind-a-colon": (
        "uk",
        "Уночі ППО збила 46 «шахедів». Пошкодження є в таких областях: Волинська, Рівненська та Житомирська.",
        {("intercepted", 46, "")},
    ),
    "uk-regions-of-the-number-said-before": (
        "uk",
        "46 дронів знешкодила ППО. Підтверджено збиття 46 БпЛА у Волинській, Рівненській та Житомирській областях.",
        {("intercepted", 46, "UA-07 UA-18 UA-56")},
    ),
    "uk-regions-of-another-number": (
        "uk",
        "46 дронів знешкодила ППО. Підтверджено збиття 41 БпЛА у Волинській, Рівненській та Житомирській областях.",
        {("neutralised", 46, ""), ("intercepted", 41, "UA-07 UA-18 UA-56")},
    ),
}


@pytest.mark.parametrize("name", sorted(CASES))
def test_a_number_is_of_the_places_it_is_led_to(name: str) -> None:
    language, body, expected = CASES[name]
    found = {
        (claim.measure, claim.quantity.low, " ".join(sorted(claim.regions)))
        for claim in claims(body, language)
        if claim.quantity is not None
    }
    assert found == expected


@pytest.mark.parametrize(
    ("body", "injured"),
    [
        ("Дрони атакували Нікополь. Поранено 70-річну жінку. Також поранений чоловік.", 2),
        ("Дрони атакували Нікополь. Поранено чоловіка. Поранений чоловік у лікарні.", 1),
    ],
)
def test_whoever_is_hurt_too_is_another_person(body: str, injured: int) -> None:
    found = [claim for claim in claims(body, "uk") if claim.measure == "injured"]
    assert sum(claim.quantity.low or 0 for claim in found if claim.quantity) == injured
