"""Ages of people are no numbers of people."""

from __future__ import annotations

import pytest

from tests.extract.texts import WEDNESDAY, numbers
from worker.extract import extract
from worker.model import Article


@pytest.mark.parametrize(
    ("language", "body", "injured"),
    [
        ("ru", "В селе Белгородской области дрон ранил супругов 66 и 70 лет.", 2),
        ("ru", "В Белгороде при атаке дрона ранены трое детей в возрасте от 5 до 17 лет.", 3),
        ("uk", "У селі на Харківщині дрон поранив подружжя 66 та 70 років.", 2),
        ("uk", "У Харкові внаслідок удару дрона поранено п'ятьох дітей віком від 5 до 17 років.", 5),
        ("en", "In Kherson a drone injured a couple aged 66 and 70.", 2),
        ("en", "A drone strike on Kharkiv wounded five children aged 5 to 17.", 5),
        ("en", "A drone strike on Kharkiv wounded five children aged 5–17.", 5),
        ("en", "A drone strike on Kharkiv wounded five children, aged between 5 and 17.", 5),
        ("de", "Bei einem Drohnenangriff auf Charkiw wurden fünf Kinder im Alter von 5 bis 17 Jahren verletzt.", 5),
        ("es", "Un ataque con drones contra Járkov hirió a cinco niños de entre 5 y 17 años.", 5),
        ("en", "A drone hit a shop in Kharkiv: a woman aged 60 and 2 children were injured.", 3),
        ("en", "A drone hit a shop in Kharkiv. A woman and a boy aged 60 and 12 were injured.", 2),
        ("de", "Eine Drohne traf Charkiw. Ein Mann im Alter von 45 und 12 weitere Menschen wurden verletzt.", 13),
        ("fr", "Une attaque de drone sur Kharkiv a blessé cinq enfants âgés de 5 à 17 ans.", 5),
        ("pl", "W ataku drona na Charków rannych zostało pięcioro dzieci w wieku od 5 do 17 lat.", 5),
    ],
)
def test_only_the_people_are_counted(language: str, body: str, injured: int) -> None:
    claims = extract(Article(id="a", body=body, language=language, published_at=WEDNESDAY)).claims
    told = [claim.quantity.low for claim in claims if claim.quantity is not None and claim.measure == "injured"]
    assert told == [injured]


@pytest.mark.parametrize(
    ("language", "body", "expected"),
    [
        ("en", "A Russian drone strike on Kherson killed a man, 42, and a woman, 39.", {("killed", 2)}),
        ("en", "A drone killed a man, 42, a woman, 39, and a boy, 7, in Nikopol.", {("killed", 3)}),
        ("en", "A drone attack on Odesa injured a woman, 15, and 12 others.", {("injured", 13)}),
        (
            "en",
            "A drone attack on Kherson killed a woman, 42, a man, 39, and injured five others.",
            {("killed", 2), ("injured", 5)},
        ),
        (
            "en",
            "A drone attack on Kherson killed a woman, injured a man, 39, and damaged a house.",
            {("killed", 1), ("injured", 1)},
        ),
        (
            "de",
            "Bei einem Drohnenangriff auf Cherson starb ein Mann (50), seine Frau (48) wurde verletzt.",
            {("killed", 1), ("injured", 1)},
        ),
        (
            "de",
            "Bei einem Drohnenangriff in Nikopol wurden ein Mann (44) und zwei Frauen (51, 63) verletzt.",
            {("injured", 3)},
        ),
        (
            "ru",
            "При атаке БПЛА на Шебекино погиб мужчина (42 года), ранены две женщины (51 и 63 года).",
            {("killed", 1), ("injured", 2)},
        ),
        ("uk", "Внаслідок удару БпЛА по Херсону загинули чоловік (42) і жінка (39).", {("killed", 2)}),
        (
            "de",
            "Bei dem Drohnenangriff auf Cherson starb ein Mann, 12 wurden verletzt.",
            {("killed", 1), ("injured", 12)},
        ),
        ("en", "Drones killed a driver, 42 drones were shot down over Odesa.", {("killed", 1), ("intercepted", 42)}),
    ],
)
def test_ages_set_beside_people_count_nobody_and_part_nobody(
    language: str, body: str, expected: set[tuple[str, int]]
) -> None:
    assert set(numbers(body, language)) == expected
