from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.extract.texts import claims
from worker.extract import extract
from worker.model import Article


def _utc(text: str) -> datetime:
    return datetime.fromisoformat(f"2025-06-{text}").replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "body", "start", "end"),
    [
        ("de", "In der Nacht zum Mittwoch wurden über Kursk 12 Drohnen abgeschossen.", "17T17:00", "18T05:00"),
        ("de", "Am Dienstagabend wurden über Kursk 12 Drohnen abgeschossen.", "17T15:00", "17T21:00"),
        ("en", "Overnight 12 drones were shot down over the Kursk region.", "17T17:00", "18T05:00"),
        (
            "en",
            "Between 9 p.m. on June 17 and 2:30 a.m. on June 18 Moscow time, 12 drones were shot down over Kursk.",
            "17T18:00",
            "17T23:30",
        ),
        ("ru", "За ночь над Курской областью сбито 12 БпЛА.", "17T17:00", "18T05:00"),
        (
            "ru",
            "В период с 20.00 17 июня до 4.05 18 июня над Курской областью уничтожены 12 БпЛА.",
            "17T17:00",
            "18T01:05",
        ),
        (
            "ru",
            "В течение ночи с 20:00 17 июня до 4:05 18 июня над Курском уничтожены 12 БпЛА.",
            "17T17:00",
            "18T01:05",
        ),
        ("uk", "У ніч з 20:00 17 червня до 4:05 18 червня над Сумщиною збито 12 БпЛА.", "17T17:00", "18T01:05"),
        ("ru", "В ночь с 17 на 18 июня над Курском уничтожены 12 БпЛА.", "17T17:00", "18T05:00"),
        ("uk", "У ніч на 18 червня над Сумщиною збито 12 БпЛА.", "17T17:00", "18T05:00"),
        ("uk", "Увечері 17 червня над Сумщиною збито 12 БпЛА.", "17T15:00", "17T21:00"),
    ],
)
def test_expressions_are_resolved_against_the_publication(language: str, body: str, start: str, end: str) -> None:
    found = [claim.period for claim in claims(body, language) if claim.quantity and claim.quantity.low == 12]
    assert [(period.start, period.end) for period in found if period] == [(_utc(start), _utc(end))]


def test_the_year_turns_back_not_forward() -> None:
    article = Article(
        id="a",
        body="В ночь на 31 декабря над Курской областью сбито 12 БпЛА.",
        language="ru",
        published_at=datetime(2026, 1, 1, 9, tzinfo=UTC),
    )
    (claim,) = extract(article).claims
    assert claim.period is not None
    assert claim.period.end == datetime(2025, 12, 31, 5, tzinfo=UTC)


def test_without_a_publication_only_full_dates_count() -> None:
    relative = extract(Article(id="a", body="За ночь над Курском сбито 12 БпЛА.", language="ru")).claims
    assert [claim.period for claim in relative] == [None]
    full = extract(Article(id="a", body="В ночь на 18 июня 2025 года над Курском сбито 12 БпЛА.", language="ru")).claims
    assert [claim.period.end for claim in full if claim.period] == [_utc("18T05:00")]


def test_a_further_count_in_the_early_hours_ends_the_first_one_there() -> None:
    body = (
        "Zwischen Dienstagabend und Mittwochmorgen wurden über Brjansk und Kursk 127 ukrainische Drohnen zerstört, "
        "während weitere 32 in den frühen Morgenstunden abgefangen wurden."
    )
    found = [claim.period for claim in claims(body, "de")]
    assert [(period.start, period.end) for period in found if period] == [
        (_utc("17T17:00"), _utc("18T01:00")),
        (_utc("18T01:00"), _utc("18T05:00")),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "In der Woche vom 8. bis 14. Juni hat Russland mehr als 900 Drohnen gegen die Ukraine gestartet.",
        "С 8 по 14 июня Россия выпустила по Украине более 900 дронов.",
        "Упродовж 8–14 червня росія запустила понад 900 дронів.",
        "Between 8 and 14 June Russia launched more than 900 drones at Ukraine.",
    ],
)
def test_days_of_a_month_are_a_stretch_and_no_count(text: str) -> None:
    (claim,) = extract(Article(id="1", body=text, published_at=datetime(2025, 6, 20, 18, tzinfo=UTC))).claims
    assert claim.quantity is not None
    assert claim.quantity.low == 901
    assert claim.period is not None
    assert (claim.period.start.day, claim.period.end.day) == (7, 14)


@pytest.mark.parametrize(
    "text",
    [
        "У ніч на 18 червня (з 20:00 17 червня) противник атакував 118 ударними БпЛА.",
        "В ніч на 18 червня, з 20.00 17 червня, ворог атакував 118 БпЛА.",
    ],
)
def test_a_night_may_be_given_by_the_hour_it_begins_with(text: str) -> None:
    (claim,) = extract(Article(id="1", body=text, published_at=datetime(2025, 6, 18, 18, tzinfo=UTC))).claims
    assert claim.period is not None
    assert claim.period.start == datetime(2025, 6, 17, 17, tzinfo=UTC)
    assert claim.period.end == datetime(2025, 6, 18, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("when", "start", "end"),
    [
        ("Early on Wednesday", "18T01:00", "18T05:00"),
        ("Early Wednesday", "18T01:00", "18T05:00"),
        ("Late on June 17", "17T15:00", "17T21:00"),
        ("As early as Tuesday", "16T21:00", "17T21:00"),
    ],
)
def test_a_day_may_be_told_by_its_beginning_or_its_end(when: str, start: str, end: str) -> None:
    (claim,) = claims(f"{when}, 12 drones were shot down over the Kursk region.", "en")
    assert claim.period is not None
    assert (claim.period.start, claim.period.end) == (_utc(start), _utc(end))


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("ru", "За вечер над Россией сбиты 52 дрона, сообщило Минобороны. Цели ликвидировали с 20:00 до 23:00 мск."),
        (
            "uk",
            "Увечері над Росією збили 52 дрони, повідомило Міноборони РФ. Атака тривала з 20:00 до 23:00 за Москвою.",
        ),
        (
            "en",
            "Russia shot down 52 Ukrainian drones, the ministry reported on Tuesday evening."
            " The drones came between 20:00 and 23:00 Moscow time.",
        ),
    ],
)
def test_hours_that_stand_in_a_sentence_of_their_own_are_those_of_the_count_before(language: str, body: str) -> None:
    (period,) = [c.period for c in claims(body, language) if c.quantity and c.quantity.low == 52]
    assert period is not None
    assert (period.start.isoformat(), period.end.isoformat()) == (
        "2025-06-17T17:00:00+00:00",
        "2025-06-17T20:00:00+00:00",
    )


@pytest.mark.parametrize(
    "behind",
    [
        "Bombs fell from 4:00 to 6:00.",
        "The drones were over Sumy from 4:00 to 6:00.",
        "From 4:00 to 6:00 nine drones hit.",
    ],
)
def test_hours_of_other_things_or_places_are_not_those_of_the_count_before(behind: str) -> None:
    (period,) = [c.period for c in claims(f"Ukraine shot down 52 drones overnight. {behind}", "en") if c.quantity][:1]
    assert period is not None
    assert period.end.isoformat() == "2025-06-18T05:00:00+00:00"
