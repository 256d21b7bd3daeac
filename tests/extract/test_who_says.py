"""Who a number is from: offices of a place, quotations, and a second telling that names its source."""

from __future__ import annotations

import pytest

from tests.extract.texts import claims


@pytest.mark.parametrize(
    ("language", "body", "regions", "source"),
    [
        ("en", "Kharkiv's mayor said 47 drones were shot down.", ("UA-63",), "local:UA-63"),
        ("en", "Nizhny Novgorod's governor said 47 drones were shot down.", ("RU-NIZ",), "local:RU-NIZ"),
        ("en", "Moscow's mayor said 47 drones were shot down.", ("RU-MOW",), "local:RU-MOW"),
        ("de", "47 Drohnen seien zerstört worden, sagte der Moskauer Bürgermeister.", ("RU-MOW",), "local:RU-MOW"),
        (
            "uk",
            "«Сили ППО Міноборони збили 47 безпілотників, що летіли на Москву», – заявив мер Сергій Собянін.",
            ("RU-MOW",),
            "local:RU-MOW",
        ),
    ],
)
def test_an_office_is_of_its_place(language: str, body: str, regions: tuple[str, ...], source: str) -> None:
    (claim,) = claims(body, language)
    assert (claim.regions, claim.source) == (regions, source)


def test_what_is_told_again_with_its_source_is_from_there() -> None:
    body = (
        "В Белгородской области при атаке дронов ранены четырнадцать человек.\n"
        "Губернатор Вячеслав Гладков сообщил, что ранены четырнадцать человек."
    )
    assert [claim.source for claim in claims(body, "ru") if claim.measure == "injured"] == ["local:RU-BEL"]


@pytest.mark.parametrize(
    "attacker", ["Russian forces had attacked", "Russia had attacked", "the Russian army launched"]
)
def test_a_military_that_attacks_is_not_the_one_who_says_so(attacker: str) -> None:
    (claim,) = claims(f"The Ukrainian Air Force reported that {attacker} Ukraine with 150 drones.", "en")
    assert (claim.measure, claim.source) == ("launched", "UA-AF")


def test_a_military_that_says_what_it_did_is_heard() -> None:
    (claim,) = claims("Russian forces said they shot down 150 Ukrainian drones.", "en")
    assert claim.source == "RU-MOD"


def test_a_list_is_told_by_who_tells_of_its_total() -> None:
    body = (
        "Министерство обороны докладывает, что за ночь над регионами было сбито 53 вражеских летательных аппарата:\n"
        "- 40 — над Белгородской областью,\n"
        "- 13 — над Брянской областью"
    )
    assert [claim.source for claim in claims(body, "ru")] == ["RU-MOD"] * 3
