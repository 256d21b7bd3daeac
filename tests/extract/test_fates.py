"""What a verb says of people whom no list names: how many they are, who came away, who died in the end."""

from __future__ import annotations

import pytest

from tests.extract.texts import numbers


@pytest.mark.parametrize(
    ("body", "language", "killed"),
    [
        ("A Russian drone hit a mill in Kherson and a granulator was killed on Tuesday.", "en", 1),
        ("A Russian drone struck Kherson, killing a zymologist in his cellar.", "en", 1),
        ("Eine russische Drohne traf in Cherson ein Silo, ein Silowart wurde getötet.", "de", 1),
        ("Eine russische Drohne traf in Cherson ein Silo, dessen Silowart kam ums Leben.", "de", 1),
        ("Дрон ударил по мельнице в Шебекине, погиб вальцовщик.", "ru", 1),
        ("Дрон ударил по мельнице в Шебекине, на месте скончалась аппаратчица.", "ru", 1),
        ("Російський дрон ударив по млину в Херсоні, загинув вальцівник.", "uk", 1),
    ],
)
def test_a_verb_in_the_singular_tells_of_one_whatever_he_is_called(body: str, language: str, killed: int) -> None:
    assert ("killed", killed) in numbers(body, language)


@pytest.mark.parametrize(
    ("body", "language", "killed"),
    [
        ("A Russian drone hit a house in Kherson. Rescuers found the bodies of a couple and their daughter.", "en", 3),
        ("Eine russische Drohne traf ein Haus in Cherson. Ein junges Ehepaar wurde getötet.", "de", 2),
        ("Российский дрон ударил по дому в Херсоне, погибли супружеская пара и их внук.", "ru", 3),
        ("Дрон ударил по машине в Херсоне, погибли отец и две его дочери.", "ru", 3),
        ("A Russian drone hit a car in Kherson. The priest and two other worshippers died.", "en", 3),
    ],
)
def test_pairs_and_those_named_with_them_are_added_up(body: str, language: str, killed: int) -> None:
    found = numbers(body, language)
    assert ("killed", killed) in found
    assert sum(measure == "killed" for measure, _ in found) == 1


@pytest.mark.parametrize(
    ("body", "language"),
    [
        ("A Ukrainian drone hit a bus in Belgorod region. The driver was not injured.", "en"),
        ("Eine ukrainische Drohne traf in der Region Belgorod einen Bus. Der Fahrer wurde nicht verletzt.", "de"),
        ("Украинский дрон попал в автобус в Белгородской области, водитель не пострадал.", "ru"),
        ("Російський дрон поцілив в автобус у Херсоні, водій не постраждав.", "uk"),
    ],
)
def test_one_who_came_away_unhurt_says_nothing_of_the_others(body: str, language: str) -> None:
    assert ("injured", 0) not in numbers(body, language)


@pytest.mark.parametrize(
    ("body", "language"),
    [
        ("A Ukrainian drone hit a tanker off Tuapse. All 19 crew were unharmed.", "en"),
        ("A Ukrainian drone hit a depot in Belgorod region, but staff were unhurt.", "en"),
        ("Casualties were avoided when a drone fell on a school in Belgorod on Monday.", "en"),
        ("Украинский дрон попал в танкер у Туапсе. Экипаж из 19 моряков не пострадал.", "ru"),
        ("Eine ukrainische Drohne traf ein Depot in Belgorod, alle Angestellten blieben unverletzt.", "de"),
    ],
)
def test_all_who_came_away_unhurt_are_nobody_hurt(body: str, language: str) -> None:
    found = numbers(body, language)
    assert ("injured", 0) in found
    assert ("injured", 19) not in found


def test_numbers_in_brackets_share_the_casualties_of_their_sentence() -> None:
    body = "Verletzte gab es bei russischen Drohnenangriffen in den Gebieten Charkiw (vier) und Tschernihiw (zwei)."
    assert {("injured", 4), ("injured", 2)} <= set(numbers(body, "de"))


def test_a_number_rises_from_one_to_another() -> None:
    body = "Число раненых при ударе дрона по Херсону выросло с семи до одиннадцати."
    assert {("injured", 7), ("injured", 11)} <= set(numbers(body, "ru"))


def test_animals_are_no_people() -> None:
    assert ("killed", 11) not in numbers("A Russian drone hit a stud in Kherson and eleven horses were killed.", "en")
