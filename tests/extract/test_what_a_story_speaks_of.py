"""Which place and which side a sentence goes on with that names neither."""

from __future__ import annotations

import pytest

from tests.extract.texts import claims

Told = dict[tuple[str, int], tuple[str, tuple[str, ...]]]


def told(body: str, language: str, title: str = "") -> Told:
    """Measure and number of each claim → attacker and regions."""
    return {
        (claim.measure, claim.quantity.low): (claim.attacker, claim.regions)
        for claim in claims(body, language, title)
        if claim.quantity is not None
    }


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("en", "Four drones were downed near Moscow, Russia's defence ministry said.\n\nOvernight Russia made a "
               "massive strike on Ukraine with drones. At least five people were killed, the authorities said."),
        ("de", "Vier Drohnen wurden bei Moskau abgefangen, so Bürgermeister Sobjanin.\n\nNachts flog Russland einen "
               "schweren Angriff mit Drohnen auf die Ukraine. Mindestens fünf Menschen wurden getötet."),
        ("fr", "Quatre drones ont été abattus près de Moscou, selon le maire.\n\nDans la nuit, la Russie a mené une "
               "attaque massive de drones contre l'Ukraine. Au moins cinq personnes ont été tuées."),
        ("pl", "Cztery drony zestrzelono pod Moskwą, podał mer Sobianin.\n\nW nocy Rosja przeprowadziła zmasowany atak "
               "dronów na Ukrainę. Zginęło co najmniej pięć osób."),
    ],
)  # fmt: skip
def test_an_attack_without_a_number_says_whose_victims_follow(language: str, body: str) -> None:
    found = told(body, language)
    assert found["killed", 5] == ("RU", ())
    assert found["intercepted", 4] == ("UA", ("RU-MOW",))


def test_a_sentence_with_numbers_of_its_own_decides_by_them() -> None:
    body = (
        "Russia attacked Ukraine overnight. Russia's defence ministry said 30 Ukrainian drones were downed. "
        "Two people were injured in the Belgorod region."
    )
    found = told(body, "en")
    assert found["intercepted", 30] == ("UA", ())
    assert found["injured", 2] == ("UA", ("RU-BEL",))


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("en", "Drones hit a refinery in Volgograd.\n\nUkrainian drones flew over Russian territory all night. Three "
               "people were injured."),
        ("de", "Drohnen trafen eine Raffinerie in Wolgograd.\n\nUkrainische Drohnen flogen nachts über Russland. "
               "Drei Menschen wurden verletzt."),
        ("pl", "Drony trafiły w rafinerię w Wołgogradzie.\n\nUkraińskie drony nadleciały w nocy nad terytorium Rosji. "
               "Trzy osoby zostały ranne."),
    ],
)  # fmt: skip
def test_victims_behind_drones_over_a_whole_country_have_no_place(language: str, body: str) -> None:
    assert told(body, language)["injured", 3] == ("UA", ())


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("de", "Russland griff die Ukraine mit Drohnen an. In Odessa brannte ein Haus. Drei Menschen wurden verletzt."),
        ("de", "Drohnen trafen Odessa. In der Ukraine gilt seit Jahren Kriegsrecht. Drei Menschen wurden verletzt."),
        ("pl", "Rosja zaatakowała Ukrainę dronami. W Odessie płonął dom. Trzy osoby zostały ranne."),
    ],
)
def test_a_place_named_since_is_where_they_were(language: str, body: str) -> None:
    assert told(body, language)["injured", 3] == ("RU", ("UA-51",))


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("de", "Eine Drohne traf Charkiw.\n\nRussische Drohnen haben im Süden der Ukraine fünf Menschen getötet."),
        ("pl", "Dron uderzył w Charków.\n\nW ataku rosyjskich dronów na południu Ukrainy zginęło pięć osób."),
    ],
)  # fmt: skip
def test_a_part_of_a_country_is_no_region(language: str, body: str) -> None:
    assert told(body, language)["killed", 5] == ("RU", ())


@pytest.mark.parametrize(
    ("language", "body"),
    [
        (
            "de",
            "Über der Krim wurden 20 Drohnen abgeschossen. 14 holte die Luftabwehr vom Himmel, sechs wurden gestört.",
        ),
        ("en", "Over Crimea 20 drones were downed. 14 were shot down and six were jammed."),
        ("ru", "Над Крымом уничтожены 20 беспилотников. 14 сбиты средствами ПВО, шесть подавлены средствами РЭБ."),
    ],
)
def test_numbers_that_add_up_to_the_one_before_are_of_its_place(language: str, body: str) -> None:
    found = told(body, language)
    assert found["intercepted", 14] == found["suppressed", 6] == ("UA", ("UA-43",))


def test_numbers_that_add_up_to_something_else_are_not() -> None:
    body = "Over Crimea 20 drones were downed. 74 were shot down and six were jammed."
    assert told(body, "en")["intercepted", 74] == ("UA", ())


@pytest.mark.parametrize(
    ("language", "body", "regions"),
    [
        (
            "de",
            "Drohnen flogen auf Tuapse zu. Aus dem Gebiet Rostow meldeten die Behörden zwei Verletzte.",
            ("RU-ROS",),
        ),
        ("de", "Aus dem Gebiet Rostow starteten Drohnen. In Sumy meldeten die Behörden zwei Verletzte.", ("UA-59",)),
    ],
)
def test_word_comes_out_of_a_place_where_it_happened(language: str, body: str, regions: tuple[str, ...]) -> None:
    found = told(body, language)
    assert found["injured", 2][1] == regions


def test_a_drone_that_comes_out_of_a_place_did_not_strike_it() -> None:
    body = "Aus dem Gebiet Kursk kamen in der Nacht 20 russische Drohnen, meldete die Luftwaffe in Kiew."
    assert all("RU-KRS" not in claim.regions for claim in claims(body, "de"))


def test_a_mayor_who_goes_on_about_the_country_speaks_of_no_city() -> None:
    body = (
        "Le maire de Moscou, Sergueï Sobianine, a fait état de 11 drones abattus. En août, une attaque de drones "
        "ukrainiens sur le territoire russe a vu 117 drones détruits."
    )
    found = told(body, "fr")
    assert found["intercepted", 117] == ("UA", ())
    assert found["intercepted", 11] == ("UA", ("RU-MOW",))


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("fr", "Zaporijjia a été attaquée. Dans la région voisine de Dnipropetrovsk, un drone a fait trois blessés."),
        ("pl", "Zaatakowano Zaporoże. Władze obwodu dniepropietrowskiego poinformowały, że dron ranił trzy osoby."),
    ],
)
def test_a_neighbour_or_an_authority_has_the_name_behind_it(language: str, body: str) -> None:
    assert told(body, language)["injured", 3] == ("RU", ("UA-12",))


@pytest.mark.parametrize("where", ["drei Regionen", "mehrere Regionen"])
def test_who_reports_an_attack_on_some_regions_was_attacked(where: str) -> None:
    assert told("Weiter.", "de", f"Ukraine meldet Angriff mit 27 Drohnen auf {where}")["launched", 27] == ("RU", ())


def test_who_reports_an_attack_on_an_airfield_may_have_flown_it() -> None:
    found = told("Drohnen über Engels.", "de", "Ukraine meldet Angriff mit 27 Drohnen auf einen Flugplatz")
    assert found["launched", 27][0] == "UA"
