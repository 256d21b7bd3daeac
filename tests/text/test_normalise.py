from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worker.text import normalise, sentences, tokens
from worker.text.normalise import fold


@given(st.text())
def test_length_never_changes(raw: str) -> None:
    assert len(normalise(raw)) == len(raw)


@given(st.text())
def test_tokens_point_into_the_text(raw: str) -> None:
    text = normalise(raw)
    last = 0
    for token in tokens(text):
        assert last <= token.start < token.end <= len(raw)
        last = token.end


@given(st.text())
def test_sentences_cover_all_tokens_once(raw: str) -> None:
    text = normalise(raw)
    found = tokens(text)
    covered = [index for sentence in sentences(text, found) for index in range(sentence.first, sentence.last)]
    assert covered == list(range(len(found)))


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("41\u00a0БпЛА", "41 БпЛА"),
        ("п\u2019ять", "п'ять"),
        ("Kursk \u2014 12", "Kursk \u2013 12"),
        ("<b>12</b> drones", "\u00ad\u00ad\u00ad12\u00ad\u00ad\u00ad\u00ad drones"),
        ("12&nbsp;drones", "12 \u00ad\u00ad\u00ad\u00ad\u00addrones"),
        ("a\u200bb\x07c\u202ed", "a\u00adb\u00adc\u00add"),
    ],
)
def test_what_must_not_be_read_is_neutral(raw: str, clean: str) -> None:
    assert normalise(raw) == clean


def test_soft_hyphens_and_decomposed_letters_are_the_same_word() -> None:
    assert fold("Droh\u00adnen") == "drohnen"
    assert fold("Харьковскои\u0306") == "харьковской"


def _read(raw: str, ordinals: tuple[str, ...] = ()) -> list[str]:
    text = normalise(raw)
    found = tokens(text)
    return [text[found[one.first].start : found[one.last - 1].end] for one in sentences(text, found, {"dr"}, ordinals)]


@pytest.mark.parametrize("text", ["Drohnen\nüber Kursk", "Droh-\nnen", "Droh\u00ad\nnen", "Titel\n\nText", "a -\nb"])
def test_a_line_ends_the_same_in_files_of_any_system(text: str) -> None:
    ways = [text, text.replace("\n", "\r\n"), text.replace("\n", "\r")]
    read = [[token.form for token in tokens(normalise(way))] for way in ways]
    cut = [[s.last for s in sentences(normalise(way), tokens(normalise(way)))] for way in ways]
    assert read[0] == read[1]
    assert cut[0] == cut[1]


def test_lines_broken_inside_a_sentence_are_joined_and_headings_stand_alone() -> None:
    raw = (
        "In der Nacht meldete die Armee den Abschuss von\n159 Drohnen über drei Gebieten.\n\n"
        "Reaktionen und\nAussichten\n\nDie Gespräche gehen weiter."
    )
    assert len(_read(raw)) == 3


def test_an_ordinal_ends_no_sentence() -> None:
    assert _read(
        "In der Nacht zum 23. Dezember flogen 12 Drohnen. Dr. Maier schwieg.", ordinals=("der", "am", "zum")
    ) == [
        "In der Nacht zum 23. Dezember flogen 12 Drohnen.",
        "Dr. Maier schwieg.",
    ]


@pytest.mark.parametrize(
    ("raw", "forms"),
    [
        ("1.110", ["1.110"]),
        ("1 000 БпЛА", ["1 000", "бпла"]),
        ("34/44", ["34", "/", "44"]),
        ("twenty-seven", ["twenty-seven"]),
        ("28-річна", ["28-річна"]),
        ("9 p.m. on", ["9", "p.m", "on"]),
    ],
)
def test_tokens_keep_numbers_and_words_whole(raw: str, forms: list[str]) -> None:
    assert [token.form for token in tokens(normalise(raw))] == forms
