"""What stands near a number or adds up to another, and still does not move it to another place."""

from __future__ import annotations

import pytest

from tests.extract.texts import claims

# language, body, and every count with its regions.
CASES = {
    "days-of-a-week": (
        "en",
        "Russia launched 12 drones over Kyiv on Monday. On Tuesday the air force shot down 8 drones."
        " On Wednesday the air force shot down 4 drones.",
        {("launched", 12, "UA-30"), ("intercepted", 8, ""), ("intercepted", 4, "")},
    ),
    "a-surname-of-many": (
        "en",
        "The air force spokesman Tretiak said 12 drones were shot down.",
        {("intercepted", 12, "")},
    ),
    "a-minister-who-was-governor": (
        "en",
        "Alikhanov, the industry minister, said 12 drones were shot down over Russia.",
        {("intercepted", 12, "")},
    ),
    "many-injured-at-once": (
        "en",
        "Russia attacked Kyiv with drones overnight. The death toll rose to 31, and 159 people were injured.",
        {("killed", 31, "UA-30"), ("injured", 159, "UA-30")},
    ),
    "aircraft-over-a-sea": (
        "uk",
        "Над Азовським морем літаки збили 12 безпілотників.",
        {("intercepted", 12, "SEA-AZOV")},
    ),
    "towns-of-one-region": (
        "de",
        "Russische Drohnen verletzten 15 Menschen in mehreren Städten der Region Charkiw.",
        {("injured", 15, "UA-63")},
    ),
    "towns-of-a-governor": (
        "en",
        "Ukrainian drones injured 15 people in towns across the region, the Belgorod governor said.",
        {("injured", 15, "RU-BEL")},
    ),
    "one-more-region": (
        "ru",
        "В Брянской области ранены двое. Ещё один регион атаковали 16 дронов, сообщил губернатор.",
        {("injured", 2, "RU-BRY"), ("launched", 16, "")},
    ),
    "shelling": ("uk", "Вночі ворог атакував Харківщину дронами. Внаслідок обстрілу Куп'янська загинули двоє.", set()),
}


@pytest.mark.parametrize("name", CASES)
def test_a_number_stays_where_it_was_counted(name: str) -> None:
    language, body, expected = CASES[name]
    found = {
        (claim.measure, claim.quantity.low, " ".join(claim.regions))
        for claim in claims(body, language)
        if claim.quantity is not None
    }
    assert found == expected


def test_a_district_of_a_region_is_not_in_the_city_of_that_name() -> None:
    told = claims("Russian drones hit the Brovary district of Kyiv region, injuring 3 people.", "en")
    assert {claim.regions for claim in told} == {("UA-32",)}


def test_a_record_that_was_not_reached_is_not_jammed() -> None:
    told = claims("Russland griff mit 400 Drohnen an. Der Rekord von 728 Drohnen wurde nicht erreicht.", "de")
    assert not any(claim.measure == "suppressed" for claim in told)
