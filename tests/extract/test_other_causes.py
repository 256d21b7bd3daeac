"""Whose victims and whose attacks are not the drones' that are told of before."""

from __future__ import annotations

import pytest

from tests.extract.texts import claims, numbers


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "Вночі ППО збила 60 дронів. Через обстріли Херсона загинули двоє людей, поранено сімох."),
        ("ru", "За ночь сбиты 60 дронов. При обстреле Херсона погибли два человека, семеро ранены."),
        ("de", "Die Flugabwehr schoss 60 Drohnen ab. Bei Beschuss der Stadt Cherson wurden zwei Menschen getötet."),
        ("de", "Die Flugabwehr schoss 60 Drohnen ab. Durch russische Flugkörper wurden in Kiew zwei Menschen getötet."),
        (
            "en",
            "Air defences shot down 60 drones over Ukraine overnight. "
            + "The weather stayed mild. " * 12
            + "A fire in a night club in Lviv killed 12 people.",
        ),
    ],
    ids=["shelling in Ukrainian", "shelling in Russian", "shelling in German", "missiles", "a fire much later"],
)
def test_victims_of_another_cause_are_not_those_of_drones(language: str, text: str) -> None:
    assert numbers(text, language) == [("intercepted", 60)]


@pytest.mark.parametrize(
    "text",
    [
        "Ukraine carried out six drone attacks on Russian energy facilities, the Russian defence ministry said.",
        "The Ukrainian air force counted 15 drone attacks on the Kherson region in a week.",
    ],
)
def test_attacks_are_not_drones(text: str) -> None:
    assert not any(claim.quantity for claim in claims(text, "en"))


def test_who_is_accused_did_it() -> None:
    (told,) = claims("Ukraine accused Russia of having launched 60 drones overnight.", "en")
    assert (told.measure, told.attacker) == ("launched", "RU")


def test_two_towns_with_as_many_injured_are_two() -> None:
    text = (
        "В Шебекино при атаке дрона ранены два человека. Губернатор Вячеслав Гладков сообщил,"
        " что в Грайвороне при атаке беспилотника ранены два человека."
    )
    assert numbers(text, "ru") == [("injured", 2), ("injured", 2)]
