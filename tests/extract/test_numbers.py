from __future__ import annotations

import pytest

from tests.extract.texts import claims, numbers
from worker.model import Quantity


@pytest.mark.parametrize(
    ("language", "body", "number"),
    [
        ("de", "Die russische Luftabwehr schoss hundertsiebenundzwanzig ukrainische Drohnen ab.", 127),
        ("de", "Die Ukraine hat 1.110 russische Drohnen abgeschossen.", 1110),
        ("en", "Russian air defences shot down twenty-seven Ukrainian drones.", 27),
        ("en", "Russian air defences shot down one hundred and twenty-seven Ukrainian drones.", 127),
        ("en", "Ukraine shot down 1,110 Russian drones.", 1110),
        ("ru", "Уничтожены сто двадцать семь украинских БпЛА.", 127),
        ("ru", "Силы ПВО сбили сорок один украинский беспилотник.", 41),
        ("ru", "Перехвачено 1 000 украинских БпЛА.", 1000),
        ("uk", "Сили оборони збили двадцять сім російських дронів.", 27),
        ("uk", "Знищено п\u2019ятдесят ворожих БпЛА.", 50),
    ],
)
def test_numbers_are_read_as_digits_and_words(language: str, body: str, number: int) -> None:
    assert numbers(body, language) == [("intercepted", number)]


@pytest.mark.parametrize(
    ("language", "body", "quantity"),
    [
        (
            "de",
            "Mehr als 100 ukrainische Drohnen wurden abgeschossen.",
            Quantity(low=101, high=None, qualifier="more_than"),
        ),
        ("en", "At least 5 Russian drones were shot down.", Quantity(low=5, high=None, qualifier="at_least")),
        ("en", "Dozens of Russian drones were shot down.", Quantity(low=24, high=None, qualifier="vague")),
        ("ru", "Сбито около 20 украинских БпЛА.", Quantity(low=20, high=20, qualifier="about")),
        ("uk", "Збито до 20 російських дронів.", Quantity(low=0, high=20, qualifier="up_to")),
    ],
)
def test_qualifiers_bound_the_number(language: str, body: str, quantity: Quantity) -> None:
    assert [claim.quantity for claim in claims(body, language)] == [quantity]


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("de", "Die Drohnen flogen 1.000 Kilometer weit, sagte ein 52-jähriger Zeuge um 20.15 Uhr."),
        ("en", "Ukraine will receive 500 drones worth $20 million by 2026."),
        ("en", "The Shahed-136 and the Shahed 131 carry 50 kg."),
        ("ru", "Волонтёры передали на фронт 300 беспилотников."),
        ("uk", "На виробництво дронів виділять 10 мільйонів гривень, повідомили 12 компаній."),
        ("de", "Beide Seiten tauschten 1.000 Kriegsgefangene aus, auch über Drohnen wurde gesprochen."),
    ],
)
def test_numbers_of_other_things_are_no_claims(language: str, body: str) -> None:
    assert numbers(body, language) == []


def test_one_number_of_two_measures_is_neutralised() -> None:
    assert numbers("Сили ППО збили або подавили 90 російських БпЛА.", "uk") == [("neutralised", 90)]


def test_jammed_drones_are_suppressed() -> None:
    assert numbers("Пять украинских БпЛА подавлены силами РЭБ.", "ru") == [("suppressed", 5)]


def test_each_number_finds_its_own_verb() -> None:
    body = "Russland griff mit 97 Drohnen an, 70 davon wurden abgeschossen, 22 verschwanden vom Radar."
    assert numbers(body, "de") == [("launched", 97), ("intercepted", 70), ("suppressed", 22)]


@pytest.mark.parametrize(
    ("body", "language", "number"),
    [
        ("За апрель Россия применила по Украине 2,5 тысячи дронов.", "ru", 2500),
        ("Ночью над Россией сбиты 36 беспилот-\nников.", "ru", 36),
        ("Ночью на Крым летели от 40 до 50 дронов.", "ru", 40),
    ],
)
def test_decimal_thousands_cut_words_and_ranges(body: str, language: str, number: int) -> None:
    (claim,) = claims(body, language)
    assert claim.quantity is not None
    assert claim.quantity.low == number
    assert claim.span is not None
    assert claim.span.text in body


@pytest.mark.parametrize(
    ("language", "body", "number"),
    [
        ("ru", "Мэр Москвы сообщил, что над столицей сбит 41-й беспилотник.", 41),
        ("ru", "Сбит 24-й украинский беспилотник, летевший на Москву, написал мэр.", 24),
        ("uk", "Над Москвою збили 12-й безпілотник, повідомив мер.", 12),
        ("bg", "Свален е 13-и дрон над Москва, обяви кметът.", 13),
    ],
)
def test_which_one_of_a_row_was_downed_says_how_many_there_were(language: str, body: str, number: int) -> None:
    assert ("intercepted", number) in numbers(body, language)


@pytest.mark.parametrize(
    "body",
    [
        "Расчёт 42-й бригады сбил беспилотник над Брянской областью.",
        "Бойцы 14-й бригады беспилотников сбили вражеский дрон.",
        "3-й беспилотник попал в крышу дома в Курске.",
        "В Курской области 19-летний юноша увидел беспилотник, его сбили.",
    ],
)
def test_numbers_of_brigades_and_of_drones_that_got_through_are_no_running_counts(body: str) -> None:
    assert not {number for _, number in numbers(body, "ru")} & {42, 14, 3, 19}
