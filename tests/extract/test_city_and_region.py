"""A city and the region around it, said together: both are meant, and neither where the region is another one."""

from __future__ import annotations

import pytest

from tests.extract.texts import WEDNESDAY, claims
from worker.extract import extract
from worker.model import Article

KYIV, MOSCOW = ("UA-30", "UA-32"), ("RU-MOS", "RU-MOW")


@pytest.mark.parametrize(
    ("language", "body", "regions"),
    [
        ("en", "In the city of Kyiv and in the region, 36 Russian drones were shot down.", KYIV),
        ("en", "Over the Kyiv region and the capital, defenders shot down 13 enemy drones.", KYIV),
        ("en", "Over the capital and the region, 36 drones were shot down by Ukrainian forces.", KYIV),
        ("en", "36 Russian drones were shot down in Kyiv and in the region of Odesa.", ("UA-30", "UA-51")),
        ("en", "36 Russian drones were shot down in Kyiv and in the Odesa region.", ("UA-30", "UA-51")),
        ("de", "In der Stadt Kiew und in der Region wurden 36 russische Drohnen abgeschossen.", KYIV),
        ("de", "Über dem Gebiet Kiew und der Hauptstadt wurden 13 russische Drohnen abgeschossen.", KYIV),
        ("de", "In der Hauptstadt und in der Region wurden 36 russische Drohnen abgeschossen.", KYIV),
        ("ru", "В городе Киеве и в области сбили 36 вражеских дронов.", KYIV),
        ("ru", "Над Киевской областью и столицей сбили 13 вражеских дронов.", KYIV),
        ("ru", "В столице и области сбили 36 дронов, сообщил Собянин.", MOSCOW),
        ("ru", "В Киеве и области Харькова сбили 36 вражеских дронов.", ("UA-30", "UA-63")),
        ("uk", "У місті Києві та в області збили 36 ворожих дронів.", KYIV),
        ("uk", "У столиці та області збили 36 ворожих дронів.", KYIV),
        ("uk", "Над Київщиною та столицею збили 13 ворожих дронів.", KYIV),
        ("uk", "У Києві та в Одеській області збили 36 ворожих дронів.", ("UA-30", "UA-51")),
        ("es", "En la ciudad de Kiev y en la región fueron derribados 36 drones rusos.", KYIV),
        ("fr", "Dans la capitale Kiev et la région de Soumy, 36 drones russes ont été abattus.", ("UA-30", "UA-59")),
        ("fr", "À Kiev et dans la région, 36 drones russes ont été abattus.", KYIV),
        ("pl", "W Kijowie i w obwodzie zestrzelono 36 rosyjskich dronów.", KYIV),
    ],
)
def test_both_are_meant(language: str, body: str, regions: tuple[str, ...]) -> None:
    claims = extract(Article(id="a", body=body, language=language, published_at=WEDNESDAY)).claims
    assert [claim.regions for claim in claims if claim.measure == "intercepted"] == [regions]


@pytest.mark.parametrize(
    ("language", "body", "regions"),
    [
        ("en", "14 drones were downed over the Kyiv region and in the capital three people were injured.", ("UA-32",)),
        ("uk", "14 дронів збито над Києвом та в області загинуло 2 людей.", ("UA-30",)),
        ("fr", "14 drones ont visé Kiev et la région voisine de Tchernihiv.", ("UA-30",)),
    ],
)
def test_what_a_clause_behind_tells_of_a_city_or_region_is_not_of_the_number_before(
    language: str, body: str, regions: tuple[str, ...]
) -> None:
    first = claims(body, language)[0]
    assert first.regions == regions


@pytest.mark.parametrize(
    "body",
    [
        "Sixteen drones were shot down over the Kursk and Belgorod regions, respectively 9 and 7.",
        "Russia fired 16 drones at Kharkiv and Odesa, respectively the second and third largest cities.",
    ],
)
def test_respectively_before_more_words_does_not_double_a_total(body: str) -> None:
    assert claims(body, "en")[0].scope == "total"


def test_the_country_of_a_city_is_no_neighbour_and_joins_no_two_fronts() -> None:
    found = claims("14 drones ont visé Kharkiv, Ukraine, et Belgorod, Russie.", "fr")
    assert [(claim.attacker, claim.regions) for claim in found] == [("RU", ("UA-63",)), ("UA", ("RU-BEL",))]


def test_who_reports_an_attack_on_a_target_may_have_made_it() -> None:
    (claim,) = claims("Russia reported an attack with 35 drones on energy facilities.", "en")
    assert (claim.attacker, claim.defender) == ("RU", "UA")
