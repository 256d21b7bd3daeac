"""Hours that are only how long something went on, or whose day is another's; who tells of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.extract.texts import claims, numbers
from worker.extract import extract
from worker.model import Article


def _period(language: str, text: str) -> tuple[datetime, datetime]:
    (claim,) = [claim for claim in claims(text, language) if claim.quantity and claim.quantity.low == 30]
    assert claim.period is not None
    return claim.period.start, claim.period.end


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "ru",
            "Во вторник над Тульской областью сбили 30 дронов. "
            "Аэропорт не работал с 22:00 до 01:00 из-за опасности беспилотников.",
        ),
        ("uk", "У вівторок над Харківщиною збили 30 дронів. Тривога через дрони тривала з 23:00 до 02:30."),
        ("en", "On Tuesday 30 drones were shot down over Kursk. The drone alert went on from 22:00 to 01:00."),
    ],
)
def test_hours_of_an_airport_or_an_alert_are_not_those_of_the_count_before(language: str, text: str) -> None:
    assert _period(language, text) == (datetime(2025, 6, 16, 21, tzinfo=UTC), datetime(2025, 6, 17, 21, tzinfo=UTC))


def test_the_last_hours_are_counted_from_the_publication() -> None:
    start, end = _period("ru", "За последние 24 часа над Брянской областью сбили 30 дронов.")
    assert (start, end) == (datetime(2025, 6, 17, 7, 30, tzinfo=UTC), datetime(2025, 6, 18, 7, 30, tzinfo=UTC))


def test_a_night_and_another_morning_are_not_one_stretch() -> None:
    _, end = _period("ru", "В ночь на 16 июня и утром 17 июня над Брянской областью сбили 30 дронов.")
    assert end == datetime(2025, 6, 17, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("uk", "Близько 4 нічних дронів збили над Одесою.", ("intercepted", 4)),
        ("en", "Around 5 night-time drones were downed over Odesa.", ("intercepted", 5)),
        ("de", "Etwa 5 nächtliche Drohnen schlugen in Odessa ein.", ("hit", 5)),
    ],
)
def test_drones_of_the_night_are_counted(language: str, text: str, expected: tuple[str, int]) -> None:
    assert numbers(text, language) == [expected]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Russia's military said that 30 drones were launched, and 12 people were injured."),
        ("en", "Moscow's military reported 30 drones, all of them shot down."),
        ("de", "Das russische Militär sprach von 30 Drohnen in der Nacht. Zwei Menschen wurden verletzt."),
        ("de", "Russlands Militär meldete 30 Drohnen."),
    ],
)
def test_a_military_that_speaks_defends(language: str, text: str) -> None:
    told = claims(text, language)
    assert told
    assert {(claim.attacker, claim.source) for claim in told} == {("UA", "RU-MOD")}


def test_a_military_that_attacks_is_told_of() -> None:
    (claim,) = claims("The Russian military attacked Kherson with 30 drones, the governor said.", "en")
    assert (claim.attacker, claim.source) == ("RU", "local:UA-65")


def test_where_drones_were_launched_is_not_attacked() -> None:
    text = "The Russian military launched 24 drones at Ukraine, and used Bryansk region and Kursk as launch areas."
    assert numbers(text, "en") == [("launched", 24)]


def test_the_time_at_which_a_page_was_written_is_not_that_of_an_attack() -> None:
    text = "Kiew wehrte in der Nacht 40 Drohnen ab.\n18.06.2025, 08:36\nMoskau meldete den Abschuss von 30 Drohnen."
    start, end = _period("de", text)
    assert end - start > timedelta(hours=6)


def test_nothing_has_gone_on_since_the_moment_of_publication() -> None:
    text = "Kiew, 18.06.2025 – Die ukrainische Luftwaffe meldete 30 abgeschossene Drohnen seit Mitternacht."
    midnight = datetime(2025, 6, 17, 21, tzinfo=UTC)
    told = extract(Article(id="a", title="", body=text, language="de", published_at=midnight)).claims
    assert told
    assert all(claim.period is None or claim.period.start < claim.period.end for claim in told)
