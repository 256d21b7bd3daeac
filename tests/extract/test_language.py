from __future__ import annotations

import pytest

from tests.corpus.languages import known
from worker.extract.language import UNKNOWN, detect
from worker.lexicon import languages

TOLD = {language: known(language).sentence for language in languages()}


@pytest.mark.parametrize("language", TOLD)
def test_a_language_is_seen_without_a_hint(language: str) -> None:
    assert detect(TOLD[language]) == language


@pytest.mark.parametrize("language", TOLD)
@pytest.mark.parametrize("tag", ["{}", "{}-XX", "{}_XX"])
def test_a_hint_is_believed(language: str, tag: str) -> None:
    assert detect(TOLD[language], tag.format(language)) == language


@pytest.mark.parametrize(
    ("text", "hint", "seen"),
    [
        (TOLD["uk"], "en", "uk"),
        (TOLD["en"], "ru", "en"),
        (TOLD["de"], "UK", "de"),
    ],
)
def test_the_script_outweighs_a_hint(text: str, hint: str, seen: str) -> None:
    assert detect(text, hint) == seen


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("Um ataque de drones russos matou três pessoas e feriu 12 em Kharkiv, disse o governador.", "es"),
        ("Tres persoas morreron nun ataque con drons en Odesa, dixo o gobernador da rexión.", "es"),
        ("Un attacco di droni russi ha ucciso tre persone e ne ha ferite 12 a Kharkiv.", "fr"),
        ("Při útoku ruských dronů zahynuli v Charkově tři lidé a 12 jich bylo zraněno.", "pl"),
    ],
)
def test_a_hint_is_not_believed_against_what_its_language_never_has(text: str, hint: str) -> None:
    assert detect(text, hint) == UNKNOWN


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("Вночі збито 12 дронів над Одещиною. У Москві заявили: «Это был объект, мы об этом объявим».", "uk"),
        ("Łódź and Rzeszów airports closed as Russia sent drones at Ukraine, Stanisław Żaryn said.", "en"),
    ],
)
def test_names_and_quotations_are_not_held_against_a_hint(text: str, hint: str) -> None:
    assert detect(text, hint) == hint


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("Il consiglio comunale ha rinviato il voto.", "it"),
        ("Bæjarstjórnin frestaði atkvæðagreiðslunni.", "is"),
        ("無人機", None),
        ("12 – 47!", "de"),
        ("", None),
        ("", "uk"),
    ],
)
def test_other_languages_are_unknown(text: str, hint: str | None) -> None:
    assert detect(text, hint) == UNKNOWN
