"""What Bulgarian asks of the engine beyond words: nights named by their end, numbers with endings, "over" and "at"."""

from __future__ import annotations

import pytest

from tests.extract.texts import claims, numbers


@pytest.mark.parametrize(
    ("said", "number", "qualifier"),
    [
        ("Двадесет и един", 21, "exact"),
        ("Двайсет и два", 22, "exact"),
        ("Сто двадесет и седем", 127, "exact"),
        ("Хиляда и двеста", 1200, "exact"),
        ("Близо двеста", 200, "about"),
        ("Десетина", 10, "about"),
        ("Над 30", 31, "more_than"),
        ("Най-малко 12", 12, "at_least"),
        ("Десетки", 24, "vague"),
        ("1 120", 1120, "exact"),
        ("Всички 93-те", 93, "exact"),
    ],
)
def test_number_words(said: str, number: int, qualifier: str) -> None:
    (claim,) = claims(f"{said} украински дрона са свалени тази нощ над Русия.", "bg")
    assert claim.quantity is not None
    assert (claim.quantity.low, claim.quantity.qualifier) == (number, qualifier)


@pytest.mark.parametrize(
    ("when", "start", "end"),
    [
        ("През нощта срещу вторник", "16T17:00", "17T05:00"),
        ("В нощта на понеделник срещу вторник", "16T17:00", "17T05:00"),
        ("В нощта на 16 срещу 17 юни", "16T17:00", "17T05:00"),
        ("Снощи", "17T17:00", "18T05:00"),
        ("Между 20:00 ч. в понеделник и 8:00 ч. във вторник московско време", "16T17:00", "17T05:00"),
        ("Във вторник в 5 часа", "17T02:00", "17T02:01"),
    ],
)
def test_a_night_is_named_after_the_day_it_ends_on(when: str, start: str, end: str) -> None:
    (claim,) = claims(f"{when} са свалени 12 дрона над Курска област.", "bg")
    assert claim.period is not None
    assert (f"{claim.period.start:%dT%H:%M}", f"{claim.period.end:%dT%H:%M}") == (start, end)


@pytest.mark.parametrize(
    ("where", "regions"),
    [
        ("над Курска, Белгородска и Брянска област", ("RU-BEL", "RU-BRY", "RU-KRS")),
        ("над Курската област", ("RU-KRS",)),
        ("в Белгородско", ("RU-BEL",)),
        ("над Краснодарския край и Черно море", ("RU-KDA", "SEA-BLACK")),
        ("по пътя към Москва", ("RU-MOW",)),
    ],
)
def test_places_in_all_their_forms(where: str, regions: tuple[str, ...]) -> None:
    (claim,) = claims(f"Дванайсет украински дрона са свалени тази нощ {where}.", "bg")
    assert tuple(sorted(claim.regions)) == regions


def test_over_is_more_than_before_what_is_counted_only() -> None:
    body = "Над 30 украински дрона са свалени над пет области, 12 от тях над Воронеж."
    assert numbers(body, "bg") == [("intercepted", 31), ("intercepted", 12)]
