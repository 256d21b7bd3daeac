"""What French asks of the engine beyond words: elision, hours, repeated "de", "41 sur 52", blanks before marks."""

from __future__ import annotations

import pytest

from tests.extract.texts import claims, numbers

BODY = (
    "L'armée de l'air ukrainienne dit avoir abattu plus d'une centaine de drones : 1 120 ont été lancés dans "
    "l'intervalle, d'après elle. Ailleurs, vingt-et-un drones se sont abattus sur l'oblast d'Odessa ; il n'y a pas eu "
    "de blessés."
)


def _facts(body: str) -> list[tuple[object, ...]]:
    return [(claim.measure, claim.quantity, claim.regions, claim.front, claim.source) for claim in claims(body, "fr")]


@pytest.mark.parametrize(
    "written",
    [
        lambda text: text.replace("'", "’"),
        lambda text: text.replace(" :", "\u00a0:").replace(" ;", "\u202f;").replace("1 120", "1\u202f120"),
        lambda text: text.replace("'", "\u200b’"),
    ],
    ids=["typographic apostrophes", "narrow blanks", "unseen marks"],
)
def test_how_it_is_set_changes_nothing(written) -> None:  # type: ignore[no-untyped-def]
    facts = _facts(BODY)
    assert [(measure, quantity.low, quantity.qualifier) for measure, quantity, *_ in facts] == [  # type: ignore[attr-defined]
        ("intercepted", 101, "more_than"),
        ("launched", 1120, "exact"),
        ("hit", 21, "exact"),
        ("injured", 0, "exact"),
    ]
    assert _facts(written(BODY)) == facts


def test_a_claim_begins_where_its_word_does_behind_an_apostrophe() -> None:
    (claim,) = claims("Cette nuit, l'Ukraine a repoussé l'attaque d'une vingtaine de drones russes.", "fr")
    assert claim.span is not None
    assert claim.span.text.startswith("repoussé")
    assert claim.quantity is not None
    assert (claim.quantity.low, claim.quantity.qualifier) == (20, "about")


@pytest.mark.parametrize(
    ("said", "number", "qualifier"),
    [
        ("Vingt et un", 21, "exact"),
        ("Soixante et onze", 71, "exact"),
        ("Soixante-dix-huit", 78, "exact"),
        ("Quatre-vingts", 80, "exact"),
        ("Quatre-vingt-dix-neuf", 99, "exact"),
        ("Septante-deux", 72, "exact"),
        ("Cent quatre-vingt-douze", 192, "exact"),
        ("Deux cent dix-sept", 217, "exact"),
        ("Mille deux cents", 1200, "exact"),
        ("Une bonne trentaine de", 30, "about"),
        ("Quelque 80", 80, "about"),
        ("Près d'une centaine de", 100, "about"),
        ("Au moins une dizaine de", 10, "at_least"),
        ("Plusieurs dizaines de", 24, "vague"),
        ("Pas moins de 104", 104, "at_least"),
        ("1 120", 1120, "exact"),
        ("1.120", 1120, "exact"),
    ],
)
def test_number_words(said: str, number: int, qualifier: str) -> None:
    (claim,) = claims(f"{said} drones ukrainiens ont été abattus cette nuit au-dessus de la Russie.", "fr")
    assert claim.quantity is not None
    assert (claim.quantity.low, claim.quantity.qualifier) == (number, qualifier)


@pytest.mark.parametrize(
    ("when", "start", "end"),
    [
        ("Dans la nuit de lundi à mardi", "16T17:00", "17T05:00"),
        ("Dans la nuit du 16 au 17 juin 2025", "16T17:00", "17T05:00"),
        ("Dans la nuit de mardi", "17T17:00", "18T05:00"),
        ("La nuit dernière", "17T17:00", "18T05:00"),
        ("Cette nuit", "17T17:00", "18T05:00"),
        ("Mardi soir", "17T15:00", "17T21:00"),
        ("Entre 20h00 lundi et 08h30 mardi (heure de Moscou)", "16T17:00", "17T05:30"),
        ("De 20 heures lundi à 8 heures 30 mardi", "16T17:00", "17T05:30"),
        ("Mardi à 5 h 20", "17T02:20", "17T02:21"),
        ("Le 1er juin à 5h", "01T02:00", "01T02:01"),
    ],
)
def test_times(when: str, start: str, end: str) -> None:
    (claim,) = claims(f"{when}, 12 drones ont été abattus au-dessus de la région russe de Koursk.", "fr")
    assert claim.period is not None
    assert (f"{claim.period.start:%dT%H:%M}", f"{claim.period.end:%dT%H:%M}") == (start, end)


@pytest.mark.parametrize(
    ("where", "regions"),
    [
        ("au-dessus des régions de Koursk, de Briansk et d'Orel", ("RU-BRY", "RU-KRS", "RU-ORL")),
        ("dans les régions de Moscou, de Vladimir et de Toula", ("RU-MOS", "RU-TUL", "RU-VLA")),
        ("au large de la Crimée et au-dessus de la mer d'Azov", ("SEA-AZOV", "UA-43")),
        ("à l'approche de la capitale russe", ("RU-MOW",)),
        ("dans l'oblast d'Orel", ("RU-ORL",)),
        ("à Engels", ("RU-SAR",)),
    ],
)
def test_places_are_listed_with_de_before_each(where: str, regions: tuple[str, ...]) -> None:
    (claim,) = claims(f"Douze drones ukrainiens ont été abattus cette nuit {where}.", "fr")
    assert tuple(sorted(claim.regions)) == regions


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("L'Ukraine a abattu 41 drones russes sur 52.", [("intercepted", 41), ("launched", 52)]),
        ("L'Ukraine a abattu 41 des 52 drones russes.", [("intercepted", 41), ("launched", 52)]),
        ("Sur 52 drones russes, 41 ont été abattus.", [("launched", 52), ("intercepted", 41)]),
        ("Treize drones russes sont tombés sur neuf sites.", [("hit", 13), ("hit_locations", 9)]),
    ],
)
def test_sur_is_of_before_a_total_only(body: str, expected: list[tuple[str, int]]) -> None:
    assert sorted(numbers(body, "fr")) == sorted(expected)


def test_what_drones_attack_is_no_attacker() -> None:
    for body, language in (
        ("Cette nuit, 80 drones ont attaqué l'Ukraine.", "fr"),
        ("Overnight 80 drones attacked Ukraine.", "en"),
        ("Anoche, 80 drones atacaron Ucrania.", "es"),
    ):
        (claim,) = claims(body, language)
        assert (claim.attacker, claim.quantity and claim.quantity.low) == ("RU", 80)
