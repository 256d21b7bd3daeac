"""What stands near a number or adds up to another, and still does not move it to another place."""

from __future__ import annotations

import pytest

from tests.extract.texts import claims, numbers

# language, body, and every count with its regions.
CASES = {
    "days-of-a-week": (
        "en",
        "Russia launched 12 drones over Kyiv on Monday. On Tuesday the air force shot down 8 drones."
        " On Wednesday the air force shot down 4 drones.",
        {("launched", 12, "UA-30"), ("intercepted", 8, ""), ("intercepted", 4, "")},
    ),
    "a-surname-of-many": (
        "en",
        "The air force spokesman Tretiak said 12 drones were shot down.",
        {("intercepted", 12, "")},
    ),
    "a-minister-who-was-governor": (
        "en",
        "Alikhanov, the industry minister, said 12 drones were shot down over Russia.",
        {("intercepted", 12, "")},
    ),
    "many-injured-at-once": (
        "en",
        "Russia attacked Kyiv with drones overnight. The death toll rose to 31, and 159 people were injured.",
        {("killed", 31, "UA-30"), ("injured", 159, "UA-30")},
    ),
    "aircraft-over-a-sea": (
        "uk",
        "Над Азовським морем літаки збили 12 безпілотників.",
        {("intercepted", 12, "SEA-AZOV")},
    ),
    "towns-of-one-region": (
        "de",
        "Russische Drohnen verletzten 15 Menschen in mehreren Städten der Region Charkiw.",
        {("injured", 15, "UA-63")},
    ),
    "towns-of-a-governor": (
        "en",
        "Ukrainian drones injured 15 people in towns across the region, the Belgorod governor said.",
        {("injured", 15, "RU-BEL")},
    ),
    "one-more-region": (
        "ru",
        "В Брянской области ранены двое. Ещё один регион атаковали 16 дронов, сообщил губернатор.",
        {("injured", 2, "RU-BRY"), ("launched", 16, "")},
    ),
    "shelling": ("uk", "Вночі ворог атакував Харківщину дронами. Внаслідок обстрілу Куп'янська загинули двоє.", set()),
}


@pytest.mark.parametrize("name", CASES)
def test_a_number_stays_where_it_was_counted(name: str) -> None:
    language, body, expected = CASES[name]
    found = {
        (claim.measure, claim.quantity.low, " ".join(claim.regions))
        for claim in claims(body, language)
        if claim.quantity is not None
    }
    assert found == expected


def test_a_district_of_a_region_is_not_in_the_city_of_that_name() -> None:
    told = claims("Russian drones hit the Brovary district of Kyiv region, injuring 3 people.", "en")
    assert {claim.regions for claim in told} == {("UA-32",)}


def test_a_record_that_was_not_reached_is_not_jammed() -> None:
    told = claims("Russland griff mit 400 Drohnen an. Der Rekord von 728 Drohnen wurde nicht erreicht.", "de")
    assert not any(claim.measure == "suppressed" for claim in told)


@pytest.mark.parametrize(
    ("language", "body", "counted"),
    [
        ("ru", "Беспилотник атаковал пять садоводческих товариществ, ранена женщина.", {("injured", 1)}),
        ("es", "Un ataque con drones mató a dos en Járkov. 15 familiares de los fallecidos lloraban.", {("killed", 2)}),
        ("de", "Nach dem Drohnenangriff auf Charkiw retteten Ärzte 20 Menschenleben.", set()),
        ("de", "Der Drohnenangriff auf Charkiw kostete drei Menschenleben.", {("killed", 3)}),
        ("uk", "Росія накопичила 500 дронів, а вночі випустила 120.", {("launched", 120)}),
        ("en", "Drones hit Kharkiv, two injured. Read also: 9 of 10 drones downed, no one killed.", {("injured", 2)}),
    ],
)
def test_only_what_happened_is_counted(language: str, body: str, counted: set[tuple[str, int]]) -> None:
    assert {one for one in numbers(body, language) if one[0] not in ("attack", "hit_locations")} == counted


def test_a_day_told_beside_the_part_of_a_month_is_not_past() -> None:
    once = "В начале мая{} Россия выпустила по Украине 55 беспилотников."
    assert [claim.status for claim in claims(once.format(""), "ru")] == ["historic"]
    assert [claim.status for claim in claims(once.format(", в ночь на 18 июня,"), "ru")] == ["current"]


def test_a_surname_is_no_district() -> None:
    told = claims("Дроны атаковали город ночью. Мартыновская сообщила, что сбиты 12 беспилотников.", "ru")
    assert {claim.regions for claim in told} == {()}


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("de", "Drohnen trafen Charkiw. Für die Verletzten bestehe keine Lebensgefahr, sagte der Bürgermeister."),
        ("en", "Drones hit Kharkiv. The injured were in no danger."),
        ("ru", "Дроны атаковали Белгород. Опасности для жизни пострадавших нет."),
        ("uk", "Дрони атакували Харків. Життю поранених нічого не загрожує."),
        ("ru", "В Одессе дрон попал в дом. Ни у кого из пострадавших нет угрозы жизни."),
        ("uk", "Дрон влучив у будинок в Одесі: троє поранених, ніхто з постраждалих не у небезпеці."),
        ("es", "Los drones atacaron Járkov. La vida de los heridos no corre peligro."),
        ("fr", "Des drones ont attaqué Kharkiv. Le pronostic vital des blessés n'est pas engagé."),
        ("pl", "Drony zaatakowały Charków. Życiu rannych nie zagraża niebezpieczeństwo."),
    ],
)
def test_who_is_in_no_danger_was_hurt(language: str, body: str) -> None:
    assert ("injured", 0) not in numbers(body, language)
