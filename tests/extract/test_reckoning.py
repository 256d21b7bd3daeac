"""Numbers that are not said as they stand: shares, sums, numbers of attacks, numbers with verbs of their own."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from worker.extract import extract
from worker.model import Article

PUBLISHED = datetime(2026, 1, 14, 9, tzinfo=UTC)


def counted(language: str, body: str) -> list[tuple[str, int]]:
    article = Article(id="a", body=body, published_at=PUBLISHED, language=language)
    return [(claim.measure, claim.quantity.low) for claim in extract(article).claims if claim.quantity is not None]


@pytest.mark.parametrize(
    ("language", "body", "expected"),
    [
        ("en", "Russia sent 66 drones; all but six were shot down.", [("launched", 66), ("intercepted", 60)]),
        ("en", "Russia sent 64 drones. Half of them were shot down.", [("launched", 64), ("intercepted", 32)]),
        ("en", "Russia sent 60 drones. Two thirds of them were shot down.", [("launched", 60), ("intercepted", 40)]),
        (
            "de",
            "Russland schickte 80 Drohnen. Die Hälfte davon wurde abgeschossen.",
            [("launched", 80), ("intercepted", 40)],
        ),
        ("de", "Bis auf zwei wurden alle 23 russischen Drohnen zerstört.", [("intercepted", 21), ("launched", 23)]),
    ],
)
def test_shares_are_reckoned_from_their_whole(language: str, body: str, expected: list[tuple[str, int]]) -> None:
    assert counted(language, body) == expected


@pytest.mark.parametrize("share", ["More than half", "Less than a third", "At least half"])
def test_inexact_shares_are_left_out(share: str) -> None:
    assert counted("en", f"Russia sent 64 drones overnight. {share} of them were shot down.") == [("launched", 64)]


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("en", "Ukraine repelled three drone attacks on Kursk overnight."),
        ("en", "A Ukrainian drone attack on Kursk was repelled."),
        ("de", "Russland wehrte in der Nacht zwei Drohnenangriffe auf Kursk ab."),
        ("de", "Bei einem Drohnenangriff brannte in Kursk ein Lager."),
    ],
)
def test_attacks_are_not_counted_as_drones(language: str, body: str) -> None:
    assert counted(language, body) == []


@pytest.mark.parametrize(
    ("language", "body", "injured"),
    [
        ("en", "A man and a woman were injured in a drone strike on Kharkiv.", 2),
        ("en", "A man, a woman and a girl were injured in a drone strike on Kharkiv.", 3),
        ("en", "Two civilians, a man and a woman, were injured in a drone strike on Kharkiv.", 2),
        ("de", "Ein Mann und eine Frau wurden bei einem Drohnenangriff auf Charkiw verletzt.", 2),
    ],
)
def test_people_named_one_by_one_are_added_up(language: str, body: str, injured: int) -> None:
    assert counted(language, body) == [("injured", injured)]


@pytest.mark.parametrize(
    ("language", "body", "front"),
    [
        ("de", "Moskau hat die Ukraine in der Nacht mit 84 Drohnen angegriffen.", "RU>UA"),
        ("de", "Die Ukraine hat Russland in der Nacht mit 84 Drohnen angegriffen.", "UA>RU"),
        ("en", "Ukraine's gunners shot down 40 out of 52 drones sent by Russia.", "RU>UA"),
        ("en", "All 23 Shaheds fired at southern Ukraine were shot down.", "RU>UA"),
    ],
)
def test_the_subject_attacks(language: str, body: str, front: str) -> None:
    article = Article(id="a", body=body, published_at=PUBLISHED, language=language)
    assert {claim.front for claim in extract(article).claims} == {front}


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_war_elsewhere_is_no_matter(language: str) -> None:
    body = {
        "en": "The military said it shot down 40 drones from Iran overnight. Police secured the debris.",
        "de": "Das Militär schoss in der Nacht 40 Drohnen aus dem Iran ab. Die Polizei sicherte die Trümmer.",
    }[language]
    assert not extract(Article(id="a", body=body, published_at=PUBLISHED, language=language)).relevant


@pytest.mark.parametrize(
    ("language", "body", "expected"),
    [
        (
            "en",
            "Hits by 26 drones were recorded at 14 locations, Ukraine's air force said.",
            [("hit", 26), ("hit_locations", 14)],
        ),
        (
            "de",
            "Zwölf russische Drohnen schlugen an neun Orten ein; Trümmer gingen an vier weiteren nieder.",
            [("hit", 12), ("hit_locations", 9), ("hit_locations", 4)],
        ),
        ("en", "Russian drones were stored at 14 locations.", []),
    ],
)
def test_places_hit_are_no_drones(language: str, body: str, expected: list[tuple[str, int]]) -> None:
    assert counted(language, body) == expected
