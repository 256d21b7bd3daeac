"""Who counts drones was attacked; "then" goes back; bare hours end a stretch; an attack may be one of several."""

from __future__ import annotations

import pytest

from tests.extract.texts import claims, numbers


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("en", "Two people were hurt in Bryansk by a drone. Ukraine counted 33 drones launched at its territory."),
        ("de", "Eine Drohne verletzte zwei Menschen in Brjansk. Die Ukraine zählte ihrerseits 33 Drohnen."),
        ("es", "Un dron hirió a dos personas en Briansk. Ucrania, por su parte, contó 33 drones sobre su territorio."),
        ("fr", "Un drone a blessé deux personnes à Briansk. L'Ukraine, elle, a décompté 33 drones sur son territoire."),
        ("pl", "Dron ranił dwie osoby w Briańsku. Ukraina naliczyła z kolei 33 drony wysłane na jej terytorium."),
    ],
)
def test_a_country_that_counts_drones_was_attacked(language: str, body: str) -> None:
    (counted,) = [claim for claim in claims(body, language) if claim.quantity and claim.quantity.low == 33]
    assert (counted.front, counted.regions) == ("RU>UA", ())


@pytest.mark.parametrize(
    ("language", "body", "attacker"),
    [
        ("en", "Ukraine counted 33 drones launched by Ukraine at Belgorod.", "UA"),
        ("es", "Rusia contabilizó 33 drones rusos sobre Járkov.", "RU"),
        ("en", "The army of Ukraine counted 33 Russian drones.", "RU"),
    ],
)
def test_what_else_a_sentence_names_still_tells_who_attacked(language: str, body: str, attacker: str) -> None:
    assert {claim.attacker for claim in claims(body, language)} == {attacker}


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("es", "Defensa rusa notificó 36 drones destruidos entre la medianoche y las siete."),
        ("es", "Defensa rusa derribó 36 drones ucranianos desde la medianoche hasta las ocho."),
        ("en", "Russia's defence ministry said 36 drones were shot down between midnight and seven."),
    ],
)
def test_an_hour_without_a_noun_ends_a_stretch(language: str, body: str) -> None:
    (claim,) = claims(body, language)
    assert (claim.measure, claim.quantity and claim.quantity.low, claim.status) == ("intercepted", 36, "current")


def test_a_number_behind_midnight_still_counts() -> None:
    body = "Desde la medianoche cayeron abatidos ocho drones en Bélgorod y siete drones en Kursk."
    assert numbers(body, "es") == [("intercepted", 8), ("intercepted", 7)]


@pytest.mark.parametrize(
    ("language", "body"),
    [
        (
            "es",
            "A finales de mayo ardió Rostov tras un ataque con drones. Rusia informó entonces de 26 drones destruidos.",
        ),
        ("fr", "Fin mai, un drone a incendié un immeuble à Rostov. La Russie avait alors annoncé 26 drones détruits."),
        ("pl", "Pod koniec maja dron podpalił blok w Rostowie. Wtedy Rosja meldowała o 26 zniszczonych dronach."),
        ("es", "No es lo que ocurrió en mayo: entonces un dron mató a 26 personas en Bélgorod."),
        ("uk", "Інакше було в травні: тоді дрон убив 26 людей у Бєлгороді."),
    ],
)
def test_then_goes_back_to_the_month_told_before(language: str, body: str) -> None:
    (claim,) = [claim for claim in claims(body, language) if claim.quantity and claim.quantity.low == 26]
    assert claim.status == "historic"


@pytest.mark.parametrize(
    ("language", "body", "status"),
    [
        ("fr", "Un drone russe est alors tombé sur une maison à Kherson, tuant 26 personnes.", "current"),
        ("fr", "Alors que la Russie a attaqué dans la nuit, 26 drones ont été abattus.", "current"),
        ("es", "Desde entonces han sido derribados 26 drones rusos.", "cumulative"),
        ("es", "Juan Mayo vio 26 drones rusos derribados sobre Odesa.", "current"),
        ("ru", "В мае Россия запустила 4000 дронов. Тогда же сбили 3500.", "cumulative"),
    ],
)
def test_then_without_such_a_month_does_not(language: str, body: str, status: str) -> None:
    assert {claim.status for claim in claims(body, language)} == {status}


