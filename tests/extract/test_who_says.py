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
