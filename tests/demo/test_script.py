"""What is played, and how words are quoted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worker.demo.script import quote, sample_script, script_of


def test_the_samples_hold_everything_the_demo_is_to_show() -> None:
    script = sample_script()
    assert 40 <= len(script.scenes) <= 60
    assert any(scene.value is None for scene in script.scenes), "a withdrawal"
    assert any(scene.key is None for scene in script.scenes), "a message that is no article"
    assert any(version > 1 for _, version in script.texts), "a correction"
    assert {scene.announcement.split("(")[1][:2] for scene in script.scenes if "(" in scene.announcement} >= {
        "de",
        "en",
        "ru",
        "uk",
    }


def test_each_kind_of_line_becomes_its_message() -> None:
    script = script_of(
        [
            b'{"id": "a", "title": "T", "body": "B", "version": 2, "updated_at": "2025-01-01T00:00:00Z",'
            b' "source": "s.example", "language": "en"}',
            b"",
            b'{"id": "a", "withdrawn": true, "version": 2, "after": "b"}',
            b'{"raw": "{\\"id\\": "}',
        ]
    )
    article, withdrawal, raw = script.scenes
    assert (article.key, article.announcement) == (b"a", "s.example (en, version 2): T")
    assert (withdrawal.key, withdrawal.value, withdrawal.headers) == (b"a", None, {"version": b"2"})
    assert (raw.key, raw.value) == (None, b'{"id": ')
    assert script.texts == {("a", 2): {"title": "T", "body": "B"}}


@pytest.mark.parametrize(
    ("text", "words", "quoted"),
    [
        ("First. Then 14 drones fell. Last.", "14 drones", "Then 14 drones fell."),
        ("Heading\nThen 14 drones\nfell", "14 drones", "Then 14 drones"),
        ("14 drones", "14 drones", "14 drones"),
        ("a b c d e f g h i j k l m n 14 o", "14", "…f g h i j k l m n 14 o"),
        ("14 " + "word " * 30, "14", "14 " + "word " * 10 + "word…"),
    ],
)
def test_quotes_are_cut_from_their_sentence(text: str, words: str, quoted: str) -> None:
    start = text.index(words)
    assert quote(text, start, start + len(words)) == quoted


@given(st.text(max_size=200), st.integers(0, 200), st.integers(0, 50))
def test_a_quote_holds_its_words_whatever_the_text(text: str, start: int, length: int) -> None:
    start = min(start, len(text))
    words = text[start : start + length]
    assert "".join(words.split()) in "".join(quote(text, start, start + len(words)).split())
