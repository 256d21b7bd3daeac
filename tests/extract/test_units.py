"""A sentence as units: what the lexicon says of a word, alone and with its neighbours."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worker.extract.grammar.units import Units, units
from worker.lexicon import languages, lexicon
from worker.text import normalise, tokens

WORDS = {
    language: sorted({*lexicon(language).exact, *list(lexicon(language).places)[:500], "12", ",", "–", "(", "Xyz"})
    for language in languages()
}


def _units(text: str, language: str) -> Units:
    return units(tokens(normalise(text)), lexicon(language))


def _kinds(text: str, language: str) -> list[tuple[str, str]]:
    return [(unit.kind, unit.form) for unit in _units(text, language) if unit.kind not in ("word", "mark")]


@given(st.sampled_from(languages()), st.data())
def test_every_word_is_in_one_unit_and_every_kind_is_found(language: str, drawn: st.DataObject) -> None:
    words = drawn.draw(st.lists(st.sampled_from(WORDS[language]), max_size=30))
    text = " ".join(word.capitalize() if drawn.draw(st.booleans()) else word for word in words)
    found = _units(text, language)
    last = 0
    for unit in found:
        assert last <= unit.start < unit.end <= len(text)
        last = unit.end
    for kind in {unit.kind for unit in found} - {"word"}:
        assert list(found.positions(kind)) == [index for index, unit in enumerate(found) if unit.kind == kind]
        assert [unit.kind for unit in found.of(kind)] == [kind] * len(found.positions(kind))
        assert found.any(kind)
        assert not found.any(kind, "no such value")
    several = ("number", "place", "measure")
    assert list(found.positions(*several)) == [index for index, unit in enumerate(found) if unit.kind in several]
    assert found.positions("no such kind") == ()


@pytest.mark.parametrize(
    ("text", "language", "number"),
    [
        ("1 000 БпЛА", "uk", 1000),
        ("1.110 Drohnen", "de", 1110),
        ("2,400 drones", "en", 2400),
        ("two hundred and forty drones", "en", 240),
        ("forty-one drones", "en", 41),
        ("сто двадцать семь дронов", "ru", 127),
        ("сорок один БпЛА", "ru", 41),
        ("hundertsiebenundzwanzig Drohnen", "de", 127),
    ],
)
def test_a_number_is_one_unit_however_it_is_written(text: str, language: str, number: int) -> None:
    found = _units(text, language)
    assert [unit.number for unit in found.of("number")] == [number]
    assert found.any("drone")


def test_a_verb_around_other_words_is_read_at_its_first_word_alone() -> None:
    kinds = _kinds("Die Abwehr fing am Abend zwölf Drohnen ab", "de")
    assert [form for kind, form in kinds if kind == "measure"] == ["fing"]
    # A verb never reaches over a semicolon.
    assert "measure" not in dict(_kinds("Die Stadt fing an; zwölf Drohnen bogen dann ab", "de"))


def test_a_word_for_more_before_a_place_only_says_where() -> None:
    assert _units("over 40 drones", "en").any("qualifier", "more_than")
    assert not _units("over Kursk", "en").any("qualifier")


def test_places_need_their_capital() -> None:
    assert _units("над Курском", "ru").any("place")
    assert not _units("над курском", "ru").any("place")
