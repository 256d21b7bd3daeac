"""Sums over a long time that look like the number of one attack, and the other way round."""

from __future__ import annotations

import pytest

from tests.extract.texts import claims

SUMS = [
    (
        "en",
        "",
        "Drones have struck Kherson since 2022. So far, 120 people have been killed in drone attacks there.",
    ),
    ("en", "", "In the campaign so far, drones have killed 90 people in the Kherson region."),
    ("en", "", "The drone attacks began in October. So far, Ukraine has shot down 640 drones over the Odesa region."),
    ("en", "", "Ukraine flew its first raid in March. So far, 900 drones have been intercepted over the Kursk region."),
    ("en", "", "So far 64 people have died in drone strikes in the Kherson region, the governor said on Tuesday."),
    ("en", "", "This week saw the largest drone attacks since the war began. Russia launched 890 drones."),
    ("uk", "", "Цього тижня були найбільші атаки з початку війни. Ворог запустив по Україні 870 дронів."),
    ("en", "", "Ukraine downed 780 drones over Odesa, the governor said, since the start of the month."),
    ("de", "", "60 Drohnen trafen die Region Charkiw, so Gouverneur Synjehubow, seit Monatsbeginn."),
    ("en", "", "Air defence shot down 500 drones over Crimea with no deaths since the start of the year."),
    ("en", "Russia launches 298 drones at Ukraine", "Russia launches 298 drones at Ukraine in a week, the army said."),
    ("ru", "ПВО сбила 380 украинских беспилотников", "ПВО сбила 380 украинских беспилотников за прошедшую неделю."),
    (
        "de",
        "Russland greift Ukraine mit 500 Drohnen an",
        "Russland greift Ukraine mit 500 Drohnen an in der vergangenen Woche, teilte die Luftwaffe mit.",
    ),
]

OF_ONE_ATTACK = [
    ("en", "", "An overnight drone attack hit Tula. So far, 44 drones have been shot down over the region."),
    ("en", "", "Drones attacked Odesa, where schools reopened this week. Three people were killed."),
    ("en", "", "On Monday, as reported by the air force, Russia launched 120 drones."),
    ("en", "", "Russia launched 120 drones on Tuesday, as Zelensky reported."),
]


@pytest.mark.parametrize(("language", "title", "body"), SUMS)
def test_a_sum_over_a_long_time_stays_one(language: str, title: str, body: str) -> None:
    found = claims(body, language, title)
    assert found
    assert {claim.status for claim in found} == {"cumulative"}


@pytest.mark.parametrize(("language", "title", "body"), OF_ONE_ATTACK)
def test_what_one_attack_did_is_no_sum_and_no_memory(language: str, title: str, body: str) -> None:
    found = claims(body, language, title)
    assert found
    assert {claim.status for claim in found} == {"current"}


def test_a_lead_that_opens_with_the_title_keeps_its_days_and_its_speaker() -> None:
    body = "Над Брянской областью сбили 24 беспилотника 12 июня, а 17 июня - ещё 10, сообщил Богомаз."
    first, second = claims(body, "ru", "Над Брянской областью сбили 24 беспилотника")
    assert first.period is not None
    assert second.period is not None
    assert first.period.end < second.period.start
    assert {first.source, second.source} == {"local:RU-BRY"}


def test_the_day_before_behind_a_dash_stays_the_past() -> None:
    body = "In der Nacht setzte Russland 120 Drohnen ein, mehr als am Vortag – da waren es 85."
    assert [claim.status for claim in claims(body, "de")] == ["current", "historic"]


def test_a_year_that_belongs_to_fewer_or_to_people_makes_a_sum_of_the_number_before() -> None:
    (sum_, part) = claims("ПВО сбила 1300 дронов, из которых на этой неделе 240.", "ru")
    assert (sum_.status, part.status, part.part_of) == ("cumulative", "cumulative", sum_.claim_id)
    (sent, _) = claims("Russia fired 2,417 drones, which this year killed 14 people.", "en")
    assert sent.status == "cumulative"


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("de", "Zum vierten Mal binnen sechs Tagen griff Russland Charkiw mit 25 Drohnen an."),
        ("fr", "Pour la quatrième fois en six jours, la Russie a attaqué Kharkiv avec 25 drones."),
    ],
)
def test_how_often_it_came_by_now_makes_no_sum(language: str, body: str) -> None:
    (claim,) = claims(body, language)
    assert (claim.status, claim.regions) == ("current", ("UA-63",))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", 'Russia struck at Ukraine with 267 drones, a "record" since the invasion of February 2022.'),
        ("en", "Russia launched 267 drones overnight, a record since the start of the war."),
        ("de", "Russland griff mit 267 Drohnen an, ein Rekord seit Beginn des Krieges."),
        ("es", "Rusia lanzó 267 drones, un récord desde el inicio de la invasión."),
        ("fr", "La Russie a lancé 267 drones, un record depuis le début de l'invasion en février 2022."),
        ("ru", "Россия запустила 267 дронов — рекорд с начала войны."),
        ("uk", "Росія запустила 267 дронів — рекорд від початку війни."),
    ],
)
def test_how_long_a_record_has_stood_makes_no_sum(language: str, text: str) -> None:
    assert [claim.status for claim in claims(text, language)] == ["current"]


@pytest.mark.parametrize(
    "text",
    [
        "Russia has launched 28,000 drones since the invasion of February 2022.",
        "Russia launched 4,198 drones in March, a record since the start of the war.",
    ],
)
def test_a_sum_stays_one_beside_the_start_of_the_war(text: str) -> None:
    assert [claim.status for claim in claims(text, "en")] == ["cumulative"]
