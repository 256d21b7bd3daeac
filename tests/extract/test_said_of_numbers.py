"""Where drones were made, what a number rose to, and what a denial denies."""

from __future__ import annotations

import pytest

from tests.extract.texts import claims, numbers


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("de", "Die Luftwaffe hat in der Nacht über Odessa 12 Drohnen aus iranischer Produktion abgeschossen."),
        ("en", "Ukraine's air force shot down 12 drones manufactured in Iran over Odesa overnight."),
        ("fr", "L'armée de l'air ukrainienne a abattu 12 drones Shahed de fabrication iranienne dans la nuit."),
        ("pl", "Ukraińska obrona przeciwlotnicza zestrzeliła w nocy 12 dronów irańskiej produkcji."),
        ("ru", "Ночью силы ПВО сбили над Одесской областью 12 дронов иранского производства."),
    ],
)
def test_where_drones_were_made_is_said_of_those_shot_down(language: str, body: str) -> None:
    assert ("intercepted", 12) in numbers(body, language)


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("de", "Die Produktion von 1200 Drohnen im Monat ist geplant, sagte der Hersteller aus Kiew."),
        ("en", "The factory produced 1,200 drones for Ukraine last year."),
        ("fr", "La fabrication de 1 200 drones ukrainiens a commencé."),
        ("pl", "Ukraina zwiększa produkcję: w tym roku powstało 1200 dronów."),
    ],
)
def test_what_is_made_is_not_launched(language: str, body: str) -> None:
    assert numbers(body, language) == []


def test_a_number_that_rose_in_a_clause_of_its_own_is_the_newest() -> None:
    body = (
        "Eine Drohne traf ein Haus in Charkiw. Die Zahl der Verletzten gab der Bürgermeister mit drei an; später "
        "erhöhte sie sich laut Gouverneur Oleh Synjehubow auf fünf."
    )
    hurt = [claim for claim in claims(body, "de") if claim.measure == "injured" and claim.quantity is not None]
    injured = {claim.quantity.low: claim.status for claim in hurt if claim.quantity is not None}
    assert injured == {3: "historic", 5: "current"}


def test_another_thing_that_rose_counts_nobody() -> None:
    body = "Eine Drohne traf ein Haus in Charkiw, drei Menschen wurden verletzt; der Schaden stieg auf fünf Millionen."
    assert [number for measure, number in numbers(body, "de") if measure == "injured"] == [3]


@pytest.mark.parametrize(
    "body",
    [
        "In Tuapse brannte nach einem Drohnenangriff ein Tank. Verletzt wurde laut den Behörden der Region Krasnodar "
        "niemand, 120 Helfer löschten das Feuer.",
        "In Tuapse brannte nach einem Drohnenangriff ein Tank. Es habe keine Verletzten gegeben.",
    ],
)
def test_nobody_closes_the_clause_behind_who_says_so(body: str) -> None:
    assert ("injured", 0) in numbers(body, "de")


def test_reports_that_were_not_confirmed_deny_nothing() -> None:
    body = (
        "Eine Drohne traf einen Kindergarten in Charkiw. Erste Berichte, wonach auch Kinder verletzt worden seien, "
        "bestätigten sich nicht."
    )
    assert ("injured", 0) not in numbers(body, "de")


def test_victims_of_either_kind_are_no_drones() -> None:
    body = "In Charkiw schlugen Drohnen ein. Die übrigen drei Opfer meldete Sumy, wo eine Drohne einen Bus traf."
    assert not any(measure == "launched" for measure, _ in numbers(body, "de"))


def test_people_who_lose_their_lives_in_it_are_dead() -> None:
    body = "Russische Drohnen trafen Kiew. Dort verloren dabei zwei Menschen ihr Leben."
    assert ("killed", 2) in numbers(body, "de")


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("pl", "Odłamki bezzałogowca zniszczyły jeden budynek prywatny w obwodzie mikołajowskim."),
        ("ru", "Обломки беспилотника уничтожили дом в Белгороде."),
        ("uk", "Уламки безпілотника знищили будинок у Харкові."),
    ],
)
def test_debris_of_a_drone_that_destroyed_a_house_is_no_drone_destroyed(language: str, body: str) -> None:
    assert ("intercepted", 1) not in numbers(body, language)


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("pl", "W obwodzie mikołajowskim zestrzelono drona."),
        ("ru", "Над Белгородом уничтожили беспилотник."),
        ("ru", "Ночью в Белгороде беспилотник уничтожили силы ПВО."),
    ],
)
def test_a_drone_destroyed_is_one(language: str, body: str) -> None:
    assert ("intercepted", 1) in numbers(body, language)


def test_drones_that_come_down_on_something_hit_it() -> None:
    body = "Der Gouverneur von Charkiw teilte mit, dass zwei Drohnen in einem Industriegebiet aufschlugen."
    assert numbers(body, "de") == [("hit", 2)]
