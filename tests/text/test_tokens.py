"""Tokens of any text: nothing is lost, nothing is read twice, and no text takes more than its length."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worker.text import normalise, sentences, tokens
from worker.text.normalise import IGNORABLE, fold

SIGNS = st.text(alphabet="aбЯ019 .,:'-/_%²\u00ad\u0301\n\r\t\u00a0“–<p>&;ßї½٣ー", max_size=40)


@given(st.one_of(st.text(), SIGNS))
def test_a_token_is_what_stands_between_its_offsets(raw: str) -> None:
    text = normalise(raw)
    for token in tokens(text):
        there = text[token.start : token.end]
        if token.kind in ("word", "age"):
            assert token.form == fold(there).rstrip(".") if token.kind == "word" else fold(there)
        else:
            assert token.form == there.replace(IGNORABLE, "")
        capital = there[0].isupper() if token.kind == "word" else token.kind == "age" and there != there.lower()
        assert token.capital == capital


@given(st.one_of(st.text(), SIGNS))
def test_between_tokens_there_is_nothing_to_read(raw: str) -> None:
    text, last = normalise(raw), 0
    for token in tokens(text):
        assert not text[last : token.start].replace(IGNORABLE, "").strip()
        last = token.end
    assert not text[last:].replace(IGNORABLE, "").strip()


@given(SIGNS, st.integers(0, 40), st.integers(0, 40))
def test_a_stretch_has_the_tokens_of_the_stretch(raw: str, start: int, length: int) -> None:
    text = normalise(raw)
    begin = min(start, len(text))
    end = min(begin + length, len(text))
    inside = tokens(text, begin, end)
    assert all(begin <= token.start < token.end <= end for token in inside)


ENDLESS = {
    "blanks": " ",
    "lines": "\n",
    "soft hyphens": "\u00ad",
    "digits": "1",
    "groups of digits": "1,000,",
    "times": "1:1:",
    "grown numbers": "1a-",
    "initials": "a.b.",
    "apostrophes": "a'",
    "hyphens": "a-",
    "accents": "e\u0301",
    "entities": "&#1",
    "open tags": "<a",
    "tags": "<p>",
    "stops": ".,",
    "quotes": "“",
}


@pytest.mark.parametrize("piece", ENDLESS.values(), ids=ENDLESS)
def test_no_repetition_costs_more_than_its_length(piece: str) -> None:
    raw = "a " + piece * (200_000 // len(piece))
    started = time.process_time()
    text = normalise(raw)
    sentences(text, tokens(text))
    # A quadratic pattern needs minutes for this.
    assert time.process_time() - started < 3


def test_long_words_are_not_remembered() -> None:
    from worker.text.tokens import _LONGEST_KNOWN, _known

    word = "ab" * _LONGEST_KNOWN
    assert [token.form for token in tokens(f"{word} drone")] == [word, "drone"]
    assert " drone" in _known
    assert not any(word in written for written in _known)


def test_words_that_elision_writes_together_are_tokens_of_their_own() -> None:
    text = normalise("L’Ukraine n'a qu\u00ad'une défense d'appoint, aujourd'hui.")
    found = [(token.form, token.capital) for token in tokens(text, elided={"l", "n", "qu", "d"})]
    assert found[:4] == [("l'", True), ("ukraine", True), ("n'", False), ("a", False)]
    assert [form for form, _ in found[4:]] == ["qu'", "une", "défense", "d'", "appoint", ",", "aujourd'hui", "."]
    for token in tokens(text, elided={"l", "n", "qu", "d"}):
        assert fold(text[token.start : token.end]).rstrip(".") in (token.form, "")
    assert [token.form for token in tokens(normalise("п'ять l'armée"))] == ["п'ять", "l'armée"]
