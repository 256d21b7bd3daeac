"""Drones that come to towns behind the Russian lines are Ukraine's, unless the text says whose they are."""

import pytest

from tests.extract.texts import claims


@pytest.mark.parametrize(
    ("language", "body", "fronts"),
    [
        ("en", "A drone struck Enerhodar in the Zaporizhzhia region, wounding one.", {"UA>RU"}),
        ("en", "Russian drones hit Oleshky, killing two people.", {"RU>UA"}),
        ("en", "Drones hit Kramatorsk and Mariupol, killing two people.", {"RU>UA"}),
        ("en", "Russian forces attacked Nikopol with drones from Enerhodar. One person was killed.", {"RU>UA"}),
        (
            "en",
            "The enemy sent 15 Shahed drones over Polohy towards Zaporizhzhia region, injuring four people.",
            {"RU>UA"},
        ),
        ("en", "Occupiers in Enerhodar launched 14 drones. Six people were injured in Nikopol.", {"RU>UA"}),
        (
            "en",
            "Russia sent 30 drones into the Kherson region. In occupied Nova Kakhovka a drone hit a bus, killing two.",
            {"RU>UA", "UA>RU"},
        ),
        ("de", "Eine Drohne traf in Melitopol ein Wohnhaus, zwei Menschen starben.", {"UA>RU"}),
        ("uk", "Уночі в окупованому Бердянську дрони атакували порт. Двоє людей загинули.", {"UA>RU"}),
        ("uk", "Ворог запускав дрони з Енергодара. У Нікополі поранено трьох людей.", {"RU>UA"}),
        ("ru", "Беспилотник ударил по автобусу в Алёшках. Ранены пятеро.", {"UA>RU"}),
        ("ru", "Удар беспилотника по Краматорску: погибли три человека.", {"RU>UA"}),
        ("es", "Un dron alcanzó un edificio en Mariupol y mató a dos personas.", {"UA>RU"}),
    ],
)
def test_whose_drones_came_to_a_town_behind_the_lines(language: str, body: str, fronts: set[str]) -> None:
    assert {claim.front for claim in claims(body, language)} == fronts
