"""A text in a language without a folder is said to be so, also where a neighbour of its language has one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from worker.extract import extract
from worker.extract.language import UNKNOWN, detect
from worker.lexicon import languages
from worker.model import Article

TEXTS = json.loads(Path(__file__).with_name("other_languages.json").read_text(encoding="utf-8"))
CASES = [(language, text) for language, texts in TEXTS.items() for text in texts]


@pytest.mark.parametrize(("language", "text"), CASES)
def test_a_language_without_a_folder_is_unknown_and_claims_nothing(language: str, text: str) -> None:
    expected = language if language in languages() else UNKNOWN
    assert detect(text) == expected
    found = extract(Article(id="a", body=text))
    assert found.language == expected
    if expected == UNKNOWN:
        assert not found.claims


@pytest.mark.parametrize("language", TEXTS)
def test_a_whole_text_is_unknown_too(language: str) -> None:
    if language not in languages():
        assert detect("\n\n".join(TEXTS[language])) == UNKNOWN
