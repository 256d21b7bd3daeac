"""A text that names no drone in any language is passed over at once."""

from __future__ import annotations

from functools import cache

import ahocorasick_rs

from worker.lexicon import Word, languages, lexicon
from worker.text.normalise import IGNORABLE, compose

# Stress marks, and the marks of letters that are written apart from them.
_MARKS = ("\u0301", "\u0306", "\u0308")


@cache
def _automaton() -> ahocorasick_rs.AhoCorasick:
    words: set[str] = set()
    for language in languages():
        known = lexicon(language)
        for table, before, after in ((known.exact, " ", ""), (known.stems, " ", ""), (known.endings, "", "")):
            for form, word in table.items():
                if _names_drone(word):
                    # Short words ("uav", "бпла") are searched with the blank before them.
                    words.add(form if len(form) > 3 else before + form + after)
        words.update(form.split()[0].rstrip("*") for form, word in known.marked.items() if _names_drone(word))
        for phrases in (known.phrases, known.stem_phrases):
            for rows in phrases.values():
                for phrase in rows:
                    parts = [pattern.rstrip("*") for pattern in phrase.patterns]
                    if phrase.word.kind == "drone" and not any(_names_drone(known.entry(part).word) for part in parts):
                        words.add(parts[0])
    return ahocorasick_rs.AhoCorasick(sorted(word for word in words if len(word) > 2))


def _names_drone(word: Word | None) -> bool:
    return word is not None and word.kind == "drone" and word.value not in ("anaphor", "target")


def may_be_relevant(text: str) -> bool:
    """Tell whether a normalised text names a drone at all; linear in the length of the text."""
    decomposed = any(mark in text for mark in _MARKS)
    plain = compose(text) if decomposed else text.replace(IGNORABLE, "")
    return bool(_automaton().find_matches_as_indexes(f" {plain.lower()}", overlapping=False))