@pytest.mark.parametrize(
    ("language", "body", "status"),
    [
        (
            "fr",
            "Odessa est attaquée pour la quatrième fois en cinq jours, et un drone a blessé deux dockers.",
            "current",
        ),
        ("pl", "Drony zaatakowały Odessę po raz czwarty w ciągu pięciu dni, ranni są dwaj dokerzy.", "current"),
        (
            "fr",
            "L'Ukraine a été attaquée quatre fois en cinq jours et des drones ont blessé deux dockers.",
            "cumulative",
        ),
        ("fr", "Des drones ont détruit des maisons en cinq jours et blessé deux dockers à Odessa.", "cumulative"),
    ],
)
def test_how_often_an_attack_came_makes_no_sum_of_its_victims(language: str, body: str, status: str) -> None:
    assert {claim.status for claim in claims(body, language)} == {status}


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("es", "Moscú derribó 50 drones. Doce correspondieron a Crimea, nueve al mar Negro."),
        ("fr", "Moscou a abattu 50 drones. Douze reviennent à la Crimée, neuf à la mer Noire."),
        ("pl", "Rosja zestrzeliła 50 dronów. Dwanaście przypadło na Krym, dziewięć na Morze Czarne."),
        ("uk", "Росія збила 50 дронів. Дванадцять припало на Крим, дев'ять на Чорне море."),
    ],
)
def test_verbs_of_shares_go_on_with_the_drones_before(language: str, body: str) -> None:
    told = [(claim.measure, claim.quantity and claim.quantity.low, claim.regions) for claim in claims(body, language)]
    assert told[1:] == [("intercepted", 12, ("UA-43",)), ("intercepted", 9, ("SEA-BLACK",))]


@pytest.mark.parametrize(
    ("language", "body", "told"),
    [
        ("es", "Seis drones cayeron de noche sobre la refinería de Afipski, en Krasnodar.", [("hit", 6)]),
        ("fr", "Trois drones sont tombés dans la nuit sur un dépôt à Touapsé.", [("hit", 3)]),
        ("pl", "Sześć dronów spadło w nocy na rafinerię w Riazaniu.", [("hit", 6)]),
        ("es", "Restos de drones cayeron sobre la refinería de Riazán y hay dos heridos.", [("injured", 2)]),
        ("pl", "Szczątki dwóch zestrzelonych dronów spadły na magazyn w Kursku.", [("intercepted", 2)]),
    ],
)
def test_drones_that_come_down_on_a_plant_hit(language: str, body: str, told: list[tuple[str, int]]) -> None:
    assert numbers(body, language) == told


def test_a_figure_behind_its_verb_is_no_hour() -> None:
    (claim,) = claims("Le ministère russe de la Défense a chiffré à 57 les drones abattus sur Krasnodar.", "fr")
    assert (claim.measure, claim.quantity and claim.quantity.low) == ("intercepted", 57)
    assert numbers("De 2 à 7 les drones ont survolé Kharkiv.", "fr") == []


def test_the_only_one_left_is_one() -> None:
    body = "Defensa rusa derribó 60 drones: 50 en Bélgorod y nueve en Tula."
    assert numbers(f"{body} El restante fue destruido sobre el mar de Azov.", "es")[-1] == ("intercepted", 1)


@pytest.mark.parametrize("said", ["no tuvo noticia de", "no tiene constancia de"])
def test_who_heard_of_no_injured_does_not_say_that_there_were_none(said: str) -> None:
    assert numbers(f"En Járkov impactó un dron ruso; el alcalde {said} heridos.", "es") == [("hit", 1)]
    assert ("injured", 0) in numbers("En Járkov impactó un dron ruso; no hubo heridos.", "es")
