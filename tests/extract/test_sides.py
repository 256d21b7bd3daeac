"""Who attacked whom, and whose statement it is, in sentences that differ in one thing."""

from __future__ import annotations

import pytest

from tests.extract.texts import claims


@pytest.mark.parametrize(
    ("body", "language", "attacker"),
    [
        ("Ночью сбиты 30 беспилотников ВСУ.", "ru", "UA"),
        ("Ночью сбиты 30 беспилотников России.", "ru", "RU"),
        ("Цієї ночі збито 30 безпілотників РФ.", "uk", "RU"),
        ("Цієї ночі збито 30 безпілотників ЗСУ.", "uk", "UA"),
        ("Збито 51 з 63 безпілотників, які запустила Росія.", "uk", "RU"),
    ],
)
def test_a_name_in_the_genitive_owns_the_drones(body: str, language: str, attacker: str) -> None:
    assert {claim.attacker for claim in claims(body, language)} == {attacker}


def test_the_enemy_is_the_enemy_of_who_is_quoted() -> None:
    (governor,) = claims("Гладков: ночью над регионом сбито 12 вражеских беспилотников.", "ru")
    (air_force,) = claims("Воздушные силы Украины: ночью сбито 12 вражеских беспилотников.", "ru")
    assert (governor.front, air_force.front) == ("UA>RU", "RU>UA")
    assert governor.regions == ("RU-BEL",)


def test_who_holds_a_region_counts_what_comes_to_it() -> None:
    body = "В Минобороны РФ заявили, что ночью уничтожены {} БПЛА над {}."
    (held,) = claims(body.format(5, "Запорожской областью"), "ru")
    assert (held.front, held.regions, held.source) == ("UA>RU", ("UA-23",), "RU-MOD")


def test_an_army_that_strikes_says_nothing() -> None:
    (struck,) = claims("Російська армія вночі запустила по Україні 80 дронів.", "uk")
    (said,) = claims("Російська армія повідомила про 80 збитих за ніч дронів.", "uk")
    assert (struck.front, struck.source) == ("RU>UA", "media")
    assert (said.front, said.source) == ("UA>RU", "RU-MOD")


def test_the_country_beside_one_of_its_regions_is_the_whole_front() -> None:
    (whole,) = claims("Ночью над Россией и Крымом перехвачено 88 украинских беспилотников.", "ru")
    assert whole.regions == ()
    (both,) = claims("Ночью над Киевом и областью сбито 23 дрона.", "ru")
    assert both.regions == ("UA-30", "UA-32")


def test_a_number_whose_place_is_cut_off_takes_no_other_place() -> None:
    listed = "Минобороны РФ: ночью три БПЛА уничтожены над Курской областью, два БПЛА над "
    found = claims(listed + "Брянской областью и семь БПЛА над терр", "ru")
    assert [(claim.quantity.low, claim.regions) for claim in found if claim.quantity] == [
        (3, ("RU-KRS",)),
        (2, ("RU-BRY",)),
    ]


@pytest.mark.parametrize("where", ["the capital", "the capital region"])
def test_a_capital_of_nobody_knows_whom_is_no_region_and_no_side(where: str) -> None:
    found = claims(f"Over {where}, Putin said, 12 drones were shot down overnight.", "en")
    assert all("@" not in code for claim in found for code in (*claim.regions, claim.attacker, claim.defender))
