"""Ages of people are no numbers of people."""

from __future__ import annotations

import pytest

from tests.extract.texts import WEDNESDAY
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
