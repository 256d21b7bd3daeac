"""People named one after another, numbers that were overtaken, and who is attacked where an occupier speaks."""

from __future__ import annotations

import pytest

from tests.extract.texts import claims, numbers


@pytest.mark.parametrize(
    ("body", "language", "injured"),
    [
        ("Дрон ударил по дому в Шебекине, ранены мужчина и его дочь.", "ru", 2),
        ("Дрон ударил по дому в Шебекине, ранены три женщины и подросток.", "ru", 4),
        ("Дрон ударил по остановке в Херсоне: ранения получили водитель, кондуктор и двое пассажиров.", "ru", 4),
        ("Дрон ударил по кафе в Херсоне, ранены официантка 22 лет и 58-летний посетитель.", "ru", 2),
        ("A drone hit a bus in Kherson, two women and a boy were injured.", "en", 3),
    ],
)
def test_people_named_one_after_another_are_added_up(body: str, language: str, injured: int) -> None:
    assert ("injured", injured) in numbers(body, language)


def test_someone_with_a_verb_of_his_own_is_counted_on_his_own() -> None:
    found = numbers("Дрон ударил по дому в Шебекине: погибла женщина и ранен её сын.", "ru")
    assert {("killed", 1), ("injured", 1)} <= set(found)


@pytest.mark.parametrize(
    ("body", "statuses"),
    [
        (
            "До шести выросло число раненых при ударе дрона в Шебекине. Ранее сообщалось о четырёх пострадавших.",
            {6: "current", 4: "historic"},
        ),
        ("Обломки дрона убрали. Ранее сообщалось о четырёх пострадавших в Шебекине.", {4: "current"}),
    ],
)
def test_what_was_said_earlier_holds_until_the_text_says_more(body: str, statuses: dict[int, str]) -> None:
    found = {claim.quantity.low: claim.status for claim in claims(body, "ru") if claim.quantity is not None}
    assert found == statuses


@pytest.mark.parametrize(
    ("town", "speaker", "front"),
    [
        ("Горловке", "Денис Пушилин", "UA>RU"),
        ("Горловке", "Вадим Филашкин", "RU>UA"),
        ("Горловке", "очевидец", "UA>RU"),  # a town behind the Russian lines
        ("Краматорске", "очевидец", "RU>UA"),
    ],
)
def test_occupation_officials_tell_of_attacks_on_what_they_hold(town: str, speaker: str, front: str) -> None:
    found = claims(f"В {town} при ударе дрона ранены трое жителей, сообщил {speaker}.", "ru")
    assert {(claim.measure, claim.front, claim.regions) for claim in found if claim.quantity is not None} == {
        ("injured", front, ("UA-14",))
    }
