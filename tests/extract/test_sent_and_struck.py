"""Who sent drones and who was struck by them, where the form of a verb alone could mislead."""

from __future__ import annotations

import pytest

from tests.extract.texts import claims


@pytest.mark.parametrize(
    ("language", "text", "attacker"),
    [
        ("uk", "Росією цієї ночі запущено 95 дронів.", "RU"),
        ("uk", "Країною-агресором за ніч випущено 95 дронів.", "RU"),
        ("ru", "Украиной ночью были выпущены 62 беспилотника.", "UA"),
        ("ru", "Россией запущены 95 дронов.", "RU"),
        ("en", "Russia was accused of having launched 95 drones overnight.", "RU"),
        ("en", "Russia was reported to have sent 95 drones overnight.", "RU"),
        ("en", "Russia was busy again and launched 95 drones overnight.", "RU"),
        ("en", "Russia was said to have attacked Kyiv with 95 drones.", "RU"),
        ("en", "Ukraine is said to have been attacked with 95 drones.", "RU"),
        ("en", "Ukraine was targeted with 95 drones overnight.", "RU"),
        ("en", "The Russian Defence Ministry said its troops attacked Kyiv overnight with 95 drones.", "RU"),
        ("en", "Ukraine's military intelligence said it attacked Moscow with 15 drones.", "UA"),
        ("en", "Recall that 95 drones attacked Ukraine on Monday.", "RU"),
        ("es", "Rusia fue acusada de haber lanzado 95 drones durante la noche.", "RU"),
        ("fr", "La Russie a été accusée d'avoir attaqué Kiev avec 95 drones.", "RU"),
        ("de", "So wird Russland in der Nacht 95 Drohnen gestartet haben.", "RU"),
        ("de", "In der Nacht wurde Russland von der Ukraine mit 62 Drohnen angegriffen.", "UA"),
        ("pl", "Rosja miała wystrzelone w nocy 95 dronów.", "RU"),
        ("ru", "20 «Гераней» ночью пролетели над Курском в сторону Сум.", "RU"),
        ("en", "Fifteen Shahed drones were launched over Kursk.", "RU"),
    ],
)
def test_who_sends_drones_is_not_who_suffers_them(language: str, text: str, attacker: str) -> None:
    assert {claim.attacker for claim in claims(text, language) if claim.quantity} == {attacker}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "Ночью атаковала Россия столицу 25 дронами, сообщил Кличко."),
        ("uk", "Вночі атакувала Росія столицю дронами, поранено двоє людей."),
    ],
)
def test_the_capital_is_not_that_of_the_country_that_attacks_it(language: str, text: str) -> None:
    assert {(claim.attacker, claim.regions) for claim in claims(text, language)} == {("RU", ("UA-30",))}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "Повітряні сили збили 45 із 75 дронів, а голова ОВА Федоров повідомив про двох поранених."),
        ("uk", "Повітряні сили збили 75 дронів, у Харкові троє поранених, повідомила прокуратура."),
        ("ru", "Воздушные силы сбили 45 из 75 дронов, а глава ОВА Федоров сообщил о двух пострадавших."),
    ],
)
def test_the_air_force_counts_what_it_shot_down_itself(language: str, text: str) -> None:
    found = [claim for claim in claims(text, language) if claim.measure in ("intercepted", "launched")]
    assert found
    assert all((claim.source, claim.regions) == ("UA-AF", ()) for claim in found)


@pytest.mark.parametrize(
    "text",
    [
        "Russia launched 95 drones overnight. Ukrainian troops attacked Tokmak on foot.",
        "Russia launched 95 drones overnight. Russian forces stormed Pokrovsk and attacked Kupiansk with infantry.",
    ],
)
def test_troops_on_foot_are_no_drones(text: str) -> None:
    assert not any(claim.measure == "attack" for claim in claims(text, "en"))


def test_a_capital_that_attacks_is_not_attacked() -> None:
    text = "Kyiv was ready and attacked Moscow with 15 drones overnight."
    assert not any("UA-30" in claim.regions for claim in claims(text, "en"))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Ukrainian drones attacked a refinery in Saratov region; 31 of them were shot down."),
        ("en", "Ukrainian drones attacked a depot in Saratov region, and air defences downed 31 of them."),
        ("de", "Ukrainische Drohnen griffen eine Raffinerie im Gebiet Saratow an, 31 von ihnen wurden abgeschossen."),
        ("es", "Drones ucranianos atacaron una refinería en la región de Sarátov y 31 de ellos fueron derribados."),
        (
            "fr",
            "Des drones ukrainiens ont attaqué une raffinerie de la région de Saratov, 31 d'entre eux ont été abattus.",
        ),
    ],
)
def test_more_than_there_were_of_a_thing_are_not_some_of_it(language: str, text: str) -> None:
    assert ("intercepted", 31) in [(c.measure, c.quantity.low) for c in claims(text, language) if c.quantity]


