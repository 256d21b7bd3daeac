"""Numbers told of the whole country behind those of one region are not that region's."""

from __future__ import annotations

import pytest

from tests.extract.texts import WEDNESDAY
from worker.extract import extract
from worker.model import Article


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("en", "Seven drones were shot down over the Odesa region. Across the country, air defences shot down 14 of 17 "
               "drones, officials said."),
        ("en", "Seven drones were shot down over the Odesa region. Nationwide, 14 of 17 Russian drones were downed."),
        ("de", "In der Region Odessa wurden sieben Drohnen zerstört. Landesweit wurden 14 von 17 Drohnen abgefangen."),
        ("ru", "В Одесской области сбили семь дронов. Всего по стране сбили 14 из 17 беспилотников."),
        ("uk", "В Одеській області збили сім дронів. Загалом по країні збили 14 із 17 безпілотників."),
        ("es", "En la región de Odesa fueron derribados siete drones. En todo el país, derribados 14 de 17 drones."),
        ("fr", "Dans la région d'Odessa, sept drones abattus. Dans tout le pays, 14 des 17 drones ont été abattus."),
        ("pl", "W obwodzie odeskim zestrzelono siedem dronów. W całym kraju zestrzelono 14 z 17 dronów."),
    ],
)  # fmt: skip
def test_the_larger_numbers_name_no_region(language: str, body: str) -> None:
    claims = extract(Article(id="a", body=body, language=language, published_at=WEDNESDAY)).claims
    told = {claim.quantity.low: claim.regions for claim in claims if claim.quantity is not None}
    assert told == {7: ("UA-51",), 14: (), 17: ()}


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("en", "Russia launched 90 drones. Over Odesa 12 were shot down, 30 were lost and 40 got through."),
        ("de", "Russland startete 90 Drohnen. Über Odessa wurden 12 abgeschossen, 30 gingen verloren, 40 trafen."),
        ("en", "Over Odesa 12 drones were shot down, and in the night before 30 were lost."),
        ("en", "The minister came to Odesa overnight. Air defences shot down 30 drones."),
        ("en", "Air defence busy over Kursk: the defence ministry says it downed 30 drones."),
    ],
)
def test_a_number_of_the_whole_country_is_not_of_the_place_named_last(language: str, body: str) -> None:
    claims = extract(Article(id="a", body=body, language=language, published_at=WEDNESDAY)).claims
    told = {claim.quantity.low: claim.regions for claim in claims if claim.quantity is not None}
    assert told[30] == ()
    assert told.get(40, ()) == ()


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("en", "Drones hit Odesa, but also Kherson."),
        ("de", "Mit Drohnen angegriffen wurde Odessa, aber auch Cherson."),
        ("pl", "Drony zaatakowały Odessę, ale też Chersoń."),
    ],
)
def test_a_place_behind_but_also_is_attacked_too(language: str, body: str) -> None:
    claims = extract(Article(id="a", body=body, language=language, published_at=WEDNESDAY)).claims
    assert {code for claim in claims for code in claim.regions} == {"UA-51", "UA-65"}


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("ru", "Подчинённые Киеву части атаковали 20 дронами Белгород."),
        ("uk", "Росіяни, яких очолює Москва атакували 20 дронами Харків."),
    ],
)
def test_a_capital_that_is_no_object_is_not_attacked(language: str, body: str) -> None:
    claims = extract(Article(id="a", body=body, language=language, published_at=WEDNESDAY)).claims
    assert not {"RU-MOW", "UA-30"} & {code for claim in claims for code in claim.regions}


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("en", "Drones hit Kharkiv. One man died.\n\nIt was worse in the rest of the country. Drones killed six."),
        ("en", "Drones hit Kharkiv. One man died.\n\nAlarms sounded across the country. Drones killed six."),
        ("es", "Drones alcanzaron Járkov. Murió un hombre.\n\nPeor fue en el resto del país. Los drones mataron a seis "
               "personas."),
        ("de", "Drohnen trafen Charkiw. Ein Mann starb.\n\nSchlimmer war es im Rest des Landes. Drohnen töteten sechs "
               "Menschen."),
        ("ru", "Дроны ударили по Харькову. Погиб один человек.\n\nТревога звучала по всей стране. "
               "Дроны убили шесть человек."),
    ],
)  # fmt: skip
def test_a_paragraph_that_opens_with_the_country_is_about_it(language: str, body: str) -> None:
    claims = extract(Article(id="a", body=body, language=language, published_at=WEDNESDAY)).claims
    told = {claim.quantity.low: claim.regions for claim in claims if claim.measure == "killed" and claim.quantity}
    assert told == {1: ("UA-63",), 6: ()}


@pytest.mark.parametrize(
    "body",
    [
        "Drones hit Kharkiv. The city lies in the north-east of the country. Six people were killed.",
        "Drones hit Kharkiv. Thousands lost power across the country. Six people were killed, the mayor said.",
        "Alarms sounded across the country. In Kharkiv a drone hit a house. Six people were killed.",
    ],
)
def test_the_country_named_in_passing_takes_no_place_from_victims(body: str) -> None:
    claims = extract(Article(id="a", body=body, language="en", published_at=WEDNESDAY)).claims
    assert [claim.regions for claim in claims if claim.measure == "killed"] == [("UA-63",)]
