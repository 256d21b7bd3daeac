"""What Spanish asks of the engine beyond words: accents, nights, numbers, places behind "de"."""

from __future__ import annotations

import unicodedata

import pytest

from tests.extract.texts import claims, numbers

BODY = (
    "Según el Ministerio de Defensa ruso, más de 30 drones fueron abatidos sobre las regiones de Vorónezh y Bélgorod. "
    "Además, veintitrés vehículos aéreos no tripulados cayeron abatidos sobre el óblast de Lípetsk."
)


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(letter for letter in letters if letter != "\u0301"))


def _facts(body: str) -> list[tuple[object, ...]]:
    return [(claim.measure, claim.quantity, claim.regions, claim.front, claim.source) for claim in claims(body, "es")]


@pytest.mark.parametrize("written", [_plain, lambda text: unicodedata.normalize("NFD", text)], ids=["without", "apart"])
def test_accents_left_out_or_written_apart_change_nothing(written) -> None:  # type: ignore[no-untyped-def]
    assert [fact[:3] for fact in _facts(BODY)] == [
        ("intercepted", claims(BODY, "es")[0].quantity, ("RU-BEL", "RU-VOR")),
        ("intercepted", claims(BODY, "es")[1].quantity, ("RU-LIP",)),
    ]
    assert _facts(written(BODY)) == _facts(BODY)


@pytest.mark.parametrize(
    ("said", "number", "qualifier"),
    [
        ("Treinta y un", 31, "exact"),
        ("Ciento veintidós", 122, "exact"),
        ("Doscientos cuarenta y cinco", 245, "exact"),
        ("Mil doscientos", 1200, "exact"),
        ("Más de mil 200", 1201, "more_than"),
        ("2 mil 300", 2300, "exact"),
        ("Una treintena de", 30, "about"),
        ("Medio centenar de", 50, "about"),
        ("Al menos un centenar de", 100, "at_least"),
        ("Decenas de", 24, "vague"),
        ("1.120", 1120, "exact"),
        ("Media docena de", 6, "exact"),
    ],
)
def test_number_words(said: str, number: int, qualifier: str) -> None:
    (claim,) = claims(f"{said} drones ucranianos fueron derribados anoche sobre Rusia.", "es")
    assert claim.quantity is not None
    assert (claim.quantity.low, claim.quantity.qualifier) == (number, qualifier)


@pytest.mark.parametrize(
    ("when", "start", "end"),
    [
        ("En la madrugada del martes", "16T17:00", "17T05:00"),
        ("En la noche del lunes", "16T17:00", "17T05:00"),
        ("En la noche del lunes al martes", "16T17:00", "17T05:00"),
        ("La noche del 16 de junio", "16T17:00", "17T05:00"),
        ("En la noche del 16 al 17 de junio de 2025", "16T17:00", "17T05:00"),
        ("Anoche", "17T17:00", "18T05:00"),
        ("Ayer por la noche", "17T17:00", "18T05:00"),
        ("Entre las 20.00 del lunes y las 8.00 del martes", "16T17:00", "17T05:00"),
        ("A las 5 de la mañana del martes", "17T02:00", "17T02:01"),
    ],
)
def test_a_night_is_named_after_the_day_it_begins_or_ends_on(when: str, start: str, end: str) -> None:
    (claim,) = claims(f"{when} fueron derribados 12 drones sobre la región rusa de Kursk.", "es")
    assert claim.period is not None
    assert (f"{claim.period.start:%dT%H:%M}", f"{claim.period.end:%dT%H:%M}") == (start, end)


@pytest.mark.parametrize(
    "where",
    [
        "sobre la región de Kursk",
        "sobre la región rusa de Kursk",
        "en la provincia fronteriza rusa de Kursk",
        "cerca de una empresa de Kursk",
        "en el territorio de la región de Kursk",
        "sobre el óblast de Kursk",
    ],
)
def test_a_place_stands_behind_of(where: str) -> None:
    (claim,) = claims(f"Anoche fueron derribados 12 drones {where}.", "es")
    assert claim.regions == ("RU-KRS",)


def test_launch_sites_are_no_targets() -> None:
    (claim,) = claims("Rusia lanzó 12 drones desde Kursk, Oriol y el cabo Chauda.", "es")
    assert (claim.measure, claim.regions) == ("launched", ())


def test_debris_and_ages_count_nothing() -> None:
    body = "Una mujer de 54 años resultó herida por los restos de un dron derribado en Kiev."
    assert numbers(body, "es") == [("injured", 1)]