def test_some_of_as_many_houses_or_more_are_no_drones() -> None:
    text = "In Odesa drones damaged seven houses, two of them were destroyed."
    assert not [c for c in claims(text, "en") if c.quantity]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Über Charkiw sind in der Nacht 9 russische Drohnen niedergegangen.", ("hit", 9)),
        ("Elf russische Drohnen seien in Charkiw niedergegangen, sagte der Bürgermeister.", ("hit", 11)),
        ("Russland ließ 40 Drohnen auf Odessa niedergehen.", ("launched", 40)),
        ("Russland startete 40 Drohnen, 12 sind ohne Wirkung niedergegangen.", ("suppressed", 12)),
    ],
)
def test_drones_that_came_down_on_a_town_hit_it(text: str, expected: tuple[str, int]) -> None:
    assert expected in [(c.measure, c.quantity.low) for c in claims(text, "de") if c.quantity]


@pytest.mark.parametrize(
    ("language", "text", "number"),
    [
        ("ru", "Сбит уже двенадцатый украинский беспилотник на подлете к Москве, сообщил Собянин.", 12),
        ("ru", "Четвёртый беспилотник уничтожен над Тулой.", 4),
        ("uk", "Над Києвом збито вже сьомий «шахед».", 7),
        ("en", "Air defences shot down a fourth drone heading for Moscow, the mayor said.", 4),
        ("en", "The 41st drone was shot down near Moscow.", 41),
        ("de", "Über Moskau schoss die Flugabwehr eine fünfte Drohne ab.", 5),
        ("es", "La defensa aérea derribó un quinto dron sobre Moscú.", 5),
        ("fr", "Le cinquième drone a été abattu au-dessus de Moscou.", 5),
        ("pl", "Obrona zestrzeliła piąty dron nad Moskwą.", 5),
        ("bg", "ПВО свали петия дрон над Москва.", 5),
    ],
)
def test_which_one_of_a_row_a_drone_is_says_how_many_there_were(language: str, text: str, number: int) -> None:
    told = [(c.measure, c.quantity.low) for c in claims(text, language) if c.quantity]
    assert told == [("intercepted", number)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "Каждый пятый беспилотник сбит над Украиной за час."),
        ("uk", "Кожен п'ятий дрон збили над Україною."),
        ("en", "Every fifth drone was shot down over Ukraine."),
        ("de", "Jede fünfte Drohne wurde über der Ukraine abgeschossen."),
        ("pl", "Co piąty dron został zestrzelony nad Ukrainą."),
        ("en", "A fifth drone hit a house in Tula."),
        ("ru", "Пятый день подряд беспилотники атакуют Белгород."),
    ],
)
def test_every_fifth_drone_and_a_fifth_that_hit_say_no_number(language: str, text: str) -> None:
    assert not [claim for claim in claims(text, language) if claim.quantity]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Über Brjansk wurden 14 Drohnen abgeschossen. Trümmer von drei Drohnen schlugen in ein Wohnhaus ein."),
        ("ru", "Над Брянской областью сбито 14 беспилотников. Обломки трех дронов попали в склад."),
        ("uk", "Над Харковом збили 14 дронів. Уламки трьох дронів влучили в житлові будинки."),
        ("en", "Over Bryansk region 14 drones were shot down. Debris of three drones hit homes."),
        ("es", "Sobre Briansk se derribaron 14 drones. Los restos de tres drones impactaron en viviendas."),
        (
            "fr",
            "Quatorze drones ont été abattus au-dessus de Briansk. Les débris de trois drones ont touché des maisons.",
        ),
    ],
)
def test_of_how_many_drones_debris_fell_is_not_how_many_hit(language: str, text: str) -> None:
    assert [(c.measure, c.quantity.low) for c in claims(text, language) if c.quantity] == [("intercepted", 14)]


def test_debris_of_downed_drones_says_how_many_were_downed() -> None:
    told = [
        (c.measure, c.quantity.low) for c in claims("Debris of five downed drones fell in Kyiv.", "en") if c.quantity
    ]
    assert told == [("intercepted", 5)]
